-- name: attempt_claim(mail str, id user_id) :maybe
-- Of an account: by its address, or by its id.
SELECT id, password, totp_key, totp_step FROM account
WHERE state = 'active'
	/*?mail*/ AND mail = :mail
	/*?id*/ AND id = :id
;

-- name: attempt_get(name str) :maybe
SELECT failures, held_till, untold, told_at, known_at FROM attempt WHERE name = :name;

-- name: attempt_put(name str, failures int, held time, untold int, told time) :exec
INSERT INTO attempt (name, failures, held_till, untold, told_at)
VALUES (:name, :failures, :held, :untold, :told)
ON CONFLICT (name) DO UPDATE SET failures = excluded.failures, held_till = excluded.held_till,
	untold = excluded.untold, told_at = excluded.told_at;

-- name: attempt_drop(name str) :exec
DELETE FROM attempt WHERE name = :name;

-- name: attempt_step(id user_id, step int) :count
UPDATE account SET totp_step = :step WHERE id = :id AND (totp_step IS NULL OR totp_step < :step);

-- name: attempt_recovery(account user_id, digest str, now time) :count
UPDATE recovery SET used_at = :now WHERE account = :account AND digest = :digest AND used_at IS NULL;

-- name: attempt_known(name str, now time) :exec
INSERT INTO attempt (name, failures, untold, known_at) VALUES (:name, 0, 0, :now)
ON CONFLICT (name) DO UPDATE SET failures = 0, held_till = NULL, known_at = excluded.known_at;

-- name: attempt_forget(before time) :exec
DELETE FROM attempt WHERE known_at < :before;
