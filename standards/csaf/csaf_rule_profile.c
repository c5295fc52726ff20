/* Tests of the profiles: what a document of a category must have or not have. */
#include "standards/csaf/csaf_rule.h"

enum profile {
	INFORMATIONAL = 1, INCIDENT = 2, ADVISORY = 4, VEX = 8,
	/* 2.1 */
	OLD_ADVISORY = 16, WITHDRAWN = 32, SUPERSEDED = 64,
};

static const struct { const char *category; unsigned profile; } profiles[] = {
	{ "csaf_informational_advisory", INFORMATIONAL }, { "csaf_security_incident_response", INCIDENT },
	{ "csaf_security_advisory", ADVISORY }, { "csaf_vex", VEX },
	{ "csaf_deprecated_security_advisory", OLD_ADVISORY }, { "csaf_withdrawn", WITHDRAWN },
	{ "csaf_superseded", SUPERSEDED },
};

/* Is the document of one of these profiles? */
static bool in_profile(const struct review *r, unsigned which)
{
	for (size_t i = 0; i < (r->v21 ? 7 : 4); i++)
		if (str_eq(r->category, str_of(profiles[i].category)))
			return profiles[i].profile & which;
	return false;
}

/* meets CSAF-2.0 6.1.27.1 */
void rule_6_1_27_1(struct review *r)
{
	static const char *const kinds[] = { "description", "details", "general", "summary", NULL };

	if (!in_profile(r, INFORMATIONAL | INCIDENT))
		return;
	for (JSON_ITEMS(x, json_get(r->document, S("notes"))))
		if (one_of(json_get_str(x, S("category")), kinds))
			return;
	FIND(r, N_("A note of the category description, details, general or summary is missing."),
	     STR_NONE, STR_NONE, "/document/notes");
}

/* meets CSAF-2.0 6.1.27.2 */
void rule_6_1_27_2(struct review *r)
{
	if (!in_profile(r, INFORMATIONAL | INCIDENT))
		return;
	for (JSON_ITEMS(x, json_get(r->document, S("references")))) {
		str category = json_get_str(x, S("category"));

		if (!category.p || str_eq(category, S("external")))   /* external is the default */
			return;
	}
	FIND(r, N_("A reference to an external source is missing."), STR_NONE, STR_NONE,
	     "/document/references");
}

/* meets CSAF-2.0 6.1.27.3 */
void rule_6_1_27_3(struct review *r)
{
	if (in_profile(r, INFORMATIONAL | WITHDRAWN | SUPERSEDED) && r->vulnerabilities)
		FIND(r, N_("A document of the category {1} has no vulnerabilities."), r->category, STR_NONE,
		     "/vulnerabilities");
}

/* meets CSAF-2.0 6.1.27.4 */
void rule_6_1_27_4(struct review *r)
{
	if (in_profile(r, ADVISORY | VEX | OLD_ADVISORY) && !r->tree)
		FIND(r, N_("The product tree is missing."), STR_NONE, STR_NONE, "/product_tree");
}

static void each_vulnerability_without(struct review *r, const char *key, const char *text)
{
	for (JSON_ITEMS(v, r->vulnerabilities))
		if (!json_get(v, str_of(key)))
			FIND(r, text, STR_NONE, STR_NONE, "/vulnerabilities/%zu/%s",
			     index_in(r->vulnerabilities, v), key);
}

/* meets CSAF-2.0 6.1.27.5 */
void rule_6_1_27_5(struct review *r)
{
	if (in_profile(r, ADVISORY | VEX | OLD_ADVISORY))
		each_vulnerability_without(r, "notes", N_("The vulnerability has no notes."));
}

/* meets CSAF-2.0 6.1.27.6 */
void rule_6_1_27_6(struct review *r)
{
	if (in_profile(r, ADVISORY | OLD_ADVISORY))
		each_vulnerability_without(r, "product_status", N_("The vulnerability has no product status."));
}

/* meets CSAF-2.0 6.1.27.7 */
void rule_6_1_27_7(struct review *r)
{
	for (JSON_ITEMS(v, in_profile(r, VEX) ? r->vulnerabilities : NULL)) {
		const struct json *status = json_get(v, S("product_status"));

		if (!json_get(status, S("fixed")) && !json_get(status, S("known_affected")) &&
		    !json_get(status, S("known_not_affected")) && !json_get(status, S("under_investigation")))
			FIND(r, N_("The status names no product as fixed, affected, not affected or under "
			           "investigation."), STR_NONE, STR_NONE, "/vulnerabilities/%zu/product_status",
			     index_in(r->vulnerabilities, v));
	}
}

/* meets CSAF-2.0 6.1.27.11 */
void rule_6_1_27_11(struct review *r)
{
	if (in_profile(r, ADVISORY | VEX | OLD_ADVISORY) && !r->vulnerabilities)
		FIND(r, N_("The vulnerabilities are missing."), STR_NONE, STR_NONE, "/vulnerabilities");
}

