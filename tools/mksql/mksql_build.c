#include "tools/mksql/mksql.h"

/* The migrations run in memory: as they will be, and with the house types. */

static void nothing(sqlite3_context *x, int n, sqlite3_value **v)
{
	(void)n;
	(void)v;
	sqlite3_result_text(x, "", 0, SQLITE_STATIC);
}

static sqlite3 *open_memory(void)
{
	sqlite3 *db;
	int      f = SQLITE_UTF8 | SQLITE_INNOCUOUS;

	if (sqlite3_open(":memory:", &db) != SQLITE_OK)
		abort();
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_create_function(db, "viewer", 0, f, NULL, nothing, NULL, NULL);
	sqlite3_create_function(db, "viewer_sees", 1, f, NULL, nothing, NULL, NULL);
	sqlite3_create_function(db, "db_unindex", 2, f, NULL, nothing, NULL, NULL);
	return db;
}

static bool run_chunk(struct mksql *m, sqlite3 *db, const struct migration *g, int line, str text)
{
	const char *sql = cstr(m->a, text);

	if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	for (int i = 0, at = sqlite3_error_offset(db); i < at && sql[i]; i++)
		line += sql[i] == '\n';
	complain(m, g->file, line, STR_NONE, "%s", sqlite3_errmsg(db));
	return false;
}

/* SQLite looks into a view only when it is used. */
static void check_views(struct mksql *m, const struct migration *g)
{
	sqlite3_stmt *q = NULL, *view = NULL;

	if (sqlite3_prepare_v2(m->db, "SELECT name FROM sqlite_schema WHERE type = 'view'", -1, &q, NULL) != SQLITE_OK)
		abort();
	while (sqlite3_step(q) == SQLITE_ROW) {
		str name = str_dup(m->a, str_of((const char *)sqlite3_column_text(q, 0)));

		if (sqlite3_prepare_v2(m->db, STR_CAT(m->a, S("SELECT * FROM "), name).p, -1, &view, NULL) != SQLITE_OK)
			complain(m, g->file, 1, STR_NONE, "the view %.*s: %s", STR_ARG(name), sqlite3_errmsg(m->db));
		sqlite3_finalize(view);
	}
	sqlite3_finalize(q);
}

static void run_migration(struct mksql *m, sqlite3 *real, const struct migration *g)
{
	size_t house = 0, lite = 0;

	for (size_t i = 0; i < g->chunks.n; i++) {
		const struct chunk *k   = &g->chunks.v[i];
		bool                ran = run_chunk(m, real, g, k->line, str_slice(g->sqlite, lite, k->sqlite));

		sqlite3_set_authorizer(m->db, wall_move, &(struct move){ m, g, k->line });
		ran = ran && run_chunk(m, m->db, g, k->line, str_slice(g->house, house, k->house));
		sqlite3_set_authorizer(m->db, NULL, NULL);
		if (!ran)
			return;
		house = k->house;
		lite  = k->sqlite;
	}
	check_views(m, g);
}

void schema_open(struct mksql *m)
{
	sqlite3 *real = open_memory();

	m->db = open_memory();
	for (size_t i = 0; i < m->migrations.n; i++)
		run_migration(m, real, &m->migrations.v[i]);
	wall_check_faces(m);
	sqlite3_close(real);
}
