#ifndef FAULT_DUMP_TEST_H
#define FAULT_DUMP_TEST_H

/* The whole content of a SQLite database as one number, to compare states.  Tests only. */

#include "base/buf.h"
#include "base/list.h"
#include "base/test.h"
#include "platform/db/db.h"

struct dump_sql { const char *list; };

/* Run a statement and give each row's first column to `row`. */
static inline bool dump_rows(struct ctx *c, const char *sql, bool (*row)(struct ctx *, void *, str), void *arg)
{
	struct db_query q = { .sqlite = sql, .types = "" };
	struct db_run  *r;
	bool            more, ok;

	TRY(db_start(c, &q, &r));
	while ((ok = db_next(c, r, &more)) && more)
		if (!row(c, arg, db_get_text(c, r, 0)))
			break;
	db_end(r);
	return ok;
}

/* FNV-1a; states are compared, not protected. */
static inline bool dump_add(UNUSED struct ctx *c, void *arg, str s)
{
	uint64_t *h = arg;

	for (size_t i = 0; i < s.n; i++)
		*h = (*h ^ (unsigned char)s.p[i]) * 1099511628211u;
	*h = (*h ^ 0x100) * 1099511628211u;
	return true;
}

struct dump_tables { LIST(str) sql; };

static inline bool dump_table(struct ctx *c, void *arg, str sql)
{
	struct dump_tables *t = arg;

	return list_push(c->arena, &t->sql, sql);
}

/*
 * One statement per table that gives every row as text; made once per schema.  Tries of
 * passwords and codes are left out: they are counted whatever becomes of them.
 */
static inline void dump_prepare(struct ctx *c, struct dump_tables *t)
{
	t->sql.max = 1000;
	check_ok(c, db_begin(c, DB_READ, &(struct db_viewer){ S(""), S("*") }));
	check_ok(c, dump_rows(c,
	         "SELECT 'SELECT ' || group_concat('quote(\"' || p.name || '\")', '||'',''||') ||"
	         " ' AS x FROM \"' || m.name || '\" ORDER BY 1'"
	         " FROM sqlite_schema m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name <> 'attempt'"
	         " GROUP BY m.name ORDER BY m.name", dump_table, t));
	db_rollback(c);
	check(t->sql.n > 0);
}

/* In an arena of its own, so that it can be called thousands of times. */
static inline uint64_t dump_digest(struct ctx *c, const struct dump_tables *t)
{
	struct arena  a, *was = c->arena;
	uint64_t      h  = 14695981039346656037u;
	bool          ok = true;

	arena_init(&a, (size_t)1 << 30);
	c->arena = &a;
	check_ok(c, db_begin(c, DB_READ, &(struct db_viewer){ S(""), S("*") }));
	for (size_t i = 0; ok && i < t->sql.n; i++)
		ok = dump_add(c, &h, t->sql.v[i]) && dump_rows(c, cstr(&a, t->sql.v[i]), dump_add, &h);
	db_rollback(c);
	check_ok(c, ok);
	c->arena = was;
	arena_done(&a);
	return h;
}

#endif
