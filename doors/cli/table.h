#ifndef DOORS_TABLE_H
#define DOORS_TABLE_H

/* An answer of the API (JSON) for people: rows as a table, a row as name and value. */

#include "base/buf.h"
#include "base/ctx.h"

bool table_print(struct ctx *c, struct buf *b, str json) MUST_CHECK;
/* Columns that text takes on a terminal: East Asian wide characters take two. */
size_t table_width(str s);

#endif
