#include "services/5-disclosure/3-publication/author/examination.h"

#include "base/buf.h"
#include "base/test.h"
#include "platform/json/json.h"

/* What `psirt provider check --json` says of a folder of the vectors; NULL when it is not there. */
static const struct json *judged(struct ctx *c, const char *folder, int *status)
{
	static struct front front;
	const struct json  *root = NULL;
	str                 base = test_vectors(c);
	struct buf          out, err;
	char               *argv[2] = { "--json", NULL };

	if (!base.n)
		return NULL;
	c->front = &front;
	argv[1]  = cstr(c->arena, STR_CAT(c->arena, base, S("/csaf/"), str_of(folder)));
	buf_init(&out, c->arena, 8 << 20);
	buf_init(&err, c->arena, 1 << 16);
	*status = provider_check_run(c, 2, argv, &out, &err);
	if (!out.n)
		return NULL;
	check_ok(c, json_parse(c, buf_str(&out), NULL, &root));
	return root;
}

static str verdict(struct ctx *c, const struct json *root, int requirement)
{
	for (JSON_ITEMS(q, json_get(root, S("requirements")))) {
		int64_t n;
		if (json_int(json_get(q, S("number")), &n) && n == requirement)
			return json_get_str(q, S("verdict"));
	}
	(void)c;
	return STR_NONE;
}

/* Does a note of the requirement hold the words? */
static bool says(const struct json *root, int requirement, const char *words)
{
	for (JSON_ITEMS(q, json_get(root, S("requirements")))) {
		int64_t n;
		if (!json_int(json_get(q, S("number")), &n) || n != requirement)
			continue;
		for (JSON_ITEMS(m, json_get(q, S("notes"))))
			if (str_find(json_get_str(m, S("text")), str_of(words), 0) != SIZE_MAX)
				return true;
	}
	return false;
}

/* Its lists lead nowhere, and its feed writes ref for rel: both are so in the tree that CISA published. */
TEST(the_defects_of_the_cisa_tree_are_found)
{
	int                status;
	const struct json *root = judged(c, "cisa-sample", &status);
	int64_t            n;

	if (!root)
		skip_test("no sample of the CISA tree (PSIRT_VECTORS)");
	check_int(status, 1);
	check(json_int(json_get(root, S("tested")), &n) && n == 122);
	check_str(verdict(c, root, 1), S("met"));
	check_str(verdict(c, root, 2), S("met"));
	check_str(verdict(c, root, 11), S("met"));
	check_str(verdict(c, root, 18), S("met"));
	check_str(verdict(c, root, 12), S("failed"));
	check(says(root, 12, "IT/white/csaf_files/IT/white/2024/va-24-262-01.json is listed, but not there"));
	check_str(verdict(c, root, 13), S("failed"));
	check_str(verdict(c, root, 15), S("failed"));
	check(says(root, 15, "has a link without rel or href: ref"));
	check_str(verdict(c, root, 7), S("failed"));
	check_str(verdict(c, root, 19), S("untested"));
	check_str(verdict(c, root, 3), S("untested"));
}

TEST(a_folder_shows_what_its_site_hides)
{
	int                status;
	const struct json *root = judged(c, "provider-fixtures/gocsaf/testdata/simple-directory-provider", &status);

	if (!root)
		skip_test("no provider fixtures (PSIRT_VECTORS)");
	check_int(status, 1);
	check(says(root, 12, "lacks avendor-advisory-0004-not-listed.json"));
	check(says(root, 2, "has to be called avendor-advisory-0004.json"));
	root = judged(c, "provider-fixtures/kotlin/provider-with-securitytxt.com", &status);
	check(root && says(root, 8, "broken-url/provider-metadata.json, which is not there"));
	check_str(verdict(c, root, 7), S("met"));
}

TEST(wrong_words_and_empty_places_are_told)
{
	static const struct { const char *argv[3]; int n, status; } cases[] = {
		{ { NULL }, 0, 2 }, { { "--what", "x" }, 2, 2 }, { { "a", "b" }, 2, 2 }, { { "--newest=0", "/tmp" }, 2, 2 },
		{ { "\xff" }, 1, 2 }, { { "/nowhere/at/all" }, 1, 3 }, { { "/proc/self/fdinfo" }, 1, 3 },
		{ { "https://ex.example/" }, 1, 3 },   /* in the cage: no network */
	};
	static struct front front;

	c->front = &front;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char      *argv[3];
		struct buf out, err;
		for (int k = 0; k < 3; k++)
			argv[k] = cases[i].argv[k] ? cstr(c->arena, str_of(cases[i].argv[k])) : NULL;
		buf_init(&out, c->arena, 1 << 20);
		buf_init(&err, c->arena, 1 << 16);
		check_int(provider_check_run(c, cases[i].n, argv, &out, &err), cases[i].status);
		check(err.n > 0);
	}
}
