/* Products: the versions of one product stand together. */
#include "standards/csaf/csaf_render_part.h"

#include "platform/text/word.h"

static bool is_version(const struct branch *b)
{
	static const char *const words[] = { "product_version", "product_version_range", "service_pack", "patch_level", NULL };

	return b && b->up && one_of(json_get_str(b->node, S("category")), words);
}

bool folio_products_index(struct folio *w)
{
	w->family = arena_alloc(w->c->arena, (w->r.branches.n + 1) * sizeof(*w->family));
	if (!w->family)
		return false;
	for (size_t i = 0; i < w->r.products.n; i++)
		if (is_version(w->r.products.v[i].branch))
			w->family[w->r.products.v[i].branch->up->at].versions++;
	return true;
}

/* "Example Device": the names down to the branch; a vendor that the next name repeats is left out. */
static void names_print(struct folio *w, struct buf *b, const struct branch *x)
{
	str name = json_get_str(x->node, S("name"));

	if (x->up && b->n < LINE_SHOWN)
		names_print(w, b, x->up);
	if (b->n && str_starts(name, buf_str(b)))
		b->n = 0;
	if (b->n)
		buf_char(b, ' ');
	buf_add(b, utf8_cut(name, 200));
}

static str family_name(struct folio *w, const struct branch *x)
{
	struct buf b;

	buf_init(&b, w->c->arena, 4 * LINE_SHOWN);
	names_print(w, &b, x);
	return buf_str(&b);
}

/* One line of a list: a product, or versions of one. */
struct slot {
	const struct branch *family;     /* NULL: name is all */
	str    name;
	size_t n;                        /* versions found, of which the first are kept */
	str    version[VERSIONS_SHOWN];
};

struct listing { struct slot slot[FAMILIES_SHOWN]; size_t n, more; };

static void add_product(struct folio *w, struct listing *l, str id)
{
	uint32_t number = id_find(&w->r.ids, id), i = number == UINT32_MAX ? 0 : w->r.product_of[number];
	const struct product *p = i ? &w->r.products.v[i - 1] : NULL;
	const struct branch  *up = p && is_version(p->branch) ? p->branch->up : NULL;
	struct family *f = up ? &w->family[up->at] : NULL;
	struct slot *s;

	if (f && f->seen == w->listing) {
		s = &l->slot[f->slot];
		if (s->n < VERSIONS_SHOWN)
			s->version[s->n] = json_get_str(p->branch->node, S("name"));
		s->n++;
		return;
	}
	if (l->n == FAMILIES_SHOWN) {
		l->more++;
		return;
	}
	s = &l->slot[l->n++];
	*s = (struct slot){ .family = up, .name = p ? json_get_str(p->name, S("name")) : id, .n = 1 };
	if (!f)
		return;
	s->version[0] = json_get_str(p->branch->node, S("name"));
	f->seen = w->listing;
	f->slot = (uint32_t)(l->n - 1);
}

static void add_list(struct folio *w, struct listing *l, const struct json *ids)
{
	size_t n = json_count(ids);

	if (n > w->budget) {
		l->more += n;
		return;
	}
	w->budget -= n;
	for (JSON_ITEMS(x, ids))
		if (json_is(x, JSON_STRING))
			add_product(w, l, json_str(x));
}

static void slot_print(struct folio *w, const struct slot *s)
{
	const struct family *f = s->family ? &w->family[s->family->at] : NULL;

	if (!f || s->n == 1) {
		folio_own(w, s->name);
		return;
	}
	folio_own(w, family_name(w, s->family));
	folio_plain(w, S(": "));
	buf_add(w->to, S(" "));
	if (s->n == f->versions && s->n > VERSIONS_SHOWN) {
		folio_words(w, N_("all {1} versions"), str_fmt(w->c->arena, "%zu", s->n));
		return;
	}
	for (size_t i = 0; i < s->n && i < VERSIONS_SHOWN; i++) {
		if (i)
			buf_add(w->to, S(", "));
		folio_own(w, s->version[i]);
	}
	if (s->n > VERSIONS_SHOWN) {
		buf_add(w->to, S(" "));
		folio_words(w, N_("and {1} more versions"), str_fmt(w->c->arena, "%zu", s->n - VERSIONS_SHOWN));
	}
}

