#include "services/2-discovery/1-intake/agreement.h"

#include "record/casefile.h"
#include "record/house_test.h"

static const struct service *const some[] = { &intake_service, &qualification_service, &tracking_service };

struct deal { struct house h; struct actor finder; const char *id, *k; };

/* A report of a finder who reads Japanese, qualified into a case. */
static void deal_open(struct ctx *c, struct deal *d)
{
	struct sheet s;

	house_open(c, &d->h, some, 3);
	c->now  = civil_days(2026, 11, 2) * DAY;
	c->zone = S("UTC");
	check_ok(c, house_do(c, &d->h.lead, "report.enter", &s, "source", "external", "channel", "mail", "lang", "ja", "product", "Kestrel",
	                     "title", "It stops", "description", "It stops.", "contact", "finder@example.org", "credit", "Hana", NULL));
	d->id     = cstr(c->arena, s.object);
	d->finder = receipt_actor(c, s.secret);
	check_ok(c, house_do(c, &d->h.lead, "report.decide", &s, "id", d->id, "outcome", "qualified", "reason", "Seen", NULL));
	d->k = cstr(c->arena, s.casefile);
}

static bool propose(struct ctx *c, struct deal *d, const char *version, const char *day, const char *credit, struct sheet *s)
{
	return house_do(c, &d->h.analyst, "report.propose", s, "id", d->id, "version", version, "plan_date", day, "plan_time", "18:00",
	                "plan_zone", "Asia/Tokyo", "credit", credit, NULL);
}

static bool told(struct ctx *c, struct deal *d, const char *fact, const char *part)
{
	struct sheet s;

	check_ok(c, house_see(c, &d->h.lead, "case.show", &s, "id", d->k, NULL));
	for (size_t i = 0; i < house_count(&s, "timeline"); i++)
		if (str_eq(house_cell(c, &s, "timeline", i, "fact"), str_of(fact)) && house_has(house_cell(c, &s, "timeline", i, "body"), part))
			return true;
	return false;
}

static str finder_page(struct ctx *c, struct deal *d)
{
	struct sheet s;

	check_ok(c, house_see(c, &d->finder, "report.mine", &s, NULL));
	return house_page(c, "report.mine", &s);
}

/* meets FIRST-1.1 5.2.1, 5.2.1.4 */
TEST(the_finder_agrees_to_the_date_and_the_acknowledgement)
{
	struct deal  d;
	struct sheet s;
	str          page;

	deal_open(c, &d);
	check(!house_has(finder_page(c, &d), "id=\"agreement\""));
	check_ok(c, propose(c, &d, "0", "2026-12-10", "Hana", &s));
	check(told(c, &d, "agreement.proposed", "2026-12-10 18:00 (Asia/Tokyo) · Hana"));
	page = finder_page(c, &d);
	check(house_has(page, "2026-12-10 18:00 (Asia/Tokyo)"));
	check(house_has(page, "Asia/Tokyo"));
	check(house_has(page, "提案します"));              /* the message is in the finder's language */
	check(!house_has(page, "analyst"));               /* names of people inside stay inside */
	check_ok(c, house_do(c, &d.finder, "report.agree", &s, "version", "1", NULL));
	check(told(c, &d, "agreement.reached", "2026-12-10 18:00 (Asia/Tokyo) · Hana"));
	check(house_has(finder_page(c, &d), "Agreed"));
	check(!house_has(finder_page(c, &d), "/report/mine/agreement"));
	check_ok(c, house_see(c, &d.h.lead, "report.show", &s, "id", d.id, NULL));
	check_str(house_cell(c, &s, "agreements", 0, "state"), S("agreed"));
	check_str(house_cell(c, &s, "report", 0, "unread"), S("1"));
	check(house_has(house_page(c, "report.show", &s), "Agreed with the finder"));
	check(!house_do(c, &d.finder, "report.agree", &s, "version", "1", NULL));
	check_fault(c, E_CONFLICT, NULL);
	house_close(c);
}

