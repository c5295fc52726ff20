#include "base/test.h"

#include <dirent.h>
#include <string.h>

#include "platform/json/json_out.h"
#include "platform/json/json_text_test.h"
#include "standards/csaf/csaf_convert.h"
#include "standards/csaf/csaf_node.h"

/* A document of 2.0: its parts, with a comma before each; none: not there. */
struct parts { const char *category, *title, *document, *rest; };

static str document(struct ctx *c, struct parts p)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	buf_fmt(&b, "{\"document\":{\"category\":\"%s\",\"csaf_version\":\"2.0\",\"publisher\":{\"category\":\"vendor\","
	        "\"name\":\"Example\",\"namespace\":\"https://example.com\"},\"title\":\"%s\",\"tracking\":{"
	        "\"current_release_date\":\"2024-03-01T10:00:00Z\",\"id\":\"EX-1\",\"initial_release_date\":"
	        "\"2024-03-01T10:00:00Z\",\"revision_history\":[{\"date\":\"2024-03-01T10:00:00Z\",\"number\":\"1\","
	        "\"summary\":\"First\"}],\"status\":\"final\",\"version\":\"1\"}%s}%s}", p.category ? p.category : "csaf_base",
	        p.title ? p.title : "Example", p.document ? p.document : "", p.rest ? p.rest : "");
	return buf_str(&b);
}

/* What becomes of it; checked to be valid. */
static const struct json *turned(struct ctx *c, str text, const struct csaf_convert_options *how, struct csaf_converted *r)
{
	const struct json *out = NULL;
	struct buf b;

	buf_init(&b, c->arena, 64 << 20);
	check_ok(c, csaf_convert(c, text, how, r, &b));
	for (size_t i = 0; i < r->judged.n; i++)
		check_str(r->judged.v[i].class == CSAF_ERROR ? STR_CAT(c->arena, str_of(r->judged.v[i].test), S(" "),
		          r->judged.v[i].pointer, S(" "), csaf_sentence(c->arena, &r->judged.v[i])) : S(""), S(""));
	check(r->judged.valid);
	check_ok(c, json_parse(c, buf_str(&b), NULL, &out));
	return out;
}

/* Was it told: this rule, at this place, with this in its first argument? */
static bool told(const struct csaf_converted *r, const char *rule, const char *pointer, const char *one)
{
	for (size_t i = 0; i < r->notes.n; i++)
		if (strcmp(r->notes.v[i].test, rule) == 0 && str_eq(r->notes.v[i].pointer, str_of(pointer)) &&
		    (!one || str_eq(r->notes.v[i].arg[0], str_of(one))))
			return true;
	return false;
}

static const struct json *plain(struct ctx *c, struct parts p, struct csaf_converted *r)
{
	return turned(c, document(c, p), NULL, r);
}

/* ---- /document ---- */

/* meets CSAF-2.1 9.1.18 */
TEST(schema_version_and_tlp_are_those_of_csaf_2_1)
{
	struct csaf_converted r;
	const struct json *d = plain(c, (struct parts){ 0 }, &r);

	check_str(json_text_at(c, d, "/$schema"), S("https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"));
	check_str(json_key(json_members_(d)), S("$schema"));
	check_str(json_text_at(c, d, "/document/csaf_version"), S("2.1"));
	check_str(json_text_at(c, d, "/document/distribution/tlp/label"), S("CLEAR"));
	check(told(&r, "tlp", "/document", "CLEAR"));
	d = plain(c, (struct parts){ .document = ",\"distribution\":{\"tlp\":{\"label\":\"WHITE\"}}" }, &r);
	check_str(json_text_at(c, d, "/document/distribution/tlp/label"), S("CLEAR"));
	check_int(r.notes.n, 0);
	d = plain(c, (struct parts){ .document = ",\"distribution\":{\"tlp\":{\"label\":\"AMBER\"}}" }, &r);
	check_str(json_text_at(c, d, "/document/distribution/tlp/label"), S("AMBER"));
}

TEST(a_label_of_the_distribution_text_counts_when_asked)
{
	static const char text[] = ",\"distribution\":{\"text\":\"TLP v2.0: TLP:AMBER+STRICT\",\"tlp\":{\"label\":\"RED\"}}";
	struct csaf_convert_options how = { .tlp_from_text = true };
	struct csaf_converted r;
	const struct json *d = turned(c, document(c, (struct parts){ .document = text }), &how, &r);

	check_str(json_text_at(c, d, "/document/distribution/tlp/label"), S("AMBER+STRICT"));
	check(told(&r, "tlp", "/document/distribution/tlp/label", "RED"));
	d = plain(c, (struct parts){ .document = text }, &r);
	check_str(json_text_at(c, d, "/document/distribution/tlp/label"), S("RED"));
}

/* meets CSAF-2.1 9.1.18 */
TEST(the_tracking_id_leaves_the_title_with_its_separators)
{
	static const struct { const char *was, *is; } titles[] = {
		{ "EX-1: Overflow in Device", "Overflow in Device" }, { "Overflow (EX-1)", "Overflow" },
		{ "Overflow – EX-1 – in Device", "Overflow in Device" }, { "EX-1", "EX-1" }, { "Overflow", "Overflow" },
		{ "[EX-1] EX-1", "[EX-1] EX-1" },
	};

	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++) {
		struct csaf_converted r;
		const struct json *d = plain(c, (struct parts){ .title = titles[i].was }, &r);

		check_str(json_text_at(c, d, "/document/title"), str_of(titles[i].is));
		check(told(&r, "title", "/document/title", titles[i].was) == (i != 4));
	}
}

