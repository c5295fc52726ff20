-- owner: services/5-disclosure/3-publication
-- What an advisory that is out mentions, to find it by a CVE ID or a product
-- (CSAF 2.0 9.1.6). Everything in it is public. Filled when the advisory goes out, for
-- those that were out before by the clock; 'read': that this has been done.

CREATE TABLE mention (
	number TEXT NOT NULL,
	kind   TEXT NOT NULL CHECK (kind IN ('cve', 'product', 'read')),
	word   TEXT NOT NULL,
	PRIMARY KEY (number, kind, word)
);
CREATE INDEX mention_word ON mention (kind, word, number);
