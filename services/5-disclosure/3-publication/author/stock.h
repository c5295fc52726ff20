#ifndef DISCLOSURE_STOCK_H
#define DISCLOSURE_STOCK_H

/*
 * The folder that `psirt csaf fetch` fills, and what it knows of each address:
 * STOCK/fetch.state, a JSON object a line, appended to as documents come and
 * written anew at the end; a line cut short by a crash is passed over.  Files come
 * to their place whole (written beside, then renamed).  One run at a time.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "base/instant.h"
#include "base/list.h"

struct stock_item {
	str     url;
	str     path;             /* in the folder; none: a list, or what was refused */
	str     sha256;           /* of the document */
	time_us updated;          /* as the list says; TIME_NONE */
	str     etag, modified;   /* of the answer */
};

struct stock {
	struct ctx *c;            /* lives as long as the stock */
	str         folder;
	int         lock, state;  /* the folder, locked; the state, to append to */
	LIST(struct stock_item) items;
	uint32_t   *slot;         /* hash table: place in items + 1 */
	size_t      slots;
	uint64_t   *mark;         /* hash table of what this run has met */
	size_t      marks, marks_max;
};

/* E_IO: the folder cannot be made or written; E_BUSY: another run is at it. */
bool stock_open(struct ctx *c, struct stock *s, str folder) MUST_CHECK;
void stock_close(struct stock *s);
/* What is known of the address, or NULL. */
const struct stock_item *stock_find(const struct stock *s, str url);
/* Note that this run has met the address; true when it had before. */
bool stock_met(struct stock *s, str url);
/* Remember, and append to the state. */
bool stock_keep(struct ctx *c, struct stock *s, const struct stock_item *item) MUST_CHECK;
/* The state as one line for each address. */
bool stock_settle(struct ctx *c, struct stock *s) MUST_CHECK;
/* Is the file of the item there? */
bool stock_has(struct ctx *c, const struct stock *s, const struct stock_item *item) MUST_CHECK;
/* A file to write into, which has no name yet; < 0 with E_IO. */
int  stock_draft(struct ctx *c, const struct stock *s, str *name);
/* The draft becomes STOCK/path, whose folders are made. E_IO. */
bool stock_place(struct ctx *c, const struct stock *s, str draft, int fd, str path) MUST_CHECK;
/* Bytes at once. */
bool stock_write(struct ctx *c, const struct stock *s, str path, str bytes) MUST_CHECK;
void stock_drop(struct ctx *c, str draft, int fd);

#endif
