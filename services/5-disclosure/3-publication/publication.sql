-- name: advisory_insert(id advisory_id, casefile case_id, number str, severity str, original str, made_by user_id, now time) :exec
INSERT INTO advisory (id, casefile, number, state, tlp, severity, original, made_by, made_at, changed_at, version)
VALUES (:id, :casefile, :number, 'draft', 'CLEAR', :severity, :original, :made_by, :now, :now, 1);

-- Only before the first edition is out: addresses and tracking ids of what is out do not change.
-- name: advisory_original_set(id advisory_id, original str, now time) :count
UPDATE advisory SET original = :original, changed_at = :now, version = version + 1 WHERE id = :id AND first_at IS NULL;

-- name: edition_insert(id edition_id, advisory advisory_id, casefile case_id, ordinal int, withdraws bool, status str, made_by user_id, now time) :exec
INSERT INTO edition (id, advisory, casefile, ordinal, state, withdraws, status, made_by, made_at, changed_at, version)
VALUES (:id, :advisory, :casefile, :ordinal, 'draft', :withdraws, :status, :made_by, :now, :now, 1);

-- name: edition_text_put(edition edition_id, lang str, title str, summary str, description str, impact str, solution str, workaround str, refs str, thanks str, change_note str) :exec
INSERT INTO edition_text (edition, lang, title, summary, description, impact, solution, workaround, refs, thanks, change_note)
VALUES (:edition, :lang, :title, :summary, :description, :impact, :solution, :workaround, :refs, :thanks, :change_note)
ON CONFLICT (edition, lang) DO UPDATE SET title = excluded.title, summary = excluded.summary,
	description = excluded.description, impact = excluded.impact, solution = excluded.solution,
	workaround = excluded.workaround, refs = excluded.refs, thanks = excluded.thanks, change_note = excluded.change_note;

-- name: edition_get(id edition_id) :one
-- type: written_by str
SELECT e.id, e.advisory, e.casefile, a.number, e.ordinal, e.state, a.state AS advisory_state, a.tlp, a.original, e.withdraws, e.status,
	e.made_by, e.made_at, e.changed_at, coalesce(e.saved_by, e.made_by) AS written_by, e.submitted_by, s.name AS submitted_name, e.submitted_at, e.approved_by,
	p.name AS approved_name, e.approved_at, e.seal, e.returned_why, e.publish_at, e.published_at, a.first_at, e.version
FROM see_edition e JOIN see_advisory a ON a.id = e.advisory
LEFT JOIN account s ON s.id = e.submitted_by LEFT JOIN account p ON p.id = e.approved_by
WHERE e.id = :id;

-- name: edition_text_get(edition edition_id, lang str) :maybe
SELECT t.title, t.summary, t.description, t.impact, t.solution, t.workaround, t.refs, t.thanks, t.change_note
FROM see_edition_text t WHERE t.edition = :edition AND t.lang = :lang;

-- name: edition_touch(id edition_id, version int, account user_id, now time) :count
UPDATE edition SET saved_by = :account, changed_at = :now, version = version + 1
WHERE id = :id AND version = :version AND state = 'draft';

-- The version stays: the texts are the same, and who has them open has seen them.
-- name: edition_status_set(id edition_id, status str, now time) :count
UPDATE edition SET status = :status, changed_at = :now WHERE id = :id AND state = 'draft';

-- name: edition_text_drop(edition edition_id) :exec
DELETE FROM edition_text WHERE edition = :edition;

-- name: edition_drop(id edition_id) :exec
DELETE FROM edition WHERE id = :id AND state = 'draft';

-- The last of its editions is gone.
-- name: advisory_drop(id advisory_id) :exec
DELETE FROM advisory WHERE id = :id AND state = 'draft' AND NOT EXISTS (SELECT 1 FROM see_edition e WHERE e.advisory = :id);

-- name: designation_get(number str) :maybe
SELECT d.number FROM designation d WHERE d.number = :number;

-- name: designation_put(number str) :exec
INSERT INTO designation (number) VALUES (:number);

