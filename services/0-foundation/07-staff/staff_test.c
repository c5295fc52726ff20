#include "services/0-foundation/07-staff/staff.h"

#include "record/attempt.h"
#include "record/house_test.h"
#include "record/setting.h"
#include "standards/totp/totp.h"

/* Accounts as people use them: links, passwords, codes, sessions, tokens. */

#define MAIL  "noa@example.jp"
#define PASS  "correct horse battery staple"
#define WRONG "incorrect horse battery staple"

static const struct service *const only[] = { &staff_service, &audit_service };

struct desk { struct house h; struct actor admin, noa; struct sheet out; };

static void write_open(struct ctx *c)
{
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
}

/* Who a cookie stands for. */
static struct actor cookie_actor(struct ctx *c, str cookie)
{
	struct actor who;
	enum lang    lang;

	check_ok(c, session_actor(c, cookie, &who, &lang));
	return who;
}

/* A house with an administrator and noa, an analyst who has come in by her link. */
static void begin(struct ctx *c, struct desk *d)
{
	str link;

	house_open(c, &d->h, only, 2);
	write_open(c);
	d->admin = house_person(c, "admin", ROLE_ADMIN);
	check_ok(c, sql_account_set_password(c, (user_id){ d->admin.id }, S("-")));
	check_ok(c, db_commit(c));
	check_ok(c, house_do(c, &d->admin, "user.invite", &d->out, "name", "Noa", "mail", MAIL, "roles", "analyst", NULL));
	link = str_slice(d->out.secret, str_find(d->out.secret, S("code="), 0) + 5, d->out.secret.n);
	check_ok(c, house_do(c, &d->h.nobody, "user.accept", &d->out, "code", cstr(c->arena, link), "password", PASS, NULL));
	d->noa = cookie_actor(c, d->out.cookie);
	check_str(d->noa.name, S("Noa"));
}

static bool sign_in(struct ctx *c, struct desk *d, const char *mail, const char *password)
{
	return house_do(c, &d->h.nobody, "session.open", &d->out, "mail", mail, "password", password, NULL);
}

static const char *code_at(struct ctx *c, str key, int64_t off)
{
	return cstr(c->arena, totp_code(c, key, totp_step(c->now) + off, TOTP_DIGITS));
}

/* Set up the second factor for noa; her key and recovery codes. */
static str enrol(struct ctx *c, struct desk *d, str *codes)
{
	str draft, key;

	check_ok(c, house_see(c, &d->noa, "factor.show", &d->out, NULL));
	draft = house_cell(c, &d->out, "factor", 0, "draft");
	check_ok(c, factor_draft_read(c, (user_id){ d->noa.id }, draft, &key));
	check_ok(c, house_do(c, &d->noa, "factor.enrol", &d->out, "draft", cstr(c->arena, draft),
	                     "code", code_at(c, key, 0), "password", PASS, NULL));
	if (codes)
		*codes = d->out.secret;
	d->noa = cookie_actor(c, d->out.cookie);
	return key;
}

TEST(a_password_opens_a_session_and_the_audit_says_whose)
{
	struct desk d;

	begin(c, &d);
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	check_str(d.out.next, S("/desk"));
	check_str(cookie_actor(c, d.out.cookie).name, S("Noa"));
	check_ok(c, house_see(c, &d.h.lead, "audit.list", &d.out, "verb", "session.open", NULL));
	check_int(house_count(&d.out, "entries"), 1);
	check_str(house_cell(c, &d.out, "entries", 0, "who"), S("Noa"));
	check_str(house_cell(c, &d.out, "entries", 0, "object"), d.noa.id);
	house_close(c);
}

TEST(a_wrong_password_and_an_unknown_address_look_alike)
{
	struct desk  d;
	struct fault why;

	begin(c, &d);
	for (int i = 0; i < 5; i++) {
		check(!sign_in(c, &d, MAIL, WRONG));
		why = c->fault;
		check_fault(c, E_INVALID, "password");
		check(!sign_in(c, &d, "nobody@example.jp", WRONG));
		check_fault(c, E_INVALID, "password");
		check(why.text == c->fault.text);
	}
	check(!sign_in(c, &d, MAIL, WRONG));
	check(!sign_in(c, &d, "nobody@example.jp", WRONG));
	/* the sixth was still judged; now both wait, even with the right password */
	check(!sign_in(c, &d, MAIL, PASS));
	check_fault(c, E_RATE, NULL);
	check(!sign_in(c, &d, "nobody@example.jp", WRONG));
	check_fault(c, E_RATE, NULL);
	c->now += 15 * MINUTE;
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	house_close(c);
}

