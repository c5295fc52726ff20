#ifndef PLATFORM_TOOL_H
#define PLATFORM_TOOL_H

/* What a tool reads: a named file, or "-": on a terminal standard input, in the cage the bytes that were sent. */

#include "base/buf.h"
#include "base/ctx.h"

/* False after the reason, with the name before it, was written to err. */
bool tool_read(struct ctx *c, const char *name, str *out, struct buf *err) MUST_CHECK;
/* From now on "-" is these bytes and nothing else can be read, in this process. */
void tool_source(str bytes);

#endif
