/* Product paths of 2.1: a relationship of a relationship is one path of several steps. */
#include "standards/csaf/csaf_convert_part.h"

#include <stdlib.h>

#include "base/list.h"

/* More steps than this are left as they are: nobody reads them, and a cycle has no end. */
enum { STEPS_MAX = 30 };

/* A path of one step, as the relationship said it. */
struct one { str id, begin, next; struct node *category, *path; };

struct step { struct node *category; str next; };
struct way { str begin; struct step v[STEPS_MAX]; size_t n; bool lost; };

struct paths { struct one *v; size_t n, cap, max; };

static int by_id(const void *a, const void *b)
{
	const struct one *x = a, *y = b;

	return str_cmp(x->id, y->id);
}

static const struct one *find(const struct paths *p, str id)
{
	struct one key = { .id = id };

	return id.p && p->n ? bsearch(&key, p->v, p->n, sizeof(*p->v), by_id) : NULL;
}

/*
 * Begin the way with what leads to the beginning, then the step, then what the other end is made of:
 * A on (B on C) and (A on B) on C both lead from A over B to C.
 */
static void walk(const struct paths *p, const struct one *x, struct way *w, int depth)
{
	const struct one *begin = find(p, x->begin), *next = find(p, x->next);
	struct way       *end;

	w->lost |= depth > STEPS_MAX;
	if (w->lost)
		return;
	w->begin = x->begin;
	if (begin)
		walk(p, begin, w, depth + 1);
	if (w->lost || w->n == STEPS_MAX) {
		w->lost = true;
		return;
	}
	w->v[w->n++] = (struct step){ x->category, x->next };
	if (!next)
		return;
	end = &(struct way){ .n = 0 };
	walk(p, next, end, depth + 1);
	w->v[w->n - 1].next = end->begin;
	w->lost |= end->lost || w->n + end->n > STEPS_MAX;
	for (size_t i = 0; i < end->n && !w->lost; i++)
		w->v[w->n++] = end->v[i];
}

static void way_write(struct convert *k, const struct one *x, const struct way *w)
{
	struct node *list = node_get(k->a, x->path, "subpaths"), *begin = node_get(k->a, x->path, "beginning_product_reference");

	node_set_text(begin, w->begin);
	for (NODES(k->a, old, list))
		node_remove(old);
	for (size_t i = 0; i < w->n; i++) {
		struct node *step = node_new(k->a, JSON_OBJECT);

		if (w->v[i].category)
			node_add(k->a, step, "category", node_copy(k->a, w->v[i].category));
		node_add(k->a, step, "next_product_reference", node_string(k->a, w->v[i].next));
		node_add(k->a, list, NULL, step);
	}
}

/* meets CSAF-2.1 6.3.22: no path begins or ends with the product of another */
void convert_paths(struct convert *k, struct node *list)
{
	struct paths p = { .max = 10000000 };

	for (NODES(k->a, x, list)) {
		struct node *step = node_first(k->a, node_get(k->a, x, "subpaths"));
		struct one   one  = { .path = x };

		one.id       = node_get_text(k->a, node_get(k->a, x, "full_product_name"), "product_id");
		one.begin    = node_get_text(k->a, x, "beginning_product_reference");
		one.next     = node_get_text(k->a, step, "next_product_reference");
		one.category = node_get(k->a, step, "category");
		if (one.id.p && one.begin.p && one.next.p && !list_push(k->a, &p, one))
			k->full = true;
	}
	if (p.n)
		qsort(p.v, p.n, sizeof(*p.v), by_id);
	for (size_t i = 0; i < p.n && !k->full; i++) {
		struct way w = { .n = 0 };

		walk(&p, &p.v[i], &w, 0);
		if (w.lost)
			convert_say(k, FINDING_WARNING, "path", p.v[i].path,
			            N_("The path of {1} goes in a circle or over more than {2} steps; it is left nested."), p.v[i].id,
			            str_fmt(k->a, "%d", STEPS_MAX));
		else if (w.n > 1)
			way_write(k, &p.v[i], &w);
	}
}
