#ifndef DOORS_PROOF_H
#define DOORS_PROOF_H

/*
 * Proof: signatures of others checked with their public keys (OpenPGP), by gpg in
 * a home of its own, under /tmp unless said, that ends with the process.  No private keys, no
 * network, no trust: who belongs to a key is the caller's to know.
 */

#include "platform/op/reach.h"

/* Make the home now, in this folder in place of /tmp; *home is its name. E_IO. */
bool proof_begin(struct ctx *c, str folder, str *home) MUST_CHECK;
/* As struct reach tells. The home is made with the first key. */
bool proof_key(struct ctx *c, str bytes, str *fingerprints) MUST_CHECK;
bool proof_verify(struct ctx *c, str bytes, int file, str signature, struct reach_seal *out) MUST_CHECK;
/* Bytes for who holds the private half of this public key alone, armoured. E_SYNTAX: no key that encrypts in it. */
bool proof_lock(struct ctx *c, str key, str bytes, str *out) MUST_CHECK;
/* Forget the keys and remove the home. */
void proof_close(void);

/* Remove the homes that were left in a folder, of those who could not remove their own. */
void proof_sweep(str folder);

#endif
