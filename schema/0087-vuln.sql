-- owner: record
-- What a vulnerability is called and what is said of it in Japanese, for documents
-- in Japanese (docs/adr/0012); empty: it stands there as it is in title and summary.

ALTER TABLE vuln ADD COLUMN title_ja TEXT NOT NULL DEFAULT '';
ALTER TABLE vuln ADD COLUMN summary_ja TEXT NOT NULL DEFAULT '';

-- guard vuln: EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)
