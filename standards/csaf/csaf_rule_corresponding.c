/* Tests of affected and fixed products that belong together (2.1 6.1.27.13 and 6.2.39.1). */
#include "standards/csaf/csaf_rule.h"

#include <stdlib.h>

#include "base/list.h"
#include "standards/csaf/csaf_range.h"

enum { NESTING_MAX = 30, KEY_BYTES = 1 << 20 };

/* A product reached from another by installed_with: what it is installed with stands in key. */
struct companion { uint32_t number; str key; };

struct match {
	struct review *r;
	str *key;                  /* by place in review.products; none until asked */
	struct { struct companion *v; size_t n, cap, max; } companions;   /* by number */
};

static bool is_version(const struct branch *b)
{
	static const char *const words[] = { "product_version", "product_version_range", "service_pack", "patch_level", NULL };

	return one_of(json_get_str(b->node, S("category")), words);
}

/* The branches above the product that tell what it is, without those that tell which version. */
static void print_branches(struct buf *out, const struct branch *b)
{
	if (!b)
		return;
	print_branches(out, b->up);
	if (is_version(b))
		return;
	buf_add(out, json_get_str(b->node, S("category")));
	buf_char(out, '=');
	buf_add(out, json_get_str(b->node, S("name")));
	buf_char(out, '\n');
}

static void print_key(struct match *m, struct buf *out, const struct product *p, int depth);

/* The beginning of a product path without its version, and its first n steps as they are. */
static void print_path(struct match *m, struct buf *out, const struct json *path, size_t n, int depth)
{
	uint32_t at = id_find(&m->r->ids, json_get_str(path, S("beginning_product_reference")));
	const struct json *steps = json_get(path, S("subpaths"));

	if (depth < NESTING_MAX && at != UINT32_MAX && m->r->product_of[at])
		print_key(m, out, &m->r->products.v[m->r->product_of[at] - 1], depth + 1);
	for (size_t k = 0; k < n; k++) {
		buf_add(out, json_get_str(json_at(steps, k), S("category")));
		buf_char(out, '>');
		buf_add(out, json_get_str(json_at(steps, k), S("next_product_reference")));
		buf_char(out, '\n');
	}
}

static const struct json *path_of(const struct match *m, const struct product *p)
{
	return json_at(json_get(m->r->tree, S("product_paths")), p->index);
}

static void print_key(struct match *m, struct buf *out, const struct product *p, int depth)
{
	if (p->place == IN_BRANCH)
		print_branches(out, p->branch);
	else if (p->place == IN_NAMES)
		buf_add(out, S("names\n"));      /* nothing tells versions of these apart */
	else
		print_path(m, out, path_of(m, p), json_count(json_get(path_of(m, p), S("subpaths"))), depth);
}

static str key_of(struct match *m, const struct product *p)
{
	str *key = &m->key[p - m->r->products.v];
	struct buf b;

	if (key->p)
		return *key;
	buf_init(&b, m->r->c->arena, KEY_BYTES);
	print_key(m, &b, p, 0);
	return *key = buf_str(&b);
}

/* The key of a path up to, but not including, its k-th step. */
static str prefix_key(struct match *m, const struct json *path, size_t k)
{
	struct buf b;

	buf_init(&b, m->r->c->arena, KEY_BYTES);
	print_path(m, &b, path, k, 0);
	return buf_str(&b);
}

static bool installed_with(const struct json *step)
{
	return str_eq(json_get_str(step, S("category")), S("installed_with"));
}

static int by_number(const void *a, const void *b)
{
	const struct companion *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static bool open_match(struct match *m)
{
	const struct json *paths = json_get(m->r->tree, S("product_paths"));

	m->key = arena_alloc(m->r->c->arena, (m->r->products.n + 1) * sizeof(*m->key));
	m->companions.max = UINT32_MAX / 64;
	for (JSON_ITEMS(x, m->key ? paths : NULL)) {
		const struct json *steps = json_get(x, S("subpaths"));

		for (JSON_ITEMS(s, steps)) {
			uint32_t at = id_find(&m->r->ids, json_get_str(s, S("next_product_reference")));

			if (installed_with(s) && at != UINT32_MAX &&
			    !list_push(m->r->c->arena, &m->companions, (struct companion){ at, prefix_key(m, x, index_in(steps, s)) }))
				m->r->full = true;
		}
	}
	if (m->companions.n)
		qsort(m->companions.v, m->companions.n, sizeof(*m->companions.v), by_number);
	if (!m->key)
		m->r->full = true;
	return !m->r->full;
}

typedef bool key_fn(struct match *m, struct id_map *set, str key);

/* The key of the product, those of what it is a part of, and those of what it is installed with; true ends. */
static bool each_key(struct match *m, const struct product *p, struct id_map *set, key_fn *fn)
{
	size_t low = 0, high = m->companions.n;

	if (fn(m, set, key_of(m, p)))
		return true;
	if (p->place == IN_PATH) {
		const struct json *steps = json_get(path_of(m, p), S("subpaths"));

		for (JSON_ITEMS(s, steps))
			if (installed_with(s) && fn(m, set, prefix_key(m, path_of(m, p), index_in(steps, s))))
				return true;
	}
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (m->companions.v[mid].number < p->number)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < m->companions.n && m->companions.v[low].number == p->number; low++)
		if (fn(m, set, m->companions.v[low].key))
			return true;
	return false;
}

