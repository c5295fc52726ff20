/* What views and operations answer. */
#include "tools/reference/openapi.h"

/* One line a column: the kinds are components. */
static void column_schema(struct writer *w, const struct db_col *col)
{
	static const char *const kinds[] = {
		[DB_TEXT] = "Text", [DB_INT] = "Integer", [DB_TIME] = "Instant", [DB_BOOL] = "Truth",
		[DB_REAL] = "Real", [DB_BLOB] = "Bytes",
	};

	refer(w, col->name, STR_CAT(w->c->arena, S("#/components/schemas/"), str_of(kinds[col->type])));
}

static void row_members(struct writer *w, const struct seen_part *p)
{
	json_put_str(w->o, "type", S("object"));
	json_open(w->o, "properties", '{');
	for (size_t i = 0; i < p->cols_n; i++)
		column_schema(w, &p->cols[i]);
	json_close(w->o);
	json_open(w->o, "required", '[');
	for (size_t i = 0; i < p->cols_n; i++)
		json_out_str(w->o, str_of(p->cols[i].name));
	json_close(w->o);
}

static void part_schema(struct writer *w, const struct seen_part *p)
{
	json_open(w->o, p->name, '{');
	if (!p->one) {
		json_put_str(w->o, "type", S("array"));
		json_open(w->o, "items", '{');
	}
	row_members(w, p);
	if (!p->one)
		json_close(w->o);
	json_close(w->o);
}

static void parts_schema(struct writer *w, const struct seen *s)
{
	bool some = false;

	json_open(w->o, "schema", '{');
	if (s->flat && s->parts.n == 1) {
		row_members(w, &s->parts.v[0]);
		json_close(w->o);
		return;
	}
	json_put_str(w->o, "type", S("object"));
	json_open(w->o, "properties", '{');
	for (size_t i = 0; i < s->parts.n; i++) {
		part_schema(w, &s->parts.v[i]);
		some |= s->parts.v[i].always;
	}
	json_close(w->o);
	if (some)
		json_open(w->o, "required", '[');
	for (size_t i = 0; i < s->parts.n; i++)
		if (s->parts.v[i].always)
			json_out_str(w->o, str_of(s->parts.v[i].name));
	if (some)
		json_close(w->o);
	json_close(w->o);
}

static void string_content(struct writer *w, str type)
{
	json_out_key(w->o, type);
	json_open(w->o, NULL, '{');
	json_open(w->o, "schema", '{');
	if (!str_starts(type, S("application/json")))
		json_put_str(w->o, "type", S("string"));
	json_close(w->o);
	json_close(w->o);
}

void view_answer(struct writer *w, const struct seen *s)
{
	json_open(w->o, "200", '{');
	json_put_str(w->o, "description", str_of(s->view->help));
	if (s->versioned) {
		json_open(w->o, "headers", '{');
		json_open(w->o, "ETag", '{');
		json_put_str(w->o, "description", S("The version of what is shown, for If-Match"));
		json_open(w->o, "schema", '{');
		json_put_str(w->o, "type", S("string"));
		json_close(w->o);
		json_close(w->o);
		json_close(w->o);
	}
	json_open(w->o, "content", '{');
	if (s->raw_type.n) {
		string_content(w, s->raw_type);
	} else {
		json_open(w->o, "application/json", '{');
		parts_schema(w, s);
		json_close(w->o);
		string_content(w, S("text/csv"));
	}
	json_close(w->o);
	json_close(w->o);
}

void op_answer(struct writer *w, const struct op *o)
{
	json_open(w->o, "200", '{');
	json_put_str(w->o, "description", str_of(o->help));
	json_open(w->o, "content", '{');
	json_open(w->o, "application/json", '{');
	refer(w, "schema", S("#/components/schemas/Done"));
	json_close(w->o);
	json_close(w->o);
	json_close(w->o);
}

/* Statuses that only writing can lead to. */
static bool writes_only(int status)
{
	return status == 409 || status == 415 || status == 507;
}

void fault_answers(struct writer *w, bool writes)
{
	for (int k = E_NONE + 1; k < FAULT_COUNT; k++) {
		int status = fault_http((enum fault_code)k);
		if (!first_of_status(k) || status == 405 || (!writes && writes_only(status)))
			continue;
		refer(w, cstr(w->c->arena, str_fmt(w->c->arena, "%d", status)),
		      str_fmt(w->c->arena, "#/components/responses/Fault%d", status));
	}
}
