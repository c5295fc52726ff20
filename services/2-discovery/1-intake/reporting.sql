-- name: report_mine(id report_id) :one
SELECT r.state, r.step, r.title, r.product, r.product_version, r.received_at, r.due_at, r.answered_at, r.decided_at,
	r.outcome, r.plan_at, r.plan_zone, r.contact, r.contact_share, r.credit, r.lang
FROM see_report r WHERE r.id = :id;

-- name: talk_list(id report_id) :many
-- ahead
-- max: 2000
SELECT m.id, m.at, m.direction, m.author_name, m.tlp, m.body, m.seen_at
FROM see_report_message m WHERE m.report = :id ORDER BY m.at, m.id;

-- name: file_list(id report_id) :many
-- ahead
-- max: 5000
SELECT a.id, f.message, a.name, a.type, a.size, a.sha256, a.made_at
FROM see_report_file f JOIN see_attachment a ON a.id = f.file
WHERE f.report = :id ORDER BY a.made_at, a.id;

-- name: file_seen(report report_id, file attachment_id) :one
SELECT f.file, r.casefile FROM see_report_file f JOIN see_report r ON r.id = f.report
WHERE f.report = :report AND f.file = :file;

-- name: inbox_list(state str, channel str, exploited str, by_state str, by_channel str, by_exploited str, ids str, skip int) :many
-- max: 51
-- sort: due = r.due_at ASC NULLS LAST, r.id
-- sort: newest = r.received_at DESC, r.id
-- sort: oldest = r.received_at, r.id
-- sort: changed = r.changed_at DESC, r.id
-- sort: title = r.title, r.id
-- sort: product = r.product, r.id
-- sort: state = r.state, coalesce(r.due_at, 9223372036854775807), r.id
-- sort: channel = r.channel, r.received_at DESC, r.id
-- values: by_state by_channel by_exploited ids
SELECT r.id, r.number, r.title, r.product, r.product_version, r.state, r.channel, r.lang, r.exploited, r.unread,
	r.received_at, r.changed_at, r.due_at, r.answered_at, r.outcome, r.casefile
FROM see_report r
WHERE 1 = 1
	/*?state*/ AND @walk(r.state) = :state
	/*?channel*/ AND @walk(r.channel) = :channel
	/*?exploited*/ AND @walk(r.exploited) = :exploited
	/*?by_state*/ AND r.state = :by_state
	/*?by_channel*/ AND r.channel = :by_channel
	/*?by_exploited*/ AND r.exploited = :by_exploited
	/*?ids*/ AND @among(r.id, :ids)
ORDER BY @sort
LIMIT 51 OFFSET :skip;

-- name: inbox_weights(channel str, exploited str, most int) :one
-- type: by_channel int, by_exploited int
-- How many reports each of them leaves, counted to :most.
SELECT (SELECT count(*) FROM (SELECT 1 FROM see_report r WHERE r.channel = :channel LIMIT :most) x) AS by_channel,
	(SELECT count(*) FROM (SELECT 1 FROM see_report r WHERE r.exploited = :exploited LIMIT :most) x) AS by_exploited;

-- name: inbox_hits(recent str, last int, query str, most int) :many
-- max: 1000
-- The newest pieces of reports that hold the words.
SELECT x.object, x.seq FROM see_find_piece x WHERE @walk(x.kind) = 'report'
	/*?recent*/ AND @match(x, :recent, :last, :most)
	/*?query*/ AND @match(x, :query)
ORDER BY x.seq DESC LIMIT :most;

-- name: inbox_named(label str, label_end str, near str, near_end str) :many
-- max: 3000
-- The beginning of a number, of an address or of a name; of each the newest or first 1000.
SELECT w.id FROM (SELECT n.id FROM see_report n WHERE n.number >= :label AND n.number < :label_end ORDER BY n.number DESC, n.id LIMIT 1000) w
UNION SELECT w.id FROM (SELECT n.id FROM see_report n WHERE n.contact >= :near AND n.contact < :near_end ORDER BY n.contact, n.id LIMIT 1000) w
UNION SELECT w.id FROM (SELECT n.id FROM see_report n WHERE n.credit >= :near AND n.credit < :near_end ORDER BY n.credit, n.id LIMIT 1000) w
ORDER BY id;

-- name: inbox_weight(state str, most int) :one
-- type: n int
-- How many reports have the state, counted to :most.
SELECT count(*) AS n FROM (SELECT 1 FROM see_report r WHERE r.state = :state LIMIT :most) x;

-- name: inbox_counts() :many
-- max: 20
-- type: n int
SELECT r.state, count(*) AS n FROM see_report r WHERE r.state IN ('new', 'in_review', 'needs_info')
GROUP BY r.state ORDER BY r.state;

-- name: report_get(id report_id) :one
SELECT r.id, r.number, r.state, r.step, r.source, r.channel, r.title, r.product, r.product_version, r.description,
	r.found_how, r.impact, r.exploited, r.known, r.told, r.plan_at, r.plan_zone, r.contact, r.contact_share, r.credit,
	r.lang, r.received_at, r.changed_at, r.ack_due, r.due_at, r.answered_at, r.decided_at, r.outcome, r.casefile,
	k.number AS case_number, r.original, o.number AS original_number, r.unread, r.version
FROM see_report r
LEFT JOIN see_casefile k ON k.id = r.casefile
LEFT JOIN see_report o ON o.id = r.original
WHERE r.id = :id;

-- name: case_report_list(casefile case_id) :many
-- ahead
-- max: 200
SELECT r.id, r.number, r.title, r.state, r.channel, r.received_at, r.due_at, r.unread, r.credit, r.contact_share, r.lang
FROM see_report r WHERE r.casefile = :casefile ORDER BY r.received_at, r.id;

-- name: report_word_insert(report report_id, word str, place str) :exec
INSERT INTO report_word (report, word, place) VALUES (:report, :word, :place)
ON CONFLICT (report, word) DO NOTHING;

-- name: likeness_list(id report_id) :many
-- max: 5
-- type: n int
-- type: products int
SELECT o.report, r.number, r.title, r.state, r.casefile, count(*) AS n,
	sum(CASE WHEN o.place = 'product' AND w.place = 'product' THEN 1 ELSE 0 END) AS products
FROM see_report_word w
JOIN see_report_word o ON o.word = w.word AND o.report <> w.report
JOIN see_report r ON r.id = o.report
WHERE w.report = :id
	AND (SELECT count(*) FROM (SELECT 1 FROM see_report_word x WHERE x.word = w.word LIMIT 41) y) <= 40
GROUP BY o.report, r.number, r.title, r.state, r.casefile
HAVING count(*) >= 3
ORDER BY count(*) DESC, o.report
LIMIT 5;

-- name: likeness_words(id report_id, other report_id) :many
-- max: 240
SELECT w.word FROM see_report_word w JOIN see_report_word o ON o.word = w.word
WHERE w.report = :id AND o.report = :other ORDER BY w.word LIMIT 240;

-- name: likeness_products() :each
SELECT p.id, p.code, p.name, p.name_ja FROM product p ORDER BY p.code;

-- name: count_received() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(received_at) AS newest FROM see_report WHERE channel IN ('web', 'api', 'mail');

-- name: count_answered() :one
-- type: n int
-- type: newest time
SELECT count(*) AS n, max(answered_at) AS newest FROM see_report WHERE answered_at IS NOT NULL;
