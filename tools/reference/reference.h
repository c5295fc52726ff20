#ifndef TOOLS_REFERENCE_H
#define TOOLS_REFERENCE_H

/*
 * reference: the tables of the program as documents in docs/reference and
 * docs/trace.  What views answer is observed in a house of the tests; all else
 * is read from the tables themselves.
 *
 * observed.c   runs every view and keeps the shape of its answers
 * openapi.c    openapi.json
 * verb_page.c  cli.md
 * map_page.c   permissions.md, facts.md, framework.md, csaf.md
 */

#include "base/buf.h"
#include "base/list.h"
#include "platform/op/op.h"

enum { REFERENCE_MAX = 8 << 20 };

struct seen_part {
	const char *name;
	bool one, always;            /* one row; in each answer */
	const struct db_col *cols;
	size_t cols_n, times;
};

/* What a view answered, over all roles that may ask it. */
struct seen {
	const struct view *view;
	LIST(struct seen_part) parts;
	str    raw_type;
	size_t times;
	bool   versioned, flat;      /* an ETag; one row whose members stand at the top */
};

struct reference {
	struct ctx   *c;
	const struct front *front;   /* all services */
	LIST(struct seen) seen;
	bool          check;         /* nothing is written, and of views whose columns are not told nothing said */
};

/* Fills seen; false and a line on standard error when the house cannot be made. */
bool observe(struct reference *r);
const struct seen *seen_of(const struct reference *r, const struct view *v);

void openapi_write(const struct reference *r, struct buf *b);
void verbs_write(const struct reference *r, struct buf *b);
void permissions_write(const struct reference *r, struct buf *b);
void facts_write(const struct reference *r, struct buf *b);
void map_write(const struct reference *r, struct buf *b);
void rules_write(const struct reference *r, struct buf *b);

/* Roles in the order of the columns of permissions.md; the last stands for nobody. */
enum { REFERENCE_ROLES = 9 };
extern const struct reference_role { const char *name; uint32_t bit; } reference_roles[REFERENCE_ROLES];
bool reference_may(size_t role, uint32_t allowed);

/* "GET /a/:b" -> "GET" and "/a/{b}". */
void path_split(struct ctx *c, const char *path, str *method, str *template);
bool path_has(const char *path, const char *name);

#endif
