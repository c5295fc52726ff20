-- owner: record
-- Each order of the list of cases has an index that also holds what the list
-- can be narrowed by and what the guard asks first: walking it, rows that are
-- not shown are never fetched.  The smaller ones find and count what is rare.

DROP INDEX casefile_changed;
DROP INDEX casefile_opened;
DROP INDEX casefile_title;
DROP INDEX casefile_state;
DROP INDEX casefile_severity;
DROP INDEX casefile_turn;
DROP INDEX casefile_embargo;
DROP INDEX casefile_owner;
DROP INDEX casefile_exploited;
DROP INDEX casefile_turn_open;
DROP INDEX casefile_embargo_open;
CREATE INDEX casefile_changed ON casefile (changed_at DESC, id, access, closed_at, state, severity, turn, tlp, exploited, owner);
CREATE INDEX casefile_opened ON casefile (opened_at DESC, id, access, closed_at, state, severity, turn, tlp, exploited, owner);
CREATE INDEX casefile_number ON casefile (number DESC, id, access, closed_at, state, severity, turn, tlp, exploited, owner);
CREATE INDEX casefile_title ON casefile (title, id, access, closed_at, state, severity, turn, tlp, exploited, owner);
CREATE INDEX casefile_state ON casefile (state, changed_at DESC, id, access, closed_at, severity, turn, tlp, exploited, owner);
CREATE INDEX casefile_severity ON casefile (severity, changed_at DESC, id, access, closed_at, state, turn, tlp, exploited, owner);
CREATE INDEX casefile_turn ON casefile (turn, changed_at DESC, id, access, closed_at, state, severity, tlp, exploited, owner);
CREATE INDEX casefile_embargo ON casefile (embargo_at, id, access, closed_at, state, severity, turn, tlp, exploited, owner);
CREATE INDEX casefile_owner ON casefile (owner, changed_at DESC, id, access);
CREATE INDEX casefile_tlp ON casefile (tlp, changed_at DESC, id, access);
CREATE INDEX casefile_exploited ON casefile (changed_at DESC, id, access, exploited, closed_at, state, severity, turn, tlp, owner, number, title,
	opened_at, embargo_at, embargo_zone) WHERE exploited = 1;
CREATE INDEX casefile_turn_open ON casefile (turn, changed_at, id, access) WHERE closed_at IS NULL;
CREATE INDEX casefile_state_open ON casefile (state, changed_at DESC, id, access) WHERE closed_at IS NULL;
CREATE INDEX casefile_embargo_open ON casefile (embargo_at, id, access) WHERE closed_at IS NULL;

DROP INDEX report_newest;
DROP INDEX report_oldest;
DROP INDEX report_changed;
DROP INDEX report_due;
DROP INDEX report_title;
DROP INDEX report_product;
DROP INDEX report_channel;
CREATE INDEX report_newest ON report (received_at DESC, id, state);
CREATE INDEX report_oldest ON report (received_at, id, state);
CREATE INDEX report_changed ON report (changed_at DESC, id, state);
CREATE INDEX report_due ON report (due_at, id, state);
CREATE INDEX report_title ON report (title, id, state);
CREATE INDEX report_product ON report (product, id, state);
CREATE INDEX report_channel ON report (channel, received_at DESC, id, state);

-- The guards again, word for word but LIMIT 1 OFFSET 0: without it PostgreSQL
-- makes a table of all that the viewer may see (30,000 memberships, 100,000
-- cases) when the first row needs a look, also for a list of fifty.

-- guard casefile: (t.access = 'team' AND viewer_sees('team') = 1) OR viewer_sees('*') = 1 OR EXISTS (SELECT 1 FROM case_member m WHERE m.casefile = t.id AND m.account = viewer() LIMIT 1 OFFSET 0)
-- guard case_member: t.account = viewer() OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile LIMIT 1 OFFSET 0)
-- guard report: viewer_sees('*') = 1 OR t.receipt = viewer() OR (viewer_sees('report') = 1 AND (t.casefile IS NULL OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile LIMIT 1 OFFSET 0)))
-- guard find_piece: viewer_sees('*') = 1 OR (t.casefile IS NOT NULL AND EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile LIMIT 1 OFFSET 0)) OR (t.casefile IS NULL AND (t.kind IN ('product', 'advisory') OR viewer_sees('report') = 1))
-- guard journal: viewer_sees('*') = 1 OR (viewer_sees('audit') = 1 AND (t.chain = 'system' OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.chain LIMIT 1 OFFSET 0) OR EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.chain LIMIT 1 OFFSET 0)))
-- guard letter: viewer_sees('*') = 1 OR EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.holder LIMIT 1 OFFSET 0) OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.holder LIMIT 1 OFFSET 0)
-- guard attachment: viewer_sees('*') = 1 OR EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.holder LIMIT 1 OFFSET 0) OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.holder LIMIT 1 OFFSET 0)
