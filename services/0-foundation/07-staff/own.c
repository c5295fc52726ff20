#include "services/0-foundation/07-staff/staff.h"

#include "gen/staff.html.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/text/word.h"
#include "platform/text/zone.h"
#include "record/attempt.h"
#include "record/reminder.h"
#include "record/session.h"
#include "record/user.h"

/* What people see and set of their own account: language, password, sessions, tokens. */

enum { TOKEN_DAYS = 90, TOKEN_DAYS_MAX = 365 };

const struct choice scope_choices[] = {
	{ "read", N_("Read") }, { "write", N_("Read and write") }, { NULL, NULL },
};

/* "Firefox · Linux" out of what a browser says of itself; the whole text when it is unknown. */
static str agent_words(struct ctx *c, str agent)
{
	static const char *const browsers[][2] = {
		{ "Edg/", "Edge" }, { "OPR/", "Opera" }, { "Firefox/", "Firefox" }, { "Chrome/", "Chrome" }, { "Safari/", "Safari" },
	};
	static const char *const systems[][2] = {
		{ "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" },
		{ "Windows", "Windows" }, { "Mac OS X", "macOS" }, { "Linux", "Linux" },
	};
	str browser = STR_NONE, os = STR_NONE;

	for (size_t i = 0; i < sizeof(browsers) / sizeof(browsers[0]) && !browser.n; i++)
		if (str_find(agent, str_of(browsers[i][0]), 0) != SIZE_MAX)
			browser = str_of(browsers[i][1]);
	for (size_t i = 0; i < sizeof(systems) / sizeof(systems[0]) && !os.n; i++)
		if (str_find(agent, str_of(systems[i][0]), 0) != SIZE_MAX)
			os = str_of(systems[i][1]);
	if (!browser.n || !os.n)
		return agent;
	return STR_CAT(c->arena, browser, S(" · "), os);
}

static void sessions_fill(struct ctx *c, const struct session_rows_rows *rows, struct own_page *m)
{
	m->sessions.max = rows->n + 1;
	for (size_t i = 0; i < rows->n; i++) {
		const struct session_rows_row *s = &rows->v[i];
		struct session_line x = { s, form_new(c, "session.end"), agent_words(c, s->agent), str_eq(s->id.v, c->actor->session) };
		form_set(c, x.end, "id", s->id.v);
		(void)list_push(c->arena, &m->sessions, x);
	}
}

static void tokens_fill(struct ctx *c, const struct token_rows_rows *rows, struct own_page *m)
{
	m->tokens.max = rows->n + 1;
	for (size_t i = 0; i < rows->n; i++) {
		const struct token_rows_row *t = &rows->v[i];
		struct token_line x = { t, form_new(c, "token.drop"), c->now >= t->ends_at };
		form_set(c, x.drop, "id", t->id.v);
		(void)list_push(c->arena, &m->tokens, x);
	}
}

bool own_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct own_page          *m        = NEW(c->arena, struct own_page);
	struct session_rows_rows *sessions = NEW(c->arena, struct session_rows_rows);
	struct token_rows_rows   *tokens   = NEW(c->arena, struct token_rows_rows);
	user_id                   me       = { c->actor->id };

	(void)a;
	TRY(sql_person_get(c, me, &m->p));
	TRY(sql_session_rows(c, me, c->now, sessions));
	TRY(sql_token_rows(c, me, tokens));
	TRY(factor_load(c, me, &m->factor));
	m->roles    = role_words(c, m->p.roles);
	m->settings = form_new(c, "user.settings");
	form_set(c, m->settings, "lang", m->p.lang);
	form_set(c, m->settings, "zone", m->p.zone);
	form_set(c, m->settings, "letters", m->p.letters);
	m->password = form_new(c, "user.password");
	m->token    = form_new(c, "token.make");
	sessions_fill(c, sessions, m);
	tokens_fill(c, tokens, m);
	SHEET_ONE(out, "person", person_get, &m->p);
	SHEET_MANY(out, "sessions", session_rows, sessions);
	SHEET_MANY(out, "tokens", token_rows, tokens);
	out->model = m;
	return true;
}

void own_show(struct page *w, const void *model)
{
	html_own(w, model);
}

bool own_done(struct ctx *c, const char *next, const char *said, struct sheet *out)
{
	out->object = c->actor->id;
	out->next   = str_of(next);
	out->said   = str_of(said);
	return true;
}

