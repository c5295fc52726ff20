#include "base/test.h"

#include <dirent.h>
#include <string.h>

#include "platform/json/json_out.h"
#include "platform/json/json_text_test.h"
#include "standards/cve/cve_csaf.h"

/* A record; members of its CNA container with a comma before each. */
static str record(struct ctx *c, const char *members)
{
	return str_fmt(c->arena, "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2026-10042\","
	               "\"assignerOrgId\":\"b1a2c3d4-0000-4000-8000-000000000000\",\"state\":\"PUBLISHED\",\"datePublished\":\"2026-03-01T10:00:00.000Z\","
	               "\"dateUpdated\":\"2026-03-02T10:00:00\"},\"containers\":{\"cna\":{\"providerMetadata\":{\"orgId\":"
	               "\"b1a2c3d4-0000-4000-8000-000000000000\"},\"descriptions\":[{\"lang\":\"ja\",\"value\":\"溢れ\"},{\"lang\":\"en\","
	               "\"value\":\"An overflow.\"}]%s}}}", members);
}

static const struct json *turned(struct ctx *c, const char *members, struct cve_csaf *r)
{
	const struct json *out = NULL;
	struct buf b;

	buf_init(&b, c->arena, 8 << 20);
	check_ok(c, cve_csaf_convert(c, record(c, members), S("Example"), S("https://example.com"), r, &b));
	for (size_t i = 0; i < r->judged.n; i++)
		check_str(csaf_sentence(c->arena, &r->judged.v[i]), S(""));
	check(r->judged.valid);
	check_ok(c, json_parse(c, buf_str(&b), NULL, &out));
	return out;
}

static bool told(const struct cve_csaf *r, const char *pointer)
{
	for (size_t i = 0; i < r->notes.n; i++)
		if (str_eq(r->notes.v[i].pointer, str_of(pointer)))
			return true;
	return false;
}

#define AFFECTED(versions) ",\"affected\":[{\"vendor\":\"Example\",\"product\":\"Box\",\"versions\":[" versions "]}]"

TEST(a_cve_record_becomes_a_document_of_one_vulnerability)
{
	struct cve_csaf r;
	const struct json *d = turned(c, AFFECTED("{\"version\":\"1.0\",\"status\":\"affected\"},{\"version\":\"2.0\",\"status\":\"unaffected\"}")
		",\"title\":\"Overflow in Box\",\"datePublic\":\"2026-02-28T00:00:00Z\""
		",\"problemTypes\":[{\"descriptions\":[{\"lang\":\"en\",\"type\":\"CWE\",\"cweId\":\"CWE-787\",\"description\":\"CWE-787\"},"
		"{\"lang\":\"en\",\"description\":\"odd\"}]}]"
		",\"metrics\":[{\"format\":\"CVSS\",\"cvssV3_1\":{\"version\":\"3.1\",\"baseScore\":9.8,\"baseSeverity\":\"CRITICAL\","
		"\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}},{\"other\":{\"type\":\"ssvc\",\"content\":{}}}]"
		",\"references\":[{\"url\":\"https://example.com/a\",\"tags\":[\"patch\"]}]"
		",\"solutions\":[{\"lang\":\"en\",\"value\":\"Update to 2.0.\"}],\"workarounds\":[{\"lang\":\"en\",\"value\":\"Switch it off.\"}]"
		",\"credits\":[{\"lang\":\"en\",\"value\":\"Ada\",\"type\":\"finder\"}],\"timeline\":[{\"lang\":\"en\",\"time\":\"2026-01-01T00:00:00Z\","
		"\"value\":\"Found\"}],\"x_own\":1", &r), *v = json_point(d, S("/vulnerabilities/0"));

	check_str(json_text_at(c, d, "/document/category"), S("csaf_security_advisory"));
	check_str(json_text_at(c, d, "/document/title"), S("Overflow in Box"));
	check_str(json_text_at(c, d, "/document/lang"), S("en"));
	check_str(json_text_at(c, d, "/document/tracking/id"), S("CVE-2026-10042"));
	check_str(json_text_at(c, d, "/document/tracking/version"), S("2"));
	check_str(json_text_at(c, d, "/document/tracking/current_release_date"), S("2026-03-02T10:00:00Z"));
	check_str(json_text_at(c, v, "/cwe/id"), S("CWE-787"));
	check_str(json_text_at(c, v, "/notes"), S("[{\"category\":\"description\",\"text\":\"An overflow.\",\"title\":\"CVE Description\"},"
	          "{\"category\":\"details\",\"text\":\"2026-01-01T00:00:00Z: Found\",\"title\":\"Timeline\"}]"));
	check_str(json_text_at(c, v, "/product_status"), S("{\"known_affected\":[\"CSAFPID-0001\"],\"known_not_affected\":[\"CSAFPID-0002\"]}"));
	check_str(json_text_at(c, v, "/scores/0/cvss_v3/baseScore"), S("9.8"));
	check_str(json_text_at(c, v, "/remediations/0/category"), S("vendor_fix"));
	check_str(json_text_at(c, v, "/remediations/1/details"), S("Switch it off."));
	check_str(json_text_at(c, v, "/acknowledgments"), S("[{\"names\":[\"Ada\"],\"summary\":\"finder\"}]"));
	check_str(json_text_at(c, v, "/release_date"), S("2026-02-28T00:00:00Z"));
	check(told(&r, "/containers/cna/descriptions/0"));
	check(told(&r, "/containers/cna/problemTypes/0"));
	check(told(&r, "/containers/cna/metrics/1"));
	check(told(&r, "/containers/cna/references/0/tags"));
	check(told(&r, "/containers/cna/solutions/0"));
	check(told(&r, "/containers/cna/x_own"));
}