-- name: edition_submit(id edition_id, account user_id, now time) :count
UPDATE edition SET state = 'review', submitted_by = :account, submitted_at = :now, approved_by = NULL,
	approved_at = NULL, seal = NULL, returned_why = NULL, changed_at = :now, version = version + 1
WHERE id = :id AND state = 'draft';

-- name: edition_approve(id edition_id, account user_id, seal str, now time) :count
UPDATE edition SET state = 'approved', approved_by = :account, approved_at = :now, seal = :seal,
	changed_at = :now, version = version + 1
WHERE id = :id AND state = 'review';

-- name: edition_return(id edition_id, why str, now time) :count
UPDATE edition SET state = 'draft', returned_why = :why, approved_by = NULL, approved_at = NULL, seal = NULL,
	publish_at = NULL, changed_at = :now, version = version + 1
WHERE id = :id AND state IN ('review', 'approved', 'scheduled');

-- name: edition_schedule(id edition_id, publish_at time, now time) :count
UPDATE edition SET state = 'scheduled', publish_at = :publish_at, changed_at = :now, version = version + 1
WHERE id = :id AND state IN ('approved', 'scheduled');

-- name: edition_publish(id edition_id, now time) :count
UPDATE edition SET state = 'published', published_at = :now, changed_at = :now, version = version + 1
WHERE id = :id AND state IN ('approved', 'scheduled');

-- name: advisory_publish(id advisory_id, state str, severity str, now time) :exec
UPDATE advisory SET state = :state, severity = :severity, first_at = coalesce(first_at, :now), changed_at = :now,
	version = version + 1
WHERE id = :id;

-- name: document_insert(edition edition_id, kind str, path str, bytes blob, sha256 str, sha512 str, now time) :exec
INSERT INTO document (edition, kind, path, bytes, sha256, sha512, made_at)
VALUES (:edition, :kind, :path, :bytes, :sha256, :sha512, :now);

-- name: edition_due_list(now time) :many
-- max: 100
SELECT e.id FROM see_edition e
WHERE e.state = 'scheduled' AND e.publish_at <= :now ORDER BY e.publish_at NULLS LAST, e.id LIMIT 20;

-- name: edition_last(advisory advisory_id) :one
SELECT e.id, e.ordinal, e.state FROM see_edition e
WHERE e.advisory = :advisory ORDER BY e.ordinal DESC LIMIT 1;

-- What the search finds, behind a number; ours and former ones.
-- name: advisory_behind(after str) :maybe
SELECT w.number FROM (SELECT a.number FROM see_advisory a WHERE a.state <> 'draft' AND a.number > :after
	UNION SELECT p.number FROM pub_past p WHERE p.number > :after) w
ORDER BY w.number LIMIT 1;

-- name: advisory_out(number str) :maybe
SELECT a.edition, a.published_at FROM pub_advisory a WHERE a.number = :number;

-- name: edition_before(advisory advisory_id, ordinal int) :maybe
SELECT e.id, e.ordinal, e.status, e.published_at FROM see_edition e
WHERE e.advisory = :advisory AND e.ordinal < :ordinal AND e.state = 'published' ORDER BY e.ordinal DESC LIMIT 1;

-- name: edition_history(advisory advisory_id) :many
-- max: 500
SELECT e.ordinal, e.published_at, e.withdraws, t.change_note AS note_en, u.change_note AS note_ja
FROM see_edition e JOIN see_edition_text t ON t.edition = e.id AND t.lang = 'en'
JOIN see_edition_text u ON u.edition = e.id AND u.lang = 'ja'
WHERE e.advisory = :advisory AND e.state = 'published' ORDER BY e.ordinal;

