#ifndef RECORD_SESSION_H
#define RECORD_SESSION_H

/*
 * Who is asking: an actor from a session cookie, an API token or a finder's
 * receipt code.  Cookies and tokens are 256 random bits; only their SHA-256
 * is stored.  Sessions end after idle minutes and, at the latest, after hours
 * that are settings (session_idle, session_hours).
 */

#include "record/role.h"
#include "record/ids.h"

enum { SESSION_IDLE_MINUTES = 30, SESSION_HOURS = 12 };   /* when nothing is set */
#define SESSION_HALF_LIFE (5 * MINUTE)   /* between password and code */

/*
 * Fill *who; id "" when the cookie is unknown or over (no fault); half a session has its
 * session and csrf, but nobody's id.  Where a role needs a second factor that the session lacks,
 * the only role is ROLE_ENROL.  Runs its own transactions.
 */
bool session_actor(struct ctx *c, str cookie, struct actor *who, enum lang *lang) MUST_CHECK;
/* The same, and what it read in may still be open: the page that is asked for goes on in it (db_turn). */
bool session_enter(struct ctx *c, str cookie, struct actor *who, enum lang *lang) MUST_CHECK;
/* E_AUTH when the token is unknown, over or its account disabled; *may_write by scope. */
bool token_actor(struct ctx *c, str token, struct actor *who, bool *may_write) MUST_CHECK;
/* A finder's actor: id is the digest of the code. Whether a report has it shows when one looks. */
struct actor receipt_actor(struct ctx *c, str code);
/* SHA-256 in hex of a receipt code, without blanks and hyphens, upper case. */
str  receipt_digest(struct ctx *c, str code);

/* plain: by password alone; strong: with the second factor; half: that has still to come. */
enum session_kind { SESSION_PLAIN, SESSION_STRONG, SESSION_HALF };
/* Inside an operation: begin a session for an account; *cookie is set once. */
bool session_begin(struct ctx *c, user_id account, enum session_kind kind, str *cookie) MUST_CHECK;
/* Whose half session this is; E_AUTH when it is none, or over. */
bool session_half(struct ctx *c, session_id id, user_id *account, str *name) MUST_CHECK;
/* A new cookie for the actor's session, after its rights changed; without a session nothing happens. */
bool session_renew(struct ctx *c, str *cookie) MUST_CHECK;
/* Whether the actor's session has the second factor. */
bool session_strength(struct ctx *c, bool strong) MUST_CHECK;
bool session_end(struct ctx *c, session_id id) MUST_CHECK;
/* All sessions of an account but one (none: all): after a password change. */
bool session_end_others(struct ctx *c, user_id account, session_id keep) MUST_CHECK;

/* SHA-256 in hex, for digests of random secrets. */
str  secret_digest(struct ctx *c, str s);
/* n random bytes as lower-case base32. */
str  secret_make(struct ctx *c, size_t n);

#endif
