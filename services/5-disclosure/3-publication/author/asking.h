#ifndef DISCLOSURE_ASKING_H
#define DISCLOSURE_ASKING_H

/*
 * Whether the URLs of CSAF documents answer (6.3.6, 6.3.7), over what the terminal lends
 * (front->reach): HEAD, and GET where that is refused; five redirects; ten seconds.  Each
 * URL is asked once in a run, and a host that was silent three times is asked no more.
 */

#include "platform/op/op.h"

struct asked;

struct asking {
	struct ctx          *c;       /* keeps the answers until the end of the run */
	const struct reach  *reach;
	struct reach_rules   rules;
	struct asked        *urls[1 << 12], *hosts[1 << 8];
};

/* The status of the last answer; 0: there was none. */
int asking_status(struct asking *k, str url);

#endif
