-- name: find_list(recent str, last int, newest int, query str, kind str, most int) :many
-- max: 200
-- What holds :recent among the newest :last pieces, or :query among all; with
-- the number and title of its case.
SELECT f.kind, f.object, f.casefile, f.title, f.body, f.at, k.number AS case_number, k.title AS case_title
FROM (SELECT x.seq, x.kind, x.object, x.casefile, x.title, x.body, x.at
	FROM see_find_piece x
	WHERE 1 = 1
	/*?recent*/ AND @match(x, :recent, :last, :newest)
	/*?query*/ AND @match(x, :query)
	/*?kind*/ AND @walk(x.kind) = :kind
	ORDER BY x.seq DESC
	LIMIT :most) f
LEFT JOIN see_casefile k ON k.id = f.casefile
ORDER BY f.seq DESC;

-- name: find_people(near str, near_end str, most int) :many
-- max: 100
SELECT r.id, r.number, r.title, r.casefile, r.contact, r.credit, r.received_at FROM see_report r
WHERE r.id IN (SELECT w.id FROM (SELECT n.id FROM see_report n WHERE n.contact >= :near AND n.contact < :near_end ORDER BY n.contact, n.id LIMIT :most) w
	UNION SELECT w.id FROM (SELECT n.id FROM see_report n WHERE n.credit >= :near AND n.credit < :near_end ORDER BY n.credit, n.id LIMIT :most) w)
ORDER BY r.received_at DESC, r.id LIMIT :most;
