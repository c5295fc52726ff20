/* The fixed products that the profile of security advisories asks for. */
#include "standards/csaf/csaf_convert_part.h"

#include "base/list.h"
#include "standards/csaf/csaf_range.h"

static const char *const affects[] = { "known_affected", "first_affected", "last_affected" };

/* An affected range that ends before a version, and the product that is this version. */
struct plan {
	struct node *range;
	str  id, fixed, name;
	bool added;
	struct buf where;        /* the vulnerabilities */
};

struct plans {
	struct convert *k;
	struct id_map   affected, of;      /* of: the range's product to the number of its plan */
	struct node    *list;              /* of branches: the versions in it are in beside */
	struct id_map   versions;
	struct { str *v; size_t n, cap, max; } beside;   /* by number of the version: its product */
	struct { struct plan *v; size_t n, cap, max; } all;
};

static void affected_find(struct plans *p)
{
	for (NODES(p->k->a, v, p->k->vulnerabilities))
		for (size_t i = 0; i < 3; i++)
			for (NODES(p->k->a, x, node_get(p->k->a, node_get(p->k->a, v, "product_status"), affects[i])))
				(void)id_add(p->k->a, &p->affected, node_text(x));
}

/* The product of that version among the branches of the list, or none. */
static str version_beside(struct plans *p, struct node *list, str version)
{
	uint32_t at;

	if (p->list != list) {
		p->list      = list;
		p->versions  = (struct id_map){ 0 };
		p->beside.n  = 0;
		p->beside.max = SIZE_MAX / 64;
		for (NODES(p->k->a, x, list)) {
			str id = node_get_text(p->k->a, node_get(p->k->a, x, "product"), "product_id");

			if (!id.p || !str_eq(node_get_text(p->k->a, x, "category"), S("product_version")))
				continue;
			if (id_add(p->k->a, &p->versions, node_get_text(p->k->a, x, "name")) == p->beside.n &&
			    !list_push(p->k->a, &p->beside, id))
				p->k->full = true;
		}
	}
	at = id_find(&p->versions, version);
	return at < p->beside.n ? p->beside.v[at] : STR_NONE;
}

static str fresh_id(struct convert *k, str id, str version)
{
	str made = STR_CAT(k->a, id, S("-"), version);

	for (int i = 2; id_find(&k->ids, made) != UINT32_MAX; i++)
		made = STR_CAT(k->a, id, S("-"), version, str_fmt(k->a, "-%d", i));
	(void)id_add(k->a, &k->ids, made);
	return made;
}

static void range_plan(struct plans *p, struct node *b)
{
	struct convert *k = p->k;
	struct node *above = b->up->up;
	str name = node_get_text(k->a, b, "name"), id = node_get_text(k->a, node_get(k->a, b, "product"), "product_id"), up;
	struct plan plan = { .range = b, .id = id };
	struct range r;

	if (!id.n || !name.n || !str_eq(node_get_text(k->a, b, "category"), S("product_version_range")) ||
	    id_find(&p->affected, id) == UINT32_MAX)
		return;
	range_read(k->c, name, &r);
	if (r.kind == RANGE_BAD || !r.vers.n || r.vers.v[r.vers.n - 1].op != VERS_LT)
		return;
	plan.name  = r.vers.v[r.vers.n - 1].version;
	plan.fixed = version_beside(p, b->up, plan.name);
	if (!plan.fixed.p) {
		up = above == k->tree ? STR_NONE : node_get_text(k->a, above, "name");
		plan.added = true;
		plan.fixed = fresh_id(k, id, plan.name);
		plan.name  = up.n ? STR_CAT(k->a, up, S(" "), plan.name) : plan.name;
	}
	buf_init(&plan.where, k->a, 2000);
	if (id_add(k->a, &p->of, id) == p->all.n && !list_push(k->a, &p->all, plan))
		k->full = true;
}

static void ranges_plan(struct plans *p, struct node *list)
{
	for (NODES(p->k->a, x, list)) {
		range_plan(p, x);
		ranges_plan(p, node_get(p->k->a, x, "branches"));
	}
}

static void fixed_state(struct plans *p, struct node *vulnerability)
{
	struct arena  *a = p->k->a;
	struct node   *status = node_get(a, vulnerability, "product_status"), *fixed = node_get(a, status, "fixed");
	struct id_map  known = { 0 };

	for (NODES(a, x, fixed))
		(void)id_add(a, &known, node_text(x));
	for (size_t i = 0; i < 3; i++)
		for (NODES(a, x, node_get(a, status, affects[i]))) {
			uint32_t at = id_find(&p->of, node_text(x)), n = (uint32_t)known.n;

			if (at >= p->all.n || id_add(a, &known, p->all.v[at].fixed) < n)
				continue;
			if (!fixed) {
				fixed = node_new(a, JSON_ARRAY);
				node_put(a, status, "fixed", fixed);
			}
			node_add(a, fixed, NULL, node_string(a, p->all.v[at].fixed));
			buf_fmt(&p->all.v[at].where, "%s%.*s", p->all.v[at].where.n ? ", " : "",
			        STR_ARG(node_pointer(a, vulnerability)));
		}
}

/* The range's product, at the version that ends the range. */
static void branch_add(struct convert *k, const struct plan *p, str version)
{
	struct node *b = node_new(k->a, JSON_OBJECT), *product = node_new(k->a, JSON_OBJECT);

	node_add(k->a, b, "category", node_string(k->a, S("product_version")));
	node_add(k->a, b, "name", node_string(k->a, version));
	node_add(k->a, b, "product", product);
	node_add(k->a, product, "name", node_string(k->a, p->name));
	node_add(k->a, product, "product_id", node_string(k->a, p->fixed));
	b->from = p->range;
	node_insert_after(p->range, b);
	convert_say(k, FINDING_WARNING, "category", p->range,
	            N_("The product {1} was added and stated as fixed in {2}: the range of affected versions ends there."),
	            STR_CAT(k->a, p->name, S(" ("), p->fixed, S(")")), buf_str(&p->where));
}

/* meets CSAF-2.1 9.1.18: what ends a range that does not include it is fixed */
void convert_fixed(struct convert *k)
{
	struct plans p = { .k = k, .all.max = SIZE_MAX / 256 };

	affected_find(&p);
	ranges_plan(&p, node_get(k->a, k->tree, "branches"));
	for (NODES(k->a, v, k->vulnerabilities))
		fixed_state(&p, v);
	for (size_t i = 0; i < p.all.n; i++) {
		struct plan *one = &p.all.v[i];
		struct range r;

		range_read(k->c, node_get_text(k->a, one->range, "name"), &r);
		if (one->added)
			branch_add(k, one, r.vers.v[r.vers.n - 1].version);
		else
			convert_say(k, FINDING_WARNING, "category", one->range,
			            N_("The product {1} was stated as fixed in {2}: the range of affected versions ends there."),
			            one->fixed, buf_str(&one->where));
	}
}
