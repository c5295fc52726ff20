-- owner: record
-- Families and versions are edited: the form carries the version that was seen.

ALTER TABLE family ADD COLUMN version INT NOT NULL DEFAULT 1;
ALTER TABLE release ADD COLUMN version INT NOT NULL DEFAULT 1;
