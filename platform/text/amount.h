#ifndef PLATFORM_AMOUNT_H
#define PLATFORM_AMOUNT_H

/* amount: numbers for people.  Both languages group by three digits. */

#include "base/ctx.h"

/* "1,234,567"; "" for INT_NONE. */
str amount_int(struct ctx *c, int64_t v);
/* "512 B", "1.4 MB", "23 GB": decimal units (IEC 80000-13), two figures below 10. */
str amount_bytes(struct ctx *c, int64_t bytes);
/* part of whole as "37 %"; "–" when whole is 0.  Parts short of the whole never show 100. */
str amount_share(struct ctx *c, int64_t part, int64_t whole);

#endif
