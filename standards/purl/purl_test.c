#include "base/test.h"

#include "platform/json/json_out.h"
#include "standards/purl/purl.h"

static bool same(str got, const struct json *want)
{
	str text = json_str(want);

	return got.n == 0 ? text.n == 0 : str_eq(got, text);
}

static bool components_same(const struct purl *p, const struct json *want)
{
	const struct json *q = json_get(want, S("qualifiers"));

	for (JSON_MEMBERS(m, q))
		if (!str_eq(purl_qualifier(p, json_key(m)), json_str(&m->value)))
			return false;
	return same(p->type, json_get(want, S("type"))) && same(p->namespace, json_get(want, S("namespace"))) &&
	       same(p->name, json_get(want, S("name"))) && same(p->version, json_get(want, S("version"))) &&
	       same(p->subpath, json_get(want, S("subpath"))) && json_count(q) == p->qualifiers;
}

static void components_read(const struct json *v, struct purl *p)
{
	memset(p, 0, sizeof(*p));
	p->type      = json_get_str(v, S("type"));
	p->namespace = json_get_str(v, S("namespace"));
	p->name      = json_get_str(v, S("name"));
	p->version   = json_get_str(v, S("version"));
	p->subpath   = json_get_str(v, S("subpath"));
	for (JSON_MEMBERS(m, json_get(v, S("qualifiers"))))
		p->qualifier[p->qualifiers++] = (struct purl_qualifier){ json_key(m), json_str(&m->value) };
}

static bool case_right(struct ctx *c, const struct json *test)
{
	const struct json *input = json_get(test, S("input")), *want = json_get(test, S("expected_output"));
	str  type = json_get_str(test, S("test_type"));
	bool fails = false;
	struct purl p;

	if (json_get(test, S("expected_failure")) && !json_bool(json_get(test, S("expected_failure")), &fails))
		return false;
	if (str_eq(type, S("build"))) {
		components_read(input, &p);
		return purl_build(c, &p) ? !fails && str_eq(purl_print(c->arena, &p), json_str(want)) : fails;
	}
	if (!purl_parse(c, json_str(input), &p))
		return fails;
	if (str_eq(type, S("validate")))
		return !fails && str_eq(purl_print(c->arena, &p), json_str(want));
	return !fails && components_same(&p, want);
}

TEST(official_cases_are_parsed_built_and_validated)
{
	static const char *const files[] = {
		"spec/specification", "types/alpm", "types/apk", "types/bazel", "types/bitbucket", "types/bitnami", "types/brew",
		"types/cargo", "types/chrome-extension", "types/cocoapods", "types/composer", "types/conan", "types/conda",
		"types/cpan", "types/cran", "types/deb", "types/docker", "types/gem", "types/generic", "types/git",
		"types/github", "types/golang", "types/hackage", "types/hex", "types/huggingface", "types/julia",
		"types/luarocks", "types/maven", "types/mlflow", "types/npm", "types/nuget", "types/oci", "types/opam",
		"types/otp", "types/pub", "types/pypi", "types/qpkg", "types/rpm", "types/swid", "types/swift", "types/vcpkg",
		"types/vscode-extension", "types/yocto",
	};
	int all = 0, right = 0;
	struct buf wrong;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	buf_init(&wrong, c->arena, 1 << 20);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		str path = STR_CAT(c->arena, test_vectors(c), S("/purl/tests/"), str_of(files[i]), S("-test.json"));
		const struct json *file;

		check_ok(c, json_parse(c, test_file(c, path), NULL, &file));
		for (JSON_ITEMS(x, json_get(file, S("tests")))) {
			bool ok = case_right(c, x);

			all++;
			right += ok;
			if (ok)
				continue;
			buf_fmt(&wrong, "%s %.*s %.*s\n", files[i], STR_ARG(json_get_str(x, S("test_type"))),
			        STR_ARG(json_get_str(x, S("description"))));
			json_print(&wrong, json_get(x, S("input")), JSON_COMPACT);
			buf_char(&wrong, '\n');
		}
	}
	check_int(all, 586);
	/* Two files call capital letters in a key an error, four cases of others read them as small ones. */
	check_str(buf_str(&wrong), S("types/gem parse Ruby gems can use qualifiers\n"
	                             "\"pkg:gem/jruby-launcher@1.1.2?Platform=java\"\n"
	                             "types/rpm parse rpm often use qualifiers\n"
	                             "\"pkg:Rpm/fedora/curl@7.50.3-1.fc25?Arch=i386&Distro=fedora-25\"\n"));
	check_int(right, 584);
}

