#ifndef DOORS_VERB_H
#define DOORS_VERB_H

/*
 * The verbs of the program itself, beside operations and views: those that
 * open the database or listen.  One entry is the verb and its help.
 */

#include "doors/serve/setup.h"

struct verb_flag {
	const char *flag;     /* "--mail" without the hyphens */
	const char *value;    /* what follows: "MAIL"; NULL: a switch */
	const char *help;     /* N_() */
};

struct verb {
	const char *name;
	const char *words;                /* what follows without hyphens: "FILE"; "" */
	const char *help;                 /* N_() one line */
	int (*run)(struct options *o);
	const struct verb_flag *flags;    /* its own; ends with a NULL flag; or NULL */
	bool                    sets_up;  /* takes --config and the keys of `part` */
	enum setup_part         part;
};

extern const struct verb verbs[];   /* ends with a NULL name */
const struct verb *verb_find(const char *name);

#endif
