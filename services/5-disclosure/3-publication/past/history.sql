-- name: past_insert(id past_id, namespace str, publisher str, number str, edition str, holder str, status str, tlp str, lang str, title str, summary str, severity str, first_at time, changed_at time, valid bool, differ int, file str, bytes blob, sha256 str, sha512 str, made_by user_id, now time) :count
INSERT INTO past_edition (id, namespace, publisher, number, edition, holder, rank, status, tlp, lang, title, summary, severity,
	first_at, changed_at, valid, differ, file, bytes, sha256, sha512, made_by, made_at)
VALUES (:id, :namespace, :publisher, :number, :edition, :holder, 0, :status, :tlp, :lang, :title, :summary, :severity,
	:first_at, :changed_at, :valid, :differ, :file, :bytes, :sha256, :sha512, :made_by, :now)
ON CONFLICT (namespace, number, edition, holder) DO NOTHING;

-- name: past_line_insert(edition past_id, ordinal int, vuln int, kind str, title str, body str, url str) :exec
INSERT INTO past_line (edition, ordinal, vuln, kind, title, body, url)
VALUES (:edition, :ordinal, :vuln, :kind, :title, :body, :url);

-- name: past_vuln_insert(edition past_id, ordinal int, cve str, cwe int, title str, vector str, score int, severity str) :exec
INSERT INTO past_vuln (edition, ordinal, cve, cwe, title, vector, score, severity)
VALUES (:edition, :ordinal, :cve, :cwe, :title, :vector, :score, :severity);

-- name: past_product_insert(edition past_id, ordinal int, pid str, name str, vendor str, product str, release str) :exec
INSERT INTO past_product (edition, ordinal, pid, name, vendor, product, release)
VALUES (:edition, :ordinal, :pid, :name, :vendor, :product, :release);

-- name: past_verdict_insert(edition past_id, ordinal int, vuln int, pid str, status str) :exec
INSERT INTO past_verdict (edition, ordinal, vuln, pid, status) VALUES (:edition, :ordinal, :vuln, :pid, :status);

-- name: past_loss_insert(edition past_id, ordinal int, what str, pointer str, was str, printed str) :exec
INSERT INTO past_loss (edition, ordinal, what, pointer, was, printed)
VALUES (:edition, :ordinal, :what, :pointer, :was, :printed);

-- name: past_receipt_insert(batch batch_id, ordinal int, file str, outcome str, why str, edition past_id, holder str, made_by user_id, now time) :exec
INSERT INTO past_receipt (batch, ordinal, file, outcome, why, edition, holder, made_by, made_at)
VALUES (:batch, :ordinal, :file, :outcome, :why, :edition, :holder, :made_by, :now);

-- name: past_same(sha256 str) :maybe
SELECT e.id, e.number, e.edition FROM see_past_edition e WHERE e.sha256 = :sha256 ORDER BY e.id LIMIT 1;

-- name: past_other(namespace str, number str, edition str) :maybe
SELECT e.id, e.sha256 FROM see_past_edition e
WHERE e.namespace = :namespace AND e.number = :number AND e.edition = :edition ORDER BY e.id LIMIT 1;

-- name: past_ours(sha256 str) :maybe
SELECT d.edition, d.number FROM pub_document d WHERE d.sha256 = :sha256 AND d.kind IN ('csaf', 'csaf_ja') ORDER BY d.edition LIMIT 1;

-- name: past_of_advisory(namespace str, number str, holder str) :many
-- max: 5000
SELECT e.id, e.edition, e.rank, e.changed_at FROM see_past_edition e
WHERE e.namespace = :namespace AND e.number = :number AND e.holder = :holder ORDER BY e.id;

-- name: past_rank(id past_id, rank int) :exec
UPDATE past_edition SET rank = :rank WHERE id = :id;

-- name: past_list(most int, skip int) :many
-- max: 500
SELECT e.id, e.number, e.edition, e.title, e.publisher, e.namespace, e.tlp, e.severity, e.status, e.valid, e.differ,
	e.first_at, e.changed_at, e.made_at, e.made_by, e.published_at
FROM see_past_edition e
ORDER BY e.changed_at DESC, e.id
LIMIT :most OFFSET :skip;

-- name: past_get(id past_id) :one
SELECT e.id, e.number, e.edition, e.rank, e.title, e.summary, e.publisher, e.namespace, e.tlp, e.lang, e.severity, e.status, e.valid, e.differ,
	e.first_at, e.changed_at, e.file, e.sha256, e.sha512, e.made_by, m.name AS made_name, e.made_at, e.path,
	p.name AS published_name, e.published_at