TEST(refused_tries_reach_the_audit_sparsely_and_without_names)
{
	struct desk d;

	begin(c, &d);
	for (int i = 0; i < 12; i++) {
		check(!sign_in(c, &d, MAIL, WRONG));
		check(!sign_in(c, &d, i % 2 ? "x@example.jp" : "y@example.jp", WRONG));
		c->now += 20 * SECOND;
	}
	c->now += 15 * MINUTE;
	check(!sign_in(c, &d, MAIL, WRONG));
	check_ok(c, house_see(c, &d.h.lead, "audit.list", &d.out, "verb", "session.open", NULL));
	check_int(house_count(&d.out, "entries"), 3);
	check_str(house_cell(c, &d.out, "entries", 0, "who"), S(""));
	check_str(house_cell(c, &d.out, "entries", 0, "object"), d.noa.id);
	check(str_starts(house_cell(c, &d.out, "entries", 0, "note"), S("refused: ")));
	for (size_t i = 0; i < 3; i++)
		check(!house_has(house_cell(c, &d.out, "entries", i, "note"), "example"));
	house_close(c);
}

TEST(the_api_says_that_it_takes_tokens)
{
	struct desk  d;
	struct actor caller;

	begin(c, &d);
	caller         = d.h.nobody;
	caller.channel = CHANNEL_API;
	check(!house_do(c, &caller, "session.open", &d.out, "mail", MAIL, "password", PASS, NULL));
	check_fault(c, E_USAGE, NULL);
	house_close(c);
}

TEST(with_a_second_factor_the_password_alone_opens_nothing)
{
	struct desk  d;
	struct actor half;
	str          key;

	begin(c, &d);
	key = enrol(c, &d, NULL);
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	check(str_starts(d.out.next, S("/login/code")));
	half = cookie_actor(c, d.out.cookie);
	check_str(half.id, S(""));
	check_int(half.roles, 0);
	check(half.session.n > 0 && half.csrf.n > 0);
	check(!house_see(c, &half, "user.me", &d.out, NULL));
	check_fault(c, E_AUTH, NULL);
	check_ok(c, house_see(c, &half, "login.code", &d.out, NULL));
	check(house_has(house_page(c, "login.code", &d.out), "one-time-code"));
	c->now += 30 * SECOND;
	check_ok(c, house_do(c, &half, "session.confirm", &d.out, "code", code_at(c, key, 0), "next", "/cases", NULL));
	check_str(d.out.next, S("/cases"));
	check_str(cookie_actor(c, d.out.cookie).id, d.noa.id);
	check_ok(c, house_see(c, &d.h.lead, "audit.list", &d.out, "verb", "session.confirm", NULL));
	check_str(house_cell(c, &d.out, "entries", 0, "who"), S("Noa"));
	house_close(c);
}

TEST(a_wrong_password_is_told_before_any_code_is_asked_for)
{
	struct desk  d;
	struct fault without;

	begin(c, &d);
	check(!sign_in(c, &d, MAIL, WRONG));
	without = c->fault;
	(void)enrol(c, &d, NULL);
	check(!sign_in(c, &d, MAIL, WRONG));
	check(c->fault.text == without.text && c->fault.code == without.code);
	house_close(c);
}

TEST(a_code_counts_once_even_in_another_session)
{
	struct desk  d;
	struct actor one, two;
	const char  *code;
	str          key;

	begin(c, &d);
	key = enrol(c, &d, NULL);
	c->now += 60 * SECOND;
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	one = cookie_actor(c, d.out.cookie);
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	two  = cookie_actor(c, d.out.cookie);
	code = code_at(c, key, 0);
	check_ok(c, house_do(c, &one, "session.confirm", &d.out, "code", code, NULL));
	check(!house_do(c, &two, "session.confirm", &d.out, "code", code, NULL));
	check_fault(c, E_INVALID, "code");
	/* nor does the half session open twice */
	check(!house_do(c, &one, "session.confirm", &d.out, "code", code_at(c, key, 1), NULL));
	check_fault(c, E_AUTH, NULL);
	house_close(c);
}

