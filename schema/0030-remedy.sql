-- owner: services/4-remediation/2-remedy
-- Which product versions a vulnerability affects, the questions put to their
-- owners, and what is done about it (FIRST PSIRT Services Framework 1.1, 4.2).

-- The products that a case looks at.
CREATE TABLE impact_scope (
	casefile ID(case) NOT NULL REFERENCES casefile (id),
	product  ID(product) NOT NULL REFERENCES product (id),
	at       TIME NOT NULL,
	PRIMARY KEY (casefile, product)
);
CREATE INDEX impact_scope_product ON impact_scope (product, casefile);

-- guard impact_scope: EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)

-- The status of one version for one vulnerability, in the words of VEX.
-- No row: not looked at yet.
CREATE TABLE impact (
	casefile      ID(case) NOT NULL REFERENCES casefile (id),
	vuln          ID(vuln) NOT NULL REFERENCES vuln (id),
	release       ID(release) NOT NULL REFERENCES release (id),
	status        TEXT NOT NULL CHECK (status IN ('under_investigation', 'affected', 'not_affected', 'fixed')),
	justification TEXT CHECK (justification IN ('component_not_present', 'vulnerable_code_not_present', 'vulnerable_code_not_in_execute_path', 'vulnerable_code_cannot_be_controlled_by_adversary', 'inline_mitigations_already_exist')),
	note          TEXT NOT NULL,
	decided_by    ID(user) REFERENCES account (id),
	decided_at    TIME NOT NULL,
	version       INT NOT NULL,
	PRIMARY KEY (vuln, release),
	CHECK (status <> 'not_affected' OR justification IS NOT NULL)
);
CREATE INDEX impact_case ON impact (casefile, vuln, release);
CREATE INDEX impact_release ON impact (release);
CREATE INDEX impact_decider ON impact (decided_by);
CREATE INDEX impact_decided ON impact (decided_at);

-- guard impact: EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)

-- A question to the owner of a product: is it affected?
CREATE TABLE question (
	id            ID(question) NOT NULL PRIMARY KEY,
	casefile      ID(case) NOT NULL REFERENCES casefile (id),
	vuln          ID(vuln) NOT NULL REFERENCES vuln (id),
	product       ID(product) NOT NULL REFERENCES product (id),
	asked_by      ID(user) REFERENCES account (id),
	asked_of      ID(user) NOT NULL REFERENCES account (id),
	asked_at      TIME NOT NULL,
	due_at        TIME NOT NULL,
	words         TEXT NOT NULL,
	answer        TEXT CHECK (answer IN ('affected', 'not_affected', 'need_time')),
	answer_note   TEXT NOT NULL,
	answered_at   TIME,
	answered_by   ID(user) REFERENCES account (id),
	version       INT NOT NULL
);
CREATE INDEX question_case ON question (casefile, asked_at, id);
CREATE INDEX question_of ON question (asked_of, due_at, id);
CREATE INDEX question_by ON question (asked_by);
CREATE INDEX question_answerer ON question (answered_by);
CREATE INDEX question_vuln ON question (vuln, product);
CREATE INDEX question_product ON question (product);

-- guard question: EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)

-- What is done about a vulnerability in a product; no vuln: about all of the case.
CREATE TABLE remedy (
	id          ID(remedy) NOT NULL PRIMARY KEY,
	casefile    ID(case) NOT NULL REFERENCES casefile (id),
	vuln        ID(vuln) REFERENCES vuln (id),
	product     ID(product) NOT NULL REFERENCES product (id),
	kind        TEXT NOT NULL CHECK (kind IN ('fix', 'workaround', 'mitigation', 'none_planned', 'will_not_fix')),
	release     ID(release) REFERENCES release (id),
	fixed_in    TEXT NOT NULL,
	body        TEXT NOT NULL,
	body_ja     TEXT NOT NULL,
	url         TEXT NOT NULL,
	planned_on  TEXT,
	released_on TEXT,
	state       TEXT NOT NULL CHECK (state IN ('planned', 'released')),
	made_at     TIME NOT NULL,
	changed_at  TIME NOT NULL,
	version     INT NOT NULL
);
CREATE INDEX remedy_case ON remedy (casefile, made_at, id);
CREATE INDEX remedy_vuln ON remedy (vuln);
CREATE INDEX remedy_product ON remedy (product);
CREATE INDEX remedy_release ON remedy (release);

-- guard remedy: EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)
