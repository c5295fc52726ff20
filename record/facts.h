#ifndef RECORD_FACTS_H
#define RECORD_FACTS_H

/* The facts that services tell each other; the list stands in facts.c and is closed. */

#include "base/ctx.h"

/* The fact's line in the language of c; the name itself when it is unknown. */
str  fact_word(struct ctx *c, str name);
/* The nth fact of the list and its line, in English; false past the last. */
bool fact_nth(size_t n, const char **name, const char **line);

/*
 * Where a fact is told, as tools/mkfacts finds it in the sources: the folder
 * and the function.  told is false when the fact only goes on the timeline.
 */
struct telling { const char *fact, *room, *function; bool told; };

/* In the order of the list; ends with a NULL fact. */
extern const struct telling tellings[];

#endif
