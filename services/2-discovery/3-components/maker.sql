-- name: supplier_insert(id supplier_id, name str, namespace str, address str, owner user_id, made_by user_id, now time) :count
INSERT INTO supplier (id, name, namespace, address, state, owner, made_by, made_at, next_at, version)
VALUES (:id, :name, :namespace, :address, 'watched', :owner, :made_by, :now, CASE WHEN :address = '' THEN NULL ELSE :now END, 1)
ON CONFLICT (name) DO NOTHING;

-- name: supplier_taken(name str, id str) :maybe
SELECT s.id FROM supplier s WHERE s.name = :name AND s.id <> :id;

-- name: supplier_set(id supplier_id, version int, name str, namespace str, address str, owner user_id, now time) :count
UPDATE supplier SET name = :name, namespace = :namespace, address = :address, owner = :owner, version = version + 1,
	next_at = CASE WHEN :address = '' THEN NULL WHEN address <> :address THEN :now ELSE next_at END
WHERE id = :id AND version = :version;

-- name: supplier_state(id supplier_id, state str) :exec
UPDATE supplier SET state = :state, version = version + 1 WHERE id = :id;

-- Notices that came before the supplier was known.
-- name: supplier_claim(id supplier_id, namespace str, name str) :exec
UPDATE notice SET supplier = :id
WHERE supplier IS NULL AND (namespace = :namespace OR (:namespace = '' AND publisher = :name));

-- name: supplier_list() :many
-- max: 2000
-- type: notices int, waiting int, newest time
SELECT s.id, s.name, s.namespace, s.address, s.state, s.owner, a.name AS owner_name, s.asked_at, s.good_at, s.failing_at, s.trouble, s.trouble_with,
	(SELECT count(*) FROM see_notice n WHERE n.supplier = s.id) AS notices,
	(SELECT count(*) FROM see_notice n WHERE n.supplier = s.id AND n.state = 'fresh' AND n.hits > 0) AS waiting,
	(SELECT max(n.changed_at) FROM see_notice n WHERE n.supplier = s.id) AS newest
FROM supplier s LEFT JOIN account a ON a.id = s.owner
ORDER BY s.state DESC, s.name, s.id;

-- name: supplier_get(id supplier_id) :one
-- type: notices int, wanted int
SELECT s.id, s.name, s.namespace, s.address, s.state, s.owner, a.name AS owner_name, s.made_at, s.version,
	s.next_at, s.asked_at, s.good_at, s.failing_at, s.trouble, s.trouble_with,
	(SELECT count(*) FROM supplier_item i WHERE i.supplier = s.id AND i.state = 'wanted') AS wanted,
	(SELECT count(*) FROM see_notice n WHERE n.supplier = s.id) AS notices
FROM supplier s LEFT JOIN account a ON a.id = s.owner WHERE s.id = :id;

-- name: supplier_people() :many
-- max: 2000
SELECT a.id, a.name FROM account a WHERE a.state <> 'disabled' AND (a.roles & 6) <> 0 ORDER BY a.name, a.id;

-- name: supplier_person(id user_id) :maybe
SELECT a.id FROM account a WHERE a.id = :id AND a.state <> 'disabled' AND (a.roles & 6) <> 0;

-- name: supplier_evidence() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(s.made_at) AS newest FROM supplier s WHERE s.state = 'watched';
