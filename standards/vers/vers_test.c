#include "base/test.h"

#include "platform/json/json_out.h"
#include "standards/vers/vers.h"

struct tally { int right, all; };

static bool expects_failure(const struct json *test)
{
	bool fails;

	return json_bool(json_get(test, S("expected_failure")), &fails) && fails;
}

static bool parse_right(struct ctx *c, const struct json *test)
{
	const struct json *want = json_get(json_get(test, S("expected_output")), S("version_constraints"));
	struct vers v;

	if (!vers_parse(c, json_get_str(test, S("input")), &v))
		return expects_failure(test);
	if (expects_failure(test) || v.n != json_count(want))
		return false;
	for (size_t i = 0; i < v.n; i++) {
		str op = json_str(json_at(json_at(want, i), 0));

		if (!str_eq(json_str(json_at(json_at(want, i), 1)), v.v[i].version) ||
		    !str_eq(str_eq(op, S("=")) ? S("") : op, str_of(vers_op_text(v.v[i].op))))
			return false;
	}
	return str_eq(vers_print(c->arena, &v), json_get_str(test, S("input")));
}

static bool validate_right(struct ctx *c, const struct json *test)
{
	struct vers v;

	if (!vers_read(c, json_get_str(test, S("input")), &v))
		return false;
	vers_sort(&v);
	return str_eq(vers_print(c->arena, &v), json_get_str(test, S("expected_output")));
}

static bool containment_right(struct ctx *c, const struct json *test)
{
	const struct json *input = json_get(test, S("input"));
	struct vers v;
	bool want, in;

	return json_bool(json_get(test, S("expected_output")), &want) &&
	       vers_read(c, json_get_str(input, S("vers")), &v) &&
	       vers_contains(c, &v, json_get_str(input, S("version")), &in) && in == want;
}

static bool order_right(const struct json *test)
{
	const struct json *input = json_get(test, S("input")), *list = json_get(input, S("versions"));
	const struct json *want = json_get(test, S("expected_output"));
	const struct order *order = vers_type_order(json_get_str(input, S("input_scheme")));
	bool equal;

	if (!order)
		return false;
	if (json_bool(want, &equal))
		return equal == (order->cmp(json_str(json_at(list, 0)), json_str(json_at(list, 1))) == 0);
	for (size_t i = 1; i < json_count(want); i++)
		if (order->cmp(json_str(json_at(want, i - 1)), json_str(json_at(want, i))) > 0)
			return false;
	return json_count(want) == json_count(list);
}

/* One official file; the number of cases it gets right. */
static struct tally file_tally(struct ctx *c, const char *name, const char *kind, struct buf *wrong)
{
	str path = STR_CAT(c->arena, test_vectors(c), S("/vers/tests/"), str_of(name));
	struct tally t = { 0, 0 };
	const struct json *file;

	check_ok(c, json_parse(c, test_file(c, path), NULL, &file));
	for (JSON_ITEMS(x, json_get(file, S("tests")))) {
		bool right = kind[0] == 'p' ? parse_right(c, x) : kind[0] == 'v' ? validate_right(c, x) :
		             kind[0] == 'c' ? containment_right(c, x) : order_right(x);

		t.all++;
		t.right += right;
		if (!right)
			json_print(wrong, json_get(x, S("input")), JSON_PRETTY);
	}
	return t;
}

#define OFFICIAL(name, kind, count) \
	do { \
		struct buf wrong_; \
		buf_init(&wrong_, c->arena, 1 << 20); \
		struct tally t_ = file_tally(c, name, kind, &wrong_); \
		check_str(buf_str(&wrong_), S("")); \
		check_int(t_.all, count); \
		check_int(t_.right, count); \
	} while (0)

TEST(official_ranges_are_parsed_sorted_and_searched)
{
	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	OFFICIAL("vers_canonical_parse_test.json", "parse", 12);
	OFFICIAL("pypi_range_validate_test.json", "validate", 19);
	OFFICIAL("pypi_range_containment_test.json", "containment", 10);
	OFFICIAL("npm_range_containment_test.json", "containment", 1);
}

TEST(official_comparisons_of_general_types_hold)
{
	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	OFFICIAL("datetime_version_cmp_test.json", "order", 7);
	OFFICIAL("lexicographic-test.json", "order", 8);
}

TEST(official_comparisons_of_ecosystems_hold)
{
	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	OFFICIAL("alpine_version_cmp_test.json", "order", 716);
	OFFICIAL("alpm_version_cmp_test.json", "order", 42);
	OFFICIAL("conan_version_cmp_test.json", "order", 47);
	OFFICIAL("gentoo_version_cmp_test.json", "order", 48);
	OFFICIAL("maven_version_cmp_test.json", "order", 977);
	OFFICIAL("nuget_version_cmp_test.json", "order", 33);
	OFFICIAL("openssl_version_cmp_test.json", "order", 44);
}

