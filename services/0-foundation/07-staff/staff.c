#include "services/0-foundation/07-staff/staff.h"

#include "gen/staff.html.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/text/word.h"
#include "record/session.h"
#include "record/user.h"

enum { FAILURES_FREE = 5 };   /* wrong passwords before waiting begins */
#define WAIT_MAX (15 * MINUTE)

static const struct choice lang_choices[] = { { "en", "English" }, { "ja", "日本語" }, { NULL, NULL } };
const struct choice scope_choices[] = {
	{ "read", N_("Read") }, { "write", N_("Read and write") }, { NULL, NULL },
};
const struct choice person_state_choices[] = {
	{ "invited", N_("Invited") }, { "active", N_("Enabled") }, { "disabled", N_("Disabled") }, { NULL, NULL },
};

static void set_roles(struct ctx *c, struct form *f, int64_t roles)
{
	form_set(c, f, "roles", role_print(c, roles));
}

/* ---- signing in and out ---- */

static const struct arg login_args[] = {
	{ .name = "next", .kind = ARG_LINE, .hidden = true, .label = N_("Then") },
	{ .name = "mail", .kind = ARG_LINE, .must = true, .label = N_("Mail address") },
	{ .name = "password", .kind = ARG_SECRET, .must = true, .label = N_("Password") },
	{ 0 },
};

static bool login_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct login_page *m = NEW(c->arena, struct login_page);

	m->form = form_new(c, "session.open");
	m->wrong = arg_bool(a, "wrong");
	form_set(c, m->form, "next", arg_str(a, "next"));
	out->model = m;
	return true;
}

static void login_show(struct page *w, const void *model)
{
	html_login(w, model);
}

/* Only an address of our own site may follow. */
static str next_path(str next)
{
	bool own = next.n > 1 && next.p[0] == '/' && next.p[1] != '/' && next.p[1] != '\\';

	return own ? next : S("/desk");
}

/* The slow part, outside the transaction; its verdict travels in out->note. */
static bool login_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct db_viewer     nobody = { S(""), S("") };
	struct login_get_row r      = { 0 };
	bool                 found  = false, ok, good;

	TRY(db_begin(c, DB_READ, &nobody));
	ok = sql_login_get(c, arg_str(a, "mail"), &r, &found);
	db_rollback(c);
	TRY(ok);
	if (found && r.locked_till != TIME_NONE && c->now < r.locked_till)
		return fault(c, E_RATE, "password", N_("Too many wrong passwords. Please wait and try again."));
	good      = password_matches(found && str_eq(r.state, S("active")) ? r.password : STR_NONE, arg_str(a, "password"));
	out->note = good ? S("ok") : S("failed");
	out->object = found ? r.id.v : S("");
	return true;
}

static bool login_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct login_get_row r;
	bool                 found = false;
	int64_t              over;

	TRY(sql_login_get(c, arg_str(a, "mail"), &r, &found));
	if (!found || !str_eq(out->note, S("ok"))) {
		if (found) {
			over = r.failures + 1 - FAILURES_FREE;
			TRY(sql_login_failed(c, r.id, over > 0 ? c->now + (over > 9 ? WAIT_MAX : (1 << over) * SECOND) : TIME_NONE));
		}
		out->next   = S("/login?wrong=1");
		out->cookie = STR_NONE;
		return true;
	}
	TRY(sql_login_ok(c, r.id));
	out->next = next_path(arg_str(a, "next"));
	return session_begin(c, r.id, S(""), false, &out->cookie);
}

static bool logout_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	(void)a;
	if (c->actor->session.n)
		TRY(session_end(c, (session_id){ c->actor->session }));
	out->cookie = S("");
	out->next   = S("/login");
	return true;
}

static const struct arg accept_args[] = {
	{ .name = "code", .kind = ARG_SECRET, .must = true, .hidden = true, .label = N_("Code") },
	{ .name = "password", .kind = ARG_SECRET, .must = true, .label = N_("New password") },
	{ 0 },
};

static const struct arg invitation_args[] = {
	{ .name = "code", .kind = ARG_SECRET, .must = true, .label = N_("Code") },
	{ 0 },
};

static bool invitation_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct invitation_page *m = NEW(c->arena, struct invitation_page);
	struct person_get_row   p;
	user_id                 id;

	TRY(user_invited(c, arg_str(a, "code"), &id));
	TRY(sql_person_get(c, id, &p));
	m->name = p.name;
	m->form = form_new(c, "user.accept");
	form_set(c, m->form, "code", arg_str(a, "code"));
	out->model = m;
	return true;
}

static void invitation_show(struct page *w, const void *model)
{
	html_invitation(w, model);
}

