#ifndef DISCLOSURE_DIGEST_H
#define DISCLOSURE_DIGEST_H

/*
 * psirt csaf digest FILE|-: what the house keeps of a CSAF 2.0 document beside
 * its bytes, as one JSON object: who says what, since when, of which products,
 * whether the mandatory tests pass, and what printing it again would lose.  Of
 * what cannot be kept: {"fault","text","line","column"}.
 */

#include "base/buf.h"
#include "base/ctx.h"

enum { DIGEST_MADE = 0, DIGEST_REFUSED = 1, DIGEST_USAGE = 2, DIGEST_UNREADABLE = 3 };

/* Bytes of a text; more of it is in the document alone. */
enum { DIGEST_TITLE = 1000, DIGEST_BODY = 20000 };
/* Most of each kind; a document with more is refused. */
enum { DIGEST_LINES = 10000, DIGEST_PRODUCTS = 10000, DIGEST_VERDICTS = 50000, DIGEST_FINDINGS = 20 };

/* What went wrong, for who asked: kind, sentence, place; instead of what is in out. */
void digest_refuse(struct ctx *c, struct buf *out);
int csaf_digest_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

#endif
