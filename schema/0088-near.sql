-- owner: record
-- Reports are found by the beginning of the reporter's address or name.

CREATE INDEX report_contact ON report (contact, id);
CREATE INDEX report_credit ON report (credit, id);
