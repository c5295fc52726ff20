-- owner: services/5-disclosure/3-publication
-- Who saved the texts of an edition last: the approval is another person's. Of those
-- saved before this there is none, and who began the edition counts.

ALTER TABLE edition ADD COLUMN saved_by ID(user) REFERENCES account (id);
CREATE INDEX edition_saved ON edition (saved_by);

-- guard edition: t.state = 'published' OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile LIMIT 1 OFFSET 0)
