-- name: agreement_list(report report_id) :many
-- max: 500
SELECT g.id, g.ordinal, g.state, g.proposed_at, g.proposed_name, g.disclose_at, g.disclose_zone, g.credit,
	g.answered_at, g.wish_at, g.wish_zone, g.wish_credit
FROM see_agreement g WHERE g.report = :report ORDER BY g.ordinal DESC LIMIT 500;

-- name: agreement_forget(person user_id) :exec
UPDATE agreement SET proposed_name = (SELECT a.name FROM account a WHERE a.id = :person) WHERE proposed_by = :person;

-- name: agreement_insert(id agreement_id, report report_id, ordinal int, state str, now time, who user_id, name str, disclose_at time, disclose_zone str, credit str, answered time) :exec
INSERT INTO agreement (id, report, ordinal, state, proposed_at, proposed_by, proposed_name, disclose_at, disclose_zone, credit, answered_at, wish_credit)
VALUES (:id, :report, :ordinal, :state, :now, :who, :name, :disclose_at, :disclose_zone, :credit, :answered, '');

-- name: agreement_answer(report report_id, ordinal int, state str, now time, wish_at time, wish_zone str, wish_credit str) :count
UPDATE agreement SET state = :state, answered_at = :now, wish_at = :wish_at, wish_zone = :wish_zone, wish_credit = :wish_credit
WHERE report = :report AND ordinal = :ordinal AND state = 'proposed';
