-- owner: services/2-discovery/3-components
-- What our products are made of, who makes it, and what those makers say about
-- its vulnerabilities (FIRST PSIRT Services Framework 1.1, 2.3).

-- A maker of components, whose advisories are watched.  namespace: as its
-- documents name it; none: learnt from its name.  address: of its CSAF provider;
-- none: its advisories come by hand.  since: when fetching began to fail.
CREATE TABLE supplier (
	id         ID(supplier) NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL UNIQUE,
	namespace  TEXT NOT NULL,
	address    TEXT NOT NULL,
	state      TEXT NOT NULL CHECK (state IN ('watched', 'stopped')),
	owner      ID(user) REFERENCES account (id),
	made_by    ID(user),
	made_at    TIME NOT NULL,
	version    INT NOT NULL
);
CREATE INDEX supplier_owner ON supplier (owner);
CREATE INDEX supplier_namespace ON supplier (namespace, id);

-- A component in a version of a product of ours.  The keys are what advisories are
-- compared with: purl without version and qualifiers, "vendor:product" of the CPE,
-- supplier and name folded.
CREATE TABLE component (
	id       ID(component) NOT NULL PRIMARY KEY,
	release  ID(release) NOT NULL REFERENCES release (id),
	name     TEXT NOT NULL,
	supplier TEXT NOT NULL,
	purl     TEXT NOT NULL,
	cpe      TEXT NOT NULL,
	version  TEXT NOT NULL,
	purl_key TEXT NOT NULL,
	cpe_key  TEXT NOT NULL,
	name_key TEXT NOT NULL,
	made_by  ID(user),
	made_at  TIME NOT NULL,
	UNIQUE (release, name, supplier, version, purl)
);
CREATE INDEX component_purl ON component (purl_key, id);
CREATE INDEX component_cpe ON component (cpe_key, id);
CREATE INDEX component_name ON component (name_key, id);