/* meets CSAF-2.1 9.1.18 */
TEST(a_license_expression_is_found_once_or_not_taken)
{
	static const struct { const char *text, *expression; } texts[] = {
		{ "This document is licensed under CC-BY-4.0.", "CC-BY-4.0" },
		{ "SPDX-License-Identifier: (MIT OR Apache-2.0)", "(MIT OR Apache-2.0)" },
		{ "Apache-2.0 or, as you like, BSD-3-Clause", "-" },      /* two */
		{ "It is fair to use JSON of Intel.", "-" },              /* words that are identifiers too */
		{ "All rights reserved.", "-" },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct csaf_converted r;
		str notes = str_fmt(c->arena, ",\"notes\":[{\"category\":\"legal_disclaimer\",\"text\":\"%s\"}]", texts[i].text);
		const struct json *d = plain(c, (struct parts){ .document = cstr(c->arena, notes) }, &r);

		check_str(json_text_at(c, d, "/document/license_expression"), str_of(texts[i].expression));
		check(told(&r, "license", "/document/notes/0/text", NULL) == (i < 3));
	}
}

/* meets CSAF-2.1 9.1.18 */
TEST(withdrawn_documents_get_their_profile_only_when_they_can)
{
	struct csaf_converted r;
	const struct json *d = plain(c, (struct parts){ .title = "Withdrawn: Overflow" }, &r);
	str text;

	check_str(json_text_at(c, d, "/document/category"), S("csaf_base"));
	check(told(&r, "category", "/document/category", "Withdrawn"));
	text = STR_CAT(c->arena, S("{\"document\":{\"category\":\"Withdrawn\",\"csaf_version\":\"2.0\",\"notes\":[{\"category\":"
	       "\"description\",\"title\":\"Reasoning for Withdrawal\",\"text\":\"No vulnerability.\"}],\"publisher\":{\"category\":"
	       "\"vendor\",\"name\":\"Example\",\"namespace\":\"https://example.com\"},\"title\":\"Overflow\",\"tracking\":{"
	       "\"current_release_date\":\"2024-04-01T10:00:00Z\",\"id\":\"EX-1\",\"initial_release_date\":\"2024-03-01T10:00:00Z\","
	       "\"revision_history\":[{\"date\":\"2024-03-01T10:00:00Z\",\"number\":\"1\",\"summary\":\"First\"},"
	       "{\"date\":\"2024-04-01T10:00:00Z\",\"number\":\"2\",\"summary\":\"Withdrawn\"}],\"status\":\"final\",\"version\":\"2\"}}}"));
	d = turned(c, text, NULL, &r);
	check_str(json_text_at(c, d, "/document/category"), S("csaf_withdrawn"));
}

TEST(additional_properties_and_leap_seconds_are_told)
{
	struct csaf_converted r;
	const struct json *d = plain(c, (struct parts){ .document = ",\"x_own\":{\"a\":[1.50]}",
	        .rest = ",\"vulnerabilities\":[{\"title\":\"V\",\"discovery_date\":\"2016-12-31T23:59:60Z\",\"odd\":1},"
	                "{\"title\":\"W\",\"discovery_date\":\"2019-12-31T23:59:60.5Z\"}]" }, &r);

	check_str(json_text_at(c, d, "/document/x_own"), S("-"));
	check(told(&r, "additional", "/document/x_own", "x_own"));
	check(told(&r, "additional", "/vulnerabilities/0/odd", "odd"));
	check_str(json_text_at(c, d, "/vulnerabilities/0/discovery_date"), S("2016-12-31T23:59:59.999999Z"));
	check_str(json_text_at(c, d, "/vulnerabilities/1/discovery_date"), S("2019-12-31T23:59:59.999999Z"));
	for (size_t i = 0, n = 0; i < r.notes.n; i++)
		if (strcmp(r.notes.v[i].test, "date-time") == 0)
			check((strstr(r.notes.v[i].text, "was a valid") != NULL) == (n++ == 0));
}

/* ---- products ---- */

#define PRODUCT(id) "\"product\":{\"name\":\"" id "\",\"product_id\":\"" id "\"}"
#define BRANCH(category, name, below) "{\"category\":\"" category "\",\"name\":\"" name "\"," below "}"
#define TREE(branches) ",\"product_tree\":{\"branches\":[" branches "]}"
#define BELOW(branches) "\"branches\":[" branches "]"

/* meets CSAF-2.1 9.1.18 */
TEST(stacked_categories_are_resolved_where_the_clause_says_how)
{
	struct csaf_converted r;
	const struct json *d = plain(c, (struct parts){ .rest = TREE(
		BRANCH("vendor", "Open-Source", BELOW(BRANCH("vendor", "Example", BELOW(BRANCH("legacy", "Device", PRODUCT("A"))))))
		"," BRANCH("vendor", "Example", BELOW(BRANCH("product_name", "Box", BELOW(
			BRANCH("product_version", "7", BELOW(BRANCH("product_version", "7.1", PRODUCT("B"))))
			"," BRANCH("product_version", "8", PRODUCT("C")))))) ) }, &r);

	/* the placeholder is gone, and the legacy branch a product name */
	check_str(json_text_at(c, d, "/product_tree/branches/0/name"), S("Example"));
	check_str(json_text_at(c, d, "/product_tree/branches/0/branches/0/category"), S("product_name"));
	/* what has two versions moves into a family, the other stays */
	check_str(json_text_at(c, d, "/product_tree/branches/1/branches/0/category"), S("product_name"));
	check_str(json_text_at(c, d, "/product_tree/branches/1/branches/0/branches/0/product/product_id"), S("C"));
	check_str(json_text_at(c, d, "/product_tree/branches/1/branches/1/category"), S("product_family"));
	check_str(json_text_at(c, d, "/product_tree/branches/1/branches/1/branches/0/name"), S("Box 7"));
	check_str(json_text_at(c, d, "/product_tree/branches/1/branches/1/branches/0/branches/0/name"), S("7.1"));
	check(told(&r, "branches", "/product_tree/branches/0/branches/0/branches/0/category", "legacy"));
	check(told(&r, "branches", "/product_tree/branches/1/branches/0/branches/0/branches/0/category", "product_version"));
}

TEST(what_cannot_be_unstacked_is_an_error_and_not_valid)
{
	struct csaf_converted r;
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	check_ok(c, csaf_convert(c, document(c, (struct parts){ .rest = TREE(BRANCH("vendor", "A", BELOW(BRANCH("vendor", "B",
	         PRODUCT("P"))))) }), NULL, &r, &b));
	check(!r.judged.valid);
	check_int(r.notes.count[FINDING_ERROR], 1);
}