static bool accept_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	TRY(password_check(c, arg_str(a, "password")));
	return password_hash(c, arg_str(a, "password"), &out->raw_name);
}

static bool accept_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	user_id id;
	str     hash = out->raw_name;

	out->raw_name = STR_NONE;
	TRY(user_accept(c, arg_str(a, "code"), hash, &id));
	TRY(session_end_others(c, id, (session_id){ STR_NONE }));
	out->object = id.v;
	out->next   = S("/desk");
	return session_begin(c, id, S(""), false, &out->cookie);
}

/* ---- people ---- */

static bool people_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct people_page    *m = NEW(c->arena, struct people_page);
	struct person_rows_rows rows;

	(void)a;
	TRY(sql_person_rows(c, &rows));
	m->people.max = rows.n + 1;
	for (size_t i = 0; i < rows.n; i++)
		(void)list_push(c->arena, &m->people, (struct person_line){ rows.v[i], role_words(c, rows.v[i].roles) });
	SHEET_MANY(out, "people", person_rows, &rows);
	m->invite     = form_new(c, "user.invite");
	m->may_invite = form_may(c, m->invite);
	out->model    = m;
	return true;
}

static void people_show(struct page *w, const void *model)
{
	html_people(w, model);
}

static const struct arg person_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Person") },
	{ 0 },
};

static bool person_show_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct person_page *m = NEW(c->arena, struct person_page);

	TRY(sql_person_get(c, (user_id){ arg_str(a, "id") }, &m->p));
	m->roles = role_words(c, m->p.roles);
	SHEET_ONE(out, "person", person_get, &m->p);
	m->edit = form_new(c, "user.edit");
	form_set(c, m->edit, "id", m->p.id.v);
	form_set_int(c, m->edit, "version", m->p.version);
	form_set(c, m->edit, "name", m->p.name);
	set_roles(c, m->edit, m->p.roles);
	form_set(c, m->edit, "lang", m->p.lang);
	form_set(c, m->edit, "zone", m->p.zone);
	form_set(c, m->edit, "state", m->p.state);
	m->reset = form_new(c, "user.reset");
	form_set(c, m->reset, "id", m->p.id.v);
	m->may_edit = form_may(c, m->edit);
	out->title  = m->p.name;
	out->object = m->p.id.v;
	out->model  = m;
	return true;
}

static void person_page_show(struct page *w, const void *model)
{
	html_person(w, model);
}

static const struct arg invite_args[] = {
	{ .name = "name", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Name") },
	{ .name = "mail", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Mail address") },
	{ .name = "roles", .kind = ARG_LINE, .must = true, .label = N_("Roles"),
	  .hint = N_("One or more of: administrator, lead, analyst, engineer, executive, legal, auditor.") },
	{ .name = "lang", .kind = ARG_CHOICE, .choices = lang_choices, .label = N_("Language") },
	{ .name = "zone", .kind = ARG_LINE, .max = 60, .label = N_("Time zone"), .hint = N_("Such as Asia/Tokyo.") },
	{ 0 },
};

static bool invite_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct user_draft d = { arg_str(a, "name"), arg_str(a, "mail"), arg_str(a, "lang"), arg_str(a, "zone"), 0 };
	user_id           id;
	str               code;

	TRY(role_parse(c, arg_str(a, "roles"), &d.roles));
	TRY(user_add(c, &d, &id));
	TRY(user_invite(c, id, "invite", &code));
	out->object = id.v;
	out->note   = role_print(c, d.roles);
	out->secret = STR_CAT(c->arena, front_of(c)->base_url, S("/invitation?code="), code);
	out->next   = S("/people");
	return true;
}

static const struct arg edit_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Person") },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version") },
	{ .name = "name", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Name") },
	{ .name = "roles", .kind = ARG_LINE, .must = true, .label = N_("Roles"),
	  .hint = N_("One or more of: administrator, lead, analyst, engineer, executive, legal, auditor.") },
	{ .name = "lang", .kind = ARG_CHOICE, .must = true, .choices = lang_choices, .label = N_("Language") },
	{ .name = "zone", .kind = ARG_LINE, .max = 60, .must = true, .label = N_("Time zone"), .hint = N_("Such as Asia/Tokyo.") },
	{ .name = "state", .kind = ARG_CHOICE, .must = true, .choices = person_state_choices, .label = N_("State") },
	{ 0 },
};

