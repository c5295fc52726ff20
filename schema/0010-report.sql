-- owner: record
-- A report that came in, the talk with its finder, its files.  It is always in
-- exactly one state.  Who may see it: those with the sight word 'report', once
-- it belongs to a case only when they see that case; and the finder, whose id
-- is the digest of the receipt code.

CREATE TABLE report (
	id            ID(report) NOT NULL PRIMARY KEY,
	number        TEXT NOT NULL UNIQUE,
	receipt       TEXT NOT NULL UNIQUE,
	state         TEXT NOT NULL CHECK (state IN ('new', 'in_review', 'needs_info', 'qualified', 'duplicate', 'declined', 'closed')),
	step          INT  NOT NULL CHECK (step BETWEEN 1 AND 6),
	source        TEXT NOT NULL CHECK (source IN ('external', 'internal', 'public')),
	channel       TEXT NOT NULL CHECK (channel IN ('web', 'api', 'mail', 'phone', 'coordinator', 'partner', 'other')),
	title         TEXT NOT NULL,
	product       TEXT NOT NULL,
	product_version TEXT NOT NULL,
	description   TEXT NOT NULL,
	found_how     TEXT NOT NULL,
	impact        TEXT NOT NULL,
	exploited     TEXT NOT NULL CHECK (exploited IN ('unknown', 'no', 'yes')),
	known         TEXT NOT NULL CHECK (known IN ('unknown', 'no', 'yes')),
	told          TEXT NOT NULL,
	plan_at       TIME,
	plan_zone     TEXT,
	contact       TEXT NOT NULL,
	contact_share BOOL NOT NULL,
	credit        TEXT NOT NULL,
	lang          TEXT NOT NULL,
	received_at   TIME NOT NULL,
	changed_at    TIME NOT NULL,
	ack_due       TIME NOT NULL,
	due_at        TIME,
	answered_at   TIME,
	decided_at    TIME,
	outcome       TEXT,
	casefile      ID(case) REFERENCES casefile (id),
	original      ID(report) REFERENCES report (id),
	entered_by    ID(user) REFERENCES account (id),
	unread        INT NOT NULL,
	version       INT NOT NULL
);
CREATE INDEX report_received ON report (received_at, id);
CREATE INDEX report_changed ON report (changed_at, id);
CREATE INDEX report_due ON report (due_at, id);
CREATE INDEX report_state ON report (state, due_at, id);
CREATE INDEX report_title ON report (title, id);
CREATE INDEX report_product ON report (product, id);
CREATE INDEX report_channel ON report (channel, received_at, id);
CREATE INDEX report_case ON report (casefile, received_at, id);
CREATE INDEX report_original ON report (original);
CREATE INDEX report_entered ON report (entered_by);
CREATE INDEX report_answered ON report (answered_at);

-- guard report: viewer_sees('*') = 1 OR t.receipt = viewer() OR (viewer_sees('report') = 1 AND (t.casefile IS NULL OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)))

CREATE TABLE report_message (
	id          ID(message) NOT NULL PRIMARY KEY,
	report      ID(report) NOT NULL REFERENCES report (id),
	at          TIME NOT NULL,
	direction   TEXT NOT NULL CHECK (direction IN ('in', 'out')),
	author      ID(user) REFERENCES account (id),
	author_name TEXT NOT NULL,
	body        TEXT NOT NULL,
	seen_at     TIME
);
CREATE INDEX report_message_report ON report_message (report, at, id);
CREATE INDEX report_message_author ON report_message (author);

-- guard report_message: EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.report)

CREATE TABLE report_file (
	file    ID(attachment) NOT NULL PRIMARY KEY REFERENCES attachment (id),
	report  ID(report) NOT NULL REFERENCES report (id),
	message ID(message) REFERENCES report_message (id)
);
CREATE INDEX report_file_report ON report_file (report, file);
CREATE INDEX report_file_message ON report_file (message);

-- guard report_file: EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.report)
