-- owner: platform/db/testing
CREATE TABLE shelf (
	id ID(shelf) PRIMARY KEY,
	label TEXT NOT NULL UNIQUE,
	opened TIME,
	public BOOL NOT NULL DEFAULT 0
);

CREATE TABLE book (
	id ID(book) PRIMARY KEY,
	shelf ID(shelf) NOT NULL REFERENCES shelf(id) ON DELETE CASCADE,
	title TEXT NOT NULL CHECK (length(title) < 1000),
	owner TEXT NOT NULL DEFAULT '',
	pages INT,
	weight REAL,
	cover BLOB,
	printed TIME
);
CREATE INDEX book_shelf ON book (shelf);

CREATE TABLE word (
	seq SERIAL,
	book ID(book) NOT NULL REFERENCES book(id) ON DELETE CASCADE,
	part INT NOT NULL,
	UNIQUE (book, part)
);

-- guard book: t.owner = '' OR t.owner = viewer() OR viewer_sees('team') = 1
--   OR EXISTS (SELECT 1 FROM shelf s WHERE s.id = t.shelf AND s.public = 1)
-- search word
