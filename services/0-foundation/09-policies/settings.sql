-- name: setting_rows() :many
-- max: 1000
SELECT s.name, s.value, s.version, s.changed_at, a.name AS changed_by
FROM setting s LEFT JOIN account a ON a.id = s.changed_by ORDER BY s.name;
