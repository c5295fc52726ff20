#include "record/user.h"

#include "gen/user.sql.h"

#include <pthread.h>
#include <sodium.h>

#include "base/buf.h"
#include "platform/clock.h"
#include "record/deny.h"
#include "record/session.h"

enum { AT_ONCE = 2, PLACES = 8, PLACES_EACH = 3, FROM_ROOM = 46, OPSLIMIT = 2, MEMLIMIT = 64 << 20 };

static pthread_mutex_t gate_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t  gate_free = PTHREAD_COND_INITIALIZER;
static int             gate_used, gate_asked;   /* looked at; those and who waits */
static struct { char from[FROM_ROOM]; size_t n; } gate[PLACES];

static bool mail_check(struct ctx *c, str mail)
{
	size_t at = str_find(mail, S("@"), 0);

	if (at == SIZE_MAX || at == 0 || at + 1 == mail.n || str_find(mail, S("@"), at + 1) != SIZE_MAX ||
	    str_find(mail, S(" "), 0) != SIZE_MAX)
		return fault(c, E_INVALID, "mail", N_("Please give one mail address such as name@example.com."));
	return true;
}

bool user_add(struct ctx *c, const struct user_draft *d, user_id *id)
{
	TRY(mail_check(c, d->mail));
	id->v = random_id(c);
	return sql_account_insert(c, *id, d->name, d->mail, d->roles, d->lang.n ? d->lang : S("en"),
	                          d->zone.n ? d->zone : S("UTC"), c->now);
}

bool user_count(struct ctx *c, int64_t *n)
{
	struct account_count_row row;

	TRY(sql_account_count(c, &row));
	*n = row.people;
	return true;
}

bool user_invite(struct ctx *c, user_id id, const char *kind, str *secret)
{
	*secret = secret_make(c, 20);
	TRY(sql_invitation_end(c, id, c->now));
	return sql_invitation_insert(c, (invitation_id){ random_id(c) }, secret_digest(c, *secret), id,
	                             str_of(kind), c->now, c->now + INVITATION_LIFE);
}

bool user_invited(struct ctx *c, str secret, user_id *id)
{
	struct invitation_get_row row;

	TRY(sql_invitation_get(c, secret_digest(c, secret), c->now, &row));
	*id = row.account;
	return true;
}

bool user_accept(struct ctx *c, str secret, str hash, user_id *id)
{
	struct invitation_get_row row;
	int64_t                   n;

	TRY(sql_invitation_get(c, secret_digest(c, secret), c->now, &row));
	TRY(sql_invitation_use(c, row.id, c->now, &n));
	if (n != 1)
		return fault(c, E_NOTFOUND, NULL, NULL);
	*id = row.account;
	return sql_account_set_password(c, row.account, hash);
}

bool password_check(struct ctx *c, const char *where, str password, const str *own, size_t n)
{
	if (utf8_count(password) < PASSWORD_MIN)
		return fault(c, E_INVALID, where, N_("A password has at least {1} characters."),
		             str_fmt(c->arena, "%d", PASSWORD_MIN));
	if (deny_guessed(password, own, n))
		return fault(c, E_INVALID, where, N_("This password is too easy to guess: it is made of well-known words, your name, the organisation's, years or keys in a row."));
	if (deny_listed(c, password))
		return fault(c, E_INVALID, where, N_("This password is on a list of known passwords."));
	return true;
}

/*
 * A password costs tens of milliseconds and much memory, for strangers too.  AT_ONCE are looked at, others
 * wait; but not so many that no thread is left for anything else, and of one address only few of them.
 */
static bool gate_is_full(str from)
{
	int of_one = 0;

	for (int i = 0; i < gate_asked; i++)
		of_one += from.n && str_eq(from, (str){ gate[i].from, gate[i].n });
	return gate_asked == PLACES || of_one == PLACES_EACH;
}

static str from_of(const struct ctx *c)
{
	return c->actor && c->actor->from.n <= FROM_ROOM ? c->actor->from : S("");
}

static bool busy(struct ctx *c)
{
	return fault(c, E_BUSY, NULL, N_("Too many passwords are being checked at this moment. Please try again in a few seconds."));
}

static bool gate_enter(struct ctx *c)
{
	str  from = from_of(c);
	bool full;

	pthread_mutex_lock(&gate_lock);
	full = gate_is_full(from);
	if (!full) {
		memcpy(gate[gate_asked].from, from.p ? from.p : "", from.n);
		gate[gate_asked++].n = from.n;
		while (gate_used == AT_ONCE)
			pthread_cond_wait(&gate_free, &gate_lock);
		gate_used++;
	}
	pthread_mutex_unlock(&gate_lock);
	return !full || busy(c);
}

/* A place of this address is free again: which of them does not matter. */
static void gate_leave(struct ctx *c)
{
	str from = from_of(c);

	pthread_mutex_lock(&gate_lock);
	for (int i = 0; i < gate_asked; i++)
		if (str_eq(from, (str){ gate[i].from, gate[i].n })) {
			gate[i] = gate[--gate_asked];
			break;
		}
	gate_used--;
	pthread_cond_signal(&gate_free);
	pthread_mutex_unlock(&gate_lock);
}

bool password_room(struct ctx *c)
{
	bool full;

	pthread_mutex_lock(&gate_lock);
	full = gate_is_full(from_of(c));
	pthread_mutex_unlock(&gate_lock);
	return !full || busy(c);
}

bool password_hash(struct ctx *c, str password, str *hash)
{
	char *out = arena_must(c->arena, 1, crypto_pwhash_STRBYTES);
	int   bad;

	TRY(gate_enter(c));
	bad = sodium_init() < 0 || crypto_pwhash_str_alg(out, password.p, password.n, OPSLIMIT, MEMLIMIT,
	                                                 crypto_pwhash_ALG_ARGON2ID13);
	gate_leave(c);
	if (bad)
		return fault(c, E_BUSY, NULL, NULL);
	*hash = str_of(out);
	return true;
}

/* A hash of nothing anybody knows, made with the same costs. */
static char           nobody[crypto_pwhash_STRBYTES];
static pthread_once_t nobody_made = PTHREAD_ONCE_INIT;

static void nobody_make(void)
{
	if (sodium_init() >= 0)
		(void)!crypto_pwhash_str_alg(nobody, "\0nobody", 7, OPSLIMIT, MEMLIMIT, crypto_pwhash_ALG_ARGON2ID13);
}

bool password_matches(struct ctx *c, str hash, str password, bool *right)
{
	char text[crypto_pwhash_STRBYTES] = { 0 };
	bool ok;

	*right = false;
	TRY(gate_enter(c));
	pthread_once(&nobody_made, nobody_make);
	memcpy(text, hash.n ? hash.p : nobody,
	       hash.n && hash.n < sizeof(text) ? hash.n : sizeof(text) - 1);
	ok = crypto_pwhash_str_verify(text, password.p ? password.p : "", password.n) == 0;
	gate_leave(c);
	*right = ok && hash.n;
	return true;
}
