/* The rules about products: what identifies them, the notes about them, relationships. */
#include "standards/csaf/csaf_convert_part.h"

#include <string.h>

#include "base/list.h"
#include "standards/cpe/cpe.h"
#include "standards/csaf/csaf_rule.h"

/* ---- the products of the document ---- */

static void branch_products(struct convert *k, struct node *list, void (*fn)(struct convert *k, struct node *product))
{
	for (NODES(k->a, x, list)) {
		struct node *product = node_get(k->a, x, "product");

		if (product)
			fn(k, product);
		branch_products(k, node_get(k->a, x, "branches"), fn);
	}
}

void each_product(struct convert *k, void (*fn)(struct convert *k, struct node *product))
{
	static const char *const lists[] = { "relationships", "product_paths", NULL };

	branch_products(k, node_get(k->a, k->tree, "branches"), fn);
	for (NODES(k->a, x, node_get(k->a, k->tree, "full_product_names")))
		fn(k, x);
	for (size_t i = 0; lists[i]; i++)
		for (NODES(k->a, x, node_get(k->a, k->tree, lists[i])))
			if (node_get(k->a, x, "full_product_name"))
				fn(k, node_get(k->a, x, "full_product_name"));
}

static void name_add(struct convert *k, str name, str id)
{
	if (name.n && id.n && !list_push(k->a, &k->names, (struct named){ name, id }))
		k->full = true;
}

static void index_one(struct convert *k, struct node *product)
{
	str id = node_get_text(k->a, product, "product_id");

	if (!id.p)
		return;
	(void)id_add(k->a, &k->ids, id);
	name_add(k, node_get_text(k->a, product, "name"), id);
	/* the branches above: product, its list of members is theirs */
	for (struct node *b = product->up; b && b != k->tree; b = b->up ? b->up->up : NULL) {
		str category = node_get_text(k->a, b, "category");

		if (str_eq(category, S("product_name")) || str_eq(category, S("product_family")) ||
		    str_eq(category, S("product_version")))
			name_add(k, node_get_text(k->a, b, "name"), id);
	}
}

static int by_name(const void *x, const void *y)
{
	const struct named *p = x, *q = y;
	int r = str_cmp(p->name, q->name);

	return r ? r : str_cmp(p->id, q->id);
}

void index_products(struct convert *k)
{
	k->ids    = k->groups = (struct id_map){ 0 };
	k->names.n = 0;
	k->names.max = SIZE_MAX / 128;
	each_product(k, index_one);
	if (k->names.n)
		qsort(k->names.v, k->names.n, sizeof(*k->names.v), by_name);
	for (NODES(k->a, x, node_get(k->a, k->tree, "product_groups")))
		(void)id_add(k->a, &k->groups, node_get_text(k->a, x, "group_id"));
	k->group = NEWS(k->a, struct node *, k->groups.n + 1);
	for (NODES(k->a, x, node_get(k->a, k->tree, "product_groups")))
		k->group[id_find(&k->groups, node_get_text(k->a, x, "group_id"))] = node_get(k->a, x, "product_ids");
}

/* ---- notes that are about one product ---- */

static bool is_joint(char ch)
{
	return ch && strchr(" \t:;,|/-_()[]", ch);
}

/* What follows the words of the title: " for Example Device" gives "Example Device". */
static str extension_of(str title, str words)
{
	static const char *const joints[] = { "for ", "of ", "about ", NULL };
	str rest = str_slice(title, words.n, title.n);

	while (rest.n && is_joint(rest.p[0]))
		rest = str_slice(rest, 1, rest.n);
	for (size_t i = 0; joints[i]; i++)
		if (str_starts(rest, str_of(joints[i])))
			rest = str_slice(rest, strlen(joints[i]), rest.n);
	while (rest.n && is_joint(rest.p[rest.n - 1]))
		rest = str_slice(rest, 0, rest.n - 1);
	return str_trim(rest);
}

