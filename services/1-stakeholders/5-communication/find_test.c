#include "services/1-stakeholders/5-communication/find.h"

#include "record/casefile.h"
#include "record/house_test.h"
#include "record/product.h"
#include "record/report.h"
#include "record/search.h"
#include "record/vuln.h"
#include "services/1-stakeholders/5-communication/tracking.h"

static const struct service *const some[] = { &tracking_service, &intake_service, &qualification_service, &release_plan_service };
enum { SOME = sizeof(some) / sizeof(some[0]) };

static str hit(struct ctx *c, const struct sheet *s, size_t i, const char *name)
{
	return house_cell(c, s, "hits", i, name);
}

/* A report with a message, and a case. */
static void fill(struct ctx *c, struct house *h)
{
	struct report_draft   r = { .title = S("Backup can be read"), .product = S("Heron 20"),
		.description = S("The password of the backup stands in the log of the gateway, as plain text."), .lang = S("en") };
	struct casefile_draft d = { .title = S("Key in the log") };
	struct report_brief   b;
	report_id             id;
	message_id            said;
	case_id               k;
	str                   number;

	house_open(c, h, some, SOME);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, report_open(c, &r, S("code"), &id, &number));
	check_ok(c, report_brief(c, id, &b));
	check_ok(c, report_hear(c, &b, S("Here is a dump of the memory."), &said));
	check_ok(c, casefile_open(c, &d, &k, &number));
	check_ok(c, db_commit(c));
}

TEST(a_hit_is_called_by_number_and_name_and_shows_the_words_around_what_was_sought)
{
	struct house h;
	struct sheet s;
	str          page;

	fill(c, &h);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "PLAIN text", NULL));
	check_int(house_count(&s, "hits"), 1);
	check_str(hit(c, &s, 0, "title"), S("R-2026-0001 Backup can be read"));
	check_str(str_trim(hit(c, &s, 0, "body")), S("…of the backup stands in the log of the gateway, as plain text."));
	page = house_page(c, "find", &s);
	check(house_has(page, "<mark>plain</mark> <mark>text</mark>"));
	check(house_has(page, "<span class=\"id\">R-2026-0001</span>"));
	house_close(c);
}

/* A message of a report is found by its own words: the words of the report do not find each of its messages again. */
TEST(a_message_is_found_by_its_words_under_the_name_of_its_report)
{
	struct house h;
	struct sheet s;

	fill(c, &h);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "dump", NULL));
	check_int(house_count(&s, "hits"), 1);
	check_str(hit(c, &s, 0, "title"), S("R-2026-0001 Backup can be read"));
	check_str(hit(c, &s, 0, "body"), S("Here is a dump of the memory."));
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "backup", NULL));
	check_int(house_count(&s, "hits"), 1);
	check(house_has(hit(c, &s, 0, "body"), "password of the backup"));
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "R-2026-0001", NULL));
	check_int(house_count(&s, "hits"), 1);
	house_close(c);
}

TEST(a_kind_narrows_what_is_found)
{
	struct house h;
	struct sheet s;

	fill(c, &h);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "log", NULL));
	check_int(house_count(&s, "hits"), 2);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "log", "kind", "case", NULL));
	check_int(house_count(&s, "hits"), 1);
	check_str(hit(c, &s, 0, "word"), S("Case"));
	check(house_has(house_page(c, "find", &s), "<input type=\"hidden\" name=\"kind\" value=\"case\">"));
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "log", "kind", "product", NULL));
	check_int(house_count(&s, "hits"), 0);
	check(!house_see(c, &h.analyst, "find", &s, "q", "log", "kind", "secret", NULL));
	check_fault(c, E_INVALID, "kind");
	house_close(c);
}

TEST(a_case_that_was_edited_is_still_found_by_its_number_and_notes)
{
	struct house          h;
	struct sheet          s;
	struct casefile_draft d = { .title = S("Key in the log"), .access = S("team") };
	case_id               k;
	str                   number;

	house_open(c, &h, some, SOME);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, casefile_open(c, &d, &k, &number));
	check_ok(c, timeline_note(c, k, S("AMBER"), S("The supplier calls it walrus.")));
	check_ok(c, db_commit(c));
	check_ok(c, house_do(c, &h.lead, "case.edit", &s, "id", cstr(c->arena, k.v), "version", "1", "title", "Password in the log",
	                     "tlp", "AMBER", "access", "team", "turn", "team", NULL));
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "walrus", NULL));
	check_int(house_count(&s, "hits"), 1);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", cstr(c->arena, number), NULL));
	check_int(house_count(&s, "hits"), 1);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "password", NULL));
	check_int(house_count(&s, "hits"), 1);
	house_close(c);
}

