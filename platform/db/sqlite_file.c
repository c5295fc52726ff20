#include "platform/db/driver.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

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
	ok = db_start(c, &integrity, &r);
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
