#include "base/test.h"

#include <string.h>

#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_stub.h"

static bool reports(const struct csaf_findings *f, str test)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(str_of(f->v[i].test), test))
			return true;
	return false;
}

struct tally { int right, wrong; };

/*
 * One official file: the test it is for must report or be silent, and the
 * document's validity must be as the index says, judged by its own test where
 * the index contradicts another one (6-2-08-02 and 6-2-09-02 break 6.1.25).
 */
static void judge(struct ctx *c, str dir, str test, const struct json *entry, bool fails,
                  struct tally *t)
{
	struct arena a;
	struct ctx   d;
	struct csaf_findings f;
	str  name = json_get_str(entry, S("name")), text;
	bool valid = json_is(json_get(entry, S("valid")), JSON_TRUE), ok;

	arena_init(&a, 64 << 20);
	ctx_init(&d, &a);
	text = test_file(&d, STR_CAT(&a, dir, name));
	ok = !str_is_none(text) && csaf_check(&d, text, &stub_options, &f) &&
	     reports(&f, test) == fails && !stub_not_run(&f, test);
	if (ok && f.valid != valid && str_find(name, S("6-2-08-02"), 0) == SIZE_MAX &&
	    str_find(name, S("6-2-09-02"), 0) == SIZE_MAX)
		ok = false;
	if (ok) {
		t->right++;
	} else {
		struct buf b;

		t->wrong++;
		buf_init(&b, c->arena, 1 << 20);
		if (!str_is_none(text))
			csaf_findings_print(&b, name, &f);
		test_true(false, cstr(c->arena, STR_CAT(c->arena, S("right verdict of "), name, S(": "),
		                                        buf_str(&b))), __FILE__, __LINE__);
	}
	arena_done(&a);
}

/* meets CSAF-2.0 6 */
TEST(all_official_files_of_csaf_2_0_get_the_right_verdict)
{
	const struct json *index = NULL;
	struct tally t = { 0, 0 };
	str dir = test_vectors(c);

	if (str_is_none(dir))
		skip_test("official vectors are not here");
	dir = STR_CAT(c->arena, dir, S("/csaf/csaf20/testset/"));
	check_ok(c, json_parse(c, test_file(c, STR_CAT(c->arena, dir, S("testcases.json"))), NULL, &index));
	for (JSON_ITEMS(x, json_get(index, S("tests")))) {
		str id = json_get_str(x, S("id"));

		for (JSON_ITEMS(e, json_get(x, S("failures"))))
			judge(c, dir, id, e, true, &t);
		for (JSON_ITEMS(e, json_get(x, S("valid"))))
			judge(c, dir, id, e, false, &t);
	}
	check_int(t.wrong, 0);
	check_int(t.right, 239);
}

static struct csaf_findings checked(struct ctx *c, str text)
{
	struct csaf_findings f;

	check_ok(c, csaf_check(c, text, NULL, &f));
	return f;
}

TEST(text_that_is_no_json_is_a_finding_with_its_place)
{
	struct csaf_findings f = checked(c, S("{\n \"document\": \xff}"));
	struct buf b;

	check(!f.valid && f.n == 1);
	check_str(str_of(f.v[0].test), S("parse"));
	check_str(f.v[0].pointer, S("/document"));
	check_int(f.line, 2);
	check_int(f.column, 14);
	buf_init(&b, c->arena, 4096);
	csaf_findings_print(&b, S("a.json"), &f);
	check(str_starts(buf_str(&b), S("{\"file\":\"a.json\",\"csaf_version\":null,\"valid\":false,")));
	check(str_ends(buf_str(&b), S("}\n")));
}

TEST(hostile_documents_are_refused_or_judged)
{
	static const char *const texts[] = {
		"", "[]", "1", "{}", "{\"document\":[]}", "{\"document\":{\"tracking\":5}}",
		"{\"product_tree\":[1],\"vulnerabilities\":{\"a\":1}}",
		("{\"product_tree\":{\"branches\":[1,{\"product\":3},{\"branches\":5}],\"relationships\":[7,{}],"
		"\"product_groups\":[null,{\"group_id\":4}],\"full_product_names\":[{\"product_id\":1}]},"
		"\"vulnerabilities\":[1,null,[],{\"scores\":[1,{\"cvss_v3\":{},\"cvss_v2\":{\"vectorString\":1}}],"
		"\"flags\":[5,{}],\"remediations\":[[]],\"cwe\":{},\"product_status\":{\"fixed\":[1,\"x\"],\"?\":[\"y\"]},"
		"\"ids\":[0],\"involvements\":[{}],\"notes\":3,\"threats\":[{\"group_ids\":[\"g\"]}]}]}"),
		("{\"document\":{\"tracking\":{\"version\":\"1.2.3-\",\"revision_history\":[1,{},{\"number\":\"99999999999999999999\","
		"\"date\":\"x\"},{\"number\":\"\"}]},\"lang\":\"\",\"category\":\"csaf_\"}}"),
		"{\"a\":1,\"a\":2}",
	};
	char *deep = NEWS(c->arena, char, 200000);

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		check(!checked(c, str_of(texts[i])).valid);
	for (size_t i = 0; i < 10000; i++)
		memcpy(deep + 13 * i, "{\"branches\":[", 13);
	check_str(str_of(checked(c, (str){ deep, 130000 }).v[0].test), S("parse"));
}

