#include "platform/db/books_test.h"

#include "base/buf.h"
#include "gen/shelf_schema.h"

/* A house grows from SQLite to PostgreSQL: the shelf's small database does. */

struct told { int64_t rows; int tables; int stop; };

static bool tell(void *arg, UNUSED str table, int64_t rows)
{
	struct told *t = arg;

	t->rows += rows;
	return ++t->tables != t->stop;
}

static void word(struct ctx *c, const char *id, int part, const char *token)
{
	struct word_add_row w;
	str                 tokens[] = { S("the"), str_of(token), S("\xe9\x8d\xb5") };

	check_ok(c, sql_word_add(c, book(id), part, &w));
	check_ok(c, db_index(c, S("word"), w.seq, tokens, 3));
}

/* Opens and fills an SQLite database with what is hard to carry, as c->db. */
static void old_open(struct ctx *c)
{
	static const char bytes[] = { 0, (char)0xff, '\\', '\n', '\t', 'x', 0 };
	char             *much    = arena_must(c->arena, 1, 700000);

	check_ok(c, db_open(c, S("sqlite::memory:"), &c->db));
	shelf_fill(c);
	memset(much, '\\', 700000);
	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check_ok(c, sql_shelf_add(c, shelf("s2"), S("Tab\t, line\nand \\N"), TIME_NONE, true));
	check_ok(c, sql_book_add(c, book("x1"), shelf("s2"), S("\\."), S(""), INT64_MAX, -2.5e-300, (str){ bytes, sizeof(bytes) }, -1));
	check_ok(c, sql_book_add(c, book("x2"), shelf("s2"), S("脆弱性\r\n"), S("ann"), INT_NONE, 0.1, (str){ much, 700000 }, TIME_NONE));
	check_ok(c, sql_book_add(c, book("x3"), shelf("s2"), S("-"), S("ann"), INT64_MIN + 1, 0, S(""), 0));
	word(c, "x1", 1, "buffer_overflow");
	word(c, "x2", 2, "it's");
	check_ok(c, db_commit(c));
}

static void rows_same(struct ctx *c, const struct book_get_row *a, const char *id)
{
	struct book_get_row b;

	check_ok(c, sql_book_get(c, book(id), &b));
	check_str(b.title, a->title);
	check_str(b.owner, a->owner);
	check_int(b.pages, a->pages);
	check(b.weight == a->weight);
	check(str_is_none(b.cover) == str_is_none(a->cover));
	check(str_eq(b.cover, a->cover));
	check_int(b.printed, a->printed);
}

static size_t found(struct ctx *c, const char *token)
{
	str                     t = str_of(token);
	struct db_phrase        p = { &t, 1 };
	struct word_match_rows  r;

	check_ok(c, sql_word_match(c, db_match(c, &p, 1), &r));
	return r.n;
}

static void moved_story(struct ctx *c)
{
	static const char *const ids[] = { "b1", "b2", "b3", "x1", "x2", "x3" };
	struct book_get_row      was[6];
	struct shelf_get_row     s;
	struct word_add_row      w;
	struct told              told = { 0 };
	struct db               *fresh = c->db, *old;

	old_open(c);
	old = c->db;
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	for (size_t i = 0; i < 6; i++)
		check_ok(c, sql_book_get(c, book(ids[i]), &was[i]));
	db_rollback(c);
	check_ok(c, db_carry(c, fresh, tell, &told));
	check_int(told.rows, 6 + 2 + 2 + 2 + 1);   /* books, shelves, words, their index, the migration */

	c->db = fresh;
	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	for (size_t i = 0; i < 6; i++)
		rows_same(c, &was[i], ids[i]);
	check_ok(c, sql_shelf_get(c, shelf("s2"), &s));
	check_str(s.label, S("Tab\t, line\nand \\N"));
	check(s.public && s.opened == TIME_NONE);
	check_int(found(c, "buffer_overflow"), 1);
	check_int(found(c, "it's"), 1);
	check_int(found(c, "\xe9\x8d\xb5"), 2);
	check_ok(c, sql_word_add(c, book("x3"), 3, &w));
	check_int(w.seq, 3);   /* numbers go on */
	check(!sql_book_add(c, book("y1"), shelf("none"), S("-"), S(""), 1, 1, STR_NONE, TIME_NONE));
	check_fault(c, E_INVALID, NULL);   /* foreign keys are back */
	db_rollback(c);
	check_ok(c, db_migrated_list(c, shelf_migrations, shelf_migrations_n));
	db_close(old);
}

static void stopped_story(struct ctx *c)
{
	struct told told  = { .stop = 2 };
	struct db  *fresh = c->db, *old;

	old_open(c);
	old = c->db;
	check(!db_carry(c, fresh, tell, &told));
	c->db = fresh;
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_int(books_seen(c), 3);   /* what was there before */
	db_rollback(c);
	c->db = old;
	check(!db_carry(c, old, NULL, NULL));
	check_fault(c, E_STATE, "database");
	c->db = fresh;
	db_close(old);
}

TEST(all_rows_go_from_sqlite_to_postgresql_as_they_are) { on_postgres(c, moved_story); }
TEST(a_move_that_is_stopped_leaves_nothing_behind) { on_postgres(c, stopped_story); }