static bool edit_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct admin_count_row left;
	user_id id = { arg_str(a, "id") };
	int64_t roles, n;

	TRY(role_parse(c, arg_str(a, "roles"), &roles));
	TRY(sql_person_set(c, id, arg_int(a, "version"), arg_str(a, "name"), roles, arg_str(a, "lang"),
	                   arg_str(a, "zone"), arg_str(a, "state"), &n));
	if (n == 0)
		return fault(c, E_CONFLICT, NULL, NULL);
	TRY(sql_admin_count(c, &left));
	if (left.n == 0)
		return fault(c, E_STATE, "roles", N_("One active administrator must remain."));
	if (!str_eq(arg_str(a, "state"), S("active")))
		TRY(session_end_others(c, id, (session_id){ STR_NONE }));
	out->object = id.v;
	out->note   = STR_CAT(c->arena, role_print(c, roles), S(" "), arg_str(a, "state"));
	out->next   = STR_CAT(c->arena, S("/people/"), id.v);
	out->said   = str_of(N_("The account was saved."));
	return true;
}

static bool reset_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct person_get_row p;
	str                   code;

	TRY(sql_person_get(c, (user_id){ arg_str(a, "id") }, &p));
	TRY(user_invite(c, p.id, "reset", &code));
	out->object = p.id.v;
	out->secret = STR_CAT(c->arena, front_of(c)->base_url, S("/invitation?code="), code);
	out->next   = STR_CAT(c->arena, S("/people/"), p.id.v);
	return true;
}

/* ---- one's own ---- */

static bool own_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct own_page *m  = NEW(c->arena, struct own_page);
	user_id          me = { c->actor->id };

	(void)a;
	TRY(sql_person_get(c, me, &m->p));
	TRY(sql_session_rows(c, me, c->now, &m->sessions));
	TRY(sql_token_rows(c, me, &m->tokens));
	m->roles    = role_words(c, m->p.roles);
	m->settings = form_new(c, "user.settings");
	form_set(c, m->settings, "lang", m->p.lang);
	form_set(c, m->settings, "zone", m->p.zone);
	m->token    = form_new(c, "token.make");
	m->ends.max = m->drops.max = 10000;
	for (size_t i = 0; i < m->sessions.n; i++) {
		struct form *f = form_new(c, "session.end");
		form_set(c, f, "id", m->sessions.v[i].id.v);
		(void)list_push(c->arena, &m->ends, f);
	}
	for (size_t i = 0; i < m->tokens.n; i++) {
		struct form *f = form_new(c, "token.drop");
		form_set(c, f, "id", m->tokens.v[i].id.v);
		(void)list_push(c->arena, &m->drops, f);
	}
	SHEET_ONE(out, "person", person_get, &m->p);
	SHEET_MANY(out, "sessions", session_rows, &m->sessions);
	SHEET_MANY(out, "tokens", token_rows, &m->tokens);
	out->model = m;
	return true;
}

static void own_show(struct page *w, const void *model)
{
	html_own(w, model);
}

static const struct arg settings_args[] = {
	{ .name = "lang", .kind = ARG_CHOICE, .must = true, .choices = lang_choices, .label = N_("Language") },
	{ .name = "zone", .kind = ARG_LINE, .max = 60, .must = true, .label = N_("Time zone"), .hint = N_("Such as Asia/Tokyo.") },
	{ 0 },
};

static bool own_done(struct ctx *c, const char *said, struct sheet *out)
{
	out->object = c->actor->id;
	out->next   = S("/me");
	out->said   = str_of(said);
	return true;
}

static bool settings_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	TRY(sql_person_set_own(c, (user_id){ c->actor->id }, arg_str(a, "lang"), arg_str(a, "zone")));
	return own_done(c, N_("Your settings were saved."), out);
}

static const struct arg token_args[] = {
	{ .name = "name", .kind = ARG_LINE, .max = 100, .must = true, .label = N_("What it is for") },
	{ .name = "scope", .kind = ARG_CHOICE, .must = true, .choices = scope_choices, .label = N_("What it may") },
	{ .name = "days", .kind = ARG_INT, .label = N_("Days it lasts"), .hint = N_("1 to 365; 90 when empty.") },
	{ 0 },
};

static bool token_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	int64_t days   = arg_int(a, "days") == INT_NONE ? 90 : arg_int(a, "days");
	str     secret = STR_CAT(c->arena, S("psirt_"), secret_make(c, 32));

	if (days < 1 || days > 365)
		return fault(c, E_INVALID, "days", N_("A token lasts from 1 to 365 days."));
	TRY(sql_token_insert(c, (token_id){ random_id(c) }, secret_digest(c, secret), (user_id){ c->actor->id },
	                     arg_str(a, "name"), arg_str(a, "scope"), c->now, c->now + days * DAY));
	out->secret = secret;
	return own_done(c, N_("The token was made."), out);
}

static const struct arg own_id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = "id" },
	{ 0 },
};

