#include "services/0-foundation/07-staff/staff.h"

#include "gen/staff.html.h"

#include "base/buf.h"
#include "record/attempt.h"
#include "record/session.h"
#include "record/user.h"

/* Signing in and out: password, then the code where there is a second factor. */

const struct arg login_args[] = {
	{ .name = "next", .kind = ARG_LINE, .hidden = true, .label = N_("Then") },
	{ .name = "mail", .kind = ARG_LINE, .must = true, .label = N_("Mail address"), .fill = "username" },
	{ .name = "password", .kind = ARG_SECRET, .must = true, .label = N_("Password"), .fill = "current-password" },
	{ 0 },
};

const struct arg login_view_args[] = {
	{ .name = "next", .kind = ARG_LINE, .label = N_("Then") },
	{ 0 },
};

bool login_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct login_page *m = NEW(c->arena, struct login_page);

	m->form = form_new(c, "session.open");
	form_set(c, m->form, "next", arg_str(a, "next"));
	out->model = m;
	return true;
}

void login_show(struct page *w, const void *model)
{
	html_login(w, model);
}

/* Only an address of our own site may follow. */
static str next_path(str next)
{
	bool own = next.n > 1 && next.p[0] == '/' && next.p[1] != '/' && next.p[1] != '\\';

	return own ? next : S("/desk");
}

/* To the page that asks for the code, which goes on to `next`. */
static str code_path(struct ctx *c, str next)
{
	struct buf b;

	buf_init(&b, c->arena, 4096);
	buf_add(&b, S("/login/code?next="));
	for (size_t i = 0; i < next.n; i++) {
		char x = next.p[i];
		if (x == '/' || x == '-' || x == '_' || (x >= 'a' && x <= 'z') || (x >= '0' && x <= '9'))
			buf_char(&b, x);
		else
			buf_fmt(&b, "%%%02X", (unsigned char)x);
	}
	return buf_str(&b);
}

bool tell_as(struct ctx *c, const char *verb, user_id id, str name, str note)
{
	const struct actor  *was = c->actor;
	struct actor         who = { .id = id.v, .name = name, .channel = was ? was->channel : CHANNEL_WEB };
	struct journal_entry e   = { .verb = verb, .object = id.v, .note = note };
	bool                 ok;

	c->actor = &who;
	ok       = front_of(c)->journal(c, &e);
	c->actor = was;
	return ok;
}

/*
 * A session for somebody whose password is right: whole, or half when a code has to
 * follow.  A session that the browser had before ends: no two in one cookie.
 */
static bool come_in(struct ctx *c, const char *verb, user_id id, str next, struct sheet *out)
{
	struct person_get_row p;
	struct factor         f;

	TRY(sql_person_get(c, id, &p));
	TRY(factor_load(c, id, &f));
	if (c->actor && c->actor->session.n)
		TRY(session_end(c, (session_id){ c->actor->session }));
	out->object = id.v;
	if (f.on) {
		out->next = code_path(c, next);
		return session_begin(c, id, SESSION_HALF, &out->cookie);
	}
	out->next = next;
	TRY(attempt_clear(c, id));
	TRY(tell_as(c, verb, id, p.name, S("by password")));
	return session_begin(c, id, SESSION_PLAIN, &out->cookie);
}

/* The slow part, outside the transaction; whose password it was travels in out->object. */
bool login_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	user_id id;

	if (c->actor && c->actor->channel != CHANNEL_WEB)
		return fault(c, E_USAGE, NULL, N_("Passwords are for browsers. Here, use a token that you made under My settings: Authorization: Bearer TOKEN."));
	TRY(attempt_mail(c, arg_str(a, "mail"), arg_str(a, "password"), &id));
	out->object = id.v;
	return true;
}

bool login_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	return come_in(c, "session.open", (user_id){ out->object }, next_path(arg_str(a, "next")), out);
}

bool logout_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	(void)a;
	if (c->actor->session.n)
		TRY(session_end(c, (session_id){ c->actor->session }));
	out->cookie = S("");
	out->next   = S("/login");
	return true;
}

/* ---- the code ---- */

