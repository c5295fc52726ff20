#ifndef DOORS_KEPT_H
#define DOORS_KEPT_H

/*
 * Kept secrets: keys to somebody else's interface (CVE Services), which only the
 * process fetch uses.  Each is a file DATA/keys/NAME.kept, read by the process keys
 * alone, and is for one origin ("https://cve.example").  It leaves keys sealed
 * (libsodium's crypto_box_seal) for fetch, whose key pair is made by the supervisor
 * at each start: main carries it and cannot read it.
 */

#include "base/ctx.h"
#include "base/list.h"

enum { KEPT_PUBLIC = 32, KEPT_PRIVATE = 32, KEPT_SECRET_MAX = 1000 };

/* fetch's pair; the private half is in its process and the supervisor's only. */
struct kept_pair { unsigned char open[KEPT_PUBLIC], shut[KEPT_PRIVATE]; };

/* hand: not ours, but waiting to be handed to the person `name` (gift.h). */
struct kept_brief { str name, origin; bool hand; };
struct kept_briefs { struct kept_brief *v; size_t n, cap, max; };

bool kept_pair_make(struct kept_pair *p) MUST_CHECK;

/* ---- on the folder DATA/keys ---- */

/*
 * E_INVALID at "name" (letters, digits, hyphens), "for" (an origin: scheme and host)
 * and "secret" (one line of 8 to 1000 bytes that can be a header). E_IO.
 */
bool kept_save(struct ctx *c, str folder, str name, str origin, str secret) MUST_CHECK;
bool kept_drop(struct ctx *c, str folder, str name) MUST_CHECK;   /* E_NOTFOUND */
bool kept_list(struct ctx *c, str folder, struct kept_briefs *out) MUST_CHECK;
/* Sealed for who holds the private half of `open`. E_STATE: no such secret. */
bool kept_lend(struct ctx *c, str folder, str name, const unsigned char open[KEPT_PUBLIC], str *sealed) MUST_CHECK;

/* Of gift.h: the file `name` with this end (".kept", ".hand"): written whole or not at all. E_IO. */
bool kept_write(struct ctx *c, str folder, str name, const char *end, str origin, str secret) MUST_CHECK;
/* Its two lines, into room, which the caller wipes; false: there is none. */
enum { KEPT_FILE_MAX = 2048 };
bool kept_read(struct ctx *c, str folder, str name, const char *end, char room[KEPT_FILE_MAX], str *origin, str *secret) MUST_CHECK;
/* E_INVALID at "secret". */
bool kept_secret_check(struct ctx *c, str secret) MUST_CHECK;

/* ---- in fetch ---- */

/* E_FORBIDDEN at "url" when the secret is for another origin; E_INTERNAL: not sealed for us. */
bool kept_unseal(struct ctx *c, const struct kept_pair *p, str sealed, str url, str *secret) MUST_CHECK;
/* Wherever the secret stands in text that came back: asterisks. */
void kept_hide(str secret, str text);

/* ---- in main: over the channel of front->wires ---- */

bool keys_lend(struct ctx *c, str name, str *sealed) MUST_CHECK;

#endif
