-- name: question_insert(id question_id, casefile case_id, vuln vuln_id, product product_id, asked_by user_id, asked_of user_id, now time, due time, words str) :exec
INSERT INTO question (id, casefile, vuln, product, asked_by, asked_of, asked_at, due_at, words, answer_note, version)
VALUES (:id, :casefile, :vuln, :product, :asked_by, :asked_of, :now, :due, :words, '', 1);

-- name: question_list(mine user_id, every int, most int) :many
-- max: 500
SELECT q.id, q.casefile, k.number, q.vuln, v.title AS vulnerability, v.cve, q.product, p.code AS product_code,
	p.name AS product_name, p.name_ja AS product_name_ja, o.name AS asked_of_name, q.asked_at, q.due_at, q.answer, q.answered_at
FROM see_question q JOIN see_casefile k ON k.id = q.casefile JOIN see_vuln v ON v.id = q.vuln
	JOIN product p ON p.id = q.product JOIN account o ON o.id = q.asked_of
WHERE 1 = 1
/*?mine*/ AND q.asked_of = :mine
AND (q.answered_at IS NULL OR :every = 1)
ORDER BY q.due_at, q.id LIMIT :most;

-- name: question_case_list(casefile case_id) :many
-- ahead
-- max: 2000
SELECT q.id, q.vuln, v.title AS vulnerability, v.cve, q.product, p.name AS product_name, p.name_ja AS product_name_ja,
	o.name AS asked_of_name, q.asked_at, q.due_at, q.answer, q.answer_note, q.answered_at
FROM see_question q JOIN see_vuln v ON v.id = q.vuln
	JOIN product p ON p.id = q.product JOIN account o ON o.id = q.asked_of
WHERE q.casefile = :casefile ORDER BY q.asked_at DESC, q.id;

-- name: question_get(id question_id) :one
SELECT q.id, q.casefile, k.number, q.vuln, v.title AS vulnerability, v.summary, v.cve, q.product, p.code AS product_code,
	p.name AS product_name, p.name_ja AS product_name_ja, q.asked_of, o.name AS asked_of_name, b.name AS asked_by_name,
	q.asked_at, q.due_at, q.words, q.answer, q.answer_note, q.answered_at, q.version
FROM see_question q JOIN see_casefile k ON k.id = q.casefile JOIN see_vuln v ON v.id = q.vuln
	JOIN product p ON p.id = q.product JOIN account o ON o.id = q.asked_of LEFT JOIN account b ON b.id = q.asked_by
WHERE q.id = :id;

-- name: question_set(id question_id, version int, answer str, note str, due time, answered time, who user_id) :count
UPDATE question SET answer = :answer, answer_note = :note, due_at = :due, answered_at = :answered,
	answered_by = :who, version = version + 1
WHERE id = :id AND version = :version AND answered_at IS NULL;

-- name: question_open(casefile case_id) :one
-- type: n int
SELECT count(*) AS n FROM see_question q WHERE q.casefile = :casefile AND q.answered_at IS NULL;

-- name: owner_list(product product_id) :many
-- ahead
-- max: 500
SELECT a.id, a.name FROM product_member m JOIN account a ON a.id = m.account
WHERE m.product = :product AND a.state <> 'disabled' ORDER BY a.name, a.id;

-- name: owner_has(product product_id, account user_id) :maybe
SELECT m.account FROM product_member m WHERE m.product = :product AND m.account = :account;

-- name: asked_get(id user_id) :maybe
SELECT a.id, a.name, a.roles FROM account a WHERE a.id = :id AND a.state <> 'disabled';

-- name: question_version(id question_id) :many
-- type: status str
SELECT r.id, r.name, r.support_ends,
	coalesce((SELECT i.status FROM see_impact i WHERE i.vuln = q.vuln AND i.release = r.id), '') AS status
FROM see_question q JOIN release r ON r.product = q.product
WHERE q.id = :id ORDER BY r.ordinal DESC, r.id;
