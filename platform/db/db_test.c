#include "platform/db/db.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "gen/shelf_schema.h"
#include "platform/db/books_test.h"

STORY(values_come_back_as_they_were)
{
	struct book_get_row  b;
	struct shelf_get_row s;
	static const char    bytes[] = { 0, (char)0xff, 'x', 0 };

	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check_ok(c, sql_book_add(c, book("b9"), shelf("s1"), S("\xe8\x84\x86\xe5\xbc\xb1\xe6\x80\xa7"), S(""),
	                         INT64_MAX, 2.75, (str){ bytes, 4 }, -1));
	check_ok(c, sql_book_get(c, book("b9"), &b));
	check_str(b.title, S("\xe8\x84\x86\xe5\xbc\xb1\xe6\x80\xa7"));
	check_str(b.owner, S(""));
	check(!str_is_none(b.owner));
	check_int(b.pages, INT64_MAX);
	check(b.weight == 2.75 && b.heavy);
	check_str(b.cover, ((str){ bytes, 4 }));
	check_int(b.printed, -1);
	check_ok(c, sql_book_get(c, book("b3"), &b));
	check_int(b.pages, INT_NONE);
	check(str_is_none(b.cover) && !b.heavy);
	check_int(b.printed, TIME_NONE);
	check_ok(c, sql_shelf_get(c, shelf("s1"), &s));
	check_int(s.books, 4);
	check_int(s.opened, c->now);
}

STORY(what_is_not_there_is_said)
{
	struct book_get_row   b;
	struct shelf_find_row s;
	bool                  found = true;

	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check(!sql_book_get(c, book("none"), &b));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, sql_shelf_find(c, S("Second"), &s, &found));
	check(!found);
	check_ok(c, sql_shelf_find(c, S("First"), &s, &found));
	check(found);
	check_str(s.id.v, S("s1"));
}

STORY(filters_and_orders_are_put_together)
{
	struct book_list_rows r;

	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check_ok(c, sql_book_list(c, shelf(NULL), STR_NONE, TIME_NONE, INT_NONE, book_list_by_title, &r));
	check_int(r.n, 3);
	check_str(r.v[0].title, S("Alpha"));
	check_str(r.v[1].title, S("Gamma"));
	check_str(r.v[2].title, S("beta"));
	check_ok(c, sql_book_list(c, shelf("s1"), S("ann"), TIME_NONE, 5, book_list_by_printed, &r));
	check_int(r.n, 1);
	check_ok(c, sql_book_list(c, shelf(NULL), STR_NONE, c->now, INT_NONE, book_list_by_printed, &r));
	check_int(r.n, 0);
	for (int i = 0; i < 3; i++)
		check_ok(c, add_book(c, str_fmt(c->arena, "x%d", i).p, "X", "", 1));
	check(!sql_book_list(c, shelf(NULL), STR_NONE, TIME_NONE, INT_NONE, book_list_by_title, &r));
	check_fault(c, E_LIMIT, NULL);
}

STORY(a_reading_transaction_that_goes_on_for_another_viewer_shows_what_that_one_sees)
{
	check_ok(c, db_begin(c, DB_READ, NULL));
	check_int(books_seen(c), 1);
	check_ok(c, db_turn(c, &shelf_team));
	check_int(books_seen(c), 3);
	check_ok(c, db_turn(c, &shelf_ann));
	check_int(books_seen(c), 2);
	db_rollback(c);
	check(!db_turn(c, &shelf_team));
	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check(!db_turn(c, &shelf_ann));
	db_rollback(c);
}

