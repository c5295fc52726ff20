#include "tools/mksql/mksql.h"

/* schema.md: the tables, guards and public views of all migrations, for people. */

/* The rows of a statement with one text put in, each cell by its number. */
static sqlite3_stmt *ask(struct mksql *m, const char *sql, str name)
{
	sqlite3_stmt *q = NULL;

	if (sqlite3_prepare_v2(m->db, sql, -1, &q, NULL) != SQLITE_OK)
		abort();
	if (name.p)
		sqlite3_bind_text(q, 1, name.p, (int)name.n, SQLITE_TRANSIENT);
	return q;
}

static str cell(struct mksql *m, sqlite3_stmt *q, int i)
{
	const char *t = (const char *)sqlite3_column_text(q, i);

	return t ? str_dup(m->a, str_of(t)) : STR_NONE;
}

/* The comment right above a line that begins with head, its marks taken off; *owner is the folder of the file. */
static str comment_of(struct mksql *m, str head, str *owner)
{
	struct buf b;
	str        found = S("");

	buf_init(&b, m->a, 1 << 20);
	for (size_t i = 0; i < m->migrations.n; i++) {
		str text = file_read(m, m->migrations.v[i].file), line;
		buf_init(&b, m->a, 1 << 16);
		while (str_cut(&text, '\n', &line)) {
			if (str_starts(line, head)) {
				found  = str_dup(m->a, buf_str(&b));
				*owner = m->migrations.v[i].owner;
			}
			if (!str_starts(line, S("-- ")) || str_starts(line, S("-- owner:")) || str_starts(line, S("-- guard ")) ||
			    str_starts(line, S("-- search "))) {
				/* What the file says at its top is of its first table. */
				if (line.n || i == m->migrations.n || str_starts(head, S("CREATE VIEW")))
					buf_init(&b, m->a, 1 << 16);
				continue;
			}
			if (b.n)
				buf_char(&b, '\n');
			buf_add(&b, str_slice(line, 3, line.n));
		}
	}
	return found;
}

static str reference_of(struct mksql *m, str table, str column)
{
	sqlite3_stmt *q = ask(m, "SELECT \"table\", \"from\" FROM pragma_foreign_key_list(?)", table);
	str           out = S("");

	while (sqlite3_step(q) == SQLITE_ROW)
		if (str_eq(cell(m, q, 1), column))
			out = cell(m, q, 0);
	sqlite3_finalize(q);
	return out;
}

/* "ID_case" as it is written: ID(case). */
static str type_word(struct mksql *m, str type)
{
	if (str_starts(type, S("ID_")))
		return STR_CAT(m->a, S("ID("), str_slice(type, 3, type.n), S(")"));
	return type;
}

static void columns_write(struct mksql *m, struct buf *b, str table)
{
	sqlite3_stmt *q = ask(m, "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_xinfo(?) ORDER BY cid", table);

	buf_add(b, S("\n| column | type | null? | refers to |\n|---|---|---|---|\n"));
	while (sqlite3_step(q) == SQLITE_ROW) {
		str name = cell(m, q, 0), to = reference_of(m, table, name);
		buf_fmt(b, "| %.*s | %.*s%s | %s | %.*s |\n", STR_ARG(name), STR_ARG(type_word(m, cell(m, q, 1))),
		        sqlite3_column_int(q, 4) ? ", key" : "", sqlite3_column_int(q, 2) || sqlite3_column_int(q, 4) ? "no" : "yes",
		        STR_ARG(to.n ? to : S("-")));
	}
	sqlite3_finalize(q);
}

static void guard_write(struct mksql *m, struct buf *b, str table)
{
	sqlite3_stmt *q = ask(m, "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = 'see_' || ?", table);
	str           sql, mark = S(" t WHERE (");
	size_t        at;

	if (sqlite3_step(q) == SQLITE_ROW) {
		sql = cell(m, q, 0);
		at  = str_find(sql, mark, 0);
		if (at != SIZE_MAX)
			buf_fmt(b, "\nGuarded, read as `see_%.*s`: `%.*s`\n", STR_ARG(table), STR_ARG(str_slice(sql, at + mark.n, sql.n - 1)));
	}
	sqlite3_finalize(q);
}

static void table_write(struct mksql *m, struct buf *b, const struct table *t)
{
	str owner = t->owner, why = comment_of(m, STR_CAT(m->a, S("CREATE TABLE "), t->name, S(" ")), &owner);

	buf_fmt(b, "\n### %.*s\n\nOwner: `%.*s`\n", STR_ARG(t->name), STR_ARG(t->owner));
	if (why.n)
		buf_fmt(b, "\n%.*s\n", STR_ARG(why));
	guard_write(m, b, t->name);
	if (t->search)
		buf_add(b, S("\nHas a search index.\n"));
	columns_write(m, b, t->name);
}

static void views_write(struct mksql *m, struct buf *b)
{
	sqlite3_stmt *q = ask(m, "SELECT v.name, (SELECT group_concat(name, ', ') FROM pragma_table_xinfo(v.name)) "
	                      "FROM sqlite_schema v WHERE v.type = 'view' AND v.name LIKE 'pub\\_%' ESCAPE '\\' ORDER BY v.name", STR_NONE);

	buf_add(b, S("\n## Public views\n\nWhat an owner lets others read of its tables.\n\n"
	             "| view | owner | columns | meaning |\n|---|---|---|---|\n"));
	while (sqlite3_step(q) == SQLITE_ROW) {
		str   name = cell(m, q, 0), owner = S(""), why = comment_of(m, STR_CAT(m->a, S("CREATE VIEW "), name, S(" ")), &owner);
		char *p    = cstr(m->a, why);
		for (char *k = p; *k; k++)
			*k = *k == '\n' ? ' ' : *k;
		buf_fmt(b, "| `%.*s` | `%.*s` | %.*s | %s |\n", STR_ARG(name), STR_ARG(owner), STR_ARG(cell(m, q, 1)), *p ? p : "-");
	}
	sqlite3_finalize(q);
}

void page_write(struct mksql *m, str path)
{
	struct buf b;

	buf_init(&b, m->a, 4 << 20);
	buf_add(&b, S("# The database\n\n"
		"Made by `make reference` from `schema/`; types are those of `platform/db/README.md`. Only files of the owner\n"
		"write a table; a guarded one is read through its view `see_…`, in which `viewer()` is the id of who asks and\n"
		"`viewer_sees('word')` whether their role gives them that sight.\n\n## Tables\n"));
	for (size_t i = 0; i < m->tables.n; i++)
		table_write(m, &b, &m->tables.v[i]);
	views_write(m, &b);
	file_save(m, path, buf_str(&b));
}
