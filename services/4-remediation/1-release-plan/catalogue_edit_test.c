#include "services/4-remediation/1-release-plan/catalogue.h"

#include "record/house_test.h"

static const struct service *const some[] = { &release_plan_service, &audit_service, &desk_service };

struct shelf { struct house h; const char *family, *product, *release, *newer; };

static void shelf_open(struct ctx *c, struct shelf *x)
{
	struct sheet s;

	house_open(c, &x->h, some, 3);
	c->zone = S("UTC");
	check_ok(c, house_do(c, &x->h.lead, "family.add", &s, "code", "KES", "name", "Kestrel", NULL));
	x->family = cstr(c->arena, s.object);
	check_ok(c, house_do(c, &x->h.lead, "product.add", &s, "family", x->family, "code", "KES-G", "name", "Kestrel Gateway", NULL));
	x->product = cstr(c->arena, s.object);
	check_ok(c, house_do(c, &x->h.lead, "release.add", &s, "id", x->product, "name", "4.2.1", "support_ends", "2027-03-31", NULL));
	x->release = cstr(c->arena, s.object);
	check_ok(c, house_do(c, &x->h.lead, "release.add", &s, "id", x->product, "name", "4.2.2", NULL));
	x->newer = cstr(c->arena, s.object);
}

/* The note of the newest entry of the audit. */
static str noted(struct ctx *c, struct shelf *x, const char *verb)
{
	struct sheet s;

	check_ok(c, house_see(c, &x->h.auditor, "audit.list", &s, NULL));
	check_str(house_cell(c, &s, "entries", 0, "verb"), str_of(verb));
	return house_cell(c, &s, "entries", 0, "note");
}

/* meets FIRST-1.1 4.1.1.3 */
TEST(a_version_is_edited_and_the_audit_says_what_changed)
{
	struct shelf x;
	struct sheet s;

	shelf_open(c, &x);
	check_ok(c, house_do(c, &x.h.analyst, "release.edit", &s, "id", x.release, "version", "1", "name", "4.2.1a",
	                     "released_on", "2024-04-01", "support_ends", "2027-03-31", NULL));
	check_str(s.next, STR_CAT(c->arena, S("/products/"), str_of(x.product)));
	check_str(noted(c, &x, "release.edit"), S("name: 4.2.1 → 4.2.1a; released_on: – → 2024-04-01"));
	check_ok(c, house_see(c, &x.h.engineer, "release.show", &s, "id", x.release, NULL));
	check_str(house_cell(c, &s, "release", 0, "name"), S("4.2.1a"));
	check(!house_has(house_page(c, "release.show", &s), "<form"));
	check_ok(c, house_see(c, &x.h.lead, "product.show", &s, "id", x.product, NULL));
	check(house_has(house_page(c, "product.show", &s), cstr(c->arena, STR_CAT(c->arena, S("/releases/"), str_of(x.release)))));
	house_close(c);
}