static int tests_of(unsigned version)
{
	int n = 0;

	for (size_t i = 0; i < csaf_tests(); i++)
		n += (csaf_test(i).versions & version) != 0;
	return n;
}

/* meets CSAF-2.0 6.3.8; CSAF-2.1 6.3.16 */
TEST(a_version_that_is_not_known_is_all_that_is_told)
{
	struct csaf_findings f;

	check_ok(c, csaf_check(c, S("{\"document\":{\"csaf_version\":\"3.0\"}}"), NULL, &f));
	check(!f.valid);
	check_int(f.n, 1);
	check_str(f.v[0].pointer, S("/document/csaf_version"));
	check_str(f.v[0].arg[0], S("3.0"));
}

TEST(a_language_without_a_dictionary_is_told_as_not_run_with_the_reason)
{
	struct csaf_findings f;
	struct buf b;

	check_ok(c, csaf_check(c, S("{\"document\":{\"csaf_version\":\"2.1\",\"lang\":\"ja\",\"title\":\"x\"}}"), &stub_options, &f));
	check(stub_not_run(&f, S("6.3.8")) && stub_not_run(&f, S("6.3.16")));
	check(reports(&f, S("6.3.8")) && reports(&f, S("6.3.16")));   /* the standard has it fail */
	buf_init(&b, c->arena, 1 << 20);
	csaf_findings_print(&b, S("x"), &f);
	check(str_find(buf_str(&b), S("\"not_run_because\":{\"6.3.8\":\"There is no dictionary for the language ja.\","
	                              "\"6.3.16\":\"There is no grammar for the language ja.\"}"), 0) != SIZE_MAX);
}

TEST(without_network_and_dictionary_the_tests_are_listed_as_not_run)
{
	struct csaf_findings f = checked(c, S("{}"));

	check_int(f.not_runs, 3);
	check(stub_not_run(&f, S("6.3.6")) && stub_not_run(&f, S("6.3.7")) && stub_not_run(&f, S("6.3.8")));
	check_int(tests_of(CSAF_20), 74);
	check_int(tests_of(CSAF_21), 177);
}

TEST(presets_leave_out_classes)
{
	struct csaf_options o = { .preset = CSAF_BASIC };
	struct csaf_findings f;

	check_ok(c, csaf_check(c, S("{\"document\":{}}"), &o, &f));
	check_int(f.count[CSAF_WARNING], 0);
	o.preset = CSAF_EXTENDED;
	check_ok(c, csaf_check(c, S("{\"document\":{}}"), &o, &f));
	check(f.count[CSAF_WARNING] > 0);
	o.findings_max = 1;
	check_ok(c, csaf_check(c, S("{\"document\":{}}"), &o, &f));
	check(f.n == 1 && f.count[CSAF_ERROR] > 1);
}

/* meets CSAF-2.0 5.1 */
/* meets CSAF-2.0 9.1.14, 9.1.15, 9.1.16; CSAF-2.1 9.1.14, 9.1.15, 9.1.16, 6.4 */
TEST(presets_are_the_sets_of_the_standard)
{
	static const struct { const char *name; int tests; bool schema; } sets[] = {
		{ "full", 177, true }, { "extended", 143, true }, { "basic", 81, true }, { "schema", 0, true },
		{ "mandatory", 81, false }, { "recommended", 62, false }, { "informative", 34, false },
		{ "external-request-free", 175, true }, { "consistent-revision-history", 11, false },
		{ "consistent-date-times", 6, false }, { "ssvc", 11, false }, { "extensions", 17, false },
		{ "extensions-exist", 7, false },
	};

	check_int(sizeof(sets) / sizeof(*sets), CSAF_PRESETS);
	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++) {
		enum csaf_preset p;
		int n = 0;

		check(csaf_preset_parse(str_of(sets[i].name), &p));
		check(csaf_preset_schema(p) == sets[i].schema);
		for (size_t k = 0; k < csaf_tests(); k++)
			n += csaf_test(k).versions & CSAF_21 && csaf_preset_has(p, csaf_test(k).id, csaf_test(k).class);
		check_int(n, sets[i].tests);
	}
	check(!csaf_preset_parse(S("x_none"), &(enum csaf_preset){ CSAF_FULL }));
}

