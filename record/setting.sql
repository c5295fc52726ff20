-- name: setting_get(name str) :maybe
SELECT value FROM setting WHERE name = :name;

-- name: setting_put(name str, value str) :exec
INSERT INTO setting (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
