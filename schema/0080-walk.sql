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
CREATE INDEX casefile_exploited ON casefile (changed_at DESC, id, access) WHERE exploited = 1;
CREATE INDEX casefile_turn_open ON casefile (turn, changed_at, id, access) WHERE closed_at IS NULL;
CREATE INDEX casefile_state_open ON casefile (state, changed_at DESC, id, access) WHERE closed_at IS NULL;
CREATE INDEX casefile_embargo_open ON casefile (embargo_at, id, access) WHERE closed_at IS NULL;
