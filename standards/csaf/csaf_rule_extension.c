/* Tests of extensions (2.1 section 2.4). */
#include "standards/csaf/csaf_rule.h"

#include "platform/json/schema.h"
#include "standards/csaf/extension.h"

/* Where extensions may stand, in the order of the standard. */
enum extension_place { AT_DOCUMENT, AT_BRANCH, AT_NAME, AT_PATH, AT_METRIC, AT_VULNERABILITY, AT_ROOT };

/* One x_extensions of the document. */
struct extended {
	enum extension_place place;
	const struct json *list;
	str pointer;
};
typedef void extended_fn(struct review *r, const struct extended *x);
typedef void extension_fn(struct review *r, const struct json *extension, str pointer);

static void list_at(struct review *r, const struct json *holder, enum extension_place place, str at, extended_fn *fn)
{
	const struct json *list = json_get(holder, S("x_extensions"));

	if (list)
		fn(r, &(struct extended){ place, list, STR_CAT(r->c->arena, at, S("/x_extensions")) });
}

static void lists_of_products(struct review *r, extended_fn *fn)
{
	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];

		if (json_get(p->name, S("x_extensions")))
			list_at(r, p->name, p->place == IN_BRANCH ? AT_BRANCH : p->place == IN_NAMES ? AT_NAME : AT_PATH,
			        product_pointer(r->c->arena, p), fn);
	}
}

static void lists_of_vulnerabilities(struct review *r, extended_fn *fn)
{
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		const struct json *metrics = json_get(v, S("metrics"));
		size_t i = index_in(r->vulnerabilities, v);

		for (JSON_ITEMS(x, metrics))
			if (json_get(json_get(x, S("content")), S("x_extensions")))
				list_at(r, json_get(x, S("content")), AT_METRIC,
				        str_fmt(r->c->arena, "/vulnerabilities/%zu/metrics/%zu/content", i, index_in(metrics, x)), fn);
		if (json_get(v, S("x_extensions")))
			list_at(r, v, AT_VULNERABILITY, str_fmt(r->c->arena, "/vulnerabilities/%zu", i), fn);
	}
}

static void each_list(struct review *r, extended_fn *fn)
{
	list_at(r, r->document, AT_DOCUMENT, S("/document"), fn);
	lists_of_products(r, fn);
	lists_of_vulnerabilities(r, fn);
	list_at(r, r->root, AT_ROOT, S(""), fn);
}

static void items_of(struct review *r, const struct extended *x)
{
	extension_fn *fn = r->extension_fn;

	for (JSON_ITEMS(e, x->list))
		fn(r, e, STR_CAT(r->c->arena, x->pointer, str_fmt(r->c->arena, "/%zu", index_in(x->list, e))));
}

static void each_extension(struct review *r, extension_fn *fn)
{
	r->extension_fn = fn;
	each_list(r, items_of);
}

static void find_schema(struct review *r, const struct schema *schema, const struct json *e, str pointer)
{
	struct schema_errors *errors;

	if (schema_check(schema, r->c, e, NULL))
		return;
	errors = arena_alloc(r->c->arena, sizeof(*errors));
	if (!errors) {
		r->full = true;
		return;
	}
	(void)schema_check(schema, r->c, e, errors);
	for (size_t i = 0; i < errors->n; i++)
		FIND_AT(r, errors->v[i].text, errors->v[i].arg[0], errors->v[i].arg[1],
		        STR_CAT(r->c->arena, pointer, errors->v[i].pointer));
}

static void check_content(struct review *r, const struct json *e, str pointer)
{
	find_schema(r, csaf_schema(SCHEMA_CONTENT), e, pointer);
}

/* meets CSAF-2.1 6.1.60.1 */
void rule_6_1_60_1(struct review *r)
{
	each_extension(r, check_content);
}

static str name_of(const struct json *extension)
{
	return json_get_str(extension, S("$schema"));
}

/* The standard wants to know of each extension that is not supported. */
static void tell_unknown(struct review *r, const struct json *e, str pointer)
{
	if (review_room(r))
		review_tell(r, CSAF_WARNING, N_("The experimental extension {1} is not supported and was not checked."),
		            name_of(e), STR_NONE, pointer);
}

static void check_declared(struct review *r, const struct json *e, str pointer)
{
	const struct extension *known = extension_find(name_of(e));

	if (known)
		find_schema(r, extension_schema(known), e, pointer);
	else if (name_of(e).p)
		tell_unknown(r, e, pointer);
}

/* meets CSAF-2.1 6.1.60.2 */
void rule_6_1_60_2(struct review *r)
{
	each_extension(r, check_declared);
}

/* How often an extension may stand at a place; in the metadata, product paths still bear their former name. */
static bool occurrences_max(const struct json *metadata, enum extension_place place, int64_t *max)
{
	static const char *const paths[] = {
		[AT_DOCUMENT] = "$.document.x_extensions",
		[AT_BRANCH]   = "$.product_tree.branches..product.x_extensions",
		[AT_NAME]     = "$.product_tree.full_product_names[*].x_extensions",
		[AT_PATH]     = "$.product_tree.relationships[*].full_product_name.x_extensions",
		[AT_METRIC]   = "$.vulnerabilities[*].metrics[*].content.x_extensions",
		[AT_VULNERABILITY] = "$.vulnerabilities[*].x_extensions",
		[AT_ROOT]     = "$.x_extensions",
	};
	const struct json *location = json_get(json_get(metadata, S("requirement")), str_of(paths[place]));

	return location && json_int(json_get(location, S("max_occurrence")), max);
}

