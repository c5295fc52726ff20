#ifndef DOORS_OPTIONS_H
#define DOORS_OPTIONS_H

/* Command-line options of the form --name VALUE or --name=VALUE. */

#include "base/ctx.h"

/* bare: an option that stands at the end and lacks its value; options_done tells. */
struct options { struct ctx *c; int argc; char **argv; bool *used; const char *bare; };

void options_init(struct ctx *c, struct options *o, int argc, char **argv);
/* The value of --name, else of the environment variable, else the default. */
str  option_str(struct options *o, const char *name, const char *env, str otherwise);
bool option_on(struct options *o, const char *name);
/* The next word that is no option, or none. */
str  option_word(struct options *o);
/* E_USAGE names the first word that nobody asked for. */
bool options_done(struct options *o) MUST_CHECK;

#endif
