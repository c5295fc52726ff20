#ifndef DISCLOSURE_CHECKING_H
#define DISCLOSURE_CHECKING_H

/* The tools `psirt csaf check` and `psirt cvss`: no actor, no database. */

#include "platform/op/op.h"

/* psirt csaf reprint: what printing a document again would lose. */
int csaf_reprint_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
/*
 * psirt csaf check [--json] [--preset=NAME] [--network] [--spell] [--words=FILE] [--grammar] FILE…|FOLDER…|-
 * Documents of CSAF 2.0 and 2.1, each as it says; of a folder all *.json below it.  What asks the
 * outside runs on a terminal and when it is asked for: --network URLs (6.3.6, 6.3.7; --near=PORT those
 * of this machine, too), --spell words (6.3.8; --words those that are right besides), --grammar (6.3.16).
 * Exit: 0 all valid, 1 one is not, 2 usage, 3 a file cannot be read, 4 all valid
 * but some with warnings.
 */
int csaf_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
/* psirt cvss [--json] VECTOR…|-  Exit: 0, 1 a vector is wrong, 2 usage. */
int cvss_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

#endif
