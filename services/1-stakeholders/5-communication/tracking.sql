-- name: case_list(state str, severity str, owner user_id, turn str, tlp str, mine user_id, open int, exploited int, by_state str, by_severity str, by_owner user_id, by_turn str, by_tlp str, by_mine user_id, by_open int, by_exploited int, deep int, of_mine user_id, to_changed time, to_number str, to_id case_id, most int, skip int) :many
-- type: owner_name str
-- max: 500
-- sort: changed = k.changed_at DESC, k.id
-- sort: opened = k.opened_at DESC, k.id
-- sort: number = k.number DESC, k.id
-- sort: title = k.title, k.id
-- sort: state = k.state, k.changed_at DESC, k.id
-- sort: severity = k.severity, k.changed_at DESC, k.id
-- sort: turn = k.turn, k.changed_at DESC, k.id
-- sort: embargo = k.embargo_at NULLS LAST, k.id
-- values: by_state by_severity by_owner by_turn by_tlp by_mine deep
-- What narrows the list is tested while the order's index is walked; one of
-- them, that with by_, may be looked up instead (seek.c says when).  From row :deep
-- on (there :skip is 0) rows are counted off in the index, which holds all that is
-- tested, and those of the page alone are fetched.  With :of_mine (in place of :mine, for the
-- order by embargo) the viewer's memberships are walked instead of it.  The owner's name is found by the id later (tracking.c):
-- the page knows all active people anyway.  With :to_changed and :to_id, or :to_number, those before it are not even
-- counted.
SELECT k.id, k.number, k.title, k.state, k.severity, k.tlp, k.turn, coalesce(k.owner, '') AS owner_name,
	k.opened_at, k.changed_at, k.embargo_at, k.embargo_zone, k.exploited
FROM see_casefile k
WHERE 1 = 1
/*?deep*/ AND k.id IN (SELECT k.id FROM see_casefile k WHERE 1 = 1
/*?of_mine*/ AND k.id IN (SELECT m.casefile FROM see_case_member m JOIN see_casefile k ON k.id = m.casefile WHERE m.account = :of_mine
/*?state*/ AND @walk(k.state) = :state
/*?severity*/ AND @walk(k.severity) = :severity
/*?owner*/ AND @walk(k.owner) = :owner
/*?turn*/ AND @walk(k.turn) = :turn
/*?tlp*/ AND @walk(k.tlp) = :tlp
/*?mine*/ AND EXISTS (SELECT 1 FROM see_case_member m WHERE m.casefile = k.id AND m.account = :mine)
/*?open*/ AND (k.closed_at IS NULL) = (:open = 1)
/*?exploited*/ AND @walk(k.exploited) = :exploited
/*?to_changed*/ AND k.changed_at <= :to_changed AND (k.changed_at < :to_changed OR k.id > :to_id)
/*?to_number*/ AND k.number < :to_number
/*?by_state*/ AND k.state = :by_state
/*?by_severity*/ AND k.severity = :by_severity
/*?by_owner*/ AND k.owner = :by_owner
/*?by_turn*/ AND k.turn = :by_turn
/*?by_tlp*/ AND k.tlp = :by_tlp
/*?by_mine*/ AND k.id IN (SELECT m.casefile FROM see_case_member m WHERE m.account = :by_mine)
/*?by_open*/ AND k.closed_at IS NULL AND :by_open = 1
/*?by_exploited*/ AND k.exploited = 1 AND :by_exploited = 1
/*?of_mine*/ ORDER BY m.embargo_at NULLS LAST, m.casefile LIMIT :most + :skip)
/*?deep*/ ORDER BY @sort LIMIT :most OFFSET :deep)
ORDER BY @sort
LIMIT :most OFFSET :skip;

-- name: case_weight(state str, severity str, owner user_id, turn str, tlp str, mine user_id, open int, exploited int, most int) :one
-- type: by_state int, by_severity int, by_owner int, by_turn int, by_tlp int, by_mine int, by_open int, by_exploited int
-- How many cases each of them leaves, counted to :most.
SELECT
	(SELECT count(*) FROM (SELECT 1 FROM see_casefile k WHERE k.state = :state LIMIT :most) n) AS by_state,
	(SELECT count(*) FROM (SELECT 1 FROM see_casefile k WHERE k.severity = :severity LIMIT :most) n) AS by_severity,
	(SELECT count(*) FROM (SELECT 1 FROM see_casefile k WHERE k.owner = :owner LIMIT :most) n) AS by_owner,
	(SELECT count(*) FROM (SELECT 1 FROM see_casefile k WHERE k.turn = :turn LIMIT :most) n) AS by_turn,
	(SELECT count(*) FROM (SELECT 1 FROM see_casefile k WHERE k.tlp = :tlp LIMIT :most) n) AS by_tlp,
	(SELECT count(*) FROM (SELECT 1 FROM see_case_member m WHERE m.account = :mine LIMIT :most) n) AS by_mine,
	(SELECT count(*) FROM (SELECT 1 FROM see_casefile k WHERE :open = 1 AND k.closed_at IS NULL LIMIT :most) n) AS by_open,
	(SELECT count(*) FROM (SELECT 1 FROM see_casefile k WHERE :exploited = 1 AND k.exploited = 1 LIMIT :most) n) AS by_exploited;

-- name: case_get(id case_id) :one
-- ahead
SELECT k.id, k.number, k.title, k.state, k.severity, k.tlp, k.access, k.turn, k.owner, a.name AS owner_name,
	k.opened_at, k.changed_at, k.closed_at, k.embargo_at, k.embargo_zone, k.exploited, k.version
FROM see_casefile k LEFT JOIN account a ON a.id = k.owner
WHERE k.id = :id;

-- name: timeline_list(id case_id, at time, seq int, most int) :many
-- ahead
-- max: 2000
-- The newest, or those before one of them, found by its place in the index.
SELECT e.id, e.at, e.kind, e.fact, e.author_name, e.tlp, e.body
FROM see_timeline e WHERE e.casefile = :id
/*?at*/ AND e.at <= :at AND (e.at < :at OR e.seq < :seq)
ORDER BY e.at DESC, e.seq DESC
LIMIT :most;

-- name: timeline_place(id case_id, entry entry_id) :one
SELECT e.at, e.seq FROM see_timeline e WHERE e.id = :entry AND e.casefile = :id;

-- name: case_member_list(id case_id) :many
-- ahead
SELECT m.account, a.name, m.why, m.since
FROM see_case_member m JOIN account a ON a.id = m.account
WHERE m.casefile = :id ORDER BY m.since, m.account;

-- name: member_person(id user_id) :maybe
SELECT name, roles, state FROM account WHERE id = :id;

-- name: member_left(id case_id, account user_id) :one
-- type: n int
-- Members beside this one who are of the team and can sign in.
SELECT count(*) AS n FROM see_case_member m JOIN account a ON a.id = m.account
WHERE m.casefile = :id AND m.account <> :account AND a.state = 'active' AND (a.roles & 6) <> 0;

-- name: person_list() :many
-- ahead
SELECT id, name FROM account WHERE state = 'active' ORDER BY name, id;

-- name: person_name(id user_id) :maybe
SELECT name FROM account WHERE id = :id;

-- name: timeline_evidence() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(t.at) AS newest FROM see_timeline t;
