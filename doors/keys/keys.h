#ifndef DOORS_KEYS_H
#define DOORS_KEYS_H

/*
 * KEYS: the process of `psirt serve` that holds the private keys.
 *
 * What it does.  Signs documents and texts, tells the public keys, decrypts:
 * each call in a child of its own that runs gpg, one after the other.  gpg's
 * home is DATA/keys; when that name is too long for gpg's sockets it is reached
 * by a short link under /tmp.  The agent, which holds keys in memory, is sent
 * home when nothing was asked for 3 s.  Lends kept secrets (kept.h), sealed for fetch,
 * and takes in those that fetch found in an answer (gift.h).
 *
 * Authority: reads and writes DATA/keys, which main cannot read; runs gpg and
 * gpg-agent; talks to nobody but main; no network, no database.
 *
 * Ends at SIGTERM, or with the supervisor.  A call that takes longer than 20 s is
 * ended, with the gpg that it runs.
 */

#include "doors/keys/gift.h"
#include "doors/keys/kept.h"
#include "doors/keys/keyring.h"
#include "doors/serve/options.h"
#include "platform/op/op.h"

/*
 * Where gpg's home lies: real, DATA/keys; near, a name of it that is short enough
 * for gpg's sockets, real itself or a link in the new folder made (none when
 * there is no need of it).  lend_to: whom kept secrets are sealed for, and from
 * whom gifts are taken; mine: what opens them, in this process and the supervisor's only.
 */
struct keys_home { str real, near, made; unsigned char lend_to[KEPT_PUBLIC]; struct kept_pair mine; };

/* By the one who starts the process, which may not remove the link later. E_IO. */
bool keys_home_make(struct ctx *c, str data, struct keys_home *h) MUST_CHECK;
void keys_home_end(struct ctx *c, const struct keys_home *h);

/* The process; arg is a struct keys_home. Returns its exit status. */
int keys_run(int channel, void *arg);

/*
 * psirt keys new --name NAME --mail MAIL [--years N] | import FILE | list |
 * export [FINGERPRINT] | keep NAME --for ORIGIN | forget NAME | hand PERSON [--to FILE]:
 * for the operator, on DATA/keys itself, whether a server runs or not; gpg's own locks
 * keep the two apart.  keep reads the secret from standard input; hand prints a key
 * that waits for somebody, once, and forgets it.
 */
int keys_verb(struct options *o);

/* ---- in main: over the channel of front->wires ---- */

/* E_STATE: no key that signs. E_UNAVAILABLE: no such process, or gpg does not run. */
bool keys_sign(struct ctx *c, bool clear, str bytes, str *fingerprint, str *out) MUST_CHECK;
/* The public half of a key of ours, armoured. E_NOTFOUND. */
bool keys_public(struct ctx *c, str fingerprint, str *out) MUST_CHECK;
/*
 * Is this a good signature of bytes by one of these public keys of others?  Looked at in a
 * child that cannot reach our own keys: gpg reads what strangers wrote.
 */
bool keys_prove(struct ctx *c, str keys, str signature, str bytes, struct reach_seal *out) MUST_CHECK;
bool keys_decrypt(struct ctx *c, str bytes, str *out) MUST_CHECK;

#endif
