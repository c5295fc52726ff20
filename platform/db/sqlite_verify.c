#include "platform/db/driver.h"

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
