#include "base/test.h"

#include "standards/csaf/csaf.h"
#include "standards/cyclonedx/cyclonedx_vex.h"
#include "standards/openvex/openvex.h"
#include "standards/vex/vex.h"

static str official(struct ctx *c, const char *path)
{
	return test_file(c, STR_CAT(c->arena, test_vectors(c), S("/"), str_of(path), S(".json")));
}

static str printed(struct ctx *c, struct vex *v, enum vex_format to)
{
	struct buf b;

	if (!v->author.n)
		v->author = S("Example Company");
	if (!v->site.n)
		v->site = S("https://psirt.example.com");
	buf_init(&b, c->arena, 16 << 20);
	check_ok(c, vex_print(c, v, to, &b));
	return buf_str(&b);
}

/* What a document says: pairs of vulnerability and status counted. */
static int count(const struct vex *v, enum vex_status s)
{
	int n = 0;

	for (size_t i = 0; i < v->statements.n; i++)
		n += v->statements.v[i].status == s;
	return n;
}

/* Valid by its own check; findings go to wrong. */
static void judged(struct ctx *c, str text, enum vex_format as, const char *name, struct buf *wrong)
{
	if (as == VEX_CSAF) {
		struct csaf_options basic = { .preset = CSAF_BASIC, .cwe_release = STR_NONE };
		struct csaf_findings f;

		check_ok(c, csaf_check(c, text, &basic, &f));
		for (size_t i = 0; i < f.n; i++)
			buf_fmt(wrong, "%s csaf %s %.*s: %.*s\n", name, f.v[i].test, STR_ARG(f.v[i].pointer),
			        STR_ARG(csaf_sentence(c->arena, &f.v[i])));
	} else {
		struct findings f;

		check_ok(c, as == VEX_OPENVEX ? openvex_check(c, text, &f) : cyclonedx_vex_check(c, text, &f));
		if (!f.valid)
			findings_tell(c, wrong, str_of(name), &f);
	}
}

/* The document in every format is valid and says the same of as many products. */
static void all_ways(struct ctx *c, const char *path, struct buf *wrong)
{
	struct vex v;

	check_ok(c, vex_read(c, official(c, path), &v));
	check(v.statements.n > 0);
	for (int to = 0; to < VEX_FORMATS; to++) {
		struct vex copy, back;
		str text;

		check_ok(c, vex_read(c, official(c, path), &copy));
		text = printed(c, &copy, (enum vex_format)to);
		judged(c, text, (enum vex_format)to, path, wrong);
		check_ok(c, vex_read(c, text, &back));
		for (int s = VEX_NOT_AFFECTED; s <= VEX_UNDER_INVESTIGATION; s++)
			if (count(&v, (enum vex_status)s) != count(&back, (enum vex_status)s))
				buf_fmt(wrong, "%s to %d: %d %s became %d\n", path, to, count(&v, (enum vex_status)s),
				        vex_status_name((enum vex_status)s), count(&back, (enum vex_status)s));
	}
}

