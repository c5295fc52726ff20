#ifndef PLATFORM_PARCEL_H
#define PLATFORM_PARCEL_H

/* Numbers and texts in a row, for calls between processes of one program: no other reads them. */

#include "base/buf.h"

void parcel_int(struct buf *b, int64_t v);
void parcel_str(struct buf *b, str s);
/* Take the next from *rest; false when it is not there. */
bool parcel_take_int(str *rest, int64_t *v) MUST_CHECK;
bool parcel_take_str(str *rest, str *out) MUST_CHECK;

#endif
