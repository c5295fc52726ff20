#ifndef DISCLOSURE_GAP_H
#define DISCLOSURE_GAP_H

/*
 * What has no words in one of the languages: titles and summaries of
 * vulnerabilities, remedies, reasons, names of the catalogue.  It goes out in the
 * other language whole (docs/adr/0012); nothing waits for it.
 */

#include "services/5-disclosure/3-publication/preflight.h"

void gaps_tell(struct ctx *c, const struct bulletin *b, struct flaws *out);

#endif
