-- name: component_insert(id component_id, release release_id, name str, supplier str, purl str, cpe str, version str, purl_key str, cpe_key str, name_key str, made_by user_id, now time) :count
INSERT INTO component (id, release, name, supplier, purl, cpe, version, purl_key, cpe_key, name_key, made_by, made_at)
VALUES (:id, :release, :name, :supplier, :purl, :cpe, :version, :purl_key, :cpe_key, :name_key, :made_by, :now)
ON CONFLICT (release, name, supplier, version, purl) DO NOTHING;

-- name: component_get(id component_id) :one
SELECT k.id, k.name, k.version, r.product FROM component k JOIN release r ON r.id = k.release WHERE k.id = :id;

-- What its notices counted is counted anew.
-- name: component_hit_clear(component component_id) :exec
DELETE FROM notice_hit WHERE component = :component;

-- name: component_delete(id component_id) :exec
DELETE FROM component WHERE id = :id;

-- name: component_notices(component component_id) :many
-- max: 50000
SELECT h.notice FROM see_notice_hit h WHERE h.component = :component ORDER BY h.notice;

-- name: component_recount(id notice_id) :exec
UPDATE notice SET hits = (SELECT count(*) FROM see_notice_hit h WHERE h.notice = notice.id AND h.verdict IN ('affected', 'unsure', 'investigated'))
WHERE id = :id;

-- name: component_product(id product_id) :one
SELECT p.id, p.code, p.name, p.name_ja FROM product p WHERE p.id = :id;

-- name: component_releases(product product_id) :many
SELECT r.id, r.name FROM release r WHERE r.product = :product ORDER BY r.ordinal DESC, r.id;

-- name: component_release(product product_id, name str) :maybe
SELECT r.id FROM release r WHERE r.product = :product AND r.name = :name;

-- name: component_list(product product_id) :many
-- max: 20000
-- type: notices int
SELECT k.id, r.name AS release, k.name, k.supplier, k.version, k.purl, k.cpe, k.made_at,
	(SELECT count(*) FROM see_notice_hit h WHERE h.component = k.id AND h.verdict IN ('affected', 'unsure', 'investigated')) AS notices
FROM component k JOIN release r ON r.id = k.release
WHERE r.product = :product ORDER BY r.ordinal DESC, k.name, k.version, k.id;

-- name: component_evidence() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(k.made_at) AS newest FROM component k;
