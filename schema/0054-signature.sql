-- owner: services/5-disclosure/3-publication
-- OpenPGP signatures of published documents, the public keys that verify them,
-- and texts that are published in a cleartext frame.

-- Made after the publication, by a chore; a document without one is not signed yet.
CREATE TABLE signature (
	edition     ID(edition) NOT NULL REFERENCES edition (id),
	kind        TEXT NOT NULL CHECK (kind IN ('csaf')),
	fingerprint TEXT NOT NULL,
	bytes       BLOB NOT NULL,
	made_at     TIME NOT NULL,
	PRIMARY KEY (edition, kind)
);

-- guard signature: EXISTS (SELECT 1 FROM see_edition e WHERE e.id = t.edition)

-- Kept for ever: old signatures are verified with old keys.
CREATE TABLE openpgp_key (
	fingerprint TEXT NOT NULL PRIMARY KEY,
	armor       TEXT NOT NULL,
	made_at     TIME NOT NULL
);

-- The last signed form of a text, for as long as the text is the same.
CREATE TABLE signed_text (
	name        TEXT NOT NULL PRIMARY KEY,
	plain       TEXT NOT NULL,
	framed      TEXT NOT NULL,
	fingerprint TEXT NOT NULL,
	made_at     TIME NOT NULL
);
