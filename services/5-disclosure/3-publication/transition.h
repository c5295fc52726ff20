#ifndef DISCLOSURE_TRANSITION_H
#define DISCLOSURE_TRANSITION_H

/*
 * The move from CSAF 2.0 to 2.1 (CSAF 2.1, 7.4): three days that the house
 * announces, each beginning at midnight in its zone.  From the first one 2.1 is
 * for use in production (maintained_from), from the second one it has the
 * addresses without a version, from the third one 2.0 is not there any more.
 * Without a day both are there in parallel, and 2.0 has those addresses.
 */

#include "base/ctx.h"

/* TIME_NONE: not announced. changed: the last time a day was set or taken back. */
struct transition { time_us begin, rollover, end, changed; };

bool transition_load(struct ctx *c, struct transition *out) MUST_CHECK;
/* Has 2.1 taken the addresses without a version over? */
bool transition_leads(const struct ctx *c, const struct transition *t);
/* Is 2.0 gone? */
bool transition_over(const struct ctx *c, const struct transition *t);

#endif