/* meets CSAF-2.1 9.1.18 */
TEST(versions_and_ranges_in_one_path_and_ranges_that_are_none)
{
	static const struct { const char *was, *category, *name; } ranges[] = {
		{ "vers:generic/1.0", "product_version", "1.0" },
		{ "=1.0", "product_version", "=1.0" },
		{ ">=2.0", "product_version", "2.0" },
		{ ">=1.0|<2.0|>=3.0", "product_version_range", ">=1.0|<2.0|3.0" },
		{ "vers:generic/>=1.0|<=2.0|>=3.0", "product_version_range", "vers:generic/>=1.0|<=2.0|3.0" },
		{ "< 2.0 | >= 3.0|<4", "product_version_range", "<2.0|>=3.0|<4" },
		{ "All versions < V2.0", "product_version_range", "<V2.0" },
		{ "vers:all/<V2.0", "product_version_range", "<V2.0" },
		{ "all versions", "product_version_range", "vers:all/*" },
		{ "0 < 8.0.1", "product_version_range", "<8.0.1" },
		{ ">= V2.5 < V2.6.1", "product_version_range", ">=V2.5|<V2.6.1" },
		{ "All versions >V1.1 and <=V2.0.1", "product_version_range", ">V1.1|<=V2.0.1" },
		{ "All versions between V2.5 (including) and V2.7 (excluding)", "product_version_range", ">=V2.5|<V2.7" },
		{ "< V4.7  SP9 Update 1", "product_version_range", "<V4.7%20SP9%20Update%201" },
		{ ">= 15.3(3) JC1", "product_version", "15.3(3) JC1" },
		{ "2020 R3", "product_version", "2020 R3" },
		{ "<2.0", "product_version_range", "<2.0" },
	};
	static const char *const prose[] = {
		"16 <= 20", "All versions V3 SP1", "All BIOS versions < V1.4", "<= 3.3 (with <= stack 4.2)", "< 2.0 (only on Mondays)", "< 2.0 (2)", "1.0 and prior",
		"< 1 < 2", "<= 1 >= 2", "< 2 < 3 < 4", "<> 2.0", "8.0 - 8.1 x", "between 1 and 2", "between 1 (including) and", "< 2%20 x", "<2.0%", "<2%0A", "< 2 |", "< ", "|",
	};
	struct csaf_converted r;
	const struct json *d = plain(c, (struct parts){ .rest = TREE(BRANCH("product_name", "Box", BELOW(BRANCH("product_version", "7",
		BELOW(BRANCH("product_version_range", "<7.3", PRODUCT("A"))))))) }, &r);

	check_str(json_text_at(c, d, "/product_tree/branches/0/category"), S("product_family"));
	check_str(json_text_at(c, d, "/product_tree/branches/0/branches/0/name"), S("Box 7"));
	check_str(json_text_at(c, d, "/product_tree/branches/0/branches/0/category"), S("product_name"));
	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++) {
		str tree = str_fmt(c->arena, TREE(BRANCH("product_version_range", "%s", PRODUCT("A"))), ranges[i].was);

		d = plain(c, (struct parts){ .rest = cstr(c->arena, tree) }, &r);
		check_str(json_text_at(c, d, "/product_tree/branches/0/category"), str_of(ranges[i].category));
		check_str(json_text_at(c, d, "/product_tree/branches/0/name"), str_of(ranges[i].name));
		check(told(&r, "ranges", "/product_tree/branches/0/name", NULL) == (i + 1 != sizeof(ranges) / sizeof(*ranges)));
	}
	/* what can mean several things stays, and the result is not valid */
	for (size_t i = 0; i < sizeof(prose) / sizeof(*prose); i++) {
		struct buf b;

		buf_init(&b, c->arena, 1 << 20);
		check_ok(c, csaf_convert(c, document(c, (struct parts){ .rest = cstr(c->arena, str_fmt(c->arena,
		         TREE(BRANCH("product_version_range", "%s", PRODUCT("A"))), prose[i])) }), NULL, &r, &b));
		check(!r.judged.valid && !told(&r, "ranges", "/product_tree/branches/0/name", NULL));
		check(str_find(buf_str(&b), str_fmt(c->arena, "\"%s\"", prose[i]), 0) != SIZE_MAX);
	}
}

/* meets CSAF-2.1 9.1.18: the version that ends the range is told as people write it */
TEST(a_version_of_several_words_is_escaped_in_a_range_and_plain_elsewhere)
{
	struct csaf_converted r;
	const struct json *d = plain(c, (struct parts){ .category = "csaf_security_advisory", .rest =
		TREE(BRANCH("vendor", "Example", BELOW(BRANCH("product_name", "Box", BELOW(BRANCH("product_version_range", "< V5.1 HF1", PRODUCT("A")))))))
		",\"vulnerabilities\":[{\"notes\":[{\"category\":\"summary\",\"text\":\"T\"}],\"product_status\":{\"known_affected\":[\"A\"]}}]" }, &r);

	check_str(json_text_at(c, d, "/product_tree/branches/0/branches/0/branches/0/name"), S("<V5.1%20HF1"));
	check_str(json_text_at(c, d, "/product_tree/branches/0/branches/0/branches/1/name"), S("V5.1 HF1"));
	check_str(json_text_at(c, d, "/product_tree/branches/0/branches/0/branches/1/product/name"), S("Box V5.1 HF1"));
}