/* meets CSAF-2.1 6.1.27.12 */
void rule_6_1_27_12(struct review *r)
{
	for (JSON_ITEMS(v, in_profile(r, ADVISORY) ? r->vulnerabilities : NULL))
		if (!json_get(json_get(v, S("product_status")), S("known_affected")))
			FIND(r, N_("The vulnerability names no affected product."), STR_NONE, STR_NONE,
			     "/vulnerabilities/%zu/product_status/known_affected", index_in(r->vulnerabilities, v));
}

/* meets CSAF-2.1 6.1.27.14 */
void rule_6_1_27_14(struct review *r)
{
	if (!in_profile(r, WITHDRAWN | SUPERSEDED))
		return;
	for (JSON_ITEMS(x, json_get(r->document, S("notes"))))
		if (str_eq(json_get_str(x, S("category")), S("description")))
			return;
	FIND(r, N_("A note of the category description is missing."), STR_NONE, STR_NONE, "/document/notes");
}

/* meets CSAF-2.1 6.1.27.15 */
void rule_6_1_27_15(struct review *r)
{
	if (in_profile(r, WITHDRAWN | SUPERSEDED) && r->tree)
		FIND(r, N_("A document of the category {1} has no product tree."), r->category, STR_NONE,
		     "/product_tree");
}

/* meets CSAF-2.1 6.1.27.16 */
void rule_6_1_27_16(struct review *r)
{
	if (in_profile(r, WITHDRAWN | SUPERSEDED) && json_count(json_get(r->tracking, S("revision_history"))) < 2)
		FIND(r, N_("The revision history has only one item."), STR_NONE, STR_NONE,
		     "/document/tracking/revision_history");
}

/* Exactly one note has this title, and the category it must have. */
static void check_titled(struct review *r, str title, str category)
{
	const struct json *notes = json_get(r->document, S("notes")), *found = NULL;
	size_t n = 0;

	for (JSON_ITEMS(x, notes))
		if (str_eq(json_get_str(x, S("title")), title)) {
			n++;
			found = x;
		}
	if (n != 1)
		FIND(r, N_("Exactly one note must have the title “{1}”."), title, STR_NONE, "/document/notes");
	else if (!str_eq(json_get_str(found, S("category")), category))
		FIND(r, N_("The note “{1}” must have the category {2}."), title, category,
		     "/document/notes/%zu/category", index_in(notes, found));
}

void check_term_note(struct review *r, enum csaf_term term, bool english, str category)
{
	str title = term_in(r, term, english);

	if (title.p)
		check_titled(r, title, category);
}

/* meets CSAF-2.1 6.1.27.17 */
void rule_6_1_27_17(struct review *r)
{
	if (in_profile(r, WITHDRAWN))
		check_term_note(r, TERM_WITHDRAWAL, true, S("description"));
}

/* meets CSAF-2.1 6.1.27.18 */
void rule_6_1_27_18(struct review *r)
{
	if (in_profile(r, SUPERSEDED))
		check_term_note(r, TERM_SUPERSESSION, true, S("description"));
}

/* At least one external reference has a summary that begins with the term. */
static void check_superseding(struct review *r, bool english)
{
	str term = in_profile(r, SUPERSEDED) ? term_in(r, TERM_SUPERSEDING, english) : STR_NONE;

	if (!term.p)
		return;
	for (JSON_ITEMS(x, json_get(r->document, S("references")))) {
		str summary = json_get_str(x, S("summary"));

		if (summary.p && str_starts(summary, term) &&
		    str_eq(json_get_str(x, S("category")), S("external")))
			return;
	}
	FIND(r, N_("No external reference has a summary that begins with “{1}”."), term, STR_NONE,
	     "/document/references");
}

/* meets CSAF-2.1 6.1.27.19 */
void rule_6_1_27_19(struct review *r)
{
	check_superseding(r, true);
}

/* meets CSAF-2.1 6.2.38 */
void rule_6_2_38(struct review *r)
{
	if (r->category.p && str_starts(r->category, S("csaf_deprecated_")))
		FIND(r, N_("The profile {1} is deprecated."), r->category, STR_NONE, "/document/category");
}

/* meets CSAF-2.1 6.2.39.2 */
void rule_6_2_39_2(struct review *r)
{
	if (in_profile(r, WITHDRAWN))
		check_term_note(r, TERM_WITHDRAWAL, false, S("description"));
}

/* meets CSAF-2.1 6.2.39.3 */
void rule_6_2_39_3(struct review *r)
{
	if (in_profile(r, SUPERSEDED))
		check_term_note(r, TERM_SUPERSESSION, false, S("description"));
}

/* meets CSAF-2.1 6.2.39.4 */
void rule_6_2_39_4(struct review *r)
{
	check_superseding(r, false);
}

/* meets CSAF-2.1 6.2.39.5 */
void rule_6_2_39_5(struct review *r)
{
	static const char text[] = N_("A document of the category {1} has no extensions.");

	if (!in_profile(r, WITHDRAWN | SUPERSEDED))
		return;
	if (json_get(r->document, S("x_extensions")))
		FIND(r, text, r->category, STR_NONE, "/document/x_extensions");
	if (json_get(r->root, S("x_extensions")))
		FIND(r, text, r->category, STR_NONE, "/x_extensions");
}
