-- name: cve_number_list(state str, most int, skip int) :many
-- max: 500
-- type: out_at time
SELECT n.id, n.number, n.state, n.by_user, n.reserved_at, n.seen_at, n.published_at, n.changed_at, n.casefile,
	k.number AS case_number, n.vuln, v.ordinal AS vuln_ordinal, v.title AS vuln_title, n.owner,
	(SELECT min(e.published_at) FROM see_edition e
		WHERE e.casefile = n.casefile AND e.state = 'published' AND n.state = 'reserved') AS out_at
FROM see_cve_number n LEFT JOIN see_casefile k ON k.id = n.casefile LEFT JOIN see_vuln v ON v.id = n.vuln
WHERE 1 = 1
/*?state*/ AND n.state = :state
ORDER BY n.number DESC, n.id LIMIT :most OFFSET :skip;

-- name: cve_number_get(id cve_id) :one
SELECT n.id, n.number, n.state, n.by_user, n.reserved_at, n.seen_at, n.published_at, n.changed_at, n.casefile,
	k.number AS case_number, n.vuln, v.ordinal AS vuln_ordinal, v.title AS vuln_title, n.record, n.owner, n.version
FROM see_cve_number n LEFT JOIN see_casefile k ON k.id = n.casefile LEFT JOIN see_vuln v ON v.id = n.vuln
WHERE n.id = :id;

-- name: cve_number_named(number str) :maybe
SELECT n.id, n.state, n.casefile FROM see_cve_number n WHERE n.number = :number;

-- name: cve_number_insert(id cve_id, number str, state str, by_user str, reserved_at time, now time) :exec
INSERT INTO cve_number (id, number, state, by_user, reserved_at, seen_at, changed_at, version)
VALUES (:id, :number, :state, :by_user, :reserved_at, :now, :now, 1);

-- name: cve_number_seen(id cve_id, state str, by_user str, reserved_at time, now time) :exec
UPDATE cve_number SET changed_at = CASE WHEN state = :state THEN changed_at ELSE :now END, state = :state,
	by_user = :by_user, reserved_at = coalesce(:reserved_at, reserved_at), owner = NULL, seen_at = :now
WHERE id = :id;

-- name: cve_number_gone(id cve_id, owner str, now time) :exec
UPDATE cve_number SET state = 'transferred', owner = :owner, seen_at = :now, changed_at = :now, version = version + 1
WHERE id = :id;

-- name: cve_number_assign(id cve_id, casefile case_id, vuln vuln_id, now time) :count
UPDATE cve_number SET casefile = :casefile, vuln = :vuln, changed_at = :now, version = version + 1
WHERE id = :id AND vuln IS NULL AND state = 'reserved';

-- name: cve_number_release(id cve_id, now time) :count
UPDATE cve_number SET casefile = NULL, vuln = NULL, changed_at = :now, version = version + 1
WHERE id = :id AND vuln IS NOT NULL AND state IN ('reserved', 'rejected');

-- name: cve_number_moved(id cve_id, state str, record str, published_at time, now time) :exec
UPDATE cve_number SET state = :state, record = coalesce(:record, record), published_at = coalesce(published_at, :published_at),
	seen_at = :now, changed_at = :now, version = version + 1
WHERE id = :id;

-- name: cve_number_free() :many
-- ahead
-- max: 200
SELECT n.id, n.number FROM see_cve_number n WHERE n.state = 'reserved' AND n.vuln IS NULL
ORDER BY n.number, n.id LIMIT 100;

-- name: cve_vuln(casefile case_id, id vuln_id) :one
SELECT v.id, v.ordinal, v.title, v.cve FROM see_vuln v WHERE v.id = :id AND v.casefile = :casefile;

-- name: cve_vuln_case(id vuln_id) :one
SELECT v.id, v.casefile, v.ordinal, v.title, v.cve FROM see_vuln v JOIN see_casefile k ON k.id = v.casefile WHERE v.id = :id;

-- name: cve_case_vulns(casefile case_id) :many
-- ahead
-- max: 500
-- type: errand str
SELECT v.id, v.ordinal, v.title, v.cve, n.id AS number, n.state,
	(SELECT max(e.id) FROM see_cve_errand e WHERE e.vuln = v.id AND e.kind = 'reserve' AND e.state IN ('waiting', 'sending', 'doubt')) AS errand
