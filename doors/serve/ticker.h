#ifndef DOORS_TICKER_H
#define DOORS_TICKER_H

/*
 * The clock of a running node: every second it tells the fact "clock.ticked"
 * as the house, in one transaction; services that hear it do what is due
 * (scheduled publication).  With several nodes each ticks: what is due is
 * taken by one of them, because the transactions are serialised.
 */

#include "doors/serve/node.h"

struct ticker;

/* Begins ticking; the node must outlive it. */
struct ticker *ticker_start(struct node *n);
void ticker_stop(struct ticker *t);
/* The instant of the last tick that went well; TIME_NONE before the first. */
time_us ticker_last(const struct ticker *t);
/* One tick now: what the thread does. */
bool ticker_tick(struct ctx *c) MUST_CHECK;

#endif
