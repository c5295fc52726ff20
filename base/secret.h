#ifndef BASE_SECRET_H
#define BASE_SECRET_H

/*
 * Passwords, codes and keys are compared here.  Where they come in or are made, their
 * arena is told so (arena_secret) and wiped at its end.
 */

#include "base/str.h"

/* Equal, in time that depends on the lengths alone. */
bool str_eq_secret(str a, str b);

#endif
