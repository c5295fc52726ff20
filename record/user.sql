-- name: account_insert(id user_id, name str, mail str, roles int, lang str, zone str, now time) :exec
INSERT INTO account (id, name, mail, roles, lang, zone, state, made_at, version)
VALUES (:id, :name, :mail, :roles, :lang, :zone, 'invited', :now, 1);

-- name: account_count() :one
-- type: people int
SELECT count(*) AS people FROM account;

-- name: invitation_end(account user_id, now time) :exec
UPDATE invitation SET used_at = :now WHERE account = :account AND used_at IS NULL;

-- name: invitation_insert(id invitation_id, digest str, account user_id, kind str, now time, ends time) :exec
INSERT INTO invitation (id, digest, account, kind, made_at, ends_at)
VALUES (:id, :digest, :account, :kind, :now, :ends);

-- name: invitation_get(digest str, now time) :one
SELECT i.id, i.account, i.kind FROM invitation i JOIN account a ON a.id = i.account
WHERE i.digest = :digest AND i.used_at IS NULL AND i.ends_at > :now AND a.state <> 'disabled';

-- name: invitation_use(id invitation_id, now time) :count
UPDATE invitation SET used_at = :now WHERE id = :id AND used_at IS NULL;

-- name: account_set_password(id user_id, hash str) :exec
UPDATE account SET password = :hash, state = 'active', version = version + 1
WHERE id = :id;

-- name: person_set(id user_id, version int, name str, roles int, lang str, zone str, state str) :count
UPDATE account SET name = :name, roles = :roles, lang = :lang, zone = :zone, state = :state, version = version + 1
WHERE id = :id AND version = :version;

-- name: person_set_own(id user_id, lang str, zone str, letters str) :exec
UPDATE account SET lang = :lang, zone = :zone, letters = :letters WHERE id = :id;

-- name: session_own_delete(id session_id, account user_id) :count
DELETE FROM session WHERE id = :id AND account = :account;

-- name: token_insert(id token_id, digest str, account user_id, name str, scope str, now time, ends time) :exec
INSERT INTO token (id, digest, account, name, scope, made_at, ends_at)
VALUES (:id, :digest, :account, :name, :scope, :now, :ends);

-- name: token_delete_all(account user_id) :exec
DELETE FROM token WHERE account = :account;

-- name: token_own_delete(id token_id, account user_id) :count
DELETE FROM token WHERE id = :id AND account = :account;