TEST(the_finder_wishes_something_else_and_gets_it)
{
	struct deal  d;
	struct sheet s;
	str          page;

	deal_open(c, &d);
	check_ok(c, propose(c, &d, "0", "2026-12-10", "Hana", &s));
	check_ok(c, house_do(c, &d.finder, "report.wish", &s, "version", "1", "plan_date", "2027-01-15", "plan_time", "18:00", "plan_zone", "Asia/Tokyo",
	                     "credit", "Hana of Kumo Lab", "words", "After the holidays", NULL));
	check(told(c, &d, "agreement.countered", "2027-01-15 18:00 (Asia/Tokyo) · Hana of Kumo Lab"));
	check(!house_do(c, &d.finder, "report.agree", &s, "version", "1", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, house_see(c, &d.h.lead, "report.show", &s, "id", d.id, NULL));
	page = house_page(c, "report.show", &s);
	check(house_has(page, "name=\"plan_date\" value=\"2027-01-15\""));   /* the wish is what is offered */
	check(house_has(page, "After the holidays"));
	check(!propose(c, &d, "0", "2027-01-15", "Hana of Kumo Lab", &s));   /* seen before the finder answered */
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, propose(c, &d, "1", "2027-01-15", "Hana of Kumo Lab", &s));
	check(told(c, &d, "agreement.reached", "2027-01-15"));                /* just the wish: nobody is asked again */
	check_ok(c, house_see(c, &d.h.lead, "report.show", &s, "id", d.id, NULL));
	check_str(house_cell(c, &s, "report", 0, "credit"), S("Hana of Kumo Lab"));
	check_int((int64_t)house_count(&s, "agreements"), 2);
	house_close(c);
}

static str embargo(struct ctx *c, struct deal *d)
{
	struct sheet s;

	check_ok(c, house_see(c, &d->h.lead, "case.show", &s, "id", d->k, NULL));
	return STR_CAT(c->arena, house_cell(c, &s, "case", 0, "embargo_at"), S(" "), house_cell(c, &s, "case", 0, "embargo_zone"));
}

/* 18:00 in Tokyo. */
static str agreed_day(struct ctx *c, int year, int month, int day)
{
	return str_fmt(c->arena, "%lld Asia/Tokyo", (long long)(civil_days(year, month, day) * DAY + 9 * HOUR));
}

