-- name: notice_insert(id notice_id, supplier supplier_id, namespace str, publisher str, number str, holder str, edition str, csaf str, paper paper_id, status str, tlp str, lang str, title str, summary str, severity str, score int, errors int, words str, first_at time, changed_at time, now time) :exec
INSERT INTO notice (id, supplier, namespace, publisher, number, holder, edition, csaf, paper, status, tlp, lang, title, summary, severity, score,
	errors, words, first_at, changed_at, state, hits, reason, got_at, updated_at, version)
VALUES (:id, :supplier, :namespace, :publisher, :number, :holder, :edition, :csaf, :paper, :status, :tlp, :lang, :title, :summary, :severity, :score,
	:errors, :words, :first_at, :changed_at, 'fresh', 0, '', :now, :now, 1);

-- What was put aside waits again: the supplier says something new.
-- name: notice_update(id notice_id, edition str, csaf str, paper paper_id, status str, tlp str, lang str, title str, summary str, severity str, score int, errors int, words str, first_at time, changed_at time, now time) :exec
UPDATE notice SET edition = :edition, csaf = :csaf, paper = :paper, status = :status, tlp = :tlp, lang = :lang, title = :title, summary = :summary,
	severity = :severity, score = :score, errors = :errors, words = :words, first_at = :first_at, changed_at = :changed_at,
	state = CASE WHEN state = 'irrelevant' THEN 'fresh' ELSE state END, updated_at = :now, version = version + 1
WHERE id = :id;

-- name: notice_same(namespace str, number str, holder str) :maybe
SELECT n.id, n.supplier, n.edition, n.changed_at, n.casefile, n.paper FROM see_notice n
WHERE n.namespace = :namespace AND n.number = :number AND n.holder = :holder;

-- name: notice_vuln_clear(notice notice_id) :exec
DELETE FROM notice_vuln WHERE notice = :notice;

-- name: notice_vuln_insert(notice notice_id, ordinal int, cve str, cwe int, title str, vector str, score int, severity str) :exec
INSERT INTO notice_vuln (notice, ordinal, cve, cwe, title, vector, score, severity)
VALUES (:notice, :ordinal, :cve, :cwe, :title, :vector, :score, :severity);

-- name: notice_product_clear(notice notice_id) :exec
DELETE FROM notice_product WHERE notice = :notice;

-- name: notice_product_insert(notice notice_id, ordinal int, pid str, name str, vendor str, product str, release str, span str, purl str, cpe str, purl_key str, cpe_key str, name_key str, verdict str) :exec
INSERT INTO notice_product (notice, ordinal, pid, name, vendor, product, release, span, purl, cpe, purl_key, cpe_key, name_key, verdict)
VALUES (:notice, :ordinal, :pid, :name, :vendor, :product, :release, :span, :purl, :cpe, :purl_key, :cpe_key, :name_key, :verdict);

-- name: paper_insert(id paper_id, notice notice_id, supplier supplier_id, holder str, outcome str, edition str, why str, why_with str, detail str, detail_with str, pointer str, line int, col int, file str, bytes blob, sha256 str, before paper_id, compared bool, got_by user_id, now time) :count
INSERT INTO paper (id, notice, supplier, holder, outcome, edition, why, why_with, detail, detail_with, pointer, line, col, file, bytes, sha256, before, compared, got_by, got_at)
VALUES (:id, :notice, :supplier, :holder, :outcome, :edition, :why, :why_with, :detail, :detail_with, :pointer, :line, :col, :file, :bytes, :sha256, :before, :compared, :got_by, :now)
ON CONFLICT (sha256, holder) DO NOTHING;

-- name: paper_same(sha256 str) :maybe
SELECT p.id, p.notice, p.outcome, p.why, p.why_with, p.detail, p.detail_with, p.pointer, p.line, p.col FROM see_paper p WHERE p.sha256 = :sha256 ORDER BY p.id LIMIT 1;