STORY(a_question_asked_again_is_answered_for_its_own_values_and_anew_after_a_change)
{
	struct book_list_rows r;

	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	for (int i = 0; i < 2; i++) {
		check_int(books_seen(c), 3);
		check_ok(c, sql_book_list(c, shelf(NULL), STR_NONE, TIME_NONE, INT_NONE, book_list_by_printed, &r));
		check_str(r.v[1].title, S("beta"));   /* by title it is Gamma */
		check_ok(c, sql_book_list(c, shelf("s1"), S("ann"), TIME_NONE, 5, book_list_by_printed, &r));
		check_int(r.n, 1);
		check_ok(c, sql_book_list(c, shelf("s1"), S("ann"), TIME_NONE, INT_NONE, book_list_by_printed, &r));
		check_int(r.n, 1);
		check_ok(c, sql_book_list(c, shelf("s1"), S("an"), TIME_NONE, 5, book_list_by_printed, &r));
		check_int(r.n, 0);
	}
	db_rollback(c);
	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check_int(books_seen(c), 3);
	check_ok(c, sql_book_rename(c, book("b3"), S("Delta"), &(int64_t){ 0 }));
	check_ok(c, add_book(c, "x1", "X", "", 1));
	check_int(books_seen(c), 4);
	check_ok(c, db_commit(c));
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_int(books_seen(c), 4);
	db_rollback(c);
}

STORY(the_viewer_sees_only_what_the_guard_allows)
{
	struct book_list_rows r;
	struct book_get_row   b;

	check_ok(c, db_begin(c, DB_READ, &shelf_ann));
	check_ok(c, sql_book_list(c, shelf(NULL), STR_NONE, TIME_NONE, INT_NONE, book_list_by_title, &r));
	check_int(r.n, 2);
	check(!sql_book_get(c, book("b3"), &b));
	check_fault(c, E_NOTFOUND, NULL);
	db_rollback(c);
	check_ok(c, db_begin(c, DB_READ, NULL));
	check_ok(c, sql_book_list(c, shelf(NULL), STR_NONE, TIME_NONE, INT_NONE, book_list_by_title, &r));
	check_int(r.n, 1);
}

STORY(the_owner_changes_what_the_viewer_cannot_see)
{
	int64_t n;

	check_ok(c, db_begin(c, DB_WRITE, &shelf_ann));
	check_ok(c, sql_book_rename(c, book("b3"), S("Delta"), &n));
	check_int(n, 1);
	check_ok(c, sql_shelf_remove(c, shelf("s1"), &n));
	check_int(n, 1);
	check_ok(c, sql_book_rename(c, book("b3"), S("Delta"), &n));
	check_int(n, 0);
}

STORY(a_second_of_its_kind_is_refused_and_breaks_the_transaction)
{
	struct shelf_find_row s;
	bool                  found;

	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check(!sql_shelf_add(c, shelf("s2"), S("First"), TIME_NONE, true));
	check_fault(c, E_EXISTS, NULL);
	check(!sql_shelf_find(c, S("First"), &s, &found));
	check_fault(c, E_STATE, NULL);
	check(!db_commit(c));
	check(!c->tx);
	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check(!sql_book_add(c, book("b8"), shelf("nowhere"), S("t"), S(""), 1, 1, STR_NONE, TIME_NONE));
	check_fault(c, E_INVALID, NULL);
}

STORY(a_text_with_nul_is_refused)
{
	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check(!sql_shelf_add(c, shelf("s2"), S("a\0b"), TIME_NONE, true));
	check_fault(c, E_INVALID, NULL);
}

STORY(reading_transactions_do_not_write)
{
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check(!sql_shelf_add(c, shelf("s2"), S("Second"), TIME_NONE, true));
	check_fault(c, E_STATE, NULL);
}

STORY(rolled_back_is_gone)
{
	struct shelf_find_row s;
	bool                  found;

	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check_ok(c, sql_shelf_add(c, shelf("s2"), S("Second"), TIME_NONE, true));
	db_rollback(c);
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_ok(c, sql_shelf_find(c, S("Second"), &s, &found));
	check(!found);
}

static bool count_row(struct ctx *c, void *arg, const struct book_each_row *row)
{
	struct book_get_row b;
	int                *n = arg;

	++*n;
	return sql_book_get(c, row->id, &b) && str_eq(b.title, row->title);
}

