#include "platform/db/books_test.h"

static bool list_ahead(struct ctx *c)
{
	return sql_book_list_ahead(c, shelf(NULL), STR_NONE, TIME_NONE, INT_NONE, book_list_by_title);
}

STORY(questions_noted_ahead_are_answered_as_if_they_had_waited)
{
	struct book_get_row b;

	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_ok(c, sql_book_get_ahead(c, book("b1")));
	check_ok(c, list_ahead(c));
	check_ok(c, sql_book_get_ahead(c, book("b2")));
	check_ok(c, sql_book_get_ahead(c, book("b2")));
	check_ok(c, sql_book_get_ahead(c, book("none")));
	check_ok(c, sql_book_get_ahead(c, (book_id){ { "b\0", 2 } }));
	check_ok(c, sql_book_get(c, book("b3"), &b));   /* one that was not noted */
	check_str(b.title, S("Gamma"));
	check_ok(c, sql_book_get(c, book("b2"), &b));
	check_str(b.title, S("beta"));
	check_int(books_seen(c), 3);
	check_ok(c, sql_book_get_ahead(c, book("b3")));   /* asked already, and a second journey */
	check_ok(c, sql_book_get(c, book("b1"), &b));
	check_str(b.title, S("Alpha"));
	check(!sql_book_get(c, book("none"), &b));
	check_fault(c, E_NOTFOUND, NULL);
	check(!sql_book_get(c, (book_id){ { "b\0", 2 } }, &b));
	check_fault(c, E_INVALID, NULL);
	db_rollback(c);
}

STORY(what_was_noted_ahead_is_answered_for_who_looks_then)
{
	struct book_get_row b;

	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_ok(c, list_ahead(c));
	check_ok(c, sql_book_get_ahead(c, book("b3")));
	check_ok(c, db_turn(c, &shelf_ann));
	check_int(books_seen(c), 2);
	check(!sql_book_get(c, book("b3"), &b));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, list_ahead(c));
	check_ok(c, sql_book_get_ahead(c, book("b2")));
	check_ok(c, sql_book_get(c, book("b2"), &b));
	check_ok(c, db_turn(c, &shelf_team));
	check_int(books_seen(c), 3);
	check_ok(c, list_ahead(c));
	db_rollback(c);   /* noted and never asked */
	check_ok(c, db_begin(c, DB_WRITE, &shelf_team));
	check_ok(c, list_ahead(c));
	check_ok(c, add_book(c, "x1", "X", "", 1));
	check_int(books_seen(c), 4);   /* who writes sees it: nothing was asked before */
	db_rollback(c);
}

static void refused_story(struct ctx *c)
{
	struct book_get_row b;

	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_ok(c, sql_book_get_ahead(c, book("b1")));
	check_ok(c, sql_book_get_ahead(c, book("\xff")));
	check_ok(c, sql_book_get_ahead(c, book("b2")));
	check(!sql_book_get(c, book("b1"), &b));
	check_fault(c, E_INVALID, NULL);
	check(!sql_book_get(c, book("b2"), &b));
	check_fault(c, E_STATE, NULL);
	db_rollback(c);
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_ok(c, sql_book_get_ahead(c, book("b1")));
	check_ok(c, sql_book_get(c, book("b1"), &b));
	check_str(b.title, S("Alpha"));
}

TEST(one_refused_question_of_those_noted_ends_the_transaction_on_postgresql)
{
	on_postgres(c, refused_story);
}

/* Asked ahead, between two others. */
static void cut_within(struct ctx *c)
{
	static const struct db_query q = {
		.name = "cut_within", .postgres = "SELECT pg_terminate_backend(pg_backend_pid())", .types = "",
	};
	struct db_run      *r;
	struct book_get_row b;

	check_ok(c, db_begin(c, DB_READ, NULL));   /* as the owner, who may */
	check_ok(c, sql_book_get_ahead(c, book("b1")));
	check_ok(c, db_start(c, &q, &r));
	check_ok(c, db_ahead(c, r));
	check_ok(c, sql_book_get_ahead(c, book("b2")));
	check(!sql_book_get(c, book("b1"), &b));
	check_fault(c, E_UNAVAILABLE, NULL);
	check(!sql_book_get(c, book("b2"), &b));
	check_fault(c, E_STATE, NULL);
	db_rollback(c);
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_ok(c, sql_book_get_ahead(c, book("b2")));
	check_ok(c, sql_book_get(c, book("b1"), &b));
	check_str(b.title, S("Alpha"));
	check_ok(c, sql_book_get(c, book("b2"), &b));
	check_str(b.title, S("beta"));
	db_rollback(c);
}

/* Others cut what c holds: it is told only when the questions are sent. */
static void cut_before(struct ctx *c)
{
	static const struct db_query cut = {
		.postgres = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
		            " WHERE datname = current_database() AND pid <> pg_backend_pid()", .types = "",
	};
	struct ctx         *other = NEW(c->arena, struct ctx);
	struct db_run      *r;
	struct book_get_row b;

	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_ok(c, sql_book_get_ahead(c, book("b1")));
	check_ok(c, sql_book_get_ahead(c, book("b2")));
	*other    = *c;
	other->tx = NULL;
	check_ok(other, db_open(other, str_of(test_postgres()), &other->db));
	check_ok(other, db_begin(other, DB_READ, NULL));
	check_ok(other, db_start(other, &cut, &r));
	check_ok(other, db_exec(other, r, NULL));
	db_rollback(other);
	db_close(other->db);
	check(!sql_book_get(c, book("b1"), &b));
	check_fault(c, E_UNAVAILABLE, NULL);
	db_rollback(c);
	check_ok(c, db_begin(c, DB_READ, &shelf_team));
	check_ok(c, sql_book_get(c, book("b1"), &b));
	db_rollback(c);
}

static void cut_ahead_story(struct ctx *c)
{
	cut_within(c);
	cut_before(c);
}

TEST(a_connection_that_is_cut_while_questions_travel_together_is_said_and_replaced)
{
	on_postgres(c, cut_ahead_story);
}
