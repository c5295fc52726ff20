/* Tests of product status and of what is said about products: remediations, flags, scores, threats. */
#include "standards/csaf/csaf_rule.h"

enum {
	AFFECTED = 1, NOT_AFFECTED = 2, FIXED = 4, INVESTIGATED = 8, NOT_KNOWN = 16, GROUPS = 31,
	COVERED = 32, FLAGGED = 64,
};

static const struct { const char *key; uint32_t group; } statuses[] = {
	{ "first_affected", AFFECTED }, { "known_affected", AFFECTED }, { "last_affected", AFFECTED },
	{ "known_not_affected", NOT_AFFECTED }, { "first_fixed", FIXED }, { "fixed", FIXED },
	{ "under_investigation", INVESTIGATED }, { "unknown", NOT_KNOWN },
};
enum { STATUSES = sizeof(statuses) / sizeof(*statuses) };

/* "unknown" is new in 2.1. */
static int status_count(const struct review *r)
{
	return r->v21 ? STATUSES : STATUSES - 1;
}

static const char *group_name(uint32_t bits)
{
	return bits & AFFECTED ? "affected" : bits & NOT_AFFECTED ? "not affected"
	     : bits & FIXED ? "fixed" : bits & INVESTIGATED ? "under investigation" : "unknown";
}

static size_t place_of(const struct review *r, const struct json *v)
{
	return index_in(r->vulnerabilities, v);
}

/* meets CSAF-2.0 6.1.6 */
void rule_6_1_6(struct review *r)
{
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		const struct json *status = json_get(v, S("product_status"));

		for (int s = 0; s < status_count(r); s++) {
			const struct json *list = json_get(status, str_of(statuses[s].key));

			for (JSON_ITEMS(x, list)) {
				uint32_t other = mark_of(r, json_str(x)) & GROUPS & ~statuses[s].group;

				if (other)
					FIND(r, N_("The product {1} is also in the group {2}."), json_str(x),
					     str_of(group_name(other)), "/vulnerabilities/%zu/product_status/%s/%zu",
					     place_of(r, v), statuses[s].key, index_in(list, x));
			}
			mark_add(r, list, statuses[s].group);
		}
		mark_clear(r);
	}
}

/* Every product in the groups that is not marked COVERED is a finding. */
static void find_uncovered(struct review *r, const struct json *v, uint32_t groups, const char *text)
{
	for (int s = 0; s < STATUSES; s++) {
		const struct json *list = json_get(json_get(v, S("product_status")), str_of(statuses[s].key));

		if (!(statuses[s].group & groups))
			continue;
		for (JSON_ITEMS(x, list))
			if (!(mark_of(r, json_str(x)) & COVERED))
				FIND(r, text, json_str(x), STR_NONE, "/vulnerabilities/%zu/product_status/%s/%zu",
				     place_of(r, v), statuses[s].key, index_in(list, x));
	}
	mark_clear(r);
}

/* meets CSAF-2.0 6.2.2 */
void rule_6_2_2(struct review *r)
{
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		for (JSON_ITEMS(x, json_get(v, S("remediations"))))
			mark_add_scope(r, x, COVERED);
		find_uncovered(r, v, AFFECTED | INVESTIGATED, N_("There is no remediation for the product {1}."));
	}
}

/* meets CSAF-2.0 6.2.3; CSAF-2.1 6.2.3 */
void rule_6_2_3(struct review *r)
{
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		for (JSON_ITEMS(x, json_get(v, r->v21 ? S("metrics") : S("scores"))))
			mark_add(r, json_get(x, S("products")), COVERED);
		find_uncovered(r, v, AFFECTED, N_("There is no score for the product {1}."));
	}
}

static bool is_vex(const struct review *r)
{
	return str_eq(r->category, S("csaf_vex"));
}

/* Every item of one status list that is not COVERED. */
static void find_list(struct review *r, const struct json *v, const char *key, const char *text)
{
	const struct json *list = json_get(json_get(v, S("product_status")), str_of(key));

	for (JSON_ITEMS(x, list))
		if (!(mark_of(r, json_str(x)) & COVERED))
			FIND(r, text, json_str(x), STR_NONE, "/vulnerabilities/%zu/product_status/%s/%zu",
			     place_of(r, v), key, index_in(list, x));
	mark_clear(r);
}

/* meets CSAF-2.0 6.1.27.9 */
void rule_6_1_27_9(struct review *r)
{
	for (JSON_ITEMS(v, is_vex(r) ? r->vulnerabilities : NULL)) {
		for (JSON_ITEMS(x, json_get(v, S("flags"))))
			mark_add_scope(r, x, COVERED);
		for (JSON_ITEMS(x, json_get(v, S("threats"))))
			if (str_eq(json_get_str(x, S("category")), S("impact")))
				mark_add_scope(r, x, COVERED);
		find_list(r, v, "known_not_affected",
		          N_("It is not said why the product {1} is not affected."));
	}
}

