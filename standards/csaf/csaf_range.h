#ifndef STANDARDS_CSAF_CSAF_RANGE_H
#define STANDARDS_CSAF_CSAF_RANGE_H

/*
 * Version ranges of 2.1 documents (section 3.1.3.3.2): vers, or a vers-like
 * specifier (vls), which is the constraints of a vers alone, and the intervals
 * of versions they mean.
 */

#include "standards/csaf/csaf_review.h"
#include "standards/vers/vers.h"

enum range_kind { RANGE_BAD, RANGE_VERS, RANGE_VLS };

/* From one version to another; NULL texts: without an end. */
struct interval {
	str  low, high;
	bool low_in, high_in;        /* the ends belong to it */
};
struct intervals { struct interval *v; size_t n; };

struct range {
	bool            seen;        /* has been read */
	enum range_kind kind;
	struct vers     vers;        /* of a vls: no type, the generic order */
	const char     *why;         /* of RANGE_BAD: message id; {1} is arg */
	str             arg;
	bool            spread;      /* its intervals have been found */
	struct intervals spans;
};

/* Read one; what is wrong with it is told in out. */
void range_read(struct ctx *c, str text, struct range *out);
/* What shows that a product_version is none but a range (test 6.1.31); none when it is one. */
str  range_sign(str name);
/* The range of a product_version_range branch, read once. */
const struct range *range_of(struct review *r, const struct branch *b);
/*
 * The intervals of such a branch, from the lowest on, or of a product_version that one, found once;
 * none when the order is not known or memory is short.
 */
const struct intervals *range_intervals(struct review *r, const struct branch *b);
/* <0, 0, >0 of the beginnings; does the end of x reach the beginning of y? */
int  interval_cmp(const struct order *o, const struct interval *x, const struct interval *y);
bool interval_reaches(const struct order *o, const struct interval *x, const struct interval *y);
/* Does x end after y? */
bool interval_outlasts(const struct order *o, const struct interval *x, const struct interval *y);

#endif
