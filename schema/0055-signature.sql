-- owner: services/5-disclosure/3-publication
-- What everybody may read of the signatures, after the guard that it reads.

CREATE VIEW pub_signature AS
SELECT s.edition, s.kind, s.fingerprint, s.bytes, s.made_at
FROM see_signature s JOIN see_edition e ON e.id = s.edition
WHERE e.state = 'published';