/* meets CSAF-2.0 6.1.27.10 */
void rule_6_1_27_10(struct review *r)
{
	for (JSON_ITEMS(v, is_vex(r) ? r->vulnerabilities : NULL)) {
		for (JSON_ITEMS(x, json_get(v, S("remediations"))))
			mark_add_scope(r, x, COVERED);
		find_list(r, v, "known_affected",
		          N_("It is not said what to do about the affected product {1}."));
	}
}

/* Every product of the status that no id is for. */
static void find_nameless(struct review *r, const struct json *v)
{
	for (JSON_ITEMS(x, json_get(v, S("ids")))) {
		if (!json_get(x, S("product_ids")) && !json_get(x, S("group_ids"))) {
			mark_clear(r);
			return;
		}
		mark_add_scope(r, x, COVERED);
	}
	for (JSON_MEMBERS(m, json_get(v, S("product_status"))))
		for (JSON_ITEMS(x, &m->value))
			if (!(mark_of(r, json_str(x)) & COVERED))
				FIND(r, N_("No id of the vulnerability is for the product {1}."), json_str(x), STR_NONE,
				     "/vulnerabilities/%zu/product_status/%s/%zu", place_of(r, v),
				     cstr(r->c->arena, json_key(m)), index_in(&m->value, x));
	mark_clear(r);
}

/* meets CSAF-2.0 6.1.27.8, CSAF-2.1 6.1.27.8 */
void rule_6_1_27_8(struct review *r)
{
	for (JSON_ITEMS(v, is_vex(r) ? r->vulnerabilities : NULL)) {
		if (!json_get(v, S("cve")) && !json_get(v, S("ids")))
			FIND(r, N_("The vulnerability has neither a CVE nor another id."), STR_NONE, STR_NONE,
			     "/vulnerabilities/%zu", place_of(r, v));
		else if (r->v21 && !json_get(v, S("cve")))
			find_nameless(r, v);
	}
}

static void find_unscoped(struct review *r, const char *key, const char *text)
{
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		const struct json *list = json_get(v, str_of(key));

		for (JSON_ITEMS(x, list))
			if (!json_get(x, S("product_ids")) && !json_get(x, S("group_ids")))
				FIND(r, text, STR_NONE, STR_NONE, "/vulnerabilities/%zu/%s/%zu",
				     place_of(r, v), key, index_in(list, x));
	}
}

/* meets CSAF-2.0 6.1.29 */
void rule_6_1_29(struct review *r)
{
	find_unscoped(r, "remediations", N_("The remediation names no products."));
}

/* meets CSAF-2.0 6.1.32 */
void rule_6_1_32(struct review *r)
{
	find_unscoped(r, "flags", N_("The flag names no products."));
}

/* A product of this flag that an earlier flag has too. */
static str flagged_twice(const struct review *r, const struct json *flag)
{
	for (JSON_ITEMS(x, json_get(flag, S("product_ids"))))
		if (mark_of(r, json_str(x)) & FLAGGED)
			return json_str(x);
	for (JSON_ITEMS(g, json_get(flag, S("group_ids")))) {
		uint32_t at = id_find(&r->group_ids, json_str(g));
		const struct json *ids = at == UINT32_MAX ? NULL : r->group[at];

		if (ids && r->group_mark[at] & FLAGGED)
			return json_str(json_at(ids, 0));
		for (JSON_ITEMS(x, ids))
			if (mark_of(r, json_str(x)) & FLAGGED)
				return json_str(x);
	}
	return STR_NONE;
}

/* meets CSAF-2.0 6.1.33 */
void rule_6_1_33(struct review *r)
{
	static const char *const codes[] = {
		"component_not_present", "inline_mitigations_already_exist",
		"vulnerable_code_cannot_be_controlled_by_adversary", "vulnerable_code_not_in_execute_path",
		"vulnerable_code_not_present", NULL,
	};

	for (JSON_ITEMS(v, r->vulnerabilities)) {
		const struct json *flags = json_get(v, S("flags"));

		for (JSON_ITEMS(f, flags)) {
			str twice;

			if (!one_of(json_get_str(f, S("label")), codes))
				continue;
			twice = r->touches + r->group_touches ? flagged_twice(r, f) : STR_NONE;
			if (twice.p)
				FIND(r, N_("The product {1} has more than one flag with a justification."), twice,
				     STR_NONE, "/vulnerabilities/%zu/flags/%zu", place_of(r, v), index_in(flags, f));
			mark_add_scope(r, f, FLAGGED);
		}
		mark_clear(r);
	}
}
