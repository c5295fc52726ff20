-- name: report_numbered(number str) :maybe
SELECT r.id FROM see_report r WHERE r.number = :number;

-- name: report_insert(id report_id, number str, receipt str, source str, channel str, title str, product str, product_version str, description str, found_how str, impact str, exploited str, known str, told str, plan_at time, plan_zone str, contact str, contact_share bool, credit str, lang str, now time, due time, entered_by user_id) :exec
INSERT INTO report (id, number, receipt, state, step, source, channel, title, product, product_version, description,
	found_how, impact, exploited, known, told, plan_at, plan_zone, contact, contact_share, credit, lang,
	received_at, changed_at, ack_due, due_at, entered_by, unread, version)
VALUES (:id, :number, :receipt, 'new', 1, :source, :channel, :title, :product, :product_version, :description,
	:found_how, :impact, :exploited, :known, :told, :plan_at, :plan_zone, :contact, :contact_share, :credit, :lang,
	:now, :now, :due, :due, :entered_by, 0, 1);

-- name: report_brief_get(id report_id) :one
SELECT r.id, r.casefile, r.number, r.state, r.title, r.contact, r.lang, r.step, r.version, r.answered_at
FROM see_report r WHERE r.id = :id;

-- name: report_own_get(receipt str) :maybe
SELECT r.id, r.casefile, r.number, r.state, r.title, r.contact, r.lang, r.step, r.version, r.answered_at
FROM see_report r WHERE r.receipt = :receipt;

-- name: report_behind(after str) :maybe
SELECT r.id FROM see_report r WHERE r.id > :after ORDER BY r.id LIMIT 1;

-- name: report_text_get(id report_id) :maybe
SELECT r.number, r.casefile, r.received_at, r.title, r.product, r.product_version, r.description, r.found_how, r.impact
FROM see_report r WHERE r.id = :id;

-- name: report_message_texts(id report_id) :many
-- max: 2000
SELECT m.id, m.at, m.body FROM see_report_message m WHERE m.report = :id ORDER BY m.at, m.id;

-- name: report_file_insert(file attachment_id, report report_id, message message_id) :exec
INSERT INTO report_file (file, report, message) VALUES (:file, :report, :message);

-- name: report_message_insert(id message_id, report report_id, now time, direction str, author user_id, author_name str, tlp str, body str) :exec
INSERT INTO report_message (id, report, at, direction, author, author_name, tlp, body)
VALUES (:id, :report, :now, :direction, :author, :author_name, :tlp, :body);

-- name: report_case_tlp(casefile case_id) :maybe
-- ahead
SELECT k.tlp FROM see_casefile k WHERE k.id = :casefile;

-- name: report_message_seen(report report_id, direction str, now time) :exec
UPDATE report_message SET seen_at = :now
WHERE report = :report AND direction = :direction AND seen_at IS NULL;

-- name: report_heard(id report_id, state str, due time, now time) :exec
UPDATE report SET unread = unread + 1, state = :state, due_at = :due, changed_at = :now, version = version + 1
WHERE id = :id;

-- name: report_told(id report_id, state str, step int, due time, answered time, now time) :exec
UPDATE report SET unread = 0, state = :state, step = :step, due_at = :due, answered_at = :answered,
	changed_at = :now, version = version + 1
WHERE id = :id;

-- name: report_set(id report_id, version int, state str, step int, outcome str, casefile case_id, original report_id, due time, decided time, now time) :count
UPDATE report SET state = :state, step = :step, outcome = :outcome, casefile = :casefile, original = :original,
	due_at = :due, decided_at = :decided, changed_at = :now, version = version + 1
WHERE id = :id AND version = :version;

-- name: report_step_set(casefile case_id, step int, now time) :exec
UPDATE report SET step = :step, changed_at = :now
WHERE casefile = :casefile AND state IN ('qualified', 'duplicate', 'closed') AND step <> :step;

-- name: report_seen_set(id report_id, now time) :exec
UPDATE report SET unread = 0, state = CASE WHEN state = 'new' THEN 'in_review' ELSE state END,
	step = CASE WHEN step < 2 THEN 2 ELSE step END, changed_at = :now, version = version + 1
WHERE id = :id;

-- name: report_due_drop(casefile case_id) :exec
UPDATE report SET due_at = NULL WHERE casefile = :casefile AND state IN ('qualified', 'duplicate');

-- name: report_close_case(casefile case_id, now time) :exec
UPDATE report SET state = 'closed', due_at = NULL, changed_at = :now, version = version + 1
WHERE casefile = :casefile AND state IN ('qualified', 'duplicate');

-- name: report_reopen_case(casefile case_id, due time, now time) :exec
UPDATE report SET state = CASE WHEN outcome = 'duplicate' THEN 'duplicate' ELSE 'qualified' END, due_at = :due,
	changed_at = :now, version = version + 1
WHERE casefile = :casefile AND state = 'closed';

-- name: report_credit_set(id report_id, credit str, now time) :exec
UPDATE report SET credit = :credit, changed_at = :now, version = version + 1 WHERE id = :id;
