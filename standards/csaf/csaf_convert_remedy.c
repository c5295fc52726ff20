/* The rules about remediations. */
#include "standards/csaf/csaf_convert_part.h"

#include <string.h>

enum { DONE = 1, OPEN = 2, FIX_NOW = 4, FIX_LATER = 8, SEEN = 16 };
enum { VISITS_MAX = 100000000 };

/* What one vulnerability says of the products; marks by their number. */
struct remedies {
	struct convert *k;
	struct node    *list;
	uint8_t        *mark;
};

static void mark_list(struct remedies *r, struct node *ids, uint8_t bit)
{
	for (NODES(r->k->a, x, ids)) {
		uint32_t at = id_find(&r->k->ids, node_text(x));

		if (at != UINT32_MAX)
			r->mark[at] |= bit;
	}
}

static bool is_a(struct remedies *r, struct node *x, const char *category)
{
	return str_eq(node_get_text(r->k->a, x, "category"), str_of(category));
}

/* A fix that is dated after the conversion, or not at all, is still to come. */
static bool is_later(struct remedies *r, struct node *x)
{
	time_us date, now = r->k->how->now ? r->k->how->now : r->k->c->now;

	return !time_parse(node_get_text(r->k->a, x, "date"), &date) || date > now;
}

typedef void visit_fn(struct remedies *r, str id, void *with);

/* The products of a remediation, groups and all; a product may come twice. */
static void visit(struct remedies *r, struct node *x, visit_fn *fn, void *with)
{
	struct convert *k = r->k;

	for (NODES(k->a, p, node_get(k->a, x, "product_ids")))
		fn(r, node_text(p), with);
	for (NODES(k->a, g, node_get(k->a, x, "group_ids"))) {
		uint32_t at = id_find(&k->groups, node_text(g));

		if (at == UINT32_MAX)
			continue;
		for (NODES(k->a, p, k->group[at])) {
			if (++k->visits > VISITS_MAX) {
				k->full = true;
				return;
			}
			fn(r, node_text(p), with);
		}
	}
}

struct marking { uint8_t bit; };

static void mark_one(struct remedies *r, str id, void *with)
{
	const struct marking *m = with;
	uint32_t at = id_find(&r->k->ids, id);

	if (at != UINT32_MAX)
		r->mark[at] |= m->bit;
}

/* Products of a remediation in up to three heaps. */
struct heaps {
	uint32_t (*heap_of)(uint8_t mark);
	struct node *heap[3];
	bool         moves;      /* something is not in heap 0 */
};

static void moves_one(struct remedies *r, str id, void *with)
{
	struct heaps *h = with;
	uint32_t at = id_find(&r->k->ids, id);

	h->moves |= h->heap_of(at == UINT32_MAX ? 0 : r->mark[at]) != 0;
}

static void heap_one(struct remedies *r, str id, void *with)
{
	struct heaps *h = with;
	uint32_t at = id_find(&r->k->ids, id), heap = h->heap_of(at == UINT32_MAX ? 0 : r->mark[at]);

	if (at != UINT32_MAX) {
		if (r->mark[at] & SEEN)
			return;
		r->mark[at] |= SEEN;
	}
	if (!h->heap[heap])
		h->heap[heap] = node_new(r->k->a, JSON_ARRAY);
	node_add(r->k->a, h->heap[heap], NULL, node_string(r->k->a, id));
}

static void unsee_one(struct remedies *r, str id, void *with)
{
	uint32_t at = id_find(&r->k->ids, id);

	(void)with;
	if (at != UINT32_MAX)
		r->mark[at] &= (uint8_t)~SEEN;
}

/* Nothing is made when all stay where they are. */
static void heaps_make(struct remedies *r, struct node *x, struct heaps *h)
{
	visit(r, x, moves_one, h);
	if (!h->moves)
		return;
	visit(r, x, heap_one, h);
	visit(r, x, unsee_one, NULL);
}

/* The remediation is about these products and no others. */
static void set_products(struct remedies *r, struct node *x, struct node *ids)
{
	static const char *const keys[] = { "product_ids", "group_ids" };

	for (int i = 0; i < 2; i++)
		if (node_get(r->k->a, x, keys[i]))
			node_remove(node_get(r->k->a, x, keys[i]));
	node_put(r->k->a, x, "product_ids", ids);
}

static void set_category(struct remedies *r, struct node *x, const char *category)
{
	node_set_text(node_get(r->k->a, x, "category"), str_of(category));
}

