-- owner: services/5-disclosure/3-publication
-- The document of CSAF 2.1 that a former advisory of CSAF 2.0 becomes (CSAF 2.1, 7.4.2 and clause 18).

-- rules: the edition of the converter's rules, '' while it is not made; what is not out is made again by newer ones.
-- bytes: none when it cannot be made.  remarks: how many there are, of which the first are kept.  wanted_by: who published
-- the original before this was made, so that it follows then.  What is out is valid, and stays as it went out.
CREATE TABLE successor (
	edition     ID(past) NOT NULL PRIMARY KEY REFERENCES past_edition (id),
	valid       BOOL NOT NULL,
	bytes       BLOB NOT NULL,
	sha256      TEXT NOT NULL,
	sha512      TEXT NOT NULL,
	remarks     INT NOT NULL,
	rules       TEXT NOT NULL,
	made_at     TIME NOT NULL,
	wanted_by   ID(user) REFERENCES account (id),
	released_by ID(user) REFERENCES account (id),
	released_at TIME,
	fingerprint TEXT NOT NULL,
	signature   BLOB,
	CHECK (released_at IS NULL OR valid = 1)
);
CREATE INDEX successor_wanted ON successor (wanted_by);
CREATE INDEX successor_person ON successor (released_by);
CREATE INDEX successor_released ON successor (released_at);

-- guard successor: EXISTS (SELECT 1 FROM see_past_edition e WHERE e.id = t.edition) AND (t.released_at IS NOT NULL OR viewer_sees('*') = 1 OR viewer_sees('team') = 1)

-- What holds it back, first, and what the converter changed, guessed or dropped: a sentence with its place in the original.
CREATE TABLE successor_remark (
	edition ID(past) NOT NULL REFERENCES successor (edition),
	ordinal INT NOT NULL,
	class   TEXT NOT NULL CHECK (class IN ('error', 'warning', 'info')),
	test    TEXT NOT NULL,
	pointer TEXT NOT NULL,
	body    TEXT NOT NULL,
	one     TEXT NOT NULL,
	two     TEXT NOT NULL,
	PRIMARY KEY (edition, ordinal)
);

-- guard successor_remark: (viewer_sees('*') = 1 OR viewer_sees('team') = 1) AND EXISTS (SELECT 1 FROM see_successor s WHERE s.edition = t.edition)
