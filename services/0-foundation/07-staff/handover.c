#include "services/0-foundation/07-staff/staff.h"

#include "platform/clock.h"
#include "platform/text/word.h"
#include "record/attempt.h"
#include "record/factor.h"
#include "record/session.h"
#include "record/setting.h"
#include "record/user.h"

/*
 * A token handed to a terminal against mail address, password and code (psirt login), and given
 * back (psirt logout): nobody needs a browser for the command line.  Browsers have sessions.
 */

enum { HANDED_DAYS = 1, HANDED_DAYS_MAX = 30 };

const struct arg handover_args[] = {
	{ .name = "mail", .kind = ARG_LINE, .must = true, .label = N_("Mail address") },
	{ .name = "password", .kind = ARG_SECRET, .must = true, .label = N_("Password") },
	{ .name = "code", .kind = ARG_SECRET, .max = 40, .label = N_("Code of the app, or a recovery code") },
	{ .name = "name", .kind = ARG_LINE, .max = 100, .label = N_("What it is for") },
	{ .name = "scope", .kind = ARG_CHOICE, .choices = scope_choices, .label = N_("What it may"), .hint = N_("Read and write when empty.") },
	{ .name = "days", .kind = ARG_INT, .label = N_("Days it lasts"), .hint = N_("1 to 30; 1 when empty.") },
	{ 0 },
};

const struct arg handback_args[] = {
	{ .name = "token", .kind = ARG_SECRET, .max = 200, .must = true, .label = N_("Token") },
	{ 0 },
};

static int64_t days_of(const struct args *a)
{
	return arg_int(a, "days") == INT_NONE ? HANDED_DAYS : arg_int(a, "days");
}

/* Whether the account has a second factor, and whether one of its roles needs it. */
static bool second_of(struct ctx *c, user_id id, struct factor *f, bool *asked)
{
	struct db_viewer      nobody = { S(""), S("") };
	struct person_get_row p;
	str                   names;
	bool                  ok;

	TRY(db_begin(c, DB_READ, &nobody));
	ok = factor_load(c, id, f) && sql_person_get(c, id, &p) && setting_load(c, "second_factor", S(""), &names);
	db_rollback(c);
	TRY(ok);
	*asked = role_asked(p.roles, names);
	return true;
}

/* Outside the transaction: tries are counted before they are judged. */
bool handover_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct factor f;
	user_id       id;
	bool          asked, recovery;

	if (c->actor && c->actor->channel == CHANNEL_WEB)
		return fault(c, E_USAGE, NULL, N_("This is for terminals. In a browser, sign in and make a token under My settings."));
	if (days_of(a) < 1 || days_of(a) > HANDED_DAYS_MAX)
		return fault(c, E_INVALID, "days", N_("A token of a terminal lasts from 1 to 30 days."));
	TRY(attempt_mail(c, arg_str(a, "mail"), arg_str(a, "password"), &id));
	TRY(second_of(c, id, &f, &asked));
	if (f.on && !arg_str(a, "code").n)
		return fault(c, E_INVALID, "code", N_("This account has a second factor. Please give its code, too."));
	if (f.on)
		TRY(attempt_code(c, "token.open", id, arg_str(a, "code"), &recovery));
	else if (asked)
		return fault(c, E_STATE, NULL, N_("Your role needs a second factor. Please set it up first: sign in with a browser."));
	out->object = id.v;
	return true;
}

/* meets ASVS 5.0 6.3.3: the second factor is asked for here, too */
bool handover_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	user_id               id     = { out->object };
	token_id              token  = { random_id(c) };
	str                   secret = STR_CAT(c->arena, S("psirt_"), secret_make(c, 32));
	str                   scope  = arg_str(a, "scope").n ? arg_str(a, "scope") : S("write");
	time_us               ends   = c->now + days_of(a) * DAY;
	struct person_get_row p;

	TRY(sql_person_get(c, id, &p));
	TRY(sql_token_insert(c, token, secret_digest(c, secret), id, arg_str(a, "name").n ? arg_str(a, "name") : S("psirt login"),
	                     scope, c->now, ends));
	TRY(attempt_clear(c, id));
	TRY(tell_as(c, "token.open", id, p.name, scope));
	out->object = token.v;
	out->secret = secret;
	out->said   = str_of(N_("The token was made."));
	return true;
}

/* Who has the token may end it, also one that may only read. */
bool handback_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct token_held_row r;
	int64_t               n;

	TRY(sql_token_held(c, secret_digest(c, arg_str(a, "token")), &r));
	TRY(sql_token_own_delete(c, r.id, r.account, &n));
	TRY(tell_as(c, "token.close", r.account, r.name, r.scope));
	out->object = r.id.v;
	out->said   = str_of(N_("The token has ended."));
	return true;
}
