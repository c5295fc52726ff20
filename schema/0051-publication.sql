-- owner: services/5-disclosure/3-publication
-- The public views, after the guards that they read.

-- What everybody may read: documents of editions that are out.
CREATE VIEW pub_document AS
SELECT a.number, e.ordinal, d.edition, d.kind, d.path, d.bytes, d.sha256, d.sha512, d.made_at
FROM document d JOIN see_edition e ON e.id = d.edition JOIN see_advisory a ON a.id = e.advisory
WHERE e.state = 'published' AND a.state <> 'draft';

-- The newest edition of each advisory that is out.
CREATE VIEW pub_advisory AS
SELECT a.number, a.state, a.severity, a.first_at, a.changed_at, e.id AS edition, e.ordinal, e.published_at
FROM see_advisory a JOIN see_edition e ON e.advisory = a.id
WHERE a.state <> 'draft' AND e.state = 'published'
	AND NOT EXISTS (SELECT 1 FROM see_edition n WHERE n.advisory = a.id AND n.state = 'published' AND n.ordinal > e.ordinal);
