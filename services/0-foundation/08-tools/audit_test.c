#include "services/0-foundation/08-tools/audit.h"

#include "record/house_test.h"

#include "record/casefile.h"

static const struct service *const some[] = { &audit_service, &tracking_service };

/* Two cases, one of members only, with a note by the lead in each. */
static void open_house(struct ctx *c, struct house *h, case_id *open, case_id *hidden)
{
	struct casefile_draft d = { .title = S("Case"), .severity = S("high"), .access = S("team") };
	struct sheet s;
	str          number;

	house_open(c, h, some, 2);
	c->zone  = S("UTC");
	c->actor = &h->lead;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, casefile_open(c, &d, open, &number));
	d.access = S("members");
	check_ok(c, casefile_open(c, &d, hidden, &number));
	check_ok(c, db_commit(c));
	check_ok(c, house_do(c, &h->lead, "case.note", &s, "id", cstr(c->arena, open->v), "body", "Seen", NULL));
	check_ok(c, house_do(c, &h->lead, "case.note", &s, "id", cstr(c->arena, hidden->v), "body", "Hidden", NULL));
}

static size_t entries(struct ctx *c, const struct actor *who, const char *name, const char *value)
{
	struct sheet s;

	check_ok(c, house_see(c, who, "audit.list", &s, name, value, NULL));
	check(house_page(c, "audit.list", &s).n > 0);
	return house_count(&s, "entries");
}

/* meets FIRST-1.1 1.5.3.1 */
TEST(the_audit_shows_the_newest_first_and_what_of_it_one_may_see)
{
	struct house h;
	struct sheet s;
	case_id      open, hidden;

	open_house(c, &h, &open, &hidden);
	c->now += HOUR;
	check_ok(c, house_see(c, &h.auditor, "case.show", &s, "id", cstr(c->arena, open.v), NULL));
	check_ok(c, house_see(c, &h.auditor, "audit.list", &s, NULL));
	check_int(house_count(&s, "entries"), 2);
	check_str(house_cell(c, &s, "entries", 0, "verb"), S("case.show"));
	check_str(house_cell(c, &s, "entries", 0, "who"), S("auditor"));
	check_str(house_cell(c, &s, "entries", 1, "verb"), S("case.note"));
	check(house_has(house_page(c, "audit.list", &s), "Write a note"));
	check_ok(c, house_see(c, &h.lead, "audit.list", &s, NULL));
	check_int(house_count(&s, "entries"), 4);   /* the hidden case, and the auditor's look */
	house_close(c);
}

TEST(filters_narrow_the_audit)
{
	struct house h;
	struct sheet s;
	case_id      open, hidden;

	open_house(c, &h, &open, &hidden);
	c->now += HOUR;
	check_ok(c, house_see(c, &h.analyst, "case.show", &s, "id", cstr(c->arena, open.v), NULL));
	check_int(entries(c, &h.auditor, "actor", "analyst"), 1);
	check_int(entries(c, &h.auditor, "actor", "nobody of this name"), 0);
	check_int(entries(c, &h.auditor, "verb", "case.note"), 1);
	check_int(entries(c, &h.auditor, "reads", "no"), 1);
	check_int(entries(c, &h.auditor, "case", cstr(c->arena, open.v)), 2);
	check_int(entries(c, &h.auditor, "case", "PSIRT-2026-0001"), 2);
	check_int(entries(c, &h.auditor, "until", "2026-11-24T00:30:00Z"), 1);
	check_int(entries(c, &h.auditor, "since", "2026-11-25T00:00:00Z"), 0);
	check(entries(c, &h.auditor, "case", "system") >= 7);
	house_close(c);
}

TEST(pages_of_the_audit_follow_each_other)
{
	struct house h;
	struct sheet s;
	case_id      open, hidden;
	str          page;

	open_house(c, &h, &open, &hidden);
	for (int i = 0; i < 9; i++) {
		c->now += MINUTE;
		check_ok(c, house_see(c, &h.analyst, "case.show", &s, "id", cstr(c->arena, open.v), NULL));
	}
	check_ok(c, house_see(c, &h.auditor, "audit.case", &s, "id", cstr(c->arena, open.v), "most", "4", "start", "4", NULL));
	check_int(house_count(&s, "entries"), 4);
	page = house_page(c, "audit.case", &s);
	check(house_has(page, "start=8") && house_has(page, "start=0"));
	check_ok(c, house_see(c, &h.auditor, "audit.case", &s, "id", cstr(c->arena, open.v), "start", "999999", NULL));
	check_int(house_count(&s, "entries"), 0);
	check(!house_see(c, &h.auditor, "audit.list", &s, "most", "501", NULL));
	check_fault(c, E_INVALID, "most");
	house_close(c);
}

