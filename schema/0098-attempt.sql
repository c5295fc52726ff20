-- owner: record
-- From where a person has signed in before, under a name that is made with the house key: tries
-- from there are counted apart, so that nobody elsewhere can keep the person out.

ALTER TABLE attempt ADD COLUMN known_at TIME;
