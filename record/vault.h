#ifndef RECORD_VAULT_H
#define RECORD_VAULT_H

/*
 * Secrets that the house must read again, such as the key of a second factor:
 * locked with XChaCha20-Poly1305 under a key derived from the house key, which is
 * not in the database.  A stolen database does not give them away.
 */

#include "base/ctx.h"

/* 32 bytes; the vault derives its own key from them. */
void vault_key_set(str house_key);
/* In hexadecimal.  label: what it is and whose; it opens under the same label only. */
str  vault_lock(struct ctx *c, str label, str plain);
/* False, without a fault, when it was not locked here under this label. */
bool vault_unlock(struct ctx *c, str label, str locked, str *plain) MUST_CHECK;

#endif
