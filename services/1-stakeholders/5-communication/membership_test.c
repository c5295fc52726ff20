#include "services/1-stakeholders/5-communication/tracking.h"

#include "record/house_test.h"

static const struct service *const some[] = { &tracking_service, &audit_service };

/* Made by the lead, who is its member. */
static const char *case_open(struct ctx *c, struct house *h, const char *access)
{
	struct casefile_draft d = { .title = S("The gate opens"), .access = str_of(access) };
	struct db_viewer      lead;
	str                   number;
	case_id               id;

	house_open(c, h, some, 2);
	lead     = (struct db_viewer){ h->lead.id, h->lead.sight };
	c->actor = &h->lead;
	check_ok(c, db_begin(c, DB_WRITE, &lead));
	check_ok(c, casefile_open(c, &d, &id, &number));
	check_ok(c, db_commit(c));
	return cstr(c->arena, id.v);
}

static bool admit(struct ctx *c, const struct actor *by, const char *id, const struct actor *who)
{
	struct sheet s;

	return house_do(c, by, "case.admit", &s, "id", id, "account", cstr(c->arena, who->id), NULL);
}

static bool dismiss(struct ctx *c, const struct actor *by, const char *id, const struct actor *who, struct sheet *s)
{
	return house_do(c, by, "case.dismiss", s, "id", id, "account", cstr(c->arena, who->id), NULL);
}

static void active(struct ctx *c)
{
	static const struct db_query q = { .sqlite = "UPDATE account SET state = 'active'", .postgres = "UPDATE account SET state = 'active'", .types = "", .writes = true };
	struct db_run *r;

	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, db_start(c, &q, &r));
	check_ok(c, db_exec(c, r, NULL));
	check_ok(c, db_commit(c));
}

/* meets FIRST-1.1 1.5.3.1 */
TEST(who_need_not_know_any_more_is_taken_off_the_case_and_sees_nothing_of_it)
{
	struct house h;
	struct sheet s;
	const char  *id = case_open(c, &h, "members");

	active(c);
	check_ok(c, house_do(c, &h.lead, "case.note", &s, "id", id, "body", "Only for members: heron", NULL));
	check(!house_see(c, &h.engineer, "case.show", &s, "id", id, NULL));
	check_ok(c, admit(c, &h.lead, id, &h.engineer));
	check_ok(c, house_see(c, &h.engineer, "case.show", &s, "id", id, NULL));
	check_ok(c, house_see(c, &h.engineer, "find", &s, "q", "heron", NULL));
	check_int(house_count(&s, "hits"), 1);
	check_ok(c, dismiss(c, &h.lead, id, &h.engineer, &s));
	check(!house_see(c, &h.engineer, "case.show", &s, "id", id, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &h.engineer, "case.note", &s, "id", id, "body", "x", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_see(c, &h.engineer, "find", &s, "q", "heron", NULL));
	check_int(house_count(&s, "hits"), 0);
	check_ok(c, house_see(c, &h.engineer, "case.list", &s, NULL));
	check_int(house_count(&s, "cases"), 0);
	check(!dismiss(c, &h.lead, id, &h.engineer, &s));
	check_fault(c, E_INVALID, "account");
	check_ok(c, house_see(c, &h.lead, "case.show", &s, "id", id, NULL));
	check(house_has(house_page(c, "case.show", &s), "Person taken off the case"));
	check_ok(c, house_see(c, &h.lead, "audit.case", &s, "id", id, "verb", "case.dismiss", NULL));
	check_str(house_cell(c, &s, "entries", 0, "object"), h.engineer.id);
	house_close(c);
}

TEST(a_case_never_loses_the_last_of_the_team_who_sees_it_nor_its_owner)
{
	struct house h;
	struct sheet s;
	const char  *id = case_open(c, &h, "members"), *version;

	active(c);
	check_ok(c, admit(c, &h.lead, id, &h.engineer));   /* not of the team */
	check(!dismiss(c, &h.lead, id, &h.lead, &s));
	check_fault(c, E_STATE, "account");
	check_ok(c, admit(c, &h.lead, id, &h.analyst));
	check_ok(c, house_see(c, &h.lead, "case.show", &s, "id", id, NULL));
	version = cstr(c->arena, house_cell(c, &s, "case", 0, "version"));
	check_ok(c, house_do(c, &h.lead, "case.edit", &s, "id", id, "version", version, "title", "The gate opens", "tlp", "RED", "access", "members",
	                     "turn", "team", "owner", cstr(c->arena, h.analyst.id), NULL));
	check(!dismiss(c, &h.lead, id, &h.analyst, &s));
	check_fault(c, E_STATE, "account");
	check_ok(c, dismiss(c, &h.lead, id, &h.lead, &s));
	check_str(s.next, S("/cases"));
	check(!house_see(c, &h.lead, "case.show", &s, "id", id, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

TEST(nobody_is_let_in_by_strangers_to_the_case_or_without_a_role_that_reads)
{
	struct house h;
	struct actor admin;
	struct sheet s;
	const char  *id = case_open(c, &h, "members");

	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	admin = house_person(c, "administrator", ROLE_ADMIN);
	check_ok(c, db_commit(c));
	check(!admit(c, &h.lead, id, &h.engineer));         /* invited, and never came */
	check_fault(c, E_INVALID, "account");
	active(c);
	check(!admit(c, &h.lead, id, &admin));
	check_fault(c, E_INVALID, "account");
	check(!admit(c, &h.analyst, id, &h.analyst));       /* sees no such case */
	check_fault(c, E_NOTFOUND, NULL);
	check(!dismiss(c, &h.analyst, id, &h.lead, &s));
	check_fault(c, E_NOTFOUND, NULL);
	check(!admit(c, &h.engineer, id, &h.engineer));
	check_fault(c, E_FORBIDDEN, NULL);
	house_close(c);
}
