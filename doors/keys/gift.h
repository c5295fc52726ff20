#ifndef DOORS_GIFT_H
#define DOORS_GIFT_H

/*
 * Gifts: secrets that somebody outside made and put into an answer (CVE Services: the
 * key of a new user, a key that was reset; ADR 13).  fetch takes the secret out of the
 * answer and seals it for the process keys, signed by being fetch's (libsodium's
 * crypto_box); main carries it and can neither read nor make one.  keys puts it in the
 * place of the kept secret that was used to ask, or, when it is another person's,
 * into DATA/keys/PERSON.hand, which is never lent, until the operator hands it over.
 */

#include "doors/keys/kept.h"

/* ---- in fetch ---- */

/* name: of the kept secret with which was asked; who: the person, or none when it is ours. */
struct gift { str name, who, secret; };

/* Sealed from fetch for keys; url: where it was asked, whose origin the secret is for. E_INVALID. */
bool gift_seal(struct ctx *c, const struct kept_pair *from, const unsigned char to[KEPT_PUBLIC], str url, const struct gift *g,
               str *sealed) MUST_CHECK;

/* ---- in keys ---- */

/* Kept or ready to hand. E_FORBIDDEN: not from fetch, or not for the origin of the secret that it replaces. E_INVALID, E_IO. */
bool gift_take(struct ctx *c, str folder, const struct kept_pair *mine, const unsigned char from[KEPT_PUBLIC], str sealed) MUST_CHECK;

/* ---- by the operator ---- */

/* The key that waits for this person, in room, which the caller wipes. E_NOTFOUND, E_INVALID at "name". */
bool gift_show(struct ctx *c, str folder, str who, char room[KEPT_FILE_MAX], str *origin, str *secret) MUST_CHECK;
bool gift_drop(struct ctx *c, str folder, str who) MUST_CHECK;

/* ---- in main: over the channel of front->wires ---- */

bool keys_take(struct ctx *c, str sealed) MUST_CHECK;

#endif