-- name: edition_list(state str, severity str, status str, since time, until time, cve str, most int, skip int) :many
-- max: 500
-- type: severity str
-- sort: changed = e.changed_at DESC, e.id
-- sort: number = a.number DESC, e.ordinal DESC, e.id
-- Until it is published, an advisory is as severe as its case.
SELECT e.id, a.number, e.ordinal, t.title, u.title AS title_ja, t.change_note AS note, u.change_note AS note_ja, e.state, a.state AS advisory_state, e.status,
	CASE a.severity WHEN 'unknown' THEN k.severity ELSE a.severity END AS severity,
	k.id AS casefile, k.number AS case_number, e.publish_at, e.published_at, e.changed_at
FROM see_edition e JOIN see_advisory a ON a.id = e.advisory
JOIN see_edition_text t ON t.edition = e.id AND t.lang = 'en'
JOIN see_edition_text u ON u.edition = e.id AND u.lang = 'ja'
JOIN see_casefile k ON k.id = e.casefile
WHERE 1 = 1
/*?state*/ AND e.state = :state
/*?severity*/ AND CASE a.severity WHEN 'unknown' THEN k.severity ELSE a.severity END = :severity
/*?status*/ AND e.status = :status
/*?since*/ AND e.changed_at >= :since
/*?until*/ AND e.changed_at < :until
/*?cve*/ AND EXISTS (SELECT 1 FROM see_vuln v WHERE v.casefile = e.casefile AND v.cve = :cve)
ORDER BY @sort
LIMIT :most OFFSET :skip;

-- By what the products of a case are known: for the list, which looks for a part of it.
-- name: edition_products(casefile case_id) :many
-- max: 20000
SELECT DISTINCT i.product, i.family_name, i.family_name_ja, i.product_name, i.product_name_ja, p.cpe, p.purl, p.models
FROM pub_impact i JOIN see_casefile k ON k.id = i.casefile JOIN product p ON p.id = i.product
WHERE i.casefile = :casefile ORDER BY i.product;

-- name: advisory_case_list(id case_id) :many
-- ahead
SELECT e.id, a.number, e.ordinal, t.title, u.title AS title_ja, e.state, a.state AS advisory_state, e.publish_at, e.published_at
FROM see_edition e JOIN see_advisory a ON a.id = e.advisory
JOIN see_edition_text t ON t.edition = e.id AND t.lang = 'en'
JOIN see_edition_text u ON u.edition = e.id AND u.lang = 'ja'
JOIN see_casefile k ON k.id = e.casefile
WHERE e.casefile = :id ORDER BY a.number, e.ordinal DESC;

-- name: bulletin_case(id case_id) :one
SELECT k.id, k.number, k.title, k.state, k.severity, k.exploited FROM see_casefile k WHERE k.id = :id;

-- name: bulletin_vulns(id case_id) :many
SELECT v.id, v.ordinal, v.title, v.summary, v.cve, v.cwe, v.cvss4, v.cvss31, v.score, v.severity, v.title_ja, v.summary_ja
FROM see_vuln v WHERE v.casefile = :id ORDER BY v.ordinal, v.id;

-- name: public_list(lang str, severity str, status str, edition int, since time, until time, first_since time, first_until time, cve str, product str, most int, skip int) :many
-- max: 2000
-- type: publisher str
SELECT p.number AS number, p.state, p.severity, t.title, t.change_note AS note, '' AS publisher, x.status, p.ordinal, p.original, p.first_at, p.changed_at AS changed_at
FROM pub_advisory p JOIN see_edition x ON x.id = p.edition JOIN see_edition_text t ON t.edition = p.edition AND t.lang = :lang
WHERE 1 = 1
	/*?severity*/ AND p.severity = :severity
	/*?status*/ AND x.status = :status
	/*?edition*/ AND p.ordinal = :edition
	/*?since*/ AND p.changed_at >= :since
	/*?until*/ AND p.changed_at < :until
	/*?first_since*/ AND p.first_at >= :first_since
	/*?first_until*/ AND p.first_at < :first_until
	/*?cve*/ AND EXISTS (SELECT 1 FROM mention m WHERE m.number = p.number AND m.kind = 'cve' AND m.word = :cve)
	/*?product*/ AND EXISTS (SELECT 1 FROM mention m WHERE m.number = p.number AND m.kind = 'product' AND m.word LIKE :product ESCAPE '!')
