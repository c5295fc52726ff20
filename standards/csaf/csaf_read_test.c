#include "base/test.h"

#include "platform/json/json.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_read.h"

#include <dirent.h>

static struct csaf_losses reprinted(struct ctx *c, str text, str *again)
{
	const struct json *root;
	struct csaf_losses l;
	struct buf         b;

	check_ok(c, json_parse(c, text, &csaf_limits, &root));
	buf_init(&b, c->arena, 32 << 20);
	check_ok(c, csaf_reprint(c, root, &b, &l));
	*again = buf_str(&b);
	return l;
}

/* A document with a bit of everything that the struct has a place for. */
static const char whole[] =
	"{\"document\":{\"category\":\"csaf_security_advisory\",\"csaf_version\":\"2.0\",\"lang\":\"en-US\","
	"\"distribution\":{\"text\":\"All\",\"tlp\":{\"label\":\"WHITE\",\"url\":\"https://www.first.org/tlp/\"}},"
	"\"aggregate_severity\":{\"text\":\"High\"},\"title\":\"Open gate\","
	"\"notes\":[{\"category\":\"summary\",\"text\":\"A gate opens. \\u9375\",\"title\":\"Summary\",\"audience\":\"all\"}],"
	"\"publisher\":{\"category\":\"vendor\",\"name\":\"Example\",\"namespace\":\"https://example.com\"},"
	"\"references\":[{\"category\":\"self\",\"summary\":\"Page\",\"url\":\"https://example.com/1\"},"
	"{\"summary\":\"No category\",\"url\":\"https://example.com/2\"}],"
	"\"acknowledgments\":[{\"names\":[\"Jane\"],\"organization\":\"Lab\",\"summary\":\"found it\",\"urls\":[\"https://example.org\"]}],"
	"\"tracking\":{\"aliases\":[\"OLD-1\"],\"current_release_date\":\"2019-07-11T09:00:00.000000+09:00\",\"id\":\"EX-2019-1\","
	"\"generator\":{\"date\":\"2019-07-11T00:00:00Z\",\"engine\":{\"name\":\"E\",\"version\":\"1\"}},"
	"\"initial_release_date\":\"2019-07-11T00:00:00.000Z\",\"revision_history\":[{\"date\":\"2019-07-11T00:00:00Z\","
	"\"number\":\"1\",\"summary\":\"First.\",\"legacy_version\":\"Initial\"}],\"status\":\"final\",\"version\":\"1\"}},"
	"\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"Example\",\"branches\":["
	"{\"category\":\"product_name\",\"name\":\"Gate\",\"branches\":[{\"category\":\"product_version\",\"name\":\"1.0\","
	"\"product\":{\"name\":\"Gate 1.0\",\"product_id\":\"P1\",\"product_identification_helper\":{\"model_numbers\":[\"G-1\"],"
	"\"cpe\":\"cpe:2.3:h:example:gate:1.0:*:*:*:*:*:*:*\"}}}]}]}],"
	"\"full_product_names\":[{\"name\":\"Lamp\",\"product_id\":\"P2\"}],"
	"\"product_groups\":[{\"group_id\":\"G\",\"product_ids\":[\"P1\",\"P2\"]}],"
	"\"relationships\":[{\"category\":\"installed_on\",\"full_product_name\":{\"name\":\"Gate on Lamp\",\"product_id\":\"P3\"},"
	"\"product_reference\":\"P1\",\"relates_to_product_reference\":\"P2\"}]},"
	"\"vulnerabilities\":[{\"cve\":\"CVE-2019-0001\",\"cwe\":{\"id\":\"CWE-79\",\"name\":\"An older name\"},\"title\":\"Gate\","
	"\"ids\":[{\"system_name\":\"X\",\"text\":\"1\"}],\"product_status\":{\"known_affected\":[\"P1\"],\"fixed\":[\"P2\"]},"
	"\"flags\":[{\"label\":\"component_not_present\",\"product_ids\":[\"P2\"]}],"
	"\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"Update.\",\"product_ids\":[\"P1\"],\"url\":\"https://example.com/3\","
	"\"restart_required\":{\"category\":\"system\"}}],"
	"\"threats\":[{\"category\":\"impact\",\"details\":\"Much.\"}],"
	"\"scores\":[{\"cvss_v3\":{\"baseScore\":9.8,\"baseSeverity\":\"CRITICAL\",\"version\":\"3.0\","
	"\"vectorString\":\"CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"},\"products\":[\"P1\"]}]}]}";

