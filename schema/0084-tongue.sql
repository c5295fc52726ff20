-- owner: services/5-disclosure/3-publication
-- CSAF documents in Japanese beside those in English (docs/adr/0012), and their
-- signatures: the tables are made again, because a CHECK cannot be changed in
-- place on both engines.

DROP VIEW pub_document;
DROP VIEW pub_signature;
DROP VIEW see_document;
DROP VIEW see_signature;

CREATE TABLE document_before (
	edition ID(edition) NOT NULL,
	kind    TEXT NOT NULL,
	path    TEXT NOT NULL,
	bytes   BLOB NOT NULL,
	sha256  TEXT NOT NULL,
	sha512  TEXT NOT NULL,
	made_at TIME NOT NULL,
	PRIMARY KEY (edition, kind)
);
INSERT INTO document_before (edition, kind, path, bytes, sha256, sha512, made_at)
SELECT edition, kind, path, bytes, sha256, sha512, made_at FROM document;
DROP TABLE document;

-- What an edition said to the outside, byte for byte. An edition that was
-- published before this migration has no csaf_ja and csaf21_ja.
CREATE TABLE document (
	edition ID(edition) NOT NULL REFERENCES edition (id),
	kind    TEXT NOT NULL CHECK (kind IN ('html_en', 'html_ja', 'csaf', 'csaf21', 'csaf_ja', 'csaf21_ja')),
	path    TEXT NOT NULL,
	bytes   BLOB NOT NULL,
	sha256  TEXT NOT NULL,
	sha512  TEXT NOT NULL,
	made_at TIME NOT NULL,
	PRIMARY KEY (edition, kind)
);
CREATE INDEX document_path ON document (path, edition);
INSERT INTO document (edition, kind, path, bytes, sha256, sha512, made_at)
SELECT edition, kind, path, bytes, sha256, sha512, made_at FROM document_before;
DROP TABLE document_before;

CREATE TABLE signature_before (
	edition     ID(edition) NOT NULL,
	kind        TEXT NOT NULL,
	fingerprint TEXT NOT NULL,
	bytes       BLOB NOT NULL,
	made_at     TIME NOT NULL,
	PRIMARY KEY (edition, kind)
);
INSERT INTO signature_before (edition, kind, fingerprint, bytes, made_at)
SELECT edition, kind, fingerprint, bytes, made_at FROM signature;
DROP TABLE signature;

-- Made after the publication, by a chore; a document without one is not signed yet.
CREATE TABLE signature (
	edition     ID(edition) NOT NULL REFERENCES edition (id),
	kind        TEXT NOT NULL CHECK (kind IN ('csaf', 'csaf21', 'csaf_ja', 'csaf21_ja')),
	fingerprint TEXT NOT NULL,
	bytes       BLOB NOT NULL,
	made_at     TIME NOT NULL,
	PRIMARY KEY (edition, kind)
);
INSERT INTO signature (edition, kind, fingerprint, bytes, made_at)
SELECT edition, kind, fingerprint, bytes, made_at FROM signature_before;
DROP TABLE signature_before;

-- guard document: EXISTS (SELECT 1 FROM see_edition e WHERE e.id = t.edition)
-- guard signature: EXISTS (SELECT 1 FROM see_edition e WHERE e.id = t.edition)
