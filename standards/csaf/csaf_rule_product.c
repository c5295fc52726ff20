/* Tests of the product tree. */
#include "standards/csaf/csaf_rule.h"

#include <string.h>

static void missing_product(struct review *r, const struct reference *ref)
{
	uint32_t at = id_find(&r->ids, ref->id);

	if (at == UINT32_MAX || !r->product_of[at])
		FIND_AT(r, N_("The product {1} is not defined in the product tree."), ref->id, STR_NONE,
		            reference_pointer(r->c->arena, ref));
}

/* meets CSAF-2.0 6.1.1 */
void rule_6_1_1(struct review *r)
{
	each_product_reference(r, missing_product);
}

/* meets CSAF-2.0 6.1.2 */
void rule_6_1_2(struct review *r)
{
	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];

		if (p->number != UINT32_MAX && r->product_of[p->number] != i + 1)
			FIND_AT(r, N_("The product {1} is defined more than once."), p->id, STR_NONE,
			            STR_CAT(r->c->arena, product_pointer(r->c->arena, p), S("/product_id")));
	}
}

static void missing_group(struct review *r, const struct reference *ref)
{
	if (id_find(&r->group_ids, ref->id) == UINT32_MAX)
		FIND_AT(r, N_("The product group {1} is not defined in the product tree."), ref->id,
		            STR_NONE, reference_pointer(r->c->arena, ref));
}

/* meets CSAF-2.0 6.1.4 */
void rule_6_1_4(struct review *r)
{
	each_group_reference(r, missing_group);
}

/* meets CSAF-2.0 6.1.5 */
void rule_6_1_5(struct review *r)
{
	const struct json *groups = json_get(r->tree, S("product_groups"));
	struct id_map seen = { 0 };

	for (JSON_ITEMS(g, groups)) {
		str    id = json_get_str(g, S("group_id"));
		size_t before = seen.n;

		if (!id.p)
			continue;
		(void)id_add(r->c->arena, &seen, id);
		if (seen.n == before)
			FIND(r, N_("The product group {1} is defined more than once."), id, STR_NONE,
			     "/product_tree/product_groups/%zu/group_id", index_in(groups, g));
	}
}

static const struct json *identity_of(const struct product *p)
{
	return json_get(p->name, S("product_identification_helper"));
}

static void find_hash(struct review *r, const struct product *p, const char *text, str one,
                      size_t file, const char *rest)
{
	FIND_AT(r, text, one, STR_NONE,
	            STR_CAT(r->c->arena, product_pointer(r->c->arena, p),
	                    str_fmt(r->c->arena, "/product_identification_helper/hashes/%zu/file_hashes%s",
	                            file, rest)));
}

typedef void hashes_fn(struct review *r, const struct product *p, size_t file, const struct json *list);

static void each_hashes(struct review *r, hashes_fn *fn)
{
	for (size_t i = 0; i < r->products.n; i++) {
		const struct json *files = json_get(identity_of(&r->products.v[i]), S("hashes"));

		for (JSON_ITEMS(f, files))
			fn(r, &r->products.v[i], index_in(files, f), json_get(f, S("file_hashes")));
	}
}

/* True when an item before h has the same algorithm (the map serves long lists). */
static bool algorithm_seen(struct review *r, struct id_map *seen, const struct json *list,
                           const struct json *h)
{
	str    name   = json_get_str(h, S("algorithm"));
	size_t before = seen->n;

	if (!name.p)
		return false;
	if (list->n > 16) {
		(void)id_add(r->c->arena, seen, name);
		return seen->n == before;
	}
	for (const struct json *x = list->item; x < h; x++)
		if (str_eq(json_get_str(x, S("algorithm")), name))
			return true;
	return false;
}

static void same_algorithm(struct review *r, const struct product *p, size_t file,
                           const struct json *list)
{
	struct id_map seen = { 0 };

	for (JSON_ITEMS(h, list))
		if (algorithm_seen(r, &seen, list, h))
			find_hash(r, p, N_("The hash algorithm {1} is used more than once for one file."),
			          json_get_str(h, S("algorithm")), file,
			          cstr(r->c->arena, str_fmt(r->c->arena, "/%zu/algorithm", index_in(list, h))));
}

/* meets CSAF-2.0 6.1.25 */
void rule_6_1_25(struct review *r)
{
	each_hashes(r, same_algorithm);
}

static void only_algorithm(struct review *r, const struct product *p, size_t file,
                           const struct json *list, str name)
{
	for (JSON_ITEMS(h, list))
		if (!str_eq(json_get_str(h, S("algorithm")), name))
			return;
	if (json_count(list))
		find_hash(r, p, N_("{1} is the only hash algorithm of this file."), name, file, "");
}

static void only_md5(struct review *r, const struct product *p, size_t file, const struct json *list)
{
	only_algorithm(r, p, file, list, S("md5"));
}

static void only_sha1(struct review *r, const struct product *p, size_t file, const struct json *list)
{
	only_algorithm(r, p, file, list, S("sha1"));
}

/* meets CSAF-2.0 6.2.8 */
void rule_6_2_8(struct review *r)
{
	each_hashes(r, only_md5);
}

/* meets CSAF-2.0 6.2.9 */
void rule_6_2_9(struct review *r)
{
	each_hashes(r, only_sha1);
}

static void short_hash(struct review *r, const struct product *p, size_t file, const struct json *list)
{
	for (JSON_ITEMS(h, list)) {
		str value = json_get_str(h, S("value"));

		if (value.p && value.n < 64)
			find_hash(r, p, N_("The hash value {1} is shorter than 64 characters."), value, file,
			          cstr(r->c->arena, str_fmt(r->c->arena, "/%zu/value", index_in(list, h))));
	}
}

/* meets CSAF-2.0 6.3.5 */
void rule_6_3_5(struct review *r)
{
	each_hashes(r, short_hash);
}

static void mark_reference(struct review *r, const struct reference *ref)
{
	uint32_t at = id_find(&r->ids, ref->id);

	if (at != UINT32_MAX && !r->mark[at]) {
		r->touched[r->touches++] = at;
		r->mark[at] = 1;
	}
}

/* meets CSAF-2.0 6.2.1 */
void rule_6_2_1(struct review *r)
{
	if (str_eq(r->category, S("csaf_informational_advisory")))
		return;
	each_product_reference(r, mark_reference);
	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];

		if (p->number != UINT32_MAX && !r->mark[p->number])
			FIND_AT(r, N_("The product {1} is defined but never used."), p->id, STR_NONE,
			            STR_CAT(r->c->arena, product_pointer(r->c->arena, p), S("/product_id")));
	}
}

/* meets CSAF-2.0 6.2.16 */
void rule_6_2_16(struct review *r)
{
	for (size_t i = 0; i < r->products.n; i++)
		if (!identity_of(&r->products.v[i]))
			FIND_AT(r, N_("The product {1} has no identification helper."),
			            r->products.v[i].id, STR_NONE,
			            product_pointer(r->c->arena, &r->products.v[i]));
}
