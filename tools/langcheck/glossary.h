#ifndef TOOLS_GLOSSARY_H
#define TOOLS_GLOSSARY_H

/*
 * glossary: lang/glossary.csv, one word per thing: english,japanese,forbidden,note.
 * japanese and forbidden hold alternatives separated by |.  A label that is the
 * English word alone must contain one of the Japanese words; a longer text that
 * contains the English word may not contain a forbidden one.  A row without
 * English forbids its words everywhere.
 */

#include "base/ctx.h"
#include "base/list.h"

struct term {
	str  english, japanese, forbidden;
	long line;
};
typedef LIST(struct term) term_list;

/* E_SYNTAX with line.  Fields may be in double quotes. */
bool glossary_parse(struct ctx *c, str csv, term_list *out) MUST_CHECK;
/* What is wrong with this translation: one line of text, or none. */
str  glossary_check(struct ctx *c, const term_list *terms, str english, str japanese);

#endif
