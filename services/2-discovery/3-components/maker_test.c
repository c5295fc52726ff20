#include "services/2-discovery/3-components/notice_test.h"


static const struct service *const only[] = { &components_service };

/* meets FIRST-1.1 1.3.1.1 */
TEST(a_supplier_is_added_changed_and_stopped_by_the_team_alone)
{
	struct house h;
	struct sheet out;
	const char  *id;

	house_open(c, &h, only, 1);
	check(!house_do(c, &h.auditor, "supplier.add", &out, "name", "Deepwater Parts", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_do(c, &h.lead, "supplier.add", &out, "name", "Deepwater Parts", "address", "http://deepwater.example/", NULL));
	check_fault(c, E_INVALID, "address");
	check(!house_do(c, &h.lead, "supplier.add", &out, "name", "Deepwater Parts", "address", "deepwater", NULL));
	check_fault(c, E_INVALID, "address");
	check(!house_do(c, &h.lead, "supplier.add", &out, "name", "Deepwater Parts", "owner", cstr(c->arena, h.auditor.id), NULL));
	check_fault(c, E_INVALID, "owner");
	check_ok(c, house_do(c, &h.lead, "supplier.add", &out, "name", "Deepwater Parts", "namespace", "https://deepwater.example/", NULL));
	id = cstr(c->arena, str_dup(c->arena, out.object));
	check(!house_do(c, &h.lead, "supplier.add", &out, "name", "Deepwater Parts", NULL));
	check_fault(c, E_EXISTS, "name");
	check(!house_do(c, &h.lead, "supplier.edit", &out, "id", id, "version", "9", "name", "Deepwater", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, notice_take_one(c, &h.analyst, str_of(notice_document), &out));
	check_ok(c, house_see(c, &h.auditor, "supplier.list", &out, NULL));
	check_str(house_cell(c, &out, "suppliers", 0, "notices"), S("1"));
	check_str(house_cell(c, &out, "suppliers", 0, "owner_name"), S("lead"));
	check_ok(c, house_do(c, &h.lead, "supplier.stop", &out, "id", id, NULL));
	check(!house_do(c, &h.lead, "supplier.stop", &out, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_do(c, &h.lead, "supplier.start", &out, "id", id, NULL));
	house_close(c);
}