/* meets CSAF-2.1 9.1.18 */
TEST(what_identifies_a_product_is_written_as_2_1_wants_it)
{
	static const char product[] = ",\"product_tree\":{\"full_product_names\":[{\"name\":\"A\",\"product_id\":\"A\","
		"\"product_identification_helper\":{\"cpe\":\"cpe:2.3:a:example:box:1:*:*:*:*:*:*:*\","
		"\"hashes\":[{\"file_hashes\":[{\"algorithm\":\"SHA-256\",\"value\":\"AABBCCDDEEFF00112233445566778899\"}],"
		"\"filename\":\"a\"}],\"model_numbers\":[\"A\\\\1\",\"B*\",\"*C\",\"B\"],\"purl\":\"pkg:NPM/box@1\","
		"\"serial_numbers\":[\"*1*2\"]}}]}";
	struct csaf_convert_options whole = { .complete = true };
	struct csaf_converted r;
	const struct json *d = plain(c, (struct parts){ .rest = product }, &r);
	static const char is[] = "/product_tree/full_product_names/0/product_identification_helper";

	check_str(json_text_at(c, d, is), S("{\"cpe\":\"cpe:2.3:a:example:box:1:*:*:*:*:*:*:*\",\"hashes\":[{\"file_hashes\":[{\"algorithm\":"
	          "\"sha256\",\"value\":\"aabbccddeeff00112233445566778899\"}],\"filename\":\"a\"}],"
	          "\"model_numbers\":[\"A\\\\\\\\1*\",\"B*\"],\"purls\":[\"pkg:npm/box@1\"]}"));
	check(told(&r, "model_numbers", STR_CAT(c->arena, str_of(is), S("/model_numbers/0\0")).p, "A\\1"));
	check(told(&r, "model_numbers", STR_CAT(c->arena, str_of(is), S("/model_numbers/2\0")).p, "*C"));
	check(told(&r, "duplicates", STR_CAT(c->arena, str_of(is), S("/model_numbers/3\0")).p, "B*"));
	check(told(&r, "serial_numbers", STR_CAT(c->arena, str_of(is), S("/serial_numbers/0\0")).p, "*1*2"));
	d = turned(c, document(c, (struct parts){ .rest = product }), &whole, &r);
	check_str(json_text_at(c, json_point(d, str_of(is)), "/model_numbers"), S("[\"A\\\\\\\\1\",\"B*\",\"*C\",\"B\"]"));
}

TEST(notes_that_name_a_product_are_given_it)
{
	struct csaf_converted r;
	const struct json *d = plain(c, (struct parts){
		.document = ",\"notes\":[{\"category\":\"description\",\"title\":\"Product Description for Box\",\"text\":\"T\"},"
		            "{\"category\":\"description\",\"title\":\"Product Description: Shelf\",\"text\":\"T\"},"
		            "{\"category\":\"description\",\"title\":\"Product Descriptions\",\"text\":\"T\"}]",
		.rest = TREE(BRANCH("product_name", "Box", BELOW(BRANCH("product_version", "1", PRODUCT("A")) ","
		             BRANCH("product_version", "2", PRODUCT("B"))))) }, &r);

	check_str(json_text_at(c, d, "/document/notes/0/product_ids"), S("[\"A\",\"B\"]"));
	check_str(json_text_at(c, d, "/document/notes/1/product_ids"), S("-"));
	check(told(&r, "notes", "/document/notes/1", "Product Description: Shelf"));
	check(!told(&r, "notes", "/document/notes/2", NULL));
}

/* ---- vulnerabilities ---- */

#define PRODUCTS ",\"product_tree\":{\"full_product_names\":[{\"name\":\"A\",\"product_id\":\"A\"},{\"name\":\"B\"," \
	"\"product_id\":\"B\"},{\"name\":\"C\",\"product_id\":\"C\"}],\"product_groups\":[{\"group_id\":\"G\",\"product_ids\":" \
	"[\"A\",\"B\",\"C\"]}]}"
#define STATUS "\"product_status\":{\"fixed\":[\"C\"],\"known_affected\":[\"A\",\"B\"]}"

static const struct json *vulnerability(struct ctx *c, const char *members, const struct csaf_convert_options *how, struct csaf_converted *r)
{
	str rest = str_fmt(c->arena, PRODUCTS ",\"vulnerabilities\":[{%s}]", members);

	return json_point(turned(c, document(c, (struct parts){ .rest = cstr(c->arena, rest) }), how, r), S("/vulnerabilities/0"));
}

/* meets CSAF-2.1 9.1.18 */
TEST(weaknesses_get_the_release_of_the_documents_day)
{
	struct csaf_convert_options latest = { .latest_cwe = true };
	struct csaf_converted r;
	const struct json *v = vulnerability(c, "\"title\":\"T\",\"cwe\":{\"id\":\"CWE-79\",\"name\":\" Improper Neutralization of "
		"Input During Web Page Generation ('Cross-site Scripting') \"},\"release_date\":\"2024-02-01T00:00:00Z\"", NULL, &r);

	check_str(json_text_at(c, v, "/cwes/0/version"), S("4.14"));   /* of 2024-02-29 */
	check_str(json_text_at(c, v, "/cwe"), S("-"));
	check_str(json_text_at(c, v, "/disclosure_date"), S("2024-02-01T00:00:00Z"));
	v = vulnerability(c, "\"title\":\"T\",\"cwe\":{\"id\":\"CWE-79\",\"name\":\"Improper Neutralization of Input During "
		"Web Page Generation ('Cross-site Scripting')\"}", &latest, &r);
	check_str(json_text_at(c, v, "/cwes/0/version"), S("4.20"));
	v = vulnerability(c, "\"title\":\"T\",\"cwe\":{\"id\":\"CWE-79\",\"name\":\"XSS\"}", NULL, &r);
	check_str(json_text_at(c, v, "/cwes"), S("-"));
	check(told(&r, "cwe", "/vulnerabilities/0/cwe", NULL));
}

