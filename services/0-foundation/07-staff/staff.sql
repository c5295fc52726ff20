-- name: person_rows() :many
SELECT a.id, a.name, a.mail, a.roles, a.state, a.lang, a.zone, a.made_at, a.version
FROM account a ORDER BY a.name, a.id;

-- name: person_get(id user_id) :one
SELECT a.id, a.name, a.mail, a.roles, a.state, a.lang, a.zone, a.made_at, a.version
FROM account a WHERE a.id = :id;

-- name: person_set(id user_id, version int, name str, roles int, lang str, zone str, state str) :count
UPDATE account SET name = :name, roles = :roles, lang = :lang, zone = :zone, state = :state, version = version + 1
WHERE id = :id AND version = :version;

-- name: person_set_own(id user_id, lang str, zone str) :exec
UPDATE account SET lang = :lang, zone = :zone WHERE id = :id;

-- name: login_get(mail str) :maybe
SELECT id, password, state, failures, locked_till FROM account WHERE mail = :mail;

-- name: login_failed(id user_id, until time) :exec
UPDATE account SET failures = failures + 1, locked_till = :until WHERE id = :id;

-- name: login_ok(id user_id) :exec
UPDATE account SET failures = 0, locked_till = NULL WHERE id = :id;

-- name: session_rows(account user_id, now time) :many
SELECT s.id, s.agent, s.made_at, s.seen_at, s.ends_at FROM session s
WHERE s.account = :account AND s.ends_at > :now ORDER BY s.seen_at DESC, s.id;

-- name: session_own_delete(id session_id, account user_id) :count
DELETE FROM session WHERE id = :id AND account = :account;

-- name: token_rows(account user_id) :many
SELECT t.id, t.name, t.scope, t.made_at, t.used_at, t.ends_at FROM token t
WHERE t.account = :account ORDER BY t.made_at DESC, t.id;

-- name: token_insert(id token_id, digest str, account user_id, name str, scope str, now time, ends time) :exec
INSERT INTO token (id, digest, account, name, scope, made_at, ends_at)
VALUES (:id, :digest, :account, :name, :scope, :now, :ends);

-- name: token_own_delete(id token_id, account user_id) :count
DELETE FROM token WHERE id = :id AND account = :account;

-- name: admin_count() :one
-- type: n int
SELECT count(*) AS n FROM account WHERE state = 'active' AND roles % 2 = 1;

-- name: staff_evidence() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(made_at) AS newest FROM account WHERE state = 'active';
