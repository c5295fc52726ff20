-- owner: record
-- A supplier's advisory is found by whom it is shown to, and by nobody else.

-- guard find_piece: viewer_sees('*') = 1 OR (t.casefile IS NOT NULL AND EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile LIMIT 1 OFFSET 0)) OR (t.casefile IS NULL AND (t.kind IN ('product', 'advisory') OR (t.kind <> 'notice' AND viewer_sees('report') = 1) OR (t.kind = 'notice' AND EXISTS (SELECT 1 FROM see_notice n WHERE n.id = t.object LIMIT 1 OFFSET 0))))