static bool stop_row(struct ctx *c, void *arg, const struct book_each_row *row)
{
	(void)arg;
	(void)row;
	return fault(c, E_INTERNAL, NULL, N_("Stop."));
}

STORY(each_row_may_ask_for_more)
{
	int n = 0;

	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_ok(c, sql_book_each(c, count_row, &n));
	check_int(n, 3);
	check(!sql_book_each(c, stop_row, NULL));
	check_fault(c, E_INTERNAL, NULL);
	check_ok(c, sql_book_each(c, count_row, &n));
	check_int(n, 6);
}

static size_t matches(struct ctx *c, const struct db_phrase *p, size_t n)
{
	struct word_match_rows r;

	check_ok(c, sql_word_match(c, db_match(c, p, n), &r));
	return r.n;
}

#define TOKENS(...) (const str[]){ __VA_ARGS__ }, sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str)
#define PHRASE(...) { TOKENS(__VA_ARGS__) }

STORY(of_a_common_word_the_newest_are_found)
{
	struct db_phrase           common = PHRASE(S("common"));
	struct word_match_new_rows r;
	struct word_add_row        w;

	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	for (int i = 0; i < 60; i++) {
		check_ok(c, sql_word_add(c, book("b1"), i, &w));
		check_ok(c, db_index(c, S("word"), w.seq, TOKENS(i % 2 ? S("common") : S("other"))));
	}
	check_ok(c, sql_word_match_new(c, db_match(c, &common, 1), 40, 5, &r));
	check_int((int64_t)r.n, 5);
	for (size_t i = 0; i < r.n; i++)
		check_int(r.v[i].part, 59 - 2 * (int64_t)(r.n - 1 - i));
	check_ok(c, sql_word_match_new(c, STR_NONE, 20, 20, &r));
	check_int((int64_t)r.n, 0);
}

STORY(phrases_of_any_letters_are_found)
{
	struct word_add_row a, b;
	str    odd = (str){ "\xff\0'\"\\ :*&|!<->()", 17 };

	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check_ok(c, sql_word_add(c, book("b1"), 1, &a));
	check_ok(c, sql_word_add(c, book("b2"), 1, &b));
	check_ok(c, db_index(c, S("word"), a.seq, TOKENS(S("脆弱"), S("弱性"), S("cve-2023-44487"), S("open"), S("ssl"), odd)));
	check_ok(c, db_index(c, S("word"), b.seq, TOKENS(S("弱性"), S("脆弱"), S("OPEN"), S("a_b"), S("ssl"))));
	check_int(matches(c, (struct db_phrase[]){ PHRASE(S("脆弱"), S("弱性")) }, 1), 1);
	check_int(matches(c, (struct db_phrase[]){ PHRASE(S("脆弱")), PHRASE(S("弱性")) }, 2), 2);
	check_int(matches(c, (struct db_phrase[]){ PHRASE(S("cve-2023-44487")) }, 1), 1);
	check_int(matches(c, (struct db_phrase[]){ PHRASE(S("cve")) }, 1), 0);
	check_int(matches(c, (struct db_phrase[]){ PHRASE(S("open"), S("ssl")) }, 1), 1);
	check_int(matches(c, (struct db_phrase[]){ PHRASE(S("open")) }, 1), 1);
	check_int(matches(c, (struct db_phrase[]){ PHRASE(S("OPEN")) }, 1), 1);
	check_int(matches(c, (struct db_phrase[]){ PHRASE(S("a_b")) }, 1), 1);
	check_int(matches(c, (struct db_phrase[]){ PHRASE(odd) }, 1), 1);
	check_int(matches(c, (struct db_phrase[]){ PHRASE(S("ssl"), odd), PHRASE(S("")) }, 2), 1);
	check_int(matches(c, NULL, 0), 0);
	check_ok(c, db_index(c, S("word"), a.seq, NULL, 0));
	check_int(matches(c, (struct db_phrase[]){ PHRASE(S("ssl")) }, 1), 1);
	check_ok(c, db_commit(c));
	check_ok(c, db_begin(c, DB_READ, NULL));
	check_int(matches(c, (struct db_phrase[]){ PHRASE(S("ssl")) }, 1), 0);
}