TEST(a_version_edited_in_two_tabs_is_a_conflict_in_the_second)
{
	struct shelf x;
	struct sheet s;

	shelf_open(c, &x);
	check_ok(c, house_do(c, &x.h.lead, "release.edit", &s, "id", x.release, "version", "1", "name", "4.2.1", "support_ends", "2028-03-31", NULL));
	check(!house_do(c, &x.h.analyst, "release.edit", &s, "id", x.release, "version", "1", "name", "4.2.1", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, house_see(c, &x.h.lead, "release.show", &s, "id", x.release, NULL));
	check_str(house_cell(c, &s, "release", 0, "support_ends"), S("2028-03-31"));
	check(!house_do(c, &x.h.lead, "release.edit", &s, "id", x.release, "version", "2", "name", "4.2.2", NULL));
	check_fault(c, E_EXISTS, "name");
	check(!house_do(c, &x.h.lead, "release.edit", &s, "id", x.release, "version", "2", "name", "", NULL));
	check_fault(c, E_INVALID, "name");
	check(!house_do(c, &x.h.engineer, "release.edit", &s, "id", x.release, "version", "2", "name", "5", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_do(c, &x.h.lead, "release.edit", &s, "id", "nosuchrelease", "version", "2", "name", "5", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

TEST(a_family_is_edited_and_its_products_keep_it)
{
	struct shelf x;
	struct sheet s;

	shelf_open(c, &x);
	check_ok(c, house_do(c, &x.h.lead, "family.edit", &s, "id", x.family, "version", "1", "name", "Kestrel II", "name_ja", "ケストレル", NULL));
	check_str(noted(c, &x, "family.edit"), S("name: Kestrel → Kestrel II; name_ja: – → ケストレル"));
	check(!house_do(c, &x.h.analyst, "family.edit", &s, "id", x.family, "version", "1", "name", "Other", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, house_see(c, &x.h.lead, "product.show", &s, "id", x.product, NULL));
	check_str(house_cell(c, &s, "product", 0, "family_name"), S("Kestrel II"));
	check_ok(c, house_see(c, &x.h.lead, "family.show", &s, "id", x.family, NULL));
	check(house_has(house_page(c, "family.show", &s), "name=\"version\" value=\"2\""));
	house_close(c);
}

TEST(what_was_typed_about_a_version_is_there_again_and_conflicts_with_what_came_meanwhile)
{
	struct shelf x;
	struct sheet s;
	const char  *place;

	shelf_open(c, &x);
	place = cstr(c->arena, STR_CAT(c->arena, S("release.edit?id="), str_of(x.release)));
	check_ok(c, house_do(c, &x.h.lead, "draft.keep", &s, "form", place, "body", "version=1&name=4.2.1&support_ends=2029-01-01", NULL));
	check_ok(c, house_do(c, &x.h.analyst, "release.edit", &s, "id", x.release, "version", "1", "name", "4.2.1", NULL));
	check_ok(c, house_see(c, &x.h.lead, "release.show", &s, "id", x.release, NULL));
	check(house_has(house_page(c, "release.show", &s), "value=\"2029-01-01\""));
	check(house_has(house_page(c, "release.show", &s), "name=\"version\" value=\"1\""));   /* as it was seen: a conflict, not an overwriting */
	house_close(c);
}

TEST(what_was_typed_about_a_product_and_a_new_version_of_it_is_there_again_until_it_is_sent)
{
	struct shelf x;
	struct sheet s;
	const char  *edit, *add;

	shelf_open(c, &x);
	edit = cstr(c->arena, STR_CAT(c->arena, S("product.edit?id="), str_of(x.product)));
	add  = cstr(c->arena, STR_CAT(c->arena, S("release.add?id="), str_of(x.product)));
	check_ok(c, house_do(c, &x.h.lead, "draft.keep", &s, "form", edit, "body", "version=1&name=Half+a+name", NULL));
	check_ok(c, house_do(c, &x.h.lead, "draft.keep", &s, "form", add, "body", "name=9.9.9", NULL));
	check_ok(c, house_see(c, &x.h.lead, "product.show", &s, "id", x.product, NULL));
	check(house_has(house_page(c, "product.show", &s), "value=\"Half a name\"") && house_has(house_page(c, "product.show", &s), "value=\"9.9.9\""));
	check_ok(c, house_see(c, &x.h.analyst, "product.show", &s, "id", x.product, NULL));
	check(!house_has(house_page(c, "product.show", &s), "Half a name"));
	check_ok(c, house_do(c, &x.h.lead, "release.add", &s, "id", x.product, "name", "9.9.9", NULL));
	check_ok(c, house_see(c, &x.h.lead, "product.show", &s, "id", x.product, NULL));
	check(!house_has(house_page(c, "product.show", &s), "value=\"9.9.9\"") && house_has(house_page(c, "product.show", &s), "value=\"Half a name\""));
	house_close(c);
}

#define NAMED(cpe, purl, models) "name", "Kestrel Gateway", "cpe", cpe, "purl", purl, "models", models, NULL

/* What CSAF documents and CVE records name each version by. */
TEST(a_product_has_names_for_machines_in_their_normal_form)
{
	static const struct { const char *cpe, *purl, *models, *field; } bad[] = {
		{ "kestrel", "", "", "cpe" }, { "cpe:2.3:o:k:g:4.2:*:*:*:*:*:*:*", "", "", "cpe" }, { "", "npm/tool", "", "purl" },
		{ "", "pkg:npm/tool@1", "", "purl" }, { "", "", "A,,B", "models" }, { "", "", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21", "models" },
	};
	struct shelf x;
	struct sheet s;

	shelf_open(c, &x);
	check_ok(c, house_do(c, &x.h.lead, "product.edit", &s, "id", x.product, "version", "1",
	                     NAMED("cpe:/o:Kakuu:Gateway_Firmware", "pkg:NPM/%40kakuu/gateway", "KC-300 ,KC-3?0")));
	check_str(noted(c, &x, "product.edit"), S("cpe: – → cpe:2.3:o:kakuu:gateway_firmware:*:*:*:*:*:*:*:*; "
	                                           "purl: – → pkg:npm/%40kakuu/gateway; models: – → KC-300, KC-3?0"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		check(!house_do(c, &x.h.lead, "product.edit", &s, "id", x.product, "version", "2", NAMED(bad[i].cpe, bad[i].purl, bad[i].models)));
		check_str(c->fault.where, str_of(bad[i].field));
	}
	check_ok(c, house_do(c, &x.h.lead, "product.edit", &s, "id", x.product, "version", "2", "name", "Kestrel Gateway 2", NULL));
	check_ok(c, house_see(c, &x.h.lead, "product.show", &s, "id", x.product, NULL));
	check_str(house_cell(c, &s, "product", 0, "models"), S("KC-300, KC-3?0"));   /* not said: as they are */
	check(house_has(house_page(c, "product.show", &s), "cpe:2.3:o:kakuu:gateway_firmware"));
	check_ok(c, house_do(c, &x.h.lead, "product.edit", &s, "id", x.product, "version", "3", NAMED("", "", "KC-300")));
	check_ok(c, house_see(c, &x.h.lead, "product.show", &s, "id", x.product, NULL));
	check_str(house_cell(c, &s, "product", 0, "cpe"), S(""));
	house_close(c);
}
