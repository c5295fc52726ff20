/* The CSAF VEX profile (2.0 profile 5, 2.1 profile 5), reading. */
#include "standards/vex/vex_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"

struct entry { str id; size_t at; };

/* What one vulnerability says of each product, by number. */
struct said { str justification, impact, action, response; };

struct reader {
	struct ctx *c;
	struct vex *v;
	struct { struct entry *v; size_t n, cap, max; } ids;
	size_t sorted;         /* of ids, from the beginning */
	const struct json *groups;
	struct said *said;
};

struct branch { str vendor, name, version, range; };

static int by_id(const void *a, const void *b)
{
	return str_cmp(((const struct entry *)a)->id, ((const struct entry *)b)->id);
}

static bool product_add(struct reader *r, const struct json *product, struct branch b, str part, const struct vex_product *whole)
{
	const struct json *helper = json_get(product, S("product_identification_helper"));
	str id = json_get_str(product, S("product_id"));
	struct vex_product p = whole ? *whole : (struct vex_product){ .vendor = b.vendor, .name = b.name, .version = b.version, .range = b.range };
	size_t at;

	p.ref  = id;
	p.part = part;
	if (!whole) {
		p.purl = json_get_str(helper, S("purl"));
		if (!p.purl.p)
			p.purl = json_str(json_at(json_get(helper, S("purls")), 0));
		p.cpe = json_get_str(helper, S("cpe"));
		if (!p.name.p)
			p.name = json_get_str(product, S("name"));
	}
	TRY(vex_product_add(r->c, r->v, p, &at));
	if (!list_push(r->c->arena, &r->ids, (struct entry){ id, at }))
		return fault(r->c, E_LIMIT, NULL, N_("There are too many products."));
	return true;
}

/* The depth is that of the JSON text, which has a limit. */
static bool branches_read(struct reader *r, const struct json *list, struct branch up)
{
	for (JSON_ITEMS(x, list)) {
		str category = json_get_str(x, S("category")), name = json_get_str(x, S("name"));
		struct branch b = up;

		if (str_eq(category, S("vendor")))
			b.vendor = name;
		else if (str_eq(category, S("product_name")))
			b.name = name;
		else if (str_eq(category, S("product_version")))
			b.version = name;
		else if (str_eq(category, S("product_version_range")))
			b.range = name;
		if (json_get(x, S("product")))
			TRY(product_add(r, json_get(x, S("product")), b, STR_NONE, NULL));
		TRY(branches_read(r, json_get(x, S("branches")), b));
	}
	return true;
}

static const struct vex_product *product_of(const struct reader *r, str id)
{
	struct entry key = { id, 0 }, *e = r->sorted ? bsearch(&key, r->ids.v, r->sorted, sizeof(key), by_id) : NULL;

	return e && id.p ? &r->v->products.v[e->at] : NULL;
}

static void ids_sort(struct reader *r)
{
	if (r->ids.n)
		qsort(r->ids.v, r->ids.n, sizeof(*r->ids.v), by_id);
	r->sorted = r->ids.n;
}

/* A product in another one, which may be one in another itself; *done when both are known. */
static bool relation_read(struct reader *r, const struct json *x, str part_id, str whole_id, bool *done)
{
	const struct vex_product *part = product_of(r, part_id), *whole = product_of(r, whole_id);
	struct vex_product copy;
	str what;

	*done = part && whole;
	if (!*done)
		return true;
	copy = *whole;
	what = part->purl.p ? part->purl : vex_product_title(r->c->arena, part);
	return product_add(r, json_get(x, S("full_product_name")), (struct branch){ .name = STR_NONE }, what, &copy);
}

enum { CHAIN_MAX = 30 };   /* relationships of relationships */

/* Relationships of 2.0 or paths of 2.1; those of others come after them, wherever they stand. */
static bool relations_read(struct reader *r, const struct json *list, bool paths)
{
	bool  *done = arena_alloc(r->c->arena, json_count(list) + 1);
	size_t left = json_count(list), before = SIZE_MAX;

	if (!done)
		return fault(r->c, E_LIMIT, NULL, N_("There are too many products."));
	for (int pass = 0; pass < CHAIN_MAX && left && left < before; pass++) {
		before = left;
		for (size_t i = 0; i < json_count(list); i++) {
			const struct json *x = json_at(list, i), *steps = json_get(x, S("subpaths"));
			str part  = json_get_str(x, paths ? S("beginning_product_reference") : S("product_reference"));
			str whole = paths ? json_get_str(json_at(steps, json_count(steps) ? json_count(steps) - 1 : 0), S("next_product_reference")) :
			            json_get_str(x, S("relates_to_product_reference"));

			if (done[i])
				continue;
			TRY(relation_read(r, x, part, whole, &done[i]));
			left -= done[i];
		}
		ids_sort(r);
	}
	for (size_t i = 0; i < json_count(list); i++)
		if (!done[i])
			TRY(vex_lose(r->c, r->v, str_fmt(r->c->arena, paths ? "/product_tree/product_paths/%zu" : "/product_tree/relationships/%zu", i),
			             N_("The relationship names a product that does not exist."), STR_NONE, STR_NONE));
	return true;
}

