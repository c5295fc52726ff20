#include "base/test.h"

#include "platform/json/json_text_test.h"

#include "standards/cve/cve.h"
#include "standards/vex/vex_cve.h"

TEST(what_csaf_says_of_a_cve_becomes_a_container_that_is_valid)
{
#define CASE "csaf/csaf20/examples/csaf/"
	static const struct { const char *path, *cve; bool bare; /* without a reference */ } files[] = {
		{ CASE "csaf_vex/2022-evd-uc-01-a-001", "CVE-2021-44228", true }, { CASE "csaf_vex/2022-evd-uc-06-001", "CVE-2021-44228", false },
		{ CASE "cisco-sa-20180328-smi2", "CVE-2018-0171", false }, { CASE "bsi-2022-0001", "CVE-2022-27193", true },
		{ CASE "rhsa-2021_5186", "CVE-2021-4104", false },
	};
	struct buf wrong;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	buf_init(&wrong, c->arena, 1 << 20);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		str text = test_file(c, STR_CAT(c->arena, test_vectors(c), S("/"), str_of(files[i].path), S(".json")));
		struct findings f;
		struct vex v;
		struct buf b;

		buf_init(&b, c->arena, 16 << 20);
		if (!vex_cve_print(c, text, str_of(files[i].cve), &v, &b)) {
			buf_fmt(&wrong, "%s: %s\n", files[i].path, c->fault.text ? c->fault.text : "fault");
			continue;
		}
		check_ok(c, cve_check(c, buf_str(&b), &f));
		if (files[i].bare ? f.count[FINDING_ERROR] != 1 || !str_eq(f.v[0].pointer, S("/cnaContainer/references")) : !f.valid)
			findings_tell(c, &wrong, str_of(files[i].path), &f);
	}
	check_str(buf_str(&wrong), S(""));
}

#define DOCUMENT(range) S("{\"document\":{\"csaf_version\":\"2.0\",\"title\":\"A flaw in it\",\"publisher\":{\"name\":\"V\"}," \
	"\"references\":[{\"url\":\"https://example.com/1\",\"summary\":\"s\"}]},\"product_tree\":{\"branches\":[{\"category\":\"vendor\"," \
	"\"name\":\"V\",\"branches\":[{\"category\":\"product_name\",\"name\":\"P\",\"branches\":[{\"category\":\"product_version_range\"," \
	"\"name\":\"" range "\",\"product\":{\"name\":\"n\",\"product_id\":\"A\"}}]}]}]},\"vulnerabilities\":[{\"cve\":\"CVE-2026-0001\"," \
	"\"product_status\":{\"known_affected\":[\"A\"]},\"involvements\":[]}]}")

static str drafted(struct ctx *c, str text, struct vex *v)
{
	struct buf b;
	struct findings f;

	buf_init(&b, c->arena, 1 << 20);
	check_ok(c, vex_cve_print(c, text, S("CVE-2026-0001"), v, &b));
	check_ok(c, cve_check(c, buf_str(&b), &f));
	check(f.valid);
	return buf_str(&b);
}

TEST(ranges_become_entries_and_what_cannot_be_said_is_listed)
{
	struct vex v;
	str text = drafted(c, DOCUMENT("vers:npm/>=1.0.0|<2.0.0|3.1.0"), &v);

	check(str_find(text, S("\"lessThan\": \"2.0.0\""), 0) != SIZE_MAX && str_find(text, S("\"versionType\": \"semver\""), 0) != SIZE_MAX);
	check(str_find(text, S("\"version\": \"3.1.0\""), 0) != SIZE_MAX);
	check_int(v.lost, 1);
	check_str(v.losses.v[0].pointer, S("/vulnerabilities/0/involvements"));
	(void)drafted(c, DOCUMENT("vers:pypi/>1.0|!=1.5|<=2"), &v);
	check_int(v.lost, 3);
	(void)drafted(c, DOCUMENT("all before 3"), &v);
	check_int(v.lost, 2);
	(void)drafted(c, DOCUMENT("vers:intdot/>=4"), &v);
	check_int(v.lost, 1);
}

TEST(a_cve_that_the_document_does_not_know_is_not_found)
{
	struct vex v;
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	check(!vex_cve_print(c, DOCUMENT("vers:npm/1"), S("CVE-2026-9999"), &v, &b));
	check_fault(c, E_NOTFOUND, "cve");
	check(!vex_cve_print(c, S("{\"bomFormat\":\"CycloneDX\"}"), S("CVE-2026-9999"), &v, &b));
	check_fault(c, E_INVALID, "document");
	check(!vex_cve_print(c, S(""), S(""), &v, &b));
}

TEST(with_an_owner_the_whole_record_is_written_and_its_packages_named)
{
	static const struct vex_cve_owner owner = { S_INIT("8254265b-2729-46b6-b9e3-3dfca2d5bfca"), S_INIT("example") };
	const struct json *d;
	struct vex_source s;
	struct findings f;
	struct vex v;
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	check_ok(c, vex_source_open(c, S("{\"document\":{\"csaf_version\":\"2.0\",\"title\":\"A flaw\",\"publisher\":{\"name\":\"V\"},\"references\":["
		"{\"url\":\"https://example.com/1\",\"summary\":\"s\"}]},\"product_tree\":{\"full_product_names\":[{\"name\":\"n\",\"product_id\":\"A\","
		"\"product_identification_helper\":{\"purl\":\"pkg:npm/box@1.0.0?arch=x\"}},{\"name\":\"n\",\"product_id\":\"B\","
		"\"product_identification_helper\":{\"purl\":\"pkg:npm/box@1.1.0\"}}]},\"vulnerabilities\":[{\"cve\":\"CVE-2026-0001\",\"product_status\":{"
		"\"known_affected\":[\"A\",\"B\"]}},{\"title\":\"no number\",\"product_status\":{\"fixed\":[\"A\"]}}]}"), &s));
	check_ok(c, vex_cve_record(c, &s, 0, &owner, &v, &b));
	check_ok(c, cve_check(c, buf_str(&b), &f));
	for (size_t i = 0; i < f.n; i++)
		check_str(f.v[i].class == FINDING_ERROR ? finding_sentence(c->arena, &f.v[i]) : S(""), S(""));
	check_ok(c, json_parse(c, buf_str(&b), NULL, &d));
	check_str(json_text_at(c, d, "/cveMetadata"), S("{\"cveId\":\"CVE-2026-0001\",\"assignerOrgId\":\"8254265b-2729-46b6-b9e3-3dfca2d5bfca\","
	          "\"assignerShortName\":\"example\",\"state\":\"PUBLISHED\"}"));
	check_str(json_text_at(c, d, "/containers/cna/affected/0/packageURL"), S("pkg:npm/box"));
	check(!vex_cve_record(c, &s, 1, &owner, &v, &b));
	check_fault(c, E_INVALID, "cve");
}
