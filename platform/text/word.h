#ifndef PLATFORM_TEXT_WORD_H
#define PLATFORM_TEXT_WORD_H

/*
 * The house's own words in the reader's language: lang/NAME.po compiled in by
 * tools/mklang; the key is the English text as written in the source.
 */

#include "base/ctx.h"

/* The text for this language; English itself when there is none. */
str word_tr(enum lang lang, const char *english);
/*
 * The text for a number in {1}: an entry "{1} report|{1} reports" of en.po gives
 * the part before the bar when first is "1".
 */
str word_count(enum lang lang, const char *english, str first);
/* The same with {1}…{9} replaced. */
str word_fill(struct ctx *c, const char *english, const str *args, size_t n);
/* A fault as one sentence in the language of c. */
str word_fault(struct ctx *c, const struct fault *f);
/* The same for people outside the machine room: what the database said of itself stays in the log. */
str  word_outside(struct ctx *c, const struct fault *f);
/* "en", "ja"; for lang attributes and query parameters. */
str  lang_code(enum lang lang);
bool lang_parse(str code, enum lang *out) MUST_CHECK;

#endif