static void listing_print(struct folio *w, const struct listing *l)
{
	bool list = w->html && l->n + (l->more > 0) > 1;

	if (list)
		buf_add(w->to, S("<ul>"));
	for (size_t i = 0; i < l->n; i++) {
		if (list)
			buf_add(w->to, S("<li>"));
		else if (i)
			buf_add(w->to, S("; "));
		slot_print(w, &l->slot[i]);
		if (list)
			buf_add(w->to, S("</li>"));
	}
	if (l->more) {
		buf_add(w->to, list ? S("<li>") : l->n ? S("; ") : S(""));
		folio_words(w, N_("and {1} more products"), str_fmt(w->c->arena, "%zu", l->more));
		buf_add(w->to, list ? S("</li>") : S(""));
	}
	if (list)
		buf_add(w->to, S("</ul>"));
}

void folio_products(struct folio *w, const struct json *ids, const struct json *groups)
{
	struct listing *l = arena_alloc(w->c->arena, sizeof(*l));

	if (!l) {
		w->r.full = true;
		return;
	}
	w->listing++;
	add_list(w, l, ids);
	for (JSON_ITEMS(g, groups)) {
		uint32_t at = id_find(&w->r.group_ids, json_str(g));

		if (at != UINT32_MAX && w->r.group[at])
			add_list(w, l, w->r.group[at]);
	}
	listing_print(w, l);
}

void folio_scope(struct folio *w, const struct json *item)
{
	folio_products(w, json_get(item, S("product_ids")), json_get(item, S("group_ids")));
}

/* ---- the table of all products ---- */

static void identifiers_print(struct folio *w, const struct product *p)
{
	const struct json *helper = json_get(p->name, S("product_identification_helper"));
	bool some = false;

	for (JSON_MEMBERS(m, helper)) {
		if (str_eq(json_key(m), S("hashes")) || str_eq(json_key(m), S("x_generic_uris")))
			continue;
		if (some)
			folio_break(w);
		some = true;
		folio_plain(w, json_key(m));
		folio_plain(w, S(": "));
		buf_add(w->to, S(" "));
		folio_plain(w, json_str(&m->value));
		for (JSON_ITEMS(x, &m->value)) {
			if (x > json_items_(&m->value))
				buf_add(w->to, S(", "));
			folio_plain(w, json_str(x));
		}
	}
}

static void few_products(struct folio *w)
{
	static const char *const columns[] = { N_("Product"), N_("Product id"), N_("Identifiers"), NULL };

	folio_table(w, N_("Products"), columns);
	for (size_t i = 0; i < w->r.products.n; i++) {
		folio_cell(w);
		folio_own(w, json_get_str(w->r.products.v[i].name, S("name")));
		folio_cell(w);
		folio_plain(w, w->r.products.v[i].id);
		folio_cell(w);
		identifiers_print(w, &w->r.products.v[i]);
	}
	folio_table_end(w);
}

/* The versions of the family that begin at product i; they need not stand together. */
static void family_versions(struct folio *w, size_t i, const struct branch *up)
{
	size_t n = 0;

	for (; i < w->r.products.n && n < VERSIONS_SHOWN; i++) {
		const struct branch *b = w->r.products.v[i].branch;

		if (!is_version(b) || b->up != up)
			continue;
		if (n++)
			buf_add(w->to, S(", "));
		folio_own(w, json_get_str(b->node, S("name")));
	}
	if (w->family[up->at].versions > n) {
		buf_add(w->to, S(" "));
		folio_words(w, N_("and {1} more versions"), str_fmt(w->c->arena, "%zu", w->family[up->at].versions - n));
	}
}

/* False when its family has a line already. */
static bool product_line(struct folio *w, size_t i, bool show)
{
	const struct product *p = &w->r.products.v[i];
	const struct branch  *up = is_version(p->branch) ? p->branch->up : NULL;

	if (up && w->family[up->at].seen == w->listing)
		return false;
	if (up)
		w->family[up->at].seen = w->listing;
	if (!show)
		return true;
	folio_cell(w);
	folio_own(w, up ? family_name(w, up) : json_get_str(p->name, S("name")));
	folio_cell(w);
	if (up)
		family_versions(w, i, up);
	return true;
}

static void many_products(struct folio *w)
{
	static const char *const columns[] = { N_("Product"), N_("Versions"), NULL };
	size_t lines = 0;

	w->listing++;
	folio_table(w, N_("Products"), columns);
	for (size_t i = 0; i < w->r.products.n; i++)
		lines += product_line(w, i, lines < TREE_SHOWN);
	folio_table_end(w);
	folio_said(w, N_("The document has {1} products; their versions are shown together."), str_fmt(w->c->arena, "%zu", w->r.products.n));
	folio_left(w, lines > TREE_SHOWN ? lines - TREE_SHOWN : 0);
}

void folio_tree(struct folio *w)
{
	if (w->r.products.n == 0)
		return;
	folio_heading(w, 2, N_("Products"));
	(w->r.products.n <= ITEMS_SHOWN ? few_products : many_products)(w);
}
