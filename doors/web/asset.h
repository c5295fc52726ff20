#ifndef DOORS_ASSET_H
#define DOORS_ASSET_H

/* The files under /asset/, compiled in; addresses carry a hash of the content. */

#include "base/str.h"

struct asset { const char *path, *type; str bytes; };

/* NULL when there is none. */
const struct asset *asset_find(str path);

#endif
