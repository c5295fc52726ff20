-- owner: services/2-discovery/3-components
-- The desk shows the suppliers' advisories that touch our products and that nobody has looked at.

CREATE VIEW pub_notice_fresh AS
SELECT n.id, n.number, n.title, n.lang, n.severity, n.publisher, n.changed_at
FROM see_notice n WHERE n.state = 'fresh' AND n.hits > 0;