static bool parses(struct ctx *c, const char *text)
{
	struct purl p;

	return purl_parse(c, str_of(text), &p);
}

TEST(hostile_package_urls_are_refused)
{
	static const char *const bad[] = {
		"", "pkg", "pkg:", "pkg:/", "pkg:npm", "pkg:npm/", "pkg:npm//", "pkg:npm/@1", "pkg:npm/a%", "pkg:npm/a%2",
		"pkg:npm/a%zz", "pkg:npm/%ff", "pkg:npm/\xff", "pkg:npm/a b", "pkg:npm/a?b", "pkg:npm/a?=b", "pkg:npm/a?b=1&b=2",
		"pkg:npm/a?B=1&b=2", "pkg:npm/a?1b=1", "pkg:npm/a?b%20=1", "pkg:n_m/a", "npm/a", "pkg:npm/x%2Fy/a", "pkg:npm/a\x7f",
		"pkg:deb/curl@1", "pkg:cargo/ns/a@1", "pkg:julia/Dates", "pkg:swid/Fedora@29",
	};
	char huge[PURL_BYTES_MAX + 2];
	struct purl p;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (parses(c, bad[i]))
			check_str(str_of(bad[i]), S("refused"));
	memset(huge, 'a', sizeof(huge));
	memcpy(huge, "pkg:npm/", 8);
	check(!purl_parse(c, (str){ huge, sizeof(huge) }, &p));
	check_fault(c, E_LIMIT, "purl");
	check(!purl_parse(c, S("pkg:npm/a?b=1&x"), &p));
	check_int(c->fault.column, 15);
}

TEST(many_qualifiers_are_sorted_and_too_many_refused)
{
	struct buf b;
	struct purl p;

	buf_init(&b, c->arena, PURL_BYTES_MAX);
	buf_add(&b, S("pkg:npm/a"));
	for (int i = PURL_QUALIFIERS_MAX; i > 0; i--)
		buf_fmt(&b, "%ck%02d=1", i == PURL_QUALIFIERS_MAX ? '?' : '&', i);
	check_ok(c, purl_parse(c, buf_str(&b), &p));
	check_str(p.qualifier[0].key, S("k01"));
	buf_add(&b, S("&x=1"));
	check(!purl_parse(c, buf_str(&b), &p));
	check_fault(c, E_LIMIT, "purl");
}

TEST(the_same_package_is_told_from_another)
{
	struct purl a, b;

	check_ok(c, purl_parse(c, S("pkg:npm/%40angular/core@1.0.0"), &a));
	check_ok(c, purl_parse(c, S("pkg:npm/%40angular/core@2.0.0?x=y#z"), &b));
	check(purl_same_package(&a, &b));
	check_str(b.namespace, S("@angular"));
	check_ok(c, purl_parse(c, S("pkg:npm/core@1.0.0"), &b));
	check(!purl_same_package(&a, &b));
	check_ok(c, purl_parse(c, S("pkg:PyPI/Django_Package"), &a));
	check_str(purl_print(c->arena, &a), S("pkg:pypi/django-package"));
	check(purl_type_known(S("npm")) && !purl_type_known(S("date")) && !purl_type_known(S("")));
}