-- name: supplier_named(namespace str, publisher str) :maybe
SELECT s.id FROM supplier s
WHERE s.namespace = :namespace OR (s.namespace = '' AND s.name = :publisher)
ORDER BY s.namespace DESC, s.id LIMIT 1;

-- name: supplier_owner(id supplier_id) :maybe
SELECT s.owner FROM supplier s WHERE s.id = :id;

-- Products and components with a key in common; what two purls tell apart no name brings together.
-- name: hit_candidates(notice notice_id, component component_id) :many
-- max: 50000
-- type: rank int, how str
SELECT p.notice, k.id AS component, k.version, p.release, p.span, p.purl_key, p.name, p.verdict, p.ordinal, 1 AS rank, 'purl' AS how
FROM see_notice_product p JOIN component k ON k.purl_key = p.purl_key
WHERE p.purl_key <> ''
/*?notice*/ AND p.notice = :notice
/*?component*/ AND k.id = :component
UNION ALL
SELECT p.notice, k.id, k.version, p.release, p.span, p.purl_key, p.name, p.verdict, p.ordinal, 2, 'cpe'
FROM see_notice_product p JOIN component k ON k.cpe_key = p.cpe_key
WHERE p.cpe_key <> '' AND (p.purl_key = '' OR k.purl_key = '')
/*?notice*/ AND p.notice = :notice
/*?component*/ AND k.id = :component
UNION ALL
SELECT p.notice, k.id, k.version, p.release, p.span, p.purl_key, p.name, p.verdict, p.ordinal, 3, 'name'
FROM see_notice_product p JOIN component k ON k.name_key = p.name_key
WHERE p.name_key <> '' AND (p.purl_key = '' OR k.purl_key = '') AND (p.cpe_key = '' OR k.cpe_key = '')
/*?notice*/ AND p.notice = :notice
/*?component*/ AND k.id = :component
ORDER BY 1, 2, 10, 9, 6;

-- name: notice_hit_put(notice notice_id, component component_id, how str, verdict str, product str, said str, now time) :exec
INSERT INTO notice_hit (notice, component, how, verdict, product, said, at)
VALUES (:notice, :component, :how, :verdict, :product, :said, :now)
ON CONFLICT (notice, component) DO UPDATE SET how = :how, verdict = :verdict, product = :product, said = :said;

-- name: notice_hit_clear(notice notice_id) :exec
DELETE FROM notice_hit WHERE notice = :notice;

-- name: notice_count(id notice_id) :count
UPDATE notice SET hits = (SELECT count(*) FROM see_notice_hit h WHERE h.notice = notice.id AND h.verdict IN ('affected', 'unsure', 'investigated'))
WHERE id = :id AND hits <> (SELECT count(*) FROM see_notice_hit h WHERE h.notice = notice.id AND h.verdict IN ('affected', 'unsure', 'investigated'));

-- name: hit_notices(component component_id) :many
-- max: 50000
SELECT h.notice FROM see_notice_hit h WHERE h.component = :component ORDER BY h.notice;

-- name: notice_list(state str, supplier supplier_id, severity str, cve str, words str, hit int, most int, skip int) :many
-- max: 500
-- sort: changed = n.changed_at DESC, n.id
-- sort: received = n.got_at DESC, n.id
-- sort: number = n.number, n.id
-- sort: title = n.title, n.id
-- sort: severity = CASE n.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 WHEN 'none' THEN 4 ELSE 5 END, n.changed_at DESC, n.id
-- sort: state = n.state, n.changed_at DESC, n.id
SELECT n.id, n.number, n.edition, n.title, n.lang, n.publisher, n.supplier, s.name AS supplier_name, n.severity, n.score, n.tlp, n.status, n.state, n.hits, n.errors,
	n.first_at, n.changed_at, n.got_at, n.updated_at, n.casefile, k.number AS case_number
