-- owner: record
-- The audit: one hash chain per case and one for the system.  What names a
-- person or quotes a note is bound by a salted commitment, so that it can be
-- erased while the chain still verifies.

CREATE TABLE journal (
	seq       SERIAL,
	chain     TEXT NOT NULL,
	pos       INT  NOT NULL,
	at        TIME NOT NULL,
	actor     TEXT NOT NULL,
	channel   TEXT NOT NULL,
	verb      TEXT NOT NULL,
	is_read   BOOL NOT NULL,
	object    TEXT NOT NULL,
	salt      TEXT,
	who       TEXT,
	note      TEXT,
	promise   TEXT NOT NULL,
	hash      TEXT NOT NULL,
	UNIQUE (chain, pos)
);
CREATE INDEX journal_at ON journal (at, seq);
CREATE INDEX journal_actor ON journal (actor, at, seq);

-- guard journal: viewer_sees('*') = 1 OR (viewer_sees('audit') = 1 AND (t.chain = 'system' OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.chain)))

CREATE TABLE journal_head (
	chain TEXT NOT NULL PRIMARY KEY,
	pos   INT  NOT NULL,
	hash  TEXT NOT NULL,
	seal  TEXT NOT NULL
);

-- Replay keys of operations that must not run twice.
CREATE TABLE once (
	actor  TEXT NOT NULL,
	key    TEXT NOT NULL,
	op     TEXT NOT NULL,
	digest TEXT NOT NULL,
	result TEXT NOT NULL,
	at     TIME NOT NULL,
	PRIMARY KEY (actor, key)
);
CREATE INDEX once_at ON once (at);
