/* The rules about the branches of the product tree: their categories. */
#include "standards/csaf/csaf_convert_part.h"

#include <string.h>

#include "base/list.h"
#include "standards/csaf/csaf_rule.h"

void each_branch(struct convert *k, struct node *list, void (*fn)(struct convert *k, struct node *branch))
{
	for (NODES(k->a, x, list)) {
		struct node *below = node_get(k->a, x, "branches");

		fn(k, x);
		each_branch(k, below, fn);
	}
}

static str category_of(struct convert *k, struct node *b)
{
	return node_get_text(k->a, b, "category");
}

static str name_of(struct convert *k, struct node *b)
{
	return node_get_text(k->a, b, "name");
}

static bool is_a(struct convert *k, struct node *b, const char *category)
{
	return b && str_eq(category_of(k, b), str_of(category));
}

/* The branch above, or NULL. */
static struct node *branch_up(struct convert *k, const struct node *b)
{
	struct node *up = b->up ? b->up->up : NULL;

	return up == k->tree ? NULL : up;
}

static void set_category(struct convert *k, struct node *b, const char *category)
{
	node_set_text(node_get(k->a, b, "category"), str_of(category));
}

/* ---- legacy ---- */

static void legacy_convert(struct convert *k, struct node *b)
{
	struct node *category = node_get(k->a, b, "category");

	if (!is_a(k, b, "legacy"))
		return;
	convert_warn(k, "branches", category, N_("The category {1} does not exist in CSAF 2.1; it became {2}."), S("product_name"));
	node_set_text(category, S("product_name"));
}

/* ---- stacked categories, versions above ranges ---- */

/* The highest branch of the category on the way to b (with it), and how many there are. */
static struct node *highest(struct convert *k, struct node *b, const char *category, int *n)
{
	struct node *found = NULL;

	*n = 0;
	for (; b; b = branch_up(k, b))
		if (is_a(k, b, category)) {
			found = b;
			(*n)++;
		}
	return found;
}

static const char *stacked_category(struct convert *k, struct node *leaf)
{
	static const char *const all[] = { "architecture", "host_name", "language", "patch_level", "product_name",
	                                   "product_version", "product_version_range", "service_pack", "specification",
	                                   "vendor", NULL };
	int n;

	for (size_t i = 0; all[i]; i++) {
		(void)highest(k, leaf, all[i], &n);
		if (n > 1)
			return all[i];
	}
	return NULL;
}

/* "vendor/product_name/product_version: Example/Device/1.0" */
static str path_text(struct convert *k, struct node *leaf)
{
	str categories = STR_NONE, names = STR_NONE;

	for (struct node *b = leaf; b; b = branch_up(k, b)) {
		categories = categories.p ? STR_CAT(k->a, category_of(k, b), S("/"), categories) : category_of(k, b);
		names      = names.p ? STR_CAT(k->a, name_of(k, b), S("/"), names) : name_of(k, b);
	}
	return STR_CAT(k->a, categories, S(": "), names);
}

static bool is_placeholder(struct convert *k, struct node *b)
{
	static const char *const names[] = { "opensource", "noassertion", "undefined", "unknown", NULL };
	str name = name_of(k, b);

	return name.p && one_of(folded_name(k->a, name), names);
}

/* Its children take its place. */
static void branch_dissolve(struct convert *k, struct node *b)
{
	struct node *list = node_get(k->a, b, "branches"), *at = b;

	for (NODES(k->a, x, list)) {
		node_remove(x);
		node_insert_after(at, x);
		at = x;
	}
	node_remove(b);
}

static bool vendors_dissolve(struct convert *k, struct node *leaf)
{
	bool any = false;

	for (struct node *b = leaf, *up; b; b = up) {
		up = branch_up(k, b);
		if (b != leaf && is_a(k, b, "vendor") && is_placeholder(k, b)) {
			branch_dissolve(k, b);
			any = true;
		}
	}
	return any;
}

/* Has every product below b (not b itself) a branch of the category on its way from b? */
static bool all_below(struct convert *k, struct node *b, const char *category)
{
	if (node_get(k->a, b, "product"))
		return false;
	for (NODES(k->a, x, node_get(k->a, b, "branches")))
		if (!is_a(k, x, category) && !all_below(k, x, category))
			return false;
	return true;
}

/* A product family beside a product name, of the same name: for what moves there. */
static struct node *family_beside(struct convert *k, struct node *product)
{
	struct node *next = product->next, *list;

