-- owner: services/5-disclosure/3-publication
-- The public views again, after the guards that they read.

-- What everybody may read: documents of editions that are out.
CREATE VIEW pub_document AS
SELECT a.number, e.ordinal, d.edition, d.kind, d.path, d.bytes, d.sha256, d.sha512, d.made_at
FROM see_document d JOIN see_edition e ON e.id = d.edition JOIN see_advisory a ON a.id = e.advisory
WHERE e.state = 'published' AND a.state <> 'draft';

-- What everybody may read of the signatures.
CREATE VIEW pub_signature AS
SELECT s.edition, s.kind, s.fingerprint, s.bytes, s.made_at
FROM see_signature s JOIN see_edition e ON e.id = s.edition
WHERE e.state = 'published';
