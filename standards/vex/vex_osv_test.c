#include "base/test.h"

#include "platform/json/json_out.h"
#include "platform/json/json_text_test.h"
#include "standards/osv/osv.h"
#include "standards/vex/vex_osv.h"

/* A document with these products (full_product_names) and vulnerabilities. */
static str document(struct ctx *c, const char *products, const char *vulnerabilities)
{
	return str_fmt(c->arena, "{\"document\":{\"category\":\"csaf_vex\",\"csaf_version\":\"2.0\",\"publisher\":{\"category\":\"vendor\",\"name\":"
	               "\"Example\",\"namespace\":\"https://example.com\"},\"title\":\"Overflow\",\"references\":[{\"category\":\"self\",\"summary\":\"S\","
	               "\"url\":\"https://example.com/ex-1\"}],\"tracking\":{\"current_release_date\":\"2026-03-02T10:00:00+09:00\",\"id\":\"EX-1\","
	               "\"initial_release_date\":\"2026-03-01T10:00:00Z\",\"revision_history\":[{\"date\":\"2026-03-01T10:00:00Z\",\"number\":\"1\","
	               "\"summary\":\"First\"}],\"status\":\"final\",\"version\":\"1\"}},\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":"
	               "\"Example\",\"branches\":[{\"category\":\"product_name\",\"name\":\"Box\",\"branches\":[%s]}]}]},\"vulnerabilities\":[%s]}",
	               products, vulnerabilities);
}

#define PRODUCT(category, name, id, purl) "{\"category\":\"" category "\",\"name\":\"" name "\",\"product\":{\"name\":\"P\",\"product_id\":\"" id "\"," \
	"\"product_identification_helper\":{\"purl\":\"" purl "\"}}}"
#define VERSION(name, id, purl) PRODUCT("product_version", name, id, purl "@" name)
#define RANGE(name, id, purl) PRODUCT("product_version_range", name, id, purl)
#define STATUS(lists) "{\"cve\":\"CVE-2026-10042\",\"notes\":[{\"category\":\"summary\",\"text\":\"It overflows.\"}],\"product_status\":{" lists "}}"

static const struct json *turned(struct ctx *c, str text, struct vex *v)
{
	const struct json *out = NULL;
	struct findings f;
	struct buf b;

	buf_init(&b, c->arena, 8 << 20);
	check_ok(c, vex_osv_print(c, text, STR_NONE, v, &b));
	check_ok(c, osv_check(c, buf_str(&b), &f));
	for (size_t i = 0; i < f.n; i++)
		check_str(f.v[i].class == FINDING_ERROR ? finding_sentence(c->arena, &f.v[i]) : S(""), S(""));
	check_ok(c, json_parse(c, buf_str(&b), NULL, &out));
	return out;
}

/* Was something lost that begins with these words? */
static bool lost(const struct vex *v, const char *text, const char *one)
{
	for (size_t i = 0; i < v->losses.n; i++)
		if (str_eq(str_of(v->losses.v[i].text), str_of(text)) && str_eq(v->losses.v[i].arg[0], str_of(one)))
			return true;
	return false;
}

