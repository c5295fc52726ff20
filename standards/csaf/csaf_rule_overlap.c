/* Tests of version ranges that overlap with their siblings (2.1 6.2.50 and 6.3.19). */
#include "standards/csaf/csaf_rule.h"

#include <stdlib.h>

#include "base/list.h"
#include "standards/csaf/csaf_range.h"

enum { AFFECTED, NOT_AFFECTED, FIXED, INVESTIGATED, NOT_KNOWN, GROUPS };

static const struct { const char *key; int group; } statuses[] = {
	{ "first_affected", AFFECTED }, { "known_affected", AFFECTED }, { "last_affected", AFFECTED },
	{ "known_not_affected", NOT_AFFECTED }, { "first_fixed", FIXED }, { "fixed", FIXED },
	{ "under_investigation", INVESTIGATED }, { "unknown", NOT_KNOWN },
};

/* One interval of a sibling: of a range, or the point of a version. */
struct span {
	size_t  parent;                 /* branch it hangs under */
	const struct branch *branch;
	str     type;                   /* of a vers; empty for a vls */
	const struct order *order;
	struct interval at;
	bool    point;                  /* a product_version */
	int     group;                  /* of the status; in branches: 1 with branches of its own, 0 a leaf */
	str     id;
};
struct spans { struct span *v; size_t n, cap, max; };

/* Which overlaps are looked for. */
enum wanted { VERS_PAIR, VLS_PAIR, VERSION_IN_RANGE };

static bool in_category(const struct branch *b, str category)
{
	return str_eq(json_get_str(b->node, S("category")), category);
}

static void add_span(struct review *r, struct spans *out, struct span s)
{
	if (!list_push(r->c->arena, out, s))
		r->full = true;
}

/* The branch's intervals, or its version as a point without an order yet. */
static void add_branch(struct review *r, struct spans *out, const struct branch *b, int group, str id)
{
	struct intervals list = { 0 };
	struct span s = { .parent = b->up ? b->up->at + 1 : 0, .branch = b, .group = group, .id = id };
	str name = json_get_str(b->node, S("name"));

	if (in_category(b, S("product_version")) && name.p) {
		s.point = true;
		s.at    = (struct interval){ name, name, true, true };
		add_span(r, out, s);
		return;
	}
	if (!in_category(b, S("product_version_range")) || !range_intervals(r, range_of(r, b), &list))
		return;
	s.order = range_of(r, b)->vers.order;
	s.type  = range_of(r, b)->kind == RANGE_VERS ? range_of(r, b)->vers.type : S("");
	for (size_t i = 0; i < list.n; i++) {
		s.at = list.v[i];
		add_span(r, out, s);
	}
}

/* By parent; ranges before versions, ranges by type; then by where they begin. */
static int by_place(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	int r;

	if (x->parent != y->parent)
		return x->parent < y->parent ? -1 : 1;
	if (x->point != y->point)
		return x->point - y->point;
	if (x->point)
		return x->branch->at < y->branch->at ? -1 : x->branch->at > y->branch->at;
	r = str_cmp(x->type, y->type);
	if (!r)
		r = interval_cmp(x->order, &x->at, &y->at);
	return r ? r : x->branch->at < y->branch->at ? -1 : x->branch->at > y->branch->at;
}

static int by_begin(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	int r = interval_cmp(x->order, &x->at, &y->at);

	return r ? r : x->branch->at < y->branch->at ? -1 : x->branch->at > y->branch->at;
}

typedef void overlap_fn(struct review *r, const struct span *x, const struct span *y);

struct sweep {
	struct review *r;
	enum wanted    wanted;
	bool         (*clash)(int one, int other);   /* do these groups concern the test? */
	overlap_fn    *found;
};

/* The kinds of the two go together for what is wanted. */
static bool pair_wanted(const struct sweep *s, const struct span *x, const struct span *y)
{
	return s->wanted == VERSION_IN_RANGE ? x->point != y->point : !x->point && !y->point;
}

/*
 * Spans of one order, by where they begin: of each group (and kind) the one
 * that lasts longest so far and the longest of another branch are kept, so a
 * span is compared with few others however many there are.
 */
static void sweep_spans(const struct sweep *s, const struct span *v, size_t n)
{
	const struct span *longest[GROUPS][2][2] = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct span *x = &v[i], **slot = longest[x->group][x->point];
		bool found = false;

		for (int g = 0; g < GROUPS && !found; g++)
			for (int k = 0; k < 4 && !found; k++) {
				const struct span *y = longest[g][k / 2][k % 2];

				if (y && y->branch != x->branch && s->clash(g, x->group) && pair_wanted(s, y, x) &&
				    interval_reaches(x->order, &y->at, &x->at)) {
					s->found(s->r, y, x);
					found = true;
				}
			}
		if (!slot[0] || interval_outlasts(x->order, &x->at, &slot[0]->at)) {
			if (slot[0] && slot[0]->branch != x->branch)
				slot[1] = slot[0];
			slot[0] = x;
		} else if (slot[0]->branch != x->branch &&
		           (!slot[1] || interval_outlasts(x->order, &x->at, &slot[1]->at))) {
			slot[1] = x;
		}
	}
}

