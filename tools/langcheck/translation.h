#ifndef TOOLS_TRANSLATION_H
#define TOOLS_TRANSLATION_H

/* translation: what must hold between an English text and its Japanese. */

#include "base/ctx.h"

/*
 * What is wrong, as "rule: text", or none: placeholders that differ, no Japanese
 * script (plain: that is allowed), a full stop on one side only, full-width
 * letters and digits or half-width kana.
 */
str  translation_check(struct ctx *c, str english, str japanese, bool plain);
/* The file under lang/ja/ for the texts of a source file: "intake". */
str  translation_room(struct ctx *c, str path);

#endif
