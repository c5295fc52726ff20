#ifndef PLATFORM_TOOL_H
#define PLATFORM_TOOL_H

/*
 * What a tool reads: a named file, or "-": on a terminal standard input, in the cage the
 * bytes that were sent.  What it says, piece by piece.
 */

#include "base/buf.h"
#include "base/ctx.h"

/* False after the reason, with the name before it, was written to err. */
bool tool_read(struct ctx *c, const char *name, str *out, struct buf *err) MUST_CHECK;
/* From now on "-" is these bytes and nothing else can be read, in this process. */
void tool_source(str bytes);
/*
 * A piece of the answer, when there may be many: on a terminal it goes out at once, after
 * what is in out, so that a run over thousands of files holds one of them; elsewhere it is
 * added to out.  False: it cannot be written, and it is of no use to go on.
 */
bool tool_say(struct buf *out, str piece) MUST_CHECK;
/* Where pieces go from now on, in this process; NULL: nowhere but to out. */
void tool_sink(bool (*write)(str piece));

#endif