static bool token_drop(struct ctx *c, const struct args *a, struct sheet *out)
{
	int64_t n;

	TRY(sql_token_own_delete(c, (token_id){ arg_str(a, "id") }, (user_id){ c->actor->id }, &n));
	return n ? own_done(c, N_("The token has ended."), out) : fault(c, E_NOTFOUND, NULL, NULL);
}

static bool session_drop(struct ctx *c, const struct args *a, struct sheet *out)
{
	int64_t n;

	TRY(sql_session_own_delete(c, (session_id){ arg_str(a, "id") }, (user_id){ c->actor->id }, &n));
	return n ? own_done(c, N_("The session has ended."), out) : fault(c, E_NOTFOUND, NULL, NULL);
}

static bool count_staff(struct ctx *c, int64_t *n, time_us *newest)
{
	struct staff_evidence_row r;

	TRY(sql_staff_evidence(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

static const struct arg login_view_args[] = {
	{ .name = "next", .kind = ARG_LINE, .label = N_("Then") },
	{ .name = "wrong", .kind = ARG_BOOL, .label = N_("Wrong") },
	{ 0 },
};

static const struct arg none[] = { { 0 } };

static const struct op ops[] = {
	{ .name = "session.open", .path = "POST /login", .may = MAY_ANYONE, .args = login_args,
	  .prepare = login_prepare, .run = login_run, .form = "login", .help = N_("Sign in") },
	{ .name = "session.close", .path = "POST /logout", .may = MAY_INSIDE, .args = none,
	  .run = logout_run, .help = N_("Sign out") },
	{ .name = "session.end", .path = "POST /me/sessions/:id/end", .may = MAY_INSIDE, .args = own_id_args,
	  .run = session_drop, .help = N_("End this session") },
	{ .name = "user.accept", .path = "POST /invitation", .may = MAY_ANYONE, .args = accept_args,
	  .prepare = accept_prepare, .run = accept_run, .form = "invitation", .help = N_("Set the password") },
	{ .name = "user.invite", .path = "POST /people", .may = ROLE_ADMIN | ROLE_LOCAL, .args = invite_args,
	  .run = invite_run, .form = "user.list", .help = N_("Invite") },
	{ .name = "user.edit", .path = "POST /people/:id", .may = ROLE_ADMIN, .args = edit_args,
	  .run = edit_run, .form = "user.show", .help = N_("Save the account") },
	{ .name = "user.reset", .path = "POST /people/:id/reset", .may = ROLE_ADMIN | ROLE_LOCAL, .args = own_id_args,
	  .run = reset_run, .help = N_("Make a one-time link") },
	{ .name = "user.settings", .path = "POST /me", .may = MAY_INSIDE, .args = settings_args,
	  .run = settings_run, .form = "user.me", .help = N_("Save my settings") },
	{ .name = "token.make", .path = "POST /me/tokens", .may = MAY_INSIDE, .args = token_args,
	  .run = token_run, .form = "user.me", .help = N_("Make a token") },
	{ .name = "token.drop", .path = "POST /me/tokens/:id/drop", .may = MAY_INSIDE, .args = own_id_args,
	  .run = token_drop, .help = N_("End this token") },
	{ 0 },
};

static const struct view views[] = {
	{ .name = "login", .path = "GET /login", .may = MAY_ANYONE, .args = login_view_args,
	  .rows = login_rows, .page = login_show, .help = N_("Sign in"), .outside = true },
	{ .name = "invitation", .path = "GET /invitation", .may = MAY_ANYONE, .args = invitation_args,
	  .rows = invitation_rows, .page = invitation_show, .help = N_("Invitation"), .outside = true },
	{ .name = "user.list", .path = "GET /people", .may = ROLE_ADMIN | ROLE_LEAD | ROLE_AUDITOR, .args = none,
	  .rows = people_rows, .page = people_show, .help = N_("People"), .area = "people" },
	{ .name = "user.show", .path = "GET /people/:id", .may = ROLE_ADMIN | ROLE_LEAD | ROLE_AUDITOR, .args = person_args,
	  .rows = person_show_rows, .page = person_page_show, .help = N_("Person"), .area = "people" },
	{ .name = "user.me", .path = "GET /me", .may = MAY_INSIDE, .args = none,
	  .rows = own_rows, .page = own_show, .help = N_("My settings") },
	{ 0 },
};

static const struct evidence proof[] = {
	{ "II.B", N_("Active accounts of people"), count_staff },
	{ 0 },
};

const struct service staff_service = {
	.number   = "0.7",
	.title    = N_("Staff"),
	.ops      = ops,
	.views    = views,
	.evidence = proof,
};
