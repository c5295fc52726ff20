#include "base/test.h"

#include <dirent.h>

#include "platform/json/json_out.h"
#include "standards/cve/cve.h"

static str official(struct ctx *c, const char *path)
{
	return test_file(c, STR_CAT(c->arena, test_vectors(c), S("/cve/"), str_of(path)));
}

static struct findings of(struct ctx *c, str text)
{
	struct findings f;

	check_ok(c, cve_check(c, text, &f));
	return f;
}

static bool has(const struct findings *f, const char *test, const char *pointer)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(str_of(f->v[i].test), str_of(test)) && (!pointer || str_eq(f->v[i].pointer, str_of(pointer))))
			return true;
	return false;
}

TEST(official_fixtures_are_judged_as_their_service_does)
{
#define UNIT "cve-services/test/schemas/"
#define HTTP "cve-services/test-http/src/test/cve_tests/cve_record_fixtures/"
	static const struct { const char *path; bool valid; } files[] = {
		{ UNIT "5.0/CVE-2017-4024_fail.json", false }, { UNIT "5.0/CVE-2017-4024_fail_cveMetadata.json", false },
		{ UNIT "5.0/CVE-2017-4024_published.json", true }, { UNIT "5.0/CVE-2017-4024_published_bad_datePublic.json", false },
		{ UNIT "5.0/CVE-2017-4024_published_fail.json", false }, { UNIT "5.0/CVE-2017-4024_rejected_fail.json", false },
		{ UNIT "5.0/CVE-2017-4024_reserved_fail.json", false }, { UNIT "5.0/CVE-2017-4024_version_fail.json", false },
		{ UNIT "5.0/adpContainerExample.json", true }, { UNIT "5.0/rejectCveExample.json", false } /* in the language "qe" */,
		{ UNIT "cna-container/cna-container-missing-container.json", false },
		{ UNIT "cna-container/cna-container_fail.json", false }, { UNIT "cna-container/cna-container_pass.json", true },
		{ HTTP "CVE-2000-0008_published.json", true }, { HTTP "CVE-2009-0009_rejected.json", true },
		{ HTTP "CVE-2021-0004_published.json", true }, { HTTP "CVE-2021-0005_published.json", true },
		{ HTTP "rejectBody.json", true }, { HTTP "rejectExisting.json", true },
		{ HTTP "rejectBodyMultipleDiffEngValues.json", true }, { HTTP "rejectBodyMultipleEngLangs.json", false },
		{ HTTP "rejectBodyMultipleSameEngValues.json", false },
		{ HTTP "CVE-2000-0008_published_langs/cna_descriptions-multipleEnLangs.json", false },
		{ HTTP "CVE-2000-0008_published_langs/cna_descriptions-multipleEnLangsDifferentLocale.json", true },
		{ HTTP "CVE-2000-0008_published_langs/cna_descriptions-multipleIdenticalEntries.json", false },
		{ HTTP "CVE-2000-0008_published_langs/cna_descriptions-multipleSameLangs.json", true },
		{ HTTP "CVE-2000-0008_published_langs/cna_descriptions-multipleSameLangsNoEn.json", false },
		{ "cvelib/CVEv5_advanced-example.json", true }, { "cvelib/CVEv5_basic-example.json", true },
		{ "cvelib/container-advanced-example.json", true }, { "cvelib/container-basic-example.json", true },
	};
	struct buf wrong;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	buf_init(&wrong, c->arena, 1 << 20);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct findings f = of(c, official(c, files[i].path));

		if (f.valid == files[i].valid)
			continue;
		findings_tell(c, &wrong, str_of(files[i].path), &f);
	}
	check_str(buf_str(&wrong), S(""));
}