UNION ALL
SELECT h.number AS number, 'published' AS state, h.severity, h.title, '' AS note, h.publisher, y.status, h.rank AS ordinal, h.lang AS original, h.first_at, h.changed_at AS changed_at
FROM pub_past h JOIN see_past_edition y ON y.id = h.edition
WHERE 1 = 1
	/*?severity*/ AND h.severity = :severity
	/*?status*/ AND y.status = :status
	/*?edition*/ AND h.rank = :edition
	/*?since*/ AND h.changed_at >= :since
	/*?until*/ AND h.changed_at < :until
	/*?first_since*/ AND h.first_at >= :first_since
	/*?first_until*/ AND h.first_at < :first_until
	/*?cve*/ AND EXISTS (SELECT 1 FROM mention m WHERE m.number = h.number AND m.kind = 'cve' AND m.word = :cve)
	/*?product*/ AND EXISTS (SELECT 1 FROM mention m WHERE m.number = h.number AND m.kind = 'product' AND m.word LIKE :product ESCAPE '!')
ORDER BY changed_at DESC, number DESC
LIMIT :most OFFSET :skip;

-- name: public_document(number str, kind str) :one
SELECT d.number, d.ordinal, d.bytes, d.sha256, d.made_at FROM pub_document d
WHERE d.number = :number AND d.kind = :kind ORDER BY d.ordinal DESC LIMIT 1;

-- name: public_file(path str) :one
SELECT d.bytes, d.sha256, d.sha512, d.made_at FROM pub_document d WHERE d.path = :path ORDER BY d.ordinal DESC LIMIT 1;

-- The newest document that is out, of one kind.
-- name: public_newest(kind str) :maybe
SELECT d.path, d.bytes FROM pub_document d WHERE d.kind = :kind ORDER BY d.made_at DESC, d.path, d.ordinal DESC LIMIT 1;

-- name: public_title(number str, lang str) :one
SELECT t.title, p.state, p.original FROM pub_advisory p JOIN see_edition_text t ON t.edition = p.edition AND t.lang = :lang
WHERE p.number = :number;

-- Documents of one version of CSAF, by their kind in English and in Japanese, those of an advisory one behind
-- the other, the original first.  Former advisories are of CSAF 2.0; what they become in 2.1 has the same path there.
-- name: public_tree(kind str, kind_ja str) :many
-- max: 200000
-- type: translates bool
SELECT p.number, t.lang, CASE WHEN t.lang = p.original THEN 0 ELSE 1 END AS translates, d.path, t.title, t.summary, p.first_at, p.changed_at, s.fingerprint
FROM pub_advisory p JOIN pub_document d ON d.edition = p.edition AND d.kind IN (:kind, :kind_ja)
LEFT JOIN pub_signature s ON s.edition = d.edition AND s.kind = d.kind
JOIN see_edition_text t ON t.edition = p.edition AND t.lang = CASE WHEN d.kind = :kind THEN 'en' ELSE 'ja' END
UNION ALL
SELECT h.number, 'en' AS lang, 0 AS translates, h.path, h.title, h.summary, h.first_at, h.changed_at, x.fingerprint
FROM pub_past h LEFT JOIN past_signature x ON x.edition = h.edition
WHERE :kind = 'csaf'
UNION ALL
SELECT n.number, 'en' AS lang, 0 AS translates, 'v2.1/' || n.path AS path, n.title, n.summary, n.first_at, n.changed_at,
	CASE n.fingerprint WHEN '' THEN NULL ELSE n.fingerprint END AS fingerprint
FROM pub_successor n
WHERE :kind = 'csaf21'
ORDER BY changed_at DESC, number DESC, translates;

