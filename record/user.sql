-- name: account_insert(id user_id, name str, mail str, roles int, lang str, zone str, now time) :exec
INSERT INTO account (id, name, mail, roles, lang, zone, state, failures, made_at, version)
VALUES (:id, :name, :mail, :roles, :lang, :zone, 'invited', 0, :now, 1);

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
UPDATE account SET password = :hash, state = 'active', failures = 0, locked_till = NULL, version = version + 1
WHERE id = :id;
