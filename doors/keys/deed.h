#ifndef DOORS_DEED_H
#define DOORS_DEED_H

/*
 * What the operator does with keys on the server (psirt keys new, import,
 * keep, forget, hand) needs no server, and yet stands in the audit: it is
 * written down in DATA/deeds before it is done, a line each, and the process
 * main takes the lines into the audit as soon as it runs.
 */

#include "base/ctx.h"

/* In the verb. What: "new" …; of whom or what: no secret. Nothing is done that cannot be written down. */
bool deed_write(struct ctx *c, str data, str what, str of) MUST_CHECK;
/* In main, before it confines itself: the file, or -1 with a line in the log. */
int  deed_open(struct ctx *c, str data);
/* Into the audit, all lines or none; ends with no transaction open. When it was cut short between the two, a line is told twice. */
bool deed_take(struct ctx *c, int fd) MUST_CHECK;

#endif
