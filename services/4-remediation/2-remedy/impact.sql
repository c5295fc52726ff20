-- name: impact_vuln(casefile case_id, id vuln_id) :maybe
SELECT v.id FROM see_vuln v WHERE v.id = :id AND v.casefile = :casefile;

-- name: scope_list(casefile case_id) :many
-- ahead
-- max: 2000
-- type: versions int
SELECT p.id, p.code, p.name, p.name_ja, p.team,
	(SELECT count(*) FROM release r WHERE r.product = p.id) AS versions
FROM see_impact_scope s JOIN product p ON p.id = s.product
WHERE s.casefile = :casefile ORDER BY p.code, p.id;

-- name: scope_candidates() :many
-- ahead
-- max: 2000
SELECT p.id, p.code, p.name, p.name_ja FROM product p ORDER BY p.code, p.id;

-- name: scope_named(casefile case_id) :many
-- max: 20
SELECT r.product FROM see_report r WHERE r.casefile = :casefile ORDER BY r.received_at, r.id LIMIT 20;

-- name: scope_insert(casefile case_id, product product_id, now time) :exec
INSERT INTO impact_scope (casefile, product, at) VALUES (:casefile, :product, :now)
ON CONFLICT (casefile, product) DO NOTHING;

-- What a supplier's advisory concerns, when it becomes the case's.
-- name: scope_noticed(casefile case_id, notice notice_id, now time) :exec
INSERT INTO impact_scope (casefile, product, at)
SELECT :casefile, p.product, :now FROM pub_notice_product p WHERE p.notice = :notice
ON CONFLICT (casefile, product) DO NOTHING;

-- name: scope_has(casefile case_id, product product_id) :maybe
SELECT s.product FROM see_impact_scope s WHERE s.casefile = :casefile AND s.product = :product;

-- name: scope_drop(casefile case_id, product product_id) :count
DELETE FROM impact_scope WHERE casefile = :casefile AND product = :product
	AND NOT EXISTS (SELECT 1 FROM pub_impact i WHERE i.casefile = :casefile AND i.product = :product)
	AND NOT EXISTS (SELECT 1 FROM see_question q WHERE q.casefile = :casefile AND q.product = :product)
	AND NOT EXISTS (SELECT 1 FROM see_remedy m WHERE m.casefile = :casefile AND m.product = :product);

-- name: impact_product(id product_id) :one
SELECT p.id, p.code, p.name, p.name_ja FROM product p WHERE p.id = :id;

-- name: impact_releases(product product_id, most int) :many
-- ahead
SELECT r.id, r.name, r.ordinal, r.support_ends FROM release r WHERE r.product = :product
ORDER BY r.ordinal DESC, r.id LIMIT :most;

-- name: impact_release(id release_id) :maybe
SELECT r.id, r.product, r.name, r.ordinal FROM release r WHERE r.id = :id;

-- name: impact_release_named(product product_id, name str) :maybe
SELECT r.id FROM release r WHERE r.product = :product AND r.name = :name;

-- name: impact_list(casefile case_id) :many
-- ahead
SELECT i.vuln, r.product, p.code AS product_code, p.name AS product_name, p.name_ja AS product_name_ja, i.release,
	r.name AS release_name, i.status, i.justification, i.note, i.note_ja, i.decided_at, i.version
FROM see_impact i JOIN release r ON r.id = i.release JOIN product p ON p.id = r.product
WHERE i.casefile = :casefile ORDER BY p.code, r.ordinal DESC, i.release, i.vuln;

-- name: impact_open(casefile case_id) :many
-- max: 100000
SELECT v.id AS vuln, p.id AS product, p.code AS product_code, p.name AS product_name, p.name_ja AS product_name_ja,
	r.id AS release, r.name AS release_name
FROM see_impact_scope s JOIN product p ON p.id = s.product JOIN release r ON r.product = p.id
	JOIN see_vuln v ON v.casefile = s.casefile
WHERE s.casefile = :casefile AND NOT EXISTS (SELECT 1 FROM see_impact i WHERE i.vuln = v.id AND i.release = r.id)
ORDER BY p.code, r.ordinal DESC, r.id, v.id;

-- name: impact_cell(vuln vuln_id, release release_id) :maybe
SELECT i.status, i.justification, i.note, i.note_ja, i.version FROM see_impact i
WHERE i.vuln = :vuln AND i.release = :release;

-- name: impact_insert(casefile case_id, vuln vuln_id, release release_id, status str, justification str, note str, note_ja str, who user_id, now time) :exec
INSERT INTO impact (casefile, vuln, release, status, justification, note, note_ja, decided_by, decided_at, version)
VALUES (:casefile, :vuln, :release, :status, :justification, :note, :note_ja, :who, :now, 1);

-- name: impact_update(vuln vuln_id, release release_id, version int, status str, justification str, note str, note_ja str, who user_id, now time) :count
UPDATE impact SET status = :status, justification = :justification, note = :note, note_ja = :note_ja,
	decided_by = :who, decided_at = :now, version = version + 1
WHERE vuln = :vuln AND release = :release AND version = :version;

-- name: impact_delete(vuln vuln_id, release release_id, version int) :count
DELETE FROM impact WHERE vuln = :vuln AND release = :release AND version = :version;

-- name: impact_evidence() :one
-- type: n int, newest time
SELECT count(*) AS n, max(i.decided_at) AS newest FROM see_impact i WHERE i.status <> 'under_investigation';
