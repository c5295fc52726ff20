#ifndef PLATFORM_CAGE_H
#define PLATFORM_CAGE_H

/*
 * cage: hostile documents are read in a process that can do nothing else.
 * Each task is a function from bytes to bytes that runs in a child of its own:
 * no files, no network, no new processes, no privileges, limited memory, time
 * and answer.  What happens to it is a fault of the caller, never more.
 */

#include "base/buf.h"
#include "platform/cage/wall.h"
#include "platform/cage/wire.h"

struct cage_task {
	const char *name;
	/* In the child; c has memory, language and instant, nothing else. */
	bool (*run)(struct ctx *c, str in, struct buf *out);
};

/* For a document of the usual kind: 10 s, 5 s of CPU, 256 MiB, 64 MiB in, 32 MiB out. */
extern const struct wire_limits cage_usual;

/*
 * Run a task there.  channel: the caller's end, < 0: none (E_UNAVAILABLE:
 * nothing is ever read outside a cage instead).  Faults as of wire_call.
 */
bool cage_run(struct ctx *c, int channel, const char *task, str in, const struct wire_limits *l, str *out) MUST_CHECK;

/*
 * Be the cage, in a process just forked: closes what it does not need, raises
 * its walls, serves until SIGTERM. tasks ends with a NULL name.  loud: say on
 * the log what stands.  Returns the exit status.
 */
int cage_serve(int channel, const struct cage_task *tasks, bool loud);

#endif
