#ifndef DOORS_PURSE_H
#define DOORS_PURSE_H

/*
 * Where the command line keeps what psirt login got: a file that only its owner
 * reads, $XDG_CONFIG_HOME/psirt/tokens, else ~/.config/psirt/tokens (0600 in a
 * folder of 0700).  A line is "SERVER TOKEN"; a token goes to the server that gave
 * it and to no other.  A file that others may read is not used.
 */

#include "base/ctx.h"

enum { PURSE_MAX = 64 << 10 };

/* Where it is; none when there is no home. */
str  purse_path(struct ctx *c);
/* The token for this server; none when there is none. E_STATE: others may read the file. */
bool purse_find(struct ctx *c, str server, str *token) MUST_CHECK;
/* Keep it instead of the one before; none: forget that. The file is replaced as a whole. */
bool purse_keep(struct ctx *c, str server, str token) MUST_CHECK;

#endif
