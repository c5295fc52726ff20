#include "platform/db/driver.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/*
 * SQLite 3.44 and later look at FTS5 tables too, but (seen with 3.46) through
 * what this connection remembers of their index: when another one has written
 * since, a sound index is called malformed.  Opening the table in the same
 * transaction makes the connection look at what is remembered.
 */
static bool search_open(struct ctx *c, str table)
{
	struct db_query q = { .types = "" };
	struct db_run  *r;
	bool            row;

	q.sqlite = STR_CAT(c->arena, S("SELECT rowid FROM \""), table, S("\" LIMIT 1")).p;
	TRY(db_start(c, &q, &r));
	TRY(db_next(c, r, &row));
	db_end(r);
	return true;
}

static bool searches_open(struct ctx *c)
{
	static const struct db_query search = {
		.sqlite = "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5(%' ORDER BY name",
		.types = "",
	};
	struct db_run *r;
	bool           row;

	TRY(db_start(c, &search, &r));
	for (;;) {
		TRY(db_next(c, r, &row));
		if (!row)
			break;
		TRY(search_open(c, db_get_text(c, r, 0)));
	}
	db_end(r);
	return true;
}

bool db_sqlite_verify(struct ctx *c)
{
	static const struct db_query integrity = { .sqlite = "PRAGMA integrity_check(1)", .types = "" };
	static const struct db_query keys      = {
		.sqlite = "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", .types = "",
	};
	struct db_run *r;
	bool           row, ok;
	str            text = S("ok"), table = STR_NONE;

	TRY(db_begin(c, DB_READ, NULL));
	ok = searches_open(c) && db_start(c, &integrity, &r);
	if (ok) {
		ok = db_next(c, r, &row);
		if (ok && row)
			text = db_get_text(c, r, 0);
		db_end(r);
	}
	ok = ok && db_start(c, &keys, &r);
	if (ok) {
		ok = db_next(c, r, &row);
		if (ok && row)
			table = db_get_text(c, r, 0);
		db_end(r);
	}
	db_rollback(c);
	TRY(ok);
	if (!str_eq(text, S("ok")))
		return fault(c, E_DATABASE, NULL, N_("The database file is damaged: {1}"), text);
	if (!str_is_none(table))
		return fault(c, E_DATABASE, NULL, N_("A row of {1} points to nothing."), table);
	return true;
}

bool db_place(struct ctx *c, const char *part, const char *path)
{
	const char *slash  = strrchr(path, '/');
	const char *folder = slash == path ? "/" : slash ? cstr(c->arena, (str){ path, (size_t)(slash - path) }) : ".";
	int         fd     = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool        ok     = fd >= 0 && rename(part, path) == 0 && fsync(fd) == 0;
	bool        full   = errno == ENOSPC || errno == EDQUOT;

	if (fd >= 0)
		close(fd);
	return ok || fault(c, full ? E_DISK : E_IO, NULL, N_("The copy could not be put in its place at {1}."), str_of(path));
}