TEST(the_clock_of_the_device_may_be_one_step_off)
{
	struct desk  d;
	struct actor half;
	str          key;

	begin(c, &d);
	key = enrol(c, &d, NULL);
	c->now += 90 * SECOND;
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	half = cookie_actor(c, d.out.cookie);
	check(!house_do(c, &half, "session.confirm", &d.out, "code", code_at(c, key, -2), NULL));
	check(!house_do(c, &half, "session.confirm", &d.out, "code", code_at(c, key, 2), NULL));
	check_ok(c, house_do(c, &half, "session.confirm", &d.out, "code", code_at(c, key, 1), NULL));
	house_close(c);
}

TEST(codes_are_not_to_be_guessed)
{
	struct desk  d;
	struct actor half;
	str          key;
	int          judged = 0;

	begin(c, &d);
	key = enrol(c, &d, NULL);
	c->now += 90 * SECOND;
	for (int i = 0; i < 60; i++) {
		if (!sign_in(c, &d, MAIL, PASS)) {
			check_fault(c, E_RATE, NULL);
		} else {
			half = cookie_actor(c, d.out.cookie);
			check(!house_do(c, &half, "session.confirm", &d.out, "code", "000000", NULL));
			judged += c->fault.code == E_INVALID;
		}
		c->now += 10 * SECOND;
	}
	/* ten minutes, the password known: a right password between does not set the count back */
	check(judged > 5 && judged < 15);
	c->now += 15 * MINUTE;
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	half = cookie_actor(c, d.out.cookie);
	check_ok(c, house_do(c, &half, "session.confirm", &d.out, "code", code_at(c, key, 0), NULL));
	house_close(c);
}

TEST(the_half_session_ends_after_five_minutes)
{
	struct desk d;
	str         key, cookie;

	begin(c, &d);
	key = enrol(c, &d, NULL);
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	cookie = d.out.cookie;
	c->now += 5 * MINUTE;
	check_str(cookie_actor(c, cookie).session, STR_NONE);
	(void)key;
	house_close(c);
}

TEST(a_recovery_code_works_once_in_place_of_a_code)
{
	struct desk  d;
	struct actor half;
	str          codes, first;
	struct factor f;

	begin(c, &d);
	(void)enrol(c, &d, &codes);
	check(str_cut(&codes, '\n', &first));
	check_int(first.n, 19);
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	half = cookie_actor(c, d.out.cookie);
	check_ok(c, house_do(c, &half, "session.confirm", &d.out, "code", cstr(c->arena, first), NULL));
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	half = cookie_actor(c, d.out.cookie);
	check(!house_do(c, &half, "session.confirm", &d.out, "code", cstr(c->arena, first), NULL));
	check_fault(c, E_INVALID, "code");
	write_open(c);
	check_ok(c, factor_load(c, (user_id){ d.noa.id }, &f));
	db_rollback(c);
	check_int(f.codes_left, 9);
	house_close(c);
}

TEST(setting_up_needs_the_password_and_a_code_of_the_key)
{
	struct desk d;
	str         draft, key;
	const char *code;

	begin(c, &d);
	check_ok(c, house_see(c, &d.noa, "factor.show", &d.out, NULL));
	draft = house_cell(c, &d.out, "factor", 0, "draft");
	check(house_has(house_page(c, "factor.show", &d.out), "<svg class=\"qr\""));
	check_ok(c, factor_draft_read(c, (user_id){ d.noa.id }, draft, &key));
	code = code_at(c, key, 0);
	check(!house_do(c, &d.noa, "factor.enrol", &d.out, "draft", cstr(c->arena, draft), "code", code, "password", WRONG, NULL));
	check_fault(c, E_INVALID, "password");
	check(!house_do(c, &d.noa, "factor.enrol", &d.out, "draft", cstr(c->arena, draft), "code", code_at(c, key, 5), "password", PASS, NULL));
	check_fault(c, E_INVALID, "code");
	/* a key of one's own making, another's draft, an old draft */
	check(!house_do(c, &d.noa, "factor.enrol", &d.out, "draft", "00", "code", code, "password", PASS, NULL));
	check_fault(c, E_STATE, NULL);
	c->now += 16 * MINUTE;
	check(!house_do(c, &d.noa, "factor.enrol", &d.out, "draft", cstr(c->arena, draft), "code", code_at(c, key, 0), "password", PASS, NULL));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}

