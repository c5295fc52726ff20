#ifndef DOORS_TOOLING_H
#define DOORS_TOOLING_H

/* The tools of the services, run in the terminal's own process. */

#include "platform/op/op.h"

/* The tool whose name the first word or the first two words are, and how many; NULL. */
const struct tool *tooling_find(struct ctx *c, const struct front *f, int argc, char **argv, int *words);
/*
 * The words after its name, as its manual has them: what is no option of it, or no value of the option, is
 * told before the tool is asked; a value that stands apart is joined to its option.  Returns the exit status.
 */
int  tooling_run(struct ctx *c, const struct tool *t, int argc, char **argv);

#endif
