#ifndef PLATFORM_CSV_SHEET_H
#define PLATFORM_CSV_SHEET_H

/*
 * CSV whose first line names the columns, read into rows that are structs of
 * str: a table says which column goes where and what it may hold.  Each fault is
 * at "file" and says line, column and name; its line and column stand in the fault.
 */

#include "platform/text/csv.h"

enum csv_kind { CSV_TEXT, CSV_DAY /* 2026-12-01 */, CSV_PASSED /* known, and not read */ };

struct csv_column { const char *name; size_t at; size_t max; bool must; enum csv_kind kind; };

struct csv_form {
	const struct csv_column *columns;
	size_t n, row;       /* columns; bytes of a row's struct, which begins as zeros */
	size_t most;         /* rows */
	bool   strict;       /* a column that is not in the table is a fault */
};

enum { CSV_COLUMNS = 64 };

struct csv_sheet {
	const struct csv_form *form;
	void    *rows;       /* n structs */
	int64_t *lines;      /* where each began, from 1 */
	size_t   n;
	size_t   place[CSV_COLUMNS];   /* the cell of each column of the form; SIZE_MAX: not there */
};

/* Faults: those of csv_parse; E_INVALID: a column or a cell is wrong; E_LIMIT. */
bool csv_sheet_read(struct ctx *c, str text, const struct csv_form *f, struct csv_sheet *out) MUST_CHECK;
/* Row i of it. */
const void *csv_sheet_row(const struct csv_sheet *s, size_t i);
/*
 * E_INVALID at a cell; in `what` {1} is the line, {2} the number of the cell, {3} the
 * column's name, {4} more.  Always false.
 */
bool csv_wrong(struct ctx *c, const struct csv_sheet *s, int64_t line, size_t column, const char *what, str more);

#endif
