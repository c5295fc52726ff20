#include "base/test.h"

#include <string.h>

#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_diff.h"

/* The parts of a small document; NULL: as in the plain one. */
struct parts { const char *version, *tracking, *document, *tree, *vulnerability; bool v21; };

#define TREE20 "{\"branches\":[{\"category\":\"vendor\",\"name\":\"Example\",\"branches\":[" \
	"{\"category\":\"product_version\",\"name\":\"1\",\"product\":{\"product_id\":\"A\",\"name\":\"Example 1\"," \
	"\"product_identification_helper\":{\"purl\":\"pkg:generic/x@1\"}}}," \
	"{\"category\":\"product_version\",\"name\":\"2\",\"product\":{\"product_id\":\"B\",\"name\":\"Example 2\"}}]}]}"
#define TREE21 "{\"branches\":[{\"category\":\"vendor\",\"name\":\"Example\",\"branches\":[" \
	"{\"category\":\"product_version\",\"name\":\"2\",\"product\":{\"product_id\":\"B\",\"name\":\"Example 2\"}}," \
	"{\"category\":\"product_version\",\"name\":\"1\",\"product\":{\"product_id\":\"A\",\"name\":\"Example 1\"," \
	"\"product_identification_helper\":{\"purls\":[\"pkg:generic/x@1\"]}}}]}]}"
#define VULN20 "{\"cve\":\"CVE-2026-10001\",\"cwe\":{\"id\":\"CWE-79\",\"name\":\"x\"},\"release_date\":\"2026-01-01T00:00:00Z\"," \
	"\"product_status\":{\"known_affected\":[\"A\",\"B\"]},\"scores\":[{\"cvss_v3\":{\"version\":\"3.1\"," \
	"\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\",\"baseScore\":9.8,\"baseSeverity\":\"CRITICAL\"}," \
	"\"products\":[\"A\",\"B\"]}],\"remediations\":[{\"category\":\"none_available\",\"details\":\"Wait.\",\"product_ids\":[\"A\",\"B\"]}]}"
#define VULN21 "{\"cve\":\"CVE-2026-10001\",\"cwes\":[{\"id\":\"CWE-79\",\"name\":\"x\",\"version\":\"4.13\"}]," \
	"\"disclosure_date\":\"2026-01-01T00:00:00.000+00:00\",\"product_status\":{\"known_affected\":[\"B\",\"A\"]}," \
	"\"metrics\":[{\"content\":{\"cvss_v3\":{\"version\":\"3.1\",\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"," \
	"\"baseScore\":9.8,\"baseSeverity\":\"CRITICAL\"}},\"products\":[\"B\",\"A\"]}],\"remediations\":[" \
	"{\"details\":\"Wait.\",\"category\":\"none_available\",\"product_ids\":[\"B\",\"A\"]}]}"

static str document(struct ctx *c, struct parts p)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	buf_fmt(&b, "{\"document\":{\"csaf_version\":\"%s\",\"title\":\"Overflow\",%s\"tracking\":{\"id\":\"EX-1\",\"version\":\"%s\",",
	        p.v21 ? "2.1" : "2.0", p.document ? p.document : "", p.version ? p.version : "1.0.0");
	buf_add(&b, str_of(p.tracking ? p.tracking : "\"status\":\"final\""));
	buf_add(&b, S("}},\"product_tree\":"));
	buf_add(&b, str_of(p.tree ? p.tree : p.v21 ? TREE21 : TREE20));
	buf_add(&b, S(",\"vulnerabilities\":["));
	buf_add(&b, str_of(p.vulnerability ? p.vulnerability : p.v21 ? VULN21 : VULN20));
	buf_add(&b, S("]}"));
	return buf_str(&b);
}

static const struct json *tree(struct ctx *c, str text)
{
	const struct json *v = NULL;

	check_ok(c, json_parse(c, text, &csaf_limits, &v));
	return v;
}

static struct csaf_diff differences(struct ctx *c, struct parts was, struct parts is)
{
	struct csaf_diff d = { 0 };