TEST(versions_and_ranges_of_packages_become_an_osv_record)
{
	struct vex v;
	const struct json *d = turned(c, document(c,
		VERSION("1.0.0", "A", "pkg:npm/%40example/box") "," VERSION("1.1.0", "B", "pkg:npm/%40example/box") ","
		RANGE("vers:npm/>=2.0.0|<2.3.0", "C", "pkg:npm/%40example/box") "," RANGE("<=4.0", "D", "pkg:maven/org.example/box") ","
		VERSION("3", "E", "pkg:generic/box") "," RANGE(">=1.0|!=1.5|<2.0|>=3.0", "F", "pkg:gem/box"),
		STATUS("\"known_affected\":[\"A\",\"B\",\"C\",\"D\",\"E\",\"F\"]")), &v);

	check_str(json_text_at(c, d, "/id"), S("x_EX-1"));
	check_str(json_text_at(c, d, "/aliases"), S("[\"CVE-2026-10042\"]"));
	check_str(json_text_at(c, d, "/modified"), S("2026-03-02T01:00:00Z"));
	check_str(json_text_at(c, d, "/summary"), S("Overflow"));
	check_str(json_text_at(c, d, "/details"), S("It overflows."));
	check_str(json_text_at(c, d, "/affected/0"), S("{\"package\":{\"ecosystem\":\"npm\",\"name\":\"@example/box\",\"purl\":\"pkg:npm/%40example/box\"},"
	          "\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"2.0.0\"},{\"fixed\":\"2.3.0\"}]}],\"versions\":[\"1.0.0\",\"1.1.0\"]}"));
	check_str(json_text_at(c, d, "/affected/1"), S("{\"package\":{\"ecosystem\":\"Maven\",\"name\":\"org.example:box\",\"purl\":\"pkg:maven/org.example/box\"},"
	          "\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"},{\"last_affected\":\"4.0\"}]}]}"));
	check_int(json_count(json_get(d, S("affected"))), 3);
	check_str(json_text_at(c, d, "/affected/2/ranges"), S("[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"1.0\"},{\"fixed\":\"2.0\"}]},"
	          "{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"3.0\"}]}]"));
	check(lost(&v, "“{1}{2}” cannot be said exactly.", "!="));
	check(lost(&v, "{1} has no package URL of an ecosystem of OSV, and is left out.", "E"));
	check_str(json_text_at(c, d, "/references"), S("[{\"type\":\"ADVISORY\",\"url\":\"https://example.com/ex-1\"}]"));
}

TEST(fixed_versions_alone_are_taken_for_the_end_of_what_is_affected)
{
	struct vex v;
	const struct json *d = turned(c, document(c, VERSION("1.2-1", "A", "pkg:deb/debian/box") "," VERSION("2.0.0", "B", "pkg:cargo/box") ","
		VERSION("1.0.0", "C", "pkg:cargo/box"), STATUS("\"fixed\":[\"A\",\"B\"],\"known_affected\":[\"C\"]")), &v);

	check_str(json_text_at(c, d, "/affected/1/ranges"), S("[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"1.2-1\"}]}]"));
	check(lost(&v, "{1} is fixed in {2}: everything before was taken for affected.", "box"));
	check_str(json_text_at(c, d, "/affected/0/versions"), S("[\"1.0.0\"]"));
	check(lost(&v, "That {1} {2} is fixed is not said: its affected versions are listed.", "box"));
}

TEST(of_several_vulnerabilities_one_is_chosen_by_its_number)
{
	str text = document(c, VERSION("1", "A", "pkg:pypi/box"), STATUS("\"known_affected\":[\"A\"]") ",{\"cve\":\"CVE-2026-10043\",\"product_status\":{"
	                    "\"known_not_affected\":[\"A\"]}}");
	struct vex v;
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	check(!vex_osv_print(c, text, STR_NONE, &v, &b));
	check_fault(c, E_INVALID, "cve");
	check(!vex_osv_print(c, text, S("CVE-2026-1"), &v, &b));
	check_fault(c, E_NOTFOUND, "cve");
	b.n = 0;
	check_ok(c, vex_osv_print(c, text, S("CVE-2026-10043"), &v, &b));
	check(str_find(buf_str(&b), S("x_EX-1-CVE-2026-10043"), 0) != SIZE_MAX);
	check(lost(&v, "That {1} is {2} has no place in OSV.", "A"));
	check(!vex_osv_print(c, S("{\"@context\":\"https://openvex.dev/ns/v0.2.0\"}"), STR_NONE, &v, &b));
	check(!vex_osv_print(c, S("\xff"), STR_NONE, &v, &b));
	check(!vex_osv_print(c, S(""), STR_NONE, &v, &b));
}

