#ifndef DOORS_DUMP_H
#define DOORS_DUMP_H

/*
 * Copies of a PostgreSQL database, by PostgreSQL's own programs: pg_dump makes
 * one while psirt runs; it is tried by restoring it to a database of its own
 * beside, as which the user needs CREATEDB, and put in place by renaming that.
 * The programs read how to connect from a file of ours, so that no password
 * stands among their arguments.  What they complain about goes to standard
 * error.  Faults: E_NOTFOUND (a program is not installed), E_STATE (it failed).
 */

#include "doors/serve/copy.h"
#include "doors/serve/setup.h"

struct dump {
	str dir;       /* temporary, beside the data: the service file, a key */
	str name;      /* of the database */
	str beside;    /* the one that was restored; none: there is none */
	str url;       /* of that */
};

/* Begin; dump_end drops what is left, always. */
bool dump_begin(struct ctx *c, const struct setup *s, struct dump *d) MUST_CHECK;
void dump_end(struct ctx *c, struct dump *d);
/* A consistent copy of the database; the file must not be there. */
bool dump_make(struct ctx *c, const struct dump *d, str file) MUST_CHECK;
/* E_SYNTAX when the file is no copy made by pg_dump --format=custom. */
bool dump_is(struct ctx *c, str file) MUST_CHECK;
/*
 * Restore a copy beside and look through all of it, its seals with the key of the
 * file; brought up to date when `migrate`.  Faults as those of stage_look.
 */
bool dump_look(struct ctx *c, struct dump *d, str file, str key, bool migrate, struct copy_seen *seen) MUST_CHECK;
/* E_EXISTS when the database is there and not empty, unless `replace`. */
bool dump_free(struct ctx *c, const struct dump *d, bool replace) MUST_CHECK;
/* What was restored beside takes its name; the old one stays under *kept (none: there was nothing in it). */
bool dump_place(struct ctx *c, struct dump *d, str *kept) MUST_CHECK;

#endif
