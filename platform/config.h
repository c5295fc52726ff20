#ifndef PLATFORM_CONFIG_H
#define PLATFORM_CONFIG_H

/*
 * The configuration file: sections, keys and values, one to a line.
 *
 *	# comment
 *	[http]
 *	port = 8080
 *	title = "  blanks at the ends need quotes; \" and \\ work inside  "
 *
 * What may stand in it is a table of keys, which also writes the commented
 * default file and the reference.  An unknown section or key is a fault that
 * names the line and the nearest known name.
 */

#include "base/buf.h"
#include "base/ctx.h"

enum config_type {
	CONFIG_TEXT, CONFIG_INT,
	CONFIG_BOOL,       /* yes no true false on off */
	CONFIG_BYTES,      /* 4096, 64KB, 25MB, 2GB: powers of 1,024 */
	CONFIG_DURATION,   /* 90s, 15m, 1h30m, 7d, 2w; config_int gives microseconds */
	CONFIG_PATH,       /* a file name without control characters */
	CONFIG_URL         /* http or https, with a host, without user, query and fragment */
};

struct config_key {
	const char      *name;       /* "http.port": section, dot, key */
	enum config_type type;
	const char      *standard;   /* default as written in the file; NULL: none */
	const char      *help;       /* English, a few lines */
	int64_t          min, max;   /* of INT, BYTES, DURATION, in its unit; both 0: any >= 0 */
	const char      *choices;    /* of TEXT: allowed words, blanks between; NULL: any */
};

struct config;

/* Nothing but defaults. The table must outlive the config and have sound defaults. */
bool config_new(struct ctx *c, const struct config_key *keys, size_t n,
                struct config **out) MUST_CHECK;
/*
 * Read `text` over what is there.  Faults, with the line: E_SYNTAX (not
 * UTF-8, not a section, key or value, twice the same key), E_INVALID (unknown
 * name, wrong value; where = "section.key").
 */
bool config_parse(struct ctx *c, struct config *cfg, str text) MUST_CHECK;
typedef void config_flaw_fn(void *arg, const struct fault *f);
/* The same to the end of the text: every wrong line is told, the others count. */
void config_review(struct ctx *c, struct config *cfg, str text, config_flaw_fn *flaw, void *arg);
/* A file of at most 1 MiB. E_NOTFOUND, E_IO, E_LIMIT. */
bool config_text_load(struct ctx *c, str path, str *out) MUST_CHECK;
/* Its text over what is there. */
bool config_load(struct ctx *c, struct config *cfg, str path) MUST_CHECK;
/* One value, as from the command line: config_set(c, cfg, S("http.port"), S("80")). */
bool config_set(struct ctx *c, struct config *cfg, str name, str value) MUST_CHECK;

/* The value, or the default.  The name must be in the table and of that type. */
str     config_text(const struct config *cfg, const char *name);   /* TEXT, PATH, URL; none if not set */
int64_t config_int(const struct config *cfg, const char *name);    /* INT, BYTES, DURATION; INT_NONE */
bool    config_bool(const struct config *cfg, const char *name);   /* BOOL; false if not set */
/* The line of the file that set it; 0: it did not, or was overruled. */
long    config_line(const struct config *cfg, const char *name);

/* The commented default file. */
void config_print_default(struct buf *b, const struct config_key *keys, size_t n);
/* What is in force, one "section.key = value" a line. */
void config_print(struct buf *b, const struct config *cfg);

/* "25MB" and "1h30m" as numbers; false if they are none. */
bool bytes_parse(str s, int64_t *out) MUST_CHECK;
bool duration_parse(str s, time_us *out) MUST_CHECK;

#endif
