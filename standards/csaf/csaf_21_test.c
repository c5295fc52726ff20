#include "base/test.h"

#include <stdlib.h>

#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_stub.h"

/* The class of findings by which a test fails: of its section. */
static enum csaf_class class_of(str test)
{
	return str_starts(test, S("6.1.")) ? CSAF_ERROR : str_starts(test, S("6.2.")) ? CSAF_WARNING : CSAF_INFO;
}

static bool fails(const struct csaf_findings *f, str test)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(str_of(f->v[i].test), test) && f->v[i].class == class_of(test))
			return true;
	return false;
}

/* How often the test points at the place. */
static size_t points(const struct csaf_findings *f, str test, str pointer)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += str_eq(str_of(f->v[i].test), test) && f->v[i].class == class_of(test) &&
		     str_eq(f->v[i].pointer, pointer);
	return n;
}

static size_t wanted(const struct json *list, str pointer)
{
	size_t n = 0;

	for (JSON_ITEMS(x, list))
		n += str_eq(json_get_str(x, S("instance_path")), pointer);
	return n;
}

/* The findings of one test are at the very places a result names, no more and no less. */
static bool same_places(const struct csaf_findings *f, const struct json *result)
{
	static const char *const lists[] = { "errors", "warnings", "infos" };
	str    test = json_get_str(result, S("id"));
	const struct json *list = json_get(result, str_of(lists[class_of(test)]));

	if (fails(f, test) == json_is(json_get(result, S("passed")), JSON_TRUE))
		return false;
	for (JSON_ITEMS(x, list))
		if (points(f, test, json_get_str(x, S("instance_path"))) != wanted(list, json_get_str(x, S("instance_path"))))
			return false;
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(str_of(f->v[i].test), test) && f->v[i].class == class_of(test) && !wanted(list, f->v[i].pointer))
			return false;
	return true;
}

static void say(str text)
{
	(void)fwrite(text.p, 1, text.n, stderr);
}

struct tally { int right, wrong, results, results_wrong; };

/* A result file says where: of the test itself and of others that fail along with it. */
static bool result_right(struct ctx *d, str dir, str name, const struct csaf_findings *f)
{
	const struct json *result;
	bool ok;

	if (!json_parse(d, test_file(d, STR_CAT(d->arena, dir, name)), NULL, &result))
		return false;
	ok = f->valid == json_is(json_get(result, S("overall_valid")), JSON_TRUE) &&
	     same_places(f, json_get(result, S("primary_result")));
	for (JSON_ITEMS(x, json_get(result, S("secondary_results"))))
		ok &= same_places(f, x);
	return ok;
}

/*
 * Files that the index calls valid although they break another mandatory test
 * or the schema: each is judged by its own test, and must break that one.
 */
static const struct { const char *file, *breaks; } contradictions[] = {
	{ "6-1-10-13.", "6.1.9" },      { "6-1-27-13-16.", "6.1.1" }, { "6-1-50-14.", "6.1.2" },
	{ "6-1-50-15.", "6.1.2" },      { "6-2-08-02.", "6.1.25" },   { "6-2-09-02.", "6.1.25" },
	{ "6-2-19-19.", "6.1.9" },      { "6-2-20-02.", "schema" },   { "6-2-21-02.", "6.1.14" },
	{ "6-2-42-02.", "6.1.42" },
	{ "6-2-34-03.", "6.1.48" },     { "6-2-39-02-01.", "6.1.27.14" }, { "6-2-39-03-01.", "6.1.27.14" },
	/* an extension of these defines products; it is marked critical */
	{ "6-2-54-03-01.", "6.1.1" },   { "6-3-21-01-02.", "6.1.1" }, { "6-3-21-01-12.", "6.1.1" },
};

static bool validity_right(const struct csaf_findings *f, str name, bool valid)
{
	if (f->valid == valid)
		return true;
	for (size_t i = 0; i < sizeof(contradictions) / sizeof(*contradictions); i++)
		if (str_find(name, str_of(contradictions[i].file), 0) != SIZE_MAX)
			for (size_t k = 0; k < f->n; k++)
				if (str_eq(str_of(f->v[k].test), str_of(contradictions[i].breaks)))
					return true;
	return false;
}

