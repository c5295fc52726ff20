-- owner: services/5-disclosure/3-publication
-- Advisories that were published before this house, or by others: their bytes
-- as they came, and what can be read in them.

-- One row an edition of an advisory (tracking id and version) of a publisher.
-- holder: '' for the team, the account that brought it for TLP:RED, which
-- nobody else sees.  rank: 1 is the oldest by version.  differ: places in which
-- the document printed again is another one.  What is public is ours, TLP:CLEAR
-- and valid, and no bug of ours can make anything else public.
CREATE TABLE past_edition (
	id           ID(past) NOT NULL PRIMARY KEY,
	namespace    TEXT NOT NULL,
	publisher    TEXT NOT NULL,
	number       TEXT NOT NULL,
	edition      TEXT NOT NULL,
	holder       TEXT NOT NULL,
	rank         INT NOT NULL,
	status       TEXT NOT NULL CHECK (status IN ('draft', 'interim', 'final')),
	tlp          TEXT NOT NULL CHECK (tlp IN ('NONE', 'CLEAR', 'GREEN', 'AMBER', 'RED')),
	lang         TEXT NOT NULL,
	title        TEXT NOT NULL,
	summary      TEXT NOT NULL,
	severity     TEXT NOT NULL CHECK (severity IN ('unknown', 'none', 'low', 'medium', 'high', 'critical')),
	first_at     TIME NOT NULL,
	changed_at   TIME NOT NULL,
	valid        BOOL NOT NULL,
	differ       INT NOT NULL,
	file         TEXT NOT NULL,
	bytes        BLOB NOT NULL,
	sha256       TEXT NOT NULL,
	sha512       TEXT NOT NULL,
	made_by      ID(user) NOT NULL,
	made_at      TIME NOT NULL,
	path         TEXT,
	published_by ID(user),
	published_at TIME,
	UNIQUE (namespace, number, edition, holder),
	CHECK (published_at IS NULL OR (tlp = 'CLEAR' AND holder = '' AND valid = 1 AND status <> 'draft' AND path IS NOT NULL)),
	CHECK ((tlp = 'RED') = (holder <> ''))
);
CREATE INDEX past_edition_changed ON past_edition (changed_at, id);
CREATE INDEX past_edition_number ON past_edition (number, rank);
CREATE INDEX past_edition_sha256 ON past_edition (sha256, id);
CREATE INDEX past_edition_path ON past_edition (path);

-- guard past_edition: t.published_at IS NOT NULL OR viewer_sees('*') = 1 OR (t.holder = '' AND viewer_sees('team') = 1) OR (t.holder <> '' AND t.holder = viewer())

-- Paragraphs in the order of the document; vuln 0: of the whole.
CREATE TABLE past_line (
	edition ID(past) NOT NULL REFERENCES past_edition (id),
	ordinal INT NOT NULL,
	vuln    INT NOT NULL,
	kind    TEXT NOT NULL CHECK (kind IN ('note', 'remedy', 'threat', 'reference', 'thanks', 'revision', 'finding')),
	title   TEXT NOT NULL,
	body    TEXT NOT NULL,
	url     TEXT NOT NULL,
	PRIMARY KEY (edition, ordinal)
);

-- guard past_line: EXISTS (SELECT 1 FROM see_past_edition e WHERE e.id = t.edition)

CREATE TABLE past_vuln (
	edition  ID(past) NOT NULL REFERENCES past_edition (id),
	ordinal  INT NOT NULL,
	cve      TEXT NOT NULL,
	cwe      INT,
	title    TEXT NOT NULL,
	vector   TEXT NOT NULL,
	score    INT,
	severity TEXT NOT NULL,
	PRIMARY KEY (edition, ordinal)
);

-- guard past_vuln: EXISTS (SELECT 1 FROM see_past_edition e WHERE e.id = t.edition)

-- Products as the document names them; the catalogue is asked when they are shown.
CREATE TABLE past_product (
	edition ID(past) NOT NULL REFERENCES past_edition (id),
	ordinal INT NOT NULL,
	pid     TEXT NOT NULL,
	name    TEXT NOT NULL,
	vendor  TEXT NOT NULL,
	product TEXT NOT NULL,
	release TEXT NOT NULL,
	PRIMARY KEY (edition, ordinal)
);
CREATE INDEX past_product_pid ON past_product (edition, pid);

-- guard past_product: EXISTS (SELECT 1 FROM see_past_edition e WHERE e.id = t.edition)

CREATE TABLE past_verdict (
	edition ID(past) NOT NULL REFERENCES past_edition (id),
	ordinal INT NOT NULL,
	vuln    INT NOT NULL,
	pid     TEXT NOT NULL,
	status  TEXT NOT NULL CHECK (status IN ('affected', 'fixed', 'not_affected', 'under_investigation')),
	PRIMARY KEY (edition, ordinal)
);

-- guard past_verdict: EXISTS (SELECT 1 FROM see_past_edition e WHERE e.id = t.edition)

-- What printing the document again leaves out, adds or says otherwise.
CREATE TABLE past_loss (
	edition ID(past) NOT NULL REFERENCES past_edition (id),
	ordinal INT NOT NULL,
	what    TEXT NOT NULL CHECK (what IN ('missing', 'added', 'changed')),
	pointer TEXT NOT NULL,
	was     TEXT NOT NULL,
	printed TEXT NOT NULL,
	PRIMARY KEY (edition, ordinal)
);

-- guard past_loss: EXISTS (SELECT 1 FROM see_past_edition e WHERE e.id = t.edition)

-- What became of each file of an import of several; holder as above.
CREATE TABLE past_receipt (
	batch   ID(batch) NOT NULL,
	ordinal INT NOT NULL,
	file    TEXT NOT NULL,
	outcome TEXT NOT NULL CHECK (outcome IN ('stored', 'there', 'refused')),
	why     TEXT NOT NULL,
	edition ID(past) REFERENCES past_edition (id),
	holder  TEXT NOT NULL,
	made_by ID(user) NOT NULL,
	made_at TIME NOT NULL,
	PRIMARY KEY (batch, ordinal)
);

-- guard past_receipt: viewer_sees('*') = 1 OR (t.holder = '' AND viewer_sees('team') = 1) OR (t.holder <> '' AND t.holder = viewer())
