#include "services/5-disclosure/3-publication/past/history_test.h"

#include "services/5-disclosure/3-publication/bulletin.h"
#include "services/5-disclosure/3-publication/past/history.h"

#include <dirent.h>

#include "base/buf.h"

#include "platform/clock.h"
#include "record/product.h"

static const struct service *const only[] = { &publication_service };

/* How many imported editions and audit entries there are, past all guards. */
static int64_t counted(struct ctx *c, const char *sql)
{
	struct db_query q = { .sqlite = sql, .types = "" };
	struct db_run  *r;
	int64_t         n = -1;
	bool            row;

	check_ok(c, db_begin(c, DB_READ, &house_viewer));
	check_ok(c, db_start(c, &q, &r));
	check_ok(c, db_next(c, r, &row));
	n = db_get_int(r, 0);
	db_end(r);
	db_rollback(c);
	return n;
}

static int64_t kept(struct ctx *c)
{
	return counted(c, "SELECT (SELECT count(*) FROM past_edition) + (SELECT count(*) FROM past_line) + (SELECT count(*) FROM past_vuln)"
	                  " + (SELECT count(*) FROM past_product) + (SELECT count(*) FROM past_verdict) + (SELECT count(*) FROM past_loss)"
	                  " + (SELECT count(*) FROM past_receipt) + (SELECT count(*) FROM find_piece) + (SELECT count(*) FROM journal)");
}

static const char *id_in(struct ctx *c, const struct sheet *s)
{
	return cstr(c->arena, house_cell(c, s, "files", 0, "id"));
}

TEST(an_imported_advisory_is_kept_byte_for_byte_with_its_own_dates)
{
	struct house h;
	struct sheet s;
	const char  *id;
	str          page;

	house_open(c, &h, only, 1);
	check_ok(c, past_import_one(c, &h.analyst, str_of(past_document), &s));
	check_str(house_cell(c, &s, "files", 0, "outcome"), S("stored"));
	check_str(house_cell(c, &s, "files", 0, "differ"), S("0"));
	id = id_in(c, &s);
	check_ok(c, house_see(c, &h.lead, "history.csaf", &s, "id", id, NULL));
	check_str(s.raw, str_of(past_document));
	check_ok(c, house_see(c, &h.auditor, "history.show", &s, "id", id, NULL));
	check_str(house_cell(c, &s, "edition", 0, "number"), S("OW-2019-1"));
	check_str(house_cell(c, &s, "edition", 0, "publisher"), S("Other Works"));
	check_str(house_cell(c, &s, "edition", 0, "sha256"), bytes_sha256(c, str_of(past_document)));
	check_str(house_cell(c, &s, "edition", 0, "severity"), S("critical"));
	check_int(civil_days(2019, 7, 10) * DAY, *(const time_us *)(const void *)&((const struct past_get_row *)s.parts[0].rows)->first_at);
	check_int(civil_days(2019, 7, 11) * DAY, ((const struct past_get_row *)s.parts[0].rows)->changed_at);
	check_str(house_cell(c, &s, "vulnerabilities", 0, "cve"), S("CVE-2019-10042"));
	check_int(house_count(&s, "differences"), 0);
	page = house_page(c, "history.show", &s);
	check(house_has(page, "Gate 1.0") && house_has(page, "Nobody is asked.") && house_has(page, "Update to 2.0."));
	check(house_has(page, "https://other.example/manual"));
	check_ok(c, house_see(c, &h.executive, "history.list", &s, NULL));
	check_int(house_count(&s, "history"), 1);
	check_int(counted(c, "SELECT count(*) FROM journal WHERE verb = 'advisory.import'"), 1);
	house_close(c);
}

TEST(the_same_bytes_again_change_nothing)
{
	struct house h;
	struct sheet s;
	int64_t      before;

	house_open(c, &h, only, 1);
	check_ok(c, past_import_one(c, &h.analyst, str_of(past_document), &s));
	before = kept(c);
	check_ok(c, past_import_one(c, &h.lead, str_of(past_document), &s));
	check_str(house_cell(c, &s, "files", 0, "outcome"), S("there"));
	check_int(kept(c), before);
	house_close(c);
}