TEST(version_entries_become_versions_and_ranges_with_their_changes)
{
	static const struct { const char *entry, *name; bool range; } entries[] = {
		{ "{\"version\":\"1.0\",\"status\":\"affected\"}", "1.0", false },
		{ "{\"version\":\"0\",\"lessThan\":\"1.2\",\"versionType\":\"semver\",\"status\":\"affected\"}", "vers:semver/<1.2", true },
		{ "{\"version\":\"1.0.0\",\"lessThan\":\"1.2.0\",\"versionType\":\"semver\",\"status\":\"affected\"}", "vers:semver/>=1.0.0|<1.2.0", true },
		{ "{\"version\":\"1.0\",\"lessThanOrEqual\":\"1.2\",\"versionType\":\"custom\",\"status\":\"affected\"}", ">=1.0|<=1.2", true },
		{ "{\"version\":\"1.0\",\"lessThan\":\"*\",\"versionType\":\"custom\",\"status\":\"affected\"}", ">=1.0", true },
		{ "{\"version\":\"1.2\",\"lessThanOrEqual\":\"1.2\",\"versionType\":\"custom\",\"status\":\"affected\"}", "1.2", false },
		{ "{\"version\":\"n/a\",\"status\":\"affected\"}", "vers:all/*", true },
		{ "{\"version\":\"all before 2\",\"status\":\"affected\"}", "all before 2", true },
	};
	struct cve_csaf r;
	const struct json *d;

	for (size_t i = 0; i < sizeof(entries) / sizeof(*entries); i++) {
		str members = str_fmt(c->arena, AFFECTED("%s"), entries[i].entry);
		static const char branch[] = "/product_tree/branches/0/branches/0/branches/0";

		d = json_point(turned(c, cstr(c->arena, members), &r), str_of(branch));
		check_str(json_text_at(c, d, "/name"), str_of(entries[i].name));
		check_str(json_text_at(c, d, "/category"), entries[i].range ? S("product_version_range") : S("product_version"));
	}
	d = turned(c, AFFECTED("{\"version\":\"1.0\",\"lessThan\":\"3.0\",\"versionType\":\"custom\",\"status\":\"affected\",\"changes\":["
	                       "{\"at\":\"1.5\",\"status\":\"unaffected\"},{\"at\":\"2.0\",\"status\":\"affected\"}]}"), &r);
	check_str(json_text_at(c, d, "/vulnerabilities/0/product_status"), S("{\"known_affected\":[\"CSAFPID-0001\",\"CSAFPID-0003\"],"
	          "\"known_not_affected\":[\"CSAFPID-0002\"]}"));
	check_str(json_text_at(c, d, "/product_tree/branches/0/branches/0/branches/1/name"), S(">=1.5|<2.0"));
}

