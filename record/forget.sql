-- name: forget_find(id user_id) :one
SELECT a.name, a.mail, a.state FROM account a WHERE a.id = :id;

-- name: forget_account(id user_id, name str, mail str) :exec
UPDATE account SET name = :name, mail = :mail, password = NULL, totp_key = NULL, totp_at = NULL, letters = 'off', version = version + 1
WHERE id = :id;

-- name: forget_timeline(id user_id, name str) :exec
UPDATE timeline SET author_name = :name WHERE author = :id;

-- Facts that tell a name: it is all of them, or it ends "asked whether affected".
-- name: forget_members(was str, name str) :exec
UPDATE timeline SET body = :name WHERE fact IN ('case.admitted', 'case.dismissed') AND body = :was;

-- name: forget_asked(was str, name str) :exec
UPDATE timeline SET body = substr(body, 1, length(body) - length(:was)) || :name
WHERE fact = 'impact.asked' AND length(body) > length(:was) + 3 AND substr(body, length(body) - length(:was) - 2) = ' → ' || :was;

-- name: forget_messages(id user_id, name str) :exec
UPDATE report_message SET author_name = :name WHERE author = :id;

-- name: forget_sessions(id user_id) :exec
DELETE FROM session WHERE account = :id;

-- name: forget_tokens(id user_id) :exec
DELETE FROM token WHERE account = :id;

-- name: forget_codes(id user_id) :exec
DELETE FROM recovery WHERE account = :id;

-- name: forget_links(id user_id) :exec
DELETE FROM invitation WHERE account = :id;

-- name: forget_drafts(id user_id) :exec
DELETE FROM draft WHERE account = :id;

-- name: forget_tries(id user_id) :exec
DELETE FROM attempt WHERE name = :id;

-- name: forget_waiting(address str) :exec
DELETE FROM letter WHERE address = :address AND state = 'waiting';

-- name: forget_letters(address str, now_nobody str) :exec
UPDATE letter SET address = :now_nobody WHERE address = :address;
