#ifndef RECORD_USER_H
#define RECORD_USER_H

/*
 * Accounts of people inside: made by invitation, with a password (Argon2id)
 * and optionally a second factor (TOTP, RFC 6238).
 */

#include "record/ids.h"
#include "record/role.h"

enum { PASSWORD_MIN = 12, PASSWORD_MAX = 1024 };
#define INVITATION_LIFE (7 * DAY)

struct user_draft { str name, mail, lang, zone; int64_t roles; };

/* A new account in the state "invited". Faults: E_INVALID (mail), E_EXISTS. */
bool user_add(struct ctx *c, const struct user_draft *d, user_id *id) MUST_CHECK;
/* How many accounts there are, whatever their state. */
bool user_count(struct ctx *c, int64_t *n) MUST_CHECK;
/* A one-time link's secret; kind "invite" or "reset". Earlier ones end. */
bool user_invite(struct ctx *c, user_id id, const char *kind, str *secret) MUST_CHECK;
/* The account that an unused, unexpired secret stands for; E_NOTFOUND otherwise. */
bool user_invited(struct ctx *c, str secret, user_id *id) MUST_CHECK;
/*
 * Use up the secret and set the password; the account becomes active.
 * hash comes from password_hash, which is slow and belongs into `prepare`.
 */
bool user_accept(struct ctx *c, str secret, str hash, user_id *id) MUST_CHECK;

/*
 * Length and deny list (ASVS 5.0 6.2); E_INVALID at `where` says what is wrong.
 * own: texts about the person, whose words make a password easy to guess.
 */
bool password_check(struct ctx *c, const char *where, str password, const str *own, size_t n) MUST_CHECK;
/*
 * Argon2id, 64 MiB; waits its turn so that logins cannot eat the memory.  E_BUSY: too many wait
 * already, or too many of the actor's address, and threads are kept for other work.
 */
bool password_hash(struct ctx *c, str password, str *hash) MUST_CHECK;
/* Takes the same time when hash is none.  E_BUSY as above; *right is false then. */
bool password_matches(struct ctx *c, str hash, str password, bool *right) MUST_CHECK;
/* Would it be E_BUSY now?  Asked before something is written down for the try. */
bool password_room(struct ctx *c) MUST_CHECK;

#endif
