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

-- name: once_forget(before time) :exec
DELETE FROM once WHERE at < :before;

-- name: once_put(actor str, key str, op str, digest str, result str, now time) :exec
INSERT INTO once (actor, key, op, digest, result, at) VALUES (:actor, :key, :op, :digest, :result, :now);

-- name: mark_last() :maybe
SELECT m.checkpoint, m.hash AS seal, m.at FROM see_journal_mark m WHERE m.chain = '' ORDER BY m.checkpoint DESC LIMIT 1;

-- name: mark_moved(checkpoint int, now time) :count
INSERT INTO journal_mark (checkpoint, chain, pos, hash, at)
SELECT :checkpoint, h.chain, h.pos, h.hash, :now FROM journal_head h WHERE h.pos > h.marked;

-- name: mark_heads() :exec
UPDATE journal_head SET marked = pos WHERE pos > marked;

-- name: mark_list(checkpoint int) :each
SELECT m.chain, m.pos, m.hash FROM see_journal_mark m WHERE m.checkpoint = :checkpoint AND m.chain <> '' ORDER BY m.chain;

-- name: mark_seal(checkpoint int, heads int, seal str, now time) :exec
INSERT INTO journal_mark (checkpoint, chain, pos, hash, at) VALUES (:checkpoint, '', :heads, :seal, :now);

-- name: mark_seals() :each
SELECT m.checkpoint, m.pos AS heads, m.hash AS seal, m.at FROM see_journal_mark m WHERE m.chain = '' ORDER BY m.checkpoint;

-- A head that says it was listed, by a list that is not there.
-- name: mark_lost() :maybe
SELECT h.chain, h.marked AS pos FROM journal_head h LEFT JOIN see_journal_mark m ON m.chain = h.chain AND m.pos = h.marked
WHERE h.marked > 0 AND m.hash IS NULL
ORDER BY h.chain LIMIT 1;

-- name: mark_orphan() :maybe
SELECT m.chain, m.pos FROM see_journal_mark m LEFT JOIN see_journal j ON j.chain = m.chain AND j.pos = m.pos
WHERE m.chain <> '' AND (j.hash IS NULL OR j.hash <> m.hash)
ORDER BY m.checkpoint, m.chain LIMIT 1;
