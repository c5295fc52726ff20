-- name: reminder_person(id user_id) :maybe
SELECT a.id, a.mail, a.lang, a.zone, a.letters FROM account a WHERE a.id = :id AND a.state <> 'disabled';

-- name: reminder_put(account user_id, kind str, holder str, due time) :exec
INSERT INTO reminder (account, kind, holder, due_at) VALUES (:account, :kind, :holder, :due)
ON CONFLICT (account, kind, holder) DO NOTHING;

-- name: reminder_next(now time, most int) :many
-- max: 50
SELECT DISTINCT r.account FROM reminder r WHERE r.due_at <= :now ORDER BY r.account LIMIT :most;

-- A promise that was kept meanwhile, or moved away, is no longer counted.
-- name: reminder_counts(account user_id, soon time) :one
-- type: questions int, cases int, promises int
SELECT coalesce(sum(CASE WHEN r.kind = 'question' THEN 1 ELSE 0 END), 0) AS questions,
	coalesce(sum(CASE WHEN r.kind = 'yours' THEN 1 ELSE 0 END), 0) AS cases,
	coalesce(sum(CASE WHEN r.kind = 'promise' AND EXISTS (SELECT 1 FROM see_report p WHERE p.id = r.holder AND p.due_at <= :soon) THEN 1 ELSE 0 END), 0) AS promises
FROM reminder r WHERE r.account = :account;

-- name: reminder_drop(account user_id) :exec
DELETE FROM reminder WHERE account = :account;

-- Who hears of promises: leads that wish a daily letter.
-- name: reminder_leads() :many
-- max: 100
SELECT a.id FROM account a WHERE a.letters = 'daily' AND a.state <> 'disabled' AND (a.roles & 2) <> 0 ORDER BY a.id LIMIT 100;

-- name: promise_coming(now time, soon time, most int) :many
-- max: 200
SELECT r.id, r.due_at FROM see_report r
WHERE r.due_at > :now AND r.due_at <= :soon
	AND NOT EXISTS (SELECT 1 FROM promise_told p WHERE p.report = r.id AND p.due_at = r.due_at)
ORDER BY r.due_at ASC NULLS LAST, r.id LIMIT :most;

-- name: promise_told(report report_id, due time) :exec
INSERT INTO promise_told (report, due_at) VALUES (:report, :due)
ON CONFLICT (report) DO UPDATE SET due_at = excluded.due_at;
