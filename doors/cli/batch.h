#ifndef DOORS_CLI_BATCH_H
#define DOORS_CLI_BATCH_H

/*
 * Files and folders on the command line, for an operation that takes a file:
 *	psirt advisory import FILE|FOLDER…
 * Each file is sent by itself, so each is kept or refused by itself, and a run
 * that was cut short goes on when it is given again.
 */

#include "base/ctx.h"
#include "base/list.h"

enum { BATCH_FILES = 100000, BATCH_DEEP = 30 };

struct batch_files { str *v; size_t n, cap, max; };

/*
 * A file as it is; of a folder the files below it that end in .json, by name,
 * without hidden ones and without following links to folders.  Faults: E_IO
 * names what cannot be read; E_LIMIT.
 */
bool batch_add(struct ctx *c, str path, struct batch_files *out) MUST_CHECK;
/* The files that lie beside a document and are sent with it (OP_BESIDE). */
bool batch_beside(struct ctx *c, str path, struct batch_files *out) MUST_CHECK;
/* Takes away those that lie beside another of the files before them: they are sent with it. */
void batch_settle(struct batch_files *all);
/* On a terminal, how far it is, on one line of standard error. */
void batch_progress(size_t done, size_t all);

#endif
