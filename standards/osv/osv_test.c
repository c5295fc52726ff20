#include "base/test.h"
#include "standards/finding/among_test.h"

#include "standards/osv/osv.h"

static struct findings of(struct ctx *c, str text)
{
	struct findings f;

	check_ok(c, osv_check(c, text, &f));
	return f;
}

static struct findings official(struct ctx *c, const char *path)
{
	return of(c, test_file(c, STR_CAT(c->arena, test_vectors(c), S("/osv/"), str_of(path))));
}

TEST(official_records_are_valid_and_the_broken_ones_found)
{
	static const char *const good[] = {
		"osv-linter/testdata/CVE-2018-5407", "osv-linter/testdata/CVE-2023-41045", "osv-linter/testdata/GHSA-9v2f-6vcg-3hgv",
		"osv-linter/testdata/GO-2020-0001", "osv-linter/testdata/GO-2024-2963", "osv-linter/testdata/MAL-2024-10238",
		"osv-linter/testdata/PYSEC-2023-74", "osv-linter/testdata/RHSA-2022_0216", "osv-linter/testdata/SUSE-FU-2022_0444-1",
		"osv-linter/testdata/nopackage-GHSA-9v2f-6vcg-3hgv", "osv-linter/testdata/nondistinct-CVE-2018-5407",
		"ghsa/testdata/equals_no_patch.osv", "ghsa/testdata/equals_with_patch.osv", "ghsa/testdata/full_ranges.osv",
		"ghsa/testdata/greater_than_equals_no_patch.osv", "ghsa/testdata/less_than_equals_no_patch.osv",
		"ghsa/testdata/less_than_equals_with_patch.osv", "ghsa/testdata/maven_greater_than.osv",
		"ghsa/testdata/multiple_ranges_in_package.osv", "ghsa/testdata/npm_greater_than.osv",
		"ghsa/testdata/pypi_normalize.osv", "ghsa/testdata/withdrawn.osv", "redhat/testdata/OSV/RHSA-2024_4546",
		"redhat/testdata/OSV/RHSA-2024_6220",
	};
	struct findings f;
	struct buf wrong;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	buf_init(&wrong, c->arena, 1 << 20);
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		f = official(c, cstr(c->arena, STR_CAT(c->arena, S("tools/"), str_of(good[i]), S(".json"))));
		if (!f.valid)
			findings_tell(c, &wrong, str_of(good[i]), &f);
	}
	check_str(buf_str(&wrong), S(""));
	f = official(c, "tools/osv-linter/testdata/nointroduced-CVE-2023-41045.json");
	check(!f.valid);
	f = official(c, "tools/osv-linter/testdata/nondistinct-CVE-2018-5407.json");
	check(f.count[FINDING_WARNING] > 0);
}

#define RECORD(affected) S("{\"id\":\"OSV-2026-1\",\"modified\":\"2026-01-01T00:00:00Z\",\"published\":\"2025-01-01T00:00:00Z\"," \
	"\"affected\":[" affected "]}")
#define NPM "{\"package\":{\"ecosystem\":\"npm\",\"name\":\"x\""

TEST(what_the_schema_cannot_see_is_found)
{
	struct findings f = of(c, RECORD(NPM ",\"purl\":\"pkg:npm/x\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"1.0.0\"},{\"fixed\":\"2.0.0\"}]}]}"));

	check(f.valid && f.n == 0);
	f = of(c, RECORD(NPM ",\"purl\":\"pkg:pypi/x\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"3.0.0\"},{\"fixed\":\"2.0.0\"}]}]}"));
	check(finding_is(&f, "osv.purl", "/affected/0/package/purl") && finding_is(&f, "osv.range", "/affected/0/ranges/0"));
	f = of(c, RECORD(NPM ",\"purl\":\"pkg:npm/x@1\"}}"));
	check(finding_is(&f, "osv.purl", "/affected/0/package/purl") && finding_is(&f, "osv.affected", "/affected/0"));
	check(!of(c, S("{\"id\":\"x\"}")).valid && !of(c, S("")).valid && !of(c, S("[]")).valid && !of(c, S("\xff")).valid);
	check(!of(c, S("{\"id\":\"OSV-1\",\"modified\":\"yesterday\"}")).valid);
	f = of(c, S("{\"id\":\"OSV-1\",\"modified\":\"2026-01-01T00:00:00Z\",\"schema_version\":\"1.99.0\",\"aliases\":[\"OSV-1\",\"CVE-2026-0001\",\"CVE-2026-0001\"]}"));
	check(finding_is(&f, "osv.version", "/schema_version") && finding_is(&f, "osv.id", "/aliases/0") && finding_is(&f, "osv.id", "/aliases/2"));
}

static enum osv_answer answer(struct ctx *c, const char *affected, const char *version)
{
	const struct json *v = NULL;

	check_ok(c, json_parse(c, str_of(affected), NULL, &v));
	return osv_version_affected(v, str_of(version));
}

TEST(a_version_is_affected_as_the_format_says)
{
	const char *two = NPM "},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"fixed\":\"1.0.2\"},{\"introduced\":\"0\"},{\"introduced\":\"2.0.0\"},{\"fixed\":\"2.1.0\"}]}],\"versions\":[\"9.9.9\"]}";
	const char *last = NPM "},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"1.0.0\"},{\"last_affected\":\"1.5.0\"}]}]}";
	const char *limit = NPM "},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"1.0.0\"},{\"limit\":\"1.2.0\"}]}]}";

	check_int(answer(c, two, "0.0.0-alpha"), OSV_AFFECTED);
	check_int(answer(c, two, "1.0.1"), OSV_AFFECTED);
	check_int(answer(c, two, "1.0.2"), OSV_NOT_AFFECTED);
	check_int(answer(c, two, "2.0.0"), OSV_AFFECTED);
	check_int(answer(c, two, "2.1.0"), OSV_NOT_AFFECTED);
	check_int(answer(c, two, "9.9.9"), OSV_AFFECTED);
	check_int(answer(c, two, "banana"), OSV_UNSURE);
	check_int(answer(c, last, "1.5.0"), OSV_AFFECTED);
	check_int(answer(c, last, "1.5.1"), OSV_NOT_AFFECTED);
	check_int(answer(c, limit, "1.1.9"), OSV_AFFECTED);
	check_int(answer(c, limit, "1.2.0"), OSV_NOT_AFFECTED);
	check_int(answer(c, "{\"ranges\":[{\"type\":\"GIT\",\"events\":[{\"introduced\":\"0\"}]}]}", "1"), OSV_UNSURE);
	check_int(answer(c, "{}", "1"), OSV_NOT_AFFECTED);
	check_int(answer(c, "[]", "1"), OSV_NOT_AFFECTED);
	check(osv_order(S("Go")) && osv_order(S("PyPI:x")) && !osv_order(S("Packagist")) && !osv_order(S("")) && !osv_order(S("date")));
	check_str(osv_purl_type(S("crates.io")), S("cargo"));
	check(str_is_none(osv_purl_type(S("Linux"))));
}
