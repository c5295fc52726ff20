#ifndef DOORS_COURIER_H
#define DOORS_COURIER_H

/* One request carried out by libcurl: in a child of the process fetch, or in that of a command line. One thread. */

#include "doors/fetch/fetch.h"

/* out->headers has its maximum; follows false: a redirect is an answer. Faults as of fetch_call; out->status is then that of the last answer that began. */
bool courier_go(struct ctx *c, const struct fetch_config *cfg, const struct fetch_call *f, bool follows,
                struct fetch_answer *out) MUST_CHECK;

#endif
