-- owner: record
-- How far a message may be passed on (FIRST TLP 2.0); what was sent before counts as AMBER.

ALTER TABLE report_message ADD COLUMN tlp TEXT NOT NULL DEFAULT 'AMBER'
	CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'));

-- guard report_message: EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.report)
