#ifndef DOORS_HELP_H
#define DOORS_HELP_H

/* What the program says about itself: verbs, operations, views and tools. */

#include "platform/op/op.h"

/* "psirt" alone. Returns the exit status, as all here do. */
int help_brief(struct ctx *c);
/*
 * psirt help [WORD [WORD]], and the same words before --help: a verb, an
 * operation, a tool, a noun, or, without words, everything.
 */
int help_run(struct ctx *c, int argc, char **argv);

/* One word: what begins with that noun; else, or when nothing does, that there is no such thing. */
int help_noun(struct ctx *c, const struct front *f, int argc, char **argv);

#endif
