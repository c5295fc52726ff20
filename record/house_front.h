#ifndef RECORD_HOUSE_FRONT_H
#define RECORD_HOUSE_FRONT_H

/*
 * The settings that every page needs, kept beside the database: read at the start
 * and with each tick, so that every node follows a change within a second.
 */

#include "platform/op/op.h"

/* Read them again, in a reading transaction of its own. */
bool house_front_read(struct ctx *c) MUST_CHECK;
/* The application as it is now: a copy in the arena of c, so that it does not change during the work. */
const struct front *house_front(struct ctx *c, const struct front *f);

#endif
