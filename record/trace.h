#ifndef RECORD_TRACE_H
#define RECORD_TRACE_H

/*
 * Which code and which tests speak for a clause of an outside document, as
 * tools/mktrace finds it in the comments of the tree (docs/trace/clauses.md).
 */

#include <stdbool.h>
#include <stddef.h>

/* standard: "FIRST-1.1"; clause: "2.1.2"; name: function or test, "" for a whole script. */
struct trace { const char *standard, *clause, *file, *name; bool test; };

/* By standard and clause; ends with a NULL standard. */
extern const struct trace traces[];

#endif