/* Every record of the sample is valid, and is printed without loss. */
TEST(real_records_are_valid_and_printed_without_loss)
{
	str folder = STR_CAT(c->arena, test_vectors(c), S("/cve/vulnrichment-sample"));
	int all = 0, valid = 0;
	struct dirent *e;
	DIR *d;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	d = opendir(cstr(c->arena, folder));
	check(d);
	while (d && (e = readdir(d))) {
		const struct json *a, *b;
		struct cve_changes changes;
		struct buf text;

		if (!str_ends(str_of(e->d_name), S(".json")))
			continue;
		all++;
		valid += of(c, test_file(c, STR_CAT(c->arena, folder, S("/"), str_of(e->d_name)))).valid;
		check_ok(c, json_parse(c, test_file(c, STR_CAT(c->arena, folder, S("/"), str_of(e->d_name))), NULL, &a));
		buf_init(&text, c->arena, 1 << 20);
		json_print(&text, a, JSON_PRETTY);
		check_ok(c, json_parse(c, buf_str(&text), NULL, &b));
		check_int(json_cmp(a, b), 0);
		check_ok(c, cve_diff(c, a, b, &changes));
		check_int(changes.n, 0);
	}
	if (d)
		closedir(d);
	check_int(all, 129);
	check_int(valid, 129);
}

#define META "\"cveMetadata\":{\"cveId\":\"CVE-2026-0001\",\"assignerOrgId\":\"88c02595-c8f7-4864-a0e7-e09b3e1da691\",\"state\":\"PUBLISHED\"}"
#define RECORD(version, affected, rest) S("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"" version "\"," META ",\"containers\":{\"cna\":{" \
	"\"providerMetadata\":{\"orgId\":\"88c02595-c8f7-4864-a0e7-e09b3e1da691\"}," \
	"\"descriptions\":[{\"lang\":\"en\",\"value\":\"A flaw in it.\"}],\"affected\":[" affected "]," \
	"\"references\":[{\"url\":\"https://example.com/1\"}]" rest "}}}")
#define PRODUCT "\"vendor\":\"v\",\"product\":\"p\",\"defaultStatus\":\"affected\""

TEST(rules_and_useless_content_are_found_at_their_place)
{
	struct findings f = of(c, RECORD("5.1", "{" PRODUCT "}", ",\"problemTypes\":[{\"descriptions\":[{\"lang\":\"en\",\"description\":\"x\",\"cweId\":\"CWE-79\"}]}]"));

	check(f.valid && f.n == 0);
	f = of(c, RECORD("5.1", "{\"vendor\":\"v\",\"product\":\"p\",\"defaultStatus\":\"unaffected\"}", ""));
	check(f.valid && has(&f, "cna.5.1.4", "/containers/cna/affected") && has(&f, "cna.5.1.7", "/containers/cna"));
	f = of(c, RECORD("5.1", "{" PRODUCT ",\"versions\":[{\"version\":\"2.0.0\",\"lessThan\":\"1.0.0\",\"versionType\":\"semver\",\"status\":\"affected\"},"
	                 "{\"version\":\"n/a\",\"status\":\"affected\"},{\"version\":\"< 3\",\"status\":\"affected\"}]}", ""));
	check(has(&f, "cve.version", "/containers/cna/affected/0/versions/0/lessThan"));
	check(has(&f, "cve.version", "/containers/cna/affected/0/versions/1/version"));
	check(has(&f, "cve.version", "/containers/cna/affected/0/versions/2/version"));
	f = of(c, RECORD("5.1", "{" PRODUCT "}", ",\"problemTypes\":[{\"descriptions\":[{\"lang\":\"en\",\"description\":\"x\",\"cweId\":\"CWE-1\"}]}]"));
	check(has(&f, "cve.cwe", "/containers/cna/problemTypes/0/descriptions/0/cweId"));
	f = of(c, RECORD("5.1", "{" PRODUCT "}", ",\"metrics\":[{\"cvssV3_1\":{\"version\":\"3.1\",\"baseScore\":9.9,\"baseSeverity\":\"CRITICAL\","
	                 "\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}}]"));
	check(has(&f, "cve.cvss", "/containers/cna/metrics/0/cvssV3_1/baseScore"));
	check_str(cve_rules_edition(), S("4.1.0"));
}

#define MORE(metadata, text, rest) S("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2026-0001\"," \
	"\"assignerOrgId\":\"88c02595-c8f7-4864-a0e7-e09b3e1da691\",\"state\":\"PUBLISHED\"" metadata "},\"containers\":{\"cna\":{" \
	"\"providerMetadata\":{\"orgId\":\"88c02595-c8f7-4864-a0e7-e09b3e1da691\"},\"descriptions\":[{\"lang\":\"en\",\"value\":\"" text "\"}]," \
	"\"affected\":[{" PRODUCT "}],\"problemTypes\":[{\"descriptions\":[{\"lang\":\"en\",\"description\":\"x\",\"cweId\":\"CWE-79\"}]}]," \
	"\"references\":[{\"url\":\"https://example.com/1\"}]" rest "}}}")

