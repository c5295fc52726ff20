-- owner: services/5-disclosure/3-publication
-- Comments of a review: what somebody who reads an edition asks of its writers.
-- While one is open the edition is not approved.  field: of which text, without
-- its language ("summary"), or '' of the whole.  returns: it sent the edition
-- back; sending it for approval again resolves it.

CREATE TABLE comment (
	id          ID(comment) NOT NULL PRIMARY KEY,
	edition     ID(edition) NOT NULL REFERENCES edition (id),
	casefile    ID(case) NOT NULL REFERENCES casefile (id),
	field       TEXT NOT NULL,
	body        TEXT NOT NULL,
	returns     BOOL NOT NULL,
	made_by     ID(user) REFERENCES account (id),
	made_at     TIME NOT NULL,
	answer      TEXT NOT NULL,
	resolved_by ID(user) REFERENCES account (id),
	resolved_at TIME
);
CREATE INDEX comment_edition ON comment (edition, made_at, id);
CREATE INDEX comment_case ON comment (casefile, id);

-- An edition that is out is seen by everybody inside; what was said of it before is the case's.
-- guard comment: EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile LIMIT 1 OFFSET 0)
