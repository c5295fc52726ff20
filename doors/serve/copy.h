#ifndef DOORS_COPY_H
#define DOORS_COPY_H

/*
 * Copies of the database: made while it runs, tried by restoring them
 * beside, put in place.  A copy is one SQLite file; the key of the seals is
 * never in it.
 */

#include "doors/serve/node.h"
#include "record/house.h"

/* What was seen in a database that was looked through. */
struct copy_seen { struct db_size size; struct house_verdict audit; };

/* A temporary folder next to a file, with a copy of it that may be opened. */
struct copy_stage { str dir, db, key; };

/* A new file (0600) with the bytes of another, synced. E_EXISTS, E_IO, E_DISK, E_NOTFOUND. */
bool copy_bytes(struct ctx *c, str from, str to) MUST_CHECK;
/* The folder that a path is in: "." for a bare name. */
str  folder_of(struct ctx *c, str path);
bool folder_sync(struct ctx *c, str path) MUST_CHECK;

/*
 * Make the stage next to `beside`: a copy of `file` as psirt.db and of `key` as
 * seal.key.  E_SYNTAX when the file is no SQLite database.  stage_drop removes
 * what is left of it, always.
 */
bool stage_make(struct ctx *c, str file, str key, str beside, struct copy_stage *s) MUST_CHECK;
void stage_drop(struct ctx *c, const struct copy_stage *s);
/*
 * Open the database of the stage and look through all of it: storage, schema
 * (brought up to date when `migrate`), audit chains and their seals.  E_STATE
 * when the audit does not verify.  Nothing but the one file is left open or lying about.
 */
bool stage_look(struct ctx *c, const struct copy_stage *s, bool migrate, struct copy_seen *seen) MUST_CHECK;
/* The same of the database of a URL, with the seal.key of a directory. */
bool store_look(struct ctx *c, str dir, str url, bool migrate, struct copy_seen *seen) MUST_CHECK;
/* The same of a node that is open. */
bool node_look(struct ctx *c, struct node *n, struct copy_seen *seen) MUST_CHECK;
/* The fault of a node, kept when the node and its memory are gone; false. */
bool fault_keep(struct ctx *c, const struct ctx *from);
/* Two lines of what was seen. */
void seen_say(struct ctx *c, const struct copy_seen *seen);

#endif
