#include "platform/text/csv.h"

#include "base/buf.h"

enum { CELLS_MAX = 64, CELL_MAX = 64 << 10 };

struct reader {
	struct ctx *c;
	str         text;
	size_t      at;
	int64_t     line;
	size_t      begin;       /* of the line, for columns */
};

static str count(struct reader *r, int64_t n)
{
	return str_fmt(r->c->arena, "%lld", (long long)n);
}

static bool wrong(struct reader *r, const char *what)
{
	int64_t column = (int64_t)utf8_count(str_slice(r->text, r->begin, r->at)) + 1;

	(void)fault(r->c, E_SYNTAX, "file", what, count(r, r->line), count(r, column));
	r->c->fault.line   = (long)r->line;
	r->c->fault.column = (long)column;
	return false;
}

static bool ends_cell(const struct reader *r)
{
	return r->at >= r->text.n || r->text.p[r->at] == ',' || r->text.p[r->at] == '\n' || r->text.p[r->at] == '\r';
}

static bool add_byte(struct reader *r, struct buf *b)
{
	unsigned char x = (unsigned char)r->text.p[r->at];

	if ((x < 0x20 && x != '\n' && x != '\r' && x != '\t') || x == 0x7F)
		return wrong(r, N_("Line {1}, column {2}: a control character stands here."));
	buf_char(b, (char)x);
	r->at++;
	if (x == '\n') {
		r->line++;
		r->begin = r->at;
	}
	return true;
}

static bool quoted_read(struct reader *r, struct buf *b)
{
	int64_t line  = r->line;
	size_t  begin = r->begin, start = r->at++;

	for (;;) {
		if (r->at >= r->text.n) {
			*r = (struct reader){ r->c, r->text, start, line, begin };
			return wrong(r, N_("Line {1}, column {2}: the quotation mark that opens here is never closed."));
		}
		if (r->text.p[r->at] == '"') {
			r->at++;
			if (r->at >= r->text.n || r->text.p[r->at] != '"')
				return ends_cell(r) || wrong(r, N_("Line {1}, column {2}: after a closing quotation mark a comma or the end of the line is expected."));
		}
		TRY(add_byte(r, b));
	}
}

static bool cell_read(struct reader *r, str *out)
{
	struct buf b;

	buf_init(&b, r->c->arena, CELL_MAX);
	if (r->at < r->text.n && r->text.p[r->at] == '"')
		TRY(quoted_read(r, &b));
	while (!ends_cell(r)) {
		if (r->text.p[r->at] == '"')
			return wrong(r, N_("Line {1}, column {2}: a quotation mark stands inside a cell that does not begin with one."));
		TRY(add_byte(r, &b));
	}
	if (b.full)
		return fault(r->c, E_LIMIT, "file", N_("Line {1}: a cell is longer than {2} bytes."),
		             count(r, r->line), count(r, CELL_MAX));
	*out = str_trim(buf_str(&b));
	if (out->n > 1 && out->p[0] == '\'' &&
	    (out->p[1] == '=' || out->p[1] == '+' || out->p[1] == '-' || out->p[1] == '@'))
		*out = str_slice(*out, 1, out->n);
	return true;
}

static void line_end(struct reader *r)
{
	if (r->at < r->text.n && r->text.p[r->at] == '\r')
		r->at++;
	if (r->at < r->text.n && r->text.p[r->at] == '\n')
		r->at++;
	r->line++;
	r->begin = r->at;
}

static bool row_read(struct reader *r, struct csv_row *row)
{
	str *v = NEWS(r->c->arena, str, CELLS_MAX);

	*row = (struct csv_row){ v, 0, r->line };
	for (;;) {
		if (row->n == CELLS_MAX)
			return fault(r->c, E_LIMIT, "file", N_("Line {1} has more than {2} cells."),
			             count(r, r->line), count(r, CELLS_MAX));
		TRY(cell_read(r, &v[row->n++]));
		if (r->at >= r->text.n || r->text.p[r->at] != ',')
			break;
		r->at++;
	}
	line_end(r);
	return true;
}

/* Where the first byte stands that is no UTF-8. */
static bool bytes_check(struct reader *r)
{
	size_t bad;

	if (utf8_check(r->text, &bad))
		return true;
	for (; r->at < bad; r->at++)
		if (r->text.p[r->at] == '\n') {
			r->line++;
			r->begin = r->at + 1;
		}
	return wrong(r, N_("Line {1}, column {2}: this is not UTF-8. Please save the file as CSV in UTF-8."));
}

bool csv_parse(struct ctx *c, str text, struct csv *out)
{
	struct reader  r = { c, text, 0, 1, 0 };
	struct csv_row row;

	TRY(bytes_check(&r));
	if (str_starts(text, S("\xEF\xBB\xBF")))
		r.at = r.begin = 3;
	else
		r.at = r.begin = 0;
	r.line = 1;
	while (r.at < text.n) {
		TRY(row_read(&r, &row));
		if (row.n == 1 && row.v[0].n == 0)
			continue;
		if (!list_push(c->arena, &out->rows, row))
			return fault(c, E_LIMIT, "file", N_("More than {1} lines are not accepted."), count(&r, (int64_t)out->rows.max));
	}
	return true;
}
