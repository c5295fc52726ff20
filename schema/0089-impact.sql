-- owner: services/4-remediation/2-remedy
-- The decided cells again, after the guard that they read.

DROP VIEW pub_impact;

CREATE VIEW pub_impact AS
SELECT i.casefile, i.vuln, r.product, p.code AS product_code, p.name AS product_name, p.name_ja AS product_name_ja,
	f.name AS family_name, f.name_ja AS family_name_ja, i.release, r.name AS release_name, r.ordinal AS release_ordinal,
	i.status, i.justification, i.note, i.note_ja, i.decided_at
FROM see_impact i JOIN see_vuln v ON v.id = i.vuln
	JOIN release r ON r.id = i.release JOIN product p ON p.id = r.product JOIN family f ON f.id = p.family;