FROM see_notice n LEFT JOIN supplier s ON s.id = n.supplier LEFT JOIN see_casefile k ON k.id = n.casefile
WHERE 1 = 1
/*?state*/ AND n.state = :state
/*?supplier*/ AND n.supplier = :supplier
/*?severity*/ AND n.severity = :severity
/*?hit*/ AND (n.hits > 0) = (:hit = 1)
/*?cve*/ AND EXISTS (SELECT 1 FROM see_notice_vuln v WHERE v.notice = n.id AND v.cve = :cve)
/*?words*/ AND replace(n.words, :words, '') <> n.words
ORDER BY @sort
LIMIT :most OFFSET :skip;

-- name: notice_waiting() :one
-- type: waiting int, refused int
SELECT (SELECT count(*) FROM see_notice n WHERE n.state = 'fresh' AND n.hits > 0) AS waiting,
	(SELECT count(*) FROM see_paper p WHERE p.outcome = 'refused') AS refused;

-- name: notice_get(id notice_id) :one
SELECT n.id, n.number, n.edition, n.csaf, n.title, n.summary, n.lang, n.publisher, n.namespace, n.supplier, s.name AS supplier_name, n.severity, n.score, n.tlp,
	n.status, n.state, n.hits, n.errors, n.first_at, n.changed_at, n.got_at, n.updated_at, n.reason, n.decided_by, a.name AS decided_name, n.decided_at,
	n.casefile, k.number AS case_number, n.holder, n.paper, p.file, p.sha256, n.version
FROM see_notice n LEFT JOIN supplier s ON s.id = n.supplier LEFT JOIN account a ON a.id = n.decided_by
LEFT JOIN see_casefile k ON k.id = n.casefile LEFT JOIN see_paper p ON p.id = n.paper
WHERE n.id = :id;

-- name: notice_vulns(notice notice_id) :many
-- max: 5000
SELECT v.ordinal, v.cve, v.cwe, v.title, v.vector, v.score, v.severity FROM see_notice_vuln v WHERE v.notice = :notice ORDER BY v.ordinal;

-- name: notice_products(notice notice_id, most int) :many
-- max: 20000
SELECT p.ordinal, p.pid, p.name, p.vendor, p.product, p.release, p.span, p.purl, p.cpe, p.verdict
FROM see_notice_product p WHERE p.notice = :notice ORDER BY p.ordinal LIMIT :most;

-- name: notice_hits_of(notice notice_id) :many
-- max: 50000
-- type: rank int
SELECT h.component, h.how, h.verdict, h.product AS said_product, h.said, k.name, k.supplier, k.version, k.purl, r.id AS release, r.name AS release_name,
	d.id AS product, d.name AS product_name, d.name_ja AS product_name_ja, d.team,
	CASE h.verdict WHEN 'affected' THEN 0 WHEN 'unsure' THEN 1 WHEN 'investigated' THEN 2 WHEN 'fixed' THEN 3 WHEN 'cleared' THEN 4 ELSE 5 END AS rank
FROM see_notice_hit h JOIN component k ON k.id = h.component JOIN release r ON r.id = k.release JOIN product d ON d.id = r.product
WHERE h.notice = :notice
ORDER BY 16, d.name, d.id, r.ordinal DESC, k.name, k.id;

-- name: notice_papers(notice notice_id) :many
-- max: 5000
SELECT p.id, p.edition, p.outcome, p.file, p.sha256, p.got_at, a.name AS got_name, p.compared, p.signed_by
FROM see_paper p LEFT JOIN account a ON a.id = p.got_by WHERE p.notice = :notice ORDER BY p.got_at DESC, p.id;

-- name: notice_changes(paper paper_id) :many
SELECT x.kind, x.area, x.vuln, x.what, x.products, x.was, x.becomes FROM see_notice_change x WHERE x.paper = :paper ORDER BY x.ordinal;

