-- name: letter_insert(id letter_id, kind str, holder str, address str, lang str, subject str, body str, now time) :exec
INSERT INTO letter (id, kind, holder, address, lang, subject, body, state, made_at)
VALUES (:id, :kind, :holder, :address, :lang, :subject, :body, 'waiting', :now);

-- name: letter_waiting() :one
-- type: letters int, oldest time
SELECT count(*) AS letters, min(l.made_at) AS oldest FROM see_letter l WHERE l.state = 'waiting';

-- name: letter_next() :maybe
SELECT l.id, l.address, l.lang, l.subject, l.body, l.made_at FROM see_letter l
WHERE l.state = 'waiting' ORDER BY l.made_at, l.id LIMIT 1;

-- name: letter_settle(id letter_id, state str, now time) :exec
UPDATE letter SET state = :state, sent_at = :now WHERE id = :id AND state = 'waiting';