TEST(scores_and_calculator_links_and_ssvc_notes_are_metrics)
{
	struct csaf_converted r;
	const struct json *v = vulnerability(c, STATUS ",\"references\":[{\"summary\":\"CVSS\",\"url\":"
		"\"https://www.first.org/cvss/calculator/4.0#CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N\"}],"
		"\"notes\":[{\"category\":\"other\",\"title\":\"SSVC\",\"text\":\"SSVCv2/E:A/A:Y/2024-02-01T00:00:00Z/\"},"
		"{\"category\":\"summary\",\"text\":\"S\"}],"
		"\"scores\":[{\"cvss_v3\":{\"baseScore\":9.8,\"baseSeverity\":\"CRITICAL\",\"vectorString\":"
		"\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\",\"version\":\"3.1\"},\"products\":[\"A\"]}]", NULL, &r);

	check_str(json_text_at(c, v, "/metrics/0/content/cvss_v3/baseScore"), S("9.8"));
	check_str(json_text_at(c, v, "/metrics/0/products"), S("[\"A\"]"));
	check_str(json_text_at(c, v, "/metrics/1/content/cvss_v4/baseScore"), S("9.3"));
	check_str(json_text_at(c, v, "/metrics/1/products"), S("[\"A\",\"B\"]"));
	check_str(json_text_at(c, v, "/metrics/2/content/ssvc_v2/selections/0"),
	          S("{\"key\":\"E\",\"namespace\":\"ssvc\",\"values\":[{\"key\":\"A\"}],\"version\":\"1.1.0\"}"));
	check_int(json_count(json_get(v, S("notes"))), 1);
	check(told(&r, "ssvc", "/vulnerabilities/0/notes/0/text", NULL));
	v = vulnerability(c, STATUS ",\"notes\":[{\"category\":\"other\",\"title\":\"SSVC\",\"text\":\"Act: SSVCv2/E:A/2024-02-01T00:00:00Z/ soon\"}]",
	                  NULL, &r);
	check_str(json_text_at(c, v, "/metrics"), S("-"));
	check_int(json_count(json_get(v, S("notes"))), 1);
}

/* meets CSAF-2.1 9.1.18 */
TEST(remediations_follow_the_status_of_their_products)
{
	struct csaf_convert_options how = { 0 };
	struct csaf_converted r;
	const struct json *v;

	check(time_parse(S("2024-06-01T00:00:00Z"), &how.now));
	v = vulnerability(c, STATUS ",\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"D\",\"group_ids\":[\"G\"]}]", &how, &r);
	check_str(json_text_at(c, v, "/remediations"), S("[{\"category\":\"vendor_fix\",\"details\":\"D\",\"product_ids\":[\"A\",\"B\"]},"
	          "{\"category\":\"optional_patch\",\"details\":\"D\",\"product_ids\":[\"C\"]}]"));
	v = vulnerability(c, STATUS ",\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"D\",\"product_ids\":[\"C\"]}]", &how, &r);
	check_str(json_text_at(c, v, "/remediations/0/category"), S("optional_patch"));
	check(told(&r, "remediations", "/vulnerabilities/0/remediations/0", "[\"C\"]"));
	/* a fix that is there removes "none available", one that comes makes it "planned" and leaves */
	v = vulnerability(c, STATUS ",\"remediations\":[{\"category\":\"none_available\",\"details\":\"N\",\"product_ids\":[\"A\",\"B\"]},"
		"{\"category\":\"vendor_fix\",\"date\":\"2024-05-01T00:00:00Z\",\"details\":\"D\",\"product_ids\":[\"A\"]},"
		"{\"category\":\"vendor_fix\",\"date\":\"2024-07-01T00:00:00Z\",\"details\":\"L\",\"product_ids\":[\"B\"]}]", &how, &r);
	check_str(json_text_at(c, v, "/remediations"), S("[{\"category\":\"fix_planned\",\"details\":\"N\",\"product_ids\":[\"B\"]},"
	          "{\"category\":\"vendor_fix\",\"date\":\"2024-05-01T00:00:00Z\",\"details\":\"D\",\"product_ids\":[\"A\"]}]"));
	v = vulnerability(c, STATUS ",\"remediations\":[{\"category\":\"none_available\",\"details\":\"N\",\"product_ids\":[\"A\"]},"
		"{\"category\":\"vendor_fix\",\"date\":\"2024-06-01T00:00:00Z\",\"details\":\"D\",\"product_ids\":[\"A\"]}]", &how, &r);
	check_str(json_text_at(c, v, "/remediations/0/category"), S("vendor_fix"));
	check_int(json_count(json_get(v, S("remediations"))), 1);
}

/* meets CSAF-2.1 9.1.18 */
TEST(ids_of_registered_systems_are_mapped)
{
	static const struct { const char *system, *text, *is; } ids[] = {
		{ "OASIS Open CSAF TC GitHub Issues", "Issue #0210", "{\"system_name\":\"https://github.com/oasis-tcs/csaf\",\"text\":\"#210\"}" },
		{ "OASIS Open CSAF TC GitHub Issues", "210", "{\"system_name\":\"https://github.com/oasis-tcs/csaf\",\"text\":\"#210\"}" },
		{ "OASIS Open CSAF TC GitHub Issues", "none", NULL },
		{ "https://euvd.enisa.europa.eu", "EUVD-2024-12345", NULL },
		{ "https://euvd.enisa.europa.eu", "12345", NULL },
		{ "Cisco Bug ID", "CSCso66472", NULL },
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		struct csaf_converted r;
		str was = str_fmt(c->arena, "{\"system_name\":\"%s\",\"text\":\"%s\"}", ids[i].system, ids[i].text);
		const struct json *v = vulnerability(c, str_fmt(c->arena, "\"ids\":[%.*s]", STR_ARG(was)).p, NULL, &r);

		check_str(json_text_at(c, v, "/ids/0"), ids[i].is ? str_of(ids[i].is) : was);
		check(told(&r, "ids", "/vulnerabilities/0/ids/0", NULL) == (i != 3));
	}
}

