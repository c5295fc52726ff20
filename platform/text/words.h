#ifndef PLATFORM_WORDS_H
#define PLATFORM_WORDS_H

/* words: the tables that tools/mklang makes from lang/; read by word.c only. */

#include <stddef.h>

#include "base/ctx.h"

struct word {
	const char *english, *text;
};

/* Sorted bytewise by english. */
struct words {
	const struct word *v;
	size_t             n;
};

extern const struct words words_of[LANG_COUNT];

#endif
