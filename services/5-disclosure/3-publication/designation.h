#ifndef DISCLOSURE_DESIGNATION_H
#define DISCLOSURE_DESIGNATION_H

/*
 * The number of an advisory, which is the tracking id of its CSAF documents
 * (3.2.1.12.4) and of which their file name is made: the next one by the
 * house's pattern, or one that a person chose (9.1.6: it is suggested).
 * The pattern is a setting with {PREFIX}, {YEAR} and {N}.
 */

#include "base/ctx.h"

enum { DESIGNATION_MAX = 60 };
/* The tracking id of a translation: the number with its language ("en", "ja") behind it. */
str designation_in(const struct ctx *c, str number, str lang);

/* Takes the next number by the pattern that nobody has. */
bool designation_next(struct ctx *c, str *number) MUST_CHECK;
/*
 * What the next number looks like: "PSIRT-SA-2026-…".  Not the number itself,
 * which would tell those outside how many advisories are hidden from them.
 */
bool designation_shape(struct ctx *c, str *shape) MUST_CHECK;
bool designation_ahead(struct ctx *c) MUST_CHECK;   /* the shape will be asked for (db_ahead) */
/* Takes this one. E_INVALID "number": not of capital letters, digits and hyphens, or taken. */
bool designation_take(struct ctx *c, str number) MUST_CHECK;

/* Has no other advisory, none of former days that is public either, this tracking id or file name?  For a translation. */
bool designation_spare(struct ctx *c, str id, str path, bool *spare) MUST_CHECK;

#endif
