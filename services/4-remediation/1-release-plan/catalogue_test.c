#include "services/4-remediation/1-release-plan/catalogue.h"

#include "platform/op/render.h"
#include "record/house_test.h"

#include <sys/mman.h>
#include <unistd.h>

static const struct service *const only[] = { &release_plan_service };

static bool load(struct ctx *c, const struct actor *who, const char *text, size_t n, struct sheet *out)
{
	const struct op *o  = op_find(front_of(c), S("catalogue.import"));
	int              fd = memfd_create("catalogue", MFD_CLOEXEC);
	struct file_part f  = { S("c.csv"), S("text/csv"), fd, (int64_t)n };
	struct args      a;
	bool             ok;

	check(write(fd, text, n) == (ssize_t)n);
	*out     = (struct sheet){ 0 };
	c->fault = (struct fault){ 0 };
	c->actor = who;
	args_init(&a, o->args);
	ok = args_take_file(c, &a, S("file"), &f) && op_call(c, o, &a, STR_NONE, out);
	close(fd);
	return ok;
}

static bool load_text(struct ctx *c, struct house *h, const char *text, struct sheet *out)
{
	return load(c, &h->lead, text, strlen(text), out);
}

static const char good[] =
	"family_code,family,family_ja,product_code,product,product_ja,team,version,released_on,support_ends\n"
	"KES,Kestrel,ケストレル,KES-G,Kestrel Gateway,ケストレル ゲートウェイ,Kestrel development,,,2030-03-31\n"
	"KES,Kestrel,ケストレル,KES-G,Kestrel Gateway,ケストレル ゲートウェイ,Kestrel development,4.2.1,2024-04-01,2027-03-31\n"
	"KES,Kestrel,ケストレル,KES-G,Kestrel Gateway,ケストレル ゲートウェイ,Kestrel development,4.3.0,2025-04-01,\n"
	"MER,Merlin,,MER-C,Merlin Cloud,,,,,2020-03-31\n";

/* meets FIRST-1.1 4.1.1.1 */
TEST(a_catalogue_is_read_from_csv_and_reading_it_again_changes_nothing)
{
	struct house h;
	struct sheet s, l;

	house_open(c, &h, only, 1);
	check_ok(c, load_text(c, &h, good, &s));
	check_str(s.note, S("4 lines, 4 changed"));
	check_ok(c, load_text(c, &h, good, &s));
	check_str(s.note, S("4 lines, 0 changed"));
	check_ok(c, house_see(c, &h.engineer, "product.list", &l, NULL));
	check_int(house_count(&l, "products"), 2);
	check_str(house_cell(c, &l, "products", 0, "code"), S("KES-G"));
	check_str(house_cell(c, &l, "products", 0, "versions"), S("2"));
	check_str(house_cell(c, &l, "products", 0, "newest"), S("4.3.0"));
	check_str(house_cell(c, &l, "products", 0, "support_ends"), S("2030-03-31"));
	check(house_has(house_page(c, "product.list", &l), "Kestrel Gateway"));
	house_close(c);
}

TEST(the_exported_catalogue_can_be_read_in_again)
{
	struct house h;
	struct sheet s;
	struct buf   b;

	house_open(c, &h, only, 1);
	check_ok(c, load_text(c, &h, good, &s));
	check_ok(c, load_text(c, &h, "family_code,family,product_code,product,version\nKES,=Kestrel,KES-X,\"+a,b\",1\n", &s));
	check_ok(c, house_see(c, &h.lead, "catalogue.export", &s, NULL));
	check_int(house_count(&s, "catalogue"), 6);
	buf_init(&b, c->arena, 1 << 20);
	render_csv(c, &b, &s);
	check(house_has(buf_str(&b), "\"'+a,b\""));
	check_ok(c, load(c, &h.lead, b.p, b.n, &s));
	check_str(s.note, S("6 lines, 0 changed"));
	house_close(c);
}

