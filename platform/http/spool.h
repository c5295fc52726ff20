#ifndef PLATFORM_HTTP_SPOOL_H
#define PLATFORM_HTTP_SPOOL_H

/*
 * Files without a name, for bytes that are too many for memory: they vanish
 * when they are closed, also when the program dies.
 */

#include "base/ctx.h"

/* Read and write, mode 0600, close on exec. Faults: E_DISK, E_IO. */
bool spool_open(struct ctx *c, str dir, int *fd) MUST_CHECK;
/* Append all of s. */
bool spool_add(struct ctx *c, int fd, str s) MUST_CHECK;
/* The first `size` bytes in memory; E_LIMIT when they do not fit the arena. */
bool spool_text(struct ctx *c, int fd, int64_t size, str *out) MUST_CHECK;

#endif
