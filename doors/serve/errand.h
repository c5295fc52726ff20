#ifndef DOORS_ERRAND_H
#define DOORS_ERRAND_H

/*
 * The thread that does the chores of the services (struct chore): every two
 * seconds each in turn, up to 50 pieces of work; one that fails waits twice
 * as long each time, at most a minute.
 */

#include "doors/serve/node.h"

struct errand;

/* Begins; the node must outlive it. */
struct errand *errand_start(struct node *n);
void errand_stop(struct errand *e);

#endif