static bool add_key(struct match *m, struct id_map *set, str key)
{
	if (id_add(m->r->c->arena, set, key) == UINT32_MAX)
		m->r->full = true;
	return false;
}

static bool has_key(UNUSED struct match *m, struct id_map *set, str key)
{
	return id_find(set, key) != UINT32_MAX;
}

static const char *const affected[] = { "first_affected", "known_affected", "last_affected", NULL };
static const char *const fixed[]    = { "first_fixed", "fixed", NULL };

static const struct product *product_of(const struct match *m, const struct json *id)
{
	uint32_t at = id_find(&m->r->ids, json_str(id));

	return at == UINT32_MAX || !m->r->product_of[at] ? NULL : &m->r->products.v[m->r->product_of[at] - 1];
}

/* The keys of all products in these lists: of each alone, or all that it has. */
static void collect(struct match *m, const struct json *v, const char *const *lists, bool alone, struct id_map *set)
{
	for (; *lists; lists++)
		for (JSON_ITEMS(x, json_get(json_get(v, S("product_status")), str_of(*lists)))) {
			const struct product *p = product_of(m, x);

			if (p && alone)
				(void)add_key(m, set, key_of(m, p));
			else if (p)
				(void)each_key(m, p, set, add_key);
		}
}

static bool is_advisory(const struct review *r)
{
	return str_eq(r->category, S("csaf_security_advisory"));
}

static void find_item(struct review *r, const struct json *v, const char *key, const struct json *list,
                      const struct json *x, const char *text)
{
	FIND(r, text, json_str(x), STR_NONE, "/vulnerabilities/%zu/product_status/%s/%zu",
	     index_in(r->vulnerabilities, v), key, index_in(list, x));
}

/* meets CSAF-2.1 6.1.27.13 */
void rule_6_1_27_13(struct review *r)
{
	struct match m = { .r = r };

	if (!is_advisory(r) || !open_match(&m))
		return;
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		struct id_map set = { 0 };

		collect(&m, v, affected, true, &set);
		for (const char *const *key = fixed; *key; key++) {
			const struct json *list = json_get(json_get(v, S("product_status")), str_of(*key));

			for (JSON_ITEMS(x, list)) {
				const struct product *p = product_of(&m, x);

				if (p && !each_key(&m, p, &set, has_key))
					find_item(r, v, *key, list, x, N_("No affected version corresponds to the fixed product {1}."));
			}
		}
	}
}

enum { NO_FIX = 1, HAS_FIX = 2 };

static void mark_remedies(struct review *r, const struct json *v)
{
	static const char *const without[] = { "fix_planned", "no_fix_planned", "none_available", NULL };

	for (JSON_ITEMS(x, json_get(v, S("remediations")))) {
		str category = json_get_str(x, S("category"));

		if (one_of(category, without))
			mark_add_scope(r, x, NO_FIX);
		else if (str_eq(category, S("vendor_fix")))
			mark_add_scope(r, x, HAS_FIX);
	}
}

/* The range ends before a version: that one may be the fix. */
static bool ends_before(struct review *r, const struct product *p)
{
	const struct range *range;

	if (p->place != IN_BRANCH ||
	    !str_eq(json_get_str(p->branch->node, S("category")), S("product_version_range")))
		return false;
	range = range_of(r, p->branch);
	return range->kind != RANGE_BAD && range->vers.n && range->vers.v[range->vers.n - 1].op == VERS_LT;
}

static bool no_fix_exists(struct review *r, const struct product *p)
{
	uint32_t marks = mark_of(r, p->id);

	return marks & NO_FIX && !(marks & HAS_FIX && ends_before(r, p));
}

/* meets CSAF-2.1 6.2.39.1 */
void rule_6_2_39_1(struct review *r)
{
	struct match m = { .r = r };

	if (!is_advisory(r) || !open_match(&m))
		return;
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		struct id_map set = { 0 };

		collect(&m, v, fixed, false, &set);
		mark_remedies(r, v);
		for (const char *const *key = affected; *key; key++) {
			const struct json *list = json_get(json_get(v, S("product_status")), str_of(*key));

			for (JSON_ITEMS(x, list)) {
				const struct product *p = product_of(&m, x);

				if (p && !no_fix_exists(r, p) && !has_key(&m, &set, key_of(&m, p)))
					find_item(r, v, *key, list, x, N_("No fixed version corresponds to the affected product {1}."));
			}
		}
		mark_clear(r);
	}
}
