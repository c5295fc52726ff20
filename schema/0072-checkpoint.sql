-- owner: record
-- Checkpoints over the heads of the audit's chains.  A head proves the end of
-- its chain; what proves that a whole chain, head and all, was not taken away is
-- a list of the heads that had moved, sealed and bound to the list before it.
-- The row with the empty chain is the checkpoint itself: pos how many heads it
-- names, hash its seal.

ALTER TABLE journal_head ADD COLUMN marked INT NOT NULL DEFAULT 0;
CREATE INDEX journal_head_moved ON journal_head (chain) WHERE pos > marked;

CREATE TABLE journal_mark (
	checkpoint INT  NOT NULL,
	chain      TEXT NOT NULL,
	pos        INT  NOT NULL,
	hash       TEXT NOT NULL,
	at         TIME NOT NULL,
	PRIMARY KEY (checkpoint, chain)
);

-- guard journal_mark: viewer_sees('*') = 1