TEST(file_names_follow_the_tracking_id)
{
	check_str(csaf_filename(c->arena, S("Example Company - 2019-YH3234")), S("example_company_-_2019-yh3234.json"));
	check_str(csaf_filename(c->arena, S("RHBA-2019:0024")), S("rhba-2019_0024.json"));
	check_str(csaf_filename(c->arena, S("A..//B")), S("a_b.json"));
	check_str(csaf_filename(c->arena, S("日本")), S("_.json"));
}

/* Real advisories: CISA's are valid but for one file that is a feed. */
TEST(real_advisories_get_the_verdict_of_their_publisher)
{
	static const char *const files[] = {
		"cisa-sample/OT/white/2024/icsa-24-074-05.json", "vendor/rhsa-2024_4546.json",
		"vendor/ssa-054046.json", "csaf20/examples/csaf/bsi-2022-0001.json",
		"csaf20/examples/csaf/rhsa-2022_0011.json",
	};
	str dir = test_vectors(c);

	if (str_is_none(dir))
		skip_test("official vectors are not here");
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		str text = test_file(c, STR_CAT(c->arena, dir, S("/csaf/"), str_of(files[i])));

		if (!str_is_none(text) && !checked(c, text).valid)
			check_str(str_of(files[i]), S("valid"));
	}
}

static str tree_with(struct ctx *c, str category, str name)
{
	return STR_CAT(c->arena, S("{\"product_tree\":{\"branches\":[{\"category\":\""), category,
	               S("\",\"name\":\""), name, S("\"}]}}"));
}

/* meets CSAF-2.0 6.1.31, 6.2.18, 6.3.10 */
TEST(words_of_ranges_count_between_white_space_only)
{
	struct csaf_findings f;

	f = checked(c, tree_with(c, S("product_version"), S("ALL versions")));
	check(reports(&f, S("6.1.31")));
	f = checked(c, tree_with(c, S("product_version"), S("vers:all/*")));
	check(!reports(&f, S("6.1.31")));
	f = checked(c, tree_with(c, S("product_version"), S("1.0<2")));
	check(reports(&f, S("6.1.31")));
	f = checked(c, tree_with(c, S("product_version_range"), S("all")));
	check(!reports(&f, S("6.1.31")) && reports(&f, S("6.2.18")) && reports(&f, S("6.3.10")));
}

static str tree_of_purl(struct ctx *c, const char *purl)
{
	return STR_CAT(c->arena, S("{\"product_tree\":{\"full_product_names\":[{\"name\":\"a\",\"product_id\":\"b\","
	               "\"product_identification_helper\":{\"purl\":\""), str_of(purl), S("\"}}]}}"));
}

/* meets CSAF-2.0 6.1.13 */
TEST(package_urls_need_a_type_and_a_name)
{
	static const char *const good[] = {
		"pkg:npm/%40angular/core@1.0", "pkg:npm/@angular/core@1.0", "pkg:deb/debian/curl@7?arch=i386&distro=x#a/b",
		"pkg:generic/x", "PKG:generic/x", "pkg:generic/a/b/c", "pkg:npm/@angular@1.0", "pkg:a.b-c/x@1@2",
	};
	static const char *const bad[] = {
		"pkg:maven/@1.3.4", "pkg:npm/", "pkg:npm", "pkg:/x", "pkg:9a/x", "pkg:n pm/x", "npm/x", "pkg:npm/x?a",
		"pkg:npm/x?a=1&a=2", "pkg:npm/x?=1", "pkg:npm/a/",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		struct csaf_findings f = checked(c, tree_of_purl(c, good[i]));

		if (reports(&f, S("6.1.13")))
			check_str(str_of(good[i]), S("accepted"));
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct csaf_findings f = checked(c, tree_of_purl(c, bad[i]));

		if (!reports(&f, S("6.1.13")))
			check_str(str_of(bad[i]), S("refused"));
	}
}