/* Written through one connection, looked at through another that knew the index as it was before. */
STORY(an_index_that_grew_since_the_last_look_is_sound)
{
	struct word_add_row w;

	for (int i = 0; i < 3; i++) {
		check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
		check_ok(c, sql_word_add(c, book("b1"), i, &w));
		check_ok(c, db_index(c, S("word"), w.seq, TOKENS(S("open"), str_fmt(c->arena, "n%d", i))));
		check_ok(c, db_commit(c));
		check_ok(c, db_verify(c));
	}
}

STORY(a_huge_text_is_stored_and_partly_indexed)
{
	enum { N = 30000 };
	struct word_add_row w;
	str  *tokens = NEWS(c->arena, str, N);
	char *big    = arena_must(c->arena, 1, 100000);
	str   last   = S("token29999");

	memset(big, 'x', 99999);
	for (int i = 0; i < N; i++)
		tokens[i] = i % 100 == 0 ? (str){ big, 99999 } :
		            i % 3 == 0   ? S("often") : str_fmt(c->arena, "token%d\xe6\xbc\xa2%d", i, i);
	tokens[7] = S("seven");
	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check_ok(c, sql_word_add(c, book("b1"), 1, &w));
	check_ok(c, db_index(c, S("word"), w.seq, tokens, N));
	check_int(matches(c, (struct db_phrase[]){ PHRASE(S("seven")) }, 1), 1);
	check_int(matches(c, (struct db_phrase[]){ PHRASE(last) }, 1), 0);
	check_int(matches(c, (struct db_phrase[]){ { tokens, 1 } }, 1), 1);
}

STORY(migrations_that_do_not_fit_are_refused)
{
	struct db_migration list[2] = { shelf_migrations[0], { "0002-more", "ab", "", "" } };
	int64_t             n;

	check_ok(c, db_migrated_list(c, list, 1));
	check_ok(c, db_migrate_list(c, list, 1, &n));
	check_int(n, 0);
	check(!db_migrated_list(c, list, 2));
	check_fault(c, E_STATE, "schema");
	check(!db_migrated_list(c, list, 0));
	check_fault(c, E_STATE, "schema");
	list[0].sha256 = "changed";
	check(!db_migrate_list(c, list, 1, &n));
	check_fault(c, E_STATE, "schema");
	check(!c->tx);
	list[0] = shelf_migrations[0];
	list[1] = (struct db_migration){ "0002-bad", "ab", "CREATE TABLE half (x TEXT) STRICT; nonsense",
		                             "CREATE TABLE half (x text); nonsense" };
	check(!db_migrate_list(c, list, 2, &n));
	check_fault(c, E_DATABASE, NULL);
	list[1].sqlite   = "CREATE TABLE half (x TEXT) STRICT";
	list[1].postgres = "CREATE TABLE half (x text)";
	check_ok(c, db_migrate_list(c, list, 2, &n));
	check_int(n, 1);
}

enum { THREADS = 4, TURNS = 25 };

static bool grow_once(struct ctx *c)
{
	struct book_get_row b;
	int64_t             n;

	TRY(db_begin(c, DB_WRITE, &shelf_team));
	if (sql_book_get(c, book("b1"), &b) && sql_book_grow(c, book("b1"), &n))
		return db_commit(c);
	db_rollback(c);
	return false;
}

/* Ends with the number of turns that were given up: 0 when all went well. */
static void *grow(void *db)
{
	uintptr_t lost = 0;

	for (int i = 0; i < TURNS; i++) {
		struct arena        a;
		struct ctx          c;
		struct book_get_row b;
		bool                done = false;

		arena_init(&a, ARENA_MAX);
		ctx_init(&c, &a);
		c.db = db;
		for (int k = 0; k < 1000 && !done; k++)
			if (!(done = grow_once(&c)) && !fault_retryable(c.fault.code))
				break;
		lost += !done;
		if (!db_begin(&c, DB_READ, NULL) || !sql_book_get(&c, book("b1"), &b))
			lost++;
		db_rollback(&c);
		arena_done(&a);
	}
	return (void *)lost;
}