TEST(security_advisories_get_fixed_products_or_the_old_profile)
{
	static const char tree[] = TREE(BRANCH("vendor", "Example", BELOW(BRANCH("product_name", "Box", BELOW(
		BRANCH("product_version_range", "<2.0", PRODUCT("A")))))));
	static const char vulnerabilities[] = ",\"vulnerabilities\":[{\"notes\":[{\"category\":\"summary\",\"text\":\"T\"}],"
		"\"product_status\":{\"known_affected\":[\"A\"]}}]";
	struct csaf_converted r;
	const struct json *d = plain(c, (struct parts){ .category = "csaf_security_advisory",
	        .rest = cstr(c->arena, STR_CAT(c->arena, str_of(tree), str_of(vulnerabilities))) }, &r);

	check_str(json_text_at(c, d, "/document/category"), S("csaf_security_advisory"));
	check_str(json_text_at(c, d, "/product_tree/branches/0/branches/0/branches/1"), S("{\"category\":\"product_version\",\"name\":\"2.0\","
	          "\"product\":{\"name\":\"Box 2.0\",\"product_id\":\"A-2.0\"}}"));
	check_str(json_text_at(c, d, "/vulnerabilities/0/product_status/fixed"), S("[\"A-2.0\"]"));
	check(told(&r, "category", "/product_tree/branches/0/branches/0/branches/0", "Box 2.0 (A-2.0)"));
	d = plain(c, (struct parts){ .category = "csaf_security_advisory", .rest = PRODUCTS ",\"vulnerabilities\":[{\"notes\":["
	        "{\"category\":\"summary\",\"text\":\"T\"}],\"product_status\":{\"fixed\":[\"A\"]}}]" }, &r);
	check_str(json_text_at(c, d, "/document/category"), S("csaf_deprecated_security_advisory"));
	check(told(&r, "category", "/document/category", "csaf_security_advisory"));
}

TEST(relationships_are_paths_of_one_step)
{
	struct csaf_converted r;
	const struct json *d = plain(c, (struct parts){ .rest = ",\"product_tree\":{\"full_product_names\":[{\"name\":\"A\",\"product_id\":\"A\"},"
		"{\"name\":\"B\",\"product_id\":\"B\"}],\"relationships\":[{\"category\":\"installed_on\",\"full_product_name\":{\"name\":\"AB\","
		"\"product_id\":\"AB\"},\"product_reference\":\"A\",\"relates_to_product_reference\":\"B\"}]}" }, &r);

	check_str(json_text_at(c, d, "/product_tree/product_paths"), S("[{\"beginning_product_reference\":\"A\",\"full_product_name\":{\"name\":\"AB\","
	          "\"product_id\":\"AB\"},\"subpaths\":[{\"category\":\"installed_on\",\"next_product_reference\":\"B\"}]}]"));
}

#define NAMES ",\"product_tree\":{\"full_product_names\":[{\"name\":\"A\",\"product_id\":\"A\"},{\"name\":\"B\",\"product_id\":\"B\"}," \
	"{\"name\":\"C\",\"product_id\":\"C\"}],\"relationships\":["
#define RELATION(category, from, to, id) "{\"category\":\"" category "\",\"full_product_name\":{\"name\":\"" id "\",\"product_id\":\"" id "\"}," \
	"\"product_reference\":\"" from "\",\"relates_to_product_reference\":\"" to "\"}"
#define PATH_ABC(id) S("{\"beginning_product_reference\":\"A\",\"full_product_name\":{\"name\":\"" id "\",\"product_id\":\"" id "\"},\"subpaths\":[" \
	"{\"category\":\"installed_on\",\"next_product_reference\":\"B\"},{\"category\":\"installed_with\",\"next_product_reference\":\"C\"}]}")

TEST(a_relationship_of_a_relationship_is_a_path_of_its_steps)
{
	struct csaf_converted r;
	const struct json *d = plain(c, (struct parts){ .rest = NAMES RELATION("installed_with", "AB", "C", "ABC") ","
		RELATION("installed_on", "A", "B", "AB") "," RELATION("installed_with", "B", "C", "BC") "," RELATION("installed_on", "A", "BC", "A-BC") "]}" }, &r);

	check_str(json_text_at(c, d, "/product_tree/product_paths/0"), PATH_ABC("ABC"));
	check_str(json_text_at(c, d, "/product_tree/product_paths/3"), PATH_ABC("A-BC"));
	check_str(json_text_at(c, d, "/product_tree/product_paths/1/subpaths/0/next_product_reference"), S("B"));
	for (size_t i = 0; i < r.judged.n; i++)
		check(!str_eq(str_of(r.judged.v[i].test), S("6.3.22")));
}

TEST(a_circle_of_relationships_is_left_and_told)
{
	struct csaf_converted r;
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	(void)!csaf_convert(c, S("{\"document\":{\"csaf_version\":\"2.0\",\"category\":\"csaf_base\",\"title\":\"t\",\"publisher\":{\"category\":\"vendor\","
		"\"name\":\"E\",\"namespace\":\"https://e.example\"},\"tracking\":{\"current_release_date\":\"2026-01-01T00:00:00Z\",\"id\":\"E-1\","
		"\"initial_release_date\":\"2026-01-01T00:00:00Z\",\"revision_history\":[{\"date\":\"2026-01-01T00:00:00Z\",\"number\":\"1\",\"summary\":\"F\"}],"
		"\"status\":\"final\",\"version\":\"1\"}}" NAMES RELATION("installed_on", "Y", "A", "X") "," RELATION("installed_on", "X", "Y", "Y") "]}}"), NULL, &r, &b);
	check(told(&r, "path", "/product_tree/relationships/0", "X") && told(&r, "path", "/product_tree/relationships/1", "Y"));
	check(str_find(buf_str(&b), S("\"beginning_product_reference\""), 0) != SIZE_MAX);
}

/* ---- what is no document of 2.0 ---- */

