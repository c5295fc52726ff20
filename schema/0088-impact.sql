-- owner: services/4-remediation/2-remedy
-- Why a version is not affected, in Japanese: it stands in documents in Japanese.

ALTER TABLE impact ADD COLUMN note_ja TEXT NOT NULL DEFAULT '';

-- guard impact: EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)