-- The CSAF documents of the newest edition.
-- name: public_documents(number str) :many
-- type: version str, lang str, translates bool
SELECT CASE WHEN d.kind IN ('csaf', 'csaf_ja') THEN '2.0' ELSE '2.1' END AS version,
	CASE WHEN d.kind IN ('csaf', 'csaf21') THEN 'en' ELSE 'ja' END AS lang,
	CASE WHEN d.kind IN ('csaf', 'csaf21') AND p.original = 'en' OR d.kind IN ('csaf_ja', 'csaf21_ja') AND p.original = 'ja' THEN 0 ELSE 1 END AS translates,
	d.path, d.sha256, d.sha512
FROM pub_advisory p JOIN pub_document d ON d.edition = p.edition
WHERE p.number = :number AND d.kind IN ('csaf', 'csaf_ja', 'csaf21', 'csaf21_ja')
UNION ALL
SELECT '2.0' AS version, h.lang, 0 AS translates, h.path, h.sha256, h.sha512 FROM pub_past h WHERE h.number = :number
UNION ALL
SELECT '2.1' AS version, n.lang, 0 AS translates, 'v2.1/' || n.path AS path, n.sha256, n.sha512 FROM pub_successor n WHERE n.number = :number
ORDER BY version, translates;

-- Of what is out, what has no document of CSAF 2.1: of ours, and of former days.
-- name: public_alone() :one
-- type: n int
-- type: past int
SELECT (SELECT count(*) FROM pub_advisory p WHERE NOT EXISTS (SELECT 1 FROM pub_document d
		WHERE d.edition = p.edition AND d.kind IN ('csaf21', 'csaf21_ja'))) AS n,
	(SELECT count(*) FROM pub_past h WHERE NOT EXISTS (SELECT 1 FROM see_successor n
		WHERE n.edition = h.edition AND n.released_at IS NOT NULL)) AS past;

-- name: edition_documents(edition edition_id) :many
-- type: waits bool
SELECT d.kind, d.path, d.sha256, d.sha512, d.made_at, s.fingerprint AS signed_by, s.made_at AS signed_at,
	CASE WHEN d.kind IN ('csaf', 'csaf_ja', 'csaf21', 'csaf21_ja') AND s.fingerprint IS NULL THEN 1 ELSE 0 END AS waits
FROM pub_document d LEFT JOIN pub_signature s ON s.edition = d.edition AND s.kind = d.kind
JOIN see_edition e ON e.id = d.edition JOIN see_advisory a ON a.id = e.advisory
WHERE d.edition = :edition
ORDER BY CASE WHEN d.kind NOT IN ('csaf', 'csaf21', 'csaf_ja', 'csaf21_ja') THEN 2
	WHEN (d.kind IN ('csaf', 'csaf21')) = (a.original = 'en') THEN 0 ELSE 1 END, d.path, d.kind;

-- name: edition_document(edition edition_id, kind str) :maybe
SELECT d.path, d.bytes, d.made_at FROM pub_document d WHERE d.edition = :edition AND d.kind = :kind;

-- name: publication_evidence() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(e.published_at) AS newest FROM see_edition e WHERE e.state = 'published';

-- name: publication_reviews() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(e.approved_at) AS newest FROM see_edition e WHERE e.approved_at IS NOT NULL;

-- name: bulletin_impact(id case_id) :many
-- max: 20000
SELECT i.vuln, i.product, i.family_name, i.family_name_ja, i.product_name, i.product_name_ja, i.release, i.release_name, i.status, i.justification, i.note, i.note_ja,
	p.cpe, p.purl, p.models
FROM pub_impact i JOIN see_vuln v ON v.id = i.vuln JOIN product p ON p.id = i.product
WHERE i.casefile = :id ORDER BY i.product_name, i.product, i.release_ordinal, i.release, v.ordinal, i.vuln;

-- name: bulletin_remedy(id case_id) :many
-- max: 20000
SELECT m.remedy, m.vuln, m.product, m.product_name, m.product_name_ja, m.kind, m.fixed_in, m.body, m.body_ja, m.url, m.released_on
FROM pub_remedy m JOIN see_vuln v ON v.id = m.vuln
WHERE m.casefile = :id AND m.state = 'released'
ORDER BY m.product_name, m.product, m.made_at, m.remedy, v.ordinal, v.id;
