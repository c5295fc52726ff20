#ifndef RECORD_FACTS_H
#define RECORD_FACTS_H

/* The facts that services tell each other; the list stands in facts.c and is closed. */

#include "base/ctx.h"

/* The fact's line in the language of c; the name itself when it is unknown. */
str  fact_word(struct ctx *c, str name);
bool fact_known(str name);

#endif
