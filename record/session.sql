-- name: session_get(digest str) :maybe
-- type: asked str, idle str
-- The setting names the roles that need a second factor.
SELECT s.id, s.account, s.csrf, s.strong, s.half, s.made_at, s.seen_at, s.ends_at,
	a.name, a.roles, a.lang, a.zone,
	coalesce((SELECT value FROM setting WHERE name = 'second_factor'), '') AS asked,
	coalesce((SELECT value FROM setting WHERE name = 'session_idle'), '') AS idle
FROM session s JOIN account a ON a.id = s.account
WHERE s.digest = :digest AND a.state = 'active';

-- name: session_seen(id session_id, now time) :exec
UPDATE session SET seen_at = :now WHERE id = :id;

-- name: session_insert(id session_id, digest str, account user_id, csrf str, agent str, strong bool, half bool, now time, ends time) :exec
INSERT INTO session (id, digest, account, csrf, agent, strong, half, made_at, seen_at, ends_at)
VALUES (:id, :digest, :account, :csrf, :agent, :strong, :half, :now, :now, :ends);

-- name: session_half(id session_id, now time) :maybe
SELECT s.account, a.name FROM session s JOIN account a ON a.id = s.account
WHERE s.id = :id AND s.half = 1 AND s.ends_at > :now AND a.state = 'active';

-- name: session_renew(id session_id, digest str, csrf str) :exec
UPDATE session SET digest = :digest, csrf = :csrf WHERE id = :id;

-- name: session_strength(id session_id, strong bool) :exec
UPDATE session SET strong = :strong WHERE id = :id;

-- name: session_delete(id session_id) :exec
DELETE FROM session WHERE id = :id;

-- name: session_sweep(now time) :exec
DELETE FROM session WHERE ends_at < :now;

-- name: session_delete_others(account user_id, keep session_id) :exec
DELETE FROM session WHERE account = :account AND id <> :keep;

-- name: token_get(digest str) :maybe
-- type: asked str
-- The setting names the roles that need a second factor.
SELECT t.id, t.account, t.scope, t.ends_at, t.used_at, a.name, a.roles, a.lang, a.zone, a.totp_at,
	coalesce((SELECT value FROM setting WHERE name = 'second_factor'), '') AS asked
FROM token t JOIN account a ON a.id = t.account
WHERE t.digest = :digest AND a.state = 'active';

-- name: token_used(id token_id, now time) :exec
UPDATE token SET used_at = :now WHERE id = :id;
