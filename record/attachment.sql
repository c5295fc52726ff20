-- name: attachment_insert(id attachment_id, holder str, name str, type str, size int, sha256 str, now time) :exec
INSERT INTO attachment (id, holder, name, type, size, sha256, made_at)
VALUES (:id, :holder, :name, :type, :size, :sha256, :now);

-- name: attachment_chunk_insert(id attachment_id, ordinal int, bytes blob) :exec
INSERT INTO attachment_chunk (attachment, ordinal, bytes) VALUES (:id, :ordinal, :bytes);

-- name: attachment_get(id attachment_id) :one
SELECT id, holder, name, type, size, sha256, made_at FROM see_attachment WHERE id = :id;

-- name: attachment_chunk_list(id attachment_id) :each
SELECT ordinal, bytes FROM see_attachment_chunk WHERE attachment = :id ORDER BY ordinal;
