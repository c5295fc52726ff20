-- name: successor_put(edition past_id, valid bool, bytes blob, sha256 str, sha512 str, remarks int, rules str, now time) :count
INSERT INTO successor (edition, valid, bytes, sha256, sha512, remarks, rules, made_at, fingerprint)
VALUES (:edition, :valid, :bytes, :sha256, :sha512, :remarks, :rules, :now, '')
ON CONFLICT (edition) DO UPDATE SET valid = excluded.valid, bytes = excluded.bytes, sha256 = excluded.sha256,
	sha512 = excluded.sha512, remarks = excluded.remarks, rules = excluded.rules, made_at = excluded.made_at
WHERE successor.released_at IS NULL;

-- name: successor_want(edition past_id, none blob, who user_id, now time) :exec
INSERT INTO successor (edition, valid, bytes, sha256, sha512, remarks, rules, made_at, wanted_by, fingerprint)
VALUES (:edition, 0, :none, '', '', 0, '', :now, :who, '')
ON CONFLICT (edition) DO NOTHING;

-- name: successor_wanted(edition past_id) :maybe
SELECT e.number, s.wanted_by FROM see_successor s JOIN see_past_edition e ON e.id = s.edition
WHERE s.edition = :edition AND s.wanted_by IS NOT NULL AND s.valid = 1 AND s.released_at IS NULL AND e.published_at IS NOT NULL;

-- name: successor_remark_drop(edition past_id) :exec
DELETE FROM successor_remark WHERE edition = :edition;

-- name: successor_remark_put(edition past_id, ordinal int, class str, test str, pointer str, body str, one str, two str) :exec
INSERT INTO successor_remark (edition, ordinal, class, test, pointer, body, one, two)
VALUES (:edition, :ordinal, :class, :test, :pointer, :body, :one, :two);

-- ours: " https://psirt.example https://former.example ": of whom it may go out.  A namespace with wildcards is one
-- that is converted for nothing: history.publish decides by itself who we are.
-- name: successor_due(rules str, ours str) :maybe
SELECT e.id, e.number, e.bytes FROM see_past_edition e LEFT JOIN see_successor s ON s.edition = e.id
WHERE e.tlp = 'CLEAR' AND e.holder = '' AND e.valid = 1 AND e.status <> 'draft' AND :ours LIKE '% ' || e.namespace || ' %'
	AND (s.edition IS NULL OR (s.released_at IS NULL AND s.rules <> :rules))
ORDER BY e.id LIMIT 1;

-- name: successor_out(edition past_id, who user_id, now time) :count
UPDATE successor SET released_by = :who, released_at = :now, fingerprint = '', signature = NULL
WHERE edition = :edition AND valid = 1 AND released_at IS NULL;

-- With its original, also the other editions of the advisory.
-- name: successor_withdraw(namespace str, number str) :exec
UPDATE successor SET wanted_by = NULL, released_by = NULL, released_at = NULL
WHERE edition IN (SELECT e.id FROM see_past_edition e WHERE e.namespace = :namespace AND e.number = :number);

-- name: successor_get(edition past_id) :maybe
SELECT s.edition, s.valid, s.rules, s.sha256, s.sha512, s.remarks, s.made_at, s.released_at, a.name AS released_name, s.fingerprint
FROM see_successor s LEFT JOIN account a ON a.id = s.released_by
WHERE s.edition = :edition;

-- name: successor_bytes(edition past_id) :maybe
SELECT e.id, e.number, s.bytes FROM see_past_edition e JOIN see_successor s ON s.edition = e.id
WHERE s.edition = :edition AND s.sha256 <> '';

-- name: successor_remarks(edition past_id) :many
-- max: 500
SELECT r.class, r.test, r.pointer, r.body, r.one, r.two FROM see_successor_remark r WHERE r.edition = :edition ORDER BY r.ordinal;

-- What is public, what needs somebody first.
-- name: successor_list(most int, skip int) :many
-- max: 500
-- type: state str
-- type: place int
SELECT p.edition, p.number, p.version_name, p.title, p.changed_at, s.remarks, r.pointer, r.body, r.one, r.two,
	CASE WHEN coalesce(s.rules, '') = '' THEN 'waits' WHEN s.released_at IS NOT NULL THEN 'public' WHEN s.valid = 1 THEN 'ready' ELSE 'invalid' END AS state,
	CASE WHEN coalesce(s.rules, '') = '' THEN 2 WHEN s.released_at IS NOT NULL THEN 3 WHEN s.valid = 1 THEN 1 ELSE 0 END AS place
FROM pub_past p LEFT JOIN see_successor s ON s.edition = p.edition
LEFT JOIN see_successor_remark r ON r.edition = p.edition AND r.ordinal = 0 AND s.valid = 0
ORDER BY place, p.changed_at DESC, p.edition
LIMIT :most OFFSET :skip;

-- name: successor_count() :one
-- type: every int
-- type: released int
-- type: ready int
-- type: invalid int
SELECT count(*) AS every, coalesce(sum(CASE WHEN s.released_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS released,
	coalesce(sum(CASE WHEN s.valid = 1 AND s.released_at IS NULL THEN 1 ELSE 0 END), 0) AS ready,
	coalesce(sum(CASE WHEN s.valid = 0 AND s.rules <> '' THEN 1 ELSE 0 END), 0) AS invalid
FROM pub_past p LEFT JOIN see_successor s ON s.edition = p.edition;

-- name: successor_ready(most int) :many
-- max: 5000
SELECT p.edition, p.number FROM pub_past p JOIN see_successor s ON s.edition = p.edition
WHERE s.valid = 1 AND s.released_at IS NULL ORDER BY p.first_at, p.edition LIMIT :most;

-- name: successor_signing_due() :maybe
SELECT p.edition FROM pub_successor p WHERE p.fingerprint = '' ORDER BY p.released_at NULLS LAST, p.edition LIMIT 1;

-- name: successor_sign(edition past_id, sha256 str, fingerprint str, bytes blob) :exec
UPDATE successor SET fingerprint = :fingerprint, signature = :bytes WHERE edition = :edition AND sha256 = :sha256 AND fingerprint = '';

-- name: successor_public(number str) :maybe
SELECT p.bytes FROM pub_successor p WHERE p.number = :number ORDER BY p.edition LIMIT 1;

-- name: successor_public_file(path str) :maybe
SELECT p.bytes, p.sha256, p.sha512, p.fingerprint, p.signature, p.released_at FROM pub_successor p WHERE p.path = :path ORDER BY p.edition LIMIT 1;

-- name: successor_newest() :one
-- type: at time
SELECT max(p.released_at) AS at FROM pub_successor p;
