#ifndef DISCLOSURE_READING_H
#define DISCLOSURE_READING_H

/* Files and folders that a tool is given on the command line. */

#include "base/buf.h"
#include "base/ctx.h"
#include "platform/op/op.h"
#include "platform/op/tool.h"

enum { TOOL_VALID = 0, TOOL_INVALID = 1, TOOL_USAGE = 2, TOOL_UNREADABLE = 3 };

struct visit {
	struct ctx *c;
	struct buf *out, *err;
	bool  json;
	bool  lines;            /* JSON Lines are taken as one document a line, "PATH:LINE" */
	int   status;           /* the worst so far */
	int   files;            /* taken in hand */
	bool  lost;             /* what is said cannot be written */
	/* One file, with a context of its own whose memory ends with it. */
	int (*file)(struct visit *v, struct ctx *c, const char *path, str bytes);
};

/* Every file; of a folder those that end in .json, in order of their names, 20 folders deep. */
void path_visit(struct visit *v, const char *path);
/*
 * On standard error, how many files of many are done: "120/2379", or "120" when all is 0, not known.  Only where
 * that is a terminal and the answers go elsewhere.
 */
void progress_show(size_t done, size_t all);
void progress_end(size_t done);
/* --json and paths of a tool; how it is called goes to err when there is no path. Returns the exit status. */
int  paths_visit(struct visit *v, int argc, char **argv, const char *name, const struct tool_manual *m);

#endif