FROM see_vuln v LEFT JOIN see_cve_number n ON n.number = v.cve
WHERE v.casefile = :casefile ORDER BY v.ordinal, v.id;

-- name: cve_edition(casefile case_id) :maybe
SELECT e.id, a.number FROM see_edition e JOIN see_advisory a ON a.id = e.advisory
WHERE e.casefile = :casefile AND e.state = 'published' AND a.state = 'published' AND e.withdraws = 0
ORDER BY e.published_at DESC NULLS LAST, e.id LIMIT 1;

-- name: cve_errand_insert(id errand_id, kind str, state str, casefile case_id, vuln vuln_id, cve cve_id, amount int, who str, new_name str, asked_by user_id, method str, path str, body str, now time) :exec
INSERT INTO cve_errand (id, kind, state, casefile, vuln, cve, amount, who, new_name, asked_by, asked_at, method, path, body, tries, due_at)
VALUES (:id, :kind, :state, :casefile, :vuln, :cve, :amount, :who, :new_name, :asked_by, :now, :method, :path, :body, 0, :now);

-- name: cve_errand_confirm(id errand_id, now time) :count
UPDATE cve_errand SET state = 'waiting', due_at = :now WHERE id = :id AND state = 'proposed';

-- name: cve_errand_about(who str) :maybe
SELECT e.id FROM see_cve_errand e
WHERE e.who = :who AND e.kind IN ('user_new', 'user_edit', 'user_key') AND e.state IN ('waiting', 'sending', 'doubt')
ORDER BY e.asked_at, e.id LIMIT 1;

-- name: cve_errand_open(cve cve_id) :maybe
SELECT e.id, e.kind, e.state FROM see_cve_errand e
WHERE e.cve = :cve AND e.state IN ('proposed', 'waiting', 'sending', 'doubt') ORDER BY e.asked_at, e.id LIMIT 1;

-- name: cve_errand_looks() :maybe
SELECT e.id FROM see_cve_errand e WHERE e.kind = 'look' AND e.state IN ('waiting', 'sending', 'doubt') ORDER BY e.id LIMIT 1;

-- name: cve_errand_list(people bool, most int) :many
-- max: 500
SELECT e.id, e.kind, e.state, e.casefile, e.vuln, e.cve, n.number, e.amount, e.who, e.new_name, e.asked_by, a.name AS asked_name, e.asked_at, e.tries, e.due_at,
	e.sent_at, e.ended_at, e.status, e.code, e.detail, e.got
FROM see_cve_errand e LEFT JOIN account a ON a.id = e.asked_by LEFT JOIN see_cve_number n ON n.id = e.cve
WHERE :people = 0 OR e.kind IN ('user_new', 'user_edit', 'user_key')
ORDER BY e.asked_at DESC, e.id LIMIT :most;

-- name: cve_errand_of(cve cve_id) :many
-- max: 200
SELECT e.id, e.kind, e.state, e.who, e.asked_by, a.name AS asked_name, e.asked_at, e.tries, e.due_at, e.sent_at, e.ended_at, e.method, e.path, e.body,
	e.status, e.answer, e.code, e.detail
FROM see_cve_errand e LEFT JOIN account a ON a.id = e.asked_by
WHERE e.cve = :cve ORDER BY e.asked_at DESC, e.id LIMIT 100;

-- name: cve_errand_get(id errand_id) :one
SELECT e.id, e.kind, e.state, e.casefile, e.vuln, e.cve, n.number, e.amount, e.who, e.new_name, e.asked_by, e.asked_at, e.method, e.path, e.body, e.token,
	e.tries, e.due_at, e.sent_at
FROM see_cve_errand e LEFT JOIN see_cve_number n ON n.id = e.cve WHERE e.id = :id;

-- name: cve_errand_drop(id errand_id, now time) :count
UPDATE cve_errand SET state = 'dropped', ended_at = :now WHERE id = :id AND state IN ('proposed', 'waiting');

-- name: cve_errand_sending() :maybe
SELECT e.id, e.token, e.sent_at FROM see_cve_errand e WHERE e.state = 'sending' ORDER BY e.sent_at NULLS LAST, e.id LIMIT 1;

