#include "services/0-foundation/07-staff/staff.h"

#include "gen/staff.html.h"

#include <stddef.h>

#include "base/buf.h"
#include "record/attempt.h"
#include "record/session.h"
#include "record/setting.h"
#include "standards/totp/totp.h"

/* The second factor (RFC 6238): setting it up, recovery codes, turning it off. */

#define PAGE "/me/second"

const struct arg enrol_args[] = {
	{ .name = "draft", .kind = ARG_SECRET, .max = 400, .must = true, .hidden = true, .label = N_("Key") },
	{ .name = "code", .kind = ARG_LINE, .max = 40, .must = true, .label = N_("Code that the app shows now"), .fill = "one-time-code" },
	{ .name = "password", .kind = ARG_SECRET, .must = true, .label = N_("Password"), .fill = "current-password" },
	{ 0 },
};

const struct arg codes_args[] = {
	{ .name = "code", .kind = ARG_LINE, .max = 40, .must = true, .label = N_("Code of the app, or a recovery code"),
	  .fill = "one-time-code" },
	{ 0 },
};

const struct arg drop_args[] = {
	{ .name = "password", .kind = ARG_SECRET, .must = true, .label = N_("Password"), .fill = "current-password" },
	{ .name = "code", .kind = ARG_LINE, .max = 40, .must = true, .label = N_("Code of the app, or a recovery code"),
	  .fill = "one-time-code" },
	{ 0 },
};

#define COL(name, kind) { #name, kind, offsetof(struct factor_line, name) }
static const struct db_col factor_cols[] = {
	COL(on, DB_BOOL), COL(since, DB_TIME), COL(codes_left, DB_INT), COL(key, DB_TEXT), COL(uri, DB_TEXT), COL(draft, DB_TEXT),
};

static bool is_asked(struct ctx *c, bool *asked)
{
	struct person_get_row p;
	str                   names;

	TRY(sql_person_get(c, (user_id){ c->actor->id }, &p));
	TRY(setting_load(c, "second_factor", S(""), &names));
	*asked = role_asked(p.roles, names);
	return true;
}

/* A form that came back with a fault keeps its key: it is in the app already. */
static str draft_of(struct ctx *c, const struct form *f)
{
	str kept = f->pending ? arg_str(f->pending->args, "draft") : STR_NONE, key;

	if (kept.n && factor_draft_read(c, (user_id){ c->actor->id }, kept, &key))
		return kept;
	return factor_draft(c, (user_id){ c->actor->id });
}

static str grouped(struct ctx *c, str key)
{
	struct buf b;

	buf_init(&b, c->arena, 2 * key.n + 1);
	for (size_t i = 0; i < key.n; i++) {
		if (i && i % 4 == 0)
			buf_char(&b, ' ');
		buf_char(&b, key.p[i]);
	}
	return buf_str(&b);
}

static bool enrol_fill(struct ctx *c, const struct person_get_row *p, struct factor_page *m)
{
	str key;

	m->enrol   = form_new(c, "factor.enrol");
	m->f.draft = draft_of(c, m->enrol);
	c->fault   = (struct fault){ 0 };
	TRY(factor_draft_read(c, p->id, m->f.draft, &key));
	form_set(c, m->enrol, "draft", m->f.draft);
	m->f.key  = totp_base32(c, key);
	m->f.uri  = totp_uri(c, key, STR_CAT(c->arena, front_of(c)->organisation, S(" PSIRT")), p->mail);
	m->picture = N_("QR code with the key");
	m->spaced = grouped(c, m->f.key);
	return true;
}

bool factor_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct factor_page   *m = NEW(c->arena, struct factor_page);
	struct person_get_row p;
	struct factor         f;

	(void)a;
	TRY(sql_person_get(c, (user_id){ c->actor->id }, &p));
	TRY(factor_load(c, p.id, &f));
	TRY(is_asked(c, &m->asked));
	m->f    = (struct factor_line){ .on = f.on, .since = f.since, .codes_left = f.codes_left };
	m->only = c->actor->roles == ROLE_ENROL && !f.on;
	if (!f.on)
		TRY(enrol_fill(c, &p, m));
	m->codes = form_new(c, "factor.codes");
	m->drop  = form_new(c, "factor.drop");
	sheet_add(out, "factor", true, factor_cols, sizeof(factor_cols) / sizeof(factor_cols[0]), &m->f, 1, sizeof(m->f));
	out->model = m;
	return true;
}

void factor_show(struct page *w, const void *model)
{
	html_factor(w, model);
}

bool enrol_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	(void)out;
	return attempt_own(c, "factor.enrol", arg_str(a, "password"));
}

bool enrol_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	user_id       me = { c->actor->id };
	struct factor f;

	TRY(factor_load(c, me, &f));
	if (f.on)
		return fault(c, E_STATE, NULL, N_("There is a second factor already. Turn it off first."));
	TRY(factor_enrol(c, me, arg_str(a, "draft"), arg_str(a, "code"), &out->secret));
	TRY(session_end_others(c, me, (session_id){ c->actor->session }));
	TRY(session_strength(c, true));
	TRY(session_renew(c, &out->cookie));
	return own_done(c, PAGE, N_("The second factor is on. Keep the recovery codes where your device is not."), out);
}

bool codes_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	bool recovery;

	(void)out;
	return attempt_code(c, "factor.codes", (user_id){ c->actor->id }, arg_str(a, "code"), &recovery);
}

bool codes_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	(void)a;
	TRY(factor_renew(c, (user_id){ c->actor->id }, &out->secret));
	return own_done(c, PAGE, N_("These are the new recovery codes. Earlier ones have ended."), out);
}

bool drop_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	bool recovery;

	(void)out;
	TRY(attempt_own(c, "factor.drop", arg_str(a, "password")));
	return attempt_code(c, "factor.drop", (user_id){ c->actor->id }, arg_str(a, "code"), &recovery);
}

bool drop_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	user_id me = { c->actor->id };
	bool    asked;

	(void)a;
	TRY(is_asked(c, &asked));
	if (asked)
		return fault(c, E_STATE, NULL, N_("Your role needs a second factor. An administrator can reset it when you change devices."));
	TRY(factor_drop(c, me));
	TRY(session_end_others(c, me, (session_id){ c->actor->session }));
	TRY(session_strength(c, false));
	TRY(session_renew(c, &out->cookie));
	return own_done(c, PAGE, N_("The second factor is off. All other sessions have ended."), out);
}

/* For somebody who lost the device: the next sign-in is by password, and a new one can be set up. */
bool factor_reset(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct person_get_row p;

	TRY(sql_person_get(c, (user_id){ arg_str(a, "id") }, &p));
	if (str_eq(p.id.v, c->actor->id))
		return fault(c, E_STATE, NULL, N_("Your own second factor is turned off under My settings, with a code."));
	TRY(factor_drop(c, p.id));
	TRY(session_end_others(c, p.id, (session_id){ STR_NONE }));
	out->object = p.id.v;
	out->next   = STR_CAT(c->arena, S("/people/"), p.id.v);
	out->said   = str_of(N_("The second factor was removed and all sessions of the person have ended."));
	return true;
}