/* ---- language and zone ---- */

const struct arg settings_args[] = {
	{ .name = "lang", .kind = ARG_CHOICE, .must = true, .choices = lang_choices, .label = N_("Language") },
	{ .name = "zone", .kind = ARG_LINE, .max = 60, .must = true, .label = N_("Time zone"), .hint = N_("Such as Asia/Tokyo.") },
	{ .name = "letters", .kind = ARG_CHOICE, .must = true, .choices = reminder_choices, .label = N_("Letters to me"),
	  .hint = N_("When a question is put to you or a case becomes yours; once a day means at 8 o'clock, for leads with the promises that come due. They hold no content.") },
	{ 0 },
};

bool settings_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	if (!zone_load(c, arg_str(a, "zone")))
		return false;
	TRY(sql_person_set_own(c, (user_id){ c->actor->id }, arg_str(a, "lang"), arg_str(a, "zone"), arg_str(a, "letters")));
	return own_done(c, "/me", N_("Your settings were saved."), out);
}

/* ---- password ---- */

const struct arg password_args[] = {
	{ .name = "password", .kind = ARG_SECRET, .must = true, .label = N_("Present password"), .fill = "current-password" },
	{ .name = "fresh", .kind = ARG_SECRET, .must = true, .label = N_("New password"), .fill = "new-password",
	  .hint = N_("At least 12 characters. A sentence is easier to remember than signs.") },
	{ 0 },
};

bool password_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	TRY(attempt_own(c, "user.password", arg_str(a, "password")));
	TRY(password_fits(c, STR_NONE, "fresh", arg_str(a, "fresh")));
	return password_hash(c, arg_str(a, "fresh"), &out->raw_name);
}

/* All other sessions end, and this one gets a new cookie. */
bool password_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	user_id me   = { c->actor->id };
	str     hash = out->raw_name;

	(void)a;
	out->raw_name = STR_NONE;
	TRY(sql_account_set_password(c, me, hash));
	TRY(session_end_others(c, me, (session_id){ c->actor->session }));
	TRY(session_renew(c, &out->cookie));
	return own_done(c, "/me", N_("The password was changed. All other sessions have ended."), out);
}

/* ---- tokens and sessions ---- */

const struct arg token_args[] = {
	{ .name = "name", .kind = ARG_LINE, .max = 100, .must = true, .label = N_("What it is for") },
	{ .name = "scope", .kind = ARG_CHOICE, .must = true, .choices = scope_choices, .label = N_("What it may") },
	{ .name = "days", .kind = ARG_INT, .label = N_("Days it lasts"), .hint = N_("1 to 365; 90 when empty.") },
	{ 0 },
};

bool token_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	int64_t days   = arg_int(a, "days") == INT_NONE ? TOKEN_DAYS : arg_int(a, "days");
	str     secret = STR_CAT(c->arena, S("psirt_"), secret_make(c, 32));

	if (days < 1 || days > TOKEN_DAYS_MAX)
		return fault(c, E_INVALID, "days", N_("A token lasts from 1 to 365 days."));
	TRY(sql_token_insert(c, (token_id){ random_id(c) }, secret_digest(c, secret), (user_id){ c->actor->id },
	                     arg_str(a, "name"), arg_str(a, "scope"), c->now, c->now + days * DAY));
	out->secret = secret;
	out->note   = arg_str(a, "scope");
	return own_done(c, "/me", N_("The token was made."), out);
}

const struct arg own_id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = "id" },
	{ 0 },
};

bool token_drop(struct ctx *c, const struct args *a, struct sheet *out)
{
	int64_t n;

	TRY(sql_token_own_delete(c, (token_id){ arg_str(a, "id") }, (user_id){ c->actor->id }, &n));
	return n ? own_done(c, "/me", N_("The token has ended."), out) : fault(c, E_NOTFOUND, NULL, NULL);
}

bool session_drop(struct ctx *c, const struct args *a, struct sheet *out)
{
	int64_t n;

	TRY(sql_session_own_delete(c, (session_id){ arg_str(a, "id") }, (user_id){ c->actor->id }, &n));
	return n ? own_done(c, "/me", N_("The session has ended."), out) : fault(c, E_NOTFOUND, NULL, NULL);
}
