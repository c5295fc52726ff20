-- owner: record
-- What a person has typed into a form and not sent yet: the fields as a browser
-- would send them. Seen by nobody else; gone when it is sent, and after 30 days.

CREATE TABLE draft (
	account ID(user) NOT NULL REFERENCES account (id),
	place   TEXT     NOT NULL,
	body    TEXT     NOT NULL,
	at      TIME     NOT NULL,
	PRIMARY KEY (account, place)
);
CREATE INDEX draft_age ON draft (at);

-- guard draft: t.account = viewer() OR viewer_sees('*') = 1