/* "A < B" lines, as the osv-scalibr files have them; how many do not hold. */
static int lines_wrong(struct ctx *c, const char *name, const char *order, int *all, struct buf *wrong)
{
	str text = test_file(c, STR_CAT(c->arena, test_vectors(c), S("/versions/osv-scalibr/"), str_of(name)));
	const struct order *o = order_find(str_of(order));
	int bad = 0;
	str line;

	for (*all = 0; str_cut(&text, '\n', &line);) {
		static const char *const signs[] = { " < ", " = ", " > " };

		for (int i = 0; i < 3 && line.n && line.p[0] != (char)35 && line.p[0] != (char)47; i++) {
			size_t at = str_find(line, str_of(signs[i]), 0);

			if (at == SIZE_MAX)
				continue;
			(*all)++;
			if (order_int(o->cmp(str_trim(str_slice(line, 0, at)), str_trim(str_slice(line, at + 3, line.n))), 0) != i - 1) {
				buf_fmt(wrong, "%s: %.*s\n", order, STR_ARG(line));
				bad++;
			}
			break;
		}
	}
	return bad;
}

TEST(lists_of_ordered_versions_hold)
{
	static const struct { const char *file, *order; int all; } files[] = {
		{ "alpine-versions.txt", "apk" }, { "debian-versions.txt", "deb" }, { "maven-versions.txt", "maven" },
		{ "nuget-versions.txt", "nuget" }, { "pypi-versions.txt", "pypi" }, { "redhat-versions.txt", "rpm" },
		{ "rubygems-versions.txt", "gem" }, { "semver-versions.txt", "semver" }, { "hackage-versions.txt", "pvp" },
	};
	int all, lines = 0, bad = 0;
	struct buf wrong;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	buf_init(&wrong, c->arena, 1 << 20);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		bad += lines_wrong(c, files[i].file, files[i].order, &all, &wrong);
		lines += all;
	}
	/* The seven are about texts that are no versions of Alpine. */
	check_str(buf_str(&wrong), S("apk: 1-r = 1-r0\napk: 0..8 > 0...8\napk: 1-r0-1 = 1-r-2\napk: 1-r0-1 = 1-r0-2\n"
	                             "apk: 1-ruff2 = 1-ruff1\napk: 1-ruff2 = 1--ruff1\napk: 1-r0-ruff2 = 1-r0-ruff1\n"));
	check_int(bad, 7);
	check_int(lines, 1269);
}

static bool parses(struct ctx *c, const char *text)
{
	struct vers v;

	return vers_parse(c, str_of(text), &v);
}

