#include "services/2-discovery/3-components/notice_test.h"
#include "services/2-discovery/3-components/shop_test.h"

#include "services/2-discovery/3-components/notice.h"

static const struct chore *compare(void)
{
	return components_service.chores;
}

/* meets FIRST-1.1 2.3.2 */
TEST(a_suppliers_advisory_is_kept_and_read)
{
	struct shop  s;
	struct sheet out;
	const char  *id;
	str          page;

	shop_open(c, &s);
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	check_str(house_cell(c, &out, "files", 0, "outcome"), S("kept"));
	check_str(house_cell(c, &out, "files", 0, "components"), S("0"));
	id = id_in(c, &out);
	check_ok(c, house_see(c, &s.h.auditor, "notice.csaf", &out, "id", id, NULL));
	check_str(out.raw, str_of(notice_document));
	check_ok(c, house_see(c, &s.h.lead, "notice.show", &out, "id", id, NULL));
	check_str(house_cell(c, &out, "notice", 0, "number"), S("DW-2026-7"));
	check_str(house_cell(c, &out, "notice", 0, "state"), S("fresh"));
	check_str(house_cell(c, &out, "notice", 0, "severity"), S("critical"));
	check_str(house_cell(c, &out, "notice", 0, "score"), S("98"));
	check_str(house_cell(c, &out, "vulnerabilities", 0, "cve"), S("CVE-2026-10077"));
	check_str(house_cell(c, &out, "products", 0, "span"), S("vers:npm/>=1.0.0|<1.4.2"));
	check_str(house_cell(c, &out, "products", 1, "release"), S("1.4.2"));
	check_str(house_cell(c, &out, "products", 1, "verdict"), S("fixed"));
	page = house_page(c, "notice.show", &out);
	check(house_has(page, "A long header overflows. 鍵") && house_has(page, "CWE-122"));
	house_close(c);
}

/* The newer standard says the same with other members. */
static str as_21(struct ctx *c)
{
	return notice_with(c, "\"csaf_version\":\"2.0\"", "\"csaf_version\":\"2.1\",\"$x\":0", ",\"$x\":0", "",
	                   "{\"document\":", "{\"$schema\":\"https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json\",\"document\":",
	                   "\"WHITE\"", "\"CLEAR\"",
	                   "\"cwe\":{\"id\":\"CWE-122\",\"name\":\"Heap-based Buffer Overflow\"}", "\"cwes\":[{\"id\":\"CWE-122\",\"name\":\"Heap-based Buffer Overflow\",\"version\":\"4.17\"}]",
	                   "\"purl\":\"pkg:npm/%40deepwater/fathom\"", "\"purls\":[\"pkg:npm/other\",\"pkg:npm/%40deepwater/fathom\"]",
	                   "\"purl\":\"pkg:npm/%40deepwater/fathom@1.4.2\"", "\"purls\":[\"pkg:npm/%40deepwater/fathom@1.4.2\"]",
	                   "\"scores\":[{\"cvss_v3\":", "\"metrics\":[{\"content\":{\"cvss_v3\":", "A:H\"},\"products\"", "A:H\"}},\"products\"", NULL);
}

TEST(a_document_of_csaf_2_1_is_read_with_every_purl)
{
	struct shop  s;
	struct sheet out;
	const char  *id;

	shop_open(c, &s);
	check_ok(c, component(c, &s, "fathom", "", "1.3.0", "pkg:npm/%40deepwater/fathom@1.3.0", ""));
	check_ok(c, notice_take_one(c, &s.h.analyst, as_21(c), &out));
	check_str(house_cell(c, &out, "files", 0, "why"), S(""));
	id = id_in(c, &out);
	check_ok(c, house_see(c, &s.h.lead, "notice.show", &out, "id", id, NULL));
	check_str(house_cell(c, &out, "notice", 0, "csaf"), S("2.1"));
	check_str(house_cell(c, &out, "notice", 0, "score"), S("98"));
	check_str(house_cell(c, &out, "notice", 0, "tlp"), S("CLEAR"));
	check_str(house_cell(c, &out, "vulnerabilities", 0, "cwe"), S("122"));
	check_int(house_count(&out, "products"), 3);
	check_int(house_count(&out, "components"), 1);
	check_str(house_cell(c, &out, "components", 0, "verdict"), S("affected"));
	house_close(c);
}

