/* Tests of the license expression (2.1 section 3.2.3.6). */
#include "standards/csaf/csaf_rule.h"

#include "standards/spdx/license.h"

#define PLACE "/document/license_expression"

static str expression(const struct review *r)
{
	return json_get_str(r->document, S("license_expression"));
}

/* The identifiers; none when there is no expression or it is none. */
static struct license_ids ids_of(struct review *r)
{
	struct license_ids ids = { 0 };

	if (!expression(r).p || !license_parse(r->c->arena, expression(r), &ids))
		ids.n = 0;
	return ids;
}

/* meets CSAF-2.1 6.1.54 */
void rule_6_1_54(struct review *r)
{
	if (expression(r).p && !license_parse(r->c->arena, expression(r), NULL))
		FIND(r, N_("{1} is not a license expression."), expression(r), STR_NONE, PLACE);
}

/* An identifier that no list has and that does not pretend to be of one (6.2.45 judges those). */
static bool names_unlisted(struct review *r)
{
	struct license_ids ids = ids_of(r);

	for (size_t i = 0; i < ids.n; i++)
		if (license_foreign(&ids.v[i]))
			return true;
	return false;
}

/* meets CSAF-2.1 6.1.55 */
void rule_6_1_55(struct review *r)
{
	if (names_unlisted(r))
		check_term_note(r, TERM_LICENSE, true, S("legal_disclaimer"));
}

/* meets CSAF-2.1 6.2.46 */
void rule_6_2_46(struct review *r)
{
	if (names_unlisted(r))
		check_term_note(r, TERM_LICENSE, false, S("legal_disclaimer"));
}

/* meets CSAF-2.1 6.2.43 */
void rule_6_2_43(struct review *r)
{
	if (!json_get(r->document, S("license_expression")))
		FIND(r, N_("The document does not say its license."), STR_NONE, STR_NONE, PLACE);
}

/* meets CSAF-2.1 6.2.44 */
void rule_6_2_44(struct review *r)
{
	struct license_ids ids = ids_of(r);

	for (size_t i = 0; i < ids.n; i++)
		if (license_find(&ids.v[i]) == LICENSE_DEPRECATED)
			FIND(r, N_("The license identifier {1} is deprecated."), ids.v[i].id, STR_NONE, PLACE);
}

/* meets CSAF-2.1 6.2.45 */
void rule_6_2_45(struct review *r)
{
	struct license_ids ids = ids_of(r);

	for (size_t i = 0; i < ids.n; i++)
		if (license_find(&ids.v[i]) == LICENSE_UNKNOWN && !license_foreign(&ids.v[i]))
			FIND(r, N_("There is no license identifier {1}."), ids.v[i].id, STR_NONE, PLACE);
}

/* meets CSAF-2.1 6.3.17 */
void rule_6_3_17(struct review *r)
{
	struct license_ids ids = ids_of(r);

	for (size_t i = 0; i < ids.n; i++)
		if (license_find(&ids.v[i]) == LICENSE_UNKNOWN)
			FIND(r, N_("The license {1} is in no list."), ids.v[i].id, STR_NONE, PLACE);
}