/* meets FIRST-1.1 5.2.1 */
TEST(the_agreed_day_is_the_embargo_of_a_case_that_has_none_and_is_offered_where_there_is_another)
{
	struct deal  d;
	struct sheet s;
	str          page;

	deal_open(c, &d);
	check_ok(c, propose(c, &d, "0", "2026-12-10", "Hana", &s));
	check(!str_ends(embargo(c, &d), S("Asia/Tokyo")));   /* not before it is agreed */
	check_ok(c, house_do(c, &d.finder, "report.agree", &s, "version", "1", NULL));
	check_str(embargo(c, &d), agreed_day(c, 2026, 12, 10));
	check(told(c, &d, "case.embargoed", "2026-12-10 18:00 (Asia/Tokyo)"));
	check_ok(c, house_see(c, &d.h.lead, "report.show", &s, "id", d.id, NULL));
	check(!house_has(house_page(c, "report.show", &s), "/embargo\""));

	/* Agreed anew: the case keeps its own until the team takes the other. */
	check_ok(c, propose(c, &d, "1", "2027-01-15", "Hana", &s));
	check_ok(c, house_do(c, &d.finder, "report.agree", &s, "version", "2", NULL));
	check_str(embargo(c, &d), agreed_day(c, 2026, 12, 10));
	check_ok(c, house_see(c, &d.h.lead, "report.show", &s, "id", d.id, NULL));
	page = house_page(c, "report.show", &s);
	check(house_has(page, "is another: <b>2026-12-10 18:00 (Asia/Tokyo)") || house_has(page, "2026-12-10 18:00 (Asia/Tokyo)</b>"));
	check(house_has(page, "/embargo\""));
	check(!house_do(c, &d.h.lead, "report.embargo", &s, "id", d.id, "version", "1", "case_version", "1", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check(!house_do(c, &d.h.lead, "report.embargo", &s, "id", d.id, "version", "2", "case_version", "1", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check(!house_do(c, &d.h.auditor, "report.embargo", &s, "id", d.id, "version", "2", "case_version", "1", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check_ok(c, house_see(c, &d.h.lead, "case.show", &s, "id", d.k, NULL));
	check_ok(c, house_do(c, &d.h.lead, "report.embargo", &s, "id", d.id, "version", "2",
	                     "case_version", cstr(c->arena, house_cell(c, &s, "case", 0, "version")), NULL));
	check_str(embargo(c, &d), agreed_day(c, 2027, 1, 15));
	check(told(c, &d, "case.embargoed", "2027-01-15 18:00 (Asia/Tokyo)"));
	house_close(c);
}

TEST(what_was_agreed_before_a_report_came_to_its_case_becomes_the_embargo_then)
{
	struct deal  d;
	struct sheet s;

	deal_open(c, &d);
	check_ok(c, house_do(c, &d.h.lead, "report.enter", &s, "source", "external", "channel", "mail", "lang", "en", "product", "Kestrel",
	                     "description", "It stops again.", NULL));
	d.id     = cstr(c->arena, s.object);
	d.finder = receipt_actor(c, s.secret);
	check_ok(c, propose(c, &d, "0", "2026-12-10", "", &s));
	check_ok(c, house_do(c, &d.finder, "report.agree", &s, "version", "1", NULL));
	check_ok(c, house_do(c, &d.h.lead, "report.decide", &s, "id", d.id, "outcome", "qualified", "reason", "Seen", NULL));
	d.k = cstr(c->arena, s.casefile);
	check_str(embargo(c, &d), agreed_day(c, 2026, 12, 10));
	house_close(c);
}

TEST(what_cannot_be_proposed_is_refused_and_strangers_find_nothing)
{
	struct deal  d;
	struct sheet s;
	struct actor other;

	deal_open(c, &d);
	check(!propose(c, &d, "0", "2026-10-01", "", &s));
	check_fault(c, E_INVALID, "plan_date");
	check(!house_do(c, &d.h.lead, "report.propose", &s, "id", d.id, "plan_date", "2027-03-28", "plan_time", "02:30", "plan_zone", "Europe/Berlin", NULL));
	check_fault(c, E_INVALID, "plan_time");
	check(!house_do(c, &d.h.lead, "report.propose", &s, "id", d.id, "plan_date", "2027-03-28", "plan_time", "02:30", "plan_zone", "Nowhere", NULL));
	check_fault(c, E_INVALID, "plan_zone");
	check(!house_do(c, &d.h.auditor, "report.propose", &s, "id", d.id, "plan_date", "2027-03-28", "plan_time", "12:30", "plan_zone", "UTC", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_do(c, &d.finder, "report.agree", &s, "version", "1", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, propose(c, &d, "0", "2026-12-10", "", &s));
	other = receipt_actor(c, S("AAAAA-AAAAA-AAAAA-AAAAA"));
	check(!house_do(c, &other, "report.agree", &s, "version", "1", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, propose(c, &d, "1", "2026-12-11", "", &s));               /* a better one before the answer */
	check(!house_do(c, &d.finder, "report.agree", &s, "version", "1", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, house_do(c, &d.finder, "report.agree", &s, "version", "2", NULL));
	house_close(c);
}

/* meets ISO-29147 6.2.5 */
TEST(the_letter_about_a_proposal_says_nothing_of_it)
{
	struct deal  d;
	struct sheet s;
	str          letters;

	deal_open(c, &d);
	check_ok(c, propose(c, &d, "0", "2026-12-10", "Hana", &s));
	letters = house_post(c);
	check(letters.n > 0);
	check(!house_has(letters, "2026-12-10"));
	check(!house_has(letters, "Hana"));
	house_close(c);
}
