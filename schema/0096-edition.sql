-- owner: services/5-disclosure/3-publication
-- The desk shows the editions that somebody has to act upon.

-- On their way out: asked about, approved, or with a day.
CREATE VIEW pub_edition_waiting AS
SELECT e.id, e.casefile, e.state, e.submitted_by, e.publish_at, e.changed_at, a.number, a.severity
FROM see_edition e JOIN see_advisory a ON a.id = e.advisory
WHERE e.state IN ('review', 'approved', 'scheduled');

-- Out as interim, and nobody is at work on another edition of the advisory.
CREATE VIEW pub_edition_interim AS
SELECT e.id, e.casefile, e.published_at, a.number, a.severity
FROM see_edition e JOIN see_advisory a ON a.id = e.advisory
WHERE e.status = 'interim' AND e.state = 'published' AND a.state = 'published'
	AND NOT EXISTS (SELECT 1 FROM see_edition n WHERE n.advisory = e.advisory AND n.ordinal > e.ordinal);

CREATE VIEW pub_edition_title AS
SELECT t.edition, t.lang, t.title FROM see_edition_text t;
