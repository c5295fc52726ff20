-- name: signing_due() :maybe
SELECT d.edition, d.kind, d.bytes, d.path
FROM see_document d JOIN see_edition e ON e.id = d.edition
WHERE e.state = 'published' AND d.kind IN ('csaf', 'csaf_ja', 'csaf21', 'csaf21_ja')
	AND NOT EXISTS (SELECT 1 FROM see_signature s WHERE s.edition = d.edition AND s.kind = d.kind)
ORDER BY d.made_at, d.edition, d.kind LIMIT 1;

-- name: signing_open(kind str, kind_ja str) :one
-- type: n int
SELECT (SELECT count(*) FROM pub_document d
	WHERE d.kind IN (:kind, :kind_ja) AND NOT EXISTS (SELECT 1 FROM pub_signature s WHERE s.edition = d.edition AND s.kind = d.kind))
	+ (SELECT count(*) FROM pub_past p WHERE :kind = 'csaf' AND NOT EXISTS (SELECT 1 FROM past_signature s WHERE s.edition = p.edition))
	+ (SELECT count(*) FROM pub_successor n WHERE :kind = 'csaf21' AND n.fingerprint = '') AS n;

-- name: signature_put(edition edition_id, kind str, fingerprint str, bytes blob, now time) :exec
INSERT INTO signature (edition, kind, fingerprint, bytes, made_at)
VALUES (:edition, :kind, :fingerprint, :bytes, :now)
ON CONFLICT (edition, kind) DO NOTHING;

-- name: openpgp_key_put(fingerprint str, armor str, now time) :exec
INSERT INTO openpgp_key (fingerprint, armor, made_at) VALUES (:fingerprint, :armor, :now)
ON CONFLICT (fingerprint) DO NOTHING;

-- name: openpgp_keys() :many
-- max: 1000
SELECT k.fingerprint, k.made_at FROM openpgp_key k ORDER BY k.made_at DESC, k.fingerprint;

-- name: openpgp_key_get(fingerprint str) :one
SELECT k.fingerprint, k.armor FROM openpgp_key k WHERE k.fingerprint = :fingerprint;

-- name: signed_text_get(name str) :maybe
SELECT t.plain, t.framed, t.fingerprint, t.made_at FROM signed_text t WHERE t.name = :name;

-- name: signed_text_put(name str, plain str, framed str, fingerprint str, now time) :exec
INSERT INTO signed_text (name, plain, framed, fingerprint, made_at) VALUES (:name, :plain, :framed, :fingerprint, :now)
ON CONFLICT (name) DO UPDATE SET plain = excluded.plain, framed = excluded.framed, fingerprint = excluded.fingerprint,
	made_at = excluded.made_at;

-- name: public_signature(path str) :one
SELECT s.bytes FROM pub_document d JOIN pub_signature s ON s.edition = d.edition AND s.kind = d.kind
WHERE d.path = :path AND d.ordinal = (SELECT max(n.ordinal) FROM pub_document n WHERE n.path = :path)
ORDER BY d.ordinal DESC LIMIT 1;
