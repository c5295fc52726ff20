#include "record/house_test.h"

#include <stdlib.h>
#include <string.h>

#include "gen/form.html.h"

#include "platform/op/form.h"
#include "tests/fault/point_test.h"

/*
 * The connection to PostgreSQL is lost: between two operations, before any
 * statement of one, before its commit, and after a commit that was done but
 * not answered.  The node connects again; success is told for what is stored
 * and for nothing else, and nothing is stored twice.
 */

static const struct service *const all[] = { &intake_service, &qualification_service };
static struct db  *other;        /* a second way to the server */
static struct ctx *other_ctx;

static bool run_once(struct ctx *c, const struct db_query *q, int64_t *out)
{
	struct db_run *r;
	bool           row = false;

	TRY(db_start(c, q, &r));
	if (db_next(c, r, &row) && row && out)
		*out = db_get_int(r, 0);
	db_end(r);
	return row || !out;
}

/* An empty database of the server, with schema, people and hooks. */
static bool lost_open(struct ctx *c, struct house *h)
{
	static const struct db_query clear = { .postgres = "DROP SCHEMA public CASCADE", .types = "", .writes = true };
	static const struct db_query make  = { .postgres = "CREATE SCHEMA public", .types = "", .writes = true };
	static const struct db_viewer everybody = { S_INIT(""), S_INIT("*") };
	const char *url = test_postgres();
	int64_t     n;

	if (!url)
		return false;
	house_hook(h, all, 2);
	check_ok(c, db_open(c, str_of(url), &c->db));
	h->db = h->front.db = c->db;
	c->front = &h->front;
	check_ok(c, db_begin(c, DB_WRITE, NULL));
	check_ok(c, run_once(c, &clear, NULL) && run_once(c, &make, NULL));
	check_ok(c, db_commit(c));
	check_ok(c, db_migrate(c, &n));
	check_ok(c, db_begin(c, DB_WRITE, &everybody));
	h->analyst = house_person(c, "analyst", ROLE_ANALYST);
	check_ok(c, db_commit(c));
	h->nobody = (struct actor){ .id = S(""), .name = S(""), .sight = S(""), .zone = S("UTC") };
	other_ctx  = NEW(c->arena, struct ctx);
	*other_ctx = *c;
	check_ok(other_ctx, db_open(other_ctx, str_of(url), &other));
	other_ctx->db = other;
	return true;
}

static void lost_close(struct ctx *c)
{
	point_arm(POINT_STATEMENT, 0);
	db_close(other);
	db_close(c->db);
}

/* Every connection but the one that says so. */
static void terminate(void)
{
	static const struct db_query kill = {
		.postgres = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
		            " WHERE datname = current_database() AND pid <> pg_backend_pid()", .types = "",
	};
	int64_t n;

	check_ok(other_ctx, db_begin(other_ctx, DB_READ, NULL));
	check_ok(other_ctx, run_once(other_ctx, &kill, &n));
	db_rollback(other_ctx);
}

static int64_t reports(struct ctx *c)
{
	static const struct db_query count = { .postgres = "SELECT count(*) FROM report", .types = "" };
	int64_t n = -1;

	check_ok(c, db_begin(c, DB_READ, NULL));
	check_ok(c, run_once(c, &count, &n));
	db_rollback(c);
	return n;
}

/* A form has a seed of its own; sent again it is the same. */
static bool submit(struct ctx *c, struct house *h, str key, struct sheet *s)
{
	static int  form;
	const char *seed = str_fmt(c->arena, "aaaaaaaaaaaaaaaaaaaaaa%04d", key.n ? 0 : ++form).p;

	return house_do_key(c, &h->nobody, "report.submit", key, s, "product", "Kestrel", "description", "A long cookie stops it.",
	                    "seed", seed, NULL);
}

TEST(a_connection_lost_between_operations_is_replaced)
{
	struct house h;
	struct sheet s;

	if (!lost_open(c, &h))
		skip_test("no PostgreSQL: PSIRT_TEST_PG is not set (tools/with-postgres)");
	for (int i = 1; i <= 3; i++) {
		terminate();
		check_ok(c, submit(c, &h, STR_NONE, &s));
		check_int(reports(c), i);
	}
	terminate();
	check_ok(c, house_see(c, &h.analyst, "report.list", &s, NULL));
	check_int(house_count(&s, "reports"), 3);
	lost_close(c);
}

