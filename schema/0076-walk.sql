-- owner: services/5-disclosure/3-publication
-- As 0075-walk says: word for word but LIMIT 1 OFFSET 0.

-- guard advisory: t.state <> 'draft' OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile LIMIT 1 OFFSET 0)
-- guard edition: t.state = 'published' OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile LIMIT 1 OFFSET 0)