TEST(what_is_no_csaf_2_0_is_refused_with_the_place)
{
	static const struct { const char *text; enum fault_code code; } bad[] = {
		{ "", E_SYNTAX }, { "{", E_SYNTAX }, { "\xff", E_SYNTAX }, { "[]", E_INVALID }, { "{}", E_INVALID },
		{ "{\"document\":{\"csaf_version\":\"2.0\"},\"document\":1}", E_SYNTAX },
		{ "{\"document\":{\"csaf_version\":\"2.1\"}}", E_INVALID }, { "{\"document\":{\"csaf_version\":\"2.0\"}}", E_INVALID },
		{ "{\"document\":{\"csaf_version\":2.0}}", E_INVALID },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct csaf_converted r;
		struct buf b;

		buf_init(&b, c->arena, 1 << 20);
		check(!csaf_convert(c, str_of(bad[i].text), NULL, &r, &b));
		check_int(c->fault.code, bad[i].code);
	}
}

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Other values and kinds in good documents: converted or refused, nothing else. */
TEST(mutated_documents_are_converted_or_refused)
{
	static const char *const words[] = { "vendor", "product_version", "product_version_range", "product_name", "vendor_fix",
	                                     "none_available", "A", "B", "<2", ">=1", "fixed", "known_affected", "SSVC", "EX-1" };
	enum { WORDS = 14 };
	str text = document(c, (struct parts){ .category = "csaf_security_advisory", .rest = TREE(
		BRANCH("vendor", "Open Source", BELOW(BRANCH("vendor", "B", BELOW(BRANCH("product_name", "A", BELOW(
		BRANCH("product_version", "B", BELOW(BRANCH("product_version_range", "<2", PRODUCT("A")) ","
		BRANCH("product_version_range", ">=1", PRODUCT("B")))))))))) ) ",\"vulnerabilities\":[{\"product_status\":{"
		"\"known_affected\":[\"A\"],\"fixed\":[\"B\"]},\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"D\","
		"\"product_ids\":[\"A\",\"B\"]},{\"category\":\"none_available\",\"details\":\"D\",\"product_ids\":[\"A\"]}],"
		"\"notes\":[{\"category\":\"other\",\"title\":\"SSVC\",\"text\":\"EX-1\"}]}]" });
	uint64_t state = 88172645463325252u;
	int turned_n = 0;

	for (int i = 0; i < 3000; i++) {
		struct csaf_converted r;
		struct arena a;
		struct ctx d;
		struct buf b, t;
		size_t at_ = 0;

		arena_init(&a, 64 << 20);
		ctx_init(&d, &a);
		buf_init(&t, &a, 1 << 16);
		/* some words become others */
		while (at_ < text.n) {
			size_t w = next_random(&state) % WORDS, k = 0;

			for (k = 0; k < WORDS; k++)
				if (text.p[at_] == '"' && str_starts(str_slice(text, at_ + 1, text.n), str_of(words[k])) &&
				    text.p[at_ + 1 + strlen(words[k])] == '"')
					break;
			if (k < WORDS && next_random(&state) % 8 == 0) {
				buf_fmt(&t, "\"%s\"", words[w]);
				at_ += strlen(words[k]) + 2;
			} else {
				buf_char(&t, text.p[at_++]);
			}
		}
		buf_init(&b, &a, 1 << 20);
		if (csaf_convert(&d, buf_str(&t), NULL, &r, &b))
			turned_n++;
		else
			check(d.fault.code == E_INVALID || d.fault.code == E_SYNTAX);
		arena_done(&a);
	}
	check(turned_n > 500);
}

/* Many remediations for one large group: an end to the work, not hours of it. */
TEST(large_groups_do_not_multiply)
{
	enum { N = 20000 };
	struct csaf_converted r;
	struct buf b, out;

	buf_init(&b, c->arena, 32 << 20);
	buf_init(&out, c->arena, 64 << 20);
	buf_add(&b, S(",\"product_tree\":{\"full_product_names\":["));
	for (int i = 0; i < N; i++)
		buf_fmt(&b, "%s{\"name\":\"P\",\"product_id\":\"P%d\"}", i ? "," : "", i);
	buf_add(&b, S("],\"product_groups\":[{\"group_id\":\"G\",\"product_ids\":["));
	for (int i = 0; i < N; i++)
		buf_fmt(&b, "%s\"P%d\"", i ? "," : "", i);
	buf_add(&b, S("]}]},\"vulnerabilities\":[{\"product_status\":{\"fixed\":[\"P0\"],\"known_affected\":[\"P1\"]},\"remediations\":["));
	for (int i = 0; i < N; i++)
		buf_fmt(&b, "%s{\"category\":\"vendor_fix\",\"details\":\"%d\",\"group_ids\":[\"G\"]}", i ? "," : "", i);
	buf_add(&b, S("]}]"));
	check(!csaf_convert(c, STR_CAT(c->arena, S("{\"document\":"), str_slice(document(c, (struct parts){ 0 }), 12,
	      document(c, (struct parts){ 0 }).n - 1), buf_str(&b), S("}")), NULL, &r, &out));
	check_int(c->fault.code, E_LIMIT);
}

/* ---- the official documents ---- */

/* Without what the official pairs do not do: a fix of a fixed product is an optional patch. */
static str without_patches(struct ctx *c, str text)
{
	struct buf b;
	size_t from = 0, at_;

	buf_init(&b, c->arena, text.n + 1024);
	while ((at_ = str_find(text, S("optional_patch"), from)) != SIZE_MAX) {
		buf_add(&b, str_slice(text, from, at_));
		buf_add(&b, S("vendor_fix"));
		from = at_ + 14;
	}
	buf_add(&b, str_slice(text, from, text.n));
	return buf_str(&b);
}

static int pairs_compare(struct ctx *c, str folder)
{
	DIR *dir = opendir(cstr(c->arena, STR_CAT(c->arena, test_vectors(c), S("/csaf/csaf20/examples/csaf"), folder)));
	struct dirent *entry;
	int n = 0;

	while (dir && (entry = readdir(dir))) {
		str name = STR_CAT(c->arena, S("/examples/csaf"), folder, S("/"), str_of(entry->d_name));
		const struct json *is, *wanted;
		struct csaf_converted r;
		struct buf b;

		if (!str_ends(name, S(".json")))
			continue;
		buf_init(&b, c->arena, 8 << 20);
		check_ok(c, csaf_convert(c, test_file(c, STR_CAT(c->arena, test_vectors(c), S("/csaf/csaf20"), name)), NULL, &r, &b));
		check(r.judged.valid);
		check_ok(c, json_parse(c, without_patches(c, buf_str(&b)), NULL, &is));
		check_ok(c, json_parse(c, test_file(c, STR_CAT(c->arena, test_vectors(c), S("/csaf/csaf21"), name)), NULL, &wanted));
		check_str(json_cmp(is, wanted) == 0 ? S("") : name, S(""));
		n++;
	}
	if (dir)
		closedir(dir);
	return n;
}

/* meets CSAF-2.1 9.1.18 */
TEST(the_official_pairs_are_equal)
{
	if (!test_vectors(c).p)
		test_skip("no vectors");
	check_int(pairs_compare(c, S("")), 6);
	check_int(pairs_compare(c, S("/csaf_vex")), 13);
}