TEST(the_words_are_marked_in_number_and_name_too)
{
	struct house h;
	struct sheet s;
	str          page;

	fill(c, &h);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "key", NULL));
	check_int(house_count(&s, "hits"), 1);
	check(house_has(house_page(c, "find", &s), "<mark>Key</mark> in the log</b>"));
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "r-2026-1", NULL));
	page = house_page(c, "find", &s);
	check(house_has(page, "<span class=\"id\"><mark>R-2026-0001</mark></span>"));
	house_close(c);
}

/* How many hits somebody has. */
static int64_t hits(struct ctx *c, const struct actor *who, const char *words)
{
	struct sheet s;

	check_ok(c, house_see(c, who, "find", &s, "q", words, NULL));
	return (int64_t)house_count(&s, "hits");
}

TEST(what_no_longer_stands_is_not_found)
{
	struct house          h;
	struct sheet          s;
	struct casefile_draft d  = { .title = S("Key in the log"), .access = S("team") };
	struct vuln_draft     v  = { .title = S("Walrus"), .cve = S("CVE-2026-10042") }, edited = { .title = S("Seal") };
	case_id               k;
	vuln_id               id;
	str                   number;

	house_open(c, &h, some, SOME);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, casefile_open(c, &d, &k, &number));
	check_ok(c, vuln_add(c, k, &v, STR_NONE, &id));
	check_ok(c, db_commit(c));
	check_int(hits(c, &h.analyst, "walrus"), 1);
	check_ok(c, house_do(c, &h.lead, "case.edit", &s, "id", cstr(c->arena, k.v), "version", "2", "title", "Password in the log",
	                     "tlp", "AMBER", "access", "team", "turn", "team", NULL));
	check_int(hits(c, &h.analyst, "key"), 0);
	check_int(hits(c, &h.analyst, "password"), 1);
	check_int(hits(c, &h.analyst, "walrus"), 1);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, vuln_edit(c, k, id, 1, &edited));
	check_ok(c, db_commit(c));
	check_int(hits(c, &h.analyst, "walrus"), 0);
	check_int(hits(c, &h.analyst, "CVE-2026-10042"), 0);
	check_int(hits(c, &h.analyst, "seal"), 1);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, vuln_number(c, k, id, S("CVE-2026-10043")));
	check_ok(c, db_commit(c));
	check_int(hits(c, &h.analyst, "cve 2026 10043"), 1);
	check(house_indexed(c));
	house_close(c);
}

/* A report with a case is read by those who read reports; who sees the case alone does not find it. */
TEST(a_report_is_not_found_by_who_sees_its_case_alone)
{
	struct house          h;
	struct report_draft   r = { .title = S("Walrus"), .product = S("Heron 20"), .description = S("Tusks"), .contact = S("aoi@example.jp"), .credit = S("Aoi") };
	struct casefile_draft d = { .title = S("Key in the log"), .access = S("team") };
	struct report_move    m = { .state = "qualified", .step = 3, .outcome = S("qualified"), .version = INT_NONE };
	struct report_brief   b;
	report_id             id;
	str                   number;

	house_open(c, &h, some, SOME);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, report_open(c, &r, S("code"), &id, &number));
	check_ok(c, report_brief(c, id, &b));
	check_ok(c, casefile_open(c, &d, &m.casefile, &number));
	check_ok(c, report_move(c, &b, &m));
	check_ok(c, db_commit(c));
	check_int(hits(c, &h.executive, "log"), 1);
	check_int(hits(c, &h.executive, "walrus"), 0);
	check_int(hits(c, &h.analyst, "walrus"), 1);
	check_int(hits(c, &h.analyst, "aoi@example"), 1);
	check_int(hits(c, &h.executive, "aoi@example"), 0);
	check(house_indexed(c));
	house_close(c);
}

TEST(a_finder_is_found_by_mail_address_and_name_with_the_words_marked)
{
	struct house        h;
	struct sheet        s;
	struct report_draft r = { .title = S("Walrus"), .product = S("Heron 20"), .description = S("Tusks"), .contact = S("aoi@example.jp"), .credit = S("Aoi Tanaka") };
	report_id           id;
	str                 number;

	house_open(c, &h, some, SOME);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, report_open(c, &r, S("code"), &id, &number));
	check_ok(c, db_commit(c));
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "aoi@example", NULL));
	check_int(house_count(&s, "hits"), 1);
	check_str(hit(c, &s, 0, "body"), S("aoi@example.jp"));
	check(house_has(house_page(c, "find", &s), "<mark>aoi@example</mark>.jp"));
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "Aoi T", NULL));
	check_str(hit(c, &s, 0, "body"), S("Aoi Tanaka"));
	check_int(hits(c, &h.engineer, "aoi@example"), 0);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "aoi@example", "kind", "case", NULL));
	check_int(house_count(&s, "hits"), 0);
	house_close(c);
}

