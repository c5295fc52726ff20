-- name: audit_list(chain str, actor str, verb str, reads int, since time, until time, most int, skip int) :many
-- max: 501
SELECT j.at, k.number AS case_number, p.number AS report_number, j.chain, j.pos, j.who, j.actor, j.channel, j.verb, j.is_read, j.object, j.note, j.hash
FROM see_journal j LEFT JOIN see_casefile k ON k.id = j.chain LEFT JOIN see_report p ON p.id = j.chain
WHERE 1 = 1
	/*?chain*/ AND j.chain IN (SELECT q.id FROM see_report q WHERE q.casefile = :chain UNION ALL SELECT :chain)
	/*?actor*/ AND (j.actor = :actor OR j.who = :actor)
	/*?verb*/ AND j.verb = :verb
	/*?reads*/ AND j.is_read = :reads
	/*?since*/ AND j.at >= :since
	/*?until*/ AND j.at <= :until
ORDER BY j.at DESC, j.seq DESC
LIMIT :most OFFSET :skip;

-- name: audit_case(word str) :maybe
SELECT k.id, k.number FROM see_casefile k WHERE k.number = :word OR k.id = :word;

-- name: audit_report(word str) :maybe
SELECT r.id, r.number FROM see_report r WHERE r.number = :word OR r.id = :word;
