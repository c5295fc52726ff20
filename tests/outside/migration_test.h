#ifndef OUTSIDE_MIGRATION_TEST_H
#define OUTSIDE_MIGRATION_TEST_H

/* A database as it was before one of our migrations, and plain SQL in it.  Tests only. */

#include "platform/db/db.h"
#include "record/house_test.h"

static inline bool spoken(struct ctx *c, str sql)
{
	const char     *text = cstr(c->arena, sql);
	struct db_query q    = { .sqlite = text, .postgres = text, .types = "", .writes = true };
	struct db_run  *r;
	int64_t         n;

	TRY(db_start(c, &q, &r));
	return db_exec(c, r, &n);
}

static inline str answer(struct ctx *c, str sql)
{
	const char     *text = cstr(c->arena, sql);
	struct db_query q    = { .sqlite = text, .postgres = text, .types = "" };
	struct db_run  *r;
	str             out = STR_NONE;
	bool            row = false;

	check_ok(c, db_start(c, &q, &r) && db_next(c, r, &row));
	if (row)
		out = str_dup(c->arena, db_get_text(c, r, 0));
	db_end(r);
	return out;
}

/* All migrations that come before this one; how many those are. */
static inline size_t migrate_before(struct ctx *c, const char *name)
{
	size_t  before = 0;
	int64_t n;

	while (strcmp(db_migrations[before].name, name) != 0)
		before++;
	check_ok(c, db_migrate_list(c, db_migrations, before, &n));
	return before;
}

/* The story on an empty database of each engine; that of PostgreSQL is skipped without PSIRT_TEST_PG. */
static inline void on_sqlite(struct ctx *c, void (*story)(struct ctx *c))
{
	check_ok(c, db_open(c, S("sqlite::memory:"), &c->db));
	story(c);
	db_close(c->db);
}

static inline void on_postgresql(struct ctx *c, void (*story)(struct ctx *c))
{
	str url = house_postgres(c);

	if (!url.n)
		skip_test("no PostgreSQL: PSIRT_TEST_PG is not set (tools/with-postgres)");
	check_ok(c, db_open(c, url, &c->db));
	story(c);
	db_close(c->db);
}

#endif
