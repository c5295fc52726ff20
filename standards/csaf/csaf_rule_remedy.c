/* Tests of remediations against each other and against the product status (2.1 section 3.2.4.16.1). */
#include "standards/csaf/csaf_rule.h"

enum {
	WORKAROUND = 1, MITIGATION = 2, VENDOR_FIX = 4, OPTIONAL_PATCH = 8, NONE_AVAILABLE = 16,
	FIX_PLANNED = 32, NO_FIX_PLANNED = 64, ALL_KINDS = 127,
	AFFECTED = 128, NOT_AFFECTED = 256, FIXED = 512, INVESTIGATED = 1024, NOT_KNOWN = 2048,
};

/* Which other categories a category excludes, and what table 2 says of the status groups. */
static const struct { const char *category; uint32_t bit, against, prohibited, discouraged; } kinds[] = {
	{ "workaround", WORKAROUND, OPTIONAL_PATCH | NONE_AVAILABLE, NOT_AFFECTED | FIXED, INVESTIGATED | NOT_KNOWN },
	{ "mitigation", MITIGATION, OPTIONAL_PATCH | NONE_AVAILABLE, NOT_AFFECTED | FIXED, INVESTIGATED | NOT_KNOWN },
	{ "vendor_fix", VENDOR_FIX, OPTIONAL_PATCH | NONE_AVAILABLE | FIX_PLANNED | NO_FIX_PLANNED,
	  NOT_AFFECTED | FIXED, INVESTIGATED | NOT_KNOWN },
	{ "optional_patch", OPTIONAL_PATCH, ALL_KINDS & ~OPTIONAL_PATCH, AFFECTED, FIXED },
	{ "none_available", NONE_AVAILABLE, ALL_KINDS & ~NONE_AVAILABLE, NOT_AFFECTED | FIXED, 0 },
	{ "fix_planned", FIX_PLANNED, VENDOR_FIX | OPTIONAL_PATCH | NONE_AVAILABLE | NO_FIX_PLANNED, FIXED,
	  NOT_AFFECTED | INVESTIGATED | NOT_KNOWN },
	{ "no_fix_planned", NO_FIX_PLANNED, VENDOR_FIX | OPTIONAL_PATCH | NONE_AVAILABLE | FIX_PLANNED, FIXED,
	  NOT_AFFECTED },
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

static const struct { const char *key; uint32_t group; } statuses[] = {
	{ "first_affected", AFFECTED }, { "known_affected", AFFECTED }, { "last_affected", AFFECTED },
	{ "known_not_affected", NOT_AFFECTED }, { "first_fixed", FIXED }, { "fixed", FIXED },
	{ "under_investigation", INVESTIGATED }, { "unknown", NOT_KNOWN },
};

/* Place in kinds, or -1. */
static int kind_of(const struct json *remediation)
{
	str category = json_get_str(remediation, S("category"));

	for (int k = 0; k < KINDS; k++)
		if (str_eq(category, str_of(kinds[k].category)))
			return k;
	return -1;
}

/* The name of what is in the bits: the first of them. */
static str name_of(uint32_t bits)
{
	for (int k = 0; k < KINDS; k++)
		if (bits & kinds[k].bit)
			return str_of(kinds[k].category);
	return bits & AFFECTED ? S("affected") : bits & NOT_AFFECTED ? S("not affected") : bits & FIXED ? S("fixed")
	     : bits & INVESTIGATED ? S("under investigation") : S("unknown");
}

/* What is known of a group: by category the place of the product that clashes + 1, or NO_CLASH. */
struct memo { uint32_t at[KINDS]; };
enum { NOT_ASKED = 0 };
#define NO_CLASH UINT32_MAX

struct bench {
	struct review *r;
	struct memo   *memo;      /* by group number */
	const char    *text;
	uint32_t     (*wrong)(int kind);
};

/* The product of the group that bears one of the bits; each group is walked once a category. */
static str clash_in(struct bench *b, uint32_t group, int kind)
{
	const struct json *ids = b->r->group[group];
	uint32_t *at = &b->memo[group].at[kind], wrong = b->wrong(kind);

	if (*at == NOT_ASKED) {
		*at = NO_CLASH;
		for (JSON_ITEMS(x, ids))
			if (mark_of(b->r, json_str(x)) & wrong) {
				*at = (uint32_t)index_in(ids, x) + 1;
				break;
			}
	}
	return *at == NO_CLASH ? STR_NONE : json_str(json_at(ids, *at - 1));
}

static str clash_of(struct bench *b, const struct json *item, int kind)
{
	for (JSON_ITEMS(x, json_get(item, S("product_ids"))))
		if (mark_of(b->r, json_str(x)) & b->wrong(kind))
			return json_str(x);
	for (JSON_ITEMS(g, json_get(item, S("group_ids")))) {
		uint32_t at = id_find(&b->r->group_ids, json_str(g));
		str      id = at == UINT32_MAX || !b->r->group[at] ? STR_NONE : clash_in(b, at, kind);

		if (id.p)
			return id;
	}
	return STR_NONE;
}

static void mark_all(struct review *r, const struct json *v)
{
	for (JSON_ITEMS(x, json_get(v, S("remediations")))) {
		int k = kind_of(x);

		if (k >= 0)
			mark_add_scope(r, x, kinds[k].bit);
	}
	for (size_t s = 0; s < sizeof(statuses) / sizeof(*statuses); s++)
		mark_add(r, json_get(json_get(v, S("product_status")), str_of(statuses[s].key)), statuses[s].group);
}

static void check_remediations(struct bench *b)
{
	struct review *r = b->r;

	b->memo = arena_alloc(r->c->arena, (r->group_ids.n + 1) * sizeof(*b->memo));
	if (!b->memo) {
		r->full = true;
		return;
	}
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		const struct json *list = json_get(v, S("remediations"));

		mark_all(r, v);
		for (JSON_ITEMS(x, list)) {
			int k  = kind_of(x);
			str id = k < 0 ? STR_NONE : clash_of(b, x, k);

			if (id.p)
				FIND(r, b->text, id, name_of(mark_of(r, id) & b->wrong(k)), "/vulnerabilities/%zu/remediations/%zu",
				     index_in(r->vulnerabilities, v), index_in(list, x));
		}
		for (size_t i = 0; i < r->group_touches; i++)
			b->memo[r->group_touched[i]] = (struct memo){ { NOT_ASKED } };
		mark_clear(r);
	}
}

static uint32_t against(int kind)
{
	return kinds[kind].against;
}

static uint32_t prohibited(int kind)
{
	return kinds[kind].prohibited;
}

static uint32_t discouraged(int kind)
{
	return kinds[kind].discouraged;
}

/* meets CSAF-2.1 6.1.35 */
void rule_6_1_35(struct review *r)
{
	struct bench b = { r, NULL, N_("The product {1} has a remediation {2} as well, which contradicts this one."), against };

	check_remediations(&b);
}

/* meets CSAF-2.1 6.1.36 */
void rule_6_1_36(struct review *r)
{
	struct bench b = { r, NULL, N_("The status of the product {1} is {2}, which contradicts this remediation."), prohibited };

	check_remediations(&b);
}

/* meets CSAF-2.1 6.2.27 */
void rule_6_2_27(struct review *r)
{
	struct bench b = { r, NULL, N_("The status of the product {1} is {2}; this remediation is discouraged then."), discouraged };

	check_remediations(&b);
}
