#include "base/test.h"

#include <stdlib.h>

#include "base/list.h"
#include "platform/json/json_out.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_stub.h"

/*
 * The official files changed in what no test looks at: a verdict must not
 * hang on the bytes of a sample.  That names of files do not count is for
 * tests/conformance/renamed.sh.
 */

enum way {
	AGAIN,       /* other white space and escapes */
	TURNED,      /* members in the opposite order */
	RENAMED,     /* product and group ids, wherever they stand */
	REWORDED,    /* titles, names of products, summaries, details */
	WAYS
};

struct copy {
	struct json_out o;
	struct arena   *a;
	enum way        way;
	struct { str *v; size_t n, cap, max; } ids;
};

static void ids_find(struct copy *k, const struct json *v)
{
	for (JSON_ITEMS(x, v))
		ids_find(k, x);
	for (JSON_MEMBERS(m, v)) {
		str key = json_key(m);

		if ((str_eq(key, S("product_id")) || str_eq(key, S("group_id"))) && json_str(&m->value).n)
			check(list_push(k->a, &k->ids, json_str(&m->value)));
		ids_find(k, &m->value);
	}
}

static bool is_id(const struct copy *k, str s)
{
	for (size_t i = 0; i < k->ids.n; i++)
		if (str_eq(k->ids.v[i], s))
			return true;
	return false;
}

/* Texts for people, behind which a word may be put. */
static bool is_prose(str key, const struct json *in)
{
	if (str_eq(key, S("name")))
		return json_get(in, S("product_id")) != NULL;
	return str_eq(key, S("title")) ? json_get(in, S("tracking")) != NULL : str_eq(key, S("details")) || (str_eq(key, S("summary")) && json_get(in, S("number")));
}

static void copy_value(struct copy *k, const struct json *v, bool prose);

static void copy_members(struct copy *k, const struct json *v)
{
	const struct json_member *from = json_members_(v);
	size_t n = json_count(v);

	json_open_object(&k->o);
	for (size_t i = 0; i < n; i++) {
		const struct json_member *m = &from[k->way == TURNED ? n - 1 - i : i];

		json_out_key(&k->o, json_key(m));
		copy_value(k, &m->value, is_prose(json_key(m), v));
	}
	json_close(&k->o);
}

static void copy_value(struct copy *k, const struct json *v, bool prose)
{
	str s = json_str(v);

	if (json_is(v, JSON_OBJECT)) {
		copy_members(k, v);
	} else if (json_is(v, JSON_ARRAY)) {
		json_open_array(&k->o);
		for (JSON_ITEMS(x, v))
			copy_value(k, x, false);
		json_close(&k->o);
	} else if (k->way == RENAMED && s.n && is_id(k, s)) {
		json_out_str(&k->o, STR_CAT(k->a, S("x:"), s));
	} else if (k->way == REWORDED && s.n && prose) {
		json_out_str(&k->o, STR_CAT(k->a, s, S(" also")));
	} else {
		json_out_tree(&k->o, v);
	}
}

static str copy_of(struct ctx *c, const struct json *root, enum way way)
{
	struct copy k = { .a = c->arena, .way = way, .ids = { .max = 10000 } };
	struct buf  b;

	buf_init(&b, c->arena, 16 << 20);
	json_out_init(&k.o, &b, way == AGAIN ? JSON_PRETTY : JSON_COMPACT);
	ids_find(&k, root);
	copy_value(&k, root, false);
	check(!b.full);
	return buf_str(&b);
}

/* What may differ: the order of keys when they were turned, and with it which of two equals comes second. */
static bool same(const struct csaf_finding *x, const struct csaf_finding *y, enum way way)
{
	return x->class == y->class && str_eq(str_of(x->test), str_of(y->test)) && (way == TURNED || str_eq(x->pointer, y->pointer));
}

static size_t times(const struct csaf_findings *f, const struct csaf_finding *x, enum way way)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += same(&f->v[i], x, way);
	return n;
}

static bool same_verdict(const struct csaf_findings *f, const struct csaf_findings *g, enum way way)
{
	if (f->valid != g->valid || !str_eq(f->version, g->version) || f->not_runs != g->not_runs)
		return false;
	for (size_t i = 0; i < f->n; i++)
		if (!(way == TURNED && str_eq(str_of(f->v[i].test), S("6.2.13"))) && times(f, &f->v[i], way) != times(g, &f->v[i], way))
			return false;
	return way == TURNED || f->n == g->n;
}

static void show(struct ctx *c, str name, enum way way, const struct csaf_findings *f, const struct csaf_findings *g)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	buf_fmt(&b, "way %d: ", way);
	csaf_findings_print(&b, name, f);
	csaf_findings_print(&b, name, g);
	(void)fwrite(b.p, 1, b.n, stderr);
}

/* With CSAF_WRONG in the environment each difference is shown. */
static void compare(str path, int *copies, int *wrong)
{
	struct arena a;
	struct ctx   d;
	struct csaf_findings f, g;
	const struct json *root;
	str          text;

	arena_init(&a, 64 << 20);
	ctx_init(&d, &a);
	text = test_file(&d, path);
	check_ok(&d, json_parse(&d, text, NULL, &root));
	check_ok(&d, csaf_check(&d, text, &stub_options, &f));
	for (enum way way = AGAIN; way < WAYS; way++) {
		bool ok;

		check_ok(&d, csaf_check(&d, copy_of(&d, root, way), &stub_options, &g));
		ok = same_verdict(&f, &g, way);
		if (!ok && getenv("CSAF_WRONG"))
			show(&d, path, way, &f, &g);
		*copies += 1;
		*wrong  += !ok;
	}
	arena_done(&a);
}

static void compare_all(struct ctx *c, const char *suite, int files)
{
	const struct json *index;
	str dir = test_vectors(c);
	int copies = 0, wrong = 0;

	if (str_is_none(dir))
		skip_test("official vectors are not here");
	dir = STR_CAT(c->arena, dir, str_of(suite));
	check_ok(c, json_parse(c, test_file(c, STR_CAT(c->arena, dir, S("testcases.json"))), NULL, &index));
	for (JSON_ITEMS(x, json_get(index, S("tests")))) {
		for (JSON_ITEMS(e, json_get(x, S("failures"))))
			compare(STR_CAT(c->arena, dir, json_get_str(e, S("name"))), &copies, &wrong);
		for (JSON_ITEMS(e, json_get(x, S("valid"))))
			compare(STR_CAT(c->arena, dir, json_get_str(e, S("name"))), &copies, &wrong);
	}
	check_int(copies, files * WAYS);
	check_int(wrong, 0);
}

TEST(copies_of_the_official_files_of_2_0_get_the_same_verdict)
{
	compare_all(c, "/csaf/csaf20/testset/", 239);
}

TEST(copies_of_the_official_files_of_2_1_get_the_same_verdict)
{
	compare_all(c, "/csaf/csaf21/testset/", 856);
}
