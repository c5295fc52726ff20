#ifndef DOORS_ASSET_H
#define DOORS_ASSET_H

/* The files under /asset/, compiled in. */

#include "base/str.h"

/* Put between these by the assembler (asset.c). */
extern const char asset_style_at[], asset_style_end[], asset_script_at[], asset_script_end[];
extern const char asset_icon_at[], asset_icon_end[];

struct asset { str type, bytes; };

bool asset_find(str path, struct asset *out) MUST_CHECK;

#endif