STORY(writers_and_readers_share_the_database)
{
	pthread_t           t[THREADS];
	void               *lost;
	struct book_get_row b;

	for (int i = 0; i < THREADS; i++)
		check_int(pthread_create(&t[i], NULL, grow, c->db), 0);
	for (int i = 0; i < THREADS; i++) {
		check_int(pthread_join(t[i], &lost), 0);
		check(!lost);
	}
	check_ok(c, db_begin(c, DB_READ, NULL));
	check_ok(c, sql_book_get(c, book("b1"), &b));
	check_int(b.pages, 10 + THREADS * TURNS);
}

/* Who waits for a connection: work that began `ago` before, and at which place it was served. */
struct queued { struct arena arena; struct ctx c; pthread_t thread; int *served; int place; };

static void *queue_up(void *arg)
{
	struct queued *q  = arg;
	bool           ok = db_begin(&q->c, DB_READ, NULL);

	if (ok)
		q->place = ++*q->served;   /* whoever has the one connection */
	db_rollback(&q->c);
	return NULL;
}

static void queued_init(struct queued *q, struct ctx *c, time_us ago, int *served)
{
	arena_init(&q->arena, ARENA_MAX);
	ctx_init(&q->c, &q->arena);
	q->c.db  = c->db;
	q->c.now = c->now - ago;
	q->served = served;
}

static void queue_story(struct ctx *c)
{
	enum { MOST = 64, WAITING = 3 };
	static const time_us ago[WAITING] = { 0, 2 * SECOND, SECOND };
	struct queued *holder = NEWS(c->arena, struct queued, MOST), w[WAITING] = { 0 };
	int64_t        n      = db_load(c->db).max;
	int            served = 0;

	check(n > 0 && n <= MOST);
	for (int64_t i = 0; i < n; i++) {
		queued_init(&holder[i], c, 0, &served);
		check_ok(&holder[i].c, db_begin(&holder[i].c, DB_READ, NULL));
	}
	for (int i = 0; i < WAITING; i++) {
		queued_init(&w[i], c, ago[i], &served);
		check_int(pthread_create(&w[i].thread, NULL, queue_up, &w[i]), 0);
		while (db_load(c->db).waiting <= i)
			usleep(1000);
	}
	check_int(db_load(c->db).used, n);
	db_rollback(&holder[0].c);
	for (int i = 0; i < WAITING; i++) {
		check_int(pthread_join(w[i].thread, NULL), 0);
		arena_done(&w[i].arena);
	}
	check_int(w[0].place, 3);
	check_int(w[1].place, 1);
	check_int(w[2].place, 2);
	check_int(db_load(c->db).waits, WAITING);
	check_int(db_load(c->db).used, n - 1);
	for (int64_t i = 0; i < n; i++) {
		db_rollback(&holder[i].c);
		arena_done(&holder[i].arena);
	}
	check_int(db_load(c->db).used, 0);
}

TEST(whose_work_began_first_gets_the_connection_first_on_postgresql)
{
	on_postgres(c, queue_story);
}

static void cut_story(struct ctx *c)
{
	static const struct db_query cut = {
		.postgres = "SELECT pg_terminate_backend(pg_backend_pid())", .types = "",
	};
	struct db_run      *r;
	struct book_get_row b;

	check_ok(c, db_begin(c, DB_READ, NULL));
	check_ok(c, db_start(c, &cut, &r));
	check(!db_exec(c, r, NULL));
	check_fault(c, E_UNAVAILABLE, NULL);
	check(!sql_book_get(c, book("b1"), &b));
	db_rollback(c);
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_ok(c, sql_book_get(c, book("b1"), &b));
}

