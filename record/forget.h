#ifndef RECORD_FORGET_H
#define RECORD_FORGET_H

/*
 * A person who left is forgotten: their name and address go from the account, the audit, and all that
 * they wrote, which stays.  The audit's chains still verify: what was hashed is a salted commitment, and
 * the salt goes with the name.
 */

#include "base/ctx.h"
#include "record/ids.h"

/*
 * In a writing transaction.  Tells person.forgotten, which services hear that keep a name of their own; by
 * then the account has its new one.  *entries: of the audit, that lost their name.  E_NOTFOUND; E_STATE
 * at "id": the account is not disabled.
 */
bool person_forget(struct ctx *c, user_id id, int64_t *entries) MUST_CHECK;

#endif
