-- name: vuln_insert(id vuln_id, casefile case_id, ordinal int, title str, title_ja str, summary str, summary_ja str, cve str, cwe int, severity str) :exec
INSERT INTO vuln (id, casefile, ordinal, title, title_ja, summary, summary_ja, cve, cwe, severity, version)
VALUES (:id, :casefile, :ordinal, :title, :title_ja, :summary, :summary_ja, :cve, :cwe, :severity, 1);

-- name: vuln_next(casefile case_id) :one
-- type: ordinal int
SELECT coalesce(max(v.ordinal), 0) + 1 AS ordinal FROM see_vuln v WHERE v.casefile = :casefile;

-- name: vuln_set(id vuln_id, casefile case_id, version int, title str, title_ja str, summary str, summary_ja str, cve str, cwe int) :count
UPDATE vuln SET title = :title, title_ja = :title_ja, summary = :summary, summary_ja = :summary_ja, cve = :cve, cwe = :cwe, version = version + 1
WHERE id = :id AND casefile = :casefile AND version = :version;

-- name: vuln_rating_set(id vuln_id, casefile case_id, version int, cvss4 str, cvss31 str, score int, severity str, reason str) :count
UPDATE vuln SET cvss4 = :cvss4, cvss31 = :cvss31, score = :score, severity = :severity, reason = :reason,
	version = version + 1
WHERE id = :id AND casefile = :casefile AND version = :version;

-- name: vuln_cve_other(id str, cve str) :maybe
SELECT v.id FROM see_vuln v WHERE v.cve = :cve AND v.id <> :id;

-- name: vuln_worst(casefile case_id) :one
-- type: worst int
SELECT coalesce(max(CASE v.severity WHEN 'critical' THEN 5 WHEN 'high' THEN 4 WHEN 'medium' THEN 3 WHEN 'low' THEN 2 WHEN 'none' THEN 1 ELSE 0 END), 0) AS worst
FROM see_vuln v WHERE v.casefile = :casefile;

-- name: vuln_brief(casefile case_id, id vuln_id) :one
SELECT v.id, v.title, v.title_ja, v.summary, v.summary_ja, v.cve FROM see_vuln v WHERE v.id = :id AND v.casefile = :casefile;

-- name: vuln_number_set(id vuln_id, cve str) :exec
UPDATE vuln SET cve = :cve, version = version + 1 WHERE id = :id;

-- name: vuln_list(casefile case_id) :many
-- ahead
-- max: 1000
SELECT v.id, v.ordinal, v.title, v.title_ja, v.summary, v.summary_ja, v.cve, v.cwe, v.cvss4, v.cvss31, v.score, v.severity, v.reason, v.version
FROM see_vuln v WHERE v.casefile = :casefile ORDER BY v.ordinal, v.id;