TEST(one_wrong_line_keeps_the_whole_catalogue_out)
{
	static const struct { const char *row; int line, column; } bad[] = {
		{ "MER,Merlin,,MER-C,Merlin,,,1,2026-02-30,\n", 3, 9 },
		{ "MER,Merlin,,MER-C,Merlin,,,1,,tomorrow\n", 3, 10 },
		{ "MER,,,MER-C,Merlin,,,1,,\n", 3, 2 },
		{ "MER,Merlin,,,Merlin,,,1,,\n", 3, 4 },
		{ "MER\n", 3, 1 },
		{ "MER,Merlin,,\"MER\nC\",Merlin,,,1,,\n", 3, 4 },
		{ "MER,Merlin,,KES-G,Merlin,,,1,,\n", 3, 4 },
	};
	struct house h;
	struct sheet s;

	house_open(c, &h, only, 1);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *text = cstr(c->arena, STR_CAT(c->arena,
			S("family_code,family,family_ja,product_code,product,product_ja,team,version,released_on,support_ends\n"
			  "KES,Kestrel,,KES-G,Kestrel Gateway,,,4.2.1,,\n"), str_of(bad[i].row)));
		check(!load_text(c, &h, text, &s));
		check_fault(c, E_INVALID, "file");
		if (i != 4)
			check_int(c->fault.line, bad[i].line);
		if (i != 4)
			check_int(c->fault.column, bad[i].column);
		check_ok(c, house_see(c, &h.lead, "product.list", &s, NULL));
		check_int(house_count(&s, "products"), 0);
	}
	house_close(c);
}

TEST(names_for_machines_come_with_a_catalogue_and_stay_when_it_has_none)
{
	struct house h;
	struct sheet s, l;

	house_open(c, &h, only, 1);
	check_ok(c, load_text(c, &h, "family_code,family,product_code,product,version,cpe,models\n"
	                      "KES,Kestrel,KES-G,Gateway,,cpe:2.3:o:k:g:*:*:*:*:*:*:*:*,\"KC-1,KC-2\"\nKES,Kestrel,KES-G,Gateway,1.0,,\n", &s));
	check_ok(c, load_text(c, &h, "family_code,family,product_code,product,version\nKES,Kestrel,KES-G,Gateway,\n", &s));
	check_str(s.note, S("1 lines, 0 changed"));
	check_ok(c, house_see(c, &h.lead, "catalogue.export", &l, NULL));
	check_str(house_cell(c, &l, "catalogue", 0, "cpe"), S("cpe:2.3:o:k:g:*:*:*:*:*:*:*:*"));
	check_str(house_cell(c, &l, "catalogue", 0, "models"), S("KC-1, KC-2"));
	check_ok(c, load_text(c, &h, "family_code,family,product_code,product,cpe\nKES,Kestrel,KES-G,Gateway,\n", &s));
	check_str(s.note, S("1 lines, 1 changed"));
	check(!load_text(c, &h, "family_code,family,product_code,product,cpe\nKES,Kestrel,KES-G,Gateway,kestrel\n", &s));
	check_int(c->fault.line, 2);
	house_close(c);
}

TEST(hostile_catalogue_files_are_refused_without_a_trace)
{
	static const struct { const char *text; size_t n; enum fault_code code; } bad[] = {
		{ "", 0, E_INVALID },
		{ "\n\n", 2, E_INVALID },
		{ "nonsense\n", 9, E_INVALID },
		{ "family_code,family_code\n", 24, E_INVALID },
		{ "family_code,family,product_code\n", 32, E_INVALID },
		{ "family_code,family,product_code,product\nA,\xFF,B,C\n", 49, E_SYNTAX },
		{ "family_code,family,product_code,product\nA,\0,B,C\n", 49, E_SYNTAX },
		{ "family_code,family,product_code,product\nA,\"B,C,D\n", 50, E_SYNTAX },
		{ "PK\003\004binary", 10, E_SYNTAX },
	};
	struct house h;
	struct sheet s;
	size_t       big = CATALOGUE_FILE_MAX + 1;

	house_open(c, &h, only, 1);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		check(!load(c, &h.lead, bad[i].text, bad[i].n, &s));
		check_fault(c, bad[i].code, "file");
	}
	char *p = arena_must(c->arena, 1, big);
	memset(p, 'a', big);
	check(!load(c, &h.lead, p, big, &s));
	check_fault(c, E_LIMIT, "file");
	check(!load(c, &h.engineer, good, sizeof(good) - 1, &s));
	check_fault(c, E_FORBIDDEN, NULL);
	check_ok(c, house_see(c, &h.lead, "product.list", &s, NULL));
	check_int(house_count(&s, "products"), 0);
	house_close(c);
}

