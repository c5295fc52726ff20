-- owner: services/5-disclosure/3-publication
-- What everybody may read of former advisories, after the guards that it reads.

CREATE TABLE past_signature (
	edition     ID(past) NOT NULL PRIMARY KEY REFERENCES past_edition (id),
	fingerprint TEXT NOT NULL,
	bytes       BLOB NOT NULL,
	made_at     TIME NOT NULL
);

-- The newest public edition of each; ours alone, which past.release sees to.
CREATE VIEW pub_past AS
SELECT e.id AS edition, e.number, e.edition AS version_name, e.rank, e.lang, e.title, e.summary, e.severity, e.publisher,
	e.first_at, e.changed_at, e.path, e.bytes, e.sha256, e.sha512, e.published_at
FROM see_past_edition e
WHERE e.published_at IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM see_past_edition n WHERE n.number = e.number AND n.published_at IS NOT NULL AND n.rank > e.rank);
