-- name: case_list(state str, severity str, owner user_id, turn str, tlp str, mine user_id, open int, exploited int, most int, skip int) :many
-- max: 500
-- sort: changed = k.changed_at DESC, k.id
-- sort: opened = k.opened_at DESC, k.id
-- sort: number = k.number DESC, k.id
-- sort: title = k.title, k.id
-- sort: state = k.state, k.changed_at DESC, k.id
-- sort: severity = k.severity, k.changed_at DESC, k.id
-- sort: turn = k.turn, k.changed_at DESC, k.id
-- sort: embargo = k.embargo_at NULLS LAST, k.id
SELECT k.id, k.number, k.title, k.state, k.severity, k.tlp, k.turn, a.name AS owner_name,
	k.opened_at, k.changed_at, k.embargo_at, k.embargo_zone, k.exploited
FROM see_casefile k LEFT JOIN account a ON a.id = k.owner
WHERE 1 = 1
/*?state*/ AND k.state = :state
/*?severity*/ AND k.severity = :severity
/*?owner*/ AND k.owner = :owner
/*?turn*/ AND k.turn = :turn
/*?tlp*/ AND k.tlp = :tlp
/*?mine*/ AND k.id IN (SELECT m.casefile FROM see_case_member m WHERE m.account = :mine)
/*?open*/ AND (k.closed_at IS NULL) = (:open = 1)
/*?exploited*/ AND k.exploited = :exploited
ORDER BY @sort
LIMIT :most OFFSET :skip;

-- name: case_get(id case_id) :one
SELECT k.id, k.number, k.title, k.state, k.severity, k.tlp, k.access, k.turn, k.owner, a.name AS owner_name,
	k.opened_at, k.changed_at, k.closed_at, k.embargo_at, k.embargo_zone, k.exploited, k.version
FROM see_casefile k LEFT JOIN account a ON a.id = k.owner
WHERE k.id = :id;

-- name: timeline_list(id case_id, most int) :many
-- max: 2000
SELECT e.id, e.at, e.kind, e.fact, e.author_name, e.tlp, e.body
FROM see_timeline e WHERE e.casefile = :id
ORDER BY e.at DESC, e.seq DESC
LIMIT :most;

-- name: case_member_list(id case_id) :many
SELECT m.account, a.name, m.why, m.since
FROM see_case_member m JOIN account a ON a.id = m.account
WHERE m.casefile = :id ORDER BY m.since, m.account;

-- name: person_list() :many
SELECT id, name FROM account WHERE state = 'active' ORDER BY name, id;

-- name: find_list(query str, most int) :many
-- max: 200
SELECT f.kind, f.object, f.casefile, f.title, f.body, f.at
FROM see_find_piece f
WHERE @match(f, :query)
ORDER BY f.seq DESC
LIMIT :most;

-- name: case_title(id case_id) :maybe
SELECT k.number, k.title FROM see_casefile k WHERE k.id = :id;

-- name: timeline_evidence() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(t.at) AS newest FROM see_timeline t;
