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

/*
 * A tool on bytes of strangers, in the cage (front->tool), with memory of its own, of which the
 * answer is left: a document passes through several buffers.  E_UNAVAILABLE: there is no cage;
 * else the faults of the cage, or E_LIMIT "file": the answer does not fit.
 */
bool tool_ask(struct ctx *c, str name, str bytes, int *status, str *answer) MUST_CHECK;

struct tool_manual;
/* "psirt NAME WORDS", a line for each way of calling it.  Returns the exit status of a wrong call. */
int  tool_usage(struct buf *err, const char *name, const struct tool_manual *m);

struct tool_answer;
/* A tool on bytes of our own, in this process and not in the cage; E_NOTFOUND. */
bool tool_here(struct ctx *c, str name, str bytes, struct tool_answer *out) MUST_CHECK;

#endif
