-- name: letter_list() :many
-- max: 201
SELECT l.id, l.kind, l.address, l.lang, l.subject, l.body, l.state, l.made_at, l.sent_at
FROM see_letter l
ORDER BY l.made_at DESC, l.id LIMIT 200;
