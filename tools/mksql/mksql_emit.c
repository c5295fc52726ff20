#include "tools/mksql/mksql.h"

static void put_c_text(struct buf *b, str s, const char *indent)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '\n') {
			buf_add(b, S("\\n"));
			if (i + 1 < s.n)
				buf_fmt(b, "\"\n%s\"", indent);
		} else if (c == '"' || c == '\\') {
			buf_char(b, '\\');
			buf_char(b, (char)c);
		} else if (c < 0x20 || c >= 0x7f || c == '?') {
			buf_fmt(b, "\\%03o", c);
		} else {
			buf_char(b, (char)c);
		}
	}
	buf_char(b, '"');
}

static const char *param_ctype(struct mksql *m, const struct param *p)
{
	static const struct { const char *type, *c; } all[] = {
		{ "int", "int64_t" }, { "time", "time_us" }, { "real", "double" }, { "blob", "str" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (str_eq(p->type, str_of(all[i].type)))
			return all[i].c;
	return cstr(m->a, p->type);
}

static bool has_rows(const struct stmt *s)
{
	return s->kind != K_EXEC && s->kind != K_COUNT;
}

static void put_params(struct mksql *m, struct buf *b, const struct stmt *s)
{
	for (size_t i = 0; i < s->params.n; i++)
		buf_fmt(b, ", %s %.*s", param_ctype(m, &s->params.v[i]), STR_ARG(s->params.v[i].name));
	if (s->sorts.n)
		buf_fmt(b, ", enum %.*s_sort sort", STR_ARG(s->name));
}

static void put_signature_ahead(struct mksql *m, struct buf *b, const struct stmt *s)
{
	buf_fmt(b, "bool sql_%.*s_ahead(struct ctx *c", STR_ARG(s->name));
	put_params(m, b, s);
	buf_char(b, ')');
}

static void put_signature(struct mksql *m, struct buf *b, const struct stmt *s)
{
	buf_fmt(b, "bool sql_%.*s(struct ctx *c", STR_ARG(s->name));
	put_params(m, b, s);
	switch (s->kind) {
	case K_ONE: buf_fmt(b, ", struct %.*s_row *out", STR_ARG(s->name)); break;
	case K_MAYBE: buf_fmt(b, ", struct %.*s_row *out, bool *found", STR_ARG(s->name)); break;
	case K_MANY: buf_fmt(b, ", struct %.*s_rows *out", STR_ARG(s->name)); break;
	case K_EACH:
		buf_fmt(b, ",\n\tbool (*row)(struct ctx *c, void *arg, const struct %.*s_row *row), void *arg",
		        STR_ARG(s->name));
		break;
	case K_COUNT: buf_add(b, S(", int64_t *changed")); break;
	case K_EXEC: break;
	}
	buf_char(b, ')');
}

static void put_row_struct(struct buf *b, const struct stmt *s)
{
	buf_fmt(b, "struct %.*s_row {\n", STR_ARG(s->name));
	for (size_t i = 0; i < s->cols.n; i++)
		buf_fmt(b, "\t%.*s %.*s;\n", STR_ARG(s->cols.v[i].ctype), STR_ARG(s->cols.v[i].name));
	buf_add(b, S("};\n"));
	if (s->kind == K_MANY)
		buf_fmt(b, "struct %.*s_rows { struct %.*s_row *v; size_t n; };\n", STR_ARG(s->name), STR_ARG(s->name));
	buf_fmt(b, "extern const struct db_col %.*s_cols[%zu];\nextern const size_t %.*s_cols_n;\n",
	        STR_ARG(s->name), s->cols.n, STR_ARG(s->name));
}

static void put_sort_enum(struct buf *b, const struct stmt *s)
{
	buf_fmt(b, "enum %.*s_sort {", STR_ARG(s->name));
	for (size_t i = 0; i < s->sorts.n; i++)
		buf_fmt(b, " %.*s_by_%.*s,", STR_ARG(s->name), STR_ARG(s->sorts.v[i].name));
	buf_fmt(b, " };\nextern const char *const %.*s_sorts[%zu];\nextern const size_t %.*s_sorts_n;\n",
	        STR_ARG(s->name), s->sorts.n, STR_ARG(s->name));
}

static void put_header(struct mksql *m, struct buf *b, const struct stmt *s)
{
	buf_fmt(b, "\n/* %.*s:%d */\n", STR_ARG(s->file), s->line);
	if (has_rows(s))
		put_row_struct(b, s);
	if (s->sorts.n)
		put_sort_enum(b, s);
	put_signature(m, b, s);
	buf_add(b, S(" MUST_CHECK;\n"));
	if (!s->ahead)
		return;
	put_signature_ahead(m, b, s);
	buf_add(b, S(" MUST_CHECK;\n"));
}

static void put_tables(struct buf *b, const struct stmt *s)
{
	static const char *const types[] = { "DB_TEXT", "DB_INT", "DB_TIME", "DB_BOOL", "DB_REAL", "DB_BLOB" };

	if (has_rows(s)) {
		buf_fmt(b, "\nconst struct db_col %.*s_cols[%zu] = {\n", STR_ARG(s->name), s->cols.n);
		for (size_t i = 0; i < s->cols.n; i++)
			buf_fmt(b, "\t{ \"%.*s\", %s, offsetof(struct %.*s_row, %.*s) },\n", STR_ARG(s->cols.v[i].name),
			        types[s->cols.v[i].type], STR_ARG(s->name), STR_ARG(s->cols.v[i].name));
		buf_fmt(b, "};\nconst size_t %.*s_cols_n = %zu;\n", STR_ARG(s->name), s->cols.n);
	}
	if (s->sorts.n) {
		buf_fmt(b, "\nconst char *const %.*s_sorts[%zu] = {", STR_ARG(s->name), s->sorts.n);
		for (size_t i = 0; i < s->sorts.n; i++)
			buf_fmt(b, " \"%.*s\",", STR_ARG(s->sorts.v[i].name));
		buf_fmt(b, " };\nconst size_t %.*s_sorts_n = %zu;\n", STR_ARG(s->name), s->sorts.n);
	}
}

static bool in_pieces(const struct stmt *s)
{
	return s->bits || s->sorts.n;
}

static void put_query(struct mksql *m, struct buf *b, const struct stmt *s)
{
	buf_fmt(b, "\nstatic const struct db_query query_%.*s = {\n\t.name = \"%.*s\", .types = \"", STR_ARG(s->name),
	        STR_ARG(s->name));
	for (size_t i = 0; i < s->params.n; i++)
		buf_char(b, s->params.v[i].letter);
	buf_fmt(b, "\", .writes = %s, .guarded = %s, .values = %#x,\n", s->writes ? "true" : "false",
	        s->guarded ? "true" : "false", s->values);
	if (!in_pieces(s)) {
		buf_add(b, S("\t.sqlite =\n\t\t"));
		put_c_text(b, stmt_text(m, s, true, 0), "\t\t");
		buf_add(b, S(",\n\t.postgres =\n\t\t"));
		put_c_text(b, stmt_text(m, s, false, 0), "\t\t");
		buf_add(b, S(",\n"));
	}
	buf_add(b, S("};\n"));
	if (!in_pieces(s))
		return;
	buf_fmt(b, "static const struct db_piece pieces_%.*s[] = {\n", STR_ARG(s->name));
	for (size_t i = 0; i < s->pieces.n; i++) {
		buf_add(b, S("\t{ "));
		put_c_text(b, s->pieces.v[i].sqlite, "\t  ");
		buf_add(b, S(",\n\t  "));
		put_c_text(b, s->pieces.v[i].postgres, "\t  ");
		buf_fmt(b, ", %uu },\n", s->pieces.v[i].need);
	}
	buf_add(b, S("};\n"));
}

static void put_start(struct buf *b, const struct stmt *s)
{
	if (!in_pieces(s)) {
		buf_fmt(b, "\tTRY(db_start(c, &query_%.*s, &r));\n", STR_ARG(s->name));
		return;
	}
	for (size_t i = 0; i < s->params.n; i++) {
		const struct param *p = &s->params.v[i];

		if (!p->bit)
			continue;
		if (p->letter == 'i')
			buf_fmt(b, "\tif (%.*s != INT_NONE)\n", STR_ARG(p->name));
		else if (p->letter == 'r')
			buf_fmt(b, "\tif (%.*s == %.*s)\n", STR_ARG(p->name), STR_ARG(p->name));
		else
			buf_fmt(b, "\tif (!str_is_none(%.*s%s))\n", STR_ARG(p->name), str_ends(p->type, S("_id")) ? ".v" : "");
		buf_fmt(b, "\t\tmask |= %uu;\n", p->bit);
	}
	if (s->sorts.n)
		buf_fmt(b, "\tmask |= %uu << ((unsigned)sort < %zu ? (unsigned)sort : 0);\n", s->sorts.v[0].bit, s->sorts.n);
	buf_fmt(b, "\tTRY(db_start_pieces(c, &query_%.*s, pieces_%.*s, %zu, mask, &r));\n", STR_ARG(s->name),
	        STR_ARG(s->name), s->pieces.n);
}

static void put_binds(struct buf *b, const struct stmt *s)
{
	for (size_t i = 0; i < s->params.n; i++) {
		const struct param *p = &s->params.v[i];
		const char *what = p->letter == 't' ? "text" : p->letter == 'b' ? "blob" : p->letter == 'r' ? "real" : "int";

		if (str_eq(p->type, S("bool")))
			what = "bool";
		buf_fmt(b, "\tdb_put_%s(r, %zu, %.*s%s);\n", what, i, STR_ARG(p->name),
		        str_ends(p->type, S("_id")) ? ".v" : "");
	}
}

static void put_finish(struct buf *b, const struct stmt *s)
{
	str n = s->name;

	switch (s->kind) {
	case K_ONE:
	case K_MAYBE:
		buf_fmt(b, "\treturn db_one(c, r, %.*s_cols, %zu, out, %s);\n", STR_ARG(n), s->cols.n,
		        s->kind == K_ONE ? "NULL" : "found");
		break;
	case K_MANY:
		buf_fmt(b, "\tif (!db_many(c, r, %.*s_cols, %zu, sizeof(*out->v), %lld, &rows, &out->n))\n"
		           "\t\treturn false;\n\tout->v = rows;\n\treturn true;\n",
		        STR_ARG(n), s->cols.n, (long long)s->max);
		break;
	case K_EACH:
		buf_fmt(b, "\treturn db_each(c, r, %.*s_cols, %zu, sizeof(struct %.*s_row), each_%.*s,\n"
		           "\t               &(struct each_%.*s){ row, arg });\n",
		        STR_ARG(n), s->cols.n, STR_ARG(n), STR_ARG(n), STR_ARG(n));
		break;
	case K_EXEC: buf_add(b, S("\treturn db_exec(c, r, NULL);\n")); break;
	case K_COUNT: buf_add(b, S("\treturn db_exec(c, r, changed);\n")); break;
	}
}

static void put_each(struct buf *b, const struct stmt *s)
{
	str n = s->name;

	buf_fmt(b, "struct each_%.*s {\n\tbool (*row)(struct ctx *c, void *arg, const struct %.*s_row *row);\n"
	           "\tvoid *arg;\n};\n\n"
	           "static bool each_%.*s(struct ctx *c, void *arg, const void *row)\n{\n"
	           "\tconst struct each_%.*s *e = arg;\n\n\treturn e->row(c, e->arg, row);\n}\n\n",
	        STR_ARG(n), STR_ARG(n), STR_ARG(n), STR_ARG(n));
}

/* The same question, whose answer is fetched with others when the first of them is needed. */
static void put_ahead(struct mksql *m, struct buf *b, const struct stmt *s)
{
	buf_char(b, '\n');
	put_signature_ahead(m, b, s);
	buf_add(b, S("\n{\n\tstruct db_run *r;\n"));
	if (in_pieces(s))
		buf_add(b, S("\tuint32_t mask = 0;\n"));
	buf_add(b, S("\n\tif (!db_looks_ahead(c))\n\t\treturn true;\n"));
	put_start(b, s);
	put_binds(b, s);
	buf_add(b, S("\treturn db_ahead(c, r);\n}\n"));
}

static void put_body(struct mksql *m, struct buf *b, const struct stmt *s)
{
	put_tables(b, s);
	put_query(m, b, s);
	buf_char(b, '\n');
	if (s->kind == K_EACH)
		put_each(b, s);
	put_signature(m, b, s);
	buf_add(b, S("\n{\n\tstruct db_run *r;\n"));
	if (s->kind == K_MANY)
		buf_add(b, S("\tvoid *rows;\n"));
	if (in_pieces(s))
		buf_add(b, S("\tuint32_t mask = 0;\n"));
	buf_char(b, '\n');
	put_start(b, s);
	put_binds(b, s);
	put_finish(b, s);
	buf_add(b, S("}\n"));
	if (s->ahead)
		put_ahead(m, b, s);
}

static str text_name(struct mksql *m, str s, bool upper)
{
	char *p = cstr(m->a, s);

	for (size_t i = 0; i < s.n; i++) {
		if (upper && p[i] >= 'a' && p[i] <= 'z')
			p[i] = (char)(p[i] - 32);
		else if (!((p[i] >= '0' && p[i] <= '9') || (p[i] >= 'a' && p[i] <= 'z')))
			p[i] = '_';
	}
	return (str){ p, s.n };
}

void emit_file(struct mksql *m, str dir, str path)
{
	str        stem = file_stem(path), guard = text_name(m, stem, true);
	struct buf h, b;

	buf_init(&h, m->a, 16 << 20);
	buf_init(&b, m->a, 16 << 20);
	buf_fmt(&h, "/* made by tools/mksql from %.*s */\n#ifndef GEN_%.*s_SQL_H\n#define GEN_%.*s_SQL_H\n\n"
	            "#include \"gen/%.*sids.h\"\n#include \"platform/db/db.h\"\n",
	        STR_ARG(path), STR_ARG(guard), STR_ARG(guard), STR_ARG(m->prefix));
	buf_fmt(&b, "/* made by tools/mksql from %.*s */\n#include \"gen/%.*s.sql.h\"\n", STR_ARG(path), STR_ARG(stem));
	for (size_t i = 0; i < m->stmts.n; i++)
		if (str_eq(m->stmts.v[i].file, path)) {
			put_header(m, &h, &m->stmts.v[i]);
			put_body(m, &b, &m->stmts.v[i]);
		}
	buf_add(&h, S("\n#endif\n"));
	file_save(m, STR_CAT(m->a, dir, S("/"), stem, S(".sql.h")), buf_str(&h));
	file_save(m, STR_CAT(m->a, dir, S("/"), stem, S(".sql.c")), buf_str(&b));
}

static void emit_schema(struct mksql *m, str dir)
{
	struct buf h, b;
	str        guard = text_name(m, m->prefix, true), name = m->schema_name;

	buf_init(&h, m->a, 1 << 20);
	buf_init(&b, m->a, 64 << 20);
	buf_fmt(&h, "/* made by tools/mksql: the migrations */\n#ifndef GEN_%.*sSCHEMA_H\n#define GEN_%.*sSCHEMA_H\n\n"
	            "#include \"platform/db/db.h\"\n\nextern const struct db_migration %.*s[];\n"
	            "extern const size_t %.*s_n;\n\n#endif\n",
	        STR_ARG(guard), STR_ARG(guard), STR_ARG(name), STR_ARG(name));
	file_save(m, STR_CAT(m->a, dir, S("/"), m->prefix, S("schema.h")), buf_str(&h));
	buf_fmt(&b, "/* made by tools/mksql: the migrations */\n#include \"gen/%.*sschema.h\"\n\n"
	            "const struct db_migration %.*s[] = {\n",
	        STR_ARG(m->prefix), STR_ARG(name));
	for (size_t i = 0; i < m->migrations.n; i++) {
		const struct migration *g = &m->migrations.v[i];

		buf_fmt(&b, "\t{ \"%.*s\", \"%.*s\",\n\t  ", STR_ARG(g->name), STR_ARG(g->sha256));
		put_c_text(&b, g->sqlite, "\t  ");
		buf_add(&b, S(",\n\t  "));
		put_c_text(&b, g->postgres, "\t  ");
		buf_add(&b, S(" },\n"));
	}
	buf_fmt(&b, "\t{ 0 },\n};\nconst size_t %.*s_n = %zu;\n", STR_ARG(m->schema_name), m->migrations.n);
	file_save(m, STR_CAT(m->a, dir, S("/"), m->prefix, S("schema.c")), buf_str(&b));
}

void emit_whole(struct mksql *m, str dir)
{
	struct buf h;

	buf_init(&h, m->a, 1 << 20);
	buf_fmt(&h, "/* made by tools/mksql: a type for every ID(x) of the schema */\n#ifndef GEN_%.*sIDS_H\n"
	            "#define GEN_%.*sIDS_H\n\n#include \"base/str.h\"\n\n",
	        STR_ARG(text_name(m, m->prefix, true)), STR_ARG(text_name(m, m->prefix, true)));
	for (size_t i = 0; i < m->ids.n; i++)
		buf_fmt(&h, "typedef struct %.*s_id { str v; } %.*s_id;\n", STR_ARG(m->ids.v[i]), STR_ARG(m->ids.v[i]));
	buf_add(&h, S("\n#endif\n"));
	file_save(m, STR_CAT(m->a, dir, S("/"), m->prefix, S("ids.h")), buf_str(&h));
	emit_schema(m, dir);
}
