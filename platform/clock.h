#ifndef PLATFORM_CLOCK_H
#define PLATFORM_CLOCK_H

/*
 * The one place that knows what time it is and draws random bytes.  A demo or
 * a test moves the clock with clock_set; a running server never goes back.
 */

#include "base/ctx.h"

time_us clock_now(void);
/* Stand still at t (TIME_NONE: follow the system again). */
void    clock_set(time_us t);
/* Microseconds of a clock that never jumps, for deadlines inside the machine. */
int64_t clock_steady(void);
/* From the kernel; ends the process when there are none. */
void    random_bytes(void *p, size_t n);
/* 128 random bits as 26 characters of a-z2-7 (RFC 4648 base32, lower case). */
str     random_id(struct ctx *c);

#endif
