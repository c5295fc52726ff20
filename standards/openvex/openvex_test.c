#include "base/test.h"
#include "standards/finding/among_test.h"

#include "standards/openvex/openvex.h"

static struct findings of(struct ctx *c, str text)
{
	struct findings f;

	check_ok(c, openvex_check(c, text, &f));
	return f;
}

TEST(official_documents_are_valid)
{
	static const char *const files[] = {
		"go-vex/pkg/csaf/testdata/openvex", "go-vex/pkg/vex/testdata/v0.0.1-noversion", "go-vex/pkg/vex/testdata/v0.0.1",
		"go-vex/pkg/vex/testdata/v0.2.0", "go-vex/pkg/vex/testdata/v001-1.vex", "go-vex/pkg/vex/testdata/v001-2.vex",
		"vexctl/examples/csaf/openvex",
		"vexctl/examples/openvex/demo.vex", "vexctl/examples/openvex/document1.vex", "vexctl/examples/openvex/document2.vex",
		"vexctl/pkg/ctl/testdata/images.vex", "vexctl/pkg/ctl/testdata/test.vex",
		"vexctl/pkg/ctl/testdata/templates/oci-vexctl.openvex", "vexctl/pkg/ctl/testdata/v001-1.vex",
		"vexctl/pkg/ctl/testdata/v001-2.vex", "../cyclonedx-vex/guac/open-vex-not-affected",
	};
	/* Fragments for merging, and a document without context and version. */
	static const char *const bad[] = {
		"go-vex/pkg/vex/testdata/v020-1.vex", "go-vex/pkg/vex/testdata/v020-2.vex", "vexctl/pkg/ctl/testdata/v020-1.vex",
		"vexctl/pkg/ctl/testdata/v020-2.vex", "../cyclonedx-vex/guac/open-vex-affected",
	};
	struct buf wrong;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	buf_init(&wrong, c->arena, 1 << 20);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct findings f = of(c, test_file(c, STR_CAT(c->arena, test_vectors(c), S("/openvex/"), str_of(files[i]), S(".json"))));

		if (!f.valid)
			findings_tell(c, &wrong, str_of(files[i]), &f);
	}
	check_str(buf_str(&wrong), S(""));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		check(!of(c, test_file(c, STR_CAT(c->arena, test_vectors(c), S("/openvex/"), str_of(bad[i]), S(".json")))).valid);
}

#define DOCUMENT(statements) S("{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"@id\":\"https://example.com/1\",\"author\":\"a\"," \
	"\"timestamp\":\"2026-01-01T00:00:00.123456789Z\",\"version\":1,\"statements\":[" statements "]}")
#define ABOUT(product) "\"vulnerability\":{\"name\":\"CVE-2026-0001\"},\"products\":[{\"@id\":\"" product "\"}]"

TEST(what_a_status_demands_is_found_missing)
{
	struct findings f = of(c, DOCUMENT("{" ABOUT("pkg:npm/x@1") ",\"status\":\"fixed\"}"));

	check(f.valid && f.n == 0);
	check(!of(c, DOCUMENT("{" ABOUT("pkg:npm/x@1") ",\"status\":\"not_affected\"}")).valid);
	check(!of(c, DOCUMENT("{" ABOUT("pkg:npm/x@1") ",\"status\":\"affected\"}")).valid);
	check(!of(c, DOCUMENT("{" ABOUT("pkg:npm/x@1") ",\"status\":\"great\"}")).valid);
	f = of(c, DOCUMENT("{" ABOUT("pkg:npm/x@1") ",\"status\":\"fixed\",\"justification\":\"component_not_present\"}"));
	check(!f.valid);
	f = of(c, DOCUMENT("{" ABOUT("pkg:npm/x@1") ",\"status\":\"fixed\"},{" ABOUT("pkg:npm/x@1") ",\"status\":\"under_investigation\"}"));
	check(f.valid && finding_is(&f, "openvex.conflict", "/statements/1/products/0"));
	f = of(c, DOCUMENT("{" ABOUT("pkg:npm/x@1") ",\"status\":\"fixed\"},{" ABOUT("pkg:npm/x@1")
	                   ",\"timestamp\":\"2026-02-01T00:00:00Z\",\"status\":\"under_investigation\"}"));
	check(f.valid && f.n == 0);
	f = of(c, DOCUMENT("{" ABOUT("pkg:deb/x@1") ",\"status\":\"fixed\"}"));
	check(finding_is(&f, "openvex.purl", "/statements/0/products/0"));
}

TEST(hostile_documents_are_no_openvex)
{
	check(!of(c, S("")).valid && !of(c, S("[]")).valid && !of(c, S("{}")).valid && !of(c, S("\xff")).valid);
	check(!of(c, S("{\"@context\":\"https://openvex.dev/ns\"}")).valid);
	check(!of(c, S("{\"@context\":1,\"@context\":2}")).valid);
	check(!of(c, S("{\"@context\":\"https://openvex.dev/ns/v0.0.1\",\"statements\":[1,[],{\"products\":[null]}]}")).valid);
}
