-- name: person_rows() :many
SELECT a.id, a.name, a.mail, a.roles, a.state, a.lang, a.zone, a.made_at, a.version,
	a.totp_at AS second_factor_at
FROM account a ORDER BY a.name, a.id;

-- name: person_get(id user_id) :one
SELECT a.id, a.name, a.mail, a.roles, a.state, a.lang, a.zone, a.made_at, a.version,
	a.totp_at AS second_factor_at, a.letters
FROM account a WHERE a.id = :id;

-- name: session_rows(account user_id, now time) :many
SELECT s.id, s.agent, s.made_at, s.seen_at, s.ends_at FROM session s
WHERE s.account = :account AND s.ends_at > :now AND s.half = 0 ORDER BY s.seen_at DESC, s.id;

-- name: token_rows(account user_id) :many
SELECT t.id, t.name, t.scope, t.made_at, t.used_at, t.ends_at FROM token t
WHERE t.account = :account ORDER BY t.made_at DESC, t.id;

-- name: admin_count() :one
-- type: n int
SELECT count(*) AS n FROM account WHERE state = 'active' AND roles % 2 = 1;

-- name: staff_evidence() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(made_at) AS newest FROM account WHERE state = 'active';

-- name: token_held(digest str) :one
SELECT t.id, t.account, t.scope, a.name FROM token t JOIN account a ON a.id = t.account WHERE t.digest = :digest;
