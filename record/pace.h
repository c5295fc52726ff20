#ifndef RECORD_PACE_H
#define RECORD_PACE_H

/*
 * How much strangers may have done at our cost, who have no account to be held
 * to: reports from one network, and letters to an address that nobody has
 * confirmed (FIRST PSIRT Services Framework 1.1, 2.1.1: the door stays open,
 * also for the next one).  What goes beyond is refused or left out; it opens again by itself.
 */

#include "platform/op/op.h"

/* In a writing transaction: the report and its files are counted for the actor's network. E_RATE: too many lately. */
bool pace_report(struct ctx *c, const struct args *a) MUST_CHECK;
/* May a letter of arrival go there? Not when several went there today, or very many to its domain. */
bool pace_arrival(struct ctx *c, str address, bool *may_go) MUST_CHECK;

#endif
