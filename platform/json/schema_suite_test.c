#include "base/test.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/list.h"
#include "platform/json/json_out.h"
#include "platform/json/schema.h"

/*
 * The test suite of the JSON Schema organisation, as Debian packages it
 * (libtest-json-schema-acceptance-perl), or where PSIRT_SCHEMA_SUITE says.
 * What is not claimed stands in `outside`; everything else must be right.
 */

static const struct { const char *folder, *schema; } drafts[] = {
	{ "draft4", "http://json-schema.org/draft-04/schema#" },
	{ "draft6", "http://json-schema.org/draft-06/schema#" },
	{ "draft7", "http://json-schema.org/draft-07/schema#" },
	{ "draft2019-09", "https://json-schema.org/draft/2019-09/schema" },
	{ "draft2020-12", "https://json-schema.org/draft/2020-12/schema" },
};

/*
 * Not claimed: schemas that must be fetched or refer to their own metaschema,
 * vocabularies, $recursiveRef (refused), $id where no schema is, and what a
 * wrong schema does.
 */
static const struct { const char *file, *group; } outside[] = {
	{ "/refRemote.json", NULL }, { "/recursiveRef.json", NULL }, { "/vocabulary.json", NULL },
	{ "/definitions.json", NULL }, { "/defs.json", NULL }, { "/unknownKeyword.json", NULL },
	{ "/ref.json", "remote ref, containing refs itself" }, { "/ref.json", "URN base URI with f-component" },
	{ "/anchor.json", "invalid anchors" },
	{ "/id.json", "Invalid use of fragments in location-independent $id" },
	{ "/id.json", "Valid use of empty fragments in location-independent $id" },
	{ "/id.json", "Unnormalized $ids are allowed but discouraged" },
	{ "/dynamicRef.json", "strict-tree schema, guards against misspelled properties" },
	{ "/dynamicRef.json", "tests for implementation dynamic anchor and reference link" },
	{ "/dynamicRef.json", "$ref and $dynamicAnchor are independent of order - $defs first" },
	{ "/dynamicRef.json", "$ref and $dynamicAnchor are independent of order - $ref first" },
	{ "/dynamicRef.json", "$ref to $dynamicRef finds detached $dynamicAnchor" },
	{ "/unevaluatedItems.json", "unevaluatedItems with $recursiveRef" },
	{ "/unevaluatedProperties.json", "unevaluatedProperties with $recursiveRef" },
};

/* The formats of format_check. */
static const char *const formats[] = {
	"date-time", "date", "uri", "uri-reference", "iri", "iri-reference", "email", "idn-email", "uuid",
};

struct tally { int right, wrong; };

static str suite_folder(struct ctx *c)
{
	const char *dir = getenv("PSIRT_SCHEMA_SUITE");
	str path = dir && *dir ? str_of(dir) : S("/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance");
	DIR *d = opendir(cstr(c->arena, STR_CAT(c->arena, path, S("/tests/draft2020-12"))));

	if (!d)
		return STR_NONE;
	closedir(d);
	return path;
}

/* The schema's text, with the draft that its folder says. */
static str schema_text(struct ctx *c, const struct json *schema, const char *draft)
{
	struct json_out o;
	struct buf b;

	buf_init(&b, c->arena, 4 << 20);
	json_out_init(&o, &b, JSON_COMPACT);
	json_open_object(&o);
	if (!json_get(schema, S("$schema")))
		json_put_str(&o, "$schema", str_of(draft));
	if (!json_is(schema, JSON_OBJECT)) {   /* true or false */
		json_open(&o, "allOf", '[');
		json_out_tree(&o, schema);
		json_close(&o);
	}
	for (JSON_MEMBERS(m, schema)) {
		json_out_key(&o, json_key(m));
		json_out_tree(&o, &m->value);
	}
	json_close(&o);
	return buf_str(&b);
}

static bool is_outside(const char *file, const struct json *group)
{
	str name = json_get_str(group, S("description"));

	for (size_t i = 0; i < sizeof(outside) / sizeof(*outside); i++)
		if (str_ends(str_of(file), str_of(outside[i].file)) && (!outside[i].group || str_eq(name, str_of(outside[i].group))))
			return true;
	return false;
}

