-- name: family_by_code(code str) :maybe
SELECT id, name, name_ja FROM family WHERE code = :code;

-- name: family_insert(id family_id, code str, name str, name_ja str) :exec
INSERT INTO family (id, code, name, name_ja, version) VALUES (:id, :code, :name, :name_ja, 1);

-- name: family_set(id family_id, name str, name_ja str) :exec
UPDATE family SET name = :name, name_ja = :name_ja, version = version + 1 WHERE id = :id;

-- name: family_edit(id family_id, version int, name str, name_ja str) :count
UPDATE family SET name = :name, name_ja = :name_ja, version = version + 1 WHERE id = :id AND version = :version;

-- name: family_products(id family_id) :many
-- max: 10000
SELECT id FROM product WHERE family = :id ORDER BY code, id;

-- name: family_known(id family_id) :one
SELECT id, name, name_ja FROM family WHERE id = :id;

-- name: product_by_code(code str) :maybe
SELECT id, family, name, name_ja, team, support_ends, cpe, purl, models, version FROM product WHERE code = :code;

-- name: product_insert(id product_id, family family_id, code str, name str, name_ja str, team str, support_ends str, cpe str, purl str, models str) :exec
INSERT INTO product (id, family, code, name, name_ja, team, support_ends, cpe, purl, models, version)
VALUES (:id, :family, :code, :name, :name_ja, :team, :support_ends, :cpe, :purl, :models, 1);

-- name: product_words(id product_id) :one
SELECT p.id, p.code, p.name, p.name_ja, p.team, p.support_ends, p.cpe, p.purl, p.models, f.name AS family_name, f.name_ja AS family_name_ja
FROM product p JOIN family f ON f.id = p.family WHERE p.id = :id;

-- name: product_behind(after str) :maybe
SELECT id FROM product WHERE id > :after ORDER BY id LIMIT 1;

-- name: product_found(id product_id) :maybe
SELECT p.code, p.name, p.name_ja, p.team, p.models, f.name AS family_name, f.name_ja AS family_name_ja
FROM product p JOIN family f ON f.id = p.family WHERE p.id = :id;

-- name: product_set(id product_id, version int, name str, name_ja str, team str, support_ends str, cpe str, purl str, models str) :count
UPDATE product SET name = :name, name_ja = :name_ja, team = :team, support_ends = :support_ends,
	cpe = :cpe, purl = :purl, models = :models, version = version + 1
WHERE id = :id AND version = :version;

-- name: release_by_name(product product_id, name str) :maybe
SELECT id, released_on, support_ends FROM release WHERE product = :product AND name = :name;

-- name: release_next(product product_id) :one
-- type: ordinal int
SELECT coalesce(max(ordinal), 0) + 1 AS ordinal FROM release WHERE product = :product;

-- name: release_insert(id release_id, product product_id, name str, ordinal int, released_on str, support_ends str) :exec
INSERT INTO release (id, product, name, ordinal, released_on, support_ends, version)
VALUES (:id, :product, :name, :ordinal, :released_on, :support_ends, 1);

-- name: release_set(id release_id, released_on str, support_ends str) :exec
UPDATE release SET released_on = :released_on, support_ends = :support_ends, version = version + 1 WHERE id = :id;

-- name: release_known(id release_id) :one
SELECT id, product, name, released_on, support_ends FROM release WHERE id = :id;

-- name: release_edit(id release_id, version int, name str, released_on str, support_ends str) :count
UPDATE release SET name = :name, released_on = :released_on, support_ends = :support_ends, version = version + 1
WHERE id = :id AND version = :version;

-- name: release_names(product product_id) :many
SELECT id, name FROM release WHERE product = :product ORDER BY ordinal, id;

-- name: engineer_get(id user_id) :maybe
SELECT id, roles, state FROM account WHERE id = :id;

-- name: product_member_insert(product product_id, account user_id) :exec
INSERT INTO product_member (product, account) VALUES (:product, :account) ON CONFLICT (product, account) DO NOTHING;

-- name: product_member_delete(product product_id, account user_id) :count
DELETE FROM product_member WHERE product = :product AND account = :account;
