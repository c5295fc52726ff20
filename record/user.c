#include "record/user.h"

#include "gen/user.sql.h"

#include <pthread.h>
#include <sodium.h>

#include "base/buf.h"
#include "platform/clock.h"
#include "record/deny.h"
#include "record/session.h"

enum { AT_ONCE = 2, OPSLIMIT = 2, MEMLIMIT = 64 << 20 };

static pthread_mutex_t gate_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t  gate_free = PTHREAD_COND_INITIALIZER;
static int             gate_used;

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

static void gate_enter(void)
{
	pthread_mutex_lock(&gate_lock);
	while (gate_used == AT_ONCE)
		pthread_cond_wait(&gate_free, &gate_lock);
	gate_used++;
	pthread_mutex_unlock(&gate_lock);
}

static void gate_leave(void)
{
	pthread_mutex_lock(&gate_lock);
	gate_used--;
	pthread_cond_signal(&gate_free);
	pthread_mutex_unlock(&gate_lock);
}

bool password_hash(struct ctx *c, str password, str *hash)
{
	char *out = arena_must(c->arena, 1, crypto_pwhash_STRBYTES);
	int   bad;

	gate_enter();
	bad = sodium_init() < 0 || crypto_pwhash_str_alg(out, password.p, password.n, OPSLIMIT, MEMLIMIT,
	                                                 crypto_pwhash_ALG_ARGON2ID13);
	gate_leave();
	if (bad)
		return fault(c, E_BUSY, NULL, NULL);
	*hash = str_of(out);
	return true;
}

bool password_matches(str hash, str password)
{
	/* A hash of nothing anybody knows, made with the same costs. */
	static char nobody[crypto_pwhash_STRBYTES];
	char        text[crypto_pwhash_STRBYTES] = { 0 };
	bool        ok;

	gate_enter();
	if (sodium_init() >= 0 && nobody[0] == 0)
		(void)!crypto_pwhash_str_alg(nobody, "\0nobody", 7, OPSLIMIT, MEMLIMIT,
		                             crypto_pwhash_ALG_ARGON2ID13);
	memcpy(text, hash.n ? hash.p : nobody,
	       hash.n && hash.n < sizeof(text) ? hash.n : sizeof(text) - 1);
	ok = crypto_pwhash_str_verify(text, password.p ? password.p : "", password.n) == 0;
	gate_leave();
	return ok && hash.n;
}
