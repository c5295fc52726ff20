#include "record/house.h"

#include "gen/search.sql.h"

#include "record/casefile.h"
#include "record/house_test.h"
#include "record/search.h"

static const struct service *const some[] = { &tracking_service, &intake_service };

static struct house_index renewed(struct ctx *c)
{
	struct house_index w = { .after = S("") };

	while (!w.whole)
		check_ok(c, house_index(c, &w));
	return w;
}

static void check_renewed(struct ctx *c, int64_t made, int64_t mended, int64_t dropped)
{
	struct house_index w = renewed(c);

	check_int(w.made, made);
	check_int(w.mended, mended);
	check_int(w.dropped, dropped);
	w = renewed(c);
	check_int(w.made + w.mended + w.dropped, 0);
}

static bool is_found(struct ctx *c, const struct actor *who, const char *words)
{
	struct sheet s;

	check_ok(c, house_see(c, who, "find", &s, "q", words, NULL));
	return house_count(&s, "hits") == 1;
}

/* A case with a long note, and a report with a message. */
static void fill(struct ctx *c, struct house *h, str url, case_id *k, report_id *r)
{
	struct casefile_draft d = { .title = S("Key in the log"), .access = S("team") };
	struct report_draft   t = { .title = S("Backup"), .product = S("Heron 20"), .description = S("Tusks") };
	struct report_brief   b;
	message_id            said;
	struct buf            note;
	str                   number;

	house_open_at(c, h, some, 2, url);
	buf_init(&note, c->arena, 1 << 20);
	for (int i = 0; i < 3000; i++)
		buf_fmt(&note, "word%d ", i);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, casefile_open(c, &d, k, &number));
	check_ok(c, timeline_note(c, *k, S("AMBER"), buf_str(&note)));
	check_ok(c, timeline_note(c, *k, S("AMBER"), S("walrus")));
	check_ok(c, report_open(c, &t, S("code"), r, &number));
	check_ok(c, report_brief(c, *r, &b));
	check_ok(c, report_hear(c, &b, S("narwhal"), &said));
	check_ok(c, db_commit(c));
}

TEST(what_was_kept_is_what_making_anew_makes)
{
	struct house h;
	case_id      k;
	report_id    r;

	fill(c, &h, S("sqlite::memory:"), &k, &r);
	check_renewed(c, 0, 0, 0);
	check_int(renewed(c).objects, 2);
	house_close(c);
}

static void mend_story(struct ctx *c, str url)
{
	struct house       h;
	struct search_text other = { .part = S("none"), .body = S("dodo") };
	case_id            k;
	report_id          r;

	fill(c, &h, url, &k, &r);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, search_drop(c, "case", k.v));
	check_ok(c, search_put(c, "report", r.v, &other));
	check_ok(c, search_put(c, "report", S("0no-such-report"), &other));
	check_ok(c, search_put(c, "case", S("zzz"), &other));
	check_ok(c, db_commit(c));
	check(!is_found(c, &h.analyst, "walrus"));
	check_renewed(c, 6, 0, 3);
	check(is_found(c, &h.analyst, "walrus"));
	check(is_found(c, &h.analyst, "word2999"));
	check(!is_found(c, &h.analyst, "dodo"));
	house_close(c);
}

/* As before parts and editions were known: nothing but the text says what a piece is of. */
static void grow_old(struct ctx *c)
{
	struct find_piece_of_rows rows;
	struct find_stale_rows    none;

	check_ok(c, sql_find_stale(c, SEARCH_EDITION + 1, 1000, &none));
	for (size_t i = 0; i < none.n; i++) {
		check_ok(c, sql_find_piece_of(c, none.v[i].kind, none.v[i].object, &rows));
		for (size_t n = 0; n < rows.n; n++) {
			check_ok(c, sql_find_piece_place(c, rows.v[n].seq, S("?"), 0, 0));
			check_ok(c, db_index(c, S("find_piece"), rows.v[n].seq, NULL, 0));
		}
	}
}

static void edition_story(struct ctx *c, str url)
{
	struct house h;
	struct sheet before, s;
	case_id      k;
	report_id    r;
	int64_t      n;

	fill(c, &h, url, &k, &r);
	check_ok(c, house_see(c, &h.analyst, "find", &before, "q", "key", NULL));
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	grow_old(c);
	check_ok(c, db_commit(c));
	check(!is_found(c, &h.analyst, "key"));
	check_ok(c, house_index_behind(c, &n));
	check_int(n, 8);
	check_renewed(c, 0, 8, 0);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "key", NULL));
	check_str(house_cell(c, &s, "hits", 0, "at"), house_cell(c, &before, "hits", 0, "at"));
	check_ok(c, house_index_behind(c, &n));
	check_int(n, 0);
	house_close(c);
}

TEST(what_was_lost_or_does_not_stand_is_mended)
{
	mend_story(c, S("sqlite::memory:"));
}

TEST(pieces_of_an_earlier_edition_get_new_tokens_in_their_place)
{
	edition_story(c, S("sqlite::memory:"));
}

TEST(both_are_so_on_postgresql)
{
	if (!house_postgres(c).n)
		skip_test("no PostgreSQL: PSIRT_TEST_PG is not set (tools/with-postgres)");
	mend_story(c, str_of(test_postgres()));
	edition_story(c, house_postgres(c));
}

TEST(a_running_server_makes_them_anew_by_itself)
{
	struct house h;
	case_id      k;
	report_id    r;
	bool         done;
	int64_t      n;

	fill(c, &h, S("sqlite::memory:"), &k, &r);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	grow_old(c);
	check_ok(c, db_commit(c));
	c->actor = &house_actor;
	check_ok(c, chore_run(c, tracking_service.chores, &done));
	check(done);
	check_ok(c, house_index_behind(c, &n));
	check_int(n, 0);
	check(is_found(c, &h.analyst, "narwhal"));
	check_renewed(c, 0, 0, 0);
	c->actor = &house_actor;
	check_ok(c, chore_run(c, tracking_service.chores, &done));
	check(!done);
	house_close(c);
}
