-- owner: services/5-disclosure/3-publication
-- CVE IDs of the organisation and what is asked of CVE Services about them
-- (FIRST PSIRT Services Framework 1.1, 5.3.2.5).

-- An ID as CVE Services last told it; record: the container that they last took.
CREATE TABLE cve_number (
	id           ID(cve) NOT NULL PRIMARY KEY,
	number       TEXT NOT NULL UNIQUE,
	state        TEXT NOT NULL CHECK (state IN ('reserved', 'published', 'rejected')),
	by_user      TEXT NOT NULL,
	reserved_at  TIME,
	seen_at      TIME NOT NULL,
	published_at TIME,
	changed_at   TIME NOT NULL,
	casefile     ID(case) REFERENCES casefile (id),
	vuln         ID(vuln) REFERENCES vuln (id),
	record       TEXT,
	version      INT NOT NULL
);
CREATE INDEX cve_number_case ON cve_number (casefile, number);
CREATE INDEX cve_number_vuln ON cve_number (vuln);
CREATE INDEX cve_number_state ON cve_number (state, number);

-- guard cve_number: (t.casefile IS NULL AND viewer_sees('team') = 1) OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)

-- A request that is to be made, is being made, or was made.  doubt: it may have been
-- carried out, and the state of things is asked before it is made again.
CREATE TABLE cve_errand (
	id       ID(errand) NOT NULL PRIMARY KEY,
	kind     TEXT NOT NULL CHECK (kind IN ('reserve', 'look', 'publish', 'update', 'reject', 'adp')),
	state    TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'doubt', 'done', 'refused', 'dropped')),
	casefile ID(case) REFERENCES casefile (id),
	vuln     ID(vuln) REFERENCES vuln (id),
	cve      ID(cve) REFERENCES cve_number (id),
	amount   INT,
	asked_by ID(user) REFERENCES account (id),
	asked_at TIME NOT NULL,
	method   TEXT NOT NULL,
	path     TEXT NOT NULL,
	body     TEXT,
	token    TEXT,
	tries    INT NOT NULL,
	due_at   TIME NOT NULL,
	sent_at  TIME,
	ended_at TIME,
	status   INT,
	answer   TEXT,
	code     TEXT,
	detail   TEXT,
	got      INT
);
CREATE INDEX cve_errand_due ON cve_errand (state, due_at, id);
CREATE INDEX cve_errand_case ON cve_errand (casefile, asked_at, id);
CREATE INDEX cve_errand_vuln ON cve_errand (vuln);
CREATE INDEX cve_errand_cve ON cve_errand (cve, asked_at, id);
CREATE INDEX cve_errand_asker ON cve_errand (asked_by);
CREATE INDEX cve_errand_asked ON cve_errand (asked_at, id);

-- guard cve_errand: (t.casefile IS NULL AND viewer_sees('team') = 1) OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)

-- How many IDs the organisation may hold in reserve, as last told.
CREATE TABLE cve_quota (
	org       TEXT NOT NULL PRIMARY KEY,
	quota     INT NOT NULL,
	reserved  INT NOT NULL,
	available INT NOT NULL,
	seen_at   TIME NOT NULL
);

-- Who may use CVE Services for the organisation, as last told.
CREATE TABLE cve_person (
	org     TEXT NOT NULL,
	name    TEXT NOT NULL,
	first   TEXT NOT NULL,
	last    TEXT NOT NULL,
	active  BOOL NOT NULL,
	admin   BOOL NOT NULL,
	seen_at TIME NOT NULL,
	PRIMARY KEY (org, name)
);