TEST(a_cut_connection_is_said_and_replaced_on_postgresql)
{
	on_postgres(c, cut_story);
}

static void as_house(struct ctx *c, const char *sql)
{
	const struct db_query q = { .postgres = sql, .types = "", .writes = true };
	struct db_run *r;

	check_ok(c, db_begin(c, DB_WRITE, NULL));
	check_ok(c, db_start(c, &q, &r) && db_exec(c, r, NULL));
	check_ok(c, db_commit(c));
}

/* A transaction that cannot begin leaves nothing open for the next. */
static void unentered_story(struct ctx *c)
{
	struct book_get_row b;

	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	db_rollback(c);
	as_house(c, "ALTER ROLE postgres_reader RENAME TO postgres_gone");
	check(!db_begin(c, DB_READ, &shelf_team));
	check(!c->tx);
	as_house(c, "ALTER ROLE postgres_gone RENAME TO postgres_reader");
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_ok(c, sql_book_get(c, book("b1"), &b));
}

TEST(a_viewer_who_cannot_enter_leaves_the_connection_usable_on_postgresql)
{
	on_postgres(c, unentered_story);
}

TEST(a_database_without_a_schema_is_said)
{
	check_ok(c, db_open(c, S("sqlite::memory:"), &c->db));
	check(!db_migrated(c));
	check_fault(c, E_STATE, "schema");
	check(!c->tx);
	db_close(c->db);
}

STORY(the_sight_of_everything_sees_everything)
{
	static const struct db_viewer all   = { S_INIT("root"), S_INIT("*") };
	static const struct db_viewer other = { S_INIT("x"), S_INIT("teams steam tea") };
	static const struct db_viewer quote = { S_INIT("'; DROP TABLE book; --"), S_INIT("te'am") };
	struct book_list_rows r;

	check_ok(c, db_begin(c, DB_READ, &all));
	check_ok(c, sql_book_list(c, shelf(NULL), STR_NONE, TIME_NONE, INT_NONE, book_list_by_title, &r));
	check_int(r.n, 3);
	db_rollback(c);
	check_ok(c, db_begin(c, DB_READ, &other));
	check_ok(c, sql_book_list(c, shelf(NULL), STR_NONE, TIME_NONE, INT_NONE, book_list_by_title, &r));
	check_int(r.n, 1);
	db_rollback(c);
	check_ok(c, db_begin(c, DB_READ, &quote));
	check_ok(c, sql_book_list(c, shelf(NULL), STR_NONE, TIME_NONE, INT_NONE, book_list_by_title, &r));
	check_int(r.n, 1);
}

TEST(a_server_that_is_not_there_is_said)
{
	check(!db_open(c, S("postgresql://nobody@/none?host=/nonexistent"), &c->db));
	check_fault(c, E_UNAVAILABLE, "database");
}

static const struct db_query q_raw = {
	.name = "raw", .sqlite = "SELECT title FROM book", .postgres = "SELECT title FROM book", .types = "",
};
static const struct db_query q_seen = {
	.name = "seen", .sqlite = "SELECT title FROM see_book", .postgres = "SELECT title FROM see_book", .types = "",
};

/* Wall 2 of docs/adr/0003: by the engine, whatever the build let through. */
STORY(the_engine_refuses_a_raw_read_of_a_guarded_table)
{
	struct db_about about;
	struct db_run  *r;
	bool            row;

	check_ok(c, db_about(c, &about));
	check(about.guarded);
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check(!(db_start(c, &q_raw, &r) && db_next(c, r, &row)));
	check_fault(c, E_DATABASE, NULL);
	db_rollback(c);
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check(db_start(c, &q_seen, &r) && db_next(c, r, &row) && row);
}

/* Runs statements as the owner of the test's server. */
static void as_owner(struct ctx *c, const char *sql)
{
	check_ok(c, db_open(c, str_of(getenv("PSIRT_TEST_PG")), &c->db));
	as_house(c, sql);
	db_close(c->db);
}

