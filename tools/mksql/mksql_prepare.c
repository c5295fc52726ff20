#include "tools/mksql/mksql.h"

static const char *const houses[] = { "TEXT", "INT", "TIME", "BOOL", "REAL", "BLOB" };
static const char *const params[] = { "str", "int", "time", "bool", "real", "blob" };
static const char *const ctypes[] = { "str", "int64_t", "time_us", "bool", "double", "str" };

static bool type_of(struct mksql *m, const char *const names[], str word, struct column *out)
{
	for (size_t i = 0; i < 6; i++)
		if (str_eq(word, str_of(names[i]))) {
			out->type  = (enum db_type)i;
			out->ctype = str_of(ctypes[i]);
			return true;
		}
	if (str_starts(word, S("ID_"))) {
		out->type  = DB_TEXT;
		out->ctype = STR_CAT(m->a, str_slice(word, 3, word.n), S("_id"));
		return true;
	}
	if (str_ends(word, S("_id"))) {
		out->type  = DB_TEXT;
		out->ctype = word;
		return true;
	}
	if (str_eq(word, S("SERIAL"))) {
		out->type  = DB_INT;
		out->ctype = S("int64_t");
		return true;
	}
	return false;
}

static void read_column(struct mksql *m, struct stmt *s, sqlite3_stmt *q, int i)
{
	const char   *declared = sqlite3_column_decltype(q, i);
	struct column col      = { .name = str_dup(m->a, str_of(sqlite3_column_name(q, i))) };
	struct typed *said     = NULL;

	for (size_t k = 0; k < s->types.n; k++)
		if (str_eq(s->types.v[k].name, col.name))
			said = &s->types.v[k];
	if (said)
		said->used = true;
	if (word_reserved(col.name) || str_find(col.name, S("("), 0) != SIZE_MAX ||
	    str_find(col.name, S("."), 0) != SIZE_MAX)
		complain(m, s->file, s->body_line, s->name, "column %d needs a name: … AS word (not \"%.*s\")", i + 1,
		         STR_ARG(col.name));
	for (size_t k = 0; k < s->cols.n; k++)
		if (str_eq(s->cols.v[k].name, col.name))
			complain(m, s->file, s->body_line, s->name, "two columns are called %.*s", STR_ARG(col.name));
	if (said && declared)
		complain(m, s->file, s->body_line, s->name, "%.*s has its type from the table: no \"-- type:\"",
		         STR_ARG(col.name));
	if (!(said && type_of(m, params, said->type, &col)) &&
	    !(declared && type_of(m, houses, str_of(declared), &col)))
		complain(m, s->file, s->body_line, s->name, "the column %.*s needs a \"-- type: %.*s …\"",
		         STR_ARG(col.name), STR_ARG(col.name));
	(void)list_push(m->a, &s->cols, col);
}

static void read_columns(struct mksql *m, struct stmt *s, sqlite3_stmt *q)
{
	bool rows = s->kind != K_EXEC && s->kind != K_COUNT;
	int  n    = sqlite3_column_count(q);

	s->writes = !sqlite3_stmt_readonly(q);
	if (rows && !n)
		complain(m, s->file, s->line, s->name, "gives no columns: :exec or :count");
	if (!rows && n)
		complain(m, s->file, s->line, s->name, "gives columns: :one, :maybe, :many or :each");
	for (int i = 0; rows && i < n; i++)
		read_column(m, s, q, i);
	for (size_t k = 0; k < s->types.n; k++)
		if (!s->types.v[k].used)
			complain(m, s->file, s->line, s->name, "\"-- type:\" names %.*s, which is not a column",
			         STR_ARG(s->types.v[k].name));
}

size_t stmt_masks(const struct stmt *s, uint32_t *out, size_t max)
{
	uint32_t sort = s->sorts.n ? s->sorts.v[0].bit : 0;
	size_t   n    = 0;

	out[n++] = s->bits | sort;
	if (s->bits)
		out[n++] = sort;
	for (uint32_t b = 1; b && b <= s->bits && n < max; b <<= 1)
		if (s->bits & b)
			out[n++] = b | sort;
	for (size_t i = 1; i < s->sorts.n && n < max; i++)
		out[n++] = s->bits | s->sorts.v[i].bit;
	return n;
}

static int line_at(const struct stmt *s, str text, int offset)
{
	int line = s->body_line;

	for (size_t i = 0; offset > 0 && i < (size_t)offset && i < text.n; i++)
		line += text.p[i] == '\n';
	return line;
}

static bool prepare_mask(struct mksql *m, struct stmt *s, uint32_t mask, bool first, struct touch *t)
{
	str           text = stmt_text(m, s, true, mask);
	sqlite3_stmt *q    = NULL;
	int           rc;

	sqlite3_set_authorizer(m->db, touch_note, t);
	rc = sqlite3_prepare_v2(m->db, text.p, (int)text.n, &q, NULL);
	sqlite3_set_authorizer(m->db, NULL, NULL);
	if (rc != SQLITE_OK || !q) {
		complain(m, s->file, line_at(s, text, sqlite3_error_offset(m->db)), s->name, "%s",
		         rc == SQLITE_OK ? "there is no statement" : sqlite3_errmsg(m->db));
		return false;
	}
	if (first)
		read_columns(m, s, q);
	sqlite3_finalize(q);
	return true;
}

void stmt_prepare(struct mksql *m, struct stmt *s)
{
	struct touch t;
	uint32_t     masks[80];
	size_t       n = stmt_masks(s, masks, 80);

	touch_init(m, &t);
	wall_check_names(m, s);
	for (size_t i = 0; i < n; i++)
		if (!prepare_mask(m, s, masks[i], i == 0, &t))
			return;
	wall_check(m, s, &t);
	order_check(m, s);
}
