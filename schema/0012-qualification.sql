-- owner: services/3-triage/1-qualification
-- Every decision on a report, with its reason, so that outcomes can be counted
-- and disagreement shows (FIRST PSIRT Services Framework 1.1, 3.1.2.1).

CREATE TABLE report_decision (
	id          ID(decision) NOT NULL PRIMARY KEY,
	report      ID(report) NOT NULL REFERENCES report (id),
	at          TIME NOT NULL,
	author      ID(user) REFERENCES account (id),
	author_name TEXT NOT NULL,
	outcome     TEXT NOT NULL,
	before      TEXT NOT NULL,
	reason      TEXT NOT NULL
);
CREATE INDEX report_decision_report ON report_decision (report, at, id);
CREATE INDEX report_decision_at ON report_decision (at, id);
CREATE INDEX report_decision_author ON report_decision (author);

-- guard report_decision: viewer_sees('*') = 1 OR (viewer_sees('report') = 1 AND EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.report))

-- Each judgement of a vulnerability's severity.
CREATE TABLE vuln_score (
	id          ID(score) NOT NULL PRIMARY KEY,
	vuln        ID(vuln) NOT NULL REFERENCES vuln (id),
	at          TIME NOT NULL,
	author      ID(user) REFERENCES account (id),
	author_name TEXT NOT NULL,
	vector      TEXT,
	score       INT,
	severity    TEXT NOT NULL,
	reason      TEXT
);
CREATE INDEX vuln_score_vuln ON vuln_score (vuln, at, id);
CREATE INDEX vuln_score_at ON vuln_score (at, id);
CREATE INDEX vuln_score_author ON vuln_score (author);

-- guard vuln_score: EXISTS (SELECT 1 FROM see_vuln v WHERE v.id = t.vuln)
