-- owner: services/2-discovery/1-intake
-- What we propose to the finder of a report: when it is made public, and whom the
-- advisory thanks; and what the finder says to it.  The last one of a report counts.

CREATE TABLE agreement (
	id            ID(agreement) NOT NULL PRIMARY KEY,
	report        ID(report) NOT NULL REFERENCES report (id),
	ordinal       INT NOT NULL,
	state         TEXT NOT NULL CHECK (state IN ('proposed', 'agreed', 'countered')),
	proposed_at   TIME NOT NULL,
	proposed_by   ID(user) REFERENCES account (id),
	proposed_name TEXT NOT NULL,
	disclose_at   TIME NOT NULL,
	disclose_zone TEXT NOT NULL,
	credit        TEXT NOT NULL,
	answered_at   TIME,
	wish_at       TIME,
	wish_zone     TEXT,
	wish_credit   TEXT NOT NULL,
	UNIQUE (report, ordinal)
);
CREATE INDEX agreement_proposer ON agreement (proposed_by);

-- guard agreement: EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.report)
