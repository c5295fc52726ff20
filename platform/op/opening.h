#ifndef PLATFORM_OP_OPENING_H
#define PLATFORM_OP_OPENING_H

/*
 * Audit entries of reads, committed in groups: those that wait while one
 * group is being written go into the next, under one transaction and one wait
 * for the disk.  An entry is on the disk before opening_note() returns, so
 * nothing is shown that was not written down.
 */

#include "platform/op/op.h"

/*
 * Write the entry as c->actor.  One that fails, fails alone: its group is
 * rolled back and each of the group is written by itself.  Faults: what the
 * journal or the database reports.
 */
bool opening_note(struct ctx *c, const struct journal_entry *e) MUST_CHECK;

/* How many entries and groups this process has written. */
void opening_count(int64_t *entries, int64_t *groups);

#endif