	check_ok(c, csaf_diff(c, tree(c, document(c, was)), tree(c, document(c, is)), &d));
	return d;
}

static const struct csaf_change *change_of(const struct csaf_diff *d, enum csaf_area area, const char *what)
{
	for (size_t i = 0; i < d->changes.n; i++)
		if (d->changes.v[i].area == area && str_eq(d->changes.v[i].what, str_of(what)))
			return &d->changes.v[i];
	return NULL;
}

TEST(order_and_form_of_the_other_version_are_no_difference)
{
	struct csaf_diff d = differences(c, (struct parts){ 0 }, (struct parts){ .v21 = true });

	check_int(d.all, 1);
	check_str(d.changes.v[0].what, S("csaf_version"));
	check_int(d.version.demanded, BUMP_NONE);
	check_int(d.version.verdict, BUMP_FITS);
	d = differences(c, (struct parts){ .v21 = true }, (struct parts){ 0 });
	check_int(d.all, 1);
	d = differences(c, (struct parts){ 0 }, (struct parts){ 0 });
	check_int(d.all, 0);
}

TEST(a_status_is_compared_by_product)
{
	struct csaf_diff d = differences(c, (struct parts){ 0 }, (struct parts){ .version = "1.1.0", .vulnerability =
		"{\"cve\":\"CVE-2026-10001\",\"product_status\":{\"known_affected\":[\"B\"],\"fixed\":[\"A\"],\"recommended\":[\"A\"]}}" });
	const struct csaf_change *x = change_of(&d, AREA_STATUS, "product_status");

	check(x != NULL);
	check_str(x->words[0], S("known_affected"));
	check_str(x->words[1], S("fixed, recommended"));
	check_int(x->products_n, 1);
	check_str(x->products[0].id, S("A"));
	check_str(x->products[0].name, S("Example 1"));
	check_str(x->vulnerability, S("CVE-2026-10001"));
	check_int(x->bump, BUMP_MAJOR);
	check_int(d.version.verdict, BUMP_LESS);
	check_str(d.version.expected, S("2.0.0"));
	check_str(str_of(d.version.clause), S("3.1.11.2 rule 7"));
}

/* meets CSAF-2.0 3.1.11.2: what a comparison with the reader's own products needs */
TEST(the_lists_of_rule_7_decide_what_is_major)
{
	static const struct { const char *was, *is; enum csaf_bump bump; } rows[] = {
		{ "under_investigation", "known_affected", BUMP_MAJOR },
		{ "known_affected", "under_investigation", BUMP_MAJOR },
		{ "fixed", "recommended", BUMP_MAJOR },
		{ "known_not_affected", "under_investigation", BUMP_MAJOR },
		{ "under_investigation", "known_not_affected", BUMP_MINOR },
		{ "under_investigation", "fixed", BUMP_MINOR },
		{ "under_investigation", "recommended", BUMP_MINOR },
		{ "recommended", "first_affected", BUMP_MAJOR },
		{ "first_fixed", "recommended", BUMP_MAJOR },
		{ "under_investigation", "last_affected", BUMP_MAJOR },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *v[2];
		struct csaf_diff d;

		for (int s = 0; s < 2; s++)
			v[s] = cstr(c->arena, str_fmt(c->arena, "{\"cve\":\"CVE-2026-1\",\"product_status\":{\"%s\":[\"A\"]}}",
			                              s ? rows[i].is : rows[i].was));
		d = differences(c, (struct parts){ .vulnerability = v[0] }, (struct parts){ .vulnerability = v[1] });
		check_int(d.all, 1);
		check_int(d.version.demanded, rows[i].bump);
	}
}

