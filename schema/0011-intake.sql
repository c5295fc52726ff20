-- owner: services/2-discovery/1-intake
-- The words of a report, for finding reports that may tell of the same thing.

CREATE TABLE report_word (
	report ID(report) NOT NULL REFERENCES report (id),
	word   TEXT NOT NULL,
	place  TEXT NOT NULL CHECK (place IN ('product', 'title', 'text')),
	PRIMARY KEY (report, word)
);
CREATE INDEX report_word_word ON report_word (word, report);

-- guard report_word: EXISTS (SELECT 1 FROM see_report r WHERE r.id = t.report)