	if (next && next->at == SIZE_MAX && is_a(k, next, "product_family") && str_eq(name_of(k, next), name_of(k, product)))
		return next;
	next = node_new(k->a, JSON_OBJECT);
	next->from = product;
	list = node_new(k->a, JSON_ARRAY);
	node_add(k->a, next, "branches", list);
	node_add(k->a, next, "category", node_string(k->a, S("product_family")));
	node_add(k->a, next, "name", node_string(k->a, name_of(k, product)));
	node_insert_after(product, next);
	return next;
}

/*
 * The version becomes the name of a product, the name above it a family.
 * Where other versions stand below that name, they keep it.
 */
static void version_raise(struct convert *k, struct node *version)
{
	struct node *above = branch_up(k, version);
	str name = STR_CAT(k->a, name_of(k, above), S(" "), name_of(k, version));

	if (is_a(k, above, "product_name")) {
		if (!version->prev && !version->next) {
			set_category(k, above, "product_family");
		} else {
			struct node *family = family_beside(k, above), *list = node_get(k->a, family, "branches");

			node_remove(version);
			node_add(k->a, list, NULL, version);
		}
	}
	set_category(k, version, "product_name");
	node_set_text(node_get(k->a, version, "name"), name);
}

/* Can the first version on the way to a product become a name, when below it each has the category? */
static bool can_raise(struct convert *k, struct node *version, const char *below, bool family)
{
	struct node *above = version ? branch_up(k, version) : NULL;

	return above && (is_a(k, above, "product_name") || (family && is_a(k, above, "product_family"))) &&
	       all_below(k, version, below);
}

/* meets CSAF-2.1 9.1.18: stacked branch categories */
static void stacked_resolve(struct convert *k, struct node *leaf)
{
	const char *category = stacked_category(k, leaf), *left;
	struct node *place = node_get(k->a, leaf, "category");
	str path;
	int n;

	if (!category)
		return;
	path = path_text(k, leaf);
	if (strcmp(category, "vendor") == 0)
		(void)vendors_dissolve(k, leaf);
	else if (strcmp(category, "product_version") == 0 &&
	         can_raise(k, highest(k, leaf, category, &n), category, false))
		version_raise(k, highest(k, leaf, category, &n));
	left = stacked_category(k, leaf);
	if (left && strcmp(left, category) != 0) {
		stacked_resolve(k, leaf);
		return;
	}
	if (left)
		convert_say(k, FINDING_ERROR, "branches", place, N_("The category {1} occurs more than once on the way {2}; "
		            "that could not be resolved."), str_of(category), path);
	else
		convert_say(k, FINDING_WARNING, "branches", place, N_("The category {1} occurred more than once on the way {2}; "
		            "that was resolved."), str_of(category), path);
}

/* meets CSAF-2.1 9.1.18: a version and a version range in one path */
static void version_range_resolve(struct convert *k, struct node *leaf)
{
	int versions, ranges;
	struct node *range = highest(k, leaf, "product_version_range", &ranges);
	struct node *version = highest(k, leaf, "product_version", &versions);
	str path;

	if (!versions || !ranges)
		return;
	path = path_text(k, leaf);
	for (struct node *b = range; b; b = branch_up(k, b))
		if (b == version && can_raise(k, version, "product_version_range", true)) {
			version_raise(k, version);
			break;
		}
	if (highest(k, leaf, "product_version", &versions), versions)
		convert_say(k, FINDING_ERROR, "branches", node_get(k->a, leaf, "category"),
		            N_("The way {1} has a version and a version range; that could not be resolved."), path, STR_NONE);
	else
		convert_say(k, FINDING_WARNING, "branches", node_get(k->a, version, "category"),
		            N_("The way {1} had a version and a version range; the version became the product name {2}."), path,
		            name_of(k, version));
}

/* ---- all of them ---- */

struct leaves { struct convert *k; struct { struct node **v; size_t n, cap, max; } list; };

static void leaves_find(struct leaves *l, struct node *list)
{
	for (NODES(l->k->a, x, list)) {
		if (node_get(l->k->a, x, "product") && !list_push(l->k->a, &l->list, x))
			l->k->full = true;
		leaves_find(l, node_get(l->k->a, x, "branches"));
	}
}

void convert_branches(struct convert *k)
{
	struct node  *list = node_get(k->a, k->tree, "branches");
	struct leaves l = { .k = k, .list.max = SIZE_MAX / 64 };

	each_branch(k, list, legacy_convert);
	leaves_find(&l, list);
	for (size_t i = 0; i < l.list.n; i++)
		stacked_resolve(k, l.list.v[i]);
	for (size_t i = 0; i < l.list.n; i++)
		version_range_resolve(k, l.list.v[i]);
	each_branch(k, list, convert_range);
}
