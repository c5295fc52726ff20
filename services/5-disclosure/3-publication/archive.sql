-- name: archive_state(name str) :maybe
SELECT a.ended_at, a.past FROM archive a WHERE a.name = :name;

-- What changes when a former advisory is published or withdrawn.
-- name: archive_past() :one
-- type: n int
-- type: released time
-- type: gone time
SELECT (SELECT count(*) FROM pub_past p) AS n, (SELECT max(p.published_at) FROM pub_past p) AS released, (SELECT max(g.gone_at) FROM past_gone g) AS gone;

-- name: archive_get(name str) :maybe
SELECT a.ended_at, a.bytes, a.sha256, a.sha512, a.made_at FROM archive a WHERE a.name = :name;

-- name: archive_put(name str, ended_at time, past str, documents int, bytes blob, sha256 str, sha512 str, now time) :exec
INSERT INTO archive (name, ended_at, past, documents, bytes, sha256, sha512, made_at)
VALUES (:name, :ended_at, :past, :documents, :bytes, :sha256, :sha512, :now)
ON CONFLICT (name) DO UPDATE SET ended_at = excluded.ended_at, past = excluded.past, documents = excluded.documents, bytes = excluded.bytes,
	sha256 = excluded.sha256, sha512 = excluded.sha512, made_at = excluded.made_at;
