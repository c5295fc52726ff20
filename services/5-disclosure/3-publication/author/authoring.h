#ifndef DISCLOSURE_AUTHORING_H
#define DISCLOSURE_AUTHORING_H

/* The tools of a CSAF author: no actor, no database. */

#include "platform/op/op.h"

/*
 * psirt csaf diff [--json] OLD NEW
 * Of OLD and NEW one may be "-", standard input; "-" alone is a JSON array of
 * both documents, as over the API.
 * Exit: 0 the same in meaning, 1 they differ, 2 usage, 3 unreadable, 4 they
 * differ and the version of NEW does not make the step that this needs.
 */
int csaf_diff_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
/*
 * psirt csaf new --profile=NAME [--csaf-version=2.0|2.1] [--lang=TAG] …
 * A document that is valid and has texts in square brackets to fill in; where,
 * goes to err.  Exit: 0, 2 usage or an option that is not right.
 */
int csaf_new_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
/*
 * psirt csaf render [--html|--text] [--lang=en|ja] [--width=N] FILE|-
 * Exit: 0, 1 no CSAF document, 2 usage, 3 unreadable.
 */
int csaf_render_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

#endif
