#ifndef DISCLOSURE_APART_H
#define DISCLOSURE_APART_H

/*
 * One of many: work in the transaction of the caller with memory of its own,
 * which ends with it, so that a thousand documents take no more room than one.
 * What it leaves is in the database, or in what arg points at; its fault is the caller's.
 */

#include "base/ctx.h"

bool work_apart(struct ctx *c, bool (*run)(struct ctx *c, void *arg), void *arg) MUST_CHECK;

#endif
