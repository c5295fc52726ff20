#define BASE_PRINTF /* a build tool talks to the terminal */
#include <libpq-fe.h>

#include "platform/db/driver.h"
#include "tools/mksql/mksql.h"

static bool server_exec(struct mksql *m, PGconn *h, str file, const char *sql)
{
	PGresult      *res    = PQexec(h, sql);
	ExecStatusType status = PQresultStatus(res);
	bool           ok     = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

	if (!ok)
		complain(m, file, 1, STR_NONE, "PostgreSQL: %s", PQerrorMessage(h));
	PQclear(res);
	return ok;
}

/* int2 int4 int8 numeric; float4 float8; bool; bytea; text varchar. */
static bool type_fits(enum db_type type, Oid oid)
{
	bool whole = oid == 20 || oid == 21 || oid == 23 || oid == 1700;

	switch (type) {
	case DB_TEXT: return oid == 25 || oid == 1043;
	case DB_INT:
	case DB_TIME: return whole;
	case DB_BOOL: return oid == 16 || whole;
	case DB_REAL: return oid == 700 || oid == 701 || oid == 1700;
	case DB_BLOB: return oid == 17;
	}
	return false;
}

static void compare_types(struct mksql *m, const struct stmt *s, PGconn *h)
{
	PGresult *res = PQdescribePrepared(h, "");

	for (size_t i = 0; i < s->cols.n; i++)
		if (!type_fits(s->cols.v[i].type, PQftype(res, (int)i)))
			complain(m, s->file, s->body_line, s->name, "PostgreSQL gives %.*s the type %u, which is no %.*s",
			         STR_ARG(s->cols.v[i].name), PQftype(res, (int)i), STR_ARG(s->cols.v[i].ctype));
	if (s->cols.n && PQnfields(res) != (int)s->cols.n)
		complain(m, s->file, s->body_line, s->name, "PostgreSQL gives %d columns", PQnfields(res));
	PQclear(res);
}

static void check_mask(struct mksql *m, const struct stmt *s, PGconn *h, uint32_t mask)
{
	Oid       oids[32];
	str       text = stmt_text(m, s, false, mask);
	PGresult *res;

	for (size_t i = 0; i < s->params.n; i++)
		switch (s->params.v[i].letter) {
		case 'i': oids[i] = 20; break;
		case 'r': oids[i] = 701; break;
		case 'b': oids[i] = 17; break;
		default: oids[i] = 25; break;
		}
	res = PQprepare(h, "", text.p, (int)s->params.n, oids);
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		complain(m, s->file, s->body_line, s->name, "PostgreSQL: %s", PQerrorMessage(h));
	else
		compare_types(m, s, h);
	PQclear(res);
}

static void ignore_notice(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

int postgres_check(struct mksql *m, const char *url)
{
	PGconn *h       = PQconnectdb(url);
	size_t  checked = 0;
	bool    ok      = PQstatus(h) == CONNECTION_OK;

	PQsetNoticeReceiver(h, ignore_notice, NULL);
	if (!ok)
		complain(m, str_of(url), 1, STR_NONE, "%s", PQerrorMessage(h));
	ok = ok && server_exec(m, h, str_of(url), "DROP SCHEMA public CASCADE; CREATE SCHEMA public;" DB_POSTGRES_PRELUDE);
	for (size_t i = 0; ok && i < m->migrations.n; i++)
		ok = server_exec(m, h, m->migrations.v[i].file, m->migrations.v[i].postgres.p);
	for (size_t i = 0; ok && i < m->stmts.n; i++) {
		uint32_t masks[80];
		size_t   n = stmt_masks(&m->stmts.v[i], masks, 80);

		for (size_t k = 0; k < n; k++, checked++)
			check_mask(m, &m->stmts.v[i], h, masks[k]);
	}
	PQfinish(h);
	printf("%zu passed, %d failed\n", checked - (size_t)m->errors, m->errors);
	return m->errors ? 1 : 0;
}