static bool tree_read(struct reader *r, const struct json *tree)
{
	TRY(branches_read(r, json_get(tree, S("branches")), (struct branch){ .name = STR_NONE }));
	for (JSON_ITEMS(x, json_get(tree, S("full_product_names"))))
		TRY(product_add(r, x, (struct branch){ .name = STR_NONE }, STR_NONE, NULL));
	ids_sort(r);
	TRY(relations_read(r, json_get(tree, S("relationships")), false));
	return relations_read(r, json_get(tree, S("product_paths")), true);
}

/* Each product that an item names by id or by group. */
#define EACH(r, item, p, body) \
	do { \
		for (JSON_ITEMS(id_, json_get((item), S("product_ids")))) { \
			const struct vex_product *p = product_of((r), json_str(id_)); \
			if (p) { body; } \
		} \
		for (JSON_ITEMS(group_, json_get((item), S("group_ids")))) \
			for (JSON_ITEMS(g_, (r)->groups)) \
				if (str_eq(json_get_str(g_, S("group_id")), json_str(group_))) \
					for (JSON_ITEMS(id_, json_get(g_, S("product_ids")))) { \
						const struct vex_product *p = product_of((r), json_str(id_)); \
						if (p) { body; } \
					} \
	} while (0)

static size_t number(const struct reader *r, const struct vex_product *p)
{
	return (size_t)(p - r->v->products.v);
}

