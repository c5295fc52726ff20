#ifndef PLATFORM_CSV_H
#define PLATFORM_CSV_H

/*
 * Reading CSV (RFC 4180): cells between commas, quoted when they hold commas,
 * quotes or line ends; CRLF or LF; a byte order mark is skipped.  Bytes that
 * are no UTF-8, NUL and other control characters are refused.
 *
 * The ' that render_csv puts before a cell that a spreadsheet would run
 * (= + - @) is taken off again, so that what was written out can be read in.
 */

#include "base/ctx.h"
#include "base/list.h"

struct csv_row { const str *v; size_t n; int64_t line; };   /* line of its first cell, from 1 */
struct csv { LIST(struct csv_row) rows; };

/*
 * Empty lines are left out.  Faults name line and column of the text, both from
 * 1: E_SYNTAX (quotes, bytes); E_LIMIT: more than rows.max rows or 64 cells.
 */
bool csv_parse(struct ctx *c, str text, struct csv *out) MUST_CHECK;

#endif