-- An advisory of a supplier as it stands now (number: its tracking id).  holder: ''
-- for the team, the account that brought it for TLP:RED, which nobody else sees.
-- paper: the document that it was read from.  words: folded, for finding.
CREATE TABLE notice (
	id         ID(notice) NOT NULL PRIMARY KEY,
	supplier   ID(supplier) REFERENCES supplier (id),
	namespace  TEXT NOT NULL,
	publisher  TEXT NOT NULL,
	number     TEXT NOT NULL,
	holder     TEXT NOT NULL,
	edition    TEXT NOT NULL,
	csaf       TEXT NOT NULL CHECK (csaf IN ('2.0', '2.1')),
	paper      ID(paper) NOT NULL,
	status     TEXT NOT NULL CHECK (status IN ('draft', 'interim', 'final')),
	tlp        TEXT NOT NULL CHECK (tlp IN ('NONE', 'CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
	lang       TEXT NOT NULL,
	title      TEXT NOT NULL,
	summary    TEXT NOT NULL,
	severity   TEXT NOT NULL CHECK (severity IN ('unknown', 'none', 'low', 'medium', 'high', 'critical')),
	score      INT,
	errors     INT NOT NULL,
	words      TEXT NOT NULL,
	first_at   TIME NOT NULL,
	changed_at TIME NOT NULL,
	state      TEXT NOT NULL CHECK (state IN ('fresh', 'relevant', 'irrelevant', 'cased')),
	hits       INT NOT NULL,
	reason     TEXT NOT NULL,
	decided_by ID(user) REFERENCES account (id),
	decided_at TIME,
	casefile   ID(case) REFERENCES casefile (id),
	got_at     TIME NOT NULL,
	updated_at TIME NOT NULL,
	version    INT NOT NULL,
	UNIQUE (namespace, number, holder),
	CHECK ((tlp = 'RED') = (holder <> '')),
	CHECK ((state = 'cased') = (casefile IS NOT NULL))
);
CREATE INDEX notice_supplier ON notice (supplier, changed_at DESC, id);
CREATE INDEX notice_changed ON notice (changed_at DESC, id);
CREATE INDEX notice_got ON notice (got_at DESC, id);
CREATE INDEX notice_title ON notice (title, id);
CREATE INDEX notice_number ON notice (number, id);
CREATE INDEX notice_severity ON notice (severity, changed_at DESC, id);
CREATE INDEX notice_state ON notice (state, changed_at DESC, id);
CREATE INDEX notice_fresh ON notice (changed_at, id) WHERE state = 'fresh' AND hits > 0;
CREATE INDEX notice_case ON notice (casefile, id);
CREATE INDEX notice_decider ON notice (decided_by);
CREATE INDEX notice_paper ON notice (paper);

-- Who sees a notice: the team; TLP:RED its holder alone; an engineer those whose
-- components are in a product of theirs.
-- guard notice: viewer_sees('*') = 1 OR (t.holder = '' AND viewer_sees('team') = 1) OR (t.holder <> '' AND t.holder = viewer()) OR (t.holder = '' AND EXISTS (SELECT 1 FROM notice_hit h JOIN component k ON k.id = h.component JOIN release r ON r.id = k.release JOIN product_member m ON m.product = r.product WHERE h.notice = t.id AND m.account = viewer()))

-- Every document as it was received, also those that could not be read, are older
-- than what is here, or are another one under the same version: why says what is
-- wrong, in the words of the program, with what fills them in lines.  before: the
-- document of the edition before it.
CREATE TABLE paper (
	id          ID(paper) NOT NULL PRIMARY KEY,
	notice      ID(notice),
	supplier    ID(supplier) REFERENCES supplier (id),
	holder      TEXT NOT NULL,
	outcome     TEXT NOT NULL CHECK (outcome IN ('kept', 'updated', 'older', 'refused')),
	edition     TEXT NOT NULL,
	why         TEXT NOT NULL,
	why_with    TEXT NOT NULL,
	detail      TEXT NOT NULL,
	detail_with TEXT NOT NULL,
	pointer     TEXT NOT NULL,
	line        INT,
	col         INT,
	file        TEXT NOT NULL,
	bytes       BLOB NOT NULL,
	sha256      TEXT NOT NULL,
	before      ID(paper),
	compared    BOOL NOT NULL,
	got_by      ID(user) REFERENCES account (id),
	got_at      TIME NOT NULL,
	UNIQUE (sha256, holder)
);
CREATE INDEX paper_notice ON paper (notice, got_at, id);
CREATE INDEX paper_supplier ON paper (supplier);
CREATE INDEX paper_got ON paper (got_at DESC, id);
CREATE INDEX paper_by ON paper (got_by);
CREATE INDEX paper_compare ON paper (got_at, id) WHERE compared = 0;

-- guard paper: viewer_sees('*') = 1 OR (t.holder = '' AND viewer_sees('team') = 1) OR (t.holder <> '' AND t.holder = viewer()) OR (t.notice IS NOT NULL AND EXISTS (SELECT 1 FROM see_notice n WHERE n.id = t.notice))

CREATE TABLE notice_vuln (
	notice   ID(notice) NOT NULL REFERENCES notice (id),
	ordinal  INT NOT NULL,
	cve      TEXT NOT NULL,
	cwe      INT,
	title    TEXT NOT NULL,
	vector   TEXT NOT NULL,
	score    INT,
	severity TEXT NOT NULL,
	PRIMARY KEY (notice, ordinal)
);
CREATE INDEX notice_vuln_cve ON notice_vuln (cve, notice);

-- guard notice_vuln: EXISTS (SELECT 1 FROM see_notice n WHERE n.id = t.notice)

-- What it says of which product; one row for each way to name it.  range: a vers, or
-- the range in the supplier's own words.
CREATE TABLE notice_product (
	notice   ID(notice) NOT NULL REFERENCES notice (id),
	ordinal  INT NOT NULL,
	pid      TEXT NOT NULL,
	name     TEXT NOT NULL,
	vendor   TEXT NOT NULL,
	product  TEXT NOT NULL,
	release  TEXT NOT NULL,
	span     TEXT NOT NULL,
	purl     TEXT NOT NULL,
	cpe      TEXT NOT NULL,
	purl_key TEXT NOT NULL,
	cpe_key  TEXT NOT NULL,
	name_key TEXT NOT NULL,
	verdict  TEXT NOT NULL CHECK (verdict IN ('affected', 'investigated', 'fixed', 'cleared')),
	PRIMARY KEY (notice, ordinal)
);
CREATE INDEX notice_product_purl ON notice_product (purl_key, notice);
CREATE INDEX notice_product_cpe ON notice_product (cpe_key, notice);
CREATE INDEX notice_product_name ON notice_product (name_key, notice);

-- guard notice_product: EXISTS (SELECT 1 FROM see_notice n WHERE n.id = t.notice)

-- Components of ours that it names.  verdict: unsure when it names no version that can
-- be compared, other when none of its versions is ours.
CREATE TABLE notice_hit (
	notice    ID(notice) NOT NULL REFERENCES notice (id),
	component ID(component) NOT NULL REFERENCES component (id),
	how       TEXT NOT NULL CHECK (how IN ('purl', 'cpe', 'name')),
	verdict   TEXT NOT NULL CHECK (verdict IN ('affected', 'investigated', 'fixed', 'cleared', 'unsure', 'other')),
	product   TEXT NOT NULL,
	said      TEXT NOT NULL,
	at        TIME NOT NULL,
	PRIMARY KEY (notice, component)
);
CREATE INDEX notice_hit_component ON notice_hit (component, notice);

-- guard notice_hit: EXISTS (SELECT 1 FROM see_notice n WHERE n.id = t.notice)

-- What an update says otherwise than the edition before, by csaf diff.
CREATE TABLE notice_change (
	paper    ID(paper) NOT NULL REFERENCES paper (id),
	ordinal  INT NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('added', 'removed', 'changed')),
	area     TEXT NOT NULL,
	vuln     TEXT NOT NULL,
	what     TEXT NOT NULL,
	products TEXT NOT NULL,
	was      TEXT NOT NULL,
	becomes  TEXT NOT NULL,
	PRIMARY KEY (paper, ordinal)
);

-- guard notice_change: EXISTS (SELECT 1 FROM see_paper p WHERE p.id = t.paper)

-- The products of ours that a notice concerns, for the impact sheet of its case.
CREATE VIEW pub_notice_product AS
	SELECT DISTINCT h.notice, r.product FROM see_notice_hit h JOIN component k ON k.id = h.component JOIN release r ON r.id = k.release
	WHERE h.verdict IN ('affected', 'unsure', 'investigated');