/* heap[0] stays in x, heap[1] gets the category, in a copy when there is both; what is in heap[2] goes. */
static void distribute(struct remedies *r, struct node *x, struct heaps *h, const char *category, const char *text)
{
	struct node *changed = x;

	if (h->heap[1]) {
		if (h->heap[0]) {
			changed = node_copy(r->k->a, x);
			node_insert_after(x, changed);
			set_products(r, changed, h->heap[1]);
			convert_say(r->k, FINDING_WARNING, "remediations", x,
			            N_("The remediation was split: for the products {1} there is another one of the category {2}."),
			            node_brief(r->k->a, h->heap[1]), str_of(category));
		} else {
			convert_say(r->k, FINDING_WARNING, "remediations", x, text, node_brief(r->k->a, h->heap[1]), str_of(category));
			if (h->heap[2])
				set_products(r, x, h->heap[1]);
		}
		set_category(r, changed, category);
	}
	if (h->heap[2])
		convert_say(r->k, FINDING_WARNING, "remediations", x, h->heap[0] || h->heap[1] ?
		            N_("The products {1} were removed from the remediation {2}: there is a fix or one is planned.") :
		            N_("The remediation {2} of the products {1} was removed: there is a fix or one is planned."),
		            node_brief(r->k->a, h->heap[2]), node_get_text(r->k->a, x, "category"));
	if (h->heap[0] && (h->heap[1] || h->heap[2]))
		set_products(r, x, h->heap[0]);
	if (!h->heap[0] && !h->heap[1] && h->heap[2])
		node_remove(x);
}

static uint32_t heap_of_done(uint8_t mark)
{
	return mark & DONE ? 1 : 0;
}

/* meets CSAF-2.1 9.1.18: a fix of what needs none is an optional patch */
static void patches_convert(struct remedies *r)
{
	for (NODES(r->k->a, x, r->list)) {
		struct heaps h = { .heap_of = heap_of_done };

		if (!is_a(r, x, "vendor_fix"))
			continue;
		heaps_make(r, x, &h);
		distribute(r, x, &h, "optional_patch",
		           N_("The remediation of the products {1} became one of the category {2}: they are fixed or not affected."));
	}
}

static uint32_t heap_of_open(uint8_t mark)
{
	return mark & FIX_NOW ? 2 : mark & FIX_LATER ? 1 : 0;
}

/* What is planned now leaves the fix. */
static uint32_t heap_of_later(uint8_t mark)
{
	return (mark & OPEN) && !(mark & FIX_NOW) ? 2 : 0;
}

/* meets CSAF-2.1 9.1.18: none_available where there is a fix, or one is to come */
static void none_convert(struct remedies *r)
{
	struct node *done = NULL;

	for (NODES(r->k->a, x, r->list)) {
		struct heaps h = { .heap_of = heap_of_open };

		if (!is_a(r, x, "none_available") || x == done)
			continue;
		heaps_make(r, x, &h);
		distribute(r, x, &h, "fix_planned",
		           N_("The remediation of the products {1} became one of the category {2}: a fix is yet to come."));
	}
	for (NODES(r->k->a, x, r->list)) {
		struct heaps h = { .heap_of = heap_of_later };

		if (!is_a(r, x, "vendor_fix") || !is_later(r, x))
			continue;
		heaps_make(r, x, &h);
		distribute(r, x, &h, "vendor_fix", "");
	}
}

/* Marks of which category the products are in; false when one of the two is missing. */
static bool mark_remedies(struct remedies *r)
{
	bool open = false, fix = false;

	for (NODES(r->k->a, x, r->list)) {
		open |= is_a(r, x, "none_available");
		fix  |= is_a(r, x, "vendor_fix");
	}
	for (NODES(r->k->a, x, open && fix ? r->list : NULL)) {
		struct marking m = { is_a(r, x, "none_available") ? OPEN : !is_a(r, x, "vendor_fix") ? 0 :
		                     is_later(r, x) ? FIX_LATER : FIX_NOW };

		if (m.bit)
			visit(r, x, mark_one, &m);
	}
	return open && fix;
}

void convert_remedies(struct convert *k, struct node *vulnerability)
{
	static const char *const done[] = { "known_not_affected", "first_fixed", "fixed" };
	struct node    *status = node_get(k->a, vulnerability, "product_status");
	struct remedies r = { .k = k, .list = node_get(k->a, vulnerability, "remediations") };
	bool any = false;

	if (!r.list)
		return;
	r.mark = k->mark;
	memset(r.mark, 0, k->ids.n + 1);
	for (int i = 0; i < 3; i++) {
		struct node *ids = node_get(k->a, status, done[i]);

		any |= ids != NULL;
		mark_list(&r, ids, DONE);
	}
	if (any)
		patches_convert(&r);
	if (mark_remedies(&r))
		none_convert(&r);
	if (node_is_empty(k->a, r.list))
		node_remove(r.list);
}
