-- owner: record
-- How much was done for one stranger lately, under names that are made with the house key:
-- no address is kept.

CREATE TABLE pace (
	name  TEXT NOT NULL PRIMARY KEY,
	since TIME NOT NULL,
	n     INT NOT NULL
);
CREATE INDEX pace_since ON pace (since, name);
