-- owner: services/5-disclosure/3-publication
-- The status of an edition's document (CSAF 2.0 and 2.1, 3.2.1.12.7): draft
-- does not go out, interim is expected to change soon, final is not. What went
-- out before this was final. And the numbers that are taken, whoever sees their
-- case: a number is a label, and given once.

ALTER TABLE edition ADD COLUMN status TEXT NOT NULL DEFAULT 'final' CHECK (status IN ('draft', 'interim', 'final'));

-- guard edition: t.state = 'published' OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile LIMIT 1 OFFSET 0)

CREATE TABLE designation (
	number TEXT NOT NULL PRIMARY KEY
);
INSERT INTO designation (number) SELECT a.number FROM advisory a;