TEST(components_are_found_by_purl_cpe_and_name_and_their_versions_compared)
{
	static const struct { const char *name, *supplier, *version, *purl, *cpe, *how, *verdict; } all[] = {
		{ "a", "", "1.3.9", "pkg:npm/%40deepwater/fathom@1.3.9?arch=x#lib", "", "purl", "affected" },
		{ "b", "", "", "pkg:npm/%40deepwater/fathom@1.4.2", "", "purl", "fixed" },
		{ "c", "", "0.9.0", "", "cpe:/a:deepwater:fathom:0.9.0", "cpe", "other" },
		{ "d", "", "", "", "cpe:2.3:a:deepwater:fathom:*:*:*:*:*:*:*:*", "cpe", "unsure" },
		{ "ＦＡＴＨＯＭ", "deepwater parts", "1.4.1", "", "", "name", "affected" },
		{ "f", "", "2.0.0", "pkg:npm/%40deepwater/fathom@2.0.0", "", "purl", "other" },
		{ "Fathom", "Deepwater Parts", "1.3.9", "pkg:npm/fathom@1.3.9", "", NULL, NULL },   /* another package by its purl */
		{ "g", "", "1.3.9", "pkg:pypi/fathom@1.3.9", "", NULL, NULL },
		{ "h", "Deepwater Parts", "1.3.9", "", "", NULL, NULL },
	};
	struct shop  s;
	struct sheet out;
	const char  *id;
	size_t       found = 0;

	shop_open(c, &s);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		check_ok(c, component(c, &s, all[i].name, all[i].supplier, all[i].version, all[i].purl, all[i].cpe));
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	check_str(house_cell(c, &out, "files", 0, "components"), S("3"));
	id = id_in(c, &out);
	check_ok(c, house_see(c, &s.h.lead, "notice.show", &out, "id", id, NULL));
	check_int(house_count(&out, "components"), 6);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		for (size_t k = 0; k < house_count(&out, "components"); k++)
			if (str_eq(house_cell(c, &out, "components", k, "name"), str_of(all[i].name)) && all[i].how) {
				check_str(house_cell(c, &out, "components", k, "how"), str_of(all[i].how));
				check_str(house_cell(c, &out, "components", k, "verdict"), str_of(all[i].verdict));
				found++;
			}
	check_int(found, 6);
	house_close(c);
}

TEST(the_same_document_twice_is_one_notice)
{
	struct shop  s;
	struct sheet out;

	shop_open(c, &s);
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	check_ok(c, notice_take_one(c, &s.h.lead, str_of(notice_document), &out));
	check_str(house_cell(c, &out, "files", 0, "outcome"), S("there"));
	check_ok(c, house_see(c, &s.h.lead, "notice.list", &out, NULL));
	check_int(house_count(&out, "notices"), 1);
	check_ok(c, house_see(c, &s.h.lead, "received.list", &out, NULL));
	check_int(house_count(&out, "documents"), 1);
	house_close(c);
}

TEST(a_newer_version_updates_and_shows_what_changed)
{
	struct shop  s;
	struct sheet out;
	const char  *id;
	str          page;
	bool         done = false;

	shop_open(c, &s);
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	id = id_in(c, &out);
	check_ok(c, house_do(c, &s.h.lead, "notice.decide", &out, "id", id, "outcome", "irrelevant", "reason", "We do not use it.", NULL));
	c->now += DAY;
	check_ok(c, notice_take_one(c, &s.h.analyst, notice_version(c, "3", "Two overflows in Fathom"), &out));
	check_str(house_cell(c, &out, "files", 0, "outcome"), S("updated"));
	check_str(house_cell(c, &out, "files", 0, "id"), str_of(id));
	c->actor = &s.h.lead;
	check_ok(c, chore_run(c, compare(), &done));
	check(done);
	check_ok(c, house_see(c, &s.h.lead, "notice.show", &out, "id", id, NULL));
	check_str(house_cell(c, &out, "notice", 0, "title"), S("Two overflows in Fathom"));
	check_str(house_cell(c, &out, "notice", 0, "edition"), S("3"));
	check_str(house_cell(c, &out, "notice", 0, "state"), S("fresh"));   /* it says something new */
	check_int(house_count(&out, "changes"), 1);
	check_str(house_cell(c, &out, "changes", 0, "was"), S("Heap overflow in Fathom"));
	check_str(house_cell(c, &out, "changes", 0, "becomes"), S("Two overflows in Fathom"));
	check_int(house_count(&out, "documents"), 2);
	page = house_page(c, "notice.show", &out);
	check(house_has(page, "What the last update changed"));
	check_ok(c, chore_run(c, compare(), &done));
	check(!done);
	house_close(c);
}

