/* The rules about the branches of the product tree: categories and version ranges. */
#include "standards/csaf/csaf_convert_part.h"

#include <string.h>

#include "base/list.h"
#include "standards/csaf/csaf_range.h"
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

/* ---- ranges ---- */

static str range_print(struct convert *k, const struct range *r)
{
	str all = STR_NONE;

	if (r->kind == RANGE_VERS)
		return vers_print(k->a, &r->vers);
	for (size_t i = 0; i < r->vers.n; i++) {
		str one = STR_CAT(k->a, str_of(vers_op_text(r->vers.v[i].op)), r->vers.v[i].version);

		all = all.p ? STR_CAT(k->a, all, S("|"), one) : one;
	}
	return all;
}

/* Without white space around comparators and bars. */
static str squeezed(struct convert *k, str s)
{
	struct buf b;

	buf_init(&b, k->a, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		size_t from = i, to = i;

		while (to < s.n && s.p[to] == ' ')
			to++;
		if (to == from) {
			buf_char(&b, s.p[i]);
			continue;
		}
		/* between two words it stays, and the range is none */
		if (from > 0 && to < s.n && !strchr("<>=!|", s.p[from - 1]) && !strchr("<>=!|", s.p[to]))
			buf_char(&b, ' ');
		i = to - 1;
	}
	return buf_str(&b);
}

static str without_prefix(str s, str prefix)
{
	return s.n >= prefix.n && str_eq_nocase(str_slice(s, 0, prefix.n), prefix) ? str_slice(s, prefix.n, s.n) : s;
}

/*
 * What people write and 2.1 does not read, where only one thing can be meant:
 * "All versions < V2.0", "vers:all/<V2.0", "< 2.0 | >= 3.0", "All versions".
 */
static str range_repaired(struct convert *k, str was)
{
	str rest = str_trim(without_prefix(was, S("vers:all/")));

	if (!str_eq(rest, S("*")))
		rest = str_trim(without_prefix(without_prefix(rest, S("all versions")), S("versions ")));
	if (!rest.n || str_eq(rest, S("*")))
		return S("vers:all/*");
	return squeezed(k, rest);
}

static void open_end_resolve(struct convert *k, struct node *b, struct node *name, struct range *r)
{
	struct vers_constraint *last = &r->vers.v[r->vers.n - 1];
	str was = name->text;

	if (r->vers.n == 1) {
		node_set_text(name, last->version);
		set_category(k, b, "product_version");
		convert_say(k, FINDING_WARNING, "ranges", name, last->op == VERS_GT ?
		            N_("The version range {1} has no upper end; it became the version {2}, although the range excludes it.") :
		            N_("The version range {1} has no upper end; it became the version {2}."), was, last->version);
		return;
	}
	if (last->op == VERS_GE && (r->vers.v[r->vers.n - 2].op == VERS_LT || r->vers.v[r->vers.n - 2].op == VERS_LE)) {
		last->op = VERS_EQ;
		node_set_text(name, range_print(k, r));
		convert_say(k, FINDING_WARNING, "ranges", name, N_("The version range {1} has no upper end; it became {2}."), was,
		            name->text);
		return;
	}
	convert_say(k, FINDING_ERROR, "ranges", name, N_("The version range {1} has no upper end; that could not be resolved."),
	            was, STR_NONE);
}

/* meets CSAF-2.1 9.1.18: ranges without an upper end, and of a single version */
static void range_convert(struct convert *k, struct node *b)
{
	struct node *name = node_get(k->a, b, "name");
	struct range r;
	str was;

	if (!is_a(k, b, "product_version_range") || !node_text(name).n)
		return;
	was = name->text;
	range_read(k->c, was, &r);
	if (r.kind == RANGE_BAD) {
		str read = range_repaired(k, was);

		range_read(k->c, read, &r);
		if (r.kind == RANGE_BAD)
			return;
		node_set_text(name, read);
		convert_say(k, FINDING_WARNING, "ranges", name, N_("The version range {1} is not of a form that CSAF 2.1 reads; it was taken for {2}."),
		            was, read);
		was = read;
	}
	if (!r.vers.n)
		return;
	if (r.vers.n == 1 && r.vers.v[0].op == VERS_EQ) {
		set_category(k, b, "product_version");
		convert_say(k, FINDING_WARNING, "ranges", name, N_("The version range {1} is the single version {2}, and became that."), was,
		            r.vers.v[0].version);
		if (r.kind == RANGE_VERS)
			node_set_text(name, r.vers.v[0].version);
		return;
	}
	if (r.vers.v[r.vers.n - 1].op == VERS_GE || r.vers.v[r.vers.n - 1].op == VERS_GT)
		open_end_resolve(k, b, name, &r);
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
	each_branch(k, list, range_convert);
}
