-- owner: record
-- What the maker has released: families, products, releases (versions).

CREATE TABLE family (
	id      ID(family) NOT NULL PRIMARY KEY,
	code    TEXT NOT NULL UNIQUE,
	name    TEXT NOT NULL,
	name_ja TEXT NOT NULL
);

CREATE TABLE product (
	id           ID(product) NOT NULL PRIMARY KEY,
	family       ID(family) NOT NULL REFERENCES family (id),
	code         TEXT NOT NULL UNIQUE,
	name         TEXT NOT NULL,
	name_ja      TEXT NOT NULL,
	team         TEXT NOT NULL,
	support_ends TEXT,
	version      INT NOT NULL
);
CREATE INDEX product_family ON product (family);

-- The product engineers of a product's team.
CREATE TABLE product_member (
	product ID(product) NOT NULL REFERENCES product (id),
	account ID(user) NOT NULL REFERENCES account (id),
	PRIMARY KEY (product, account)
);
CREATE INDEX product_member_account ON product_member (account);

CREATE TABLE release (
	id           ID(release) NOT NULL PRIMARY KEY,
	product      ID(product) NOT NULL REFERENCES product (id),
	name         TEXT NOT NULL,
	ordinal      INT NOT NULL,
	released_on  TEXT,
	support_ends TEXT,
	UNIQUE (product, name)
);

CREATE TABLE vuln (
	id       ID(vuln) NOT NULL PRIMARY KEY,
	casefile ID(case) NOT NULL REFERENCES casefile (id),
	ordinal  INT NOT NULL,
	title    TEXT NOT NULL,
	summary  TEXT NOT NULL,
	cve      TEXT,
	cwe      INT,
	cvss4    TEXT,
	cvss31   TEXT,
	score    INT,
	severity TEXT NOT NULL CHECK (severity IN ('unknown', 'none', 'low', 'medium', 'high', 'critical')),
	reason   TEXT,
	version  INT NOT NULL
);
CREATE INDEX vuln_case ON vuln (casefile, ordinal);
CREATE UNIQUE INDEX vuln_cve ON vuln (cve);

-- guard vuln: EXISTS (SELECT 1 FROM see_casefile k WHERE k.id = t.casefile)
