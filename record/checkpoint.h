#ifndef RECORD_CHECKPOINT_H
#define RECORD_CHECKPOINT_H

/*
 * Checkpoints of the audit: lists of the chains' heads that moved since the
 * last one, each sealed with the house key and bound to the one before, so
 * that a chain taken away with its head is missed (ADR 9).
 */

#include "record/journal.h"

enum { CHECKPOINT_EVERY = 60 };   /* seconds */

/*
 * Write the next one when heads have moved and the last is old enough. In a
 * writing transaction of the house (sight '*').
 */
bool checkpoint_write(struct ctx *c) MUST_CHECK;
/* Every list, every seal, every entry that they name; goes on with *verdict. With sight '*'. */
bool checkpoint_verify(struct ctx *c, struct journal_verdict *verdict) MUST_CHECK;

#endif