/* Ranges of one type under one parent, together with the versions there if they are asked about. */
static void sweep_type(const struct sweep *s, const struct span *ranges, size_t n, const struct span *points, size_t m)
{
	struct span *all;

	if ((s->wanted == VERS_PAIR && !ranges->type.n) || (s->wanted == VLS_PAIR && ranges->type.n))
		return;
	if (s->wanted != VERSION_IN_RANGE) {
		sweep_spans(s, ranges, n);
		return;
	}
	all = arena_alloc(s->r->c->arena, (n + m) * sizeof(*all));
	if (!all) {
		s->r->full = true;
		return;
	}
	for (size_t i = 0; i < n + m; i++) {
		all[i] = i < n ? ranges[i] : points[i - n];
		all[i].order = ranges->order;
	}
	qsort(all, n + m, sizeof(*all), by_begin);
	sweep_spans(s, all, n + m);
}

static void sweep_all(const struct sweep *s, struct spans *spans)
{
	struct span *v = spans->v;
	size_t from = 0, end, ranges, type;

	if (spans->n)
		qsort(v, spans->n, sizeof(*v), by_place);
	for (; from < spans->n && !s->r->full; from = end) {
		for (end = from; end < spans->n && v[end].parent == v[from].parent; end++)
			;
		for (ranges = from; ranges < end && !v[ranges].point; ranges++)
			;
		for (size_t at = from; at < ranges; at = type) {
			for (type = at; type < ranges && str_eq(v[type].type, v[at].type); type++)
				;
			sweep_type(s, v + at, type - at, v + ranges, end - ranges);
		}
	}
}

static bool contradict(int one, int other)
{
	return one != other;
}

static bool agree(int one, int other)
{
	return one == other;
}

static void find_status(struct review *r, const struct span *x, const struct span *y)
{
	FIND(r, r->rule->class == CSAF_WARNING
	        ? N_("The version ranges of the products {1} and {2} overlap, but their status differs.")
	        : N_("The version ranges of the products {1} and {2} overlap and have the same status."),
	     x->id, y->id, "/vulnerabilities/%zu/product_status", r->vulnerability_at);
}

static bool has_ranges(const struct review *r)
{
	for (size_t i = 0; i < r->branches.n; i++)
		if (in_category(r->branches.v[i], S("product_version_range")))
			return true;
	return false;
}

static void sweep_statuses(struct review *r, enum wanted wanted, bool (*clash)(int, int))
{
	struct sweep s = { r, wanted, clash, find_status };

	for (JSON_ITEMS(v, has_ranges(r) ? r->vulnerabilities : NULL)) {
		struct spans spans = { .max = UINT32_MAX / 64 };

		r->vulnerability_at = index_in(r->vulnerabilities, v);
		for (size_t k = 0; k < sizeof(statuses) / sizeof(*statuses); k++)
			for (JSON_ITEMS(x, json_get(json_get(v, S("product_status")), str_of(statuses[k].key)))) {
				uint32_t at = id_find(&r->ids, json_str(x));
				const struct product *p = at == UINT32_MAX || !r->product_of[at]
				                        ? NULL : &r->products.v[r->product_of[at] - 1];

				if (p && p->place == IN_BRANCH &&
				    (wanted == VERSION_IN_RANGE || !in_category(p->branch, S("product_version"))))
					add_branch(r, &spans, p->branch, statuses[k].group, p->id);
			}
		if (!r->full)
			sweep_all(&s, &spans);
	}
}

/* meets CSAF-2.1 6.2.50.1 */
void rule_6_2_50_1(struct review *r)
{
	sweep_statuses(r, VERS_PAIR, contradict);
}

/* meets CSAF-2.1 6.2.50.2 */
void rule_6_2_50_2(struct review *r)
{
	sweep_statuses(r, VLS_PAIR, contradict);
}

/* meets CSAF-2.1 6.2.50.3 */
void rule_6_2_50_3(struct review *r)
{
	sweep_statuses(r, VERSION_IN_RANGE, contradict);
}

/* meets CSAF-2.1 6.3.19.1 */
void rule_6_3_19_1(struct review *r)
{
	sweep_statuses(r, VERS_PAIR, agree);
}

/* meets CSAF-2.1 6.3.19.2 */
void rule_6_3_19_2(struct review *r)
{
	sweep_statuses(r, VLS_PAIR, agree);
}

/* meets CSAF-2.1 6.3.19.3 */
void rule_6_3_19_3(struct review *r)
{
	sweep_statuses(r, VERSION_IN_RANGE, agree);
}

static void find_sibling(struct review *r, const struct span *x, const struct span *y)
{
	FIND_AT(r, N_("The version range {1} overlaps with {2} beside it."), json_get_str(x->branch->node, S("name")),
	        json_get_str(y->branch->node, S("name")),
	        STR_CAT(r->c->arena, branch_pointer(r->c->arena, y->branch), S("/name")));
}

/* One of the two must have branches of its own. */
static bool has_branches(int one, int other)
{
	return one || other;
}

static void sweep_branches(struct review *r, enum wanted wanted)
{
	struct sweep s = { r, wanted, has_branches, find_sibling };
	struct spans spans = { .max = UINT32_MAX / 64 };

	for (size_t i = 0; i < r->branches.n && !r->full; i++) {
		const struct branch *b = r->branches.v[i];
		bool inner = json_get(b->node, S("branches"));

		/* A version is looked at only when it has branches. */
		if (inner || !in_category(b, S("product_version")))
			add_branch(r, &spans, b, inner, STR_NONE);
	}
	if (!r->full)
		sweep_all(&s, &spans);
}

/* meets CSAF-2.1 6.3.19.4 */
void rule_6_3_19_4(struct review *r)
{
	sweep_branches(r, VERS_PAIR);
	sweep_branches(r, VLS_PAIR);
}

/* meets CSAF-2.1 6.3.19.5 */
void rule_6_3_19_5(struct review *r)
{
	sweep_branches(r, VERSION_IN_RANGE);
}
