#include "platform/op/render.h"

#include "platform/json/json_out.h"
#include "platform/text/word.h"

static const char *at(const struct db_col *col, const void *row)
{
	return (const char *)row + col->at;
}

static str cell_str(const struct db_col *col, const void *row)
{
	str v;

	memcpy(&v, at(col, row), sizeof(v));
	return v;
}

static int64_t cell_int(const struct db_col *col, const void *row)
{
	int64_t v;
	bool    b;

	if (col->type == DB_BOOL) {
		memcpy(&b, at(col, row), sizeof(b));
		return b;
	}
	memcpy(&v, at(col, row), sizeof(v));
	return v;
}

static double cell_real(const struct db_col *col, const void *row)
{
	double v;

	memcpy(&v, at(col, row), sizeof(v));
	return v;
}

str render_cell(struct ctx *c, const struct db_col *col, const void *row)
{
	int64_t n;

	switch (col->type) {
	case DB_TEXT:
		return cell_str(col, row).p ? cell_str(col, row) : S("");
	case DB_BLOB:
		return S("");
	case DB_REAL:
		return str_fmt(c->arena, "%.10g", cell_real(col, row));
	case DB_TIME:
		return time_print(c->arena, cell_int(col, row));
	case DB_INT: case DB_BOOL:
		n = cell_int(col, row);
		return n == INT_NONE ? S("") : str_fmt(c->arena, "%lld", (long long)n);
	}
	return S("");
}

static void cell_json(struct ctx *c, struct json_out *o, const struct db_col *col, const void *row)
{
	int64_t n;

	json_out_key(o, str_of(col->name));
	switch (col->type) {
	case DB_TEXT: json_out_str(o, cell_str(col, row)); break;
	case DB_BLOB: json_out_null(o); break;
	case DB_REAL: json_out_number(o, render_cell(c, col, row)); break;
	case DB_BOOL: json_out_bool(o, cell_int(col, row) != 0); break;
	case DB_TIME: json_out_time(o, c->arena, cell_int(col, row)); break;
	case DB_INT:
		n = cell_int(col, row);
		if (n == INT_NONE)
			json_out_null(o);
		else
			json_out_int(o, n);
		break;
	}
}

static void row_members(struct ctx *c, struct json_out *o, const struct part *p, size_t i)
{
	const char *row = (const char *)p->rows + i * p->stride;

	for (size_t k = 0; k < p->cols_n; k++)
		cell_json(c, o, &p->cols[k], row);
}

static void part_json(struct ctx *c, struct json_out *o, const struct part *p)
{
	if (p->one) {
		json_open(o, p->name, '{');
		row_members(c, o, p, 0);
		json_close(o);
		return;
	}
	json_open(o, p->name, '[');
	for (size_t i = 0; i < p->n; i++) {
		json_open(o, NULL, '{');
		row_members(c, o, p, i);
		json_close(o);
	}
	json_close(o);
}

void render_json(struct ctx *c, struct buf *b, const struct sheet *s)
{
	struct json_out *o = NEW(c->arena, struct json_out);

	json_out_init(o, b, JSON_PRETTY);
	json_open_object(o);
	if (s->n == 1 && s->parts[0].one)
		row_members(c, o, &s->parts[0], 0);
	else
		for (size_t i = 0; i < s->n; i++)
			part_json(c, o, &s->parts[i]);
	if (s->n == 0 && s->object.n)
		json_put_str(o, "id", s->object);
	if (s->next.n)
		json_put_str(o, "next", s->next);
	if (s->secret.n)
		json_put_str(o, "secret", s->secret);
	if (s->said.n)
		json_put_str(o, "said", word_tr(c->lang, cstr(c->arena, s->said)));
	json_close(o);
	buf_char(b, '\n');
}

static void csv_cell(struct buf *b, str v)
{
	bool runs  = v.n && (v.p[0] == '=' || v.p[0] == '+' || v.p[0] == '-' || v.p[0] == '@' ||
	                    v.p[0] == '\t' || v.p[0] == '\r');
	bool quote = runs;

	for (size_t i = 0; i < v.n && !quote; i++)
		quote = v.p[i] == ',' || v.p[i] == '"' || v.p[i] == '\n' || v.p[i] == '\r';
	if (!quote) {
		buf_add(b, v);
		return;
	}
	buf_char(b, '"');
	if (runs)
		buf_char(b, '\'');
	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, v.p[i]);
	}
	buf_char(b, '"');
}

void render_csv(struct ctx *c, struct buf *b, const struct sheet *s)
{
	const struct part *p = s->n ? &s->parts[0] : NULL;

	for (size_t i = 0; i < s->n; i++)
		if (!s->parts[i].one) {
			p = &s->parts[i];
			break;
		}
	if (!p)
		return;
	for (size_t k = 0; k < p->cols_n; k++) {
		buf_add(b, k ? S(",") : S(""));
		csv_cell(b, str_of(p->cols[k].name));
	}
	buf_add(b, S("\r\n"));
	for (size_t i = 0; i < p->n; i++) {
		const char *row = (const char *)p->rows + i * p->stride;
		for (size_t k = 0; k < p->cols_n; k++) {
			int64_t number = p->cols[k].type == DB_INT;
			buf_add(b, k ? S(",") : S(""));
			if (number)
				buf_add(b, render_cell(c, &p->cols[k], row));
			else
				csv_cell(b, render_cell(c, &p->cols[k], row));
		}
		buf_add(b, S("\r\n"));
	}
}

void render_problem(struct ctx *c, struct buf *b, const struct fault *f)
{
	struct json_out *o = NEW(c->arena, struct json_out);
	str name = str_of(fault_name(f->code));

	json_out_init(o, b, JSON_PRETTY);
	json_open_object(o);
	json_put_str(o, "type", STR_CAT(c->arena, S("urn:psirt:fault:"), name));
	json_put_str(o, "title", word_tr(c->lang, fault_title(f->code)));
	json_put_int(o, "status", fault_http(f->code));
	json_put_str(o, "detail", word_outside(c, f));
	if (f->where.n || f->line) {
		json_open(o, "errors", '[');
		json_open(o, NULL, '{');
		if (f->where.n)
			json_put_str(o, "field", f->where);
		if (f->line) {
			json_put_int(o, "line", f->line);
			json_put_int(o, "column", f->column);
		}
		json_close(o);
		json_close(o);
	}
	json_put_bool(o, "retryable", fault_retryable(f->code));
	json_close(o);
	buf_char(b, '\n');
}