/* meets CNA-4.1.0 4.2.17.1, 4.5.1.6, 4.5.3.10, 5.2.4 */
TEST(more_rules_of_authorities_are_found_and_their_opposite_is_not)
{
	static const struct { const char *rule, *place; str with, without; } rows[] = {
		{ "cna.5.2.4", "/containers/cna/descriptions", MORE("", "A flaw reported by Ann.", ""), MORE("", "A flaw is reported too late.", "") },
		{ "cna.4.2.17.1", "/containers/cna/descriptions", MORE("", "** UNSUPPORTED WHEN ASSIGNED ** A flaw.", ""),
		  MORE("", "** Unsupported when assigned ** A flaw.", ",\"tags\":[\"unsupported-when-assigned\"]") },
		{ "cna.4.5.3.10", "/containers/cna/descriptions", MORE("", "** DISPUTED ** A flaw.", ""),
		  MORE("", "** DISPUTED ** A flaw.", ",\"tags\":[\"disputed\"]") },
		{ "cna.4.5.1.6", "/containers/cna/datePublic", MORE(",\"datePublished\":\"2026-03-05T00:00:01Z\"", "A flaw.", ",\"datePublic\":\"2026-03-02T00:00:00\""),
		  MORE(",\"datePublished\":\"2026-03-05T00:00:00Z\"", "A flaw.", ",\"datePublic\":\"2026-03-02T00:00:00Z\"") },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct findings f = of(c, rows[i].with);

		check(f.valid && f.n == 1 && has(&f, rows[i].rule, rows[i].place));
		f = of(c, rows[i].without);
		check(f.valid && f.n == 0);
	}
}

TEST(package_urls_are_of_5_2_and_have_no_version)
{
	check(of(c, RECORD("5.2", "{\"packageURL\":\"pkg:npm/x\",\"defaultStatus\":\"affected\"}", "")).valid);
	check(!of(c, RECORD("5.1", "{\"packageURL\":\"pkg:npm/x\",\"defaultStatus\":\"affected\"}", "")).valid);
	check(!of(c, RECORD("5.2.0", "{\"packageURL\":\"pkg:npm/x\",\"packageName\":\"x\",\"collectionURL\":\"https://a\",\"defaultStatus\":\"affected\"}", "")).valid);
	check(!of(c, RECORD("5.2.0", "{" PRODUCT ",\"x_more\":1}", "")).valid);
	check(of(c, RECORD("5.1", "{" PRODUCT ",\"x_more\":1}", "")).valid);
	struct findings f = of(c, RECORD("5.2", "{\"packageURL\":\"pkg:npm/x@1\",\"defaultStatus\":\"affected\"}", ""));
	check(!f.valid && has(&f, "cve.service", "/containers/cna/affected/0/packageURL"));
	check(!of(c, RECORD("5.2", "{\"packageURL\":\"pkg:npm\",\"defaultStatus\":\"affected\"}", "")).valid);
}

TEST(hostile_documents_are_judged_and_never_trusted)
{
	static const struct { const char *p; size_t n; } bad[] = {
		{ "", 0 }, { "{}", 2 }, { "[]", 2 }, { "null", 4 }, { "\xff", 1 }, { "{\"containers\":[]}", 17 }, { "{\"cnaContainer\":3}", 18 },
		{ "{\"providerMetadata\":0}", 22 }, { "{\"cveMetadata\":\0}", 17 }, { "{\"adpContainer\":{}}", 19 },
		{ "{\"cnaContainer\":{\"descriptions\":[1,{\"lang\":2}],\"datePublic\":5}}", 62 },
	};
	struct buf deep;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		check(!of(c, (str){ bad[i].p, bad[i].n }).valid);
	buf_init(&deep, c->arena, 1 << 20);
	for (int i = 0; i < 100; i++)
		buf_add(&deep, S("{\"cnaContainer\":"));
	struct findings f = of(c, buf_str(&deep));
	check(!f.valid && has(&f, "parse", NULL) && f.line == 1);
	check(cve_id_check(S("CVE-2026-0001")) && cve_id_check(S("CVE-2026-1234567890123456789")));
	check(!cve_id_check(S("CVE-2026-001")) && !cve_id_check(S("cve-2026-0001")) && !cve_id_check(S("CVE-2026-0001 ")));
	check(!cve_id_check(S("CVE-2026-12345678901234567890")) && !cve_id_check(STR_NONE));
}

