#ifndef STANDARDS_TAR_TARBALL_H
#define STANDARDS_TAR_TARBALL_H

/*
 * A tar archive (POSIX.1-2017, pax: "ustar Interchange Format", and extended
 * headers for long names) in an .xz container (The .xz File Format 1.2.1), made
 * in memory.  The same files make the same bytes: no owners, no clock.
 */

#include "base/buf.h"
#include "base/ctx.h"

struct tarball;

/*
 * Begin.  What is made goes to `to`, whose room is taken at once: nothing that
 * was made before is held over an allocation.  Takes some 20 MB besides.
 */
bool tarball_begin(struct ctx *c, struct buf *to, struct tarball **out) MUST_CHECK;
/* "2026/a.json"; modified at, in whole seconds.  Faults: E_LIMIT when `to` is full. */
bool tarball_file(struct ctx *c, struct tarball *t, str path, str bytes, time_us at) MUST_CHECK;
bool tarball_end(struct ctx *c, struct tarball *t) MUST_CHECK;

#endif
