-- owner: services/4-remediation/2-remedy
-- For other services: which products a case is about; the decided cells; the remedies, one row a vulnerability.
CREATE VIEW pub_case_product AS
SELECT s.casefile, s.product FROM see_impact_scope s;

CREATE VIEW pub_impact AS
SELECT i.casefile, i.vuln, r.product, p.code AS product_code, p.name AS product_name, p.name_ja AS product_name_ja,
	f.name AS family_name, f.name_ja AS family_name_ja, i.release, r.name AS release_name, r.ordinal AS release_ordinal,
	i.status, i.justification, i.note, i.decided_at
FROM see_impact i JOIN see_vuln v ON v.id = i.vuln
	JOIN release r ON r.id = i.release JOIN product p ON p.id = r.product JOIN family f ON f.id = p.family;

CREATE VIEW pub_remedy AS
SELECT m.id AS remedy, m.casefile, v.id AS vuln, m.product, p.code AS product_code, p.name AS product_name,
	p.name_ja AS product_name_ja, m.kind, m.release, m.fixed_in, m.body, m.body_ja, m.url,
	m.planned_on, m.released_on, m.state, m.made_at
FROM see_remedy m JOIN see_vuln v ON v.casefile = m.casefile AND (m.vuln IS NULL OR m.vuln = v.id)
	JOIN product p ON p.id = m.product;
