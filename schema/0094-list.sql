-- owner: record
-- Two orders of the list of cases in which a filter's own cases stand far behind all others.
-- Exploited ones by state; and mine by embargo: of many cases of the viewer perhaps none has
-- one, and those of others that have came first.  So a membership repeats when its case's
-- embargo ends (casefile.sql writes both).

ALTER TABLE case_member ADD COLUMN embargo_at TIME;
UPDATE case_member SET embargo_at = (SELECT k.embargo_at FROM casefile k WHERE k.id = case_member.casefile);
CREATE INDEX case_member_embargo ON case_member (account, embargo_at, casefile);
CREATE INDEX casefile_exploited_state ON casefile (state, changed_at DESC, id, access, exploited, closed_at, severity, turn, tlp, owner, number, title,
	opened_at, embargo_at, embargo_zone) WHERE exploited = 1;

-- Indexes that each change of a case writes anyway hold all that the list shows: its first page
-- and those of one state, severity or turn are read without a look at the cases themselves.
DROP INDEX casefile_changed;
DROP INDEX casefile_state;
DROP INDEX casefile_severity;
DROP INDEX casefile_turn;
CREATE INDEX casefile_changed ON casefile (changed_at DESC, id, access, closed_at, state, severity, turn, tlp, exploited, owner, number, title,
	opened_at, embargo_at, embargo_zone);
CREATE INDEX casefile_state ON casefile (state, changed_at DESC, id, access, closed_at, severity, turn, tlp, exploited, owner, number, title,
	opened_at, embargo_at, embargo_zone);
CREATE INDEX casefile_severity ON casefile (severity, changed_at DESC, id, access, closed_at, state, turn, tlp, exploited, owner, number, title,
	opened_at, embargo_at, embargo_zone);
CREATE INDEX casefile_turn ON casefile (turn, changed_at DESC, id, access, closed_at, state, severity, tlp, exploited, owner, number, title,
	opened_at, embargo_at, embargo_zone);

-- The people that the list offers as owners.
CREATE INDEX account_active ON account (name, id) WHERE state = 'active';

-- guard case_member: t.account = viewer() OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile LIMIT 1 OFFSET 0)
