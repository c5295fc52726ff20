-- owner: record
-- The case: what many services hang their own tables on.  Who may see a case:
-- those with the sight word 'team' while its access is 'team', and its members.

CREATE TABLE casefile (
	id           ID(case) NOT NULL PRIMARY KEY,
	number       TEXT NOT NULL UNIQUE,
	title        TEXT NOT NULL,
	state        TEXT NOT NULL CHECK (state IN ('open', 'qualified', 'remedying', 'disclosing', 'published', 'closed')),
	tlp          TEXT NOT NULL CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
	access       TEXT NOT NULL CHECK (access IN ('team', 'members')),
	severity     TEXT NOT NULL CHECK (severity IN ('unknown', 'none', 'low', 'medium', 'high', 'critical')),
	exploited    BOOL NOT NULL,
	owner        ID(user) REFERENCES account (id),
	turn         TEXT NOT NULL CHECK (turn IN ('team', 'finder', 'engineer', 'approver', 'nobody')),
	opened_at    TIME NOT NULL,
	changed_at   TIME NOT NULL,
	closed_at    TIME,
	embargo_at   TIME,
	embargo_zone TEXT,
	version      INT NOT NULL
);
CREATE INDEX casefile_changed ON casefile (changed_at, id);
CREATE INDEX casefile_opened ON casefile (opened_at, id);
CREATE INDEX casefile_state ON casefile (state, changed_at, id);
CREATE INDEX casefile_owner ON casefile (owner, changed_at, id);
CREATE INDEX casefile_severity ON casefile (severity, changed_at, id);
CREATE INDEX casefile_title ON casefile (title, id);
CREATE INDEX casefile_embargo ON casefile (embargo_at, id);
CREATE INDEX casefile_turn ON casefile (turn, changed_at, id);

CREATE TABLE case_member (
	casefile ID(case) NOT NULL REFERENCES casefile (id),
	account  ID(user) NOT NULL REFERENCES account (id),
	why      TEXT NOT NULL,
	since    TIME NOT NULL,
	PRIMARY KEY (casefile, account)
);
CREATE INDEX case_member_account ON case_member (account, casefile);

-- guard casefile: (t.access = 'team' AND viewer_sees('team') = 1) OR viewer_sees('*') = 1 OR EXISTS (SELECT 1 FROM case_member m WHERE m.casefile = t.id AND m.account = viewer())

-- What happened, in order: facts, and notes that people write for each other.
CREATE TABLE timeline (
	seq      SERIAL,
	id       ID(entry) NOT NULL UNIQUE,
	casefile ID(case) NOT NULL REFERENCES casefile (id),
	at       TIME NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('fact', 'note')),
	fact     TEXT,
	author   ID(user),
	author_name TEXT NOT NULL,
	tlp      TEXT NOT NULL,
	body     TEXT NOT NULL
);
CREATE INDEX timeline_case ON timeline (casefile, at, seq);

-- guard timeline: EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)

-- Numbers shown to people, counted per year and kind.
CREATE TABLE counter (
	name  TEXT NOT NULL PRIMARY KEY,
	value INT NOT NULL
);
