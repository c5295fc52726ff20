#include "standards/csaf/csaf_range.h"

#include <string.h>

#include "base/list.h"

static bool plain_version(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || strchr("<>=!*|", s.p[i]))
			return false;
	return s.n > 0;
}

/* As in the vers that it is a part of, a version is percent-encoded: "V4.7%20SP9". */
static bool decoded(struct ctx *c, str *version)
{
	struct ctx quiet = *c;

	if (str_find(*version, S("%"), 0) == SIZE_MAX)
		return true;
	if (!vers_version_read(&quiet, *version, version))
		return false;
	for (size_t i = 0; i < version->n; i++)
		if ((unsigned char)version->p[i] < ' ' || version->p[i] == 0x7f)
			return false;
	return true;
}

/* "<=4.2": the longest comparator first; "=" is allowed in a vls. */
static bool read_constraint(struct ctx *c, str s, struct vers_constraint *out)
{
	static const struct { const char *text; enum vers_op op; } ops[] = {
		{ "<=", VERS_LE }, { ">=", VERS_GE }, { "!=", VERS_NE }, { "<", VERS_LT }, { ">", VERS_GT },
		{ "=", VERS_EQ }, { "", VERS_EQ },
	};

	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++)
		if (str_starts(s, str_of(ops[i].text))) {
			out->op      = ops[i].op;
			out->version = str_slice(s, strlen(ops[i].text), s.n);
			return plain_version(out->version) && decoded(c, &out->version);
		}
	return false;
}

static void bad(struct range *out, const char *why, str arg)
{
	out->kind = RANGE_BAD;
	out->why  = why;
	out->arg  = arg;
}

static void read_vls(struct ctx *c, str text, struct range *out)
{
	struct { struct vers_constraint *v; size_t n, cap, max; } list = { 0 };
	str at = text, part, rest = text;

	if (!vers_room(c->arena, text, &list.v, &list.max)) {
		bad(out, N_("The version range {1} has too many parts."), utf8_cut(text, 100));
		return;
	}
	list.cap  = list.max;
	out->kind = RANGE_VLS;
	out->vers.order = order_find(S("generic"));
	while (str_cut(&rest, '|', &part)) {
		struct vers_constraint one;

		if (!read_constraint(c, part, &one)) {
			bad(out, N_("The version range {1} is neither vers nor vers-like."), text);
			return;
		}
		if (!list_push(c->arena, &list, one)) {
			bad(out, N_("The version range {1} has too many parts."), utf8_cut(text, 100));
			return;
		}
	}
	if (list.n == 0 || at.p[at.n - 1] == '|')
		bad(out, N_("The version range {1} is neither vers nor vers-like."), text);
	out->vers.v = list.v;
	out->vers.n = list.n;
}

/* Canonical form: as printed again (5.3 of vers) and, where the order is known, by the rules of 5.4. */
static void read_vers(struct ctx *c, str text, struct range *out)
{
	struct ctx quiet = *c;
	struct arena room;

	arena_init(&room, 8 * VERS_BYTES_MAX);
	out->kind = RANGE_VERS;
	if (!vers_read(&quiet, text, &out->vers))
		bad(out, quiet.fault.text, quiet.fault.arg[0]);
	else if (out->vers.order && !vers_check(&quiet, &out->vers))
		bad(out, quiet.fault.text, quiet.fault.arg[0]);
	else if (!str_eq(vers_print(&room, &out->vers), text))
		bad(out, N_("The version range {1} is not in its canonical form."), text);
	arena_done(&room);
}

void range_read(struct ctx *c, str text, struct range *out)
{
	*out = (struct range){ .seen = true };
	if (!text.n)
		bad(out, N_("The version range {1} is neither vers nor vers-like."), S(""));
	else if (str_starts(text, S("vers:")))
		read_vers(c, text, out);
	else
		read_vls(c, text, out);
}

/* What is kept of the branch; NULL when memory is short. */
static struct range *kept(struct review *r, const struct branch *b)
{
	if (!r->ranges)
		r->ranges = arena_alloc(r->c->arena, (r->branches.n + 1) * sizeof(*r->ranges));
	if (!r->ranges)
		r->full = true;
	return r->ranges ? &r->ranges[b->at] : NULL;
}

const struct range *range_of(struct review *r, const struct branch *b)
{
	static const struct range none = { .seen = true };
	struct range *range = kept(r, b);

	if (!range)
		return &none;
	if (!range->seen)
		range_read(r->c, json_get_str(b->node, S("name")), range);
	return range;
}

