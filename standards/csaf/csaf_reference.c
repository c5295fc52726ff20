/* Every place of a document that refers to products and groups. */
#include "standards/csaf/csaf_review.h"

static void each_id(struct review *r, reference_fn *fn, const struct json *ids, struct reference ref)
{
	for (JSON_ITEMS(x, ids)) {
		if (x->kind != JSON_STRING)
			continue;
		ref.id = json_str(x);
		ref.k  = index_in(ids, x);
		fn(r, &ref);
	}
}

static void each_relation(struct review *r, reference_fn *fn)
{
	static const char *const keys[] = { "product_reference", "relates_to_product_reference" };
	const struct json *relations = json_get(r->tree, S("relationships"));

	for (JSON_ITEMS(x, relations))
		for (int k = 0; k < 2; k++) {
			str id = json_get_str(x, str_of(keys[k]));

			if (id.p)
				fn(r, &(struct reference){ id, "relationships", keys[k], index_in(relations, x),
				                           0, 0, REF_RELATION });
		}
}

static void each_path(struct review *r, reference_fn *fn)
{
	const struct json *paths = json_get(r->tree, S("product_paths"));

	for (JSON_ITEMS(x, paths)) {
		const struct json *sub = json_get(x, S("subpaths"));
		str id = json_get_str(x, S("beginning_product_reference"));

		if (id.p)
			fn(r, &(struct reference){ id, "product_paths", "beginning_product_reference",
			                           index_in(paths, x), 0, 0, REF_RELATION });
		for (JSON_ITEMS(s, sub)) {
			id = json_get_str(s, S("next_product_reference"));
			if (id.p)
				fn(r, &(struct reference){ id, "product_paths", "next_product_reference",
				                           index_in(paths, x), index_in(sub, s), 0, REF_SUBPATH });
		}
	}
}

/* Lists of a vulnerability whose items name products and groups. */
static const struct scope { const char *list, *key; unsigned versions; bool groups; } scopes[] = {
	{ "remediations", "product_ids", CSAF_20 | CSAF_21, true },
	{ "scores", "products", CSAF_20, false },
	{ "metrics", "products", CSAF_21, false },
	{ "threats", "product_ids", CSAF_20 | CSAF_21, true },
	{ "flags", "product_ids", CSAF_20 | CSAF_21, true },
	{ "first_known_exploitation_dates", "product_ids", CSAF_21, true },
	{ "ids", "product_ids", CSAF_21, true },
	{ "involvements", "product_ids", CSAF_21, true },
	{ "notes", "product_ids", CSAF_21, true },
};
enum { SCOPES = sizeof(scopes) / sizeof(*scopes) };

static bool scope_counts(const struct review *r, const struct scope *s)
{
	return s->versions & (r->v21 ? CSAF_21 : CSAF_20);
}

static void each_note(struct review *r, reference_fn *fn, const char *key)
{
	const struct json *notes = json_get(r->document, S("notes"));

	for (JSON_ITEMS(x, r->v21 ? notes : NULL))
		each_id(r, fn, json_get(x, str_of(key)),
		        (struct reference){ .key = key, .i = index_in(notes, x), .kind = REF_NOTE });
}

void each_product_reference(struct review *r, reference_fn *fn)
{
	const struct json *groups = json_get(r->tree, S("product_groups"));

	for (JSON_ITEMS(g, groups))
		each_id(r, fn, json_get(g, S("product_ids")),
		        (struct reference){ .list = "product_groups", .key = "product_ids",
		                            .i = index_in(groups, g), .kind = REF_GROUP });
	(r->v21 ? each_path : each_relation)(r, fn);
	each_note(r, fn, "product_ids");
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		size_t i = index_in(r->vulnerabilities, v);

		for (JSON_MEMBERS(m, json_get(v, S("product_status"))))
			each_id(r, fn, &m->value,
			        (struct reference){ .list = "product_status", .i = i, .kind = REF_STATUS,
			                            .key = cstr(r->c->arena, json_key(m)) });
		for (size_t s = 0; s < SCOPES; s++) {
			const struct json *list = json_get(v, str_of(scopes[s].list));

			for (JSON_ITEMS(x, scope_counts(r, &scopes[s]) ? list : NULL))
				each_id(r, fn, json_get(x, str_of(scopes[s].key)),
				        (struct reference){ .list = scopes[s].list, .key = scopes[s].key, .i = i,
				                            .j = index_in(list, x), .kind = REF_ITEM });
		}
	}
}

void each_group_reference(struct review *r, reference_fn *fn)
{
	each_note(r, fn, "group_ids");
	for (JSON_ITEMS(v, r->vulnerabilities))
		for (size_t s = 0; s < SCOPES; s++) {
			const struct json *list = json_get(v, str_of(scopes[s].list));

			for (JSON_ITEMS(x, scopes[s].groups && scope_counts(r, &scopes[s]) ? list : NULL))
				each_id(r, fn, json_get(x, S("group_ids")),
				        (struct reference){ .list = scopes[s].list, .key = "group_ids",
				                            .i = index_in(r->vulnerabilities, v),
				                            .j = index_in(list, x), .kind = REF_ITEM });
		}
}

str reference_pointer(struct arena *a, const struct reference *ref)
{
	switch (ref->kind) {
	case REF_GROUP:
		return str_fmt(a, "/product_tree/product_groups/%zu/product_ids/%zu", ref->i, ref->k);
	case REF_RELATION:
		return str_fmt(a, "/product_tree/%s/%zu/%s", ref->list, ref->i, ref->key);
	case REF_SUBPATH:
		return str_fmt(a, "/product_tree/product_paths/%zu/subpaths/%zu/%s", ref->i, ref->j, ref->key);
	case REF_STATUS:
		return str_fmt(a, "/vulnerabilities/%zu/product_status/%s/%zu", ref->i, ref->key, ref->k);
	case REF_NOTE:
		return str_fmt(a, "/document/notes/%zu/%s/%zu", ref->i, ref->key, ref->k);
	case REF_ITEM:
		break;
	}
	return str_fmt(a, "/vulnerabilities/%zu/%s/%zu/%s/%zu", ref->i, ref->list, ref->j, ref->key, ref->k);
}
