#include "base/buf.h"
#include "platform/db/driver.h"
#include "platform/db/postgres_wall.h"

enum { TABLES = 10000 };

struct named { str name; };

static const struct db_col named_cols[] = { { "name", DB_TEXT, offsetof(struct named, name) } };

/* Unnamed queries are the house's own: no guard is asked (driver.h). */
static const struct db_query q_tables = {
	.sqlite   = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
	            " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name",
	.postgres = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
	            " AND table_type = 'BASE TABLE' ORDER BY table_name",
	.types    = "",
};
static const struct db_query q_pages = {
	.sqlite   = "SELECT c.page_count FROM pragma_page_count c",
	.postgres = "SELECT pg_database_size(current_database()) / current_setting('block_size')::bigint",
	.types    = "",
};
static const struct db_query q_page = {
	.sqlite   = "SELECT s.page_size FROM pragma_page_size s",
	.postgres = "SELECT current_setting('block_size')::bigint",
	.types    = "",
};

static const struct db_query q_engine = {
	.sqlite   = "SELECT 'SQLite ' || sqlite_version()",
	.postgres = "SELECT 'PostgreSQL ' || current_setting('server_version')",
	.types    = "",
};
static const struct db_query q_log = {
	.sqlite = "PRAGMA journal_mode", .postgres = "SELECT current_setting('fsync')", .types = "",
};
static const struct db_query q_waits = {
	.sqlite   = "SELECT s.synchronous >= 2 FROM pragma_synchronous s",
	.postgres = "SELECT CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 0 ELSE 1 END::bigint",
	.types    = "",
};

static const struct db_query q_guarded = {
	.sqlite = "SELECT 1", .postgres = "SELECT count(*) FROM (" DB_POSTGRES_READER ") r", .types = "",
};

static bool number(struct ctx *c, const struct db_query *q, int64_t *out)
{
	struct db_run *r;
	bool           row = false, ok;

	TRY(db_start(c, q, &r));
	ok = db_next(c, r, &row) && row;
	if (ok)
		*out = db_get_int(r, 0);
	db_end(r);
	return ok;
}

/* One text of one row. */
static bool text(struct ctx *c, const struct db_query *q, str *out)
{
	struct db_run *r;
	bool           row = false, ok;

	TRY(db_start(c, q, &r));
	ok = db_next(c, r, &row) && row;
	if (ok)
		*out = db_get_text(c, r, 0);
	db_end(r);
	return ok;
}

static bool tables_count(struct ctx *c, struct db_size *out)
{
	struct { struct named *v; size_t n; } all;
	struct db_run *r;
	int64_t        rows = 0;

	TRY(db_start(c, &q_tables, &r));
	TRY(db_many(c, r, named_cols, 1, sizeof(struct named), TABLES, (void **)&all.v, &all.n));
	for (size_t i = 0; i < all.n; i++) {
		/* The name comes from the schema, which is ours. */
		const char     *text = STR_CAT(c->arena, S("SELECT count(*) FROM \""), all.v[i].name, S("\"")).p;
		struct db_query q    = { .sqlite = text, .postgres = text, .types = "" };
		TRY(number(c, &q, &rows));
		out->rows += rows;
	}
	out->tables = (int64_t)all.n;
	return true;
}

bool db_measure(struct ctx *c, struct db_size *out)
{
	bool ok;

	*out = (struct db_size){ 0 };
	TRY(db_begin(c, DB_READ, NULL));
	ok = number(c, &q_pages, &out->pages) && number(c, &q_page, &out->page_bytes) && tables_count(c, out);
	db_rollback(c);
	return ok;
}

bool db_about(struct ctx *c, struct db_about *out)
{
	int64_t waits = 0, guarded = 0;
	bool    ok;

	*out = (struct db_about){ 0 };
	TRY(db_begin(c, DB_READ, NULL));
	ok = text(c, &q_engine, &out->engine) && text(c, &q_log, &out->log) && number(c, &q_waits, &waits) && number(c, &q_guarded, &guarded);
	db_rollback(c);
	out->waits   = waits == 1;
	out->guarded = guarded == 1;
	return ok;
}
