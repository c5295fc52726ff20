#ifndef PLATFORM_LEAF_H
#define PLATFORM_LEAF_H

/*
 * A small file that comes to its place whole: written beside under a name of this
 * process, brought to the disk, then renamed over what was there.  For the owner
 * alone (0600).  E_IO: it could not be written; what was there stays.
 */

#include "base/ctx.h"

bool leaf_put(struct ctx *c, str path, str bytes) MUST_CHECK;

#endif