static void spellings(struct ctx *c, str url)
{
	static const struct { const char *typed; int64_t n; } asked[] = {
		{ "PSIRT-%d-0001", 1 }, { "psirt-%d-1", 1 }, { "PSIRT\xe2\x80\x91%d\xe2\x80\x91""1", 1 }, { "R-%d-01", 1 }, { "R-%d-2", 0 }, { "psirt-%d", 1 },
		{ "Heron 20 3.1", 2 }, { "Heron-20", 2 }, { "KX200", 1 }, { "KX-200", 1 }, { "KX 200", 1 }, { "KX-20", 0 }, { "HW-7", 1 },
		{ "BUFFER-overflow", 1 }, { "\"buffer overflow\"", 1 }, { "ファームウェア", 1 }, { "ファームウエア", 1 }, { "ﾌｧｰﾑｳｪｱ", 1 },
		{ "サーバ", 1 }, { "サーバー", 1 }, { "バージョン", 1 }, { "ヴァージョン", 1 }, { "CVE-2026-10042", 1 }, { "2026-10042", 1 }, { "10042", 1 },
		{ "CVE-2026-1004", 0 }, { "cve‐2026‐10042", 1 },
	};
	struct house          h;
	struct report_draft   r = { .title = S("ファームウエアのヴァージョン"), .product = S("Heron 20"), .product_version = S("3.1"), .description = S("KX-200 とサーバー") };
	struct casefile_draft d = { .title = S("A buffer overflow"), .access = S("team") };
	struct vuln_draft     v = { .title = S("v"), .cve = S("CVE-2026-10042") };
	struct product_draft  p = { .code = S("H20"), .name = S("Heron 20"), .models = S("HW-7, HW-8") };
	case_id               k;
	vuln_id               vuln;
	report_id             report;
	product_id            product;
	release_id            release;
	str                   number;

	house_open_at(c, &h, some, SOME, url);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, family_add(c, S("H"), S("Herons"), STR_NONE, &p.family));
	check_ok(c, product_add(c, &p, &product));
	check_ok(c, release_add(c, product, S("3.1"), STR_NONE, STR_NONE, &release));
	check_ok(c, report_open(c, &r, S("code"), &report, &number));
	check_ok(c, casefile_open(c, &d, &k, &number));
	check_ok(c, vuln_add(c, k, &v, STR_NONE, &vuln));
	check_ok(c, db_commit(c));
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		str     year  = str_fmt(c->arena, "%d", time_civil(c->now).year), typed = str_of(asked[i].typed);
		size_t  at    = str_find(typed, S("%d"), 0);
		int64_t found;

		if (at != SIZE_MAX)
			typed = STR_CAT(c->arena, str_slice(typed, 0, at), year, str_slice(typed, at + 2, typed.n));
		found = hits(c, &h.analyst, cstr(c->arena, typed));
		if (found != asked[i].n)
			check_str(typed, S(""));
		check_int(found, asked[i].n);
	}
	check(house_indexed(c));
	house_close(c);
}

TEST(numbers_products_and_spellings_are_found_as_people_type_them)
{
	spellings(c, S("sqlite::memory:"));
}

TEST(they_are_on_postgresql)
{
	str url = house_postgres(c);

	if (!url.n)
		skip_test("no PostgreSQL: PSIRT_TEST_PG is not set (tools/with-postgres)");
	spellings(c, url);
}

/* A renamed family, as a page and as a table change it. */
TEST(a_product_is_found_by_its_family_as_it_is_called_now)
{
	struct house          h;
	struct catalogue_line l = { .family_code = S("H"), .family = S("Herons"), .product_code = S("H20"), .product = S("Heron 20"), .team = S("") };
	struct catalogue_line other;
	bool                  changed;

	house_open(c, &h, some, SOME);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, catalogue_put(c, &l, &changed));
	other              = l;
	other.family       = S("Egrets");
	other.product_code = S("H30");
	other.product      = S("Heron 30");
	check_ok(c, catalogue_put(c, &other, &changed));
	check_ok(c, db_commit(c));
	check_int(hits(c, &h.analyst, "egrets"), 2);
	check_int(hits(c, &h.analyst, "herons"), 0);
	check(house_indexed(c));
	house_close(c);
}
