#ifndef DISCLOSURE_RETRIEVAL_H
#define DISCLOSURE_RETRIEVAL_H

/*
 * psirt csaf fetch PROVIDER [--into=FOLDER] [--since=DATE] [--max-mb=N] [--any-host]
 *                  [--unsigned] [--ca-file=FILE] [--insecure-http] [--json]
 *
 * Takes the documents of a CSAF provider (CSAF 2.0 section 7.3) into a folder,
 * FOLDER/LABEL/YEAR/NAME.json with digest and signature beside, and later only what
 * has changed.  Before a document is read, its digest and signature are checked;
 * what is refused is told with the reason and not kept.
 * Exit: 0 all was taken, 1 something was refused or failed, 2 usage, 3 no provider there.
 */

#include "platform/op/op.h"

int csaf_fetch_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

#endif
