#include "standards/csaf/csaf_review.h"

#include <string.h>

#include "base/list.h"

/* The slot of an id, or the free one where it belongs. */
static uint32_t *slot_for(const struct id_map *m, str id, uint64_t hash)
{
	size_t at = (size_t)(hash * (m->seed | 1) >> 20) & (m->cap - 1);

	while (m->slot[at] && !(m->entry[m->slot[at] - 1].hash == hash && str_eq(m->entry[m->slot[at] - 1].id, id)))
		at = (at + 1) & (m->cap - 1);
	return &m->slot[at];
}

/* Room for one more: entries and twice as many slots. */
static bool map_grow(struct arena *a, struct id_map *m)
{
	size_t room = m->room ? m->room * 2 : 8, cap = room * 2;
	struct id_entry *entry = arena_room(a, room * sizeof(*entry));
	uint32_t *slot = arena_alloc(a, cap * sizeof(*slot));

	if (!entry || !slot)
		return false;
	if (m->n)
		memcpy(entry, m->entry, m->n * sizeof(*entry));
	m->entry = entry;
	m->slot  = slot;
	m->room  = room;
	m->cap   = cap;
	m->seed  = (uint64_t)(uintptr_t)slot * 0x9e3779b97f4a7c15u;
	for (size_t i = 0; i < m->n; i++) {
		size_t at = (size_t)(entry[i].hash * (m->seed | 1) >> 20) & (cap - 1);

		while (slot[at])
			at = (at + 1) & (cap - 1);
		slot[at] = (uint32_t)i + 1;
	}
	return true;
}

static bool map_copy(struct arena *a, struct id_map *m, str *id)
{
	enum { FIRST = 64, MOST = 64 << 10 };

	if (m->text_cap - m->text_n < id->n) {
		size_t cap = m->text_cap == 0 ? FIRST : m->text_cap * 2 > MOST ? MOST : m->text_cap * 2;

		m->text_cap = cap < id->n ? id->n : cap;
		m->text     = arena_room(a, m->text_cap);
		m->text_n   = 0;
		if (!m->text) {
			m->text_cap = 0;
			return false;
		}
	}
	if (id->n)
		memcpy(m->text + m->text_n, id->p, id->n);
	id->p = m->text + m->text_n;
	m->text_n += id->n;
	return true;
}

uint32_t id_add(struct arena *a, struct id_map *m, str id)
{
	uint64_t  hash = str_hash(id);
	uint32_t *s;

	if (m->n == m->room && !map_grow(a, m))
		return UINT32_MAX;
	s = slot_for(m, id, hash);
	if (*s)
		return *s - 1;
	if (!map_copy(a, m, &id))
		return UINT32_MAX;
	m->entry[m->n] = (struct id_entry){ id, hash };
	*s = (uint32_t)++m->n;
	return *s - 1;
}

uint32_t id_find(const struct id_map *m, str id)
{
	const uint32_t *s;

	if (m->cap == 0 || !id.p)
		return UINT32_MAX;
	s = slot_for(m, id, str_hash(id));
	return *s ? *s - 1 : UINT32_MAX;
}

static void add_product(struct review *r, struct product p)
{
	if (!json_is(p.name, JSON_OBJECT))
		return;
	p.id     = json_get_str(p.name, S("product_id"));
	p.number = p.id.p ? id_add(r->c->arena, &r->ids, p.id) : UINT32_MAX;
	if (!list_push(r->c->arena, &r->products, p))
		r->full = true;
}

/* Depth first; the depth is that of the JSON text, which has a limit. */
static void add_branches(struct review *r, const struct json *list, const struct branch *up)
{
	for (JSON_ITEMS(x, list)) {
		struct branch *b = arena_alloc(r->c->arena, sizeof(*b));

		if (!b || !list_push(r->c->arena, &r->branches, b)) {
			r->full = true;
			return;
		}
		*b = (struct branch){ up, x, index_in(list, x), up ? up->depth + 1 : 1, r->branches.n - 1 };
		if (json_get(x, S("product")))
			add_product(r, (struct product){ .name = json_get(x, S("product")),
			                                 .place = IN_BRANCH, .branch = b });
		add_branches(r, json_get(x, S("branches")), b);
	}
}

static void see_reference(struct review *r, const struct reference *ref)
{
	if (id_add(r->c->arena, &r->ids, ref->id) == UINT32_MAX)
		r->full = true;
}

static void *numbers(struct review *r, size_t n, size_t size)
{
	void *p = arena_alloc(r->c->arena, (n + 1) * size);

	if (!p)
		r->full = true;
	return p;
}

static void index_groups(struct review *r)
{
	const struct json *groups = json_get(r->tree, S("product_groups"));

	for (JSON_ITEMS(g, groups))
		if (json_get_str(g, S("group_id")).p &&
		    id_add(r->c->arena, &r->group_ids, json_get_str(g, S("group_id"))) == UINT32_MAX)
			r->full = true;
	r->group = numbers(r, r->group_ids.n, sizeof(*r->group));
	if (!r->group)
		return;
	for (JSON_ITEMS(g, groups)) {
		uint32_t at = id_find(&r->group_ids, json_get_str(g, S("group_id")));

		if (at != UINT32_MAX && !r->group[at])
			r->group[at] = json_get(g, S("product_ids"));
	}
}