FROM see_past_edition e
LEFT JOIN account m ON m.id = e.made_by LEFT JOIN account p ON p.id = e.published_by
WHERE e.id = :id;

-- name: past_bytes(id past_id) :one
SELECT e.id, e.number, e.bytes, e.sha256 FROM see_past_edition e WHERE e.id = :id;

-- name: past_siblings(namespace str, number str) :many
-- max: 5000
SELECT e.id, e.edition, e.rank, e.changed_at, e.published_at FROM see_past_edition e
WHERE e.namespace = :namespace AND e.number = :number ORDER BY e.rank DESC, e.id;

-- name: past_lines(edition past_id) :many
-- max: 20000
SELECT x.vuln, x.kind, x.title, x.body, x.url FROM see_past_line x WHERE x.edition = :edition ORDER BY x.ordinal;

-- name: past_vulns(edition past_id) :many
-- max: 20000
SELECT x.ordinal, x.cve, x.cwe, x.title, x.vector, x.score, x.severity FROM see_past_vuln x WHERE x.edition = :edition ORDER BY x.ordinal;

-- name: past_losses(edition past_id) :many
SELECT x.what, x.pointer, x.was, x.printed FROM see_past_loss x WHERE x.edition = :edition ORDER BY x.ordinal;

-- Matched to the catalogue where exactly one product has the name, and a version of it the version.
-- name: past_products(edition past_id) :many
-- max: 20000
-- type: product_id str
-- type: affected bool
-- type: investigated bool
-- type: fixed bool
-- type: cleared bool
SELECT x.pid, x.name, x.vendor, x.product, x.release, n.id AS product_id, r.id AS release_id,
	coalesce(d.affected, 0) AS affected, coalesce(d.investigated, 0) AS investigated, coalesce(d.fixed, 0) AS fixed, coalesce(d.cleared, 0) AS cleared
FROM see_past_product x
LEFT JOIN (SELECT u.name, min(u.id) AS id FROM (
		SELECT p.name, p.id FROM product p UNION SELECT p.name_ja, p.id FROM product p WHERE p.name_ja <> '') u
	GROUP BY u.name HAVING count(*) = 1) n ON n.name = x.product AND x.product <> ''
LEFT JOIN release r ON r.product = n.id AND r.name = x.release
LEFT JOIN (SELECT v.pid,
		max(CASE WHEN v.status = 'affected' THEN 1 ELSE 0 END) AS affected,
		max(CASE WHEN v.status = 'under_investigation' THEN 1 ELSE 0 END) AS investigated,
		max(CASE WHEN v.status = 'fixed' THEN 1 ELSE 0 END) AS fixed,
		max(CASE WHEN v.status = 'not_affected' THEN 1 ELSE 0 END) AS cleared
	FROM see_past_verdict v WHERE v.edition = :edition GROUP BY v.pid) d ON d.pid = x.pid
WHERE x.edition = :edition ORDER BY x.ordinal;

-- name: past_receipts(batch batch_id) :many
SELECT x.file, x.outcome, x.why, x.edition, e.number, e.edition AS version_name
FROM see_past_receipt x LEFT JOIN see_past_edition e ON e.id = x.edition
WHERE x.batch = :batch ORDER BY x.ordinal;

-- name: past_publish(id past_id, path str, account user_id, now time) :count
UPDATE past_edition SET path = :path, published_by = :account, published_at = :now
WHERE id = :id AND published_at IS NULL;

-- name: past_taken(number str, path str, namespace str) :maybe
SELECT e.id FROM see_past_edition e
WHERE e.published_at IS NOT NULL AND ((e.number = :number AND e.namespace <> :namespace) OR (e.path = :path AND e.number <> :number))
ORDER BY e.id LIMIT 1;

-- name: past_number(number str) :maybe
SELECT e.id FROM see_past_edition e WHERE e.number = :number ORDER BY e.id LIMIT 1;

-- name: past_number_public(number str) :maybe
SELECT p.edition FROM pub_past p WHERE p.number = :number;

-- name: past_number_ours(number str) :maybe
SELECT a.id FROM see_advisory a WHERE a.number = :number;

-- name: past_public(number str) :maybe
SELECT p.edition, p.number, p.version_name, p.title, p.severity, p.publisher, p.lang, p.first_at, p.changed_at, p.bytes, p.sha256
FROM pub_past p WHERE p.number = :number;

