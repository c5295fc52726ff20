#include "record/attempt.h"

#include "gen/attempt.sql.h"

#include "base/buf.h"
#include "record/factor.h"
#include "record/journal.h"
#include "record/session.h"
#include "record/user.h"
#include "standards/totp/totp.h"

enum { FREE = 5, KNOWN_DAYS = 90, KNOWN_HEX = 32 };   /* FREE: wrong ones before waiting begins */
#define WAIT_MAX   (15 * MINUTE)
#define TELL_EVERY (10 * MINUTE)

static const struct db_viewer house = { S_INIT(""), S_INIT("") };

struct trial {
	const char *verb;
	str         name;      /* whose tries are counted */
	str         account;   /* "" when nobody has the address */
	str         code;
	struct attempt_claim_row claim;
	int64_t     step;
	bool        right;
};

typedef bool work_fn(struct ctx *c, struct trial *t);

/* A transaction of its own, again while the database is busy. */
static bool alone(struct ctx *c, enum db_mode mode, work_fn *work, struct trial *t)
{
	for (int i = 0;; i++) {
		TRY(db_begin(c, mode, &house));
		if (work(c, t) && db_commit(c))
			return true;
		db_rollback(c);
		if (!db_again(c, i + 1))
			return false;
	}
}

static time_us hold_till(time_us now, int64_t failures)
{
	int64_t over = failures - FREE;

	if (over <= 0)
		return TIME_NONE;
	return now + (over > 9 ? WAIT_MAX : ((time_us)1 << over) * SECOND);
}

static bool row_load(struct ctx *c, str name, struct attempt_get_row *r)
{
	bool found = false;

	TRY(sql_attempt_get(c, name, r, &found));
	if (!found)
		*r = (struct attempt_get_row){ .held_till = TIME_NONE, .told_at = TIME_NONE, .known_at = TIME_NONE };
	return true;
}

/* What an account and a network are called together; the house key is in it, no address is kept. */
static str known_name(struct ctx *c, str account)
{
	str from = c->actor ? c->actor->from : STR_NONE;

	if (!from.n || !account.n)
		return STR_NONE;
	return STR_CAT(c->arena, S("known-"), str_slice(journal_seal(c, STR_CAT(c->arena, S("known "), account, S(" "), from)), 0, KNOWN_HEX));
}

/* From where the person has signed in before, tries are counted apart. */
static bool count_choose(struct ctx *c, struct trial *t)
{
	struct attempt_get_row r;
	str                    name  = known_name(c, t->account);
	bool                   found = false;

	if (name.n)
		TRY(sql_attempt_get(c, name, &r, &found));
	if (found && r.known_at != TIME_NONE && c->now - r.known_at < KNOWN_DAYS * DAY)
		t->name = name;
	return true;
}

/* Counted as wrong until it turns out right. */
static bool begin(struct ctx *c, struct trial *t)
{
	struct attempt_get_row r;

	TRY(count_choose(c, t));
	TRY(row_load(c, t->name, &r));
	if (r.held_till != TIME_NONE && c->now < r.held_till)
		return fault(c, E_RATE, NULL, N_("Too many wrong tries. Please wait a little and try again."));
	r.failures++;
	return sql_attempt_put(c, t->name, r.failures, hold_till(c->now, r.failures), r.untold, r.told_at);
}

/* Nobody looked at it. A wait that has begun meanwhile goes on. */
static bool unjudged(struct ctx *c, struct trial *t)
{
	struct attempt_get_row r;

	TRY(row_load(c, t->name, &r));
	return sql_attempt_put(c, t->name, r.failures > 0 ? r.failures - 1 : 0, r.held_till, r.untold, r.told_at);
}

static bool right(struct ctx *c, struct trial *t)
{
	struct attempt_get_row r;

	TRY(row_load(c, t->name, &r));
	return sql_attempt_put(c, t->name, r.failures > 0 ? r.failures - 1 : 0, TIME_NONE, r.untold, r.told_at);
}

