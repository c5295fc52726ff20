#include "platform/db/postgres_part.h"

/* A COPY of PostgreSQL: many rows in one statement, as text that the caller writes. */

static struct conn *copying(const struct ctx *c)
{
	return ((const struct pg_tx *)c->tx)->conn;
}

static bool broken(struct ctx *c, const PGresult *res, const char *what)
{
	c->tx->broken = true;
	return pg_fault(c, copying(c), res, what);
}

bool postgres_copy_begin(struct ctx *c, str table, str columns)
{
	const char *text = STR_CAT(c->arena, S("COPY \""), table, S("\" ("), columns, S(") FROM STDIN")).p;
	PGresult   *res  = PQexec(copying(c)->h, text);
	bool        ok   = PQresultStatus(res) == PGRES_COPY_IN || broken(c, res, "copy");

	PQclear(res);
	return ok;
}

bool postgres_copy_send(struct ctx *c, str bytes)
{
	return PQputCopyData(copying(c)->h, bytes.p, (int)bytes.n) == 1 || broken(c, NULL, "copy");
}

bool postgres_copy_end(struct ctx *c, const char *why, int64_t *rows)
{
	PGconn   *h  = copying(c)->h;
	bool      ok = PQputCopyEnd(h, why) == 1 || broken(c, NULL, "copy");
	PGresult *res;

	while ((res = PQgetResult(h))) {
		if (ok && !why && PQresultStatus(res) != PGRES_COMMAND_OK)
			ok = broken(c, res, "copy");
		else if (ok && !str_to_int(str_of(PQcmdTuples(res)), rows))
			*rows = 0;
		PQclear(res);
	}
	return ok && !why;
}