TEST(scores_and_remediations_are_told_with_their_products)
{
	struct csaf_diff d = differences(c, (struct parts){ 0 }, (struct parts){ .version = "1.1.0", .vulnerability =
		"{\"cve\":\"CVE-2026-10001\",\"cwe\":{\"id\":\"CWE-79\",\"name\":\"x\"},\"release_date\":\"2026-01-01T00:00:00Z\","
		"\"product_status\":{\"known_affected\":[\"A\",\"B\"]},\"scores\":[{\"cvss_v3\":{\"version\":\"3.1\","
		"\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H\",\"baseScore\":8.80,\"baseSeverity\":\"HIGH\"},"
		"\"products\":[\"A\"]},{\"cvss_v3\":{\"version\":\"3.1\",\"vectorString\":"
		"\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\",\"baseScore\":9.80,\"baseSeverity\":\"CRITICAL\"},"
		"\"products\":[\"B\"]}],\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"Update.\",\"product_ids\":[\"A\"]},"
		"{\"category\":\"none_available\",\"details\":\"Wait.\",\"product_ids\":[\"B\"]}]}" });
	const struct csaf_change *x = change_of(&d, AREA_SCORE, "scores");

	check_int(d.all, 4);   /* with the version */
	check(x && x->products_n == 1);
	check_str(x->label, S("cvss_v3"));
	check_str(x->words[0], S("9.8 CRITICAL CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"));
	check_str(x->words[1], S("8.8 HIGH CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H"));
	x = change_of(&d, AREA_REMEDIATION, "remediations.product_ids");
	check(x && x->kind == CHANGE_REMOVED && x->products_n == 1);
	check_str(x->label, S("none_available"));
	check_str(x->products[0].id, S("A"));
	x = change_of(&d, AREA_REMEDIATION, "remediations");
	check(x && x->kind == CHANGE_ADDED && x->products_n == 1);
	check_str(x->label, S("vendor_fix"));
	check_int(d.version.demanded, BUMP_MINOR);
	check_int(d.version.verdict, BUMP_FITS);
}

TEST(products_keep_their_identity_when_ids_are_given_anew)
{
	/* The ids are swapped: every reference means the other product now. */
	struct csaf_diff d = differences(c, (struct parts){ .vulnerability = "{\"product_status\":{\"known_affected\":[\"A\"]}}" },
		(struct parts){ .vulnerability = "{\"product_status\":{\"known_affected\":[\"B\"]}}", .tree =
		"{\"branches\":[{\"category\":\"vendor\",\"name\":\"Example\",\"branches\":["
		"{\"category\":\"product_version\",\"name\":\"1\",\"product\":{\"product_id\":\"B\",\"name\":\"Example 1\","
		"\"product_identification_helper\":{\"purl\":\"pkg:generic/x@1\"}}},"
		"{\"category\":\"product_version\",\"name\":\"2\",\"product\":{\"product_id\":\"A\",\"name\":\"Example 2\"}}]}]}" });

	check_int(d.all, 2);
	check(change_of(&d, AREA_PRODUCT, "product_id") != NULL);
	check(change_of(&d, AREA_STATUS, "product_status") == NULL);
	check_int(d.version.demanded, BUMP_MAJOR);
}

TEST(a_product_that_moves_comes_or_goes_is_told)
{
	struct csaf_diff d = differences(c, (struct parts){ 0 }, (struct parts){ .tree =
		"{\"branches\":[{\"category\":\"vendor\",\"name\":\"Example Corp\",\"branches\":["
		"{\"category\":\"product_version\",\"name\":\"1\",\"product\":{\"product_id\":\"A\",\"name\":\"Example 1\"}}]}],"
		"\"full_product_names\":[{\"product_id\":\"C\",\"name\":\"Example 3\"}]}" });
	const struct csaf_change *x = change_of(&d, AREA_PRODUCT, "path");

	check(x != NULL);
	check_str(x->words[0], S("Example / 1"));
	check_str(x->words[1], S("Example Corp / 1"));
	x = change_of(&d, AREA_PRODUCT, "product_identification_helper");
	check(x && x->kind == CHANGE_REMOVED && x->products_n == 1);
	x = change_of(&d, AREA_PRODUCT, "product");
	check(x && x->kind == CHANGE_ADDED);
	check_str(x->products[0].id, S("C"));
	check_str(x->pointer[1], S("/product_tree/full_product_names/0"));
	x++;
	check(x->kind == CHANGE_REMOVED);
	check_str(x->products[0].id, S("B"));
}