/* Who may not make roles goes without the wall, is told so, and has it when an administrator made the role. */
TEST(a_user_who_may_not_make_roles_waits_for_the_wall_on_postgresql)
{
	const char     *url = test_postgres();
	str             plain;
	struct db_about about;
	int64_t         n;

	if (!url)
		skip_test("no PostgreSQL: PSIRT_TEST_PG is not set (tools/with-postgres)");
	as_owner(c, "DO $$ BEGIN DROP SCHEMA public CASCADE; CREATE ROLE plain LOGIN; CREATE SCHEMA public AUTHORIZATION plain; END $$");
	plain = STR_CAT(c->arena, S("postgresql://plain@"), str_slice(str_of(url), str_find(str_of(url), S("@"), 0) + 1, SIZE_MAX));
	check_ok(c, db_open(c, plain, &c->db));
	shelf_fill(c);
	check_ok(c, db_about(c, &about));
	check(!about.guarded);
	db_close(c->db);
	as_owner(c, "DO $$ BEGIN CREATE ROLE plain_reader; GRANT plain_reader TO plain; END $$");
	check_ok(c, db_open(c, plain, &c->db));
	check_ok(c, db_migrate_list(c, shelf_migrations, shelf_migrations_n, &n));
	check_ok(c, db_about(c, &about));
	check(about.guarded);
	the_engine_refuses_a_raw_read_of_a_guarded_table_story(c);
	db_rollback(c);
	db_close(c->db);
	as_owner(c, "DO $$ BEGIN DROP SCHEMA public CASCADE; DROP ROLE plain_reader; DROP ROLE plain; CREATE SCHEMA public; END $$");
}

TEST(a_running_sqlite_is_copied_and_verified)
{
	char          path[] = "/tmp/psirt-db-XXXXXX";
	str           dir    = str_of(mkdtemp(path));
	str           copy   = STR_CAT(c->arena, dir, S("/copy.db"));
	struct shelf_get_row s;
	struct db_size       was, is;

	check_ok(c, db_open(c, S("sqlite::memory:"), &c->db));
	shelf_fill(c);
	check_ok(c, db_measure(c, &was));
	check_ok(c, db_backup(c, copy));
	db_close(c->db);
	check_ok(c, db_open(c, STR_CAT(c->arena, S("sqlite:"), copy), &c->db));
	check_ok(c, db_verify(c));
	check_ok(c, db_measure(c, &is));
	check(is.rows == was.rows && is.rows > 3 && is.tables == was.tables && is.pages == was.pages);
	check_ok(c, db_checkpoint(c));
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_ok(c, sql_shelf_get(c, shelf("s1"), &s));
	check_int(s.books, 3);
	db_rollback(c);
	db_close(c->db);
	/* A writer that has written nothing may leave an empty log. */
	unlink(cstr(c->arena, STR_CAT(c->arena, copy, S("-wal"))));
	unlink(cstr(c->arena, STR_CAT(c->arena, copy, S("-shm"))));
	unlink(cstr(c->arena, copy));
	check_int(rmdir(path), 0);
}

TEST(a_database_that_cannot_be_is_said)
{
	check(!db_open(c, S("mysql:x"), &c->db));
	check_fault(c, E_INVALID, "database");
	check(!db_open(c, S("sqlite:"), &c->db));
	check_fault(c, E_INVALID, "database");
	check(!db_open(c, S("sqlite:/nonexistent/dir/x.db"), &c->db));
	check_fault(c, E_UNAVAILABLE, NULL);
}

TEST(a_busy_write_is_tried_again_but_not_for_ever_and_another_fault_is_not)
{
	check(!fault(c, E_CONFLICT, NULL, NULL));
	check(!db_again(c, 1));
	c->fault = (struct fault){ 0 };
	check(!fault(c, E_BUSY, NULL, NULL));
	check(db_again(c, 1));
	check(db_again(c, DB_TRIES - 1));
	check(!db_again(c, DB_TRIES));
	c->fault = (struct fault){ 0 };
}
