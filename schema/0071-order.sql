-- owner: record
-- Indexes in the very order of the lists, and small ones over what is still
-- open, so that a desk or an inbox does not pay for all that is closed.

DROP INDEX casefile_changed;
DROP INDEX casefile_opened;
DROP INDEX casefile_state;
DROP INDEX casefile_owner;
DROP INDEX casefile_severity;
DROP INDEX casefile_turn;
CREATE INDEX casefile_changed ON casefile (changed_at DESC, id);
CREATE INDEX casefile_opened ON casefile (opened_at DESC, id);
CREATE INDEX casefile_state ON casefile (state, changed_at DESC, id);
CREATE INDEX casefile_owner ON casefile (owner, changed_at DESC, id);
CREATE INDEX casefile_severity ON casefile (severity, changed_at DESC, id);
CREATE INDEX casefile_turn ON casefile (turn, changed_at DESC, id);
CREATE INDEX casefile_exploited ON casefile (changed_at DESC, id) WHERE exploited = 1;
CREATE INDEX casefile_turn_open ON casefile (turn, changed_at, id) WHERE closed_at IS NULL;
CREATE INDEX casefile_embargo_open ON casefile (embargo_at, id) WHERE closed_at IS NULL;

DROP INDEX report_received;
DROP INDEX report_changed;
DROP INDEX report_state;
DROP INDEX report_channel;
CREATE INDEX report_newest ON report (received_at DESC, id);
CREATE INDEX report_oldest ON report (received_at, id);
CREATE INDEX report_changed ON report (changed_at DESC, id);
CREATE INDEX report_state ON report (state, (coalesce(due_at, 9223372036854775807)), id);
CREATE INDEX report_channel ON report (channel, received_at DESC, id);
CREATE INDEX report_waiting ON report (due_at, id) WHERE state IN ('new', 'in_review', 'needs_info');
CREATE INDEX report_unread ON report (due_at, id) WHERE unread > 0;

-- Who is a member sees the case: the own rows need no second look.
-- guard case_member: t.account = viewer() OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)
