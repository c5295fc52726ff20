-- owner: record
-- People inside, their sessions, tokens and one-time links.  Secrets are kept
-- as SHA-256 digests (random ones) or Argon2id (passwords).

CREATE TABLE account (
	id          ID(user) NOT NULL PRIMARY KEY,
	name        TEXT NOT NULL,
	mail        TEXT NOT NULL UNIQUE,
	roles       INT  NOT NULL,
	lang        TEXT NOT NULL,
	zone        TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
	password    TEXT,
	totp        BLOB,
	totp_step   INT,
	failures    INT  NOT NULL,
	locked_till TIME,
	made_at     TIME NOT NULL,
	version     INT  NOT NULL
);

CREATE TABLE session (
	id      ID(session) NOT NULL PRIMARY KEY,
	digest  TEXT NOT NULL UNIQUE,
	account ID(user) NOT NULL REFERENCES account (id),
	csrf    TEXT NOT NULL,
	agent   TEXT NOT NULL,
	strong  BOOL NOT NULL,
	made_at TIME NOT NULL,
	seen_at TIME NOT NULL,
	ends_at TIME NOT NULL
);
CREATE INDEX session_account ON session (account);

CREATE TABLE token (
	id      ID(token) NOT NULL PRIMARY KEY,
	digest  TEXT NOT NULL UNIQUE,
	account ID(user) NOT NULL REFERENCES account (id),
	name    TEXT NOT NULL,
	scope   TEXT NOT NULL CHECK (scope IN ('read', 'write')),
	made_at TIME NOT NULL,
	used_at TIME,
	ends_at TIME NOT NULL
);
CREATE INDEX token_account ON token (account);

CREATE TABLE invitation (
	id      ID(invitation) NOT NULL PRIMARY KEY,
	digest  TEXT NOT NULL UNIQUE,
	account ID(user) NOT NULL REFERENCES account (id),
	kind    TEXT NOT NULL CHECK (kind IN ('invite', 'reset')),
	made_at TIME NOT NULL,
	used_at TIME,
	ends_at TIME NOT NULL
);
CREATE INDEX invitation_account ON invitation (account);