TEST(the_audit_of_a_hidden_case_is_as_if_there_were_none)
{
	struct house h;
	struct sheet s;
	case_id      open, hidden;

	open_house(c, &h, &open, &hidden);
	check_ok(c, house_see(c, &h.auditor, "audit.case", &s, "id", cstr(c->arena, open.v), NULL));
	check_int(house_count(&s, "entries"), 1);
	check(!house_see(c, &h.auditor, "audit.case", &s, "id", cstr(c->arena, hidden.v), NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_see(c, &h.auditor, "audit.list", &s, "case", "PSIRT-2026-0002", NULL));
	check_fault(c, E_INVALID, "case");
	check(!house_see(c, &h.auditor, "audit.list", &s, "case", "PSIRT-2026-9999", NULL));
	check_fault(c, E_INVALID, "case");
	house_close(c);
}

TEST(only_auditors_and_leads_read_the_audit)
{
	struct house h;
	struct sheet s;
	case_id      open, hidden;

	open_house(c, &h, &open, &hidden);
	check(!house_see(c, &h.analyst, "audit.list", &s, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_see(c, &h.engineer, "audit.verify", &s, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_see(c, &h.executive, "audit.case", &s, "id", cstr(c->arena, open.v), NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	house_close(c);
}

TEST(the_verdict_says_whole_until_somebody_tampers)
{
	static const struct db_query q = {
		.sqlite = "UPDATE journal SET object = 'x' WHERE pos = 1 AND chain IN (SELECT k.id FROM casefile k WHERE k.access = 'team')",
		.types = "", .writes = true, .guarded = true };
	struct house   h;
	struct sheet   s;
	struct db_run *r;
	case_id        open, hidden;

	open_house(c, &h, &open, &hidden);
	check_ok(c, house_see(c, &h.auditor, "audit.verify", &s, NULL));
	check_str(house_cell(c, &s, "verdict", 0, "good"), S("1"));
	check_str(house_cell(c, &s, "verdict", 0, "chains"), S("1"));
	check_ok(c, house_see(c, &h.lead, "audit.verify", &s, NULL));
	check_str(house_cell(c, &s, "verdict", 0, "chains"), S("3"));
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, db_start(c, &q, &r));
	check_ok(c, db_exec(c, r, NULL));
	check_ok(c, db_commit(c));
	check_ok(c, house_see(c, &h.auditor, "audit.verify", &s, NULL));
	check_str(house_cell(c, &s, "verdict", 0, "good"), S("0"));
	check_str(house_cell(c, &s, "verdict", 0, "chain"), open.v);
	check(house_has(house_page(c, "audit.verify", &s), "The entry was altered or moved"));
	check(house_has(house_page(c, "audit.verify", &s), "PSIRT-2026-0001"));
	house_close(c);
}

TEST(the_case_page_leads_auditors_to_its_audit)
{
	struct house h;
	struct sheet s;
	case_id      open, hidden;

	open_house(c, &h, &open, &hidden);
	check_ok(c, house_see(c, &h.auditor, "case.show", &s, "id", cstr(c->arena, open.v), NULL));
	check(house_has(house_page(c, "case.show", &s), "/audit\""));
	check_ok(c, house_see(c, &h.analyst, "case.show", &s, "id", cstr(c->arena, open.v), NULL));
	check(!house_has(house_page(c, "case.show", &s), "/audit\""));
	house_close(c);
}

TEST(an_erased_name_is_shown_as_erased)
{
	struct house h;
	struct sheet s;
	case_id      open, hidden;
	int64_t      n;

	open_house(c, &h, &open, &hidden);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, journal_forget(c, h.lead.id, &n));
	check_ok(c, db_commit(c));
	check_ok(c, house_see(c, &h.auditor, "audit.list", &s, NULL));
	check(house_has(house_page(c, "audit.list", &s), "(erased)"));
	house_close(c);
}
