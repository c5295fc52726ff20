-- owner: services/5-disclosure/3-publication
-- How many comments of the review are open, for the desk; after the guard that it reads.

DROP VIEW pub_edition_waiting;

CREATE VIEW pub_edition_waiting AS
SELECT e.id, e.casefile, e.state, e.submitted_by, e.publish_at, e.changed_at, a.number, a.severity,
	coalesce(e.saved_by, e.made_by) AS written_by,
	(SELECT count(*) FROM see_comment m WHERE m.edition = e.id AND m.resolved_at IS NULL) AS comments
FROM see_edition e JOIN see_advisory a ON a.id = e.advisory
WHERE e.state IN ('review', 'approved', 'scheduled');