static const struct json *parsed(struct ctx *c, str text)
{
	const struct json *v = NULL;

	check_ok(c, json_parse(c, text, NULL, &v));
	return v;
}

TEST(the_status_of_a_version_follows_entries_changes_and_default)
{
	const struct json *p = parsed(c, S("{\"defaultStatus\":\"unaffected\",\"versions\":["
		"{\"version\":\"1.0.0\",\"lessThan\":\"1.*\",\"versionType\":\"semver\",\"status\":\"affected\","
		"\"changes\":[{\"at\":\"1.4.0\",\"status\":\"unaffected\"},{\"at\":\"1.2.0\",\"status\":\"unknown\"}]},"
		"{\"version\":\"0\",\"lessThanOrEqual\":\"0.9.0\",\"versionType\":\"semver\",\"status\":\"unknown\"},"
		"{\"version\":\"3.0-special\",\"status\":\"affected\"},"
		"{\"version\":\"7\",\"lessThan\":\"8\",\"versionType\":\"custom\",\"status\":\"affected\"}]}"));
	bool sure;

	check_int(cve_version_status(p, S("1.1.0"), &sure), CVE_AFFECTED);
	check(sure);
	check_int(cve_version_status(p, S("1.3.0"), &sure), CVE_UNKNOWN);
	check_int(cve_version_status(p, S("1.99.0"), &sure), CVE_UNAFFECTED);
	check_int(cve_version_status(p, S("0.0.1-alpha"), &sure), CVE_UNKNOWN);
	check_int(cve_version_status(p, S("3.0-special"), &sure), CVE_AFFECTED);
	check_int(cve_version_status(p, S("2.0.0"), &sure), CVE_UNAFFECTED);
	check(!sure);
	check_int(cve_version_status(NULL, S("1"), &sure), CVE_UNKNOWN);
}

TEST(a_difference_is_of_meaning_not_of_order)
{
	const struct json *a = parsed(c, S("{\"references\":[{\"url\":\"a\"},{\"url\":\"b\",\"tags\":[\"x\",\"y\"]}],\"score\":1.0,\"t\":\"x\"}"));
	const struct json *b = parsed(c, S("{\"t\":\"x\",\"score\":1,\"references\":[{\"tags\":[\"y\",\"x\"],\"url\":\"b\"},{\"url\":\"a\"}]}"));
	struct cve_changes d;

	check_ok(c, cve_diff(c, a, b, &d));
	check_int(d.n, 0);
	b = parsed(c, S("{\"score\":2,\"references\":[{\"tags\":[\"y\"],\"url\":\"b\"},{\"url\":\"c\"}],\"t\":\"x\",\"new\":1}"));
	check_ok(c, cve_diff(c, a, b, &d));
	check_int(d.n, 5);
	check_str(d.v[0].pointer, S("/references/0"));
	check_int(d.v[0].kind, CVE_REMOVED);
	check_str(d.v[1].pointer, S("/references/1/tags/0"));
	check_int(d.v[1].kind, CVE_REMOVED);
	check_str(d.v[2].pointer, S("/references/1"));
	check_int(d.v[2].kind, CVE_ADDED);
	check_str(d.v[3].pointer, S("/score"));
	check_int(d.v[3].kind, CVE_CHANGED);
	check_str(d.v[4].pointer, S("/new"));
	check_ok(c, cve_diff(c, NULL, b, &d));
	check_int(d.n, 1);
}

TEST(the_pointer_of_a_removed_value_leads_into_the_first_document)
{
	const struct json *a = parsed(c, S("{\"timeline\":[{\"time\":\"1\",\"value\":\"x\"}]}"));
	const struct json *b = parsed(c, S("{\"timeline\":[{\"time\":\"2\"},{\"time\":\"1\"}]}"));
	struct cve_changes d;

	check_ok(c, cve_diff(c, a, b, &d));
	check_int(d.n, 2);
	check_int(d.v[0].kind, CVE_REMOVED);
	check_str(d.v[0].pointer, S("/timeline/0/value"));
	check_int(d.v[1].kind, CVE_ADDED);
	check_str(d.v[1].pointer, S("/timeline/0"));
}
