-- owner: services/5-disclosure/3-publication
-- Which editions of former advisories are public, and the newest of each, without a look at rows that hold whole documents.

CREATE INDEX past_edition_public ON past_edition (number, rank, published_at, holder, id);
