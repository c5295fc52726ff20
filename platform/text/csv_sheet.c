#include "platform/text/csv_sheet.h"

#include <stdlib.h>

#include "base/buf.h"

static str number(struct ctx *c, int64_t n)
{
	return str_fmt(c->arena, "%lld", (long long)n);
}

bool csv_wrong(struct ctx *c, const struct csv_sheet *s, int64_t line, size_t column, const char *what, str more)
{
	int64_t cell = s->place[column] == SIZE_MAX ? 0 : (int64_t)s->place[column] + 1;

	(void)fault(c, E_INVALID, "file", what, number(c, line), number(c, cell), str_of(s->form->columns[column].name), more);
	c->fault.line   = (long)line;
	c->fault.column = (long)cell;
	return false;
}

/* The column of this name; n: none. */
static size_t column_named(const struct csv_form *f, str name)
{
	size_t k = 0;

	while (k < f->n && !str_eq(name, str_of(f->columns[k].name)))
		k++;
	return k;
}

static bool header_read(struct ctx *c, const struct csv_row *row, struct csv_sheet *s)
{
	const struct csv_form *f = s->form;

	for (size_t k = 0; k < f->n; k++)
		s->place[k] = SIZE_MAX;
	for (size_t i = 0; i < row->n; i++) {
		size_t k = column_named(f, row->v[i]);
		if (k == f->n && f->strict)
			return fault(c, E_INVALID, "file", N_("Line {1}, column {2}: there is no column {3} here."),
			             number(c, row->line), number(c, (int64_t)i + 1), utf8_cut(row->v[i], 80));
		if (k < f->n && s->place[k] != SIZE_MAX)
			return fault(c, E_INVALID, "file", N_("Line {1}: the column {2} stands there twice."), number(c, row->line), row->v[i]);
		if (k < f->n)
			s->place[k] = i;
	}
	for (size_t k = 0; k < f->n; k++)
		if (f->columns[k].must && s->place[k] == SIZE_MAX)
			return fault(c, E_INVALID, "file", N_("Line {1}: the column {2} is missing."), number(c, row->line), str_of(f->columns[k].name));
	return true;
}

static bool cell_check(struct ctx *c, const struct csv_sheet *s, int64_t line, size_t k, str v)
{
	const struct csv_column *d = &s->form->columns[k];
	struct civil             day;

	if (d->must && v.n == 0)
		return csv_wrong(c, s, line, k, N_("Line {1}, column {2} ({3}): please fill this in."), STR_NONE);
	if (v.n > d->max)
		return csv_wrong(c, s, line, k, N_("Line {1}, column {2} ({3}): at most {4} bytes are accepted."), number(c, (int64_t)d->max));
	if (d->kind == CSV_DAY && v.n && !date_parse(v, &day))
		return csv_wrong(c, s, line, k, N_("Line {1}, column {2} ({3}): “{4}” is no date such as 2026-12-01."), v);
	for (size_t i = 0; i < v.n; i++)
		if (v.p[i] == '\n' || v.p[i] == '\r' || v.p[i] == '\t')
			return csv_wrong(c, s, line, k, N_("Line {1}, column {2} ({3}): a line end or tab stands inside."), STR_NONE);
	return true;
}

static bool row_read(struct ctx *c, const struct csv_row *row, const struct csv_sheet *s, char *to)
{
	for (size_t k = 0; k < s->form->n; k++) {
		str v = s->place[k] < row->n ? row->v[s->place[k]] : STR_NONE;

		if (s->form->columns[k].kind == CSV_PASSED)
			continue;
		TRY(cell_check(c, s, row->line, k, v));
		memcpy(to + s->form->columns[k].at, &(str){ v.n ? v.p : s->place[k] < row->n ? "" : NULL, v.n }, sizeof(str));
	}
	return true;
}

const void *csv_sheet_row(const struct csv_sheet *s, size_t i)
{
	return (const char *)s->rows + i * s->form->row;
}

bool csv_sheet_read(struct ctx *c, str text, const struct csv_form *f, struct csv_sheet *out)
{
	struct csv t = { .rows = { .max = f->most + 1 } };

	*out = (struct csv_sheet){ .form = f };
	if (f->n > CSV_COLUMNS)
		abort();
	TRY(csv_parse(c, text, &t));
	if (t.rows.n == 0)
		return fault(c, E_INVALID, "file", N_("The file is empty. Its first line names the columns."));
	TRY(header_read(c, &t.rows.v[0], out));
	out->rows  = arena_must(c->arena, t.rows.n, f->row);
	out->lines = NEWS(c->arena, int64_t, t.rows.n);
	for (; out->n + 1 < t.rows.n; out->n++) {
		out->lines[out->n] = t.rows.v[out->n + 1].line;
		TRY(row_read(c, &t.rows.v[out->n + 1], out, (char *)out->rows + out->n * f->row));
	}
	return true;
}
