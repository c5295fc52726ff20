#ifndef DISCLOSURE_CHECKING_H
#define DISCLOSURE_CHECKING_H

/* The tools `psirt csaf check` and `psirt cvss`: no actor, no database. */

#include "platform/op/op.h"

/*
 * psirt csaf check [--json] [--preset=full|extended|basic|schema] FILE…|-
 * Exit: 0 all valid, 1 one is not, 2 usage, 3 a file cannot be read.
 */
int csaf_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
/* psirt cvss [--json] VECTOR…|-  Exit: 0, 1 a vector is wrong, 2 usage. */
int cvss_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

#endif
