-- owner: record
-- Entries about a report have a chain of their own, seen by those who see the
-- report: in the system's chain, which everybody with 'audit' reads, they told
-- of reports whose case is hidden.

-- guard journal: viewer_sees('*') = 1 OR (viewer_sees('audit') = 1 AND (t.chain = 'system' OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.chain) OR EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.chain)))

-- guard case_member: EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)

-- guard letter: viewer_sees('*') = 1 OR EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.holder) OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.holder)

-- guard attachment: viewer_sees('*') = 1 OR EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.holder) OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.holder)

-- guard attachment_chunk: EXISTS (SELECT 1 FROM see_attachment a WHERE a.id = t.attachment)
