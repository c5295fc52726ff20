-- name: find_piece_insert(kind str, object str, casefile case_id, ordinal int, title str, body str, now time) :one
INSERT INTO find_piece (kind, object, casefile, ordinal, title, body, at)
VALUES (:kind, :object, :casefile, :ordinal, :title, :body, :now)
RETURNING seq;

-- name: find_piece_delete(kind str, object str) :exec
DELETE FROM find_piece WHERE kind = :kind AND object = :object;
