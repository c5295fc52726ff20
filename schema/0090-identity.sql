-- owner: record
-- By what machines know a product: a CPE 2.3 name and a purl, both without a version, and the model numbers that
-- are printed on it, with commas between them. Empty: none.
ALTER TABLE product ADD COLUMN cpe TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN purl TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN models TEXT NOT NULL DEFAULT '';
