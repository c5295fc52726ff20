#include "services/1-stakeholders/5-communication/find.h"

#include "record/casefile.h"
#include "record/house_test.h"
#include "record/report.h"
#include "services/1-stakeholders/5-communication/tracking.h"

static const struct service *const some[] = { &tracking_service };

static str hit(struct ctx *c, const struct sheet *s, size_t i, const char *name)
{
	return house_cell(c, s, "hits", i, name);
}

/* A report with a message, and a case. */
static void fill(struct ctx *c, struct house *h)
{
	struct report_draft   r = { .title = S("Backup can be read"), .product = S("Heron 20"),
		.description = S("The password of the backup stands in the log of the gateway, as plain text."), .lang = S("en") };
	struct casefile_draft d = { .title = S("Key in the log") };
	struct report_brief   b;
	report_id             id;
	message_id            said;
	case_id               k;
	str                   number;

	house_open(c, h, some, 1);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, report_open(c, &r, S("code"), &id, &number));
	check_ok(c, report_brief(c, id, &b));
	check_ok(c, report_hear(c, &b, S("Here is a dump of the memory."), &said));
	check_ok(c, casefile_open(c, &d, &k, &number));
	check_ok(c, db_commit(c));
}

TEST(a_hit_is_called_by_number_and_name_and_shows_the_words_around_what_was_sought)
{
	struct house h;
	struct sheet s;
	str          page;

	fill(c, &h);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "PLAIN text", NULL));
	check_int(house_count(&s, "hits"), 1);
	check_str(hit(c, &s, 0, "title"), S("R-2026-0001 Backup can be read"));
	check_str(str_trim(hit(c, &s, 0, "body")), S("…of the backup stands in the log of the gateway, as plain text."));
	page = house_page(c, "find", &s);
	check(house_has(page, "<mark>plain</mark> <mark>text</mark>"));
	check(house_has(page, "<span class=\"id\">R-2026-0001</span>"));
}

/* A message of a report is found by its own words: the words of the report do not find each of its messages again. */
TEST(a_message_is_found_by_its_words_under_the_name_of_its_report)
{
	struct house h;
	struct sheet s;

	fill(c, &h);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "dump", NULL));
	check_int(house_count(&s, "hits"), 1);
	check_str(hit(c, &s, 0, "title"), S("R-2026-0001 Backup can be read"));
	check_str(hit(c, &s, 0, "body"), S("Here is a dump of the memory."));
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "backup", NULL));
	check_int(house_count(&s, "hits"), 1);
	check(house_has(hit(c, &s, 0, "body"), "password of the backup"));
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "R-2026-0001", NULL));
	check_int(house_count(&s, "hits"), 1);
}

TEST(a_kind_narrows_what_is_found)
{
	struct house h;
	struct sheet s;

	fill(c, &h);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "log", NULL));
	check_int(house_count(&s, "hits"), 2);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "log", "kind", "case", NULL));
	check_int(house_count(&s, "hits"), 1);
	check_str(hit(c, &s, 0, "word"), S("Case"));
	check(house_has(house_page(c, "find", &s), "<input type=\"hidden\" name=\"kind\" value=\"case\">"));
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "log", "kind", "product", NULL));
	check_int(house_count(&s, "hits"), 0);
	check(!house_see(c, &h.analyst, "find", &s, "q", "log", "kind", "secret", NULL));
	check_fault(c, E_INVALID, "kind");
}

TEST(a_case_that_was_edited_is_still_found_by_its_number_and_notes)
{
	struct house          h;
	struct sheet          s;
	struct casefile_draft d = { .title = S("Key in the log"), .access = S("team") };
	case_id               k;
	str                   number;

	house_open(c, &h, some, 1);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, casefile_open(c, &d, &k, &number));
	check_ok(c, timeline_note(c, k, S("AMBER"), S("The supplier calls it walrus.")));
	check_ok(c, db_commit(c));
	check_ok(c, house_do(c, &h.lead, "case.edit", &s, "id", cstr(c->arena, k.v), "version", "1", "title", "Password in the log",
	                     "tlp", "AMBER", "access", "team", "turn", "team", NULL));
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "walrus", NULL));
	check_int(house_count(&s, "hits"), 1);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", cstr(c->arena, number), NULL));
	check_int(house_count(&s, "hits"), 1);
	check_ok(c, house_see(c, &h.analyst, "find", &s, "q", "password", NULL));
	check_int(house_count(&s, "hits"), 1);
}
