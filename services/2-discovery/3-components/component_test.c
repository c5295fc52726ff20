#include "services/2-discovery/3-components/notice_test.h"


static const struct service *const rooms[] = { &components_service, &release_plan_service };

static const char *product_make(struct ctx *c, const struct house *h)
{
	struct sheet out;

	check_ok(c, house_do(c, &h->lead, "family.add", &out, "code", "KES", "name", "Kestrel", NULL));
	check_ok(c, house_see(c, &h->lead, "product.list", &out, NULL));
	check_ok(c, house_do(c, &h->lead, "product.add", &out, "family", cstr(c->arena, house_cell(c, &out, "products", 0, "family")), "code", "KES-G", "name", "Kestrel Gateway", NULL));
	return cstr(c->arena, str_dup(c->arena, out.object));
}

static bool file_read(struct ctx *c, const struct actor *who, const char *product, const char *text, struct sheet *out)
{
	const struct op *o = op_find(front_of(c), S("component.import"));
	struct file_part f = { S("parts.csv"), S("text/csv"), memfd_create("parts", MFD_CLOEXEC), (int64_t)strlen(text) };
	struct args      a;
	bool             ok;

	check(write(f.fd, text, strlen(text)) == (ssize_t)strlen(text));
	*out     = (struct sheet){ 0 };
	c->fault = (struct fault){ 0 };
	c->actor = who;
	args_init(&a, o->args);
	ok = args_take(c, &a, S("id"), str_of(product), true) && args_take_file(c, &a, S("file"), &f) && op_call(c, o, &a, STR_NONE, out);
	close(f.fd);
	return ok;
}

/* meets FIRST-1.1 2.3.1 */
TEST(components_are_typed_and_read_from_csv_and_the_first_wrong_cell_is_named)
{
	struct house h;
	struct sheet out;
	const char  *product, *id;

	house_open(c, &h, rooms, 2);
	product = product_make(c, &h);
	check(!house_do(c, &h.lead, "component.add", &out, "id", product, "release", "1.0", "name", "fathom", NULL));
	check_fault(c, E_INVALID, "release");
	check_ok(c, house_do(c, &h.lead, "release.add", &out, "id", product, "name", "1.0", NULL));
	check(!house_do(c, &h.lead, "component.add", &out, "id", product, "release", "1.0", "name", "fathom", "purl", "npm/fathom", NULL));
	check_fault(c, E_SYNTAX, "purl");
	check(!house_do(c, &h.lead, "component.add", &out, "id", product, "release", "1.0", "name", "fathom", "cpe", "cpe:2.3:a", NULL));
	check_fault(c, E_SYNTAX, "cpe");
	check_ok(c, house_do(c, &h.engineer, "component.add", &out, "id", product, "release", "1.0", "name", "fathom", "purl", "pkg:npm/fathom@1.2.3", NULL));
	check(!house_do(c, &h.lead, "component.add", &out, "id", product, "release", "1.0", "name", "fathom", "purl", "pkg:npm/fathom@1.2.3", NULL));
	check_fault(c, E_EXISTS, "name");
	check(!file_read(c, &h.lead, product, "release,name,purl\n1.0,ok,\n1.0,bad,pkg:\n", &out));
	check(house_has(word_fault(c, &c->fault), "Line 3, column 3 (purl)"));
	check(!file_read(c, &h.lead, product, "release,name\n2.0,ok\n", &out));
	check(house_has(word_fault(c, &c->fault), "no version 2.0"));
	check(!file_read(c, &h.lead, product, "", &out));
	check(!file_read(c, &h.lead, product, "name\nx\n", &out));
	check(!file_read(c, &h.lead, product, "release,name\n1.0,\xff\n", &out));
	check_ok(c, file_read(c, &h.lead, product, "release,name,supplier,version,purl,cpe\n1.0,Ｘ鍵,Deep,7,,\n1.0,fathom,,1.2.3,pkg:npm/fathom@1.2.3,\n", &out));
	check_str(out.note, S("2 lines, 1 new"));
	check_ok(c, house_see(c, &h.auditor, "component.list", &out, "id", product, NULL));
	check_int(house_count(&out, "components"), 2);
	check_str(house_cell(c, &out, "components", 0, "version"), S("1.2.3"));
	id = cstr(c->arena, house_cell(c, &out, "components", 0, "id"));
	check_ok(c, house_do(c, &h.lead, "component.drop", &out, "id", product, "component", id, NULL));
	check(!house_do(c, &h.lead, "component.drop", &out, "id", product, "component", id, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

/* meets FIRST-1.1 2.3.1, 2.3.2 */
TEST(a_component_that_comes_later_is_compared_with_the_notices_that_are_here)
{
	struct house h;
	struct sheet out;
	const char  *product, *notice, *id;

	house_open(c, &h, rooms, 2);
	product = product_make(c, &h);
	check_ok(c, house_do(c, &h.lead, "release.add", &out, "id", product, "name", "1.0", NULL));
	check_ok(c, notice_take_one(c, &h.analyst, str_of(notice_document), &out));
	notice = cstr(c->arena, str_dup(c->arena, house_cell(c, &out, "files", 0, "id")));
	check_ok(c, house_do(c, &h.lead, "component.add", &out, "id", product, "release", "1.0", "name", "f", "purl", "pkg:npm/%40deepwater/fathom@1.0.0", NULL));
	check_ok(c, house_see(c, &h.lead, "notice.show", &out, "id", notice, NULL));
	check_str(house_cell(c, &out, "notice", 0, "hits"), S("1"));
	check_str(house_cell(c, &out, "components", 0, "verdict"), S("affected"));
	check_ok(c, house_see(c, &h.lead, "component.list", &out, "id", product, NULL));
	check_str(house_cell(c, &out, "components", 0, "notices"), S("1"));
	id = cstr(c->arena, house_cell(c, &out, "components", 0, "id"));
	check_ok(c, house_do(c, &h.lead, "component.drop", &out, "id", product, "component", id, NULL));
	check_ok(c, house_see(c, &h.lead, "notice.show", &out, "id", notice, NULL));
	check_str(house_cell(c, &out, "notice", 0, "hits"), S("0"));
	house_close(c);
}
