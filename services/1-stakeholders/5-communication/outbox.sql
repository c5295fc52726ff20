-- name: letter_list() :many
-- max: 201
SELECT l.id, l.kind, l.address, l.lang, l.subject, l.body, l.state, l.made_at, l.sent_at
FROM letter l
WHERE EXISTS (SELECT 1 FROM see_report r WHERE r.id = l.holder) OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = l.holder)
ORDER BY l.made_at DESC, l.id LIMIT 200;
