#include "platform/db/db.h"

#include <string.h>

#include <libpq-fe.h>

#include "base/buf.h"

enum { LINES_MAX = 16384 };

bool db_service(struct ctx *c, str url, str *lines, str *name)
{
	char             *why = NULL;
	PQconninfoOption *all = PQconninfoParse(cstr(c->arena, url), &why);
	struct buf       *b   = NEW(c->arena, struct buf);

	*name = S("");
	if (!all) {
		(void)fault(c, E_INVALID, "database.url", N_("The URL of the database is wrong: {1}"), str_dup(c->arena, str_trim(str_of(why ? why : ""))));
		PQfreemem(why);
		return false;
	}
	buf_init(b, c->arena, LINES_MAX);
	buf_add(b, S("[psirt]\n"));
	for (const PQconninfoOption *o = all; o->keyword; o++) {
		if (!o->val || !*o->val)
			continue;
		if (strcmp(o->keyword, "dbname") == 0)
			*name = str_dup(c->arena, str_of(o->val));
		else
			buf_fmt(b, "%s=%s\n", o->keyword, o->val);
	}
	PQconninfoFree(all);
	*lines = buf_str(b);
	return name->n > 0 || fault(c, E_INVALID, "database.url", N_("The URL names no database."));
}
