#ifndef DOORS_PROOF_H
#define DOORS_PROOF_H

/*
 * Proof: signatures of others checked with their public keys (OpenPGP), by gpg in
 * a home of its own under /tmp that ends with the process.  No private keys, no
 * network, no trust: who belongs to a key is the caller's to know.
 */

#include "platform/op/reach.h"

/* As struct reach tells. The home is made with the first key. */
bool proof_key(struct ctx *c, str bytes, str *fingerprints) MUST_CHECK;
bool proof_verify(struct ctx *c, str bytes, int file, str signature, struct reach_seal *out) MUST_CHECK;
/* Forget the keys and remove the home. */
void proof_close(void);

#endif
