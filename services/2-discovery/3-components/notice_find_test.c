#include "services/2-discovery/3-components/shop_test.h"

#include "services/2-discovery/3-components/notice.h"

/* How many notices the person finds by these words. */
static int64_t found(struct ctx *c, const struct actor *who, const char *words)
{
	struct sheet s;
	int64_t      n = 0;

	check_ok(c, house_see(c, who, "find", &s, "q", words, NULL));
	for (size_t i = 0; i < house_count(&s, "hits"); i++)
		n += str_eq(house_cell(c, &s, "hits", i, "kind"), S("notice")) && str_starts(house_cell(c, &s, "hits", i, "href"), S("/notices/"));
	return n;
}

TEST(a_suppliers_advisory_is_found_by_what_is_said_of_it_in_both_languages)
{
	static const char *const words[] = { "DW-2026-7", "heap overflow", "deepwater", "CVE-2026-10077", "cve\xe2\x80\x90" "2026\xe2\x80\x91" "10077", "fathom", "鍵", "it overflows" };
	struct shop  s;
	struct sheet out;

	shop_open(c, &s);
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		check_int(found(c, &s.h.lead, words[i]), 1);
	check_int(found(c, &s.h.lead, "underflow"), 0);
	check_ok(c, house_see(c, &s.h.lead, "find", &out, "q", "fathom", NULL));
	check(house_has(house_page(c, "find", &out), "Supplier&#39;s advisory") || house_has(house_page(c, "find", &out), "Supplier's advisory"));
	house_close(c);
}

TEST(an_update_is_found_by_its_own_words_alone)
{
	struct shop  s;
	struct sheet out;

	shop_open(c, &s);
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	check_ok(c, notice_take_one(c, &s.h.analyst, notice_version(c, "3", "認証の欠落 in Fathom"), &out));
	check_int(found(c, &s.h.lead, "heap overflow"), 0);
	check_int(found(c, &s.h.lead, "認証"), 1);
	check_ok(c, notice_take_one(c, &s.h.analyst, notice_version(c, "1", "An older title"), &out));
	check_int(found(c, &s.h.lead, "older title"), 0);
	house_close(c);
}

/* meets FIRST-1.1 2.3.5: found by whom it is shown to */
TEST(who_may_not_see_it_does_not_find_it)
{
	struct shop  s;
	struct sheet out;

	shop_open(c, &s);
	check_ok(c, component(c, &s, "a", "", "1.3.9", "pkg:npm/%40deepwater/fathom@1.3.9", ""));
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	check_int(found(c, &s.h.auditor, "fathom"), 1);
	check_int(found(c, &s.h.executive, "fathom"), 1);
	check_int(found(c, &s.h.engineer, "fathom"), 0);
	check_ok(c, house_do(c, &s.h.lead, "product.admit", &out, "id", s.product, "account", cstr(c->arena, s.h.engineer.id), NULL));
	check_int(found(c, &s.h.engineer, "fathom"), 1);
	check_ok(c, notice_take_one(c, &s.h.analyst, notice_with(c, "\"WHITE\"", "\"RED\"", "Heap overflow", "Kept close", NULL), &out));
	check_int(found(c, &s.h.analyst, "kept close"), 1);
	check_int(found(c, &s.h.lead, "kept close"), 0);
	check_int(found(c, &s.h.auditor, "kept close"), 0);
	house_close(c);
}

static const struct chore *finding(void)
{
	const struct chore *k = components_service.chores;

	while (strcmp(k->name, "notice.find") != 0)
		k++;
	return k;
}

static void write_raw(struct ctx *c, const char *sql)
{
	const struct db_query q = { .sqlite = sql, .types = "", .writes = true, .guarded = true };
	struct db_run        *r;

	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, db_start(c, &q, &r));
	check_ok(c, db_exec(c, r, NULL));
	check_ok(c, db_commit(c));
}

/* One turn of the chore; false: nothing is due. */
static bool turn(struct ctx *c)
{
	void *work;
	bool  keep;

	c->actor = NULL;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, finding()->due(c, &work));
	if (work) {
		check_ok(c, finding()->act(c, work, &keep) && keep);
		check_ok(c, finding()->keep(c, work));
	}
	check_ok(c, db_commit(c));
	return work != NULL;
}

TEST(what_was_taken_in_before_there_was_an_index_is_put_there)
{
	struct shop  s;
	struct sheet out;

	shop_open(c, &s);
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	check(!turn(c));
	write_raw(c, "UPDATE notice SET found = 0");
	write_raw(c, "DELETE FROM find_piece");
	check_int(found(c, &s.h.lead, "fathom"), 0);
	check(turn(c));
	check(!turn(c));
	check_int(found(c, &s.h.lead, "fathom"), 1);
	house_close(c);
}
