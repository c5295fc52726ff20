-- name: pace_add(name str, amount int, old time, now time) :one
INSERT INTO pace (name, since, n) VALUES (:name, :now, :amount)
ON CONFLICT (name) DO UPDATE SET since = CASE WHEN pace.since <= :old THEN excluded.since ELSE pace.since END,
	n = CASE WHEN pace.since <= :old THEN excluded.n ELSE pace.n + excluded.n END
RETURNING n;

-- name: pace_forget(before time) :exec
DELETE FROM pace WHERE since < :before;
