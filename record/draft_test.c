#include "record/draft.h"

#include "record/house_test.h"

/* Drafts through the operations and forms that have them. */

static const struct service *const some[] = { &desk_service, &intake_service, &tracking_service };

static const char *report_made(struct ctx *c, struct house *h)
{
	struct sheet s;

	house_open(c, h, some, 3);
	check_ok(c, house_do(c, &h->nobody, "report.submit", &s, "product", "Kestrel", "title", "It stops", "description", "It stops.", NULL));
	return cstr(c->arena, s.object);
}

static const char *place_of(struct ctx *c, const char *id)
{
	return cstr(c->arena, STR_CAT(c->arena, S("report.reply?id="), str_of(id)));
}

static str page_of(struct ctx *c, const struct actor *who, const char *id)
{
	struct sheet s;

	check_ok(c, house_see(c, who, "report.show", &s, "id", id, NULL));
	return house_page(c, "report.show", &s);
}

TEST(a_draft_is_shown_to_its_writer_and_to_nobody_else)
{
	struct house h;
	struct sheet s;
	const char  *id = report_made(c, &h);
	str          page;

	check(house_has(page_of(c, &h.lead, id), "data-draft=\"/drafts\" data-place=\"report.reply?id="));
	check_ok(c, house_do(c, &h.lead, "draft.keep", &s, "form", place_of(c, id), "body", "body=We+look+%26+answer&marking=RED&next=%2Fx", NULL));
	page = page_of(c, &h.lead, id);
	check(house_has(page, ">\nWe look &amp; answer</textarea>"));   /* the first line end is HTML's own */
	check(house_has(page, "Discard the draft"));
	check(house_has(page, "<option value=\"RED\" selected"));
	page = page_of(c, &h.analyst, id);
	check(!house_has(page, "We look"));
	check(!house_has(page, "Discard the draft"));
	house_close(c);
}

TEST(what_is_sent_is_no_draft_any_more)
{
	struct house h;
	struct sheet s;
	const char  *id = report_made(c, &h);

	check_ok(c, house_do(c, &h.lead, "draft.keep", &s, "form", place_of(c, id), "body", "body=Half+a+senten", NULL));
	check_ok(c, house_do(c, &h.analyst, "draft.keep", &s, "form", place_of(c, id), "body", "body=Second+hand", NULL));
	check(!house_do(c, &h.lead, "report.reply", &s, "id", id, "body", "", NULL));
	check(house_has(page_of(c, &h.lead, id), "Half a senten"));
	check_ok(c, house_do(c, &h.lead, "report.reply", &s, "id", id, "body", "Half a sentence.", NULL));
	check(!house_has(page_of(c, &h.lead, id), "Discard the draft"));
	check(house_has(page_of(c, &h.analyst, id), "Second hand"));
	check_ok(c, house_do(c, &h.analyst, "draft.drop", &s, "form", place_of(c, id), "next", "//elsewhere.example", NULL));
	check_str(s.next, S("/desk"));
	check(!house_has(page_of(c, &h.analyst, id), "Second hand"));
	house_close(c);
}

TEST(drafts_are_for_forms_that_the_person_may_send_and_not_without_number)
{
	struct house h;
	struct sheet s;
	const char  *id = report_made(c, &h);
	bool         ok = true;

	check(!house_do(c, &h.lead, "draft.keep", &s, "form", "report.take?id=x", "body", "a=b", NULL));
	check_fault(c, E_INVALID, "form");
	check(!house_do(c, &h.auditor, "draft.keep", &s, "form", place_of(c, id), "body", "a=b", NULL));
	check_fault(c, E_INVALID, "form");
	check(!house_do(c, &h.nobody, "draft.keep", &s, "form", place_of(c, id), "body", "a=b", NULL));
	for (int i = 0; ok && i < DRAFTS + 1; i++)
		ok = house_do(c, &h.lead, "draft.keep", &s, "form", str_fmt(c->arena, "case.note?id=%d", i).p, "body", "body=x", NULL);
	check(!ok);
	check_fault(c, E_LIMIT, NULL);
	c->now += (DRAFT_DAYS + 1) * DAY;
	check_ok(c, db_begin(c, DB_WRITE, &db_viewer_all));
	check_ok(c, fact_tell(c, "clock.ticked", S(""), S("")));
	check_ok(c, db_commit(c));
	check_ok(c, house_do(c, &h.lead, "draft.keep", &s, "form", "case.note?id=z", "body", "body=x", NULL));
	house_close(c);
}
