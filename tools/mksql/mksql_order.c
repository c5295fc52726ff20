#include "tools/mksql/mksql.h"

/*
 * ORDER BY must give one answer on every engine: NULLS said wherever there
 * may be some, and a unique key at the end.  Terms that are not plain columns
 * are left to the author.
 */

/* The first table of the statement's FROM, for columns without an alias. */
static str first_table(const struct toks *t)
{
	int depth = 0;

	for (size_t i = 0; i < t->n; i++) {
		depth += tok_is(&t->v[i], "(") - tok_is(&t->v[i], ")");
		if (!depth && tok_is(&t->v[i], "FROM") && (i = tok_next(t, i + 1)) < t->n)
			return table_bare(t->v[i].s);
	}
	return STR_NONE;
}

static bool asks(struct mksql *m, const char *sql, str table, str col)
{
	sqlite3_stmt *q   = NULL;
	bool          yes = false;

	if (sqlite3_prepare_v2(m->db, sql, -1, &q, NULL) == SQLITE_OK) {
		sqlite3_bind_text(q, 1, table.p, (int)table.n, SQLITE_STATIC);
		sqlite3_bind_text(q, 2, col.p, (int)col.n, SQLITE_STATIC);
		yes = sqlite3_step(q) == SQLITE_ROW;
	}
	sqlite3_finalize(q);
	return yes;
}

/* Grouped rows have the group for a key. */
static bool groups(const struct toks *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (tok_is(&t->v[i], "GROUP") || tok_is(&t->v[i], "DISTINCT") || tok_is(&t->v[i], "UNION"))
			return true;
	return false;
}

static bool says_nulls(const struct toks *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (tok_is(&t->v[i], "NULLS"))
			return true;
	return false;
}

/* A term [from, to) of an ORDER BY in t; body: the statement, for its aliases. */
static void check_term(struct mksql *m, const struct stmt *s, const struct toks *t, size_t from, size_t to,
                       bool last)
{
	size_t col = tok_next(t, from), dot = tok_next(t, col + 1), end;
	str    table, name;
	bool   nulls;

	if (col >= to || t->v[col].kind != T_WORD)
		return;
	if (dot < to && tok_is(&t->v[dot], ".")) {
		table = table_of_alias(&s->body, t->v[col].s);
		col   = tok_next(t, dot + 1);
	} else {
		table = first_table(&s->body);
	}
	if (col >= to || !table_find(m, table))
		return;
	name = t->v[col].s;
	end  = tok_next(t, col + 1);
	if (end < to && !tok_is(&t->v[end], "ASC") && !tok_is(&t->v[end], "DESC") && !tok_is(&t->v[end], "NULLS"))
		return;
	nulls = says_nulls(t, col, to);
	if (!nulls && asks(m, "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2 AND NOT \"notnull\" AND NOT pk",
	                   table, name))
		complain(m, s->file, t->v[col].line, s->name, "ORDER BY %.*s: say NULLS FIRST or NULLS LAST", STR_ARG(name));
	if (last && !groups(&s->body) && asks(m, "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2", table, name) &&
	    !asks(m, "SELECT 1 FROM pragma_index_list(?1) l, pragma_index_info(l.name) i"
	             " WHERE l.\"unique\" AND i.name = ?2", table, name))
		complain(m, s->file, t->v[col].line, s->name, "ORDER BY must end in a unique key, and %.*s is none",
		         STR_ARG(name));
}

static void check_terms(struct mksql *m, const struct stmt *s, const struct toks *t, size_t i, size_t end)
{
	size_t from  = i;
	int    depth = 0;

	for (; i < end; i++) {
		depth += tok_is(&t->v[i], "(") - tok_is(&t->v[i], ")");
		if (depth < 0 || (!depth && (tok_is(&t->v[i], "LIMIT") || tok_is(&t->v[i], "OFFSET"))))
			break;
		if (!depth && tok_is(&t->v[i], ",")) {
			check_term(m, s, t, from, i, false);
			from = i + 1;
		}
	}
	check_term(m, s, t, from, i, true);
}

void order_check(struct mksql *m, const struct stmt *s)
{
	const struct toks *t = &s->body;
	size_t             by = 0;
	int                depth = 0;

	if (s->kind != K_MANY && s->kind != K_EACH)
		return;
	for (size_t i = 0; i < t->n; i++) {
		depth += tok_is(&t->v[i], "(") - tok_is(&t->v[i], ")");
		if (!depth && tok_is(&t->v[i], "ORDER"))
			by = tok_next(t, i + 1) + 1;
	}
	if (!by && !s->writes)
		complain(m, s->file, s->line, s->name, "several rows need an ORDER BY");
	if (by)
		check_terms(m, s, t, by, t->n);
	for (size_t i = 0; i < s->sorts.n; i++) {
		struct toks order;

		if (!lex(m, s->file, s->sorts.v[i].order, &order))
			return;
		for (size_t k = 0; k < order.n; k++)
			order.v[k].line = s->sorts.v[i].line;
		check_terms(m, s, &order, 0, order.n);
	}
}
