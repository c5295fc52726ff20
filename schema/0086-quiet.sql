-- owner: services/5-disclosure/3-publication
-- The desk asks for interim editions that have been out for long.

CREATE INDEX edition_quiet ON edition (status, state, published_at, id);