/* meets CSAF-2.0 3.2: what the struct has a place for comes back as it was */
TEST(a_document_is_printed_again_without_a_difference)
{
	struct csaf_findings f;
	struct csaf_losses   l;
	str                  again, twice;

	check_ok(c, csaf_check(c, str_of(whole), &(struct csaf_options){ .preset = CSAF_SCHEMA }, &f));
	check(f.valid);
	l = reprinted(c, str_of(whole), &again);
	if (l.n)
		check_str(l.v[0].pointer, S("(none)"));
	check_int(l.all, 0);
	check_int(reprinted(c, again, &twice).all, 0);
	check_str(twice, again);
}

static str swapped(struct ctx *c, const char *part, const char *other)
{
	size_t at = str_find(str_of(whole), str_of(part), 0);

	check(at != SIZE_MAX);
	return STR_CAT(c->arena, str_slice(str_of(whole), 0, at), str_of(other),
	               str_slice(str_of(whole), at + str_of(part).n, sizeof(whole) - 1));
}

static void check_loss(struct ctx *c, const char *part, const char *other, enum csaf_loss_kind kind, const char *pointer)
{
	str                again;
	struct csaf_losses l = reprinted(c, swapped(c, part, other), &again);

	check(l.n >= 1);
	check_str(l.v[0].pointer, str_of(pointer));
	check_int(l.v[0].kind, kind);
}

TEST(what_has_no_place_is_listed_with_its_pointer)
{
	check_loss(c, "\"title\":\"Gate\"", "\"title\":\"Gate\",\"involvements\":[{\"party\":\"vendor\",\"status\":\"open\"}]",
	           CSAF_MISSING, "/vulnerabilities/0/involvements");
	check_loss(c, "\"baseScore\":9.8", "\"baseScore\":9.7", CSAF_OTHER, "/vulnerabilities/0/scores/0/cvss_v3/baseScore");
	check_loss(c, "{\"text\":\"High\"}", "{\"text\":\"High\",\"namespace\":\"https://example.com\"}",
	           CSAF_MISSING, "/document/aggregate_severity/namespace");
	check_loss(c, "\"version\":\"3.0\",", "", CSAF_ADDED, "/vulnerabilities/0/scores/0/cvss_v3/version");
	check_loss(c, "CVSS:3.0/AV:N/AC:L", "CVSS:3.0/AV:Q/AC:L", CSAF_MISSING, "/vulnerabilities/0/scores");
	check_loss(c, "2019-07-11T09:00:00.000000+09:00", "2019-07-11T23:59:60Z", CSAF_OTHER, "/document/tracking/current_release_date");
}

TEST(another_shape_is_passed_over_and_listed)
{
	static const char *const odd[] = {
		"{}", "[]", "null", "{\"document\":[1,2]}", "{\"document\":{\"tracking\":\"x\",\"notes\":{\"a\":1}}}",
		"{\"product_tree\":{\"branches\":[[[]],{\"branches\":[1]}]},\"vulnerabilities\":[[],1,{\"scores\":[1]}]}",
		"{\"vulnerabilities\":[{\"cwe\":{\"id\":\"CWE-x\"},\"scores\":[{\"products\":1}]}]}",
	};
	str again;

	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		check(reprinted(c, str_of(odd[i]), &again).all > 0);
}

static size_t folder(struct ctx *c, str path, size_t *differ)
{
	DIR           *dir = opendir(cstr(c->arena, path));
	struct dirent *e;
	size_t         n = 0;

	while (dir && (e = readdir(dir))) {
		str again, name = str_of(e->d_name);
		if (!str_ends(name, S(".json")))
			continue;
		n++;
		*differ += reprinted(c, test_file(c, STR_CAT(c->arena, path, S("/"), name)), &again).all > 0;
	}
	if (dir)
		closedir(dir);
	return n;
}

/* The one that differs writes each metric of the vector once more beside it. */
TEST(real_advisories_are_printed_again_with_few_differences)
{
	str    sample = STR_CAT(c->arena, test_vectors(c), S("/csaf/cisa-sample/"));
	size_t n = 0, differ = 0;

	if (!test_vectors(c).n)
		skip_test("the official vectors are not there");
	for (int year = 2010; year < 2026; year++) {
		n += folder(c, str_fmt(c->arena, "%.*sOT/white/%d", STR_ARG(sample), year), &differ);
		n += folder(c, str_fmt(c->arena, "%.*sIT/white/%d", STR_ARG(sample), year), &differ);
	}
	check_int(n, 122);
	check_int(differ, 1);
}
