-- What is decided still owes the finder its next word: every report with a promise (due_at) is here.
-- name: desk_report_now(now time, most int) :many
-- ahead
-- max: 51
-- Each kind ends at :most, so that none is sorted whole when many are late.
SELECT d.id, d.number, d.title, d.lang, d.state, d.unread, d.due_at
FROM (SELECT * FROM (SELECT r.id, r.number, r.title, r.lang, r.state, r.unread, r.due_at FROM see_report r
		WHERE r.due_at IS NOT NULL AND r.due_at <= :now AND r.unread = 0
		ORDER BY r.due_at ASC NULLS LAST, r.id LIMIT :most) late
	UNION ALL
	SELECT * FROM (SELECT r.id, r.number, r.title, r.lang, r.state, r.unread, r.due_at FROM see_report r
		WHERE r.state = 'new' AND r.due_at > :now AND r.unread = 0
		ORDER BY r.due_at ASC NULLS LAST, r.id LIMIT :most) fresh
	UNION ALL
	SELECT * FROM (SELECT r.id, r.number, r.title, r.lang, r.state, r.unread, r.due_at FROM see_report r WHERE r.unread > 0
		ORDER BY r.due_at ASC NULLS LAST, r.id LIMIT :most) answered) d
ORDER BY d.due_at ASC NULLS LAST, d.id
LIMIT :most;

-- name: desk_report_later(now time, soon time, most int) :many
-- ahead
-- max: 51
SELECT r.id, r.number, r.title, r.lang, r.state, r.due_at
FROM see_report r
WHERE r.due_at > :now AND (r.due_at <= :soon OR r.state = 'needs_info') AND r.state <> 'new' AND r.unread = 0
ORDER BY r.due_at ASC NULLS LAST, r.id
LIMIT :most;

-- name: desk_case(turn str, of user_id, most int) :many
-- ahead
-- A case whose question or edition stands in the desk itself does not stand there twice.
-- max: 51
SELECT k.id, k.number, k.title, k.severity, k.changed_at
FROM see_casefile k
WHERE k.turn = :turn AND k.closed_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM pub_question_open q WHERE q.casefile = k.id AND k.turn = 'engineer'
	/*?of*/ AND q.asked_of = :of
	)
	AND NOT EXISTS (SELECT 1 FROM pub_edition_waiting e WHERE e.casefile = k.id AND k.turn = 'approver')
ORDER BY k.changed_at ASC NULLS LAST, k.id
LIMIT :most;

-- name: desk_embargo(soon time, most int) :many
-- ahead
-- max: 51
SELECT k.id, k.number, k.title, k.severity, k.embargo_at
FROM see_casefile k
WHERE k.embargo_at <= :soon AND k.closed_at IS NULL AND k.state <> 'published'
ORDER BY k.embargo_at ASC NULLS LAST, k.id
LIMIT :most;

-- name: desk_question(of user_id, most int) :many
-- ahead
-- max: 51
SELECT q.id, q.asked_of, a.name AS owner, q.due_at, p.name AS product, k.number, k.title, k.severity
FROM pub_question_open q JOIN see_casefile k ON k.id = q.casefile JOIN product p ON p.id = q.product
	JOIN account a ON a.id = q.asked_of
WHERE 1 = 1
	/*?of*/ AND q.asked_of = :of
ORDER BY q.due_at ASC NULLS LAST, q.id
LIMIT :most;

-- name: desk_edition(lang str, most int) :many
-- ahead
-- max: 51
-- type: written_by str, comments int
SELECT e.id, e.state, e.submitted_by, e.written_by, e.comments, e.publish_at, e.number, e.severity, t.title
FROM pub_edition_waiting e LEFT JOIN pub_edition_title t ON t.edition = e.id AND t.lang = :lang
ORDER BY e.changed_at ASC NULLS LAST, e.id
LIMIT :most;

-- Out as interim for long.
-- name: desk_interim(lang str, before time, most int) :many
-- max: 51
SELECT e.id, e.number, e.severity, t.title, k.owner, o.name AS owner_name, e.published_at
FROM pub_edition_interim e JOIN see_casefile k ON k.id = e.casefile
	LEFT JOIN account o ON o.id = k.owner LEFT JOIN pub_edition_title t ON t.edition = e.id AND t.lang = :lang
WHERE e.published_at <= :before
ORDER BY e.published_at ASC NULLS LAST, e.id
LIMIT :most;

-- name: desk_notice(most int) :many
-- ahead
-- max: 51
SELECT n.id, n.number, n.title, n.lang, n.severity, n.publisher
FROM pub_notice_fresh n
ORDER BY n.changed_at, n.id
LIMIT :most;

-- name: desk_person(most int) :many
-- max: 51
SELECT a.id, a.name, a.mail, a.made_at
FROM account a WHERE a.state = 'invited' ORDER BY a.made_at ASC NULLS LAST, a.id
LIMIT :most;

-- name: desk_evidence() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(m.since) AS newest
FROM see_case_member m JOIN account a ON a.id = m.account
WHERE (a.roles & 56) <> 0;
