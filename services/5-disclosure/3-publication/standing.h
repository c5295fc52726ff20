#ifndef DISCLOSURE_STANDING_H
#define DISCLOSURE_STANDING_H

/*
 * Is more expected of this advisory soon?  The status of an edition's document
 * (CSAF 2.0 and 2.1, 3.2.1.12.7) and the one that the house suggests (9.1.6):
 * interim while editions follow each other fast, final when one was quiet for
 * long.  The number of days are settings; a person decides.
 */

#include "services/5-disclosure/3-publication/bulletin.h"

extern const struct choice status_choices[];

struct standing {
	str status, word;
	str suggested, suggested_word, why;   /* translated; none: nothing else is suggested */
};

bool standing_fill(struct ctx *c, const struct bulletin *b, struct standing *out) MUST_CHECK;
bool run_status(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
extern const struct arg status_args[];

#endif