TEST(ranges_that_break_the_rules_are_refused)
{
	static const char *const bad[] = {
		"", "vers", "vers:", "vers:npm", "vers:npm/", "vers:/1", "vers:Npm/1", "vers:1npm/1", "vers:np m/1",
		"vers:npm/=1", "vers:npm/>", "vers:npm/!=", "vers:npm/*|1", "vers:npm/1|*", "vers:npm/*1", "vers:npm/**",
		"vers:all/1", "vers:none/>1", "vers:all/<V3.1.2.2", "vers:invalid/1", "vers:invalid/*", "vers:npm/1%2",
		"vers:npm/1%2g", "vers:npm/%FF", "vers:npm/\xc3\xa9", "vers:npm/1|1.0", "vers:npm/<1|<2", "vers:npm/>1|>=2",
		"vers:npm/1|<2", "vers:npm/2|1", "vers:foo/1|1", "vers:somecool/<4.2.0|>3.91.1|<>3.2.0|<1.2",
	};
	static const char *const good[] = {
		"vers:npm/1", "vers:npm/*", "vers:all/*", "vers:none/*", "vers:npm/1.2.3|>=2.0.0|<5.0.0",
		"vers:gem/>=2.2.0|!=2.2.1|<2.3.0", "vers:npm/<1|>2", "vers:npm/!=1|!=2", "vers:foo.bar-1/>b|<a",
		"vers:somecool/>Jo_3,16|<=2.Ko_5,20", "vers:npm/1.0%7C2", "vers:pypi/1.0a1|1.0",
		"vers:datetime/>=2012-06-30T23:59:59Z|<=2016-12-31T23:59:59Z",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (parses(c, bad[i]))
			check_str(str_of(bad[i]), S("refused"));
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		check_ok(c, parses(c, good[i]));
	check(!parses(c, cstr(c->arena, S("vers:npm/\x01"))));
}

TEST(too_long_a_range_is_refused_and_the_longest_is_quick)
{
	struct buf b;
	struct vers v;

	buf_init(&b, c->arena, 2 * VERS_BYTES_MAX);
	buf_add(&b, S("vers:intdot/!=0"));
	for (int i = 4000; i > 0; i--)
		buf_fmt(&b, "|!=%d", i);
	check_ok(c, vers_read(c, buf_str(&b), &v));
	vers_sort(&v);
	check_str(v.v[4000].version, S("4000"));
	check_ok(c, vers_check(c, &v));
	for (int i = 0; i < 200; i++)
		buf_add(&b, S("|!=1"));
	check(!vers_read(c, buf_str(&b), &v));
	check_fault(c, E_LIMIT, "vers");
}

static bool contains(struct ctx *c, const char *range, const char *version)
{
	struct vers v;
	bool in = false;

	check_ok(c, vers_read(c, str_of(range), &v));
	check_ok(c, vers_contains(c, &v, str_of(version), &in));
	return in;
}

TEST(a_version_is_in_the_range_that_holds_it)
{
	struct vers v;
	bool in;

	check(contains(c, "vers:intdot/>=1.2|<2.0", "1.5.0") && !contains(c, "vers:intdot/>=1.2|<2.0", "2.0"));
	check(contains(c, "vers:semver/<2.1.0|>4.2.0|<=5.4.18", "1.0.0"));
	check(contains(c, "vers:semver/<2.1.0|>4.2.0|<=5.4.18", "5.4.18") && !contains(c, "vers:semver/<2.1.0|>4.2.0|<=5.4.18", "6.0.0"));
	check(!contains(c, "vers:semver/<2.1.0|>4.2.0|<=5.4.18", "3.0.0"));
	check(contains(c, "vers:npm/!=1.0.0", "2.0.0") && !contains(c, "vers:npm/!=1.0.0", "1.0.0"));
	check(contains(c, "vers:npm/>=1.0.0", "99.0.0") && !contains(c, "vers:none/*", "1"));
	check(contains(c, "vers:npm/>=1.0.0|!=1.5.0|<2.0.0", "1.6.0") && !contains(c, "vers:npm/>=1.0.0|!=1.5.0|<2.0.0", "1.5.0"));
	check(!contains(c, "vers:npm/<1.0.0", "1.0.0-rc.1") == false);
	check_ok(c, vers_read(c, S("vers:cpan/>1"), &v));
	check(!vers_contains(c, &v, S("2"), &in));
	check_fault(c, E_INVALID, "vers");
	check_ok(c, vers_read(c, S("vers:semver/>1.0.0"), &v));
	check(!vers_contains(c, &v, S("banana"), &in) && !in);
	check_fault(c, E_INVALID, "version");
}

TEST(the_types_of_the_specification_are_known)
{
	check_int(vers_type_kind(S("intdot")), VERS_GENERAL);
	check_int(vers_type_kind(S("npm")), VERS_PACKAGE);
	check_int(vers_type_kind(S("test")), VERS_RESERVED);
	check_int(vers_type_kind(S("someweirdunknownverstype")), VERS_UNKNOWN);
	check_int(vers_type_kind(S("")), VERS_UNKNOWN);
	check_int(vers_type_kind(S("date")), VERS_UNKNOWN);
	check_int(vers_type_kind(S("np")), VERS_UNKNOWN);
	check_str(vers_types_date(), S("2026-08-21"));
}

TEST(versions_of_no_scheme_have_an_order_without_a_ring)
{
	static const char *const rising[] = { "a1", "0.0rc1", "", "0.1", "0.9.B", "1.0.0rc2", "1.0", "1x", "1.0.Y", "1.0.0.z", "1.0.1" };

	for (size_t i = 0; i < sizeof(rising) / sizeof(*rising); i++)
		for (size_t k = i + 1; k < sizeof(rising) / sizeof(*rising); k++)
			if (order_generic(str_of(rising[i]), str_of(rising[k])) >= 0 || order_generic(str_of(rising[k]), str_of(rising[i])) <= 0)
				check_str(str_of(rising[i]), str_of(rising[k]));
	check_int(order_generic(S("1.0.0.RC"), S("1rc")), 0);
}

TEST(numbers_of_any_length_compare_exactly)
{
	check(order_intdot(S("01.002.0003"), S("1.2.3")) == 0);
	check(order_intdot(S("1.10"), S("1.2")) > 0);
	check(order_intdot(S("1.2beta"), S("1.2rc1")) == 0);
	check(order_intdot(S("99999999999999999999999999"), S("99999999999999999999999998")) > 0);
	check(order_semver(S("1.0.0-alpha.1"), S("1.0.0-alpha.beta")) < 0);
	check(order_semver(S("v1.0.0+x"), S("1.0.0")) == 0);
	check(order_pypi(S("1.0.dev1"), S("1.0a1")) < 0 && order_pypi(S("1.0a1"), S("1.0")) < 0);
	check(order_pypi(S("1.0"), S("1.0.post1")) < 0 && order_pypi(S("1!0.1"), S("9.9")) > 0);
	check(order_pypi(S("1.0-1"), S("1.0.post1")) == 0 && order_pypi(S("1.0+ubuntu.1"), S("1.0")) > 0);
	check(order_generic(S("1.0"), S("1")) == 0 && order_generic(S("1.0rc1"), S("1.0")) < 0);
}
