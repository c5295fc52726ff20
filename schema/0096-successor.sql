-- owner: services/5-disclosure/3-publication
-- The documents of CSAF 2.1 of former advisories that are out, after the guards that this reads.

CREATE VIEW pub_successor AS
SELECT p.edition, p.number, p.lang, p.title, p.summary, p.first_at, p.changed_at, p.path, s.bytes, s.sha256, s.sha512, s.fingerprint,
	s.signature, s.released_at
FROM pub_past p JOIN see_successor s ON s.edition = p.edition
WHERE s.released_at IS NOT NULL;
