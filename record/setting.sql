-- name: setting_all() :many
-- ahead
SELECT name, value, changed_at FROM setting ORDER BY name;

-- name: setting_get(name str) :maybe
SELECT value, changed_at FROM setting WHERE name = :name;

-- name: setting_put(name str, value str, now time, person user_id) :exec
INSERT INTO setting (name, value, version, changed_at, changed_by)
VALUES (:name, :value, 1, :now, :person)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, version = setting.version + 1,
	changed_at = excluded.changed_at, changed_by = excluded.changed_by;
