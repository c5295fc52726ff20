/* Tests of TLP and sharing groups (2.1 section 3.2.3.4 "Distribution"). */
#include "standards/csaf/csaf_rule.h"

#define MAX_UUID "ffffffff-ffff-ffff-ffff-ffffffffffff"
#define NIL_UUID "00000000-0000-0000-0000-000000000000"
#define GROUP "/document/distribution/sharing_group"

static const struct json *distribution(const struct review *r)
{
	return json_get(r->document, S("distribution"));
}

str tlp_of(const struct review *r)
{
	return json_get_str(json_get(distribution(r), S("tlp")), S("label"));
}

bool tlp_clear(const struct review *r)
{
	return str_eq(tlp_of(r), S("CLEAR"));
}

static const struct json *sharing_group(const struct review *r)
{
	return json_get(distribution(r), S("sharing_group"));
}

static bool id_is(const struct review *r, str id)
{
	return str_eq_nocase(json_get_str(sharing_group(r), S("id")), id);
}

/* The name that is reserved for the id; none when the id is an ordinary one. */
static str reserved_name(const struct review *r)
{
	return id_is(r, S(MAX_UUID)) ? S("Public") : id_is(r, S(NIL_UUID)) ? S("No sharing allowed") : STR_NONE;
}

/* meets CSAF-2.1 6.1.38 */
void rule_6_1_38(struct review *r)
{
	if (id_is(r, S(MAX_UUID)) && !tlp_clear(r))
		FIND(r, N_("The sharing group is public, but the document is TLP:{1}."), tlp_of(r), STR_NONE,
		     "/document/distribution/tlp/label");
}

static bool is_draft(const struct review *r)
{
	return str_eq(json_get_str(r->tracking, S("status")), S("draft"));
}

/* meets CSAF-2.1 6.1.39 */
void rule_6_1_39(struct review *r)
{
	if (!sharing_group(r) || !tlp_clear(r) || id_is(r, S(MAX_UUID)))
		return;
	if (!(id_is(r, S(NIL_UUID)) && is_draft(r)))
		FIND(r, N_("The document is TLP:CLEAR, but its sharing group is not the public one."), STR_NONE,
		     STR_NONE, GROUP "/id");
}

/* meets CSAF-2.1 6.1.40 */
void rule_6_1_40(struct review *r)
{
	str name = json_get_str(sharing_group(r), S("name"));

	if ((str_eq(name, S("Public")) || str_eq(name, S("No sharing allowed"))) && !reserved_name(r).p)
		FIND(r, N_("The name {1} is reserved for another sharing group."), name, STR_NONE, GROUP "/name");
}

/* meets CSAF-2.1 6.1.41 */
void rule_6_1_41(struct review *r)
{
	str name = json_get_str(sharing_group(r), S("name")), reserved = reserved_name(r);

	if (reserved.p && !str_eq(name, reserved))
		FIND(r, N_("The sharing group must have the name {1}."), reserved, STR_NONE, name.p ? GROUP "/name" : GROUP);
}

/* meets CSAF-2.1 6.2.28 */
void rule_6_2_28(struct review *r)
{
	if (id_is(r, S(MAX_UUID)))
		FIND(r, N_("The sharing group uses the Max UUID."), STR_NONE, STR_NONE, GROUP "/id");
}

/* meets CSAF-2.1 6.2.29 */
void rule_6_2_29(struct review *r)
{
	if (id_is(r, S(NIL_UUID)))
		FIND(r, N_("The sharing group uses the Nil UUID."), STR_NONE, STR_NONE, GROUP "/id");
}

/* meets CSAF-2.1 6.2.30 */
void rule_6_2_30(struct review *r)
{
	if (sharing_group(r) && tlp_clear(r))
		FIND(r, N_("The document is TLP:CLEAR and needs no sharing group."), STR_NONE, STR_NONE, GROUP);
}
