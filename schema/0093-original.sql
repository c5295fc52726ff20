-- owner: services/5-disclosure/3-publication
-- The newest edition of each advisory that is out, after the guard that it reads.

DROP VIEW pub_advisory;

CREATE VIEW pub_advisory AS
SELECT a.number, a.state, a.severity, a.original, a.first_at, a.changed_at, e.id AS edition, e.ordinal, e.published_at
FROM see_advisory a JOIN see_edition e ON e.advisory = a.id
WHERE a.state <> 'draft' AND e.state = 'published'
	AND NOT EXISTS (SELECT 1 FROM see_edition n WHERE n.advisory = a.id AND n.state = 'published' AND n.ordinal > e.ordinal);
