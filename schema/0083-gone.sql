-- owner: services/5-disclosure/3-publication
-- Former advisories that were taken off the public pages again: a number, when
-- and why, for whoever follows an old address.  Nothing of their content.

CREATE TABLE past_gone (
	number    TEXT NOT NULL PRIMARY KEY,
	reason_en TEXT NOT NULL,
	reason_ja TEXT NOT NULL,
	gone_by   ID(user) REFERENCES account (id),
	gone_at   TIME NOT NULL
);
CREATE INDEX past_gone_person ON past_gone (gone_by);
CREATE INDEX past_gone_at ON past_gone (gone_at);