/* Every product of that name; false when there is none. */
static bool products_named(struct convert *k, str name, struct node *list)
{
	size_t low = 0, high = k->names.n;
	str    last = STR_NONE;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (str_cmp(k->names.v[mid].name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < k->names.n && str_eq(k->names.v[low].name, name); low++)
		if (!str_eq(last, k->names.v[low].id)) {
			last = k->names.v[low].id;
			node_add(k->a, list, NULL, node_string(k->a, last));
		}
	return last.p != NULL;
}

static void note_convert(struct convert *k, struct node *note, str words)
{
	str title = node_get_text(k->a, note, "title"), name;
	struct node *list;

	if (title.n <= words.n || !str_starts(title, words) || !is_joint(title.p[words.n]))
		return;
	name = extension_of(title, words);
	list = node_new(k->a, JSON_ARRAY);
	if (name.n && products_named(k, name, list)) {
		node_put(k->a, note, "product_ids", list);
		convert_say(k, FINDING_WARNING, "notes", note, N_("The note {1} may be about a product; it was given the products {2}."),
		            title, node_brief(k->a, list));
	} else {
		convert_say(k, FINDING_WARNING, "notes", note, N_("The note {1} may be about a product; none could be given to it."), title,
		            STR_NONE);
	}
}

/* meets CSAF-2.1 9.1.18: notes with an extended title */
void convert_notes(struct convert *k, struct node *notes, const char *const *pairs)
{
	for (NODES(k->a, x, notes))
		for (size_t i = 0; pairs[i]; i += 2)
			if (str_eq(node_get_text(k->a, x, "category"), str_of(pairs[i])))
				note_convert(k, x, str_of(pairs[i + 1]));
}

/* ---- identification ---- */

static void twice_tell(void *with, struct node *twice)
{
	struct convert *k = with;

	convert_warn(k, "duplicates", twice, N_("{1} occurs twice in a list that must not repeat; the second one was removed."), STR_NONE);
}

static str lowered(struct convert *k, str s)
{
	char *p = cstr(k->a, s);

	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 32);
	return (str){ p, s.n };
}

/* The algorithms of the standard's list (test 6.2.52), as it spells them. */
static const char *const algorithms[] = {
	"blake2b512", "blake2s256", "md4", "md5", "md5-sha1", "mdc2", "ripemd", "ripemd160", "rmd160", "sha1", "sha224", "sha256",
	"sha3-224", "sha3-256", "sha3-384", "sha3-512", "sha384", "sha512", "sha512-224", "sha512-256", "shake128",
	"shake256", "sm3", "ssl3-md5", "ssl3-sha1", "whirlpool", NULL,
};

static void algorithm_convert(struct convert *k, struct node *n)
{
	str folded;

	if (!n || n->kind != JSON_STRING || one_of(n->text, algorithms))
		return;
	folded = folded_name(k->a, n->text);
	for (size_t i = 0; algorithms[i]; i++)
		if (str_eq(folded, folded_name(k->a, str_of(algorithms[i])))) {
			node_set_text(n, str_of(algorithms[i]));
			return;
		}
	convert_warn(k, "hashes", n, N_("The hash algorithm {1} is not known; it was written as {2}."), lowered(k, n->text));
	node_set_text(n, lowered(k, n->text));
}

/* meets CSAF-2.1 9.1.18: spelling of hash algorithms, hashes in small letters */
static void hashes_convert(struct convert *k, struct node *hashes)
{
	for (NODES(k->a, x, hashes)) {
		struct node *files = node_get(k->a, x, "file_hashes");

		for (NODES(k->a, f, files)) {
			struct node *value = node_get(k->a, f, "value");

			algorithm_convert(k, node_get(k->a, f, "algorithm"));
			if (value && !str_eq(value->text, lowered(k, value->text)))
				node_set_text(value, lowered(k, value->text));
		}
		node_unique(k->a, files, twice_tell, k);
	}
	node_unique(k->a, hashes, twice_tell, k);
}