TEST(the_key_does_not_lie_in_the_database)
{
	struct desk           d;
	str                   key, kept = STR_NONE;
	struct db_query       q = { .sqlite = "SELECT totp_key FROM account WHERE totp_key IS NOT NULL", .types = "" };
	struct db_run        *r;
	bool                  row = false;

	begin(c, &d);
	key = enrol(c, &d, NULL);
	write_open(c);
	check_ok(c, db_start(c, &q, &r));
	check_ok(c, db_next(c, r, &row));
	check(row);
	kept = str_dup(c->arena, db_get_text(c, r, 0));
	db_end(r);
	db_rollback(c);
	check(kept.n > 100);
	check(str_find(kept, totp_base32(c, key), 0) == SIZE_MAX && str_find(kept, key, 0) == SIZE_MAX);
	house_close(c);
}

TEST(setting_up_and_turning_off_end_other_sessions_and_renew_this_one)
{
	struct desk  d;
	struct actor was;
	str          other, key;

	begin(c, &d);
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	other = d.out.cookie;
	was   = d.noa;
	key   = enrol(c, &d, NULL);
	check_str(cookie_actor(c, other).id, S(""));
	check_str(d.noa.session, was.session);
	check(!str_eq(d.noa.csrf, was.csrf));
	c->now += 30 * SECOND;
	check(!house_do(c, &d.noa, "factor.drop", &d.out, "password", WRONG, "code", code_at(c, key, 0), NULL));
	check_fault(c, E_INVALID, "password");
	check(!house_do(c, &d.noa, "factor.drop", &d.out, "password", PASS, "code", "123", NULL));
	check_fault(c, E_INVALID, "code");
	check_ok(c, house_do(c, &d.noa, "factor.drop", &d.out, "password", PASS, "code", code_at(c, key, 0), NULL));
	check(d.out.cookie.n > 0);
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	check_str(d.out.next, S("/desk"));
	house_close(c);
}

TEST(a_link_for_a_forgotten_password_does_not_go_round_the_second_factor)
{
	struct desk d;
	str         link;

	begin(c, &d);
	(void)enrol(c, &d, NULL);
	check_ok(c, house_do(c, &d.admin, "user.reset", &d.out, "id", cstr(c->arena, d.noa.id), NULL));
	link = str_slice(d.out.secret, str_find(d.out.secret, S("code="), 0) + 5, d.out.secret.n);
	check_ok(c, house_do(c, &d.h.nobody, "user.accept", &d.out, "code", cstr(c->arena, link), "password", WRONG, NULL));
	check(str_starts(d.out.next, S("/login/code")));
	check_str(cookie_actor(c, d.out.cookie).id, S(""));
	house_close(c);
}

