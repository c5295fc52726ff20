-- name: find_piece_insert(kind str, object str, part str, ordinal int, casefile case_id, title str, body str, at time, made int) :one
INSERT INTO find_piece (kind, object, part, ordinal, casefile, title, body, at, made)
VALUES (:kind, :object, :part, :ordinal, :casefile, :title, :body, :at, :made)
RETURNING seq;

-- name: find_piece_drop(kind str, object str) :exec
DELETE FROM find_piece WHERE kind = :kind AND object = :object;

-- name: find_piece_drop_part(kind str, object str, part str) :exec
DELETE FROM find_piece WHERE kind = :kind AND object = :object AND part = :part;

-- name: find_piece_of(kind str, object str) :many
-- max: 200000
SELECT x.seq, x.part, x.ordinal, x.casefile, x.title, x.body, x.made
FROM see_find_piece x WHERE x.kind = :kind AND x.object = :object ORDER BY x.seq;

-- name: find_piece_place(seq int, part str, ordinal int, made int) :exec
UPDATE find_piece SET part = :part, ordinal = :ordinal, made = :made WHERE seq = :seq;

-- name: find_piece_delete(seq int) :exec
DELETE FROM find_piece WHERE seq = :seq;

-- name: find_object_behind(kind str, after str) :maybe
SELECT x.object FROM see_find_piece x WHERE x.kind = :kind AND x.object > :after ORDER BY x.object LIMIT 1;

-- name: find_stale(edition int, most int) :many
-- max: 1000
SELECT DISTINCT w.kind, w.object
FROM (SELECT x.kind, x.object FROM see_find_piece x WHERE x.made < :edition ORDER BY x.made, x.seq LIMIT :most) w
ORDER BY w.kind, w.object;

-- name: find_stale_count(edition int, most int) :one
-- type: n int
SELECT count(*) AS n FROM (SELECT x.seq FROM see_find_piece x WHERE x.made < :edition ORDER BY x.made, x.seq LIMIT :most) w;
