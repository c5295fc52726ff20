#ifndef STANDARDS_TOTP_TOTP_H
#define STANDARDS_TOTP_TOTP_H

/*
 * TOTP: one-time codes from a shared secret and the time (RFC 6238), as every
 * authenticator app knows them: HMAC-SHA-1, six digits, steps of 30 seconds
 * from 1970.  "Now" and the secret come from the caller.
 */

#include "base/ctx.h"

enum { TOTP_DIGITS = 6, TOTP_SECONDS = 30, TOTP_SKEW = 1, TOTP_BYTES = 20 };

/* The number of the step that an instant falls into (RFC 6238 4.2: T). */
int64_t totp_step(time_us at);
/* The code of a step: digits (6 to 8) decimal digits. */
str  totp_code(struct ctx *c, str key, int64_t step, int digits);
/*
 * The step whose code this is: of the present one and TOTP_SKEW to either side
 * (RFC 6238 5.2), only those after `last` (INT_NONE: any), so that no code counts
 * twice.  Blanks between the digits are ignored.
 */
bool totp_find(struct ctx *c, str key, str code, time_us now, int64_t last, int64_t *step) MUST_CHECK;
/* The secret as people type it: RFC 4648 base32, capitals, no padding. */
str  totp_base32(struct ctx *c, str key);
/* "otpauth://totp/Issuer:account?secret=…&issuer=…&algorithm=SHA1&digits=6&period=30" */
str  totp_uri(struct ctx *c, str key, str issuer, str account);

#endif
