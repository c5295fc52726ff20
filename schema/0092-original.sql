-- owner: services/5-disclosure/3-publication
-- In which language an advisory was written: the documents in it are the
-- originals, those in the other one translations (docs/adr/0012). All that
-- there was before was written in English.

ALTER TABLE advisory ADD COLUMN original TEXT NOT NULL DEFAULT 'en' CHECK (original IN ('en', 'ja'));

-- guard advisory: t.state <> 'draft' OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile LIMIT 1 OFFSET 0)
