#include "platform/db/books_test.h"

#include <stdlib.h>
#include <unistd.h>

#include "gen/shelf_schema.h"

const struct db_viewer shelf_team = { S_INIT("u1"), S_INIT("team audit") };
const struct db_viewer shelf_ann  = { S_INIT("ann"), S_INIT("") };

shelf_id shelf(const char *id)
{
	return (shelf_id){ str_of(id) };
}

book_id book(const char *id)
{
	return (book_id){ str_of(id) };
}

bool add_book(struct ctx *c, const char *id, const char *title, const char *owner, int64_t pages)
{
	return sql_book_add(c, book(id), shelf("s1"), str_of(title), str_of(owner), pages, 1.5, STR_NONE,
	                    TIME_NONE);
}

/* A migrated database with one shelf and three books, of which one is ann's. */
void shelf_fill(struct ctx *c)
{
	int64_t n;

	check_ok(c, db_migrate_list(c, shelf_migrations, shelf_migrations_n, &n));
	check_int(n, 1);
	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check_ok(c, sql_shelf_add(c, shelf("s1"), S("First"), c->now, false));
	check_ok(c, add_book(c, "b1", "Alpha", "", 10));
	check_ok(c, add_book(c, "b2", "beta", "ann", 20));
	check_ok(c, add_book(c, "b3", "Gamma", "bob", INT_NONE));
	check_ok(c, db_commit(c));
}

void on_memory(struct ctx *c, story_fn *story)
{
	check_ok(c, db_open(c, S("sqlite::memory:"), &c->db));
	shelf_fill(c);
	story(c);
	db_rollback(c);
	db_close(c->db);
}

void on_file(struct ctx *c, story_fn *story)
{
	char path[] = "/tmp/psirt-db-XXXXXX";
	str  name   = str_of(mkdtemp(path));
	str  file   = STR_CAT(c->arena, name, S("/test.db"));

	check_ok(c, db_open(c, STR_CAT(c->arena, S("sqlite:"), file), &c->db));
	shelf_fill(c);
	story(c);
	db_rollback(c);
	check_ok(c, db_verify(c));
	db_close(c->db);
	unlink(cstr(c->arena, file));
	unlink(cstr(c->arena, STR_CAT(c->arena, name, S("/copy.db"))));
	check_int(rmdir(path), 0);
}

/* On an empty database of the server that PSIRT_TEST_PG names. */
void on_postgres(struct ctx *c, story_fn *story)
{
	const char *url = test_postgres();
	struct db_run *r;
	static const struct db_query clear = {
		.postgres = "DROP SCHEMA public CASCADE", .types = "", .writes = true,
	};
	static const struct db_query create = { .postgres = "CREATE SCHEMA public", .types = "", .writes = true };

	if (!url)
		skip_test("no PostgreSQL: PSIRT_TEST_PG is not set (tools/with-postgres)");
	check_ok(c, db_open(c, str_of(url), &c->db));
	check_ok(c, db_begin(c, DB_WRITE, NULL));
	check_ok(c, db_start(c, &clear, &r) && db_exec(c, r, NULL));
	check_ok(c, db_start(c, &create, &r) && db_exec(c, r, NULL));
	check_ok(c, db_commit(c));
	shelf_fill(c);
	story(c);
	db_rollback(c);
	check_ok(c, db_verify(c));
	db_close(c->db);
}

int64_t books_seen(struct ctx *c)
{
	struct book_list_rows r;

	check_ok(c, sql_book_list(c, shelf(NULL), STR_NONE, TIME_NONE, INT_NONE, book_list_by_title, &r));
	return (int64_t)r.n;
}