TEST(the_use_cases_of_cisa_say_the_same_in_every_format)
{
#define CDX "cyclonedx-vex/bom-examples/VEX/CISA-Use-Cases/Case-"
#define CSAF_20 "csaf/csaf20/examples/csaf/csaf_vex/2022-evd-uc-"
#define CSAF_21 "csaf/csaf21/examples/csaf/csaf_vex/2022-evd-uc-"
	static const char *const files[] = {
		CDX "1/vex-affected", CDX "1/vex-fixed", CDX "1/vex-not_affected", CDX "1/vex-under_investigation", CDX "2/vex", CDX "3/vex",
		CDX "4/vex", CDX "5/vex", CDX "6/vex", CDX "7/vex", CDX "8/vex", "openvex/go-vex/pkg/vex/testdata/v0.2.0",
		"openvex/vexctl/examples/openvex/demo.vex", "openvex/vexctl/examples/csaf/csaf",
		CSAF_20 "01-a-001", CSAF_20 "01-f-001", CSAF_20 "01-na-001", CSAF_20 "01-ui-001", CSAF_20 "02-na-001",
		CSAF_20 "03-ms-001", CSAF_20 "04-001", CSAF_20 "05-001", CSAF_20 "06-001", CSAF_20 "07-001", CSAF_20 "08-001",
		CSAF_20 "09-001", "csaf/csaf20/examples/csaf/csaf_vex/sec-vex-2022-0001", CSAF_21 "01-a-001",
		CSAF_21 "01-f-001", CSAF_21 "01-na-001", CSAF_21 "01-ui-001", CSAF_21 "02-na-001", CSAF_21 "03-ms-001",
		CSAF_21 "04-001", CSAF_21 "05-001", CSAF_21 "06-001", CSAF_21 "07-001", CSAF_21 "08-001", CSAF_21 "09-001",
	};
	struct buf wrong;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	buf_init(&wrong, c->arena, 1 << 20);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		all_ways(c, files[i], &wrong);
	check_str(buf_str(&wrong), S(""));
}

static bool loses(const struct vex *v, const char *pointer)
{
	for (size_t i = 0; i < v->losses.n; i++)
		if (str_eq(v->losses.v[i].pointer, str_of(pointer)))
			return true;
	return false;
}

#define CYCLONEDX(vulnerability) S("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"metadata\":{\"timestamp\":\"2026-01-01T00:00:00Z\"}," \
	"\"components\":[{\"bom-ref\":\"a\",\"name\":\"x\",\"version\":\"1\",\"type\":\"library\"}],\"vulnerabilities\":[" vulnerability "]}")

TEST(what_is_not_carried_over_is_listed_at_its_place)
{
	struct vex v;
	str text;

	check_ok(c, vex_read(c, CYCLONEDX("{\"id\":\"CVE-2026-0001\",\"ratings\":[],\"analysis\":{\"state\":\"false_positive\","
	                                  "\"justification\":\"protected_by_compiler\"},\"affects\":[{\"ref\":\"a\"}]}"), &v));
	check_int(v.statements.n, 1);
	check_int(v.statements.v[0].status, VEX_NOT_AFFECTED);
	check_str(v.statements.v[0].justification, S("inline_mitigations_already_exist"));
	check(loses(&v, "/vulnerabilities/0/ratings") && loses(&v, "/vulnerabilities/0"));
	check_int(v.lost, 3);
	text = printed(c, &v, VEX_OPENVEX);
	check(str_find(text, S("pkg:generic/x@1"), 0) != SIZE_MAX);
	check_int(v.lost, 4);
	check_ok(c, vex_read(c, CYCLONEDX("{\"id\":\"CVE-2026-0001\",\"affects\":[{\"ref\":\"a\"}]},{\"id\":\"CVE-2026-0002\",\"analysis\":"
	                                  "{\"state\":\"exploitable\"},\"affects\":[{\"ref\":\"a\"}]}"), &v));
	check_int(v.statements.n, 1);
	check(loses(&v, "/vulnerabilities/0/affects/0"));
	check(str_find(printed(c, &v, VEX_CSAF), S("No action is stated."), 0) != SIZE_MAX);
	check_int(v.lost, 2);
}

