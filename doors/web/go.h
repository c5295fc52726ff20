#ifndef DOORS_GO_H
#define DOORS_GO_H

/*
 * GET /go?q=: where one can go from here, for the command box (Ctrl-K):
 * areas, then what the search finds, then other pages; only what the person
 * may open. JSON [{"label", "href", "hint", "kind"}], the kind of a hit in the
 * person's language; a browser without script is led
 * to the search.
 */

#include "doors/ask.h"

bool go_answer(struct ask *q) MUST_CHECK;

#endif
