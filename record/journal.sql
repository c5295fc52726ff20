-- name: journal_head_get(chain str) :maybe
SELECT pos, hash, seal FROM journal_head WHERE chain = :chain;

-- name: journal_head_put(chain str, pos int, hash str, seal str) :exec
INSERT INTO journal_head (chain, pos, hash, seal) VALUES (:chain, :pos, :hash, :seal)
ON CONFLICT (chain) DO UPDATE SET pos = excluded.pos, hash = excluded.hash, seal = excluded.seal;

-- name: journal_insert(chain str, pos int, at time, actor str, channel str, verb str, is_read bool, object str, salt str, who str, note str, promise str, hash str) :exec
INSERT INTO journal (chain, pos, at, actor, channel, verb, is_read, object, salt, who, note, promise, hash)
VALUES (:chain, :pos, :at, :actor, :channel, :verb, :is_read, :object, :salt, :who, :note, :promise, :hash);

-- name: journal_all() :each
SELECT chain, pos, at, actor, channel, verb, is_read, object, salt, who, note, promise, hash
FROM see_journal ORDER BY chain, pos;

-- name: journal_heads() :many
-- max: 1000000
SELECT h.chain, h.pos, h.hash, h.seal FROM journal_head h
WHERE viewer_sees('*') = 1 OR (viewer_sees('audit') = 1
	AND (h.chain = 'system' OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = h.chain)
		OR EXISTS (SELECT 1 FROM see_report r WHERE r.id = h.chain)))
ORDER BY h.chain;

-- name: journal_erase(actor str) :count
UPDATE journal SET salt = NULL, who = NULL, note = NULL WHERE actor = :actor AND salt IS NOT NULL;

-- name: once_get(actor str, key str) :maybe
SELECT op, digest, result FROM once WHERE actor = :actor AND key = :key;

-- name: once_put(actor str, key str, op str, digest str, result str, now time) :exec
INSERT INTO once (actor, key, op, digest, result, at) VALUES (:actor, :key, :op, :digest, :result, :now);
