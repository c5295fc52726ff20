#include "services/0-foundation/07-staff/staff.h"

#include "gen/staff.html.h"

#include "base/buf.h"
#include "platform/text/word.h"
#include "platform/text/zone.h"
#include "record/forget.h"
#include "record/session.h"
#include "record/user.h"

const struct choice lang_choices[] = { { "en", "English" }, { "ja", "日本語" }, { NULL, NULL } };
const struct choice person_state_choices[] = {
	{ "invited", N_("Invited") }, { "active", N_("Enabled") }, { "disabled", N_("Disabled") }, { NULL, NULL },
};

/* ---- reading ---- */

/* Ticks for the roles that a person has. */
static void roles_preset(struct ctx *c, struct form *f, int64_t roles)
{
	str names = role_print(c, roles), name;

	while (str_cut(&names, ' ', &name))
		form_set(c, f, "roles", name);
}

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
	roles_preset(c, m->edit, m->p.roles);
	form_set(c, m->edit, "lang", m->p.lang);
	form_set(c, m->edit, "zone", m->p.zone);
	form_set(c, m->edit, "state", m->p.state);
	m->link = form_new(c, "user.reset");
	form_set(c, m->link, "id", m->p.id.v);
	m->factor = form_new(c, "factor.reset");
	form_set(c, m->factor, "id", m->p.id.v);
	m->revoke = form_new(c, "user.revoke");
	form_set(c, m->revoke, "id", m->p.id.v);
	m->forget = form_new(c, "user.forget");
	form_set(c, m->forget, "id", m->p.id.v);
	m->gone       = str_eq(m->p.state, S("disabled"));
	m->has_factor = m->p.second_factor_at != TIME_NONE;
	m->may_edit   = form_may(c, m->edit);
	out->title  = m->p.name;
	out->object = m->p.id.v;
	out->model  = m;
	return true;
}

static void person_page_show(struct page *w, const void *model)
{
	html_person(w, model);
}

/* ---- changing ---- */

static bool roles_read(struct ctx *c, const struct args *a, int64_t *roles)
{
	int64_t one;
	str     name;

	*roles = 0;
	for (size_t i = 0; arg_nth(a, "roles", i, &name); i++) {
		TRY(role_parse(c, name, &one));
		*roles |= one;
	}
	return true;
}

static const struct arg invite_args[] = {
	{ .name = "name", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Name") },
	{ .name = "mail", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Mail address") },
	{ .name = "roles", .kind = ARG_CHOICE, .choices = role_choices, .many = true, .must = true, .label = N_("Roles") },
	{ .name = "lang", .kind = ARG_CHOICE, .choices = lang_choices, .label = N_("Language") },
	{ .name = "zone", .kind = ARG_LINE, .max = 60, .label = N_("Time zone"), .hint = N_("Such as Asia/Tokyo.") },
	{ 0 },
};

static bool invite_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct user_draft d = { arg_str(a, "name"), arg_str(a, "mail"), arg_str(a, "lang"), arg_str(a, "zone"), 0 };
	user_id           id;
	str               code;

	TRY(roles_read(c, a, &d.roles));
	if (d.zone.n && !zone_load(c, d.zone))
		return false;
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
	{ .name = "roles", .kind = ARG_CHOICE, .choices = role_choices, .many = true, .must = true, .label = N_("Roles") },
	{ .name = "lang", .kind = ARG_CHOICE, .must = true, .choices = lang_choices, .label = N_("Language") },
	{ .name = "zone", .kind = ARG_LINE, .max = 60, .must = true, .label = N_("Time zone"), .hint = N_("Such as Asia/Tokyo.") },
	{ .name = "state", .kind = ARG_CHOICE, .must = true, .choices = person_state_choices, .label = N_("State") },
	{ 0 },
};

/* Rights that changed end what was opened under the earlier ones; one's own session gets a new cookie. */
static bool rights_changed(struct ctx *c, user_id id, bool over, struct sheet *out)
{
	bool own = str_eq(id.v, c->actor->id);

	TRY(session_end_others(c, id, (session_id){ own && !over ? c->actor->session : STR_NONE }));
	if (over) {
		TRY(sql_token_delete_all(c, id));
		return sql_invitation_end(c, id, c->now);
	}
	return !own || session_renew(c, &out->cookie);
}

static bool edit_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	user_id               id   = { arg_str(a, "id") };
	bool                  over = !str_eq(arg_str(a, "state"), S("active"));
	struct admin_count_row left;
	struct person_get_row  was;
	int64_t               roles, n;

	TRY(sql_person_get(c, id, &was));
	TRY(roles_read(c, a, &roles));
	if (!zone_load(c, arg_str(a, "zone")))
		return false;
	TRY(sql_person_set(c, id, arg_int(a, "version"), arg_str(a, "name"), roles, arg_str(a, "lang"),
	                   arg_str(a, "zone"), arg_str(a, "state"), &n));
	if (n == 0)
		return fault(c, E_CONFLICT, NULL, NULL);
	TRY(sql_admin_count(c, &left));
	if (left.n == 0)
		return fault(c, E_STATE, "roles", N_("One active administrator must remain."));
	if (roles != was.roles || over)
		TRY(rights_changed(c, id, over, out));
	out->object = id.v;
	out->note   = STR_CAT(c->arena, role_print(c, was.roles), S(" "), was.state, S(" -> "), role_print(c, roles), S(" "), arg_str(a, "state"));
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

/* ---- tables ---- */

/* Everything that acts in somebody's name ends: a lost device, a leaked token. */
static bool revoke_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct person_get_row p;

	TRY(sql_person_get(c, (user_id){ arg_str(a, "id") }, &p));
	TRY(session_end_others(c, p.id, (session_id){ STR_NONE }));
	TRY(sql_token_delete_all(c, p.id));
	out->object = p.id.v;
	out->next   = STR_CAT(c->arena, S("/people/"), p.id.v);
	out->said   = str_of(N_("All sessions and tokens of the person have ended."));
	return true;
}

