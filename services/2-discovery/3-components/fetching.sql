-- name: item_due(now time) :maybe
SELECT i.id, i.supplier, i.url, i.digest, i.seal, i.updated, i.tries, s.trusted
FROM supplier_item i JOIN supplier s ON s.id = i.supplier
WHERE i.state = 'wanted' AND i.due_at <= :now AND s.state = 'watched'
ORDER BY i.due_at, i.id LIMIT 1;

-- name: supplier_due(now time) :maybe
SELECT s.id, s.address FROM supplier s
WHERE s.state = 'watched' AND s.address <> '' AND s.next_at <= :now
ORDER BY s.next_at NULLS LAST, s.id LIMIT 1;

-- name: supplier_lists(supplier supplier_id) :many
SELECT l.url, l.etag, l.modified FROM supplier_list l WHERE l.supplier = :supplier ORDER BY l.url;

-- name: supplier_list_put(supplier supplier_id, url str, etag str, modified str) :exec
INSERT INTO supplier_list (supplier, url, etag, modified) VALUES (:supplier, :url, :etag, :modified)
ON CONFLICT (supplier, url) DO UPDATE SET etag = :etag, modified = :modified;

-- Wanted when it is new, or the list says that it changed; what says no instant is asked for once.
-- name: item_note(id item_id, supplier supplier_id, url str, digest str, seal str, updated time, now time) :count
INSERT INTO supplier_item (id, supplier, url, digest, seal, updated, state, tries, due_at, why, why_with)
VALUES (:id, :supplier, :url, :digest, :seal, :updated, 'wanted', 0, :now, '', '')
ON CONFLICT (supplier, url) DO UPDATE SET digest = :digest, seal = :seal, updated = :updated, state = 'wanted', tries = 0, due_at = :now, why = '', why_with = ''
WHERE supplier_item.updated IS DISTINCT FROM :updated;

-- name: supplier_went_well(id supplier_id, trusted bool, next time, now time) :exec
UPDATE supplier SET asked_at = :now, good_at = :now, failing_at = NULL, trouble = '', trouble_with = '', trusted = :trusted, next_at = :next
WHERE id = :id;

-- name: supplier_went_wrong(id supplier_id, trouble str, trouble_with str, next time, now time) :exec
UPDATE supplier SET asked_at = :now, failing_at = coalesce(failing_at, :now), trouble = :trouble, trouble_with = :trouble_with, next_at = :next
WHERE id = :id;

-- name: item_got(id item_id, paper paper_id) :exec
UPDATE supplier_item SET state = 'got', paper = :paper, why = '', why_with = '' WHERE id = :id;

-- name: item_wrong(id item_id, state str, due time, why str, why_with str) :exec
UPDATE supplier_item SET state = :state, tries = tries + 1, due_at = :due, why = :why, why_with = :why_with WHERE id = :id;

-- name: item_troubles(supplier supplier_id) :many
-- max: 100
SELECT i.id, i.url, i.state, i.tries, i.due_at, i.why, i.why_with FROM supplier_item i
WHERE i.supplier = :supplier AND i.why <> '' AND i.state <> 'got' ORDER BY i.due_at, i.id LIMIT 100;

-- name: supplier_hurry(id supplier_id, now time) :count
UPDATE supplier SET next_at = :now WHERE id = :id AND address <> '' AND state = 'watched';

-- Documents that failed are tried again, too.
-- name: item_hurry(supplier supplier_id, now time) :exec
UPDATE supplier_item SET state = 'wanted', tries = 0, due_at = :now WHERE supplier = :supplier AND state <> 'got';

-- name: supplier_keys(supplier supplier_id) :many
SELECT k.url, k.fingerprint, k.bytes FROM supplier_key k WHERE k.supplier = :supplier ORDER BY k.url;

-- name: supplier_key_clear(supplier supplier_id) :exec
DELETE FROM supplier_key WHERE supplier = :supplier;

-- name: supplier_key_insert(supplier supplier_id, url str, fingerprint str, bytes str) :exec
INSERT INTO supplier_key (supplier, url, fingerprint, bytes) VALUES (:supplier, :url, :fingerprint, :bytes)
ON CONFLICT (supplier, url) DO NOTHING;

-- name: paper_signed(id paper_id, signed_by str) :exec
UPDATE paper SET signed_by = :signed_by WHERE id = :id;
