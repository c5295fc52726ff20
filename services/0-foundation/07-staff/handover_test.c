#include "services/0-foundation/07-staff/staff.h"

#include "record/house_test.h"
#include "record/setting.h"

static const struct service *const some[] = { &staff_service, &audit_service };
static const char password[] = "a long enough secret 4711";

/* The lead, with a password; everything comes from a terminal. */
static void door_open(struct ctx *c, struct house *h)
{
	struct sheet s;
	const char  *code;
	str          link;

	house_open(c, h, some, 2);
	c->zone          = S("UTC");
	h->nobody.channel = CHANNEL_CLI;
	c->actor = &h->nobody;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, user_invite(c, (user_id){ h->lead.id }, "reset", &link));
	check_ok(c, db_commit(c));
	code = cstr(c->arena, link);
	check_ok(c, house_do(c, &h->nobody, "user.accept", &s, "code", code, "password", password, NULL));
}

static bool is_over(struct ctx *c, str token)
{
	struct actor who;
	bool         may_write;

	return !token_actor(c, token, &who, &may_write);
}

TEST(a_terminal_gets_a_token_for_a_password_and_gives_it_back)
{
	struct house h;
	struct sheet s;
	struct actor who;
	bool         may_write;
	str          token;

	door_open(c, &h);
	check_ok(c, house_do(c, &h.nobody, "token.open", &s, "mail", "lead@example.jp", "password", password, NULL));
	token = s.secret;
	check(str_starts(token, S("psirt_")));
	check_ok(c, token_actor(c, token, &who, &may_write));
	check_str(who.id, h.lead.id);
	check(may_write);
	c->now += DAY + SECOND;
	check(is_over(c, token));
	c->now -= DAY + SECOND;
	check_ok(c, house_do(c, &h.nobody, "token.close", &s, "token", cstr(c->arena, token), NULL));
	check(is_over(c, token));
	check(!house_do(c, &h.nobody, "token.close", &s, "token", cstr(c->arena, token), NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_see(c, &h.auditor, "audit.list", &s, NULL));
	check_str(house_cell(c, &s, "entries", 0, "verb"), S("token.close"));
	check_str(house_cell(c, &s, "entries", 0, "who"), S("lead"));
	check_str(house_cell(c, &s, "entries", 1, "verb"), S("token.open"));
	house_close(c);
}

TEST(a_token_of_a_terminal_needs_the_password_and_is_for_terminals)
{
	struct house h;
	struct sheet s;
	struct actor browser;
	struct actor who;
	bool         may_write;

	door_open(c, &h);
	check(!house_do(c, &h.nobody, "token.open", &s, "mail", "lead@example.jp", "password", "something else here", NULL));
	check_fault(c, E_INVALID, "password");
	check(!house_do(c, &h.nobody, "token.open", &s, "mail", "nobody@example.jp", "password", password, NULL));
	check_fault(c, E_INVALID, "password");
	check(!house_do(c, &h.nobody, "token.open", &s, "mail", "lead@example.jp", "password", password, "days", "31", NULL));
	check_fault(c, E_INVALID, "days");
	browser         = h.nobody;
	browser.channel = CHANNEL_WEB;
	check(!house_do(c, &browser, "token.open", &s, "mail", "lead@example.jp", "password", password, NULL));
	check_fault(c, E_USAGE, NULL);
	check_ok(c, house_do(c, &h.nobody, "token.open", &s, "mail", "lead@example.jp", "password", password, "scope", "read", "days", "30", NULL));
	check_ok(c, token_actor(c, s.secret, &who, &may_write));
	check(!may_write);
	house_close(c);
}

TEST(a_role_that_needs_a_second_factor_gets_no_token_without_one)
{
	struct house h;
	struct sheet s;

	door_open(c, &h);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, setting_save(c, "second_factor", S("lead")));
	check_ok(c, db_commit(c));
	check(!house_do(c, &h.nobody, "token.open", &s, "mail", "lead@example.jp", "password", password, NULL));
	check_fault(c, E_STATE, NULL);
	check_int((int64_t)s.secret.n, 0);
	house_close(c);
}

/* The setting came later than the token. */
TEST(a_token_of_a_role_that_needs_a_second_factor_does_nothing_without_one)
{
	struct house h;
	struct sheet s;
	struct actor who;
	bool         may_write;
	str          token;

	door_open(c, &h);
	check_ok(c, house_do(c, &h.nobody, "token.open", &s, "mail", "lead@example.jp", "password", password, NULL));
	token = s.secret;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, setting_save(c, "second_factor", S("lead")));
	check_ok(c, db_commit(c));
	check_ok(c, token_actor(c, token, &who, &may_write));
	check_int((int64_t)who.roles, ROLE_ENROL);
	check_str(who.sight, S(""));
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, setting_save(c, "second_factor", S("administrator")));
	check_ok(c, db_commit(c));
	check_ok(c, token_actor(c, token, &who, &may_write));
	check_int((int64_t)who.roles, ROLE_LEAD);
	house_close(c);
}

TEST(a_one_time_link_ends_the_tokens_of_who_had_the_account)
{
	struct house h;
	struct sheet s;
	str          token, link;

	door_open(c, &h);
	check_ok(c, house_do(c, &h.nobody, "token.open", &s, "mail", "lead@example.jp", "password", password, NULL));
	token    = s.secret;
	c->actor = &h.nobody;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, user_invite(c, (user_id){ h.lead.id }, "reset", &link));
	check_ok(c, db_commit(c));
	check(!is_over(c, token));
	check_ok(c, house_do(c, &h.nobody, "user.accept", &s, "code", cstr(c->arena, link), "password", "another long secret 4712", NULL));
	check(is_over(c, token));
	house_close(c);
}
