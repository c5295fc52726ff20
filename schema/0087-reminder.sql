-- owner: record
-- Letters to people inside: who is wanted, and how each of them wishes to hear of it.

ALTER TABLE account ADD COLUMN letters TEXT NOT NULL DEFAULT 'now' CHECK (letters IN ('off', 'now', 'daily'));

-- What the next daily letter of a person counts; gone when it is written.
CREATE TABLE reminder (
	account ID(user) NOT NULL REFERENCES account (id),
	kind    TEXT NOT NULL CHECK (kind IN ('question', 'yours', 'promise')),
	holder  TEXT NOT NULL,
	due_at  TIME NOT NULL,
	PRIMARY KEY (account, kind, holder)
);
CREATE INDEX reminder_due ON reminder (due_at, account);

-- Promises to finders that daily letters have counted, and for which day they were.
CREATE TABLE promise_told (
	report ID(report) NOT NULL PRIMARY KEY REFERENCES report (id),
	due_at TIME NOT NULL
);

-- A letter that is about no one report or case counts only; the team sees it.
-- guard letter: viewer_sees('*') = 1 OR (t.holder = '' AND viewer_sees('team') = 1) OR EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.holder LIMIT 1 OFFSET 0) OR EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.holder LIMIT 1 OFFSET 0)
