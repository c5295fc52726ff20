-- name: mention_drop(number str) :exec
DELETE FROM mention WHERE number = :number;

-- name: mention_put(number str, kind str, word str) :exec
INSERT INTO mention (number, kind, word) VALUES (:number, :kind, :word) ON CONFLICT (number, kind, word) DO NOTHING;

-- What is out and has not been read, or not all of it that is kept by now.
-- name: mention_missing(word str, most int) :many
-- max: 100
-- type: past bool
SELECT p.number, 0 AS past FROM pub_advisory p WHERE NOT EXISTS (SELECT 1 FROM mention m WHERE m.number = p.number AND m.kind = 'read' AND m.word = :word)
UNION ALL
SELECT h.number, 1 AS past FROM pub_past h WHERE NOT EXISTS (SELECT 1 FROM mention m WHERE m.number = h.number AND m.kind = 'read' AND m.word = :word)
ORDER BY number LIMIT :most;

-- name: mention_cves(number str) :many
-- max: 20000
SELECT m.word FROM mention m WHERE m.number = :number AND m.kind = 'cve' ORDER BY m.word;

-- The documents of CSAF 2.0 that are out, of the newest edition, in both languages.
-- name: mention_documents(number str) :many
-- max: 10
SELECT d.bytes FROM pub_advisory p JOIN pub_document d ON d.edition = p.edition
WHERE p.number = :number AND d.kind IN ('csaf', 'csaf_ja') ORDER BY d.kind;

-- name: mention_past_cves(number str) :many
-- max: 20000
SELECT v.cve FROM pub_past p JOIN see_past_vuln v ON v.edition = p.edition WHERE p.number = :number ORDER BY v.ordinal;

-- name: mention_past_products(number str) :many
-- max: 20000
SELECT x.name, x.vendor, x.product, x.release FROM pub_past p JOIN see_past_product x ON x.edition = p.edition
WHERE p.number = :number ORDER BY x.ordinal;
