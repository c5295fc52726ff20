-- owner: services/5-disclosure/3-publication
-- What was in a tree of the provider that has ended (CSAF 2.1, 7.4.3), for everybody.

-- ended_at: the end that it was made for.  past: how many former advisories were public then, and since when.
CREATE TABLE archive (
	name      TEXT NOT NULL PRIMARY KEY,
	ended_at  TIME NOT NULL,
	past      TEXT NOT NULL,
	documents INT NOT NULL,
	bytes     BLOB NOT NULL,
	sha256    TEXT NOT NULL,
	sha512    TEXT NOT NULL,
	made_at   TIME NOT NULL
);