/* Which groups each product is in: counted, then filled. */
static void index_members(struct review *r)
{
	size_t all = 0, n = r->ids.n;

	for (size_t g = 0; g < r->group_ids.n; g++)
		all += json_count(r->group[g]);
	r->groups_from = numbers(r, n + 1, sizeof(*r->groups_from));
	r->groups_of   = numbers(r, all, sizeof(*r->groups_of));
	if (r->full || all > UINT32_MAX)
		return;
	for (size_t g = 0; g < r->group_ids.n; g++)
		for (JSON_ITEMS(x, r->group[g])) {
			uint32_t at = id_find(&r->ids, json_str(x));

			if (at != UINT32_MAX)
				r->groups_from[at + 1]++;
		}
	for (size_t i = 0; i < n; i++)
		r->groups_from[i + 1] += r->groups_from[i];
	/* Filling moves each begin to the next one's; shifted back below. */
	for (size_t g = 0; g < r->group_ids.n; g++)
		for (JSON_ITEMS(x, r->group[g])) {
			uint32_t at = id_find(&r->ids, json_str(x));

			if (at != UINT32_MAX)
				r->groups_of[r->groups_from[at]++] = (uint32_t)g;
		}
	for (size_t i = n; i > 0; i--)
		r->groups_from[i] = r->groups_from[i - 1];
	r->groups_from[0] = 0;
}

void review_index(struct review *r)
{
	const struct json *names = json_get(r->tree, S("full_product_names"));
	const struct json *relations = json_get(r->tree, r->v21 ? S("product_paths") : S("relationships"));

	r->products.max = r->branches.max = UINT32_MAX / 64;
	add_branches(r, json_get(r->tree, S("branches")), NULL);
	for (JSON_ITEMS(x, names))
		add_product(r, (struct product){ .name = x, .place = IN_NAMES, .index = index_in(names, x) });
	for (JSON_ITEMS(x, relations))
		add_product(r, (struct product){ .name = json_get(x, S("full_product_name")),
		                                 .place = r->v21 ? IN_PATH : IN_RELATION,
		                                 .index = index_in(relations, x) });
	each_product_reference(r, see_reference);
	r->product_of = numbers(r, r->ids.n, sizeof(*r->product_of));
	r->mark       = numbers(r, r->ids.n, sizeof(*r->mark));
	r->touched    = numbers(r, r->ids.n, sizeof(*r->touched));
	for (size_t i = 0; i < r->products.n && !r->full; i++) {
		uint32_t at = r->products.v[i].number;

		if (at != UINT32_MAX && !r->product_of[at])
			r->product_of[at] = (uint32_t)i + 1;
	}
	index_groups(r);
	r->group_mark    = numbers(r, r->group_ids.n, sizeof(*r->group_mark));
	r->group_touched = numbers(r, r->group_ids.n, sizeof(*r->group_touched));
	if (!r->full)
		index_members(r);
}

static void print_branch(struct buf *b, const struct branch *x)
{
	if (x->up)
		print_branch(b, x->up);
	else
		buf_add(b, S("/product_tree"));
	buf_add(b, S("/branches"));
	json_pointer_index(b, x->index);
}

str branch_pointer(struct arena *a, const struct branch *x)
{
	struct buf b;

	buf_init(&b, a, 1 << 16);
	print_branch(&b, x);
	return buf_str(&b);
}

str product_pointer(struct arena *a, const struct product *p)
{
	if (p->place == IN_BRANCH)
		return STR_CAT(a, branch_pointer(a, p->branch), S("/product"));
	if (p->place == IN_NAMES)
		return str_fmt(a, "/product_tree/full_product_names/%zu", p->index);
	return str_fmt(a, "/product_tree/%s/%zu/full_product_name",
	               p->place == IN_PATH ? "product_paths" : "relationships", p->index);
}

uint32_t mark_of(const struct review *r, str id)
{
	uint32_t at = id_find(&r->ids, id), bits;

	if (at == UINT32_MAX)
		return 0;
	bits = r->mark[at];
	if (r->group_touches)
		for (uint32_t i = r->groups_from[at]; i < r->groups_from[at + 1]; i++)
			bits |= r->group_mark[r->groups_of[i]];
	return bits;
}

static void mark(struct review *r, str id, uint32_t bits)
{
	uint32_t at = id_find(&r->ids, id);

	/* no bits: it would be touched again each time */
	if (at == UINT32_MAX || !bits)
		return;
	if (!r->mark[at])
		r->touched[r->touches++] = at;
	r->mark[at] |= bits;
}

void mark_add(struct review *r, const struct json *ids, uint32_t bits)
{
	for (JSON_ITEMS(x, ids))
		mark(r, json_str(x), bits);
}

void mark_add_groups(struct review *r, const struct json *group_ids, uint32_t bits)
{
	for (JSON_ITEMS(g, group_ids)) {
		uint32_t at = id_find(&r->group_ids, json_str(g));

		if (at == UINT32_MAX || !bits)
			continue;
		if (!r->group_mark[at])
			r->group_touched[r->group_touches++] = at;
		r->group_mark[at] |= bits;
	}
}

void mark_add_scope(struct review *r, const struct json *item, uint32_t bits)
{
	mark_add(r, json_get(item, S("product_ids")), bits);
	mark_add_groups(r, json_get(item, S("group_ids")), bits);
}

void mark_clear(struct review *r)
{
	for (size_t i = 0; i < r->touches; i++)
		r->mark[r->touched[i]] = 0;
	r->touches = 0;
	for (size_t i = 0; i < r->group_touches; i++)
		r->group_mark[r->group_touched[i]] = 0;
	r->group_touches = 0;
}

bool one_of(str s, const char *const *words)
{
	for (; *words; words++)
		if (str_eq(s, str_of(*words)))
			return true;
	return false;
}
