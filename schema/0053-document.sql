-- owner: services/5-disclosure/3-publication
-- A document is seen as its edition is.

-- guard document: EXISTS (SELECT 1 FROM see_edition e WHERE e.id = t.edition)
