-- name: audit_list(chain str, actor str, verb str, reads int, since time, until time, most int, skip int) :many
-- max: 501
SELECT j.at, k.number AS case_number, j.chain, j.pos, j.who, j.actor, j.channel, j.verb, j.is_read, j.object, j.note, j.hash
FROM see_journal j LEFT JOIN see_casefile k ON k.id = j.chain
WHERE 1 = 1
	/*?chain*/ AND j.chain = :chain
	/*?actor*/ AND (j.actor = :actor OR j.who = :actor)
	/*?verb*/ AND j.verb = :verb
	/*?reads*/ AND j.is_read = :reads
	/*?since*/ AND j.at >= :since
	/*?until*/ AND j.at <= :until
ORDER BY j.at DESC NULLS LAST, j.seq DESC
LIMIT :most OFFSET :skip;

-- name: audit_case(word str) :maybe
SELECT k.id, k.number FROM see_casefile k WHERE k.number = :word OR k.id = :word;
