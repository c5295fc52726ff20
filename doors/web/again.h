#ifndef DOORS_AGAIN_H
#define DOORS_AGAIN_H

/*
 * The database cannot be reached: neither who asks nor the page of the form
 * can be read.  What was sent comes back as a form made of the operation's own
 * table, to be sent again; nothing in it is read from anywhere but the request.
 */

#include "doors/ask.h"

/*
 * 503 with the form, when the request was one and came from our own site; else false,
 * and c->fault stays.  Passwords and files are asked for again.
 */
bool again_answer(struct ask *q) MUST_CHECK;
/* It was done, and its page cannot be read: what is shown once is shown without it. */
bool again_done(struct ask *q, const struct sheet *s) MUST_CHECK;

#endif