/* With SCHEMA_WRONG in the environment what is wrong is shown. */
static void say(struct ctx *c, const char *file, const struct json *group, const struct json *test, const char *what)
{
	str text = str_fmt(c->arena, "%s: %.*s: %.*s: %s\n", file, STR_ARG(json_get_str(group, S("description"))),
	                   STR_ARG(json_get_str(test, S("description"))), what);

	if (getenv("SCHEMA_WRONG"))
		(void)fwrite(text.p, 1, text.n, stderr);
}

static void group_try(struct ctx *c, const char *file, const char *draft, const struct json *group, struct tally *t)
{
	const struct schema *s;
	str text = schema_text(c, json_get(group, S("schema")), draft);

	if (is_outside(file, group))
		return;
	if (!schema_compile(c, &text, 1, &s)) {
		t->wrong++;
		say(c, file, group, NULL, "is not compiled");
		return;
	}
	for (JSON_ITEMS(x, json_get(group, S("tests")))) {
		bool right;

		if (str_ends(json_get_str(x, S("description")), S("string is only an annotation by default")))
			continue;   /* a known format is asserted here, as CSAF and CVE want it */
		right = schema_check(s, c, json_get(x, S("data")), NULL) == json_is(json_get(x, S("valid")), JSON_TRUE);

		t->right += right;
		t->wrong += !right;
		if (!right)
			say(c, file, group, x, "is judged wrong");
	}
}

static void file_try(str path, const char *draft, struct tally *t)
{
	static const struct json_limits wide = { .bytes = 64 << 20, .depth = 500, .members = 100000, .string = 1 << 20 };
	struct arena a;
	struct ctx   d;
	const struct json *all;

	arena_init(&a, (size_t)256 << 20);
	ctx_init(&d, &a);
	check_ok(&d, json_parse(&d, test_file(&d, path), &wide, &all));
	for (JSON_ITEMS(x, all))
		group_try(&d, cstr(&a, path), draft, x, t);
	arena_done(&a);
}

static void folder_try(struct ctx *c, str folder, const char *draft, struct tally *t)
{
	DIR *d = opendir(cstr(c->arena, folder));
	struct dirent *e;

	if (!d)
		return;
	while ((e = readdir(d)))
		if (str_ends(str_of(e->d_name), S(".json")))
			file_try(STR_CAT(c->arena, folder, S("/"), str_of(e->d_name)), draft, t);
	closedir(d);
}

static void formats_try(struct ctx *c, str base, const char *draft, struct tally *t)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		str path = STR_CAT(c->arena, base, S("/optional/format/"), str_of(formats[i]), S(".json"));

		if (!str_is_none(test_file(c, path)))
			file_try(path, draft, t);
	}
}

/* meets JSON-Schema-2020-12 10 */
TEST(the_test_suite_of_json_schema_is_met_where_it_is_claimed)
{
	str dir = suite_folder(c);
	struct tally t = { 0 };

	if (str_is_none(dir))
		skip_test("the test suite of JSON Schema is not installed (libtest-json-schema-acceptance-perl)");
	for (size_t i = 0; i < sizeof(drafts) / sizeof(*drafts); i++) {
		str base = STR_CAT(c->arena, dir, S("/tests/"), str_of(drafts[i].folder));

		folder_try(c, base, drafts[i].schema, &t);
		formats_try(c, base, drafts[i].schema, &t);
	}
	/* an address whose [127.0.0.300] is no address, in 2020-12 */
	check_int(t.wrong, 1);
	check(t.right > 4000);
}

TEST(a_recursive_ref_is_refused_not_passed_over)
{
	str text = S("{\"$schema\":\"https://json-schema.org/draft/2019-09/schema\",\"properties\":{\"a\":{\"$recursiveRef\":\"#\"}}}");
	const struct schema *s;

	check(!schema_compile(c, &text, 1, &s));
	check_fault(c, E_INVALID, NULL);
}
