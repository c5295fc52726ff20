#include "tools/mksql/mksql.h"

/* "-- guard TABLE: PREDICATE" and "-- search TABLE" in migrations. */

/*
 * On PostgreSQL viewer() and viewer_sees('word') = 1 become (SELECT …): a part
 * of the plan that is worked out once, where the bare call is made for each
 * row.  A truth value is taken for likely, "= 1" for rare: it is inside.
 */
static str guard_postgres(struct mksql *m, const struct toks *t)
{
	struct buf b;

	buf_init(&b, m->a, 1 << 16);
	for (size_t i = 0; i < t->n; i++) {
		bool        sees = tok_is(&t->v[i], "viewer_sees"), asks = sees || tok_is(&t->v[i], "viewer");
		const char *last = sees ? "1" : ")";

		if (asks)
			buf_add(&b, S("(SELECT "));
		for (; asks && i < t->n && !str_eq(t->v[i].s, str_of(last)); i++)
			buf_add(&b, t->v[i].s);
		if (i < t->n)
			buf_add(&b, t->v[i].s);
		if (asks)
			buf_char(&b, ')');
	}
	return buf_str(&b);
}

static void put_guard(struct mksql *m, const struct migration *g, int line, str table, str pred,
                      struct out *o)
{
	struct table *t = table_find(m, table);
	struct toks   toks;
	str           view, postgres = pred;

	if (!t) {
		complain(m, g->file, line, STR_NONE, "guard of %.*s, which is not a table here", STR_ARG(table));
		return;
	}
	t->guarded = true;
	t->stale   = false;
	if (lex(m, g->file, pred, &toks)) {
		for (size_t i = 0; i < toks.n; i++)
			toks.v[i].line = line;
		check_sees(m, g->file, STR_NONE, &toks);
		postgres = guard_postgres(m, &toks);
	}
	view = STR_CAT(m->a, S("VIEW see_"), table, S(" AS SELECT t.* FROM "), table,
	               S(" t WHERE ("), pred, S(");\n"));
	put3(o, STR_CAT(m->a, S("DROP VIEW IF EXISTS see_"), table, S(";\nCREATE "), view).p,
	     STR_CAT(m->a, S("DROP VIEW IF EXISTS see_"), table, S(";\nCREATE "), view).p,
	     STR_CAT(m->a, S("CREATE OR REPLACE VIEW see_"), table, S(" AS SELECT t.* FROM "), table, S(" t WHERE ("), postgres,
	             S(");\n")).p);
}

static void put_search(struct mksql *m, const struct migration *g, int line, str name, struct out *o)
{
	struct table *t = table_find(m, name);
	const char   *lite;

	if (!t) {
		complain(m, g->file, line, STR_NONE, "search in %.*s, which is not a table here", STR_ARG(name));
		return;
	}
	t->search = true;
	lite = STR_CAT(m->a, S("CREATE VIRTUAL TABLE "), name,
	               S("_fts USING fts5(tokens, tokenize = \"ascii tokenchars '_'\");\n"
	                 "CREATE TRIGGER "), name, S("_fts_gone AFTER DELETE ON "), name,
	               S(" BEGIN SELECT db_unindex('"), name, S("', old.seq); END;\n")).p;
	put3(o, lite, lite,
	     STR_CAT(m->a, S("CREATE TABLE "), name, S("_fts (seq bigint PRIMARY KEY REFERENCES "), name,
	             S("(seq) ON DELETE CASCADE, tokens tsvector NOT NULL);\n"
	               "CREATE INDEX "), name, S("_fts_tokens ON "), name, S("_fts USING gin (tokens);\n")).p);
}

/* "-- word rest" of a comment, continued by comments that begin with "--  ". */
static bool directive(struct mksql *m, const struct toks *t, size_t *i, const char *word, str *rest)
{
	str    s = t->v[*i].s, mark = STR_CAT(m->a, S("-- "), str_of(word), S(" "));
	size_t k = *i;

	if (t->v[k].kind != T_COMMENT || !str_starts(s, mark))
		return false;
	*rest = str_trim(str_slice(s, mark.n, s.n));
	while (k + 2 < t->n && t->v[k + 1].kind == T_SPACE && t->v[k + 2].kind == T_COMMENT &&
	       str_starts(t->v[k + 2].s, S("--  "))) {
		s     = t->v[k += 2].s;
		*rest = STR_CAT(m->a, *rest, S(" "), str_trim(str_slice(s, 4, s.n)));
	}
	*i = k;
	return true;
}

void put_directives(struct mksql *m, struct migration *g, const struct toks *t, struct out *o)
{
	str rest, table;

	for (size_t i = 0; i < t->n; i++) {
		int line = t->v[i].line;

		if (directive(m, t, &i, "guard", &rest)) {
			if (str_cut(&rest, ':', &table) && rest.n)
				put_guard(m, g, line, str_trim(table), str_trim(rest), o);
			else
				complain(m, g->file, line, STR_NONE, "write: -- guard TABLE: PREDICATE");
		} else if (directive(m, t, &i, "search", &rest)) {
			put_search(m, g, line, rest, o);
		}
		end_chunk(m, g, o, line);
	}
}
