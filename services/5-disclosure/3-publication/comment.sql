-- name: comment_insert(id comment_id, edition edition_id, casefile case_id, field str, body str, returns bool, made_by user_id, now time) :exec
INSERT INTO comment (id, edition, casefile, field, body, returns, made_by, made_at, answer)
VALUES (:id, :edition, :casefile, :field, :body, :returns, :made_by, :now, '');

-- name: comment_get(id comment_id) :one
SELECT m.id, m.edition, m.made_by, m.resolved_at FROM see_comment m WHERE m.id = :id;

-- name: comment_list(edition edition_id) :many
-- max: 500
SELECT m.id, m.field, m.body, m.returns, m.made_by, a.name AS made_name, m.made_at, m.answer, r.name AS resolved_name, m.resolved_at
FROM see_comment m LEFT JOIN account a ON a.id = m.made_by LEFT JOIN account r ON r.id = m.resolved_by
WHERE m.edition = :edition ORDER BY m.made_at, m.id;

-- name: comment_count(edition edition_id) :one
-- type: n int, waiting int
SELECT count(*) AS n, count(*) - count(m.resolved_at) AS waiting FROM see_comment m WHERE m.edition = :edition;

-- name: comment_resolve(id comment_id, answer str, account user_id, now time) :count
UPDATE comment SET answer = :answer, resolved_by = :account, resolved_at = :now WHERE id = :id AND resolved_at IS NULL;

-- name: comment_resent(edition edition_id, account user_id, now time) :exec
UPDATE comment SET resolved_by = :account, resolved_at = :now WHERE edition = :edition AND returns = 1 AND resolved_at IS NULL;

-- name: comment_drop(edition edition_id) :exec
DELETE FROM comment WHERE edition = :edition;