TEST(a_mended_word_is_a_patch_and_bookkeeping_nothing)
{
#define HISTORY(more, date) "\"status\":\"final\",\"current_release_date\":\"" date "\",\"revision_history\":[" \
	"{\"number\":\"1.0.0\",\"date\":\"2026-01-01T00:00:00Z\",\"summary\":\"First\"}" more "]"
	struct parts was = { .tracking = HISTORY("", "2026-01-01T00:00:00Z"),
	                     .document = "\"notes\":[{\"category\":\"summary\",\"text\":\"An atacker can overflow it.\"}]," };
	struct parts is = { .version = "1.0.1", .tracking =
		HISTORY(",{\"number\":\"1.0.1\",\"date\":\"2026-02-01T00:00:00Z\",\"summary\":\"x\"}", "2026-02-01T00:00:00Z"),
		.document = "\"notes\":[{\"category\":\"summary\",\"text\":\"An attacker can overflow it.\"}]," };
	struct csaf_diff d = differences(c, was, is);
	const struct csaf_change *x = change_of(&d, AREA_NOTE, "notes.text");

	check(x && x->spelling && x->bump == BUMP_PATCH);
	check_int(d.version.demanded, BUMP_PATCH);
	check_int(d.version.verdict, BUMP_FITS);
	is.document = was.document;
	d = differences(c, was, is);
	check_int(d.version.demanded, BUMP_NONE);
	check_int(d.all, 3);
	/* What was released is not rewritten in passing. */
	was.tracking = "\"status\":\"final\",\"revision_history\":[{\"number\":\"1.0.0\",\"date\":\"2026-01-01T00:00:00Z\",\"summary\":\"Other\"}]";
	is.tracking = "\"status\":\"final\",\"revision_history\":[{\"number\":\"1.0.0\",\"date\":\"2026-01-01T00:00:00Z\",\"summary\":\"First\"}]";
	check_int(differences(c, was, is).version.demanded, BUMP_MINOR);
#undef HISTORY
}

TEST(a_vulnerability_is_known_by_its_cve_its_ids_or_its_title)
{
	struct csaf_diff d = differences(c,
		(struct parts){ .vulnerability = "{\"title\":\"Overflow\"},{\"ids\":[{\"system_name\":\"S\",\"text\":\"1\"}]},{\"cve\":\"CVE-2026-2\"}" },
		(struct parts){ .vulnerability = "{\"cve\":\"CVE-2026-2\"},{\"cve\":\"CVE-2026-1\",\"title\":\"Overflow\"},"
			"{\"ids\":[{\"system_name\":\"S\",\"text\":\"1\"}],\"title\":\"New\"}" });

	check_int(d.all, 2);
	check(change_of(&d, AREA_VULNERABILITY, "cve") && change_of(&d, AREA_VULNERABILITY, "title"));
	d = differences(c, (struct parts){ .vulnerability = "{\"cve\":\"CVE-2026-1\"}" },
	                (struct parts){ .vulnerability = "{\"cve\":\"CVE-2026-2\"}" });
	check_int(d.all, 2);
	check_int(d.version.demanded, BUMP_MAJOR);
}

TEST(groups_are_compared_by_what_is_in_them)
{
#define GROUPED(ids) "{\"full_product_names\":[{\"product_id\":\"A\",\"name\":\"a\"},{\"product_id\":\"B\",\"name\":\"b\"}]," \
	"\"product_groups\":[{\"group_id\":\"G\",\"product_ids\":[" ids "]}]}"
	struct parts was = { .tree = GROUPED("\"A\",\"B\""), .vulnerability =
		"{\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"x\",\"group_ids\":[\"G\"]}]}" };
	struct parts is = was;
	struct csaf_diff d;

	is.vulnerability = "{\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"x\",\"product_ids\":[\"B\",\"A\"]}]}";
	check_int(differences(c, was, is).all, 0);
	is.vulnerability = "{\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"x\",\"product_ids\":[\"B\"]}]}";
	d = differences(c, was, is);
	check_int(d.all, 1);
	check(change_of(&d, AREA_REMEDIATION, "remediations.product_ids") != NULL);
	is = was;
	is.tree = GROUPED("\"A\"");
	d = differences(c, was, is);
	check(change_of(&d, AREA_GROUP, "product_groups.product_ids") != NULL);
	check_int(d.version.demanded, BUMP_MAJOR);
#undef GROUPED
}