-- name: cve_errand_doubt(now time) :maybe
SELECT e.id FROM see_cve_errand e WHERE e.state = 'doubt' AND e.due_at <= :now ORDER BY e.due_at, e.id LIMIT 1;

-- name: cve_errand_waiting(now time) :maybe
SELECT e.id FROM see_cve_errand e
WHERE e.state = 'waiting' AND e.due_at <= :now
	AND (e.kind <> 'reserve' OR NOT EXISTS (SELECT 1 FROM see_cve_errand d WHERE d.kind = 'reserve' AND d.state = 'doubt'))
	AND NOT EXISTS (SELECT 1 FROM see_cve_errand d WHERE d.kind = 'user_key' AND d.state = 'doubt')
ORDER BY e.due_at, e.asked_at, e.id LIMIT 1;

-- name: cve_errand_arm(id errand_id, token str, now time) :count
UPDATE cve_errand SET state = 'sending', token = :token, sent_at = :now, tries = tries + 1 WHERE id = :id AND state = 'waiting';

-- name: cve_errand_again(id errand_id, state str, method str, status int, answer str, code str, detail str, due_at time) :exec
UPDATE cve_errand SET state = :state, method = :method, status = :status, answer = coalesce(:answer, answer), code = :code,
	detail = :detail, due_at = :due_at
WHERE id = :id;

-- name: cve_errand_settling(id errand_id, due_at time) :exec
UPDATE cve_errand SET due_at = :due_at WHERE id = :id;

-- name: cve_errand_end(id errand_id, state str, status int, answer str, code str, detail str, got int, now time) :exec
UPDATE cve_errand SET state = :state, status = :status, answer = coalesce(:answer, answer), code = :code, detail = :detail,
	got = :got, ended_at = :now
WHERE id = :id;

-- name: cve_quota_get(org str) :maybe
SELECT q.quota, q.reserved, q.available, q.seen_at FROM cve_quota q WHERE q.org = :org;

-- name: cve_quota_put(org str, quota int, reserved int, available int, now time) :exec
INSERT INTO cve_quota (org, quota, reserved, available, seen_at) VALUES (:org, :quota, :reserved, :available, :now)
ON CONFLICT (org) DO UPDATE SET quota = excluded.quota, reserved = excluded.reserved, available = excluded.available,
	seen_at = excluded.seen_at;

-- name: cve_person_list(org str) :many
-- max: 2000
SELECT p.name, p.first, p.middle, p.last, p.suffix, p.active, p.admin, p.seen_at FROM cve_person p WHERE p.org = :org ORDER BY p.name;

-- name: cve_person_get(org str, name str) :maybe
SELECT p.name, p.first, p.middle, p.last, p.suffix, p.active, p.admin, p.seen_at FROM cve_person p WHERE p.org = :org AND p.name = :name;

-- name: cve_person_clear(org str) :exec
DELETE FROM cve_person WHERE org = :org;

-- name: cve_person_drop(org str, name str) :exec
DELETE FROM cve_person WHERE org = :org AND name = :name;

-- name: cve_person_put(org str, name str, first str, middle str, last str, suffix str, active bool, admin bool, now time) :exec
INSERT INTO cve_person (org, name, first, middle, last, suffix, active, admin, seen_at)
VALUES (:org, :name, :first, :middle, :last, :suffix, :active, :admin, :now)
ON CONFLICT (org, name) DO UPDATE SET first = excluded.first, middle = excluded.middle, last = excluded.last, suffix = excluded.suffix,
	active = excluded.active, admin = excluded.admin, seen_at = excluded.seen_at;

-- name: cve_org_get(org str) :maybe
SELECT o.org, o.name, o.uuid, o.roles, o.quota, o.seen_at FROM cve_org o WHERE o.org = :org;

-- name: cve_org_put(org str, name str, uuid str, roles str, quota int, now time) :exec
INSERT INTO cve_org (org, name, uuid, roles, quota, seen_at) VALUES (:org, :name, :uuid, :roles, :quota, :now)
ON CONFLICT (org) DO UPDATE SET name = excluded.name, uuid = excluded.uuid, roles = excluded.roles, quota = excluded.quota,
	seen_at = excluded.seen_at;
