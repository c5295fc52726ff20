#ifndef PLATFORM_TEXT_SPOT_H
#define PLATFORM_TEXT_SPOT_H

/*
 * Where the terms of a query stand in a text as it was written, for excerpts
 * of what was found.  Compared is what fold.h makes of both, character by
 * character: width, case, kana and dashes do not matter, and neither does what
 * token.h takes for the same: buffer-overflow and buffer overflow, kx-200 and kx200.
 */

#include "base/ctx.h"
#include "base/list.h"

enum { SPOT_TERMS_MAX = 32, SPOTS_MAX = 256 };

struct spot { size_t at, n; };                      /* bytes of the text */
struct spot_list { struct spot *v; size_t n, cap, max; };

struct spot_part { str text; bool hit; };
struct spot_parts { struct spot_part *v; size_t n, cap, max; };

/*
 * The spots in order, none within another; at most SPOTS_MAX of at most
 * SPOT_TERMS_MAX terms; none in what is not UTF-8.  Words stand whole; what
 * quotes hold is one term.  E_LIMIT at "text": longer than FOLD_MAX.
 */
bool spot_find(struct ctx *c, str text, str query, struct spot_list *out) MUST_CHECK;
/*
 * Some `width` bytes of the text from a little before the first spot, in parts
 * that are spots and parts that are not; an ellipsis stands for what was left out.
 */
bool spot_excerpt(struct ctx *c, str text, str query, size_t width, struct spot_parts *out) MUST_CHECK;

#endif
