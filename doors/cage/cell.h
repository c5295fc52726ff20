#ifndef DOORS_CELL_H
#define DOORS_CELL_H

/*
 * CAGE: the process of `psirt serve` that reads what strangers wrote.
 *
 * What it does.  Runs one task per child: the tools of the services (`csaf
 * check`, `cvss` …) on bytes that came over the API.  A child has at most
 * 256 MiB, 5 s of processor, 10 s in all, and 8 work at once.
 *
 * Authority: opens nothing, talks to nobody but main, holds nothing: no
 * database, no files, no network, no keys; a child may compute and answer.
 *
 * Ends at SIGTERM, or with the supervisor.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "platform/op/op.h"

/* The process; arg is not used. Returns its exit status. */
int cell_run(int channel, void *arg);

struct tool_result { int status; str out, err; };

enum { TOOL_BYTES = 16 << 20, TOOL_ANSWER = 8 << 20, TOOL_WORDS = 32 };

/*
 * A tool in the cage: words follow its name, body is its "-".  E_NOTFOUND no
 * such tool; faults of cage_run.
 */
bool cell_tool(struct ctx *c, int channel, str name, const str *words, size_t n, str body,
               struct tool_result *out) MUST_CHECK;

/* The same for a service (front.tool): the body alone. */
bool cell_for(struct ctx *c, str name, str body, struct tool_answer *out) MUST_CHECK;

#endif
