#include "record/session.h"

#include "gen/session.sql.h"

#include <sodium.h>

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/text/word.h"
#include "record/setting.h"

enum { SECRET_BYTES = 32, AGENT_MAX = 200 };

static const struct db_viewer house = { S_INIT(""), S_INIT("") };

str secret_digest(struct ctx *c, str s)
{
	unsigned char out[crypto_hash_sha256_BYTES];
	struct buf    b;

	crypto_hash_sha256(out, (const unsigned char *)(s.p ? s.p : ""), s.n);
	buf_init(&b, c->arena, 64);
	buf_hex(&b, out, sizeof(out));
	return buf_str(&b);
}

str secret_make(struct ctx *c, size_t n)
{
	unsigned char bits[64];
	struct buf    b;
	uint32_t      acc  = 0;
	int           held = 0;

	arena_secret(c->arena);
	c->random(bits, n);
	buf_init(&b, c->arena, 200);
	for (size_t i = 0; i < n; i++) {
		acc = acc << 8 | bits[i];
		for (held += 8; held >= 5; held -= 5)
			buf_char(&b, "abcdefghijklmnopqrstuvwxyz234567"[acc >> (held - 5) & 31]);
	}
	if (held)
		buf_char(&b, "abcdefghijklmnopqrstuvwxyz234567"[acc << (5 - held) & 31]);
	explicit_bzero(bits, sizeof(bits));
	return buf_str(&b);
}

static enum lang lang_of(str code)
{
	enum lang l;

	return lang_parse(code, &l) ? l : LANG_EN;
}

static struct actor person(struct ctx *c, str id, str name, int64_t roles, str zone)
{
	return (struct actor){
		.id = id, .name = name, .roles = (uint32_t)roles,
		.sight = role_sight(c, roles), .zone = zone,
	};
}

/* A role of theirs needs a second factor, which is not there: all they may is set it up. */
static void weaken(struct actor *who)
{
	who->roles = ROLE_ENROL;
	who->sight = S("");
}

/* The last use is written at most once a minute. */
static bool seen(struct ctx *c, session_id id)
{
	TRY(db_begin(c, DB_WRITE, &house));
	if (sql_session_seen(c, id, c->now) && db_commit(c))
		return true;
	db_rollback(c);
	return c->fault.code == E_BUSY;   /* somebody else wrote it */
}

bool session_enter(struct ctx *c, str cookie, struct actor *who, enum lang *lang)
{
	struct session_get_row r = { 0 };
	bool    found = false, ok;
	int64_t idle;

	*who = (struct actor){ .id = S("") };
	TRY(db_begin(c, DB_READ, &house));
	ok = sql_session_get(c, secret_digest(c, cookie), &r, &found);
	TRY(ok);
	if (!str_to_int(r.idle, &idle))
		idle = SESSION_IDLE_MINUTES;
	if (!found || c->now >= r.ends_at || c->now - r.seen_at >= idle * MINUTE)
		return true;
	if (c->now - r.seen_at >= MINUTE) {
		db_rollback(c);
		TRY(seen(c, r.id));
	}
	if (r.half) {
		who->csrf    = r.csrf;
		who->session = r.id.v;
		return true;
	}
	*who         = person(c, r.account.v, r.name, r.roles, r.zone);
	who->csrf    = r.csrf;
	who->session = r.id.v;
	if (!r.strong && role_asked(r.roles, r.asked))
		weaken(who);
	*lang        = lang_of(r.lang);
	return true;
}

bool session_actor(struct ctx *c, str cookie, struct actor *who, enum lang *lang)
{
	bool ok = session_enter(c, cookie, who, lang);

	db_rollback(c);
	return ok;
}

bool token_actor(struct ctx *c, str token, struct actor *who, bool *may_write)
{
	struct token_get_row r;
	bool found = false, ok;

	TRY(db_begin(c, DB_READ, &house));
	ok = sql_token_get(c, secret_digest(c, token), &r, &found);
	db_rollback(c);
	TRY(ok);
	if (!found || c->now >= r.ends_at)
		return fault(c, E_AUTH, NULL, N_("This token is unknown or has expired."));
	if (r.used_at == TIME_NONE || c->now - r.used_at >= MINUTE) {
		TRY(db_begin(c, DB_WRITE, &house));
		if (!sql_token_used(c, r.id, c->now) || !db_commit(c))
			db_rollback(c);
	}
	*who       = person(c, r.account.v, r.name, r.roles, r.zone);
	*may_write = str_eq(r.scope, S("write"));
	if (r.totp_at == TIME_NONE && role_asked(r.roles, r.asked))
		weaken(who);
	return true;
}

str receipt_digest(struct ctx *c, str code)
{
	struct buf b;

	buf_init(&b, c->arena, 64);
	for (size_t i = 0; i < code.n; i++) {
		char x = code.p[i];
		if (x >= 'a' && x <= 'z')
			x = (char)(x - 32);
		if ((x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9'))
			buf_char(&b, x);
	}
	return secret_digest(c, buf_str(&b));
}

struct actor receipt_actor(struct ctx *c, str code)
{
	return (struct actor){
		.id = receipt_digest(c, code), .name = S("finder"),
		.roles = ROLE_FINDER, .sight = S(""),
	};
}

bool session_begin(struct ctx *c, user_id account, enum session_kind kind, str *cookie)
{
	session_id id    = { random_id(c) };
	str        agent = c->actor && c->actor->agent.n ? utf8_cut(c->actor->agent, AGENT_MAX) : S("");
	bool       half  = kind == SESSION_HALF;
	int64_t    hours;

	*cookie = secret_make(c, SECRET_BYTES);
	TRY(setting_number(c, "session_hours", SESSION_HOURS, &hours));
	TRY(sql_session_sweep(c, c->now));
	return sql_session_insert(c, id, secret_digest(c, *cookie), account, secret_make(c, SECRET_BYTES), agent,
	                          kind == SESSION_STRONG, half, c->now, c->now + (half ? SESSION_HALF_LIFE : hours * HOUR));
}

bool session_half(struct ctx *c, session_id id, user_id *account, str *name)
{
	struct session_half_row r;
	bool                    found = false;

	if (id.v.n)
		TRY(sql_session_half(c, id, c->now, &r, &found));
	if (!found)
		return fault(c, E_AUTH, NULL, N_("The time for the code has run out. Please sign in again."));
	*account = r.account;
	*name    = r.name;
	return true;
}

bool session_renew(struct ctx *c, str *cookie)
{
	if (c->actor->session.n == 0)
		return true;
	*cookie = secret_make(c, SECRET_BYTES);
	return sql_session_renew(c, (session_id){ c->actor->session }, secret_digest(c, *cookie), secret_make(c, SECRET_BYTES));
}

bool session_strength(struct ctx *c, bool strong)
{
	return c->actor->session.n == 0 || sql_session_strength(c, (session_id){ c->actor->session }, strong);
}

bool session_end(struct ctx *c, session_id id)
{
	return sql_session_delete(c, id);
}

bool session_end_others(struct ctx *c, user_id account, session_id keep)
{
	return sql_session_delete_others(c, account, keep.v.n ? keep : (session_id){ S("-") });
}