TEST(a_connection_lost_before_any_statement_leaves_no_half_and_no_second_report)
{
	struct house h;
	struct sheet s;
	int64_t      n, stored = 0, all_of_them;
	bool         ok;

	if (!lost_open(c, &h))
		skip_test("no PostgreSQL: PSIRT_TEST_PG is not set (tools/with-postgres)");
	point_arm(POINT_STATEMENT, 0);
	check_ok(c, submit(c, &h, STR_NONE, &s));
	all_of_them = point_seen();
	stored++;
	for (n = 1; n <= all_of_them; n += getenv("PSIRT_SOAK") ? 1 : all_of_them / 15 + 1) {
		point_disturb(POINT_STATEMENT, n, terminate);
		ok = submit(c, &h, STR_NONE, &s);
		check(point_tripped());
		point_arm(POINT_STATEMENT, 0);
		if (!ok)   /* the commit itself: without a replay key nobody can tell */
			check_fault(c, E_DOUBT, NULL);
		stored += ok;
		check_int(reports(c), stored);
	}
	check(stored > 2);
	lost_close(c);
}

TEST(a_commit_that_nobody_answered_is_stored_once_when_there_is_a_key)
{
	struct house h;
	struct sheet s, first;

	if (!lost_open(c, &h))
		skip_test("no PostgreSQL: PSIRT_TEST_PG is not set (tools/with-postgres)");
	/* Done, not answered: the second try finds it by its key. */
	point_arm(POINT_FILE, 1);
	check_ok(c, submit(c, &h, S("key one"), &first));
	check(point_tripped());
	check_int(reports(c), 1);
	check_ok(c, submit(c, &h, S("key one"), &s));
	check_str(s.object, first.object);
	check_str(s.secret, first.secret);
	check_int(reports(c), 1);
	/* The same without a key: not told as success, not tried again. */
	point_arm(POINT_FILE, 1);
	check(!submit(c, &h, STR_NONE, &s));
	check_fault(c, E_DOUBT, NULL);
	point_arm(POINT_FILE, 0);
	check_int(reports(c), 2);
	lost_close(c);
}

/* The heading that the form has when it is shown again with the fault. */
static str heading(struct ctx *c, struct house *h)
{
	struct fault   why = c->fault;
	struct args    a;
	struct pending p = { op_find(&h->front, S("report.submit")), &a, &why, STR_NONE };
	struct page    w;

	args_init(&a, p.op->args);
	c->pending = &p;
	page_init(&w, c, 1 << 16);
	html_form_open(&w, form_new(c, "report.submit"));
	c->pending = NULL;
	return buf_str(&w.out);
}

TEST(a_change_in_doubt_is_told_as_such_and_nobody_is_asked_to_send_it_again)
{
	struct house h;
	struct sheet s;
	str          text;

	if (!lost_open(c, &h))
		skip_test("no PostgreSQL: PSIRT_TEST_PG is not set (tools/with-postgres)");
	point_arm(POINT_FILE, 1);
	check(!submit(c, &h, STR_NONE, &s));
	point_arm(POINT_FILE, 0);
	check_fault(c, E_DOUBT, NULL);
	check_int(fault_http(c->fault.code), 503);
	check(!fault_retryable(c->fault.code));   /* no Retry-After */
	text = heading(c, &h);
	check(str_find(text, S("It is not known whether this was stored."), 0) != SIZE_MAX);
	check(str_find(text, S("may or may not have been stored. Look whether it is there before you send it again."), 0) != SIZE_MAX);
	check(str_find(text, S("This was not stored"), 0) == SIZE_MAX);
	lost_close(c);
}

TEST(an_opening_whose_entry_is_in_doubt_is_only_asked_for_again)
{
	struct house h;
	struct sheet s;

	if (!lost_open(c, &h))
		skip_test("no PostgreSQL: PSIRT_TEST_PG is not set (tools/with-postgres)");
	check_ok(c, submit(c, &h, STR_NONE, &s));
	point_arm(POINT_FILE, 1);
	check(!house_see(c, &h.analyst, "report.show", &s, "id", cstr(c->arena, s.object), NULL));
	point_arm(POINT_FILE, 0);
	check_fault(c, E_UNAVAILABLE, NULL);
	lost_close(c);
}