TEST(an_administrator_removes_the_second_factor_of_others)
{
	struct desk d;
	const char *id;

	begin(c, &d);
	(void)enrol(c, &d, NULL);
	id = cstr(c->arena, d.noa.id);
	check(!house_do(c, &d.h.lead, "factor.reset", &d.out, "id", id, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_do(c, &d.admin, "factor.reset", &d.out, "id", cstr(c->arena, d.admin.id), NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_do(c, &d.admin, "factor.reset", &d.out, "id", id, NULL));
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	check_str(d.out.next, S("/desk"));
	check_ok(c, house_see(c, &d.h.lead, "audit.list", &d.out, "verb", "factor.reset", NULL));
	check_int(house_count(&d.out, "entries"), 1);
	house_close(c);
}

TEST(a_role_that_needs_a_second_factor_reaches_only_its_page)
{
	struct desk d;
	str         cookie;

	begin(c, &d);
	write_open(c);
	check_ok(c, setting_save(c, "second_factor", S("administrator analyst")));
	check_ok(c, db_commit(c));
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	cookie = d.out.cookie;
	d.noa  = cookie_actor(c, cookie);
	check_int(d.noa.roles, ROLE_ENROL);
	check_str(d.noa.sight, S(""));
	check(!house_see(c, &d.noa, "user.me", &d.out, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_do(c, &d.noa, "token.make", &d.out, "name", "x", "scope", "write", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	(void)enrol(c, &d, NULL);
	check_int(d.noa.roles, ROLE_ANALYST);
	check_ok(c, house_see(c, &d.noa, "user.me", &d.out, NULL));
	c->now += 30 * SECOND;
	check(!house_do(c, &d.noa, "factor.drop", &d.out, "password", PASS, "code", "000000", NULL));
	check_fault(c, E_INVALID, "code");
	house_close(c);
}

TEST(a_new_password_ends_all_other_sessions)
{
	struct desk d;
	str         other;

	begin(c, &d);
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	other = d.out.cookie;
	check(!house_do(c, &d.noa, "user.password", &d.out, "password", WRONG, "fresh", "another long enough one", NULL));
	check_fault(c, E_INVALID, "password");
	check(!house_do(c, &d.noa, "user.password", &d.out, "password", PASS, "fresh", "short", NULL));
	check_fault(c, E_INVALID, "fresh");
	check_ok(c, house_do(c, &d.noa, "user.password", &d.out, "password", PASS, "fresh", "another long enough one", NULL));
	check_str(cookie_actor(c, d.out.cookie).id, d.noa.id);
	check_str(cookie_actor(c, other).id, S(""));
	check(!sign_in(c, &d, MAIL, PASS));
	check_ok(c, sign_in(c, &d, MAIL, "another long enough one"));
	house_close(c);
}

/* Save noa's account with these roles and this state. */
static bool edit(struct ctx *c, struct desk *d, const char *id, const char *role, const char *state)
{
	struct sheet s;

	check_ok(c, house_see(c, &d->admin, "user.show", &s, "id", id, NULL));
	return house_do(c, &d->admin, "user.edit", &d->out, "id", id, "version", cstr(c->arena, house_cell(c, &s, "person", 0, "version")),
	                "name", "Noa", "roles", role, "lang", "en", "zone", "UTC", "state", state, NULL);
}

TEST(disabling_an_account_ends_its_sessions_and_tokens_for_good)
{
	struct desk  d;
	struct actor who;
	const char  *id;
	str          cookie, token;
	bool         may_write;

	begin(c, &d);
	id = cstr(c->arena, d.noa.id);
	check_ok(c, house_do(c, &d.noa, "token.make", &d.out, "name", "x", "scope", "write", NULL));
	token = d.out.secret;
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	cookie = d.out.cookie;
	check_ok(c, token_actor(c, token, &who, &may_write));
	check_ok(c, edit(c, &d, id, "analyst", "disabled"));
	check_str(cookie_actor(c, cookie).id, S(""));
	check(!token_actor(c, token, &who, &may_write));
	check_ok(c, edit(c, &d, id, "analyst", "active"));
	check(!token_actor(c, token, &who, &may_write));
	check_str(cookie_actor(c, cookie).id, S(""));
	house_close(c);
}

TEST(changed_roles_end_the_sessions_that_had_the_earlier_ones)
{
	struct desk d;
	str         cookie;

	begin(c, &d);
	check_ok(c, sign_in(c, &d, MAIL, PASS));
	cookie = d.out.cookie;
	check_ok(c, edit(c, &d, cstr(c->arena, d.noa.id), "analyst", "active"));
	check_str(cookie_actor(c, cookie).id, d.noa.id);
	check_ok(c, edit(c, &d, cstr(c->arena, d.noa.id), "lead", "active"));
	check_str(cookie_actor(c, cookie).id, S(""));
	house_close(c);
}

TEST(the_last_administrator_stays)
{
	struct desk d;
	const char *id;

	begin(c, &d);
	id = cstr(c->arena, d.admin.id);
	check(!edit(c, &d, id, "administrator", "disabled"));
	check_fault(c, E_STATE, "roles");
	check(!edit(c, &d, id, "lead", "active"));
	check_fault(c, E_STATE, "roles");
	check_ok(c, edit(c, &d, cstr(c->arena, d.noa.id), "administrator", "active"));
	check_ok(c, edit(c, &d, id, "administrator", "disabled"));
	house_close(c);
}

TEST(several_roles_are_ticked_one_by_one)
{
	struct desk d;
	str         page;

	begin(c, &d);
	check_ok(c, house_do(c, &d.admin, "user.invite", &d.out, "name", "Two", "mail", "two@example.jp", "roles", "lead", "roles", "auditor", NULL));
	check_ok(c, house_see(c, &d.admin, "user.show", &d.out, "id", cstr(c->arena, d.out.object), NULL));
	check_str(house_cell(c, &d.out, "person", 0, "roles"), S("66"));
	page = house_page(c, "user.show", &d.out);
	check(house_has(page, "name=\"roles\" value=\"lead\" checked"));
	check(house_has(page, "name=\"roles\" value=\"auditor\" checked"));
	check(!house_has(page, "name=\"roles\" value=\"analyst\" checked"));
	check(!house_do(c, &d.admin, "user.invite", &d.out, "name", "Two", "mail", "3@example.jp", "roles", "king", NULL));
	check_fault(c, E_INVALID, "roles");
	check(!house_do(c, &d.admin, "user.invite", &d.out, "name", "Two", "mail", "3@example.jp", NULL));
	check_fault(c, E_INVALID, "roles");
	house_close(c);
}

TEST(a_token_lasts_ninety_days_when_nothing_is_said_and_a_year_at_most)
{
	struct desk  d;
	struct actor who;
	str          token;
	bool         may_write;

	begin(c, &d);
	check(!house_do(c, &d.noa, "token.make", &d.out, "name", "x", "scope", "read", "days", "366", NULL));
	check_fault(c, E_INVALID, "days");
	check(!house_do(c, &d.noa, "token.make", &d.out, "name", "x", "scope", "read", "days", "0", NULL));
	check_ok(c, house_do(c, &d.noa, "token.make", &d.out, "name", "x", "scope", "read", NULL));
	token = d.out.secret;
	c->now += 90 * DAY - SECOND;
	check_ok(c, token_actor(c, token, &who, &may_write));
	check(!may_write);
	check_ok(c, house_see(c, &d.noa, "user.me", &d.out, NULL));
	check(!str_eq(house_cell(c, &d.out, "tokens", 0, "used_at"), S("")));
	c->now += SECOND;
	check(!token_actor(c, token, &who, &may_write));
	check_fault(c, E_AUTH, NULL);
	house_close(c);
}

TEST(all_that_acts_for_a_person_can_be_ended_at_once)
{
	struct desk  d;
	struct actor who;
	str          token;
	bool         may_write;

	begin(c, &d);
	check_ok(c, house_do(c, &d.noa, "token.make", &d.out, "name", "x", "scope", "read", NULL));
	token = d.out.secret;
	check(!house_do(c, &d.noa, "user.revoke", &d.out, "id", cstr(c->arena, d.noa.id), NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check_ok(c, house_do(c, &d.admin, "user.revoke", &d.out, "id", cstr(c->arena, d.noa.id), NULL));
	check(!token_actor(c, token, &who, &may_write));
	check(!house_do(c, &d.admin, "user.revoke", &d.out, "id", "absent", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

TEST(the_table_of_rights_says_what_the_dispatcher_does)
{
	struct desk d;
	size_t      i, n;

	begin(c, &d);
	check_ok(c, house_see(c, &d.noa, "role.list", &d.out, NULL));
	n = house_count(&d.out, "rights");
	check(n > 20);
	for (i = 0; i < n && !str_eq(house_cell(c, &d.out, "rights", i, "name"), S("user.edit")); i++)
		;
	check(i < n);
	check_str(house_cell(c, &d.out, "rights", i, "administrator"), S("1"));
	check_str(house_cell(c, &d.out, "rights", i, "lead"), S("0"));
	check_str(house_cell(c, &d.out, "rights", i, "anyone"), S("0"));
	check(house_has(house_page(c, "role.list", &d.out), "<td class=\"id\">user.edit</td>"));
	check(!house_see(c, &d.h.nobody, "role.list", &d.out, NULL));
	check_fault(c, E_AUTH, NULL);
	house_close(c);
}
