-- owner: record
-- Every report with a promise waits for our word, not only those not yet decided.

DROP INDEX report_waiting;
CREATE INDEX report_waiting ON report (due_at, id) WHERE due_at IS NOT NULL;