TEST(what_a_default_status_says_and_doubled_versions_are_told)
{
	struct cve_csaf r;
	const struct json *d = turned(c, ",\"affected\":[{\"vendor\":\"E\",\"product\":\"A\",\"defaultStatus\":\"affected\"},"
		"{\"vendor\":\"E\",\"product\":\"B\",\"defaultStatus\":\"unaffected\",\"versions\":[{\"version\":\"1\",\"status\":\"unknown\"},"
		"{\"version\":\"1\",\"status\":\"affected\"}],\"cpes\":[\"cpe:2.3:a:e:b:1:*:*:*:*:*:*:*\",\"x\"]}]", &r);

	check_str(json_text_at(c, d, "/vulnerabilities/0/product_status"), S("{\"known_affected\":[\"CSAFPID-0001\"],\"under_investigation\":[\"CSAFPID-0002\"]}"));
	check(told(&r, "/containers/cna/affected/1/defaultStatus"));
	check(told(&r, "/containers/cna/affected/1/versions/1"));
	check(told(&r, "/containers/cna/affected/1/cpes/1"));
	check(told(&r, "/containers/cna/affected"));
}

TEST(what_is_no_published_record_is_refused)
{
	static const struct { const char *text; enum fault_code code; } bad[] = {
		{ "", E_SYNTAX }, { "\xff", E_SYNTAX }, { "{}", E_INVALID }, { "[]", E_INVALID }, { "{\"a\":1,\"a\":2}", E_SYNTAX },
		{ "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\"}", E_INVALID },
		{ "{\"cnaContainer\":{\"affected\":[]}}", E_INVALID },
		{ "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2026-1000\",\"state\":\"REJECTED\"},"
		  "\"containers\":{\"cna\":{\"rejectedReasons\":[]}}}", E_INVALID },
	};
	struct cve_csaf r;
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		check(!cve_csaf_convert(c, str_of(bad[i].text), S("A"), S("https://a.example"), &r, &b));
		check_int(c->fault.code, bad[i].code);
	}
	check(!cve_csaf_convert(c, record(c, ""), STR_NONE, S("s"), &r, &b));
	check_fault(c, E_INVALID, "author");
	/* values of other kinds */
	check_ok(c, cve_csaf_convert(c, record(c, ",\"affected\":[1,{\"versions\":{}},{\"vendor\":1,\"versions\":[null,[]]}],\"metrics\":{},\"credits\":[3],"
	         "\"problemTypes\":[[]],\"references\":[{}],\"solutions\":\"x\",\"timeline\":[{}]"), S("A"), S("https://a.example"), &r, &b));
}

TEST(real_records_become_valid_documents)
{
	str folder = STR_CAT(c->arena, test_vectors(c), S("/cve/vulnrichment-sample"));
	DIR *dir = test_vectors(c).p ? opendir(cstr(c->arena, folder)) : NULL;
	struct dirent *entry;
	int n = 0, rejected = 0;

	if (!dir)
		test_skip("no vectors");
	while ((entry = readdir(dir))) {
		struct cve_csaf r;
		struct arena a;
		struct ctx d;
		struct buf b;

		if (!str_ends(str_of(entry->d_name), S(".json")))
			continue;
		arena_init(&a, (size_t)256 << 20);
		ctx_init(&d, &a);
		buf_init(&b, &a, 64 << 20);
		if (cve_csaf_convert(&d, test_file(&d, STR_CAT(&a, folder, S("/"), str_of(entry->d_name))), S("A"), S("https://a.example"), &r, &b)) {
			check_str(r.judged.valid ? S("") : str_of(entry->d_name), S(""));
			n++;
		} else {
			check_int(d.fault.code, E_INVALID);
			rejected++;
		}
		arena_done(&a);
	}
	closedir(dir);
	check(n > 80);
	check(rejected > 0);
}
