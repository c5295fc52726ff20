#ifndef COMMUNICATION_SEEK_H
#define COMMUNICATION_SEEK_H

/*
 * The list of cases at any size: what narrows it, and how it is found.
 */

#include "gen/tracking.sql.h"

/*
 * So many cases are fetched and sorted about as fast as the index of an order
 * is walked past 51 of them among 100,000.
 */
enum { SEEK_RARE = 1000 };

/* What the list is narrowed to; none and INT_NONE: not. */
struct case_filter {
	str     state, severity, turn, tlp;
	user_id owner, mine;
	int64_t open, exploited;
	int64_t rare;    /* how many cases are not rare any more; 0: SEEK_RARE */
};

/* The last row before a page, in the orders by last change and by number; none where it is another's. */
struct case_place {
	time_us changed;
	case_id id;
	str     number;
};

/*
 * At most `most` cases that the viewer sees, from row `skip`, or behind a place.  The order's
 * index is walked and each case tested, unless one of the filters is rare:
 * then its cases are looked up and sorted.  Far down the rows before the page are only counted.
 */
bool seek_cases(struct ctx *c, const struct case_filter *f, enum case_list_sort sort, int64_t most, int64_t skip,
                const struct case_place *place, struct case_list_rows *out) MUST_CHECK;
/* The place behind this row, as a word for an address; none: the order has no places. */
str place_print(struct ctx *c, enum case_list_sort sort, const struct case_list_row *last);
/* NULL: not a place of this order. */
const struct case_place *place_parse(struct ctx *c, enum case_list_sort sort, str word);

#endif
