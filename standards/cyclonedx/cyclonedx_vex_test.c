#include "base/test.h"
#include "standards/finding/among_test.h"

#include <dirent.h>

#include "standards/cyclonedx/cyclonedx_vex.h"

static struct findings of(struct ctx *c, str text)
{
	struct findings f;

	check_ok(c, cyclonedx_vex_check(c, text, &f));
	return f;
}

TEST(official_examples_are_valid)
{
#define CISA "bom-examples/VEX/CISA-Use-Cases/Case-"
#define CASE "bom-examples/VEX/Use-Cases/Case-"
	static const char *const files[] = {
		CISA "1/vex-affected", CISA "1/vex-fixed", CISA "1/vex-not_affected", CISA "1/vex-under_investigation", CISA "2/vex",
		CISA "3/vex", CISA "4/vex", CISA "5/vex", CISA "6/vex", CISA "7/vex", CISA "7/bom-1", CISA "7/bom-2", CISA "8/vex",
		CISA "8/bom-1", CISA "8/bom-2", CASE "1/vex", CASE "2/vex", CASE "3/vex", CASE "4/vex", CASE "5/vex", CASE "6/vex",
		CASE "6/bom-1", CASE "6/bom-2", CASE "6/bom-3", CASE "7/vex", CASE "8/vex", CASE "9/vex", CASE "9/bom-1", CASE "9/bom-2",
		CASE "9/bom-3", CASE "10/vex", CASE "11/vex", CASE "12/vex", CASE "13/vex", CASE "13/bom-1", CASE "13/bom-2",
		CASE "13/bom-3", "bom-examples/VEX/vex", "bom-examples/VEX/bom", "spec/valid-vulnerability-1.4",
		"spec/valid-vulnerability-1.5", "spec/valid-vulnerability-1.6", "spec/valid-vulnerability-1.7",
		"guac/cyclonedx-unaffected-vex", "guac/cyclonedx-vex-affected", "guac/cyclonedx-vex-false-positive",
		"guac/cyclonedx-vex-no-analysis", "guac/cyclonedx-vex-resolved-with-pedigree",
	};
	struct buf wrong;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	buf_init(&wrong, c->arena, 1 << 20);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct findings f = of(c, test_file(c, STR_CAT(c->arena, test_vectors(c), S("/cyclonedx-vex/"), str_of(files[i]), S(".json"))));

		if (!f.valid)
			findings_tell(c, &wrong, str_of(files[i]), &f);
	}
	check_str(buf_str(&wrong), S(""));
}

#define DOCUMENT(version, vulnerability) S("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"" version "\",\"version\":1," \
	"\"components\":[{\"bom-ref\":\"a\",\"name\":\"x\",\"type\":\"library\"}],\"vulnerabilities\":[" vulnerability "]}")

TEST(wrong_members_words_and_references_are_found)
{
	struct findings f = of(c, DOCUMENT("1.6", "{\"id\":\"CVE-2026-0001\",\"analysis\":{\"state\":\"not_affected\","
	                                   "\"justification\":\"code_not_present\"},\"affects\":[{\"ref\":\"a\"}]}"));

	check(f.valid && f.n == 0);
	f = of(c, DOCUMENT("1.6", "{\"id\":1,\"analysis\":{\"state\":\"fine\",\"more\":1},\"cwes\":[0],\"created\":\"today\",\"affects\":[{}]}"));
	check(finding_is(&f, "schema", "/vulnerabilities/0/id") && finding_is(&f, "schema", "/vulnerabilities/0/analysis/state"));
	check(finding_is(&f, "schema", "/vulnerabilities/0/analysis/more") && finding_is(&f, "schema", "/vulnerabilities/0/cwes/0"));
	check(finding_is(&f, "schema", "/vulnerabilities/0/created") && finding_is(&f, "schema", "/vulnerabilities/0/affects/0"));
	f = of(c, DOCUMENT("1.4", "{\"workaround\":\"x\"}"));
	check(!f.valid && finding_is(&f, "schema", "/vulnerabilities/0/workaround"));
	f = of(c, DOCUMENT("1.6", "{\"affects\":[{\"ref\":\"b\",\"versions\":[{\"range\":\"1.0\"}]}]}"));
	check(finding_is(&f, "cyclonedx.affects", "/vulnerabilities/0/affects/0"));
	check(finding_is(&f, "cyclonedx.vers", "/vulnerabilities/0/affects/0/versions/0"));
	f = of(c, DOCUMENT("1.6", "{\"affects\":[{\"ref\":\"a\",\"versions\":[{\"version\":\"1\",\"range\":\"vers:npm/1\"}]}]}"));
	check(finding_is(&f, "schema", "/vulnerabilities/0/affects/0/versions/0"));
	f = of(c, DOCUMENT("1.6", "{\"bom-ref\":\"a\"}"));
	check(finding_is(&f, "cyclonedx.ref", ""));
	f = of(c, DOCUMENT("1.6", "{\"ratings\":[{\"method\":\"CVSSv31\",\"score\":1,\"vector\":\"AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}]}"));
	check(finding_is(&f, "cyclonedx.rating", "/vulnerabilities/0/ratings/0"));
	f = of(c, DOCUMENT("1.9", ""));
	check(!f.valid && f.n == 1 && finding_is(&f, "schema", "/specVersion"));
	check(!of(c, DOCUMENT("2.0", "")).valid && !of(c, DOCUMENT("1.1", "")).valid);
}

