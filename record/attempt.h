#ifndef RECORD_ATTEMPT_H
#define RECORD_ATTEMPT_H

/*
 * Passwords and codes being tried.  Each try is counted before it is judged, so
 * that many at once count too; after five wrong ones in a row one has to wait, longer each
 * time, up to 15 minutes.  An address that nobody has waits alike.  Tries from a network where
 * the person has signed in before (90 days) are counted apart: others cannot keep them out.  Refused tries
 * reach the audit at most every ten minutes, with their number and no name.
 *
 * These run their own transactions: call them in `prepare`, never in `run`.
 * Meets ASVS 5.0 6.3.1 (brute force) and 6.3.8 (accounts cannot be listed).
 */

#include "platform/op/op.h"
#include "record/ids.h"

/*
 * The account of an address whose password this is.  E_RATE: wait; E_INVALID at
 * "password": wrong, or the account is not active, which looks the same; E_BUSY: see password_matches.
 */
bool attempt_mail(struct ctx *c, str mail, str password, user_id *account) MUST_CHECK;
/* The same for the account that is signed in; verb: for the audit. */
bool attempt_own(struct ctx *c, const char *verb, str password) MUST_CHECK;
/*
 * A code of the account's second factor, or one of its recovery codes, which
 * is used up with that; *recovery says which.  E_INVALID at "code".
 */
bool attempt_code(struct ctx *c, const char *verb, user_id account, str code, bool *recovery) MUST_CHECK;
/* Inside an operation: the person is in; what was wrong before counts no more. */
bool attempt_clear(struct ctx *c, user_id account) MUST_CHECK;

#endif
