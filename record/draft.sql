-- name: draft_places(account user_id) :many
-- ahead
SELECT d.place FROM see_draft d WHERE d.account = :account ORDER BY d.place;

-- name: draft_get(account user_id, place str) :maybe
SELECT d.body, d.at FROM see_draft d WHERE d.account = :account AND d.place = :place;

-- name: draft_put(account user_id, place str, body str, now time) :exec
INSERT INTO draft (account, place, body, at) VALUES (:account, :place, :body, :now)
ON CONFLICT (account, place) DO UPDATE SET body = excluded.body, at = excluded.at;

-- name: draft_delete(account user_id, place str) :exec
DELETE FROM draft WHERE account = :account AND place = :place;

-- name: draft_expire(before time) :exec
DELETE FROM draft WHERE at < :before;

-- name: draft_number(account user_id) :one
-- type: n int
SELECT count(*) AS n FROM see_draft d WHERE d.account = :account;