TEST(another_content_with_the_same_version_is_a_conflict)
{
	struct house h;
	struct sheet s;
	int64_t      before;

	house_open(c, &h, only, 1);
	check_ok(c, past_import_one(c, &h.analyst, str_of(past_document), &s));
	before = kept(c);
	check(!past_import_one(c, &h.analyst, past_with(c, "Open gate", "Open door", NULL), &s));
	check_fault(c, E_CONFLICT, "file");
	check(house_has(word_fault(c, &c->fault), "Version 1 of OW-2019-1"));
	check(!past_import_one(c, &h.analyst, past_with(c, "Open gate", "Open door", "other.example\"", "other.example/\"", NULL), &s));
	check_fault(c, E_CONFLICT, "file");
	check_int(kept(c), before);
	check_ok(c, past_import_one(c, &h.analyst, past_with(c, "https://other.example\"", "https://third.example\"", NULL), &s));
	house_close(c);
}

static str version(struct ctx *c, const char *v)
{
	const char *quoted = cstr(c->arena, STR_CAT(c->arena, S("\"version\":\""), str_of(v), S("\"}},")));
	const char *number = cstr(c->arena, STR_CAT(c->arena, S("\"number\":\""), str_of(v), S("\"")));

	return past_with(c, "\"version\":\"1\"}},", quoted, "\"number\":\"1\"", number, NULL);
}

/* meets CSAF-2.0 3.1.11 */
TEST(versions_are_editions_in_their_order_whenever_they_arrive)
{
	static const char *const came[] = { "2", "10", "1", "3" }, *const order[] = { "10", "3", "2", "1" };
	struct house h;
	struct sheet s;

	house_open(c, &h, only, 1);
	for (size_t i = 0; i < 4; i++)
		check_ok(c, past_import_one(c, &h.analyst, version(c, came[i]), &s));
	check_ok(c, house_see(c, &h.lead, "history.show", &s, "id", id_in(c, &s), NULL));
	check_int(house_count(&s, "editions"), 4);
	for (size_t i = 0; i < 4; i++)
		check_str(house_cell(c, &s, "editions", i, "edition"), str_of(order[i]));
	house_close(c);
}

static void refused(struct ctx *c, struct house *h, str text, enum fault_code code, const char *says)
{
	struct sheet s;
	int64_t      before = kept(c);

	check(!past_import_one(c, &h->analyst, text, &s));
	check_fault(c, code, "file");
	if (!house_has(word_fault(c, &c->fault), says))
		check_str(word_fault(c, &c->fault), str_of(says));
	check_int(kept(c), before);
}

TEST(what_is_no_csaf_2_0_is_refused_with_its_place_and_nothing_is_written)
{
	struct house h;
	char        *deep = arena_alloc(c->arena, 100000), *large = arena_alloc(c->arena, HISTORY_BYTES + 1);

	house_open(c, &h, only, 1);
	memset(deep, '[', 100000);
	memset(large, ' ', HISTORY_BYTES + 1);
	refused(c, &h, S(""), E_INVALID, "empty");
	refused(c, &h, S("\xff\xfe"), E_SYNTAX, "Line 1, column 1: ");
	refused(c, &h, S("{\"document\":\n {\"a\":1,\"a\":2}}"), E_SYNTAX, "Line 2, column 9: ");
	refused(c, &h, (str){ deep, 100000 }, E_LIMIT, "Line 1, column 201: ");
	refused(c, &h, (str){ large, HISTORY_BYTES + 1 }, E_LIMIT, "15728641");
	refused(c, &h, S("[]"), E_INVALID, "/document/csaf_version");
	refused(c, &h, past_with(c, "\"csaf_version\":\"2.0\"", "\"csaf_version\":\"2.1\"", NULL), E_INVALID, "CSAF 2.1");
	refused(c, &h, past_with(c, "\"id\":\"OW-2019-1\",", "", NULL), E_INVALID, "/document/tracking");
	refused(c, &h, past_with(c, "\"status\":\"final\"", "\"status\":\"over\"", NULL), E_INVALID, "/document/tracking/status");
	refused(c, &h, past_with(c, "2019-07-10T00:00:00Z", "2019-02-30T00:00:00Z", NULL), E_INVALID, "initial_release_date");
	house_close(c);
}

