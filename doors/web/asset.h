#ifndef DOORS_ASSET_H
#define DOORS_ASSET_H

/* The files under /asset/, compiled in. */

#include "base/str.h"

struct asset { str type, bytes; };

bool asset_find(str path, struct asset *out) MUST_CHECK;

#endif
