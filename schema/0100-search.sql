-- owner: record
-- A piece knows which text of its object it is of (part: none is the object's own, else the id of
-- a note, a message, a vulnerability) and by which edition of the index it was made
-- (record/search.h); what an earlier one made is made anew by a chore or by psirt reindex.

ALTER TABLE find_piece ADD COLUMN part TEXT NOT NULL DEFAULT '?';
ALTER TABLE find_piece ADD COLUMN made INT NOT NULL DEFAULT 0;
DROP INDEX find_piece_object;
CREATE INDEX find_piece_object ON find_piece (kind, object, part);
CREATE INDEX find_piece_made ON find_piece (made, seq);

-- A report with a case is found by whom both are shown to: it was found by all who see the case.

-- guard find_piece: viewer_sees('*') = 1 OR (t.casefile IS NOT NULL AND (t.kind <> 'report' OR viewer_sees('report') = 1) AND EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile LIMIT 1 OFFSET 0)) OR (t.casefile IS NULL AND (t.kind IN ('product', 'advisory') OR (t.kind <> 'notice' AND viewer_sees('report') = 1) OR (t.kind = 'notice' AND EXISTS (SELECT 1 FROM see_notice n WHERE n.id = t.object LIMIT 1 OFFSET 0))))
