-- owner: services/5-disclosure/3-publication
-- Advisories, their editions with texts in two languages, and the documents of
-- each published edition, byte for byte, kept for ever.

CREATE TABLE advisory (
	id         ID(advisory) NOT NULL PRIMARY KEY,
	casefile   ID(case) NOT NULL REFERENCES casefile (id),
	number     TEXT NOT NULL UNIQUE,
	state      TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
	tlp        TEXT NOT NULL CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
	severity   TEXT NOT NULL,
	made_by    ID(user),
	made_at    TIME NOT NULL,
	first_at   TIME,
	changed_at TIME NOT NULL,
	version    INT NOT NULL
);
CREATE INDEX advisory_case ON advisory (casefile, number);
CREATE INDEX advisory_changed ON advisory (changed_at, id);

-- guard advisory: t.state <> 'draft' OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)

-- seal: SHA-256 over what the approver saw; publishing anything else is refused.
CREATE TABLE edition (
	id           ID(edition) NOT NULL PRIMARY KEY,
	advisory     ID(advisory) NOT NULL REFERENCES advisory (id),
	casefile     ID(case) NOT NULL REFERENCES casefile (id),
	ordinal      INT NOT NULL,
	state        TEXT NOT NULL CHECK (state IN ('draft', 'review', 'approved', 'scheduled', 'published')),
	withdraws    BOOL NOT NULL,
	made_by      ID(user),
	made_at      TIME NOT NULL,
	changed_at   TIME NOT NULL,
	submitted_by ID(user),
	submitted_at TIME,
	approved_by  ID(user),
	approved_at  TIME,
	seal         TEXT,
	returned_why TEXT,
	publish_at   TIME,
	published_at TIME,
	version      INT NOT NULL,
	UNIQUE (advisory, ordinal)
);
CREATE INDEX edition_case ON edition (casefile, id);
CREATE INDEX edition_changed ON edition (changed_at, id);
CREATE INDEX edition_due ON edition (state, publish_at);

-- guard edition: t.state = 'published' OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)

-- change_note: what is new in this edition, for the revision history.
CREATE TABLE edition_text (
	edition     ID(edition) NOT NULL REFERENCES edition (id),
	lang        TEXT NOT NULL CHECK (lang IN ('en', 'ja')),
	title       TEXT NOT NULL,
	summary     TEXT NOT NULL,
	description TEXT NOT NULL,
	impact      TEXT NOT NULL,
	solution    TEXT NOT NULL,
	workaround  TEXT NOT NULL,
	refs        TEXT NOT NULL,
	thanks      TEXT NOT NULL,
	change_note TEXT NOT NULL,
	PRIMARY KEY (edition, lang)
);

-- guard edition_text: EXISTS (SELECT 1 FROM see_edition e WHERE e.id = t.edition)

CREATE TABLE document (
	edition ID(edition) NOT NULL REFERENCES edition (id),
	kind    TEXT NOT NULL CHECK (kind IN ('html_en', 'html_ja', 'csaf')),
	path    TEXT NOT NULL,
	bytes   BLOB NOT NULL,
	sha256  TEXT NOT NULL,
	sha512  TEXT NOT NULL,
	made_at TIME NOT NULL,
	PRIMARY KEY (edition, kind)
);
CREATE INDEX document_path ON document (path, edition);
