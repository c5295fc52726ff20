-- owner: services/2-discovery/3-components
-- Suppliers' advisories that the server fetches by itself: when, what of, and what went wrong.

-- next_at: when the provider is asked again; none: never.  trouble: what went wrong when it
-- was asked last, in the words of the program; failing_at: since when nothing came right.
ALTER TABLE supplier ADD COLUMN next_at TIME;
ALTER TABLE supplier ADD COLUMN asked_at TIME;
ALTER TABLE supplier ADD COLUMN good_at TIME;
ALTER TABLE supplier ADD COLUMN failing_at TIME;
ALTER TABLE supplier ADD COLUMN trouble TEXT NOT NULL DEFAULT '';
ALTER TABLE supplier ADD COLUMN trouble_with TEXT NOT NULL DEFAULT '';
ALTER TABLE supplier ADD COLUMN trusted BOOL NOT NULL DEFAULT 0;
CREATE INDEX supplier_next ON supplier (next_at, id);

-- The lists of a provider as they were when all in them had been noted.
CREATE TABLE supplier_list (
	supplier ID(supplier) NOT NULL REFERENCES supplier (id),
	url      TEXT NOT NULL,
	etag     TEXT NOT NULL,
	modified TEXT NOT NULL,
	PRIMARY KEY (supplier, url)
);

-- A document that a list names.  It is wanted until it was received; failed: tried too
-- often, until the list says that it changed.
CREATE TABLE supplier_item (
	id       ID(item) NOT NULL PRIMARY KEY,
	supplier ID(supplier) NOT NULL REFERENCES supplier (id),
	url      TEXT NOT NULL,
	digest   TEXT NOT NULL,
	seal     TEXT NOT NULL,
	updated  TIME,
	state    TEXT NOT NULL CHECK (state IN ('wanted', 'got', 'failed')),
	tries    INT NOT NULL,
	due_at   TIME NOT NULL,
	why      TEXT NOT NULL,
	why_with TEXT NOT NULL,
	paper    ID(paper),
	UNIQUE (supplier, url)
);
CREATE INDEX supplier_item_due ON supplier_item (due_at, id) WHERE state = 'wanted';
CREATE INDEX supplier_item_state ON supplier_item (supplier, state, due_at, id);

-- Public keys of a provider, as its metadata names them, and their bytes.
CREATE TABLE supplier_key (
	supplier    ID(supplier) NOT NULL REFERENCES supplier (id),
	url         TEXT NOT NULL,
	fingerprint TEXT NOT NULL,
	bytes       TEXT NOT NULL,
	PRIMARY KEY (supplier, url)
);

-- How a document that was fetched was proved: by whose key it is signed; '' it is not.
ALTER TABLE paper ADD COLUMN signed_by TEXT NOT NULL DEFAULT '';
-- guard paper: viewer_sees('*') = 1 OR (t.holder = '' AND viewer_sees('team') = 1) OR (t.holder <> '' AND t.holder = viewer()) OR (t.notice IS NOT NULL AND EXISTS (SELECT 1 FROM see_notice n WHERE n.id = t.notice))
