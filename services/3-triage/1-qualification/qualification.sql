-- name: decision_insert(id decision_id, report report_id, now time, author user_id, author_name str, outcome str, before str, reason str) :exec
INSERT INTO report_decision (id, report, at, author, author_name, outcome, before, reason)
VALUES (:id, :report, :now, :author, :author_name, :outcome, :before, :reason);

-- name: decision_forget(person user_id) :exec
UPDATE report_decision SET author_name = (SELECT a.name FROM account a WHERE a.id = :person) WHERE author = :person;

-- name: score_forget(person user_id) :exec
UPDATE vuln_score SET author_name = (SELECT a.name FROM account a WHERE a.id = :person) WHERE author = :person;

-- name: decision_list(id report_id) :many
-- max: 500
SELECT d.id, d.at, d.author_name, d.outcome, d.before, d.reason
FROM see_report_decision d WHERE d.report = :id ORDER BY d.at, d.id;

-- name: judged_get(id report_id) :one
SELECT r.id, r.number, r.state, r.title, r.product, r.product_version, r.description, r.contact, r.lang, r.outcome,
	r.casefile, k.number AS case_number, r.version
FROM see_report r LEFT JOIN see_casefile k ON k.id = r.casefile WHERE r.id = :id;

-- name: judged_number(number str) :maybe
SELECT r.id, r.number, r.casefile, r.step FROM see_report r WHERE r.number = :number;

-- name: case_number(number str) :maybe
SELECT k.id, k.number, k.state FROM see_casefile k WHERE k.number = :number;

-- name: case_states(id case_id) :one
SELECT k.id, k.number, k.title, k.state, k.severity FROM see_casefile k WHERE k.id = :id;

-- name: vuln_of(casefile case_id, id vuln_id) :one
SELECT v.id, v.ordinal, v.title, v.title_ja, v.summary, v.summary_ja, v.cve, v.cwe, v.cvss4, v.cvss31, v.score, v.severity, v.reason, v.version
FROM see_vuln v WHERE v.id = :id AND v.casefile = :casefile;

-- name: score_insert(id score_id, vuln vuln_id, now time, author user_id, author_name str, vector str, score int, severity str, reason str) :exec
INSERT INTO vuln_score (id, vuln, at, author, author_name, vector, score, severity, reason)
VALUES (:id, :vuln, :now, :author, :author_name, :vector, :score, :severity, :reason);

-- name: score_list(vuln vuln_id) :many
-- max: 200
SELECT s.at, s.author_name, s.vector, s.score, s.severity, s.reason
FROM see_vuln_score s WHERE s.vuln = :vuln ORDER BY s.at DESC NULLS LAST, s.id LIMIT 200;

-- name: count_scores() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(s.at) AS newest FROM see_vuln_score s;

-- name: count_decisions() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(d.at) AS newest FROM see_report_decision d;

-- name: outcome_counts() :many
-- max: 50
-- type: n int
SELECT d.outcome, count(*) AS n FROM see_report_decision d GROUP BY d.outcome ORDER BY d.outcome;