static int end_cmp(const struct order *o, const struct interval *x, const struct interval *y)
{
	int r;

	if (!x->high.p || !y->high.p)
		return (!x->high.p) - (!y->high.p);
	r = o->cmp(x->high, y->high);
	return r ? r : x->high_in - y->high_in;
}

int interval_cmp(const struct order *o, const struct interval *x, const struct interval *y)
{
	int r;

	if (!x->low.p || !y->low.p)
		return (x->low.p != NULL) - (y->low.p != NULL);
	r = o->cmp(x->low, y->low);
	return r ? r : y->low_in - x->low_in;
}

bool interval_outlasts(const struct order *o, const struct interval *x, const struct interval *y)
{
	return end_cmp(o, x, y) > 0;
}

bool interval_reaches(const struct order *o, const struct interval *x, const struct interval *y)
{
	int r;

	if (!x->high.p || !y->low.p)
		return true;
	r = o->cmp(x->high, y->low);
	return r > 0 || (r == 0 && x->high_in && y->low_in);
}

/* Nothing lies between the ends. */
static bool is_empty(const struct order *o, const struct interval *x)
{
	int r;

	if (!x->low.p || !x->high.p)
		return false;
	r = o->cmp(x->low, x->high);
	return r > 0 || (r == 0 && !(x->low_in && x->high_in));
}

static void add(const struct order *o, struct intervals *out, struct interval x)
{
	if (!is_empty(o, &x))
		out->v[out->n++] = x;
}

/* Open towards the lowest version: the first bound is an upper one, or there are only !=. */
static bool begins_open(const struct vers *v)
{
	bool single = false;

	for (size_t i = 0; i < v->n; i++)
		if (v->v[i].op == VERS_EQ)
			single = true;
		else if (v->v[i].op != VERS_NE)
			return v->v[i].op == VERS_LT || v->v[i].op == VERS_LE || v->v[i].op == VERS_ANY;
	return !single;
}

/*
 * Along the sorted constraints: > opens and < closes an interval, != cuts the
 * open one, = stands alone unless it lies in an open one.  Each gives one at most, and one may stay open.
 */
static void walk(const struct vers *v, struct intervals *out)
{
	const struct order *o = v->order;
	struct interval now = { STR_NONE, STR_NONE, false, false };
	bool open = begins_open(v);

	for (size_t i = 0; i < v->n; i++) {
		enum vers_op op = v->v[i].op;
		str          at = v->v[i].version;

		if (op == VERS_EQ && !open) {
			add(o, out, (struct interval){ at, at, true, true });
		} else if ((op == VERS_GT || op == VERS_GE) && !open) {
			now  = (struct interval){ at, STR_NONE, op == VERS_GE, false };
			open = true;
		} else if ((op == VERS_LT || op == VERS_LE || op == VERS_NE) && open) {
			now.high    = at;
			now.high_in = op == VERS_LE;
			add(o, out, now);
			now  = (struct interval){ at, STR_NONE, false, false };
			open = op == VERS_NE;
		}
	}
	if (open)
		add(o, out, now);
}

static void spread(struct review *r, const struct range *range, struct intervals *out)
{
	struct vers v = range->vers;

	if (range->kind == RANGE_BAD || !v.order || v.n == 0)
		return;
	v.v    = arena_alloc(r->c->arena, v.n * sizeof(*v.v));
	out->v = arena_alloc(r->c->arena, (v.n + 1) * sizeof(*out->v));
	if (!v.v || !out->v) {
		r->full = true;
		return;
	}
	memcpy(v.v, range->vers.v, v.n * sizeof(*v.v));
	vers_sort(&v);
	walk(&v, out);
}

const struct intervals *range_intervals(struct review *r, const struct branch *b)
{
	static const struct intervals none = { 0 };
	struct range *range = kept(r, b);
	str           name  = json_get_str(b->node, S("name"));

	if (!range)
		return &none;
	if (range->spread)
		return &range->spans;
	range->spread = true;
	if (!str_eq(json_get_str(b->node, S("category")), S("product_version"))) {
		spread(r, range_of(r, b), &range->spans);
	} else if (name.p) {
		range->spans.v = NEW(r->c->arena, struct interval);
		range->spans.n = 1;
		range->spans.v[0] = (struct interval){ name, name, true, true };
	}
	return &range->spans;
}
