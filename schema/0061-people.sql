-- owner: record
-- Who changed a setting, and when; version for optimistic locking.

ALTER TABLE setting ADD COLUMN version INT NOT NULL DEFAULT 1;
ALTER TABLE setting ADD COLUMN changed_at TIME;
ALTER TABLE setting ADD COLUMN changed_by ID(user) REFERENCES account (id);
CREATE INDEX setting_changed_by ON setting (changed_by);