TEST(an_older_version_is_kept_and_changes_nothing)
{
	struct shop  s;
	struct sheet out;
	const char  *id;

	shop_open(c, &s);
	check_ok(c, notice_take_one(c, &s.h.analyst, notice_version(c, "10", "Newest"), &out));
	id = id_in(c, &out);
	check_ok(c, notice_take_one(c, &s.h.analyst, notice_version(c, "9", "Older"), &out));
	check_str(house_cell(c, &out, "files", 0, "outcome"), S("older"));
	check(house_has(house_cell(c, &out, "files", 0, "why"), "older version 9"));
	check_ok(c, notice_take_one(c, &s.h.analyst, notice_version(c, "10", "Another"), &out));
	check_str(house_cell(c, &out, "files", 0, "outcome"), S("refused"));
	check(house_has(house_cell(c, &out, "files", 0, "why"), "Version 10 is here already with another content"));
	check_ok(c, house_see(c, &s.h.lead, "notice.show", &out, "id", id, NULL));
	check_str(house_cell(c, &out, "notice", 0, "title"), S("Newest"));
	check_int(house_count(&out, "documents"), 3);
	house_close(c);
}

TEST(a_document_that_cannot_be_read_is_kept_with_its_reason_and_place)
{
	struct shop  s;
	struct sheet out;
	str          bad[5];
	const char  *paper;

	shop_open(c, &s);
	bad[0] = S("");
	bad[1] = S("{\"document\":\n {\"a\":\xff}}");
	bad[2] = S("{\"a\":1,\"a\":2}");
	bad[3] = notice_with(c, "\"2.0\"", "\"3.0\"", NULL);
	bad[4] = notice_with(c, "\"title\":\"Heap overflow in Fathom\"", "\"title\":7", NULL);
	check_ok(c, notice_take(c, &s.h.analyst, bad, 5, &out));
	for (size_t i = 0; i < 5; i++)
		check_str(house_cell(c, &out, "files", i, "outcome"), S("refused"));
	check_str(house_cell(c, &out, "files", 0, "why"), S("The file is empty."));
	check(house_has(house_cell(c, &out, "files", 1, "why"), "Line 2, column 7:"));
	check(house_has(house_cell(c, &out, "files", 3, "why"), "CSAF 3.0"));
	check(house_has(house_cell(c, &out, "files", 4, "why"), "(/document/title)"));
	paper = kept_text(c, house_cell(c, &out, "files", 4, "paper"));
	check_ok(c, house_see(c, &s.h.analyst, "received.file", &out, "id", paper, NULL));
	check_str(out.raw, bad[4]);
	c->lang = LANG_JA;
	check_ok(c, house_see(c, &s.h.analyst, "received.list", &out, "refused", "1", NULL));
	check_int(house_count(&out, "documents"), 5);
	check(!house_has(house_page(c, "received.list", &out), "The file is empty."));
	c->lang = LANG_EN;
	/* What it is nobody knows: who brought it alone sees it. */
	check(!house_see(c, &s.h.lead, "received.file", &out, "id", paper, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

TEST(a_red_notice_is_of_who_brought_it_alone)
{
	struct shop  s;
	struct sheet out;
	const char  *id;

	shop_open(c, &s);
	check_ok(c, component(c, &s, "a", "", "1.3.9", "pkg:npm/%40deepwater/fathom@1.3.9", ""));
	check_ok(c, notice_take_one(c, &s.h.analyst, notice_with(c, "\"WHITE\"", "\"RED\"", NULL), &out));
	id = id_in(c, &out);
	check_ok(c, house_see(c, &s.h.analyst, "notice.show", &out, "id", id, NULL));
	check(!house_see(c, &s.h.lead, "notice.show", &out, "id", id, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &s.h.lead, "notice.decide", &out, "id", id, "outcome", "relevant", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_see(c, &s.h.lead, "desk", &out, NULL));
	check_int(house_count(&out, "tasks"), 0);
	check_ok(c, house_do(c, &s.h.analyst, "notice.decide", &out, "id", id, "outcome", "cased", NULL));
	check(!house_see(c, &s.h.lead, "case.show", &out, "id", cstr(c->arena, out.casefile), NULL));
	house_close(c);
}

/* meets FIRST-1.1 2.3.5: the engineers of the product see it */
TEST(an_engineer_sees_the_notices_that_concern_their_product_alone)
{
	struct shop  s;
	struct sheet out;
	const char  *id;

	shop_open(c, &s);
	check_ok(c, component(c, &s, "a", "", "1.3.9", "pkg:npm/%40deepwater/fathom@1.3.9", ""));
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	id = id_in(c, &out);
	check(!house_see(c, &s.h.engineer, "notice.show", &out, "id", id, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_do(c, &s.h.lead, "product.admit", &out, "id", s.product, "account", cstr(c->arena, s.h.engineer.id), NULL));
	check_ok(c, house_see(c, &s.h.engineer, "notice.show", &out, "id", id, NULL));
	check(!house_do(c, &s.h.engineer, "notice.decide", &out, "id", id, "outcome", "relevant", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	house_close(c);
}

TEST(a_decision_is_written_down_and_what_waits_stands_on_the_desk)
{
	struct shop  s;
	struct sheet out;
	const char  *id;

	shop_open(c, &s);
	check_ok(c, component(c, &s, "a", "", "1.3.9", "pkg:npm/%40deepwater/fathom@1.3.9", ""));
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	id = id_in(c, &out);
	check_ok(c, house_see(c, &s.h.lead, "desk", &out, NULL));
	check_int(house_count(&out, "tasks"), 1);
	check_str(house_cell(c, &out, "tasks", 0, "kind"), S("notice"));
	check(!house_do(c, &s.h.lead, "notice.decide", &out, "id", id, "outcome", "irrelevant", NULL));
	check_fault(c, E_INVALID, "reason");
	check(!house_do(c, &s.h.lead, "notice.decide", &out, "id", id, "outcome", "relevant", "version", "7", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, house_do(c, &s.h.lead, "notice.decide", &out, "id", id, "outcome", "irrelevant", "reason", "The header is never read.", NULL));
	check_ok(c, house_see(c, &s.h.lead, "desk", &out, NULL));
	check_int(house_count(&out, "tasks"), 0);
	check_ok(c, house_see(c, &s.h.lead, "notice.show", &out, "id", id, NULL));
	check_str(house_cell(c, &out, "notice", 0, "reason"), S("The header is never read."));
	check_str(house_cell(c, &out, "notice", 0, "decided_name"), S("lead"));
	house_close(c);
}

TEST(a_case_is_opened_with_the_vulnerabilities_and_the_products_of_the_notice)
{
	struct shop  s;
	struct sheet out;
	const char  *id, *k;
	str          page;

	shop_open(c, &s);
	check_ok(c, component(c, &s, "a", "", "1.3.9", "pkg:npm/%40deepwater/fathom@1.3.9", ""));
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	id = id_in(c, &out);
	check_ok(c, house_do(c, &s.h.lead, "notice.decide", &out, "id", id, "outcome", "cased", NULL));
	k = kept_text(c, out.casefile);
	check_ok(c, house_see(c, &s.h.lead, "case.show", &out, "id", k, NULL));
	check_str(house_cell(c, &out, "case", 0, "title"), S("Heap overflow in Fathom"));
	check_str(house_cell(c, &out, "case", 0, "severity"), S("critical"));
	check_str(house_cell(c, &out, "case", 0, "state"), S("qualified"));
	check_str(house_cell(c, &out, "case", 0, "tlp"), S("CLEAR"));
	check_str(house_cell(c, &out, "notices", 0, "number"), S("DW-2026-7"));
	page = house_page(c, "case.show", &out);
	check(house_has(page, "/notices/"));
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &out, "id", k, NULL));
	check(house_has(house_page(c, "impact.show", &out), "Kestrel Gateway"));
	check(!house_do(c, &s.h.lead, "notice.decide", &out, "id", id, "outcome", "irrelevant", "reason", "No.", NULL));
	check_fault(c, E_STATE, NULL);
	/* An update is told to the case. */
	c->now += DAY;
	check_ok(c, notice_take_one(c, &s.h.analyst, notice_version(c, "3", "Two overflows in Fathom"), &out));
	check_ok(c, house_see(c, &s.h.lead, "case.show", &out, "id", k, NULL));
	check(house_has(house_page(c, "case.show", &out), "The supplier changed its advisory"));
	house_close(c);
}

TEST(what_a_case_has_already_is_joined_and_not_doubled)
{
	struct shop  s;
	struct sheet out;
	const char  *one, *two, *number, *k;

	shop_open(c, &s);
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	one = id_in(c, &out);
	check_ok(c, house_do(c, &s.h.lead, "notice.decide", &out, "id", one, "outcome", "cased", NULL));
	k = kept_text(c, out.casefile);
	check_ok(c, house_see(c, &s.h.lead, "case.show", &out, "id", k, NULL));
	number = kept_text(c, house_cell(c, &out, "case", 0, "number"));
	check_ok(c, notice_take_one(c, &s.h.analyst, notice_with(c, "DW-2026-7", "OTHER-1", "https://deepwater.example", "https://other.example", NULL), &out));
	two = id_in(c, &out);
	check(!house_do(c, &s.h.lead, "notice.decide", &out, "id", two, "outcome", "cased", NULL));
	check_fault(c, E_EXISTS, "same_as");
	check(house_has(word_fault(c, &c->fault), number));
	check(!house_do(c, &s.h.lead, "notice.decide", &out, "id", two, "outcome", "cased", "same_as", "PSIRT-2026-9999", NULL));
	check_fault(c, E_INVALID, "same_as");
	check_ok(c, house_do(c, &s.h.lead, "notice.decide", &out, "id", two, "outcome", "cased", "same_as", number, NULL));
	check_str(out.casefile, str_of(k));
	check_ok(c, house_see(c, &s.h.lead, "case.show", &out, "id", k, NULL));
	check_int(house_count(&out, "notices"), 2);
	house_close(c);
}

TEST(the_list_is_filtered_by_state_supplier_cve_severity_and_words)
{
	struct shop  s;
	struct sheet out;
	const char  *supplier;

	shop_open(c, &s);
	check_ok(c, notice_take_one(c, &s.h.analyst, str_of(notice_document), &out));
	check_ok(c, notice_take_one(c, &s.h.analyst, notice_with(c, "DW-2026-7", "OTHER-1", "https://deepwater.example", "https://other.example",
	         "Deepwater Parts\",\"namespace", "Other Works\",\"namespace", "CVE-2026-10077", "CVE-2026-10099", NULL), &out));
	check_ok(c, house_do(c, &s.h.lead, "supplier.add", &out, "name", "Other Works", NULL));
	supplier = kept_text(c, out.object);
#define SEEN(n, ...) do { check_ok(c, house_see(c, &s.h.lead, "notice.list", &out, __VA_ARGS__, NULL)); check_int(house_count(&out, "notices"), (n)); } while (0)
	SEEN(2, "sort", "severity");
	SEEN(1, "cve", "CVE-2026-10099");
	SEEN(1, "supplier", supplier);   /* it was here before the supplier was known */
	SEEN(2, "severity", "critical");
	SEEN(0, "severity", "low");
	SEEN(1, "q", "ＯＴＨＥＲ works");
	SEEN(2, "q", "鍵");
	SEEN(0, "q", "100%");
	SEEN(0, "state", "relevant");
	SEEN(0, "hit", "1");
	SEEN(2, "hit", "0");
#undef SEEN
	house_close(c);
}

/* Kept, and told: what asks for the exit status hears that not all was accepted. */
TEST(an_import_says_how_many_files_were_not_accepted)
{
	struct shop  s;
	struct sheet out;
	str          files[] = { str_of(notice_document), S("{\"document\":7}") };

	shop_open(c, &s);
	check_ok(c, notice_take(c, &s.h.analyst, files, 2, &out));
	check_int(out.refused, 1);
	check_ok(c, notice_take(c, &s.h.analyst, files, 1, &out));
	check_int(out.refused, 0);
	check_ok(c, notice_take_one(c, &s.h.analyst, files[1], &out));   /* it is here, and still nobody can read it */
	check_str(house_cell(c, &out, "files", 0, "outcome"), S("there"));
	check_int(out.refused, 1);
	check_ok(c, notice_take_one(c, &s.h.analyst, notice_with(c, "Heap overflow", "Another text", NULL), &out));
	check_int(out.refused, 1);
	house_close(c);
}