/* A range of CSAF, vers-like or not, as CycloneDX has it. */
TEST(a_vers_like_range_becomes_the_vers_that_cyclonedx_wants)
{
#define RANGED(range) S("{\"document\":{\"csaf_version\":\"2.0\",\"title\":\"A flaw in it\",\"publisher\":{\"name\":\"V\"}," \
	"\"tracking\":{\"id\":\"V-1\",\"current_release_date\":\"2026-01-01T00:00:00Z\"}},\"product_tree\":{\"branches\":[{\"category\":\"vendor\"," \
	"\"name\":\"V\",\"branches\":[{\"category\":\"product_name\",\"name\":\"P\",\"branches\":[{\"category\":\"product_version_range\"," \
	"\"name\":\"" range "\",\"product\":{\"name\":\"n\",\"product_id\":\"A\"}}]}]}]},\"vulnerabilities\":[{\"cve\":\"CVE-2026-0001\"," \
	"\"product_status\":{\"known_affected\":[\"A\"]}}]}")
	static const struct { str document; const char *range; size_t losses; } cases[] = {
		{ RANGED("<=1.14.0"), "\"range\": \"vers:generic/<=1.14.0\"", 0 }, { RANGED("vers:semver/<2.0.0"), "\"range\": \"vers:semver/<2.0.0\"", 0 },
		{ RANGED("0 < 8.0.1"), "\"range\": \"0 < 8.0.1\"", 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct vex v;
		struct buf b;
		size_t told = 0;

		buf_init(&b, c->arena, 1 << 16);
		check_ok(c, vex_read(c, cases[i].document, &v));
		check_ok(c, vex_print(c, &v, VEX_CYCLONEDX, &b));
		check(str_find(buf_str(&b), str_of(cases[i].range), 0) != SIZE_MAX);
		for (size_t k = 0; k < v.losses.n; k++)
			told += str_eq(str_of(v.losses.v[k].text), S("{1} is no version range."));
		check_int(told, cases[i].losses);
	}
}

TEST(each_justification_comes_back_or_its_change_is_listed)
{
	static const char *const words[] = { "component_not_present", "vulnerable_code_not_present", "vulnerable_code_not_in_execute_path",
		"vulnerable_code_cannot_be_controlled_by_adversary", "inline_mitigations_already_exist" };

	for (size_t i = 0; i < 5; i++) {
		str text = STR_CAT(c->arena, S("{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"@id\":\"https://example.com/1\",\"author\":\"a\","
			"\"timestamp\":\"2026-01-01T00:00:00Z\",\"version\":1,\"statements\":[{\"vulnerability\":{\"name\":\"CVE-2026-0001\"},"
			"\"products\":[{\"@id\":\"pkg:npm/x@1\"}],\"status\":\"not_affected\",\"justification\":\""), str_of(words[i]), S("\"}]}"));
		struct vex v, back;

		check_ok(c, vex_read(c, text, &v));
		check_int(v.lost, 0);
		check_ok(c, vex_read(c, printed(c, &v, VEX_CYCLONEDX), &back));
		check(str_eq(back.statements.v[0].justification, str_of(words[i])) || v.lost > 1);
		check_ok(c, vex_read(c, text, &v));
		check_ok(c, vex_read(c, printed(c, &v, VEX_CSAF), &back));
		check_str(back.statements.v[0].justification, str_of(words[i]));
		check_str(v.products.v[0].purl, S("pkg:npm/x@1"));
	}
}

TEST(hostile_documents_are_refused_and_csaf_needs_a_publisher)
{
	static const char *const bad[] = { "", "{}", "[]", "null", "{\"a\":1,\"a\":2}", "\xff", "{\"document\":[]}" };
	struct vex v;
	struct buf b;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		check(!vex_read(c, str_of(bad[i]), &v));
	check_ok(c, vex_read(c, S("{\"document\":{\"csaf_version\":\"2.0\"},\"product_tree\":{\"branches\":[1,{\"branches\":{}}],"
		"\"relationships\":[null,{\"product_reference\":\"x\"}]},\"vulnerabilities\":[{\"product_status\":{\"fixed\":[\"nope\",3]}},4]}"), &v));
	check_int(v.statements.n, 0);
	check(loses(&v, "/vulnerabilities/0/product_status/fixed"));
	check_ok(c, vex_read(c, CYCLONEDX("{\"id\":1,\"affects\":[{\"ref\":2}]},5"), &v));
	buf_init(&b, c->arena, 1 << 20);
	v.author = STR_NONE;
	check(!vex_print(c, &v, VEX_CSAF, &b));
	check_fault(c, E_INVALID, "author");
	v.author = S("a");
	check(!vex_print(c, &v, VEX_CSAF, &b));
	check_fault(c, E_INVALID, "site");
}
