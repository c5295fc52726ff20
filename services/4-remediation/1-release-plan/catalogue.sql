-- name: product_list() :many
-- type: versions int
SELECT f.id AS family, f.code AS family_code, f.name AS family_name, f.name_ja AS family_name_ja,
	p.id, p.code, p.name, p.name_ja, p.team, p.support_ends,
	(SELECT count(*) FROM release r WHERE r.product = p.id) AS versions,
	(SELECT r.name FROM release r WHERE r.product = p.id ORDER BY r.ordinal DESC LIMIT 1) AS newest
FROM family f LEFT JOIN product p ON p.family = f.id
ORDER BY f.code, p.code, f.id, p.id;

-- name: product_get(id product_id) :one
SELECT p.id, p.code, p.name, p.name_ja, p.team, p.support_ends, p.cpe, p.purl, p.models, p.version,
	f.code AS family_code, f.name AS family_name, f.name_ja AS family_name_ja
FROM product p JOIN family f ON f.id = p.family WHERE p.id = :id;

-- name: release_list(product product_id) :many
SELECT r.id, r.name, r.ordinal, r.released_on, r.support_ends, r.version
FROM release r WHERE r.product = :product ORDER BY r.ordinal DESC, r.id;

-- name: release_get(id release_id) :one
SELECT r.id, r.product, p.name AS product_name, p.name_ja AS product_name_ja, p.code AS product_code,
	r.name, r.ordinal, r.released_on, r.support_ends, r.version
FROM release r JOIN product p ON p.id = r.product WHERE r.id = :id;

-- name: family_get(id family_id) :one
SELECT f.id, f.code, f.name, f.name_ja, f.version FROM family f WHERE f.id = :id;

-- name: member_list(product product_id) :many
SELECT a.id, a.name FROM product_member m JOIN account a ON a.id = m.account
WHERE m.product = :product ORDER BY a.name, a.id;

-- name: engineer_list(product product_id) :many
SELECT a.id, a.name FROM account a
WHERE a.state <> 'disabled' AND (a.roles / 8) % 2 = 1
	AND NOT EXISTS (SELECT 1 FROM product_member m WHERE m.product = :product AND m.account = a.id)
ORDER BY a.name, a.id;

-- name: product_case_list(product product_id) :many
-- max: 200
SELECT k.id, k.number, k.title, k.state, k.severity
FROM see_casefile k JOIN pub_case_product s ON s.casefile = k.id
WHERE s.product = :product AND k.closed_at IS NULL
ORDER BY k.changed_at DESC, k.id LIMIT 200;

-- name: catalogue_lines() :many
-- max: 40000
-- type: version str, released_on str, ordinal int
SELECT f.code AS family_code, f.name AS family, f.name_ja AS family_ja, p.code AS product_code,
	p.name AS product, p.name_ja AS product_ja, p.team, '' AS version, NULL AS released_on, p.support_ends, p.cpe, p.purl, p.models, 0 AS ordinal
FROM product p JOIN family f ON f.id = p.family
UNION ALL
SELECT f.code, f.name, f.name_ja, p.code, p.name, p.name_ja, p.team, r.name, r.released_on, r.support_ends, '', '', '', r.ordinal
FROM release r JOIN product p ON p.id = r.product JOIN family f ON f.id = p.family
ORDER BY 1, 4, 14;

-- name: support_line() :many
-- max: 40000
SELECT p.id AS product, p.name, p.name_ja, p.support_ends AS product_ends, r.name AS release, r.released_on, r.support_ends
FROM product p JOIN family f ON f.id = p.family LEFT JOIN release r ON r.product = p.id
ORDER BY f.code, p.code, r.ordinal DESC, p.id, r.id;

-- name: catalogue_evidence() :one
-- type: n int
SELECT count(*) AS n FROM release;
