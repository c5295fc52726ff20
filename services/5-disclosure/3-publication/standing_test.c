#include "services/5-disclosure/3-publication/publication_test.h"

#include "record/setting.h"

static str suggested(struct ctx *c, struct story *t)
{
	check_ok(c, house_see(c, &t->h.lead, "edition.show", &t->v, "id", t->id, NULL));
	return house_cell(c, &t->v, "status", 0, "suggested");
}

static void status_set(struct ctx *c, struct story *t, const char *status)
{
	check_ok(c, house_do(c, &t->h.lead, "edition.status", &t->s, "id", t->id, "status", status, NULL));
}

static void out(struct ctx *c, struct story *t)
{
	check_ok(c, house_do(c, &t->h.lead, "edition.submit", &t->s, "id", t->id, NULL));
	check_ok(c, house_do(c, &t->h.analyst, "edition.approve", &t->s, "id", t->id, NULL));
	check_ok(c, house_do(c, &t->h.lead, "edition.publish", &t->s, "id", t->id, NULL));
}

static void revise(struct ctx *c, struct story *t)
{
	check_ok(c, house_do(c, &t->h.lead, "advisory.revise", &t->s, "id", t->id, NULL));
	t->id = cstr(c->arena, t->s.object);
}

/* meets CSAF-2.0 9.1.6 */
TEST(interim_is_suggested_while_editions_follow_each_other_and_final_after_quiet_weeks)
{
	struct story t;

	drafted(c, &t, "team");
	check_str(suggested(c, &t), S("interim"));
	status_set(c, &t, "interim");
	check(str_is_none(suggested(c, &t)));   /* taken */
	out(c, &t);
	check(house_has(csaf_of(c, &t), "\"status\": \"interim\""));
	check(str_is_none(suggested(c, &t)));
	c->now += 42 * DAY - 1;
	check(str_is_none(suggested(c, &t)));
	c->now += 1;
	check_str(suggested(c, &t), S("final"));   /* of the one that is out, too */
	check(house_has(house_cell(c, &t.v, "status", 0, "why"), "42 days"));
	revise(c, &t);
	check_str(house_cell(c, &t.v, "edition", 0, "status"), S("interim"));
	check_str(suggested(c, &t), S("final"));
	status_set(c, &t, "final");
	check_ok(c, save(c, &t, "1", "A session stays valid."));
	out(c, &t);
	check(house_has(csaf_of(c, &t), "\"status\": \"final\""));
	c->now += 20 * DAY;
	revise(c, &t);
	check_str(suggested(c, &t), S("interim"));   /* within three weeks */
	c->now += DAY;
	check(str_is_none(suggested(c, &t)));
	house_close(c);
}

TEST(the_days_are_settings)
{
	static const struct db_viewer all_seeing = { S_INIT(""), S_INIT("*") };
	struct story t;

	drafted(c, &t, "team");
	status_set(c, &t, "interim");
	out(c, &t);
	check_ok(c, db_begin(c, DB_WRITE, &all_seeing));
	check_ok(c, setting_save(c, "final_days", S("10")));
	check_ok(c, db_commit(c));
	c->now += 10 * DAY;
	check_str(suggested(c, &t), S("final"));
	house_close(c);
}

static str page_of(struct ctx *c, struct story *t)
{
	struct page *w = NEW(c->arena, struct page);

	page_init(w, c, 8 << 20);
	edition_show(w, t->v.model);
	return buf_str(&w->out);
}

/* meets CSAF-2.0 9.1.6: in one step a further edition that says the same and that it is final */
TEST(an_interim_advisory_is_made_final_by_a_further_edition)
{
	struct story t;

	drafted(c, &t, "team");
	status_set(c, &t, "interim");
	out(c, &t);
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check(!house_has(page_of(c, &t), "Make final"));
	c->now += 42 * DAY;
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check(house_has(page_of(c, &t), "Make final"));
	check(!house_do(c, &t.h.executive, "advisory.finalise", &t.s, "id", t.id, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check_ok(c, house_do(c, &t.h.lead, "advisory.finalise", &t.s, "id", t.id, NULL));
	check(!house_do(c, &t.h.lead, "advisory.finalise", &t.v, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);   /* there is one already */
	t.id = cstr(c->arena, t.s.object);
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check_str(house_cell(c, &t.v, "edition", 0, "status"), S("final"));
	check_str(house_cell(c, &t.v, "edition", 0, "state"), S("draft"));
	check_str(house_cell(c, &t.v, "text_en", 0, "summary"), S("A session stays valid."));
	check(house_has(house_cell(c, &t.v, "text_ja", 0, "change_note"), "確定"));
	out(c, &t);   /* nothing is missing: it goes the usual way */
	check(house_has(csaf_of(c, &t), "\"status\": \"final\""));
	check(!house_do(c, &t.h.lead, "advisory.finalise", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}

TEST(a_document_with_the_status_draft_does_not_go_out)
{
	struct story t;

	drafted(c, &t, "team");
	status_set(c, &t, "draft");
	check(!house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	check(!house_do(c, &t.h.lead, "edition.status", &t.s, "id", t.id, "status", "last", NULL));
	check_fault(c, E_INVALID, "status");
	check(!house_do(c, &t.h.executive, "edition.status", &t.s, "id", t.id, "status", "final", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	status_set(c, &t, "final");
	out(c, &t);
	check(!house_do(c, &t.h.lead, "edition.status", &t.s, "id", t.id, "status", "interim", NULL));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}

/* The one who types on has not lost the version that was seen. */
TEST(the_status_does_not_stand_in_the_way_of_who_has_the_texts_open)
{
	struct story t;

	drafted(c, &t, "team");
	status_set(c, &t, "interim");
	check_ok(c, save(c, &t, "2", "A session stays valid for a day."));
	house_close(c);
}

TEST(the_seal_holds_the_status_and_old_seals_still_fit)
{
	struct bulletin b = { .severity = S("high"), .now = c->now };
	str             old, was;

	b.e.number = S("PSIRT-SA-2026-0007");
	old        = bulletin_seal(c, &b);
	b.e.status = S("final");
	was        = bulletin_seal(c, &b);
	check_str(was, old);
	b.e.status = S("interim");
	check(!str_eq(bulletin_seal(c, &b), was));
}

TEST(a_reader_is_told_that_more_is_expected)
{
	struct story t;

	drafted(c, &t, "team");
	status_set(c, &t, "interim");
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check(house_has(((const struct edition_page *)t.v.model)->preview.page.s, "This is an interim edition"));
	status_set(c, &t, "final");
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check(!house_has(((const struct edition_page *)t.v.model)->preview.page.s, "This is an interim edition"));
	house_close(c);
}