-- name: notice_bytes(id notice_id) :one
SELECT n.id, n.number, n.holder, p.bytes, p.sha256 FROM see_notice n JOIN see_paper p ON p.id = n.paper WHERE n.id = :id;

-- name: paper_list(refused int, most int, skip int) :many
-- max: 500
SELECT p.id, p.notice, n.number, p.edition, p.outcome, p.why, p.why_with, p.detail, p.detail_with, p.pointer, p.line, p.col, p.file, p.sha256, p.got_at,
	a.name AS got_name, s.name AS supplier_name
FROM see_paper p LEFT JOIN see_notice n ON n.id = p.notice LEFT JOIN account a ON a.id = p.got_by LEFT JOIN supplier s ON s.id = p.supplier
WHERE 1 = 1
/*?refused*/ AND (p.outcome = 'refused') = (:refused = 1)
ORDER BY p.got_at DESC, p.id
LIMIT :most OFFSET :skip;

-- name: paper_get(id paper_id) :one
SELECT p.id, p.file, p.holder, p.bytes, p.sha256 FROM see_paper p WHERE p.id = :id;

-- name: paper_uncompared() :maybe
SELECT p.id, p.bytes, o.bytes AS was FROM see_paper p LEFT JOIN see_paper o ON o.id = p.before WHERE p.compared = 0 ORDER BY p.got_at, p.id LIMIT 1;

-- name: paper_compared(id paper_id) :exec
UPDATE paper SET compared = 1 WHERE id = :id;

-- name: notice_change_insert(paper paper_id, ordinal int, kind str, area str, vuln str, what str, products str, was str, becomes str) :exec
INSERT INTO notice_change (paper, ordinal, kind, area, vuln, what, products, was, becomes)
VALUES (:paper, :ordinal, :kind, :area, :vuln, :what, :products, :was, :becomes);

-- name: notice_decided(id notice_id, version int, state str, reason str, casefile case_id, account user_id, now time) :count
UPDATE notice SET state = :state, reason = :reason, casefile = :casefile, decided_by = :account, decided_at = :now, version = version + 1
WHERE id = :id AND version = :version;

-- name: cve_case(cve str) :maybe
SELECT k.id, k.number FROM see_vuln v JOIN see_casefile k ON k.id = v.casefile WHERE v.cve = :cve ORDER BY k.id LIMIT 1;

-- name: vuln_version(id vuln_id) :one
SELECT v.version FROM see_vuln v WHERE v.id = :id;

-- name: case_named(number str) :maybe
SELECT k.id, k.closed_at FROM see_casefile k WHERE k.number = :number;

-- name: case_notices(casefile case_id) :many
-- ahead
-- max: 500
SELECT n.id, n.number, n.edition, n.title, n.lang, n.publisher, n.severity, n.changed_at, n.hits
FROM see_notice n WHERE n.casefile = :casefile ORDER BY n.changed_at DESC, n.id;

-- name: notice_evidence() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(n.got_at) AS newest FROM see_notice n;

-- name: notice_decisions() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(n.decided_at) AS newest FROM see_notice n WHERE n.state <> 'fresh';

-- name: notice_behind(after str) :maybe
SELECT n.id FROM see_notice n WHERE n.id > :after ORDER BY n.id LIMIT 1;

-- name: notice_found_get(id notice_id) :maybe
SELECT n.number, n.title, n.summary, n.publisher, n.got_at FROM see_notice n WHERE n.id = :id;

-- name: notice_found_products(notice notice_id) :many
-- max: 500
SELECT DISTINCT p.product FROM see_notice_product p WHERE p.notice = :notice AND p.product <> '' ORDER BY p.product LIMIT 500;

-- name: notice_found_set(id notice_id) :exec
UPDATE notice SET found = 1 WHERE id = :id;

-- name: notice_unfound() :maybe
SELECT n.id FROM see_notice n WHERE n.found = 0 ORDER BY n.id LIMIT 1;