static int64_t occurrences(const struct json *list, str name)
{
	int64_t n = 0;

	for (JSON_ITEMS(e, list))
		n += str_eq(name_of(e), name);
	return n;
}

static void check_beside(struct review *r, const struct extended *x, const struct json *metadata,
                         const struct json *e, str pointer)
{
	for (JSON_ITEMS(other, json_get(metadata, S("incompatible_extensions"))))
		if (occurrences(x->list, json_str(other)))
			FIND_AT(r, N_("The extension {1} must not be used together with {2}."), name_of(e), json_str(other), pointer);
}

static void check_metadata(struct review *r, const struct extended *x)
{
	for (JSON_ITEMS(e, x->list)) {
		const struct extension *known = extension_find(name_of(e));
		const struct json *metadata   = known ? extension_metadata(r->c, known) : NULL;
		str     pointer = STR_CAT(r->c->arena, x->pointer, str_fmt(r->c->arena, "/%zu", index_in(x->list, e)));
		int64_t max;

		if (!known && name_of(e).p)
			tell_unknown(r, e, pointer);
		if (!metadata)
			continue;
		if (occurrences_max(metadata, x->place, &max) && occurrences(x->list, name_of(e)) > max)
			FIND_AT(r, N_("The extension {1} stands here more often than the {2} times it may."), name_of(e),
			        str_fmt(r->c->arena, "%lld", (long long)max), pointer);
		check_beside(r, x, metadata, e, pointer);
	}
}

/* meets CSAF-2.1 6.1.60.3 */
void rule_6_1_60_3(struct review *r)
{
	each_list(r, check_metadata);
}

/* No extension is registered or official yet (lists of the TC, 2026-08): all are experimental. */
static void find_experimental(struct review *r, const struct json *e, str pointer)
{
	FIND_AT(r, N_("The extension {1} is experimental."), name_of(e), STR_NONE, pointer);
}

static void find_unregistered(struct review *r, const struct json *e, str pointer)
{
	FIND_AT(r, N_("The extension {1} is not registered."), name_of(e), STR_NONE, pointer);
}

static void find_unofficial(struct review *r, const struct json *e, str pointer)
{
	FIND_AT(r, N_("The extension {1} is not an official one."), name_of(e), STR_NONE, pointer);
}

/* meets CSAF-2.1 6.2.54.1 */
void rule_6_2_54_1(struct review *r)
{
	each_extension(r, find_unregistered);
}

/* meets CSAF-2.1 6.2.54.2 */
void rule_6_2_54_2(struct review *r)
{
	each_extension(r, find_unofficial);
}

static void check_critical(struct review *r, const struct json *e, str pointer)
{
	if (!json_is(json_get(e, S("critical")), JSON_FALSE))
		FIND_AT(r, N_("The extension {1} is critical."), name_of(e), STR_NONE,
		        STR_CAT(r->c->arena, pointer, S("/critical")));
}

/* meets CSAF-2.1 6.2.54.3 */
void rule_6_2_54_3(struct review *r)
{
	each_extension(r, check_critical);
}

/* meets CSAF-2.1 6.2.54.4 */
void rule_6_2_54_4(struct review *r)
{
	if (tlp_clear(r))
		each_extension(r, find_experimental);
}

static void check_essential(struct review *r, const struct json *e, str pointer)
{
	if (str_eq(json_get_str(e, S("category")), S("essential")))
		FIND_AT(r, N_("The extension {1} is essential: who does not know it may miss something."), name_of(e),
		        STR_NONE, STR_CAT(r->c->arena, pointer, S("/category")));
}

/* meets CSAF-2.1 6.3.21.1 */
void rule_6_3_21_1(struct review *r)
{
	each_extension(r, check_essential);
}

/* meets CSAF-2.1 6.3.21.2 */
void rule_6_3_21_2(struct review *r)
{
	if (!tlp_clear(r))
		each_extension(r, find_experimental);
}

/* 6.3.21.3 to .9 ask for one place each, in the order of enum extension_place. */
static void find_list(struct review *r, const struct extended *x)
{
	if (r->rule->id[7] - '3' == (int)x->place)
		FIND_AT(r, N_("Extensions are used here."), STR_NONE, STR_NONE, x->pointer);
}

/* meets CSAF-2.1 6.3.21.3 */
void rule_6_3_21_3(struct review *r)
{
	each_list(r, find_list);
}

/* meets CSAF-2.1 6.3.21.4 */
void rule_6_3_21_4(struct review *r)
{
	each_list(r, find_list);
}

/* meets CSAF-2.1 6.3.21.5 */
void rule_6_3_21_5(struct review *r)
{
	each_list(r, find_list);
}

/* meets CSAF-2.1 6.3.21.6 */
void rule_6_3_21_6(struct review *r)
{
	each_list(r, find_list);
}

/* meets CSAF-2.1 6.3.21.7 */
void rule_6_3_21_7(struct review *r)
{
	each_list(r, find_list);
}

/* meets CSAF-2.1 6.3.21.8 */
void rule_6_3_21_8(struct review *r)
{
	each_list(r, find_list);
}

/* meets CSAF-2.1 6.3.21.9 */
void rule_6_3_21_9(struct review *r)
{
	each_list(r, find_list);
}