static str product_made(struct ctx *c, struct house *h)
{
	struct sheet s;
	str          family;

	check_ok(c, house_do(c, &h->lead, "family.add", &s, "code", "KES", "name", "Kestrel", NULL));
	family = s.object;
	check_ok(c, house_do(c, &h->lead, "product.add", &s, "family", cstr(c->arena, family), "code", "KES-G", "name", "Kestrel Gateway", NULL));
	return s.object;
}

TEST(a_product_edited_in_two_tabs_is_a_conflict_in_the_second)
{
	struct house h;
	struct sheet s;
	const char  *id;

	house_open(c, &h, only, 1);
	id = cstr(c->arena, product_made(c, &h));
	check_ok(c, house_do(c, &h.lead, "product.edit", &s, "id", id, "version", "1", "name", "First", NULL));
	check(!house_do(c, &h.analyst, "product.edit", &s, "id", id, "version", "1", "name", "Second", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, house_see(c, &h.lead, "product.show", &s, "id", id, NULL));
	check_str(house_cell(c, &s, "product", 0, "name"), S("First"));
	check(!house_do(c, &h.analyst, "product.edit", &s, "id", "nosuchproduct", "version", "1", "name", "x", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

TEST(a_version_is_added_once_and_codes_are_unique)
{
	struct house h;
	struct sheet s;
	const char  *id;

	house_open(c, &h, only, 1);
	id = cstr(c->arena, product_made(c, &h));
	check_ok(c, house_do(c, &h.lead, "release.add", &s, "id", id, "name", "4.2.1", "support_ends", "2027-03-31", NULL));
	check(!house_do(c, &h.lead, "release.add", &s, "id", id, "name", "4.2.1", NULL));
	check_fault(c, E_EXISTS, "name");
	check(!house_do(c, &h.lead, "release.add", &s, "id", id, "name", "5", "released_on", "2026-13-01", NULL));
	check_fault(c, E_INVALID, "released_on");
	check(!house_do(c, &h.lead, "family.add", &s, "code", "KES", "name", "Again", NULL));
	check_fault(c, E_EXISTS, "code");
	house_close(c);
}

TEST(only_engineers_join_a_team_and_they_can_leave_it)
{
	struct house h;
	struct sheet s;
	const char  *id;

	house_open(c, &h, only, 1);
	id = cstr(c->arena, product_made(c, &h));
	check(!house_do(c, &h.lead, "product.admit", &s, "id", id, "account", cstr(c->arena, h.auditor.id), NULL));
	check_fault(c, E_INVALID, "account");
	check_ok(c, house_do(c, &h.lead, "product.admit", &s, "id", id, "account", cstr(c->arena, h.engineer.id), NULL));
	check_ok(c, house_do(c, &h.lead, "product.admit", &s, "id", id, "account", cstr(c->arena, h.engineer.id), NULL));
	check_ok(c, house_see(c, &h.lead, "product.show", &s, "id", id, NULL));
	check_int(house_count(&s, "members"), 1);
	check(house_has(house_page(c, "product.show", &s), "Take out of the team"));
	check_ok(c, house_do(c, &h.lead, "product.dismiss", &s, "id", id, "account", cstr(c->arena, h.engineer.id), NULL));
	check(!house_do(c, &h.lead, "product.dismiss", &s, "id", id, "account", cstr(c->arena, h.engineer.id), NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

/* meets FIRST-1.1 4.1.1.3, 1.4.1.1 */
TEST(support_periods_are_public_and_say_what_has_ended)
{
	struct house h;
	struct sheet s;
	str          page;

	house_open(c, &h, only, 1);
	check_ok(c, load_text(c, &h, good, &s));
	check_ok(c, house_see(c, &h.nobody, "support.list", &s, NULL));
	check_int(house_count(&s, "support"), 3);
	page = house_page(c, "support.list", &s);
	check(house_has(page, "Kestrel Gateway"));
	check(house_has(page, "Ended"));
	c->lang = LANG_JA;
	check_ok(c, house_see(c, &h.nobody, "support.list", &s, NULL));
	check(house_has(house_page(c, "support.list", &s), "ケストレル ゲートウェイ"));
	c->lang = LANG_EN;
	check(!house_see(c, &h.nobody, "product.list", &s, NULL));
	check_fault(c, E_AUTH, NULL);
	house_close(c);
}
