#ifndef DISCLOSURE_EXAMINATION_H
#define DISCLOSURE_EXAMINATION_H

/*
 * psirt provider check URL|FOLDER [--json] [--newest=N] [--ca-file=FILE] [--insecure-http]
 *
 * Judges a CSAF provider (standards/csaf/provider_check.h) over the network or in
 * a folder: a copy of its site, of the folder of its metadata, or of the folders
 * with its documents alone.
 * Exit: 0 it fills the role that its metadata names, 1 it does not, 2 usage,
 * 3 there is nothing to judge, 4 nothing speaks against the role, but not all was tested.
 */

#include "platform/op/op.h"

int provider_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

#endif
