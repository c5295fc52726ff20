#ifndef DOORS_SETUP_H
#define DOORS_SETUP_H

/*
 * What a server was told: the configuration file (--config or PSIRT_CONFIG),
 * over it the environment, over that the flags.  One table of keys is the
 * file, the flags, the help and dist/psirt.ini.
 */

#include "doors/serve/options.h"
#include "platform/config.h"

enum setup_part {
	SETUP_STORE,   /* where things are: for every verb that opens the database */
	SETUP_ALL,     /* and what only a server needs */
};

struct setup {
	struct config *config;
	str file;      /* the configuration file, or none */
	str data;      /* directory of seal.key and, with SQLite, of the database */
	str db;        /* whole URL, with its password: never shown */
	str base_url;  /* no slash at the end */
	str socket;    /* path, or "" when switched off */
};

struct setup_key {
	const char *flag;      /* "--base-url" without the hyphens */
	const char *env;       /* environment variable, or NULL */
	enum setup_part part;
};

extern const struct config_key setup_keys[];
extern const struct setup_key  setup_ways[];   /* in the same order */
extern const size_t            setup_keys_n;

/*
 * Read file, environment and those flags that the part knows.  Faults: as in
 * platform/config, the text beginning with FILE:LINE when the file is wrong.
 */
bool setup_read(struct options *o, enum setup_part part, struct setup *s) MUST_CHECK;
/* A URL of a database without its password. */
str  setup_url_shown(struct ctx *c, str url);
/* The file that would say nothing: every option, commented. */
void setup_print_default(struct buf *b);

/* psirt config check FILE | show | default. */
int setup_run(struct options *o);

#endif
