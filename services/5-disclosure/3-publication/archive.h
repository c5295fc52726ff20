#ifndef DISCLOSURE_ARCHIVE_H
#define DISCLOSURE_ARCHIVE_H

/*
 * The archive of CSAF 2.0 (CSAF 2.1, 7.4.3): from the end of 2.0 on its tree
 * answers no more, and what stood in it is one file,
 * /.well-known/csaf/archive/v2.0.tar.xz: the documents in folders by year, each
 * with its digests and the signature that it had.  Made once by a chore, and
 * again when a former advisory is withdrawn or published after that.
 */

#include "platform/op/op.h"

#define ARCHIVE_PATH "/.well-known/csaf/archive/"
#define ARCHIVE_FILE "v2.0.tar.xz"

/* Has 2.0 ended, and is its archive there?  ended: when, or TIME_NONE. */
bool archive_there(struct ctx *c, time_us *ended, bool *there) MUST_CHECK;

extern const struct arg archive_file_args[];
bool archive_file(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;

/* A chore. */
bool archive_due(struct ctx *c, void **work) MUST_CHECK;
bool archive_act(struct ctx *c, void *work, bool *keep) MUST_CHECK;
bool archive_keep(struct ctx *c, void *work) MUST_CHECK;

#endif
