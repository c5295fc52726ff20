-- owner: record
-- Files from outside and inside, in chunks, never rendered.  A file belongs to
-- a report or a case (its holder) and is seen by those who see the holder.

CREATE TABLE attachment (
	id       ID(attachment) NOT NULL PRIMARY KEY,
	holder   TEXT NOT NULL,
	name     TEXT NOT NULL,
	type     TEXT NOT NULL,
	size     INT  NOT NULL,
	sha256   TEXT NOT NULL,
	made_at  TIME NOT NULL
);
CREATE INDEX attachment_holder ON attachment (holder, made_at, id);

CREATE TABLE attachment_chunk (
	attachment ID(attachment) NOT NULL REFERENCES attachment (id),
	ordinal    INT NOT NULL,
	bytes      BLOB NOT NULL,
	PRIMARY KEY (attachment, ordinal)
);

-- Letters that wait to leave; what they may say is fixed per kind.
CREATE TABLE letter (
	id       ID(letter) NOT NULL PRIMARY KEY,
	kind     TEXT NOT NULL,
	holder   TEXT NOT NULL,
	address  TEXT NOT NULL,
	lang     TEXT NOT NULL,
	subject  TEXT NOT NULL,
	body     TEXT NOT NULL,
	state    TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
	made_at  TIME NOT NULL,
	sent_at  TIME
);
CREATE INDEX letter_state ON letter (state, made_at, id);

-- The search index: one row per piece of text, folded tokens kept by the engine.
CREATE TABLE find_piece (
	seq      SERIAL,
	kind     TEXT NOT NULL,
	object   TEXT NOT NULL,
	casefile ID(case) REFERENCES casefile (id),
	ordinal  INT NOT NULL,
	title    TEXT NOT NULL,
	body     TEXT NOT NULL,
	at       TIME NOT NULL
);
CREATE INDEX find_piece_object ON find_piece (kind, object);

-- search find_piece
-- guard find_piece: viewer_sees('*') = 1 OR (t.casefile IS NOT NULL AND EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)) OR (t.casefile IS NULL AND (t.kind IN ('product', 'advisory') OR viewer_sees('report') = 1))
