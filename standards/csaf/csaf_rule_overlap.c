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

/* A sibling that has intervals: a range, or a version, which is a point. */
struct sibling {
	size_t  parent;                 /* branch it hangs under */
	const struct branch *branch;
	str     type;                   /* of a vers; empty for a vls */
	const struct order *order;      /* of a range */
	bool    point;                  /* a product_version */
	int     group;                  /* of the status; in branches: 1 with branches of its own, 0 a leaf */
	str     id;
};

/* One interval of it: small, for there may be a million, which are sorted. */
struct span { const struct sibling *of; const struct interval *at; };
struct spans { struct span *v; size_t n, cap, max; };

/* The memory of the sweeps, used again for each vulnerability and by each test (review.field). */
struct field {
	struct { struct sibling *v; size_t n, max; } siblings;   /* does not move */
	struct spans spans, mixed;      /* mixed: ranges with the versions beside them */
};

/* Which overlaps are looked for. */
enum wanted { VERS_PAIR, VLS_PAIR, VERSION_IN_RANGE };

static bool in_category(const struct branch *b, str category)
{
	return str_eq(json_get_str(b->node, S("category")), category);
}

/* The field of the review with room for n siblings and nothing in it; NULL when memory is short. */
static struct field *field_clear(struct review *r, size_t n)
{
	struct field *f = r->field;

	if (!f)
		f = r->field = NEW(r->c->arena, struct field);
	f->spans.n = f->siblings.n = 0;
	f->spans.max = f->mixed.max = UINT32_MAX / 64;
	if (n <= f->siblings.max)
		return f;
	f->siblings.v   = arena_alloc(r->c->arena, n * sizeof(*f->siblings.v));
	f->siblings.max = f->siblings.v ? n : 0;
	r->full |= !f->siblings.v;
	return r->full ? NULL : f;
}

static void add_branch(struct review *r, struct field *f, const struct branch *b, int group, str id)
{
	struct sibling s = { .parent = b->up ? b->up->at + 1 : 0, .branch = b, .group = group, .id = id };
	const struct intervals *list;

	s.point = in_category(b, S("product_version"));
	if (!s.point && !in_category(b, S("product_version_range")))
		return;
	list = range_intervals(r, b);
	if (!s.point) {
		s.order = range_of(r, b)->vers.order;
		s.type  = range_of(r, b)->kind == RANGE_VERS ? range_of(r, b)->vers.type : S("");
	}
	f->siblings.v[f->siblings.n] = s;
	for (size_t i = 0; i < list->n; i++)
		if (!list_push(r->c->arena, &f->spans, (struct span){ &f->siblings.v[f->siblings.n], &list->v[i] }))
			r->full = true;
	f->siblings.n += list->n > 0;
}

/* By where they begin, in the order of the versions. */
static int by_begin(const void *a, const void *b, void *order)
{
	const struct span *x = a, *y = b;
	int r = interval_cmp(order, x->at, y->at);

	return r ? r : x->of->branch->at < y->of->branch->at ? -1 : x->of->branch->at > y->of->branch->at;
}

/* By parent; ranges before versions, ranges by type; then by where they begin. */
static int by_place(const void *a, const void *b)
{
	const struct sibling *x = ((const struct span *)a)->of, *y = ((const struct span *)b)->of;
	int r;

	if (x->parent != y->parent)
		return x->parent < y->parent ? -1 : 1;
	if (x->point != y->point)
		return x->point - y->point;
	if (x->point)
		return x->branch->at < y->branch->at ? -1 : x->branch->at > y->branch->at;
	r = str_cmp(x->type, y->type);
	return r ? r : by_begin(a, b, (void *)(uintptr_t)x->order);
}

typedef void overlap_fn(struct review *r, const struct sibling *x, const struct sibling *y);

struct sweep {
	struct review *r;
	enum wanted    wanted;
	bool         (*clash)(int one, int other);   /* do these groups concern the test? */
	overlap_fn    *found;
};

/* The kinds of the two go together for what is wanted. */
static bool pair_wanted(const struct sweep *s, const struct span *x, const struct span *y)
{
	return s->wanted == VERSION_IN_RANGE ? x->of->point != y->of->point : !x->of->point && !y->of->point;
}

/*
 * Spans of one order, by where they begin: of each group (and kind) the one
 * that lasts longest so far and the longest of another branch are kept, so a
 * span is compared with few others however many there are.
 */
