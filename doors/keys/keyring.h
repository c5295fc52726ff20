#ifndef DOORS_KEYRING_H
#define DOORS_KEYRING_H

/*
 * The keyring: OpenPGP keys (RFC 4880) in a GnuPG home of our own, DATA/keys,
 * worked on by gpg through GPGME.  Keys have no passphrase: the program signs
 * unattended, the directory is readable by us alone.  The key that signs is the
 * newest one that can.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "base/list.h"

struct key_brief {
	str     fingerprint, name;     /* name: "Name <mail>" */
	time_us made_at, expires_at;   /* TIME_NONE: never */
	bool    signs;                 /* secret, valid, can sign */
};
struct key_briefs { struct key_brief *v; size_t n, cap, max; };

enum { KEYS_MAX = 100, KEY_BYTES = 1 << 20 };

struct keyring { void *gpg; str home; };

/* The home and its configuration, made when missing. E_IO. */
bool keyring_make(struct ctx *c, str home) MUST_CHECK;
/* Is a private key in it?  Asks the directory alone. */
bool keyring_filled(struct ctx *c, str home) MUST_CHECK;
/*
 * home: DATA/keys, or a short name of it: gpg's sockets lie there, whose paths
 * have at most 107 bytes.  E_UNAVAILABLE: no gpg.
 */
bool keyring_open(struct ctx *c, struct keyring *k, str home) MUST_CHECK;
void keyring_close(struct keyring *k);
/* Ask the agent that holds unlocked keys in memory to end. */
void keyring_rest(struct ctx *c, str home);

/* An Ed25519 key that signs, with a Curve25519 key to decrypt; years 0: never expires. */
bool keyring_new(struct ctx *c, struct keyring *k, str name, int years, str *fingerprint) MUST_CHECK;
/* Keys, public or private, in armour or not; *n: how many private ones were new. */
bool keyring_import(struct ctx *c, struct keyring *k, str bytes, int *n) MUST_CHECK;
/* Those with a private key, newest first. */
bool keyring_list(struct ctx *c, struct keyring *k, struct key_briefs *out) MUST_CHECK;
/* Armoured public key. E_NOTFOUND. */
bool keyring_export(struct ctx *c, struct keyring *k, str fingerprint, str *out) MUST_CHECK;
/* Detached and armoured, or (clear) the text itself in a cleartext frame. E_STATE: no key that signs. */
bool keyring_sign(struct ctx *c, struct keyring *k, bool clear, str bytes, str *fingerprint, str *out) MUST_CHECK;
/* E_SYNTAX: not OpenPGP; E_NOTFOUND: for none of our keys. */
bool keyring_decrypt(struct ctx *c, struct keyring *k, str bytes, str *out) MUST_CHECK;

#endif