const struct arg code_args[] = {
	{ .name = "next", .kind = ARG_LINE, .hidden = true, .label = N_("Then") },
	{ .name = "code", .kind = ARG_LINE, .max = 40, .must = true, .label = N_("Code of the app, or a recovery code"),
	  .fill = "one-time-code" },
	{ 0 },
};

const struct arg code_view_args[] = {
	{ .name = "next", .kind = ARG_LINE, .label = N_("Then") },
	{ 0 },
};

bool code_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct login_page *m = NEW(c->arena, struct login_page);

	if (!c->actor || c->actor->id.n || c->actor->session.n == 0)
		out->next = S("/login");
	m->form = form_new(c, "session.confirm");
	form_set(c, m->form, "next", next_path(arg_str(a, "next")));
	out->model = m;
	return true;
}

void code_show(struct page *w, const void *model)
{
	html_login_code(w, model);
}

static bool half_load(struct ctx *c, user_id *id, str *name)
{
	struct db_viewer nobody = { S(""), S("") };
	session_id       half   = { c->actor && c->actor->id.n == 0 ? c->actor->session : STR_NONE };
	bool             ok;

	TRY(db_begin(c, DB_READ, &nobody));
	ok = session_half(c, half, id, name);
	db_rollback(c);
	return ok;
}

bool code_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	user_id id;
	str     name;
	bool    recovery;

	TRY(half_load(c, &id, &name));
	TRY(attempt_code(c, "session.confirm", id, arg_str(a, "code"), &recovery));
	out->note = recovery ? S("by recovery code") : S("by code");
	if (recovery)
		out->said = str_of(N_("A recovery code is used up. Make new ones under My settings before the last is gone."));
	return true;
}

bool code_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	session_id half = { c->actor->session };
	user_id    id;
	str        name;

	TRY(session_half(c, half, &id, &name));
	TRY(session_end(c, half));
	TRY(attempt_clear(c, id));
	TRY(tell_as(c, "session.confirm", id, name, out->note));
	out->object = id.v;
	out->next   = next_path(arg_str(a, "next"));
	return session_begin(c, id, SESSION_STRONG, &out->cookie);
}

/* ---- one-time links ---- */

const struct arg accept_args[] = {
	{ .name = "code", .kind = ARG_SECRET, .must = true, .hidden = true, .label = N_("Code") },
	{ .name = "password", .kind = ARG_SECRET, .must = true, .label = N_("New password"), .fill = "new-password" },
	{ 0 },
};

const struct arg invitation_args[] = {
	{ .name = "code", .kind = ARG_SECRET, .must = true, .label = N_("Code") },
	{ 0 },
};

bool invitation_rows(struct ctx *c, const struct args *a, struct sheet *out)
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

void invitation_show(struct page *w, const void *model)
{
	html_invitation(w, model);
}

bool password_fits(struct ctx *c, str code, const char *where, str password)
{
	struct db_viewer      nobody = { S(""), S("") };
	struct person_get_row p;
	user_id               id = { c->actor ? c->actor->id : S("") };
	str                   own[3];
	bool                  ok;

	TRY(db_begin(c, DB_READ, &nobody));
	ok = (!code.n || user_invited(c, code, &id)) && sql_person_get(c, id, &p);
	db_rollback(c);
	TRY(ok);
	own[0] = p.name;
	own[1] = p.mail;
	own[2] = front_of(c)->organisation;
	return password_check(c, where, password, own, 3);
}

bool accept_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	TRY(password_fits(c, arg_str(a, "code"), "password", arg_str(a, "password")));
	return password_hash(c, arg_str(a, "password"), &out->raw_name);
}

bool accept_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	user_id id;
	str     hash = out->raw_name;

	out->raw_name = STR_NONE;
	TRY(user_accept(c, arg_str(a, "code"), hash, &id));
	TRY(session_end_others(c, id, (session_id){ STR_NONE }));
	TRY(sql_token_delete_all(c, id));   /* a link is for who lost the account: perhaps to somebody else */
	return come_in(c, "user.accept", id, S("/desk"), out);
}