static const struct arg forget_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Person") },
	{ .name = "sure", .kind = ARG_BOOL, .label = N_("I know that nobody can undo this") },
	{ 0 },
};

/* Regulation (EU) 2016/679, Article 17: what a person who left wrote stays, the name does not. */
static bool forget_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	user_id id      = { arg_str(a, "id") };
	int64_t entries = 0;

	if (!arg_bool(a, "sure"))
		return fault(c, E_INVALID, "sure", N_("Say that you know it."));
	TRY(person_forget(c, id, &entries));
	out->object = id.v;
	out->next   = STR_CAT(c->arena, S("/people/"), id.v);
	out->said   = str_of(N_("The name and the address are erased, here, in the audit and in all that the person wrote."));
	return true;
}

static bool count_staff(struct ctx *c, int64_t *n, time_us *newest)
{
	struct staff_evidence_row r;

	TRY(sql_staff_evidence(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

static const struct arg none[] = { { 0 } };

static const struct op ops[] = {
	{ .name = "session.open", .path = "POST /login", .may = MAY_ANYONE, .args = login_args,
	  .prepare = login_prepare, .run = login_run, .form = "login", .flags = OP_QUIET, .help = N_("Sign in") },
	{ .name = "session.confirm", .path = "POST /login/code", .may = MAY_ANYONE, .args = code_args,
	  .prepare = code_prepare, .run = code_run, .form = "login.code", .flags = OP_QUIET, .help = N_("Confirm the code") },
	{ .name = "session.close", .path = "POST /logout", .may = MAY_INSIDE | ROLE_ENROL, .args = none,
	  .run = logout_run, .help = N_("Sign out") },
	{ .name = "session.end", .path = "POST /me/sessions/:id/end", .may = MAY_INSIDE, .args = own_id_args,
	  .run = session_drop, .help = N_("End this session") },
	{ .name = "user.accept", .path = "POST /invitation", .may = MAY_ANYONE, .args = accept_args,
	  .prepare = accept_prepare, .run = accept_run, .form = "invitation", .flags = OP_QUIET, .help = N_("Set the password") },
	{ .name = "user.invite", .path = "POST /people", .may = ROLE_ADMIN | ROLE_LOCAL, .args = invite_args,
	  .run = invite_run, .form = "user.list", .help = N_("Invite") },
	{ .name = "user.edit", .path = "POST /people/:id", .may = ROLE_ADMIN, .args = edit_args,
	  .run = edit_run, .form = "user.show", .help = N_("Save the account") },
	{ .name = "user.reset", .path = "POST /people/:id/reset", .may = ROLE_ADMIN | ROLE_LOCAL, .args = own_id_args,
	  .run = reset_run, .help = N_("Make a one-time link") },
	{ .name = "user.revoke", .path = "POST /people/:id/revoke", .may = ROLE_ADMIN | ROLE_LOCAL, .args = own_id_args,
	  .run = revoke_run, .form = "user.show", .help = N_("End all sessions and tokens") },
	{ .name = "user.forget", .path = "POST /people/:id/forget", .may = ROLE_ADMIN, .args = forget_args,
	  .run = forget_run, .form = "user.show", .help = N_("Erase the name and the address") },
	{ .name = "factor.reset", .path = "POST /people/:id/second", .may = ROLE_ADMIN | ROLE_LOCAL, .args = own_id_args,
	  .run = factor_reset, .form = "user.show", .help = N_("Remove the second factor") },
	{ .name = "factor.enrol", .path = "POST /me/second", .may = MAY_INSIDE | ROLE_ENROL, .args = enrol_args,
	  .prepare = enrol_prepare, .run = enrol_run, .form = "factor.show", .help = N_("Turn on the second factor") },
	{ .name = "factor.codes", .path = "POST /me/second/codes", .may = MAY_INSIDE, .args = codes_args,
	  .prepare = codes_prepare, .run = codes_run, .form = "factor.show", .help = N_("Make new recovery codes") },
	{ .name = "factor.drop", .path = "POST /me/second/off", .may = MAY_INSIDE, .args = drop_args,
	  .prepare = drop_prepare, .run = drop_run, .form = "factor.show", .help = N_("Turn off the second factor") },
	{ .name = "user.password", .path = "POST /me/password", .may = MAY_INSIDE, .args = password_args,
	  .prepare = password_prepare, .run = password_run, .form = "user.me", .help = N_("Change the password") },
	{ .name = "user.settings", .path = "POST /me", .may = MAY_INSIDE, .args = settings_args,
	  .run = settings_run, .form = "user.me", .help = N_("Save my settings") },
	{ .name = "token.make", .path = "POST /me/tokens", .may = MAY_INSIDE, .args = token_args,
	  .run = token_run, .form = "user.me", .help = N_("Make a token") },
	{ .name = "token.open", .path = "POST /token/open", .may = MAY_ANYONE, .args = handover_args,
	  .prepare = handover_prepare, .run = handover_run, .flags = OP_QUIET, .help = N_("Get a token for a terminal") },
	{ .name = "token.close", .path = "POST /token/close", .may = MAY_ANYONE, .args = handback_args,
	  .run = handback_run, .flags = OP_QUIET, .help = N_("Give a token back") },
	{ .name = "token.drop", .path = "POST /me/tokens/:id/drop", .may = MAY_INSIDE, .args = own_id_args,
	  .run = token_drop, .help = N_("End this token") },
	{ 0 },
};

static const struct view views[] = {
	{ .name = "login", .path = "GET /login", .may = MAY_ANYONE, .args = login_view_args,
	  .rows = login_rows, .page = login_show, .help = N_("Sign in"), .outside = true },
	{ .name = "login.code", .path = "GET /login/code", .may = MAY_ANYONE, .args = code_view_args,
	  .rows = code_rows, .page = code_show, .help = N_("Second factor"), .outside = true },
	{ .name = "invitation", .path = "GET /invitation", .may = MAY_ANYONE, .args = invitation_args,
	  .rows = invitation_rows, .page = invitation_show, .help = N_("Invitation"), .outside = true },
	{ .name = "user.list", .path = "GET /people", .may = ROLE_ADMIN | ROLE_LEAD | ROLE_AUDITOR, .args = none,
	  .rows = people_rows, .page = people_show, .help = N_("People"), .area = "people" },
	{ .name = "role.list", .path = "GET /roles", .may = MAY_INSIDE, .args = none,
	  .rows = rights_rows, .page = rights_show, .help = N_("What each role may do"), .area = "people" },
	{ .name = "user.show", .path = "GET /people/:id", .may = ROLE_ADMIN | ROLE_LEAD | ROLE_AUDITOR, .args = person_args,
	  .rows = person_show_rows, .page = person_page_show, .help = N_("Person"), .area = "people" },
	{ .name = "user.me", .path = "GET /me", .may = MAY_INSIDE, .args = none,
	  .rows = own_rows, .page = own_show, .help = N_("My settings") },
	{ .name = "factor.show", .path = "GET /me/second", .may = MAY_INSIDE | ROLE_ENROL, .args = none,
	  .rows = factor_rows, .page = factor_show, .help = N_("Second factor") },
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