/* What the tool of Red Hat makes of the same documents: the same packages, fixed in the same versions. */
static void same_packages(struct ctx *c, const char *csaf, const char *osv)
{
	str folder = STR_CAT(c->arena, test_vectors(c), S("/osv/tools/redhat/testdata/"));
	const struct json *is, *wanted;
	struct vex v;
	int n = 0;

	is = turned(c, test_file(c, STR_CAT(c->arena, folder, str_of(csaf))), &v);
	check_ok(c, json_parse(c, test_file(c, STR_CAT(c->arena, folder, str_of(osv))), NULL, &wanted));
	check_int(json_count(json_get(is, S("affected"))), json_count(json_get(wanted, S("affected"))));
	for (JSON_ITEMS(x, json_get(wanted, S("affected"))))
		for (JSON_ITEMS(y, json_get(is, S("affected")))) {
			const struct json *p = json_get(x, S("package")), *q = json_get(y, S("package"));
			str fixed = json_get_str(json_point(x, S("/ranges/0/events/1")), S("fixed"));

			/* without an epoch is with epoch 0 */
			if (str_starts(fixed, S("0:")))
				fixed = str_slice(fixed, 2, fixed.n);
			n += str_eq(json_get_str(p, S("name")), json_get_str(q, S("name"))) &&
			     str_eq(json_get_str(p, S("ecosystem")), json_get_str(q, S("ecosystem"))) &&
			     str_eq(json_get_str(json_point(y, S("/ranges/0/events/1")), S("fixed")), fixed);
		}
	check_int(n, json_count(json_get(wanted, S("affected"))));
	check_str(json_get_str(is, S("id")), json_get_str(wanted, S("id")));
}

TEST(real_advisories_name_the_packages_that_their_own_converter_names)
{
	if (!test_vectors(c).p)
		test_skip("no vectors");
	same_packages(c, "CSAF/rhsa-2024_4546.json", "OSV/RHSA-2024_4546.json");
	same_packages(c, "CSAF/rhsa-2024_6220.json", "OSV/RHSA-2024_6220.json");   /* relationships of relationships */
}

TEST(each_vulnerability_of_a_document_is_a_record_on_a_line)
{
	static const char *const ids[] = { "x_EX-1-CVE-2026-10042", "x_EX-1-OURS-7", "x_EX-1-3" };
	struct vex_source s;
	size_t            first_losses = 0;

	check_ok(c, vex_source_open(c, document(c, VERSION("1.0.0", "A", "pkg:npm/box") "," VERSION("2.0.0", "B", "pkg:npm/box"),
		STATUS("\"known_affected\":[\"A\"]") ",{\"ids\":[{\"system_name\":\"S\",\"text\":\"OURS-7\"}],\"product_status\":{\"known_affected\":[\"B\"]}},"
		"{\"title\":\"Nameless\",\"product_status\":{\"known_affected\":[\"B\"]}}"), &s));
	check_int(s.n, 3);
	for (size_t i = 0; i < s.n; i++) {
		const struct json *d;
		struct vex v;
		struct buf b;

		buf_init(&b, c->arena, 1 << 20);
		check_ok(c, vex_osv_record(c, &s, i, &v, &b));
		check(str_find(buf_str(&b), S("\n"), 0) == SIZE_MAX);
		check_ok(c, json_parse(c, buf_str(&b), NULL, &d));
		check_str(json_text_at(c, d, "/id"), str_of(ids[i]));
		first_losses = i ? first_losses : v.losses.n;
		/* What is lost of the document is told with the first. */
		for (size_t k = 0; k < v.losses.n; k++)
			check(i == 0 || str_starts(v.losses.v[k].pointer, str_fmt(c->arena, "/vulnerabilities/%zu", i)));
	}
	check(first_losses > 0 || s.v.losses.n == 0);
}