/* Convert one; false when the result is not valid. */
static bool becomes_valid(struct ctx *c, str path)
{
	struct csaf_converted r;
	struct arena a;
	struct ctx d;
	struct buf b;
	bool ok;

	arena_init(&a, (size_t)1 << 30);
	ctx_init(&d, &a);
	buf_init(&b, &a, 64 << 20);
	ok = csaf_convert(&d, test_file(&d, path), NULL, &r, &b) && r.judged.valid;
	/* what is not valid says why */
	check(ok || d.fault.code || r.judged.n);
	arena_done(&a);
	(void)c;
	return ok;
}

/* meets CSAF-2.1 9.1.18 */
TEST(every_valid_official_document_becomes_a_valid_one)
{
	str folder = STR_CAT(c->arena, test_vectors(c), S("/csaf/csaf20/testset/"));
	const struct json *index;
	int n = 0;

	if (!test_vectors(c).p)
		test_skip("no vectors");
	check_ok(c, json_parse(c, test_file(c, STR_CAT(c->arena, folder, S("testcases.json"))), NULL, &index));
	for (JSON_ITEMS(t, json_get(index, S("tests")))) {
		str id = json_get_str(t, S("id"));

		for (JSON_ITEMS(x, json_get(t, S("valid")))) {
			str name = json_get_str(x, S("name"));
			bool broken = str_ends(name, S("6-2-08-02.json")) || str_ends(name, S("6-2-09-02.json"));   /* SOURCES.md */

			check_str(becomes_valid(c, STR_CAT(c->arena, folder, name)) || broken ? S("") : STR_CAT(c->arena, id, S(" "), name), S(""));
			n++;
		}
	}
	check(n > 80);
}

static void real_count(struct ctx *c, str folder, int depth, int *valid, int *all)
{
	DIR *dir = opendir(cstr(c->arena, folder));
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		str path = STR_CAT(c->arena, folder, S("/"), str_of(entry->d_name));

		if (entry->d_name[0] == '.')
			continue;
		if (entry->d_type == DT_DIR && depth < 6)
			real_count(c, path, depth + 1, valid, all);
		if (str_ends(path, S(".json")) && str_find(path, S("/icsa-"), 0) != SIZE_MAX) {
			(*all)++;
			*valid += becomes_valid(c, path);
		}
	}
	if (dir)
		closedir(dir);
}

TEST(real_advisories_become_valid_ones_or_say_why_not)
{
	int valid = 0, all = 0;

	if (!test_vectors(c).p)
		test_skip("no vectors");
	real_count(c, STR_CAT(c->arena, test_vectors(c), S("/csaf/cisa-sample/OT")), 0, &valid, &all);
	check(all > 60);
	check(valid * 10 >= all * 6);
}

/* ---- trees that can be changed ---- */

static bool same_order(const struct json *a, const struct json *b)
{
	bool ok = a->kind == b->kind && a->n == b->n;

	if (ok && (a->kind == JSON_STRING || a->kind == JSON_NUMBER))
		return memcmp(a->text, b->text, a->n) == 0;
	for (uint32_t i = 0; ok && a->kind == JSON_ARRAY && i < a->n; i++)
		ok = same_order(&a->item[i], &b->item[i]);
	for (uint32_t i = 0; ok && a->kind == JSON_OBJECT && i < a->n; i++)
		ok = str_eq(json_key(&a->member[i]), json_key(&b->member[i])) &&
		     same_order(&a->member[i].value, &b->member[i].value);
	return ok;
}

static void open_all(struct ctx *c, struct node *n)
{
	for (NODES(c->arena, x, n))
		open_all(c, x);
}

/* Order, unknown properties and numbers as written, of all documents in a folder. */
static int reprinted(struct ctx *c, str folder, int depth)
{
	DIR *dir = opendir(cstr(c->arena, folder));
	struct dirent *entry;
	int n = 0;

	while (dir && (entry = readdir(dir))) {
		str path = STR_CAT(c->arena, folder, S("/"), str_of(entry->d_name));
		const struct json *was, *is;
		struct node *root;
		struct json_out o;
		struct arena a;
		struct ctx d;
		struct buf b;

		if (entry->d_name[0] == '.')
			continue;
		if (entry->d_type == DT_DIR && depth < 6)
			n += reprinted(c, path, depth + 1);
		if (!str_ends(path, S(".json")))
			continue;
		arena_init(&a, (size_t)1 << 30);
		ctx_init(&d, &a);
		if (json_parse(&d, test_file(&d, path), NULL, &was)) {
			buf_init(&b, &a, 64 << 20);
			json_out_init(&o, &b, JSON_PRETTY);
			root = node_root(&a, was);
			open_all(&d, root);
			node_print(&a, &o, root);
			check_ok(&d, json_parse(&d, buf_str(&b), NULL, &is));
			check_str(same_order(was, is) ? S("") : path, S(""));
			n++;
		}
		arena_done(&a);
	}
	if (dir)
		closedir(dir);
	return n;
}

TEST(documents_of_both_versions_are_printed_without_loss)
{
	const struct json *v;
	struct json_out o;
	struct buf b;

	check_ok(c, json_parse(c, S("{\"b\":1.50,\"a\":[1e2,12345678901234567890,{}],\"z\":\"\\u00e9\\n\",\"a1\":null}"), NULL, &v));
	buf_init(&b, c->arena, 1000);
	json_out_init(&o, &b, JSON_COMPACT);
	node_print(c->arena, &o, node_root(c->arena, v));
	check_str(buf_str(&b), S("{\"b\":1.50,\"a\":[1e2,12345678901234567890,{}],\"z\":\"é\\n\",\"a1\":null}"));
	if (!test_vectors(c).p)
		test_skip("no vectors");
	check(reprinted(c, STR_CAT(c->arena, test_vectors(c), S("/csaf/csaf20")), 0) > 200);
	check(reprinted(c, STR_CAT(c->arena, test_vectors(c), S("/csaf/csaf21")), 0) > 800);
}