/* meets CSAF-2.1 9.1.18: numbers that are only a beginning end in a star */
static void numbers_convert(struct convert *k, struct node *numbers, const char *part, struct node *until)
{
	for (NODES(k->a, x, numbers)) {
		struct buf b;
		int    stars = 0;

		buf_init(&b, k->a, 2 * x->text.n + 2);
		for (size_t i = 0; i < x->text.n; i++) {
			if (x->text.p[i] == '\\')
				buf_char(&b, '\\');
			buf_char(&b, x->text.p[i]);
			stars += x->text.p[i] == '*';
		}
		if (!k->how->complete && !str_ends(x->text, S("*"))) {
			buf_char(&b, '*');
			stars++;
		}
		if (stars > 1) {
			convert_warn(k, part, x, N_("{1} would have several stars, which CSAF 2.1 does not allow; it was removed."),
			             STR_NONE);
			node_prune(x, until);
			continue;
		}
		if (str_eq(buf_str(&b), x->text))
			continue;
		if (b.p[b.n - 1] == '*' && !str_ends(x->text, S("*")))
			convert_warn(k, part, x, N_("{1} was taken for a beginning, and a star was added."), STR_NONE);
		node_set_text(x, buf_str(&b));
	}
}

/* The type of a package URL in small letters, as 2.1 wants it. */
static str purl_lowered(struct convert *k, str purl)
{
	size_t slash = str_find(purl, S("/"), 0);

	return slash == SIZE_MAX ? purl : STR_CAT(k->a, lowered(k, str_slice(purl, 0, slash)), str_slice(purl, slash, purl.n));
}

static void purl_convert(struct convert *k, struct node *purl)
{
	struct node *list = node_new(k->a, JSON_ARRAY), *item;

	if (!purl)
		return;
	item = node_string(k->a, purl_lowered(k, purl->text));
	item->from = purl->from;
	item->was  = purl->was;
	node_rename(k->a, purl, "purls");
	node_insert_after(purl, list);
	list->key = S("purls");
	node_add(k->a, list, NULL, item);
	node_remove(purl);
}

static void cpe_convert(struct convert *k, struct node *cpe, struct node *until)
{
	struct ctx quiet = *k->c;
	struct cpe name;

	if (!cpe || cpe_parse(&quiet, cpe->text, &name))
		return;
	convert_warn(k, "cpe", cpe, N_("{1} is no CPE and was removed."), STR_NONE);
	node_prune(cpe, until);
}

static void product_convert(struct convert *k, struct node *product)
{
	static const char *const lists[] = { "model_numbers", "serial_numbers", "skus", NULL };
	struct node *is = node_get(k->a, product, "product_identification_helper");

	if (!is)
		return;
	hashes_convert(k, node_get(k->a, is, "hashes"));
	purl_convert(k, node_get(k->a, is, "purl"));
	for (size_t i = 0; lists[i]; i++)
		numbers_convert(k, node_get(k->a, is, lists[i]), lists[i], is);
	cpe_convert(k, node_get(k->a, is, "cpe"), is);
	for (NODES(k->a, x, is))
		node_unique(k->a, x, twice_tell, k);
	if (node_is_empty(k->a, is))
		node_remove(is);
}

/* meets CSAF-2.1 9.1.18: each relationship is a product path of one step */
static void relationship_convert(struct convert *k, struct node *x)
{
	struct node *category = node_get(k->a, x, "category"), *to = node_get(k->a, x, "relates_to_product_reference");
	struct node *from = node_get(k->a, x, "product_reference"), *list = node_new(k->a, JSON_ARRAY);
	struct node *step = node_new(k->a, JSON_OBJECT);

	if (category) {
		node_remove(category);
		node_add(k->a, step, "category", category);
	}
	if (to) {
		node_remove(to);
		node_add(k->a, step, "next_product_reference", to);
	}
	if (from)
		node_rename(k->a, from, "beginning_product_reference");
	node_put(k->a, x, "subpaths", list);
	node_add(k->a, list, NULL, step);
}

void convert_products(struct convert *k)
{
	struct node *relationships = node_get(k->a, k->tree, "relationships");

	each_product(k, product_convert);
	for (NODES(k->a, x, relationships))
		relationship_convert(k, x);
	if (relationships) {
		convert_paths(k, relationships);
		node_rename(k->a, relationships, "product_paths");
	}
}
