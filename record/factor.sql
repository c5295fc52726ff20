-- name: factor_get(account user_id) :one
-- type: codes_left int
SELECT a.totp_key, a.totp_at,
	(SELECT count(*) FROM recovery r WHERE r.account = a.id AND r.used_at IS NULL) AS codes_left
FROM account a WHERE a.id = :account;

-- name: factor_set(account user_id, key str, step int, now time) :exec
UPDATE account SET totp_key = :key, totp_step = :step, totp_at = :now WHERE id = :account;

-- name: factor_unset(account user_id) :exec
UPDATE account SET totp_key = NULL, totp_step = NULL, totp_at = NULL WHERE id = :account;

-- name: recovery_end(account user_id) :exec
DELETE FROM recovery WHERE account = :account;

-- name: recovery_insert(id recovery_id, account user_id, digest str, now time) :exec
INSERT INTO recovery (id, account, digest, made_at) VALUES (:id, :account, :digest, :now);