/* What the schemas say outside of vulnerabilities: components, licences (spdx.json), signatures (jsf-0.82.json). */
TEST(the_whole_document_is_judged_by_the_schema_of_its_version)
{
#define COMPONENT(version, member) of(c, S("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"" version "\"," \
	"\"components\":[{\"type\":\"library\",\"name\":\"x\"," member "}]}"))
	struct findings f = COMPONENT("1.7", "\"licenses\":[{\"license\":{\"id\":\"MIT\"}}]");

	check(f.valid);
	f = COMPONENT("1.7", "\"licenses\":[{\"license\":{\"id\":\"MITT\"}}]");
	check(!f.valid && finding_is(&f, "schema", "/components/0/licenses/0/license/id"));
	f = COMPONENT("1.5", "\"hashes\":[{\"alg\":\"MD6\",\"content\":\"00\"}]");
	check(!f.valid && finding_is(&f, "schema", "/components/0/hashes/0/alg"));
	check(!COMPONENT("1.6", "\"signature\":{\"algorithm\":1}").valid);
	check(!COMPONENT("1.4", "\"modelCard\":{}").valid && COMPONENT("1.5", "\"modelCard\":{}").valid);
}

struct tally { int good, bad; struct buf wrong; };

static void version_judge(struct ctx *c, str folder, struct tally *t)
{
	DIR *dir = opendir(cstr(c->arena, folder));
	struct dirent *e;

	check(dir);
	while (dir && (e = readdir(dir))) {
		str name = str_of(e->d_name);
		bool valid = str_starts(name, S("valid-"));
		struct findings f;

		if (!str_ends(name, S(".json")) || (!valid && !str_starts(name, S("invalid-"))))
			continue;
		f = of(c, test_file(c, STR_CAT(c->arena, folder, name)));
		*(valid ? &t->good : &t->bad) += 1;
		if (f.valid != valid)
			findings_tell(c, &t->wrong, name, &f);
	}
	if (dir)
		closedir(dir);
}

TEST(every_document_of_the_specification_gets_its_verdict)
{
	static const char *const versions[] = { "1.2/", "1.3/", "1.4/", "1.5/", "1.6/", "1.7/" };
	struct tally t = { 0 };

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	buf_init(&t.wrong, c->arena, 1 << 20);
	for (size_t i = 0; i < sizeof(versions) / sizeof(*versions); i++)
		version_judge(c, STR_CAT(c->arena, test_vectors(c), S("/sbom/cyclonedx/cyclonedx-spec-tests/tools/src/test/resources/"),
		              str_of(versions[i])), &t);
	check_str(buf_str(&t.wrong), S(""));
	check_int(t.good, 218);
	check_int(t.bad, 139);
}

TEST(hostile_documents_are_refused)
{
	struct buf deep;

	check(!of(c, S("")).valid && !of(c, S("[]")).valid && !of(c, S("{}")).valid && !of(c, S("\xff")).valid);
	check(!of(c, S("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"vulnerabilities\":{}}")).valid);
	check(!of(c, S("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"vulnerabilities\":[null]}")).valid);
	check(!of(c, S("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"serialNumber\":\"x\"}")).valid);
	buf_init(&deep, c->arena, 1 << 20);
	for (int i = 0; i < 300; i++)
		buf_add(&deep, S("{\"components\":["));
	check(!of(c, buf_str(&deep)).valid);
}
