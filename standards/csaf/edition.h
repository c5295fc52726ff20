#ifndef STANDARDS_CSAF_EDITION_H
#define STANDARDS_CSAF_EDITION_H

/* Document versions: integers or Semantic Versioning 2.0.0 (CSAF 2.0 section 3.1.11). */

#include "base/str.h"

struct edition {
	bool semantic;
	str  major, minor, patch;   /* digits; an integer is its major */
	str  pre, build;            /* none when absent */
};

bool edition_parse(str s, struct edition *out) MUST_CHECK;
/* By precedence, build metadata ignored; with_pre false: pre-release parts too. */
int  edition_cmp(const struct edition *a, const struct edition *b, bool with_pre);
/* Version 0 or 0.y.z. */
bool edition_is_zero(const struct edition *e);

#endif