static void sweep_spans(const struct sweep *s, const struct order *o, const struct span *v, size_t n)
{
	const struct span *longest[GROUPS][2][2] = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct span *x = &v[i], **slot = longest[x->of->group][x->of->point];
		bool found = false;

		for (int g = 0; g < GROUPS && !found; g++)
			for (int k = 0; k < 4 && !found; k++) {
				const struct span *y = longest[g][k / 2][k % 2];

				if (y && y->of->branch != x->of->branch && s->clash(g, x->of->group) && pair_wanted(s, y, x) &&
				    interval_reaches(o, y->at, x->at)) {
					s->found(s->r, y->of, x->of);
					found = true;
				}
			}
		if (!slot[0] || interval_outlasts(o, x->at, slot[0]->at)) {
			if (slot[0] && slot[0]->of->branch != x->of->branch)
				slot[1] = slot[0];
			slot[0] = x;
		} else if (slot[0]->of->branch != x->of->branch &&
		           (!slot[1] || interval_outlasts(o, x->at, slot[1]->at))) {
			slot[1] = x;
		}
	}
}

/* Ranges of one type under one parent, together with the versions there if they are asked about. */
static void sweep_type(const struct sweep *s, struct spans *mixed, const struct span *ranges, size_t n, const struct span *points,
                       size_t m)
{
	const struct order *o = ranges->of->order;

	if ((s->wanted == VERS_PAIR && !ranges->of->type.n) || (s->wanted == VLS_PAIR && ranges->of->type.n))
		return;
	if (s->wanted != VERSION_IN_RANGE) {
		sweep_spans(s, o, ranges, n);
		return;
	}
	if (m == 0)
		return;
	mixed->n = 0;
	for (size_t i = 0; i < n + m; i++)
		if (!list_push(s->r->c->arena, mixed, i < n ? ranges[i] : points[i - n])) {
			s->r->full = true;
			return;
		}
	qsort_r(mixed->v, mixed->n, sizeof(*mixed->v), by_begin, (void *)(uintptr_t)o);
	sweep_spans(s, o, mixed->v, mixed->n);
}

static void sweep_all(const struct sweep *s, struct field *f)
{
	struct spans *spans = &f->spans;
	struct span *v = spans->v;
	size_t from = 0, end, ranges, type;

	if (spans->n)
		qsort(v, spans->n, sizeof(*v), by_place);
	for (; from < spans->n && !s->r->full; from = end) {
		for (end = from; end < spans->n && v[end].of->parent == v[from].of->parent; end++)
			;
		for (ranges = from; ranges < end && !v[ranges].of->point; ranges++)
			;
		for (size_t at = from; at < ranges; at = type) {
			for (type = at; type < ranges && str_eq(v[type].of->type, v[at].of->type); type++)
				;
			sweep_type(s, &f->mixed, v + at, type - at, v + ranges, end - ranges);
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

static void find_status(struct review *r, const struct sibling *x, const struct sibling *y)
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

static void add_status(struct review *r, struct field *f, const struct json *ids, int group, bool versions)
{
	for (JSON_ITEMS(x, ids)) {
		uint32_t at = id_find(&r->ids, json_str(x));
		const struct product *p = at == UINT32_MAX || !r->product_of[at] ? NULL : &r->products.v[r->product_of[at] - 1];

		if (p && p->place == IN_BRANCH && (versions || !in_category(p->branch, S("product_version"))))
			add_branch(r, f, p->branch, group, p->id);
	}
}

static size_t status_count(const struct json *status)
{
	size_t n = 0;

	for (size_t k = 0; k < sizeof(statuses) / sizeof(*statuses); k++)
		n += json_count(json_get(status, str_of(statuses[k].key)));
	return n;
}

static void sweep_statuses(struct review *r, enum wanted wanted, bool (*clash)(int, int))
{
	struct sweep s = { r, wanted, clash, find_status };

	for (JSON_ITEMS(v, has_ranges(r) ? r->vulnerabilities : NULL)) {
		const struct json *status = json_get(v, S("product_status"));
		struct field *f = field_clear(r, status_count(status));

		if (!f)
			return;
		r->vulnerability_at = index_in(r->vulnerabilities, v);
		for (size_t k = 0; k < sizeof(statuses) / sizeof(*statuses); k++)
			add_status(r, f, json_get(status, str_of(statuses[k].key)), statuses[k].group, wanted == VERSION_IN_RANGE);
		if (!r->full)
			sweep_all(&s, f);
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

static void find_sibling(struct review *r, const struct sibling *x, const struct sibling *y)
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
	struct field *f = has_ranges(r) ? field_clear(r, r->branches.n) : NULL;

	if (!f)
		return;
	for (size_t i = 0; i < r->branches.n && !r->full; i++) {
		const struct branch *b = r->branches.v[i];
		bool inner = json_get(b->node, S("branches"));

		/* A version is looked at only when it has branches. */
		if (inner || !in_category(b, S("product_version")))
			add_branch(r, f, b, inner, STR_NONE);
	}
	if (!r->full)
		sweep_all(&s, f);
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