/* With CSAF_WRONG in the environment each wrong verdict is shown. */
static void judge(str dir, str test, const struct json *entry, bool failing, struct tally *t)
{
	struct arena a;
	struct ctx   d;
	struct csaf_findings f;
	str  name = json_get_str(entry, S("name")), result = json_get_str(entry, S("result")), text;
	bool valid = json_is(json_get(entry, S("valid")), JSON_TRUE), ok;

	arena_init(&a, 64 << 20);
	ctx_init(&d, &a);
	text = test_file(&d, STR_CAT(&a, dir, name));
	ok = !str_is_none(text) && csaf_check(&d, text, &stub_options, &f) && fails(&f, test) == failing &&
	     !stub_not_run(&f, test) && validity_right(&f, name, valid);
	t->right += ok;
	t->wrong += !ok;
	if (!ok && getenv("CSAF_WRONG")) {
		struct buf b;

		buf_init(&b, &a, 1 << 20);
		buf_fmt(&b, "%.*s %s %s: ", STR_ARG(test), failing ? "fails" : "passes", valid ? "valid" : "invalid");
		csaf_findings_print(&b, name, &f);
		say(buf_str(&b));
	}
	if (result.p) {
		bool right = result_right(&d, dir, result, &f);

		t->results += right;
		t->results_wrong += !right;
		if (!right && getenv("CSAF_WRONG"))
			say(STR_CAT(&a, S("result "), result, S("\n")));
	}
	arena_done(&a);
}

/* meets CSAF-2.1 6 */
TEST(the_official_files_of_csaf_2_1_get_the_right_verdict)
{
	const struct json *index = NULL;
	struct tally t = { 0 };
	str dir = test_vectors(c);

	if (str_is_none(dir))
		skip_test("official vectors are not here");
	dir = STR_CAT(c->arena, dir, S("/csaf/csaf21/testset/"));
	check_ok(c, json_parse(c, test_file(c, STR_CAT(c->arena, dir, S("testcases.json"))), NULL, &index));
	for (JSON_ITEMS(x, json_get(index, S("tests")))) {
		str id = json_get_str(x, S("id"));

		for (JSON_ITEMS(e, json_get(x, S("failures"))))
			judge(dir, id, e, true, &t);
		for (JSON_ITEMS(e, json_get(x, S("valid"))))
			judge(dir, id, e, false, &t);
	}
	say(str_fmt(c->arena, "# CSAF 2.1: %d of %d official files, %d of %d results\n", t.right,
	                      t.right + t.wrong, t.results, t.results + t.results_wrong));
	check_int(t.right, 856);
	/* The copy of 6-1-27-08-02 names a product that has an id; the TC has mended it since. */
	check_int(t.results, 52);
}

/* Places of a test's findings. */
static void check_places(struct ctx *c, str file, const char *test, const char *const *places)
{
	struct csaf_findings f;
	str    dir = test_vectors(c);
	size_t n = 0;

	check_ok(c, csaf_check(c, test_file(c, STR_CAT(c->arena, dir, S("/csaf/csaf21/testset/mandatory/oasis_csaf_tc-csaf_2_1-2024-"),
	                                               file)), &stub_options, &f));
	for (; places[n]; n++)
		check_int(points(&f, str_of(test), str_of(places[n])), 1);
	for (size_t i = 0; i < f.n; i++)
		n -= str_eq(str_of(f.v[i].test), str_of(test));
	check_int(n, 0);
}

TEST(a_product_no_id_of_the_vulnerability_is_for_is_named)
{
	/* as the mended result file has them */
	static const char *const places[] = {
		"/vulnerabilities/0/product_status/known_not_affected/0",
		"/vulnerabilities/0/product_status/known_not_affected/1",
		"/vulnerabilities/1/product_status/known_not_affected/3",
		"/vulnerabilities/2/product_status/known_not_affected/3", NULL,
	};

	if (str_is_none(test_vectors(c)))
		skip_test("official vectors are not here");
	check_places(c, S("6-1-27-08-02.json"), "6.1.27.8", places);
}