TEST(other_documents_and_no_documents_are_told_apart)
{
	struct csaf_diff d;
	const struct json *good = tree(c, document(c, (struct parts){ 0 }));
	str other = STR_CAT(c->arena, S("{\"document\":{\"csaf_version\":\"2.0\",\"tracking\":{\"id\":\"EX-2\",\"version\":\"1.0.0\"}}}"));

	check_ok(c, csaf_diff(c, good, tree(c, other), &d));
	check_int(d.version.verdict, BUMP_OTHER_DOCUMENT);
	check(!csaf_diff(c, good, tree(c, S("{}")), &d));
	check_fault(c, E_INVALID, "new");
	check(!csaf_diff(c, tree(c, S("[1]")), good, &d));
	check_fault(c, E_INVALID, "old");
	check(!csaf_diff(c, tree(c, S("{\"document\":[]}")), good, &d));
	check_ok(c, csaf_diff(c, tree(c, S("{\"document\":{\"csaf_version\":\"2.1\",\"tracking\":7,\"notes\":{}},\"product_tree\":[],"
		"\"vulnerabilities\":{\"x\":[1]}}")), good, &d));
}

static str many(struct ctx *c, int n, int fixed)
{
	struct buf b;

	buf_init(&b, c->arena, 64 << 20);
	buf_add(&b, S("{\"document\":{\"csaf_version\":\"2.0\",\"tracking\":{\"id\":\"X\",\"version\":\"1\"}},\"product_tree\":{\"full_product_names\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s{\"product_id\":\"P%d\",\"name\":\"Product %d\"}", i ? "," : "", i, i);
	buf_add(&b, S("]},\"vulnerabilities\":[{\"cve\":\"CVE-2026-1\",\"product_status\":{\"fixed\":["));
	for (int i = 0; i < fixed; i++)
		buf_fmt(&b, "%s\"P%d\"", i ? "," : "", i);
	buf_add(&b, S("],\"known_affected\":["));
	for (int i = fixed; i < n; i++)
		buf_fmt(&b, "%s\"P%d\"", i > fixed ? "," : "", i);
	buf_add(&b, S("]},\"flags\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s{\"label\":\"component_not_present\",\"product_ids\":[\"P%d\"],\"date\":\"%d\"}", i ? "," : "", (i + fixed) % n, i);
	buf_add(&b, S("]}]}"));
	return buf_str(&b);
}

TEST(twenty_thousand_products_are_compared_as_one_move)
{
	struct csaf_diff d;
	struct buf b;
	struct arena a;
	struct ctx   e;

	arena_init(&a, (size_t)1 << 30);
	ctx_init(&e, &a);
	check_ok(&e, csaf_diff(&e, tree(&e, many(&e, 20000, 0)), tree(&e, many(&e, 20000, 10000)), &d));
	check_int(change_of(&d, AREA_STATUS, "product_status")->products_n, 10000);
	check(d.changes.n <= 10000 && d.all >= d.changes.n);
	buf_init(&b, &a, 64 << 20);
	csaf_diff_tell(&e, &b, &d);
	csaf_diff_print(&b, &d);
	check(!b.full);
	arena_done(&a);
}

TEST(what_a_document_says_cannot_command_the_terminal)
{
	struct csaf_diff d = differences(c, (struct parts){ 0 }, (struct parts){ .document = "\"lang\":\"\\u001b[2J\\u202eevil\\r\"," });
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	csaf_diff_tell(c, &b, &d);
	for (size_t i = 0; i < b.n; i++)
		check((unsigned char)b.p[i] >= 0x20 || b.p[i] == '\n');
	check_int(str_find(buf_str(&b), S("\u202e"), 0), SIZE_MAX);
	check(str_find(buf_str(&b), S("[2J evil"), 0) != SIZE_MAX);
}

static str mutated(struct ctx *c, str text, uint64_t *state)
{
	static const char *const words[] = { "null", "[]", "{}", "\"\"", "7", "[[]]", "{\"name\":1}", "\"A\"" };
	str    word = str_of(words[*state >> 20 & 7]);
	size_t from, to;

	*state = *state * 6364136223846793005u + 1442695040888963407u;
	from = (size_t)(*state >> 33) % text.n;
	from = str_find(text, S(":"), from);
	if (from == SIZE_MAX)
		return text;
	to = from + 1;
	if (text.p[to] != '"')
		return text;
	while (text.p[++to] != '"')
		;
	return STR_CAT(c->arena, str_slice(text, 0, from + 1), word, str_slice(text, to + 1, text.n));
}

TEST(documents_of_any_shape_are_compared)
{
	uint64_t state = 20261129;
	int      done = 0;

	for (int i = 0; i < 2000; i++) {
		struct arena a;
		struct ctx   e;
		const struct json *was, *is;
		struct csaf_diff d;
		struct buf b;

		arena_init(&a, 256 << 20);
		ctx_init(&e, &a);
		check_ok(&e, json_parse(&e, mutated(&e, document(&e, (struct parts){ .v21 = i & 1 }), &state), NULL, &was));
		check_ok(&e, json_parse(&e, mutated(&e, mutated(&e, document(&e, (struct parts){ .v21 = i & 2 }), &state), &state), NULL, &is));
		if (csaf_diff(&e, was, is, &d)) {
			done++;
			buf_init(&b, &a, 1 << 20);
			csaf_diff_print(&b, &d);
			csaf_diff_tell(&e, &b, &d);
		} else {
			check_int(e.fault.code, E_INVALID);
		}
		arena_done(&a);
	}
	check(done > 1000);
}

/* meets CSAF-2.1 9.1.12: the difference of two documents; the examples of both versions say the same */
TEST(the_official_examples_differ_only_in_what_2_1_adds)
{
	static const char *const names[] = { "bsi-2022-0001", "rhsa-2019_1862", "csaf_vex/2022-evd-uc-09-001" };
	str dir = test_vectors(c);

	if (str_is_none(dir))
		skip_test("official vectors are not here");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct json *v[2];
		struct csaf_diff d;

		for (int s = 0; s < 2; s++)
			v[s] = tree(c, test_file(c, str_fmt(c->arena, "%.*s/csaf/csaf2%d/examples/csaf/%s.json", STR_ARG(dir), s, names[i])));
		check_ok(c, csaf_diff(c, v[0], v[1], &d));
		for (size_t k = 0; k < d.changes.n; k++)
			check(str_eq(d.changes.v[k].what, S("csaf_version")) || str_eq(d.changes.v[k].what, S("distribution")));
	}
}

TEST(what_stands_twice_under_one_name_does_not_differ_from_itself)
{
	const struct json *v = NULL;
	struct csaf_diff d;

	check_ok(c, json_parse(c, S("{\"document\":{\"csaf_version\":\"2.0\"},\"product_tree\":{\"full_product_names\":["
	         "{\"product_id\":\"P\",\"name\":\"p\"},{\"product_id\":\"P\",\"name\":\"p\"},{\"name\":\"q\"},"
	         "{\"product_id\":\"Q\",\"name\":7},{\"product_id\":\"Q\"}]},"
	         "\"vulnerabilities\":[{\"cve\":\"CVE-2026-0001\",\"title\":\"a\"},{\"cve\":\"CVE-2026-0001\",\"title\":\"b\"}]}"), NULL, &v));
	check_ok(c, csaf_diff(c, v, v, &d));
	check_int(d.all, 0);
}