-- name: past_public_file(path str) :maybe
SELECT p.bytes, p.sha256, p.sha512 FROM pub_past p WHERE p.path = :path;

-- name: past_waiting(most int) :many
-- max: 5000
SELECT e.id, e.namespace, e.made_by FROM see_past_edition e
WHERE e.published_at IS NULL AND e.tlp = 'CLEAR' AND e.holder = '' AND e.valid = 1 AND e.status <> 'draft'
	AND NOT EXISTS (SELECT 1 FROM past_gone g WHERE g.number = e.number)
ORDER BY e.first_at, e.rank, e.id LIMIT :most;

-- name: past_path_ours(path str) :maybe
SELECT d.edition FROM pub_document d WHERE d.path = :path ORDER BY d.edition LIMIT 1;

-- name: past_in_the_way(number str, path str) :maybe
SELECT p.edition FROM pub_past p WHERE p.number = :number OR p.path = :path ORDER BY p.edition LIMIT 1;

-- name: past_signing_due() :maybe
SELECT p.edition FROM pub_past p
WHERE NOT EXISTS (SELECT 1 FROM past_signature s WHERE s.edition = p.edition)
ORDER BY p.published_at, p.edition LIMIT 1;

-- name: past_signature_put(edition past_id, fingerprint str, bytes blob, now time) :exec
INSERT INTO past_signature (edition, fingerprint, bytes, made_at) VALUES (:edition, :fingerprint, :bytes, :now)
ON CONFLICT (edition) DO NOTHING;

-- name: past_signature(edition past_id) :maybe
SELECT e.id, e.number, s.fingerprint, s.bytes, s.made_at
FROM see_past_edition e JOIN past_signature s ON s.edition = e.id WHERE e.id = :edition;

-- name: past_public_signature(path str) :maybe
SELECT s.bytes FROM pub_past p JOIN past_signature s ON s.edition = p.edition WHERE p.path = :path ORDER BY p.edition LIMIT 1;

-- All editions of an advisory leave the public together.
-- name: past_withdraw(namespace str, number str) :count
UPDATE past_edition SET path = NULL, published_by = NULL, published_at = NULL
WHERE namespace = :namespace AND number = :number AND published_at IS NOT NULL;

-- name: past_gone_put(number str, reason_en str, reason_ja str, who user_id, now time) :exec
INSERT INTO past_gone (number, reason_en, reason_ja, gone_by, gone_at) VALUES (:number, :reason_en, :reason_ja, :who, :now)
ON CONFLICT (number) DO UPDATE SET reason_en = :reason_en, reason_ja = :reason_ja, gone_by = :who, gone_at = :now;

-- name: past_gone_drop(number str) :exec
DELETE FROM past_gone WHERE number = :number;

-- name: past_gone_get(number str) :maybe
-- type: state str
SELECT g.number, 'withdrawn' AS state, g.reason_en, g.reason_ja, g.gone_at FROM past_gone g WHERE g.number = :number;

-- name: past_gone_newest() :one
-- type: at time
SELECT max(g.gone_at) AS at FROM past_gone g;

-- name: past_left_person(id user_id) :maybe
SELECT a.id, a.state FROM account a WHERE a.id = :id;

-- name: past_left_people() :many
-- max: 2000
SELECT a.id, a.name FROM account a WHERE a.state = 'disabled' ORDER BY a.name, a.id LIMIT 2000;

-- What the one who takes has already stays with the other.
-- name: past_take(was str, holder str) :count
UPDATE past_edition SET holder = :holder WHERE holder = :was AND NOT EXISTS (SELECT 1 FROM see_past_edition x
	WHERE x.namespace = past_edition.namespace AND x.number = past_edition.number AND x.edition = past_edition.edition AND x.holder = :holder);

-- name: past_receipt_take(was str, holder str) :exec
UPDATE past_receipt SET holder = :holder WHERE holder = :was;

-- What one person alone may see is not in the search.
-- name: past_behind(after str) :maybe
SELECT e.id FROM see_past_edition e WHERE e.holder = '' AND e.id > :after ORDER BY e.id LIMIT 1;

-- name: past_kept(id past_id) :maybe
SELECT e.id, e.number, e.title, e.summary, e.publisher, e.made_at FROM see_past_edition e WHERE e.id = :id AND e.holder = '';

-- name: past_found(number str) :maybe
SELECT p.edition, p.title, p.summary, p.published_at FROM pub_past p WHERE p.number = :number;
