-- name: remedy_insert(id remedy_id, casefile case_id, vuln vuln_id, product product_id, kind str, release release_id, fixed_in str, body str, body_ja str, url str, planned_on str, now time) :exec
INSERT INTO remedy (id, casefile, vuln, product, kind, release, fixed_in, body, body_ja, url, planned_on, state, made_at, changed_at, version)
VALUES (:id, :casefile, :vuln, :product, :kind, :release, :fixed_in, :body, :body_ja, :url, :planned_on, 'planned', :now, :now, 1);

-- name: remedy_list(casefile case_id) :many
-- ahead
-- max: 1000
SELECT m.id, m.vuln, v.title AS vulnerability, v.cve, m.product, p.code AS product_code, p.name AS product_name,
	p.name_ja AS product_name_ja, m.kind, m.release, m.fixed_in, m.body, m.body_ja, m.url, m.planned_on, m.released_on,
	m.state, m.version
FROM see_remedy m JOIN product p ON p.id = m.product LEFT JOIN see_vuln v ON v.id = m.vuln
WHERE m.casefile = :casefile ORDER BY p.code, m.made_at, m.id;

-- name: remedy_get(id remedy_id) :one
SELECT m.id, m.casefile, k.number, m.vuln, v.title AS vulnerability, v.cve, m.product, p.code AS product_code, p.name AS product_name,
	p.name_ja AS product_name_ja, m.kind, m.release, m.fixed_in, m.body, m.body_ja, m.url, m.planned_on, m.released_on,
	m.state, m.version
FROM see_remedy m JOIN see_casefile k ON k.id = m.casefile JOIN product p ON p.id = m.product LEFT JOIN see_vuln v ON v.id = m.vuln
WHERE m.id = :id;

-- name: remedy_set(id remedy_id, version int, kind str, release release_id, fixed_in str, body str, body_ja str, url str, planned_on str, now time) :count
UPDATE remedy SET kind = :kind, release = :release, fixed_in = :fixed_in, body = :body, body_ja = :body_ja, url = :url,
	planned_on = :planned_on, changed_at = :now, version = version + 1
WHERE id = :id AND version = :version;

-- name: remedy_set_released(id remedy_id, version int, released_on str, release release_id, now time) :count
UPDATE remedy SET release = :release, state = 'released', released_on = :released_on, changed_at = :now, version = version + 1
WHERE id = :id AND version = :version;

-- name: remedy_evidence() :one
-- type: n int, newest time
SELECT count(*) AS n, max(m.changed_at) AS newest FROM see_remedy m WHERE m.state = 'released';
