-- name: counter_bump(name str) :one
INSERT INTO counter (name, value) VALUES (:name, 1)
ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
RETURNING value;

-- name: casefile_numbered(number str) :maybe
SELECT k.id FROM see_casefile k WHERE k.number = :number;

-- name: casefile_insert(id case_id, number str, title str, tlp str, access str, severity str, owner user_id, now time) :exec
INSERT INTO casefile (id, number, title, state, tlp, access, severity, exploited, owner, turn, opened_at, changed_at, version)
VALUES (:id, :number, :title, 'open', :tlp, :access, :severity, 0, :owner, 'team', :now, :now, 1);

-- name: casefile_brief(id case_id) :one
SELECT k.id, k.number, k.title, k.state, k.tlp, k.access, k.severity, k.version
FROM see_casefile k WHERE k.id = :id;

-- name: casefile_set_state(id case_id, state str, now time, closed time) :exec
UPDATE casefile SET state = :state, changed_at = :now, closed_at = :closed, version = version + 1
WHERE id = :id;

-- name: casefile_set_turn(id case_id, turn str, now time) :exec
UPDATE casefile SET turn = :turn, changed_at = :now WHERE id = :id;

-- name: casefile_set_severity(id case_id, severity str, now time) :exec
UPDATE casefile SET severity = :severity, changed_at = :now, version = version + 1 WHERE id = :id;

-- name: case_member_insert(id case_id, account user_id, why str, now time) :exec
INSERT INTO case_member (casefile, account, why, since, embargo_at)
VALUES (:id, :account, :why, :now, (SELECT k.embargo_at FROM see_casefile k WHERE k.id = :id))
ON CONFLICT (casefile, account) DO NOTHING;

-- name: case_member_delete(id case_id, account user_id) :count
DELETE FROM case_member WHERE casefile = :id AND account = :account;

-- name: case_member_embargo(id case_id, at time) :exec
-- What the case itself has just been given.
UPDATE case_member SET embargo_at = :at WHERE casefile = :id;

-- name: timeline_insert(id entry_id, casefile case_id, now time, kind str, fact str, author user_id, author_name str, tlp str, body str) :exec
INSERT INTO timeline (id, casefile, at, kind, fact, author, author_name, tlp, body)
VALUES (:id, :casefile, :now, :kind, :fact, :author, :author_name, :tlp, :body);

-- name: casefile_behind(after str) :maybe
SELECT k.id FROM see_casefile k WHERE k.id > :after ORDER BY k.id LIMIT 1;

-- name: casefile_head(id case_id) :maybe
SELECT k.number, k.title, k.opened_at FROM see_casefile k WHERE k.id = :id;

-- name: casefile_notes(id case_id) :many
-- max: 100000
SELECT n.id, n.at, n.body FROM see_timeline n WHERE n.casefile = :id AND n.kind = 'note' ORDER BY n.at, n.seq;

-- name: casefile_touch(id case_id, now time) :exec
UPDATE casefile SET changed_at = :now WHERE id = :id;

-- name: case_edit(id case_id, version int, title str, tlp str, access str, owner user_id, turn str, embargo time, zone str, exploited bool, now time) :count
UPDATE casefile SET title = :title, tlp = :tlp, access = :access, owner = :owner, turn = :turn,
	embargo_at = :embargo, embargo_zone = :zone, exploited = :exploited, changed_at = :now, version = version + 1
WHERE id = :id AND version = :version;

-- name: casefile_embargo(id case_id) :maybe
SELECT k.id, k.number, k.state, k.embargo_at, k.embargo_zone, k.version FROM see_casefile k WHERE k.id = :id;

-- name: casefile_embargo_first(id case_id, at time, zone str, now time) :count
UPDATE casefile SET embargo_at = :at, embargo_zone = :zone, changed_at = :now, version = version + 1
WHERE id = :id AND embargo_at IS NULL AND state NOT IN ('published', 'closed');

-- name: casefile_embargo_move(id case_id, version int, at time, zone str, now time) :count
UPDATE casefile SET embargo_at = :at, embargo_zone = :zone, changed_at = :now, version = version + 1
WHERE id = :id AND version = :version AND state NOT IN ('published', 'closed');

-- name: crowd_owners() :many
SELECT id FROM account WHERE state = 'active' AND (roles & 6) <> 0 ORDER BY id;
