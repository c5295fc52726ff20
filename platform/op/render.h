#ifndef PLATFORM_OP_RENDER_H
#define PLATFORM_OP_RENDER_H

/*
 * What a view or an operation answered, as JSON (names are the columns'), as
 * CSV, and as a table for a terminal.  One place, so no door can drift.
 */

#include "platform/op/op.h"

/*
 * An object with one member a part: a row is an object, a list is an array of
 * objects.  Unset values are null; instants RFC 3339 in UTC.  With a single
 * part of one row its members stand at the top.  Adds "id", "next" and
 * "secret" when an operation set them.
 */
void render_json(struct ctx *c, struct buf *b, const struct sheet *s);
/*
 * The first list (or row) as CSV (RFC 4180, UTF-8, CRLF); a cell that a
 * spreadsheet would run (= + - @ tab CR) gets a ' before it.
 */
void render_csv(struct ctx *c, struct buf *b, const struct sheet *s);
/* One cell as text; "" when it is not set. */
str  render_cell(struct ctx *c, const struct db_col *col, const void *row);
/* RFC 9457 problem details in the language of c. */
void render_problem(struct ctx *c, struct buf *b, const struct fault *f);

#endif
