/* Tests of relationships and, in 2.1, product paths. */
#include "standards/csaf/csaf_rule.h"

enum { WHITE, GREY, BLACK };

struct walk {
	struct review *r;
	const struct json *relations;
	uint32_t *relation;      /* by product number: index + 1 of what defines it */
	uint8_t  *color;         /* by relationship */
	uint32_t *step;          /* references of it followed so far */
	uint32_t *stack;
	size_t    n;
};

static void enter(struct walk *w, uint32_t relation)
{
	w->color[relation] = GREY;
	w->step[relation]  = 0;
	w->stack[w->n++]   = relation;
}

/*
 * The k-th product the relationship (2.1: the product path) refers to; false
 * when there are no more.  The id is none where a reference is missing.
 */
static bool reference_at(const struct review *r, const struct json *x, uint32_t k, str *id)
{
	static const char *const keys[] = { "product_reference", "relates_to_product_reference" };
	const struct json *sub = json_get(x, S("subpaths"));

	if (!r->v21) {
		*id = k < 2 ? json_get_str(x, str_of(keys[k])) : STR_NONE;
		return k < 2;
	}
	*id = k ? json_get_str(json_at(sub, k - 1), S("next_product_reference"))
	        : json_get_str(x, S("beginning_product_reference"));
	return k <= json_length_(sub, JSON_ARRAY);
}

/* The relationship that defines the next product the topmost one refers to, or none. */
static bool next_relation(struct walk *w, uint32_t top, uint32_t *out)
{
	str id;

	while (reference_at(w->r, &w->relations->item[top], w->step[top]++, &id)) {
		uint32_t at = id_find(&w->r->ids, id);

		if (at != UINT32_MAX && w->relation[at]) {
			*out = w->relation[at] - 1;
			return true;
		}
	}
	return false;
}

static void follow(struct walk *w, uint32_t from)
{
	if (w->color[from] != WHITE)
		return;
	enter(w, from);
	while (w->n) {
		uint32_t top = w->stack[w->n - 1], to;

		if (!next_relation(w, top, &to)) {
			w->color[top] = BLACK;
			w->n--;
		} else if (w->color[to] == GREY) {
			const struct json *name = json_get(&w->relations->item[to], S("full_product_name"));

			FIND(w->r, N_("The product {1} is defined by itself in a circle."),
			     json_get_str(name, S("product_id")), STR_NONE,
			     "/product_tree/%s/%u/full_product_name/product_id",
			     w->r->v21 ? "product_paths" : "relationships", to);
		} else if (w->color[to] == WHITE) {
			enter(w, to);
		}
	}
}

/* meets CSAF-2.0 6.1.3, CSAF-2.1 6.1.3 */
void rule_6_1_3(struct review *r)
{
	const struct json *relations = json_get(r->tree, r->v21 ? S("product_paths") : S("relationships"));
	size_t      n = json_count(relations);
	struct walk w = { .r = r, .relations = relations };

	if (n == 0 || relations->kind != JSON_ARRAY)
		return;
	w.relation = arena_alloc(r->c->arena, (r->ids.n + 1) * sizeof(*w.relation));
	w.color    = arena_alloc(r->c->arena, n);
	w.step     = arena_alloc(r->c->arena, n * sizeof(*w.step));
	w.stack    = arena_alloc(r->c->arena, n * sizeof(*w.stack));
	if (!w.relation || !w.color || !w.step || !w.stack) {
		r->full = true;
		return;
	}
	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];

		if (p->place >= IN_RELATION && p->number != UINT32_MAX)
			w.relation[p->number] = (uint32_t)p->index + 1;
	}
	for (uint32_t i = 0; i < n; i++)
		follow(&w, i);
}

static void nested_path(struct review *r, const struct reference *ref)
{
	uint32_t at = id_find(&r->ids, ref->id);

	if ((ref->kind != REF_RELATION && ref->kind != REF_SUBPATH) || at == UINT32_MAX || !r->product_of[at])
		return;
	if (r->products.v[r->product_of[at] - 1].place == IN_PATH)
		FIND_AT(r, N_("The product path builds on the product {1}, which is a product path itself."),
		        ref->id, STR_NONE, reference_pointer(r->c->arena, ref));
}

/* meets CSAF-2.1 6.3.22 */
void rule_6_3_22(struct review *r)
{
	each_product_reference(r, nested_path);
}
