#ifndef RECORD_FACTOR_H
#define RECORD_FACTOR_H

/*
 * The second factor of an account: a key that an authenticator app holds (TOTP,
 * RFC 6238) and ten recovery codes of 80 random bits, of which only digests are
 * kept.  A new key travels in a draft, locked for its account, until a first code shows that
 * the app has it; only then is it stored, locked by record/vault.
 */

#include "platform/op/op.h"
#include "record/ids.h"

enum { RECOVERY_CODES = 10 };
#define FACTOR_DRAFT_LIFE (15 * MINUTE)

struct factor { bool on; time_us since; int64_t codes_left; };

bool factor_load(struct ctx *c, user_id account, struct factor *f) MUST_CHECK;
/* A new key, locked; nothing is stored. */
str  factor_draft(struct ctx *c, user_id account);
/* The key in a draft; E_STATE when it is another's or older than 15 minutes. */
bool factor_draft_read(struct ctx *c, user_id account, str draft, str *key) MUST_CHECK;
/* The stored key; false, without a fault, when there is none or the house key is another. */
bool factor_key(struct ctx *c, user_id account, str locked, str *key) MUST_CHECK;

/* Inside an operation. */
/* Store the draft's key; *codes: recovery codes, one a line, shown once.  E_INVALID at "code". */
bool factor_enrol(struct ctx *c, user_id account, str draft, str code, str *codes) MUST_CHECK;
/* New recovery codes; the earlier ones end. */
bool factor_renew(struct ctx *c, user_id account, str *codes) MUST_CHECK;
/* No second factor any more. */
bool factor_drop(struct ctx *c, user_id account) MUST_CHECK;
/* What is kept of a recovery code: letters and digits count, in any case. */
str  factor_code_digest(struct ctx *c, str code);

#endif
