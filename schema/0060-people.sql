-- owner: record
-- The second factor (RFC 6238), sessions that still lack it, and wrong
-- passwords and codes counted beside the account, so that an address that
-- nobody has counts alike.

ALTER TABLE account DROP COLUMN totp;
ALTER TABLE account DROP COLUMN failures;
ALTER TABLE account DROP COLUMN locked_till;
ALTER TABLE account ADD COLUMN totp_key TEXT;   -- under the house key (record/vault)
ALTER TABLE account ADD COLUMN totp_at TIME;

-- half: the password was right, the code has not been given.
ALTER TABLE session ADD COLUMN half BOOL NOT NULL DEFAULT 0;

-- One-time codes for the day that the app is lost.
CREATE TABLE recovery (
	id      ID(recovery) NOT NULL PRIMARY KEY,
	account ID(user) NOT NULL REFERENCES account (id),
	digest  TEXT NOT NULL UNIQUE,
	made_at TIME NOT NULL,
	used_at TIME
);
CREATE INDEX recovery_account ON recovery (account);

-- name: an account's id, or a bucket of addresses that nobody has.
CREATE TABLE attempt (
	name     TEXT NOT NULL PRIMARY KEY,
	failures INT  NOT NULL,
	held_till TIME,
	untold   INT  NOT NULL,
	told_at  TIME
);
CREATE INDEX session_ends ON session (ends_at);
