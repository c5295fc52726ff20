#include "record/house_test.h"

#include <string.h>

#include "record/casefile.h"
#include "record/facts.h"
#include "record/reminder.h"
#include "record/report.h"

static const struct service *const only[] = { &staff_service, &outbox_service, &tracking_service, &desk_service, &intake_service };

static bool tick(struct ctx *c)
{
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, fact_tell(c, "clock.ticked", S(""), S("")));
	return db_commit(c);
}

static case_id a_case(struct ctx *c, struct house *h)
{
	struct casefile_draft d = { .title = S("Secret words of the case"), .owner = { h->analyst.id } };
	case_id k;
	str     number;

	c->actor = &h->lead;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, casefile_open(c, &d, &k, &number));
	check_ok(c, db_commit(c));
	return k;
}

static bool wanted(struct ctx *c, const struct actor *by, const struct actor *who, enum reminder_kind kind, const char *holder)
{
	c->actor = by;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, reminder_send(c, kind, (user_id){ who->id }, str_of(holder)));
	return db_commit(c);
}

static size_t letters(struct ctx *c, struct house *h, struct sheet *s)
{
	check_ok(c, house_see(c, &h->lead, "letter.list", s, NULL));
	return house_count(s, "letters");
}

static bool wish(struct ctx *c, const struct actor *who, const char *lang, const char *how)
{
	struct sheet s;

	return house_do(c, who, "user.settings", &s, "lang", lang, "zone", "Asia/Tokyo", "letters", how, NULL);
}

TEST(who_becomes_the_owner_hears_of_it_once_and_nothing_of_the_content)
{
	struct house h;
	struct sheet s, k;
	case_id      id;
	const char  *version;
	str          body;

	house_open(c, &h, only, 5);
	check_ok(c, wish(c, &h.engineer, "ja", "now"));
	id = a_case(c, &h);   /* the lead's, for the analyst */
	check_int(letters(c, &h, &s), 1);
	check_str(house_cell(c, &s, "letters", 0, "address"), S("analyst@example.jp"));
	check_ok(c, house_see(c, &h.lead, "case.show", &k, "id", id.v.p, NULL));
	for (int i = 0; i < 2; i++) {   /* the second changes no owner */
		check_ok(c, house_see(c, &h.lead, "case.show", &k, "id", cstr(c->arena, id.v), NULL));
		version = cstr(c->arena, house_cell(c, &k, "case", 0, "version"));
		c->now += SECOND;
		check_ok(c, house_do(c, &h.lead, "case.edit", &s, "id", cstr(c->arena, id.v), "version", version, "title", "Secret words of the case",
			"tlp", "AMBER", "access", "team", "owner", cstr(c->arena, h.engineer.id), "turn", "team", NULL));
	}
	check_int(letters(c, &h, &s), 2);
	check_str(house_cell(c, &s, "letters", 0, "address"), S("engineer@example.jp"));
	check_str(house_cell(c, &s, "letters", 0, "lang"), S("ja"));
	body = house_cell(c, &s, "letters", 0, "body");
	check(house_has(body, "/desk") && !house_has(body, "Secret") && !house_has(body, "PSIRT-"));
	house_close(c);
}

TEST(nobody_hears_of_what_they_did_themselves_or_when_they_wish_no_letters_or_have_left)
{
	struct house h;
	struct sheet s;

	house_open(c, &h, only, 5);
	check_ok(c, wanted(c, &h.engineer, &h.engineer, REMIND_QUESTION, ""));
	check_ok(c, wish(c, &h.engineer, "en", "off"));
	check_ok(c, wanted(c, &h.lead, &h.engineer, REMIND_QUESTION, ""));
	check(!wish(c, &h.engineer, "en", "hourly"));
	check_fault(c, E_INVALID, "letters");
	check_int(letters(c, &h, &s), 0);
	check_ok(c, wish(c, &h.engineer, "en", "now"));
	check_ok(c, wanted(c, &h.lead, &h.engineer, REMIND_QUESTION, ""));
	check_int(letters(c, &h, &s), 1);
	house_close(c);
}

/* 2026-11-24 09:00 UTC is 18:00 in Tokyo; eight o'clock is 14 hours away. */
TEST(a_daily_letter_counts_what_came_and_leaves_in_the_persons_own_morning)
{
	struct house h;
	struct sheet s;
	struct civil day = { 2026, 11, 24, 9, 0, 0, 0 };
	str          body;

	house_open(c, &h, only, 5);
	c->now = civil_time(&day);
	check_ok(c, wish(c, &h.engineer, "en", "daily"));
	check_ok(c, wanted(c, &h.lead, &h.engineer, REMIND_QUESTION, "one"));
	check_ok(c, wanted(c, &h.lead, &h.engineer, REMIND_QUESTION, "two"));
	check_ok(c, wanted(c, &h.lead, &h.engineer, REMIND_QUESTION, "two"));
	check_ok(c, wanted(c, &h.lead, &h.engineer, REMIND_YOURS, "one"));
	c->now += 14 * HOUR - SECOND;
	check_ok(c, tick(c));
	check_int(letters(c, &h, &s), 0);
	c->now += SECOND;
	check_ok(c, tick(c));
	check_ok(c, tick(c));
	check_int(letters(c, &h, &s), 1);
	body = house_cell(c, &s, "letters", 0, "body");
	check(house_has(body, "- questions that were put to you: 2\n- cases that became yours: 1\n") && !house_has(body, "promises"));
	check_str(house_cell(c, &s, "letters", 0, "kind"), S("reminder.daily"));
	c->now += 2 * DAY;
	check_ok(c, tick(c));
	check_int(letters(c, &h, &s), 1);   /* nothing came, no letter */
	house_close(c);
}

TEST(a_lead_who_wishes_hears_daily_of_promises_that_come_due_each_once)
{
	struct house h;
	struct sheet s, r;
	struct civil day = { 2026, 11, 24, 9, 0, 0, 0 };
	time_us      due;

	house_open(c, &h, only, 5);
	c->now = civil_time(&day);
	check_ok(c, house_do(c, &h.nobody, "report.submit", &r, "product", "Kestrel", "description", "A long cookie stops it.", NULL));
	check_ok(c, house_do(c, &h.analyst, "report.reply", &s, "id", cstr(c->arena, r.object), "body", "Thank you.", NULL));
	check_ok(c, house_see(c, &h.lead, "report.list", &s, NULL));
	check(str_to_int(house_cell(c, &s, "reports", 0, "due_at"), &due));
	check(due > c->now + 3 * DAY);
	check_ok(c, wish(c, &h.lead, "en", "daily"));
	c->now = due - 2 * DAY - HOUR;
	check_ok(c, tick(c));
	c->now += DAY;
	check_ok(c, tick(c));
	check_int(letters(c, &h, &s), 0);   /* it was not near when that morning came */
	c->now += HOUR;
	check_ok(c, tick(c));
	c->now += DAY;
	check_ok(c, tick(c));
	check_int(letters(c, &h, &s), 1);
	check(house_has(house_cell(c, &s, "letters", 0, "body"), "due within two days: 1\n"));
	c->now += DAY;
	check_ok(c, tick(c));
	check_int(letters(c, &h, &s), 1);
	house_close(c);
}
