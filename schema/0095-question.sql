-- owner: services/4-remediation/2-remedy
-- The desk shows the questions that wait for an answer.

CREATE VIEW pub_question_open AS
SELECT q.id, q.casefile, q.product, q.asked_of, q.due_at FROM see_question q WHERE q.answered_at IS NULL;
