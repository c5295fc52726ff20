#ifndef TOOLS_PHRASE_H
#define TOOLS_PHRASE_H

/* phrase: finds the translatable texts of the tree and where they stand. */

#include "base/ctx.h"
#include "base/list.h"

struct use {
	str         text;
	const char *file;
	long        line;
};
typedef LIST(struct use) use_list;

/* Texts N_("…" "…") of a C file; E_SYNTAX when N_ holds anything but literals. */
bool phrase_in_c(struct ctx *c, const char *file, str src, use_list *out) MUST_CHECK;
/* Titles of base/faults.def: the string of every FAULT(…). */
bool phrase_in_faults(struct ctx *c, const char *file, str src, use_list *out) MUST_CHECK;
/* {_…_} of a template; bare gets the words that nobody can translate. */
bool phrase_in_html(struct ctx *c, const char *file, str src, use_list *out, use_list *bare) MUST_CHECK;

#endif
