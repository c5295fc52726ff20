/* Tests of single version ranges (2.1). */
#include "standards/csaf/csaf_rule.h"

#include "standards/csaf/csaf_range.h"

typedef void range_fn(struct review *r, const struct branch *b, const struct range *range);

static bool in_category(const struct branch *b, str category)
{
	return str_eq(json_get_str(b->node, S("category")), category);
}

static str name_of(const struct branch *b)
{
	return json_get_str(b->node, S("name"));
}

static void each_range(struct review *r, range_fn *fn)
{
	for (size_t i = 0; i < r->branches.n; i++)
		if (in_category(r->branches.v[i], S("product_version_range")) && name_of(r->branches.v[i]).p)
			fn(r, r->branches.v[i], range_of(r, r->branches.v[i]));
}

static str name_at(struct review *r, const struct branch *b)
{
	return STR_CAT(r->c->arena, branch_pointer(r->c->arena, b), S("/name"));
}

/* A vers without a type is of a scheme nobody knows; 6.2.18 and 6.2.51 judge that. */
static bool typeless(str name)
{
	return str_starts(name, S("vers:/"));
}

static void check_rules(struct review *r, const struct branch *b, const struct range *range)
{
	if (range->kind == RANGE_BAD && !typeless(name_of(b)))
		FIND_AT(r, range->why, range->arg, STR_NONE, name_at(r, b));
	else if (range->kind == RANGE_BAD && review_room(r))
		review_tell(r, CSAF_WARNING, N_("The range names no version scheme and was not checked."), STR_NONE, STR_NONE, name_at(r, b));
	else if (range->kind == RANGE_VERS && !range->vers.order && review_room(r))
		review_tell(r, CSAF_WARNING, N_("The version scheme {1} is not supported; the range was checked as far as possible."),
		            range->vers.type, STR_NONE, name_at(r, b));
}

/* meets CSAF-2.1 6.1.50 */
void rule_6_1_50(struct review *r)
{
	each_range(r, check_rules);
}

static void check_single(struct review *r, const struct branch *b, const struct range *range)
{
	if (range->kind != RANGE_BAD && range->vers.n == 1 && range->vers.v[0].op == VERS_EQ)
		FIND_AT(r, N_("The version range {1} is a single version."), name_of(b), STR_NONE, name_at(r, b));
}

/* meets CSAF-2.1 6.1.59 */
void rule_6_1_59(struct review *r)
{
	each_range(r, check_single);
}

/* The last constraint that includes anything is a lower bound, or all only exclude. */
static void check_open(struct review *r, const struct branch *b, const struct range *range)
{
	size_t n = range->vers.n;

	if (range->kind == RANGE_BAD || n == 0)
		return;
	while (n > 0 && range->vers.v[n - 1].op == VERS_NE)
		n--;
	if (n == 0 || range->vers.v[n - 1].op == VERS_GT || range->vers.v[n - 1].op == VERS_GE)
		FIND_AT(r, N_("The version range {1} has no upper end."), name_of(b), STR_NONE, name_at(r, b));
}

/* meets CSAF-2.1 6.2.49 */
void rule_6_2_49(struct review *r)
{
	each_range(r, check_open);
}

/* The type of a vers, also of one that is wrong otherwise. */
static str type_of(str name)
{
	return str_slice(name, 5, str_find(name, S("/"), 0));
}

static void check_type(struct review *r, const struct branch *b, UNUSED const struct range *range)
{
	str name = name_of(b), type = type_of(name);

	if (!str_starts(name, S("vers:")))
		return;
	if (vers_type_kind(type) == VERS_UNKNOWN)
		FIND_AT(r, N_("The type {1} of the version range is not registered and not supported."), type, STR_NONE,
		        name_at(r, b));
	else if (vers_type_kind(type) != VERS_RESERVED && !vers_type_order(type) && !str_eq(type, S("all")) &&
	         !str_eq(type, S("none")))
		FIND_AT(r, N_("The type {1} of the version range is registered, but not supported."), type, STR_NONE,
		        name_at(r, b));
}

/* meets CSAF-2.1 6.2.51 */
void rule_6_2_51(struct review *r)
{
	each_range(r, check_type);
}
