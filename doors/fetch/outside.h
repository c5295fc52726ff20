#ifndef DOORS_OUTSIDE_H
#define DOORS_OUTSIDE_H

/*
 * Which addresses and URLs are outside: the rules that keep a request from being
 * turned against ourselves and our neighbours (server-side request forgery).
 */

#include <sys/socket.h>

#include "base/ctx.h"

/* Is it an address of the public internet (RFC 6890 and the registries it made)? */
bool outside_address(const struct sockaddr *a);
/* Is it one of the addresses and prefixes in the list (blanks between)? */
bool outside_listed(const struct sockaddr *a, str list);

struct outside_url { str scheme, host; int port; };

/*
 * A URL that may be asked: https, or http when plain; a host without user; a
 * dotted address only as four decimal numbers; port 443, 80 or one
 * of `ports` (blanks between).  E_INVALID "url".
 */
bool outside_url(struct ctx *c, str url, bool plain, str ports, struct outside_url *out) MUST_CHECK;

#endif