/* A line in the audit, unless there was one lately. */
static bool wrong(struct ctx *c, struct trial *t)
{
	struct journal_entry   e = { .verb = t->verb, .object = t->account };
	struct attempt_get_row r;
	str                    name = t->account.n ? t->name : S("unknown");

	TRY(row_load(c, name, &r));
	r.untold++;
	if (r.told_at == TIME_NONE || c->now - r.told_at >= TELL_EVERY) {
		e.note = str_fmt(c->arena, "refused: %lld", (long long)r.untold);
		TRY(front_of(c)->journal(c, &e));
		r.untold  = 0;
		r.told_at = c->now;
	}
	return sql_attempt_put(c, name, r.failures, r.held_till, r.untold, r.told_at);
}

static bool judged(struct ctx *c, struct trial *t, const char *where, const char *sentence)
{
	if (t->right)
		return alone(c, DB_WRITE, right, t);
	TRY(alone(c, DB_WRITE, wrong, t));
	return fault(c, E_INVALID, where, sentence);
}

static bool claim_load(struct ctx *c, str mail, str id, struct trial *t)
{
	bool found = false, ok;

	TRY(db_begin(c, DB_READ, &house));
	ok = sql_attempt_claim(c, mail, (user_id){ id }, &t->claim, &found);
	db_rollback(c);
	TRY(ok);
	if (!found)
		t->claim = (struct attempt_claim_row){ .totp_step = INT_NONE };
	t->account = found ? t->claim.id.v : S("");
	/* 65,536 buckets: what is kept of addresses that nobody has is bounded */
	t->name = found ? t->account : STR_CAT(c->arena, S("nobody-"), str_slice(secret_digest(c, mail), 0, 4));
	return true;
}

/* Counted, then compared; where there is no room for it, not counted either. */
static bool password_try(struct ctx *c, struct trial *t, str password)
{
	struct fault why;

	TRY(password_room(c));
	TRY(alone(c, DB_WRITE, begin, t));
	if (password_matches(c, t->claim.password, password, &t->right))
		return true;
	why = c->fault;
	TRY(alone(c, DB_WRITE, unjudged, t));
	c->fault = why;
	return false;
}

bool attempt_mail(struct ctx *c, str mail, str password, user_id *account)
{
	struct trial t = { .verb = "session.open" };

	TRY(claim_load(c, mail, STR_NONE, &t));
	TRY(password_try(c, &t, password));
	*account = t.claim.id;
	return judged(c, &t, "password", N_("Mail address and password do not belong together."));
}

bool attempt_own(struct ctx *c, const char *verb, str password)
{
	struct trial t = { .verb = verb };

	TRY(claim_load(c, STR_NONE, c->actor->id, &t));
	TRY(password_try(c, &t, password));
	return judged(c, &t, "password", N_("This is not your password."));
}

/* The step is written down before the code counts: it counts once. */
static bool use_step(struct ctx *c, struct trial *t)
{
	int64_t n;

	TRY(sql_attempt_step(c, t->claim.id, t->step, &n));
	t->right = n == 1;
	return true;
}

static bool use_recovery(struct ctx *c, struct trial *t)
{
	int64_t n;

	TRY(sql_attempt_recovery(c, t->claim.id, factor_code_digest(c, t->code), c->now, &n));
	t->right = n == 1;
	return true;
}

bool attempt_code(struct ctx *c, const char *verb, user_id account, str code, bool *recovery)
{
	struct trial t = { .verb = verb, .code = code };
	str          key;

	*recovery = false;
	TRY(claim_load(c, STR_NONE, account.v, &t));
	TRY(alone(c, DB_WRITE, begin, &t));
	if (!factor_key(c, account, t.claim.totp_key, &key))
		key = S("");
	if (totp_find(c, key, code, c->now, t.claim.totp_step, &t.step)) {
		TRY(alone(c, DB_WRITE, use_step, &t));
	} else if (t.account.n) {
		TRY(alone(c, DB_WRITE, use_recovery, &t));
		*recovery = t.right;
	}
	return judged(c, &t, "code", N_("This code is not right, or it was used already. Wait for the next one."));
}

bool attempt_clear(struct ctx *c, user_id account)
{
	str name = known_name(c, account.v);

	TRY(sql_attempt_forget(c, c->now - KNOWN_DAYS * DAY));
	if (name.n)
		TRY(sql_attempt_known(c, name, c->now));
	return sql_attempt_drop(c, account.v);
}