/* The word of CycloneDX for a category of remediations. */
static const char *response_word(str category)
{
	static const char *const pairs[][2] = {
		{ "vendor_fix", "update" }, { "optional_patch", "update" }, { "workaround", "workaround_available" },
		{ "mitigation", "workaround_available" }, { "no_fix_planned", "will_not_fix" }, { "none_available", "can_not_fix" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (str_eq(category, str_of(pairs[i][0])))
			return pairs[i][1];
	return "";
}

static str joined(struct arena *a, str one, const char *between, str two)
{
	return !one.n ? two : !two.n ? one : STR_CAT(a, one, str_of(between), two);
}

static bool said_read(struct reader *r, const struct json *x, str at)
{
	const struct json *threats = json_get(x, S("threats"));

	memset(r->said, 0, (r->v->products.n + 1) * sizeof(*r->said));
	for (JSON_ITEMS(f, json_get(x, S("flags"))))
		EACH(r, f, p, r->said[number(r, p)].justification = json_get_str(f, S("label")));
	for (size_t i = 0; i < json_count(threats); i++) {
		const struct json *t = json_at(threats, i);

		if (!str_eq(json_get_str(t, S("category")), S("impact"))) {
			TRY(vex_lose(r->c, r->v, str_fmt(r->c->arena, "%.*s/threats/%zu", STR_ARG(at), i), N_("{1} is not carried over."),
			             json_get_str(t, S("category")), STR_NONE));
			continue;
		}
		EACH(r, t, p, r->said[number(r, p)].impact = joined(r->c->arena, r->said[number(r, p)].impact, " ", json_get_str(t, S("details"))));
	}
	for (JSON_ITEMS(m, json_get(x, S("remediations")))) {
		str text = joined(r->c->arena, json_get_str(m, S("details")), " ", json_get_str(m, S("url")));
		str word = str_of(response_word(json_get_str(m, S("category"))));

		EACH(r, m, p, {
			struct said *s = &r->said[number(r, p)];
			s->action = joined(r->c->arena, s->action, "\n", text);
			if (word.n && str_find(s->response.p ? s->response : S(""), word, 0) == SIZE_MAX)
				s->response = joined(r->c->arena, s->response, " ", word);
		});
	}
	return true;
}

static bool status_list(struct reader *r, const struct json *list, struct vex_statement s, enum vex_status status, str at)
{
	for (JSON_ITEMS(id, list)) {
		const struct vex_product *p = product_of(r, json_str(id));
		struct said *said;

		if (!p) {
			TRY(vex_lose(r->c, r->v, at, N_("The product {1} is not in the tree."), json_str(id), STR_NONE));
			continue;
		}
		said = &r->said[number(r, p)];
		s.product       = number(r, p);
		s.status        = status;
		s.justification = status == VEX_NOT_AFFECTED ? said->justification : STR_NONE;
		s.impact        = said->impact;
		s.action        = said->action;
		s.response      = status == VEX_AFFECTED || status == VEX_FIXED ? said->response : STR_NONE;
		if (!s.action.n)
			s.action = STR_NONE;
		TRY(vex_statement_add(r->c, r->v, s));
	}
	return true;
}

static str description_of(const struct json *x)
{
	for (JSON_ITEMS(n, json_get(x, S("notes"))))
		if (str_eq(json_get_str(n, S("category")), S("description")))
			return json_get_str(n, S("text"));
	return json_get_str(json_at(json_get(x, S("notes")), 0), S("text"));
}

static bool vulnerability_read(struct reader *r, const struct json *x, size_t i)
{
	static const struct { const char *list; enum vex_status status; bool exact; } lists[] = {
		{ "known_affected", VEX_AFFECTED, true }, { "first_affected", VEX_AFFECTED, false }, { "last_affected", VEX_AFFECTED, false },
		{ "fixed", VEX_FIXED, true }, { "first_fixed", VEX_FIXED, false }, { "known_not_affected", VEX_NOT_AFFECTED, true },
		{ "under_investigation", VEX_UNDER_INVESTIGATION, true }, { "unknown", VEX_UNDER_INVESTIGATION, false },
	};
	const struct json *status = json_get(x, S("product_status")), *ids = json_get(x, S("ids"));
	str at = str_fmt(r->c->arena, "/vulnerabilities/%zu", i);
	struct vex_statement s = { .vulnerability = json_get_str(x, S("cve")), .description = description_of(x) };

	if (!s.vulnerability.p)
		s.vulnerability = json_get_str(json_at(ids, 0), S("text"));
	else if (json_count(ids))
		TRY(vex_lose(r->c, r->v, STR_CAT(r->c->arena, at, S("/ids")), N_("{1} is not carried over."), S("ids"), STR_NONE));
	TRY(vex_members_lose(r->c, r->v, x, "cve ids notes product_status flags threats remediations", at));
	if (json_count(json_get(x, S("notes"))) > 1)
		TRY(vex_lose(r->c, r->v, STR_CAT(r->c->arena, at, S("/notes")), N_("Only one note is carried over."), STR_NONE, STR_NONE));
	TRY(said_read(r, x, at));
	for (size_t k = 0; k < sizeof(lists) / sizeof(*lists); k++) {
		const struct json *list = json_get(status, str_of(lists[k].list));
		str place = STR_CAT(r->c->arena, at, S("/product_status/"), str_of(lists[k].list));

		if (list && !lists[k].exact)
			TRY(vex_lose(r->c, r->v, place, N_("“{1}” becomes “{2}”."), str_of(lists[k].list), str_of(vex_status_name(lists[k].status))));
		TRY(status_list(r, list, s, lists[k].status, place));
	}
	if (json_get(status, S("recommended")))
		TRY(vex_lose(r->c, r->v, STR_CAT(r->c->arena, at, S("/product_status/recommended")), N_("{1} is not carried over."),
		             S("recommended"), STR_NONE));
	return true;
}

bool vex_csaf_read(struct ctx *c, const struct json *root, struct vex *v)
{
	const struct json *document = json_get(root, S("document")), *tracking = json_get(document, S("tracking"));
	const struct json *list = json_get(root, S("vulnerabilities")), *tree = json_get(root, S("product_tree"));
	struct reader r = { .c = c, .v = v, .ids.max = VEX_PRODUCTS_MAX, .groups = json_get(tree, S("product_groups")) };

	v->id      = json_get_str(tracking, S("id"));
	v->title   = json_get_str(document, S("title"));
	v->version = json_get_str(tracking, S("version"));
	v->stamp   = json_get_str(tracking, S("current_release_date"));
	v->author  = json_get_str(json_get(document, S("publisher")), S("name"));
	v->site    = json_get_str(json_get(document, S("publisher")), S("namespace"));
	TRY(vex_members_lose(c, v, document, "category csaf_version publisher title tracking", S("/document")));
	TRY(tree_read(&r, tree));
	r.said = arena_alloc(c->arena, (v->products.n + 1) * sizeof(*r.said));
	if (!r.said)
		return fault(c, E_LIMIT, NULL, N_("There are too many products."));
	for (size_t i = 0; i < json_count(list); i++)
		TRY(vulnerability_read(&r, json_at(list, i), i));
	return true;
}
