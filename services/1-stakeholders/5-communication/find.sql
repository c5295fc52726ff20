-- name: find_list(recent str, last int, query str, kind str, most int) :many
-- max: 200
-- What holds :recent among the newest :last pieces, or :query among all; with
-- the number and title of its case.
SELECT f.kind, f.object, f.casefile, f.title, f.body, f.at, k.number AS case_number, k.title AS case_title
FROM (SELECT x.seq, x.kind, x.object, x.casefile, x.title, x.body, x.at
	FROM see_find_piece x
	WHERE 1 = 1
	/*?recent*/ AND @match(x, :recent, :last)
	/*?query*/ AND @match(x, :query)
	/*?kind*/ AND x.kind = :kind
	ORDER BY x.seq DESC
	LIMIT :most) f
LEFT JOIN see_casefile k ON k.id = f.casefile
ORDER BY f.seq DESC;