TEST(a_document_that_fails_mandatory_tests_is_kept_and_marked)
{
	struct house h;
	struct sheet s;

	house_open(c, &h, only, 1);
	check_ok(c, past_import_one(c, &h.analyst, past_with(c, "\"known_affected\":[\"P1\"]", "\"known_affected\":[\"P9\"]", NULL), &s));
	check_ok(c, house_see(c, &h.lead, "history.show", &s, "id", id_in(c, &s), NULL));
	check_str(house_cell(c, &s, "edition", 0, "valid"), S("0"));
	check(house_has(house_page(c, "history.show", &s), "6.1.1 /vulnerabilities/0/product_status/known_affected/0"));
	house_close(c);
}

TEST(texts_that_deceive_are_kept_in_the_bytes_and_shown_harmless)
{
	struct house h;
	struct sheet s;
	str          page;

	house_open(c, &h, only, 1);
	check_ok(c, past_import_one(c, &h.analyst, past_with(c, "Open gate", "a\\u0000b\\u001b[31m<script>", "https://other.example/manual",
	         "javascript:alert(1)", NULL), &s));
	check_ok(c, house_see(c, &h.lead, "history.show", &s, "id", id_in(c, &s), NULL));
	page = house_page(c, "history.show", &s);
	check(house_has(page, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD[31m&lt;script&gt;"));
	check(!house_has(page, "<script") && !house_has(page, "href=\"javascript:"));
	house_close(c);
}

TEST(of_several_files_each_is_kept_or_refused_by_itself)
{
	struct house h;
	struct sheet s;
	str          texts[4];
	const char  *batch;

	house_open(c, &h, only, 1);
	texts[0] = str_of(past_document);
	texts[1] = S("{");
	texts[2] = past_with(c, "Open gate", "Open door", NULL);
	texts[3] = version(c, "2");
	check_ok(c, past_import(c, &h.analyst, texts, 4, &s));
	check_str(house_cell(c, &s, "files", 0, "outcome"), S("stored"));
	check_str(house_cell(c, &s, "files", 1, "outcome"), S("refused"));
	check(house_has(house_cell(c, &s, "files", 1, "why"), "Line 1, column 2"));
	check_str(house_cell(c, &s, "files", 2, "outcome"), S("refused"));
	check_str(house_cell(c, &s, "files", 3, "outcome"), S("stored"));
	check(str_starts(s.next, S("/history/imports/")));
	batch = cstr(c->arena, str_slice(s.next, 17, s.next.n));
	check_ok(c, house_see(c, &h.analyst, "history.batch", &s, "id", batch, NULL));
	check_int(house_count(&s, "files"), 4);
	check(house_has(house_page(c, "history.batch", &s), "2 imported"));
	check_ok(c, house_see(c, &h.lead, "history.batch", &s, "id", batch, NULL));
	check_ok(c, past_import(c, &h.analyst, texts, 4, &s));
	check_str(house_cell(c, &s, "files", 0, "outcome"), S("there"));
	check_int(counted(c, "SELECT count(*) FROM past_edition"), 2);
	house_close(c);
}

/* The analyst's account is disabled. */
static void leave(struct ctx *c)
{
	const struct db_query q = { .sqlite = "UPDATE account SET state = 'disabled' WHERE name = 'analyst'", .types = "", .writes = true };
	struct db_run        *r;

	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, db_start(c, &q, &r));
	check_ok(c, db_exec(c, r, NULL));
	check_ok(c, db_commit(c));
}

TEST(a_lead_takes_over_what_is_tlp_red_only_when_its_holder_has_left)
{
	struct house h;
	struct sheet s;
	const char  *id, *who;

	house_open(c, &h, only, 1);
	check_ok(c, past_import_one(c, &h.analyst, past_with(c, "\"WHITE\"", "\"RED\"", NULL), &s));
	id  = cstr(c->arena, house_cell(c, &s, "files", 0, "id"));
	who = cstr(c->arena, h.analyst.id);
	check(!house_see(c, &h.lead, "history.show", &s, "id", id, NULL));
	check_ok(c, house_see(c, &h.lead, "history.list", &s, NULL));
	check(!house_has(house_page(c, "history.list", &s), "/history/take"));
	check(!house_do(c, &h.lead, "history.take", &s, "account", who, NULL));
	check_fault(c, E_STATE, "account");
	leave(c);
	check_ok(c, house_see(c, &h.lead, "history.list", &s, NULL));
	check(house_has(house_page(c, "history.list", &s), "/history/take"));
	check(!house_see(c, &h.lead, "history.show", &s, "id", id, NULL));
	check(!house_do(c, &h.executive, "history.take", &s, "account", who, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_do(c, &h.lead, "history.take", &s, "account", "nosuchperson", NULL));
	check_fault(c, E_NOTFOUND, "account");
	check_ok(c, house_do(c, &h.lead, "history.take", &s, "account", who, NULL));
	check_str(s.note, S("1"));
	check_ok(c, house_see(c, &h.lead, "history.show", &s, "id", id, NULL));
	check(!house_do(c, &h.lead, "history.take", &s, "account", who, NULL));
	check_fault(c, E_STATE, "account");
	house_close(c);
}

/* meets FIRST-TLP-2.0 RED: for the eyes of those who were given it */
TEST(what_is_tlp_red_is_seen_by_who_brought_it_alone)
{
	str          red = past_with(c, "\"WHITE\"", "\"RED\"", NULL);
	struct house h;
	struct sheet s;
	const char  *id;

	house_open(c, &h, only, 1);
	check_ok(c, past_import_one(c, &h.analyst, red, &s));
	id = id_in(c, &s);
	check_ok(c, house_see(c, &h.analyst, "history.csaf", &s, "id", id, NULL));
	check(!house_see(c, &h.lead, "history.show", &s, "id", id, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_see(c, &h.lead, "history.csaf", &s, "id", id, NULL));
	check_ok(c, house_see(c, &h.lead, "history.list", &s, NULL));
	check_int(house_count(&s, "history"), 0);
	check_int(counted(c, "SELECT count(*) FROM find_piece"), 0);
	check_int(counted(c, "SELECT count(*) FROM journal WHERE note LIKE '%OW-2019%' AND chain = 'system'"), 0);
	check_int(counted(c, "SELECT count(*) FROM journal WHERE verb = 'advisory.import'"), 1);
	check_ok(c, past_import_one(c, &h.lead, red, &s));
	check_str(house_cell(c, &s, "files", 0, "outcome"), S("stored"));
	house_close(c);
}

static product_id add_product(struct ctx *c, const char *code, const char *name)
{
	family_id  f;
	product_id p;
	release_id r;

	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, family_add(c, str_of(code), str_of(name), S(""), &f));
	check_ok(c, product_add(c, &(struct product_draft){ .family = f, .code = STR_CAT(c->arena, str_of(code), S("-1")), .name = str_of(name),
	                                                    .name_ja = S(""), .team = S(""), .support_ends = STR_NONE }, &p));
	check_ok(c, release_add(c, p, S("1.0"), STR_NONE, STR_NONE, &r));
	check_ok(c, db_commit(c));
	return p;
}

TEST(products_are_those_of_the_catalogue_where_there_is_no_doubt)
{
	struct house h;
	struct sheet s;
	const char  *id;
	product_id   gate;

	house_open(c, &h, only, 1);
	gate = add_product(c, "GA", "Gate");
	check_ok(c, past_import_one(c, &h.analyst, str_of(past_document), &s));
	id = id_in(c, &s);
	check_ok(c, house_see(c, &h.lead, "history.show", &s, "id", id, NULL));
	check_str(house_cell(c, &s, "products", 0, "product_id"), gate.v);
	check(house_cell(c, &s, "products", 0, "release_id").n > 0);
	check_str(house_cell(c, &s, "products", 1, "product_id"), gate.v);
	check_int(house_cell(c, &s, "products", 1, "release_id").n, 0);
	add_product(c, "GB", "Gate");
	check_ok(c, house_see(c, &h.lead, "history.show", &s, "id", id, NULL));
	check_int(house_cell(c, &s, "products", 0, "product_id").n, 0);
	check_int(house_cell(c, &s, "products", 0, "release_id").n, 0);
	check_int(counted(c, "SELECT count(*) FROM product"), 2);
	house_close(c);
}

static str many_products(struct ctx *c, size_t n)
{
	struct buf names, ids;

	buf_init(&names, c->arena, 4 << 20);
	buf_init(&ids, c->arena, 4 << 20);
	for (size_t i = 0; i < n; i++) {
		buf_fmt(&names, "%s{\"name\":\"Thing %zu\",\"product_id\":\"T%zu\"}", i ? "," : "", i, i);
		buf_fmt(&ids, "%s\"T%zu\"", i ? "," : "", i);
	}
	return past_with(c, "\"product_tree\":{", cstr(c->arena, STR_CAT(c->arena, S("\"product_tree\":{\"full_product_names\":["), buf_str(&names), S("],"))),
	                 "\"known_affected\":[\"P1\"", cstr(c->arena, STR_CAT(c->arena, S("\"known_affected\":[\"P1\","), buf_str(&ids))), NULL);
}

/* 9,998 and the two of the document; it took minutes once, a product at a time. */
TEST(a_page_of_as_many_products_as_are_kept_is_made_at_once)
{
	struct house h;
	struct sheet s;

	house_open(c, &h, only, 1);
	add_product(c, "GA", "Gate");
	check_ok(c, past_import_one(c, &h.analyst, many_products(c, 9998), &s));
	check_ok(c, house_see(c, &h.lead, "history.show", &s, "id", id_in(c, &s), NULL));
	check_int(house_count(&s, "products"), 10000);
	check_str(house_cell(c, &s, "products", 2, "affected"), S("1"));
	check_str(house_cell(c, &s, "products", 9999, "name"), S("Thing 9997"));
	check(!past_import_one(c, &h.analyst, many_products(c, 9999), &s));
	check_fault(c, E_LIMIT, "file");
	house_close(c);
}

TEST(those_outside_the_team_import_nothing_and_engineers_see_nothing)
{
	struct house h;
	struct sheet s;

	house_open(c, &h, only, 1);
	check(!past_import_one(c, &h.auditor, str_of(past_document), &s));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!past_import_one(c, &h.nobody, str_of(past_document), &s));
	check_fault(c, E_AUTH, NULL);
	check_ok(c, past_import_one(c, &h.analyst, str_of(past_document), &s));
	check(!house_see(c, &h.engineer, "history.list", &s, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_see(c, &h.lead, "history.show", &s, "id", "aaaaaaaaaaaaaaaaaaaaaaaaaa", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

/* ---- a cage that was taken over ---- */

static const char *lie;

static bool lying(UNUSED struct ctx *c, UNUSED str name, UNUSED str body, struct tool_answer *out)
{
	*out = (struct tool_answer){ 0, str_of(lie), S("") };
	return true;
}

static bool gone(struct ctx *c, UNUSED str name, UNUSED str body, UNUSED struct tool_answer *out)
{
	return fault(c, E_UNAVAILABLE, NULL, NULL);
}

TEST(what_the_cage_answers_is_believed_in_nothing)
{
	static const char *const lies[] = { "", "x", "[]", "{}", "{\"number\":1}", "{\"fault\":1}",
		"{\"number\":\"a\",\"edition\":\"1\",\"publisher\":\"p\",\"namespace\":\"n\",\"differ\":0,\"first_at\":\"never\"}",
		"{\"number\":\"a\",\"number\":\"b\"}" };
	struct house h;
	struct sheet s;
	int64_t      before;

	house_open(c, &h, only, 1);
	h.front.tool = lying;
	before = kept(c);
	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		lie = lies[i];
		check(!past_import_one(c, &h.analyst, str_of(past_document), &s));
	}
	check_int(kept(c), before);
	lie = "{\"number\":\"a\",\"edition\":\"1\",\"publisher\":\"p\",\"namespace\":\"n\",\"differ\":0,\"tlp\":\"WHO\",\"severity\":\"?\","
	      "\"first_at\":\"2019-01-01T00:00:00Z\",\"changed_at\":\"2019-01-01T00:00:00Z\",\"lines\":[{\"kind\":\"x\",\"url\":\"data:x\"},7],"
	      "\"verdicts\":[{\"vuln\":-4,\"status\":\"x\"}],\"vulns\":[{}],\"products\":[[]],\"differences\":[{\"what\":1}]}";
	check_ok(c, past_import_one(c, &h.analyst, str_of(past_document), &s));
	check_ok(c, house_see(c, &h.analyst, "history.show", &s, "id", id_in(c, &s), NULL));
	check_str(house_cell(c, &s, "edition", 0, "tlp"), S("RED"));
	h.front.tool = gone;
	check(!past_import_one(c, &h.analyst, version(c, "4"), &s));
	check_fault(c, E_UNAVAILABLE, NULL);
	h.front.tool = NULL;
	check(!past_import_one(c, &h.analyst, version(c, "4"), &s));
	check_fault(c, E_UNAVAILABLE, NULL);
	house_close(c);
}

/* ---- real ones ---- */

static size_t folder(struct ctx *c, struct house *h, str path, size_t *differ)
{
	DIR           *dir = opendir(cstr(c->arena, path));
	struct dirent *e;
	size_t         n = 0;

	while (dir && (e = readdir(dir))) {
		str          name = str_of(e->d_name), bytes, all[2];
		const char  *names[2] = { e->d_name, str_fmt(c->arena, "%s.sha512", e->d_name).p };
		struct sheet s;
		if (!str_ends(name, S(".json")))
			continue;
		n++;
		bytes = test_file(c, STR_CAT(c->arena, path, S("/"), name));
		all[0] = bytes;
		all[1] = test_file(c, STR_CAT(c->arena, path, S("/"), name, S(".sha512")));
		check_ok(c, past_import_as(c, &h->analyst, names, all, 2, &s));   /* with the digest that CISA gives */
		check_str(house_cell(c, &s, "files", 0, "outcome"), S("stored"));
		*differ += !str_eq(house_cell(c, &s, "files", 0, "differ"), S("0"));
		check_ok(c, house_see(c, &h->lead, "history.csaf", &s, "id", id_in(c, &s), NULL));
		check(str_eq(s.raw, bytes));
		c->arena->max += 4 << 20;
	}
	if (dir)
		closedir(dir);
	return n;
}

/* The one that differs: its list is in csaf_read_test.c. */
TEST(the_real_advisories_are_imported_byte_for_byte)
{
	str          sample = STR_CAT(c->arena, test_vectors(c), S("/csaf/cisa-sample/"));
	struct house h;
	struct sheet s;
	size_t       n = 0, differ = 0;

	if (!test_vectors(c).n)
		skip_test("the official vectors are not there");
	house_open(c, &h, only, 1);
	for (int year = 2010; year < 2026; year++) {
		n += folder(c, &h, str_fmt(c->arena, "%.*sOT/white/%d", STR_ARG(sample), year), &differ);
		n += folder(c, &h, str_fmt(c->arena, "%.*sIT/white/%d", STR_ARG(sample), year), &differ);
	}
	check_int(n, 122);
	check_int(differ, 1);
	check_int(counted(c, "SELECT count(*) FROM past_edition WHERE valid = 1"), 122);
	check_ok(c, house_see(c, &h.nobody, "advisory.list", &s, NULL));
	check_int(house_count(&s, "advisories"), 0);
	house_close(c);
}
