#ifndef BASE_SECRET_H
#define BASE_SECRET_H

/*
 * secret: a password, code or key.  It has its own type so that nothing can
 * print or log it; it is wiped with secret_done, and compared in constant
 * time.
 */

#include "base/str.h"

enum { SECRET_MAX = 1024 };

typedef struct secret {
	char   bytes[SECRET_MAX];
	size_t n;
} secret;

/* False when s is longer than SECRET_MAX. */
bool secret_set(secret *x, str s) MUST_CHECK;
void secret_done(secret *x);
/* For the call into a cryptographic library only. */
str  secret_bytes(const secret *x);
/* Equal, in time that depends on the lengths alone. */
bool str_eq_secret(str a, str b);

#endif
