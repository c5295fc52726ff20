#include "tools/mksql/mksql.h"

/* A statement for both engines, in the pieces that can be absent. */

struct render {
	struct mksql *m;
	struct stmt  *s;
	struct buf    lite, pg;
	uint32_t      need;
};

static void flush(struct render *r)
{
	struct piece p = { .need = r->need };

	if (!buf_str(&r->lite).n)
		return;
	p.sqlite   = str_dup(r->m->a, buf_str(&r->lite));
	p.postgres = str_dup(r->m->a, buf_str(&r->pg));
	if (!list_push(r->m->a, &r->s->pieces, p))
		complain(r->m, r->s->file, r->s->line, r->s->name, "too many pieces");
	r->lite.n = r->pg.n = 0;
}

static void put(struct render *r, str s)
{
	buf_add(&r->lite, s);
	buf_add(&r->pg, s);
}

static void put_param(struct render *r, const struct tok *t)
{
	struct param *p = param_find(r->s, t->s);

	if (!p) {
		complain(r->m, r->s->file, t->line, r->s->name, ":%.*s is not declared", STR_ARG(t->s));
		return;
	}
	buf_char(&r->lite, '?');
	buf_int(&r->lite, p - r->s->params.v + 1);
	buf_char(&r->pg, '$');
	buf_int(&r->pg, p - r->s->params.v + 1);
}

str table_bare(str name)
{
	return str_starts(name, S("see_")) || str_starts(name, S("pub_")) ? str_slice(name, 4, name.n) : name;
}

str table_of_alias(const struct toks *t, str alias)
{
	bool from = false;   /* at the place of a table: after FROM, JOIN or a comma */

	for (size_t i = tok_next(t, 0); i < t->n; i = tok_next(t, i + 1)) {
		if (from && t->v[i].kind == T_WORD) {
			size_t k = tok_next(t, i + 1);

			if (k < t->n && tok_is(&t->v[k], "AS"))
				k = tok_next(t, k + 1);
			if (k < t->n && t->v[k].kind == T_WORD && str_eq(t->v[k].s, alias))
				return table_bare(t->v[i].s);
		}
		from = tok_is(&t->v[i], "FROM") || tok_is(&t->v[i], "JOIN") || tok_is(&t->v[i], ",");
	}
	return table_bare(alias);
}

/*
 * viewer_sees() is 0 or 1 on both engines, so it is compared, like a BOOL.  Its word is of
 * letters, or '*': PostgreSQL looks for it with LIKE (DB_POSTGRES_PRELUDE).
 */
void check_sees(struct mksql *m, str file, str name, const struct toks *t)
{
	for (size_t i = 0; i < t->n; i++) {
		size_t k = i;

		if (!tok_is(&t->v[i], "viewer_sees"))
			continue;
		for (; k < t->n && !tok_is(&t->v[k], ")"); k++)
			if (k > i && strcspn(cstr(m->a, t->v[k].s), "%_\\") < t->v[k].s.n)
				complain(m, file, t->v[i].line, name, "a word of sight is of letters");
		k = tok_next(t, k + 1);
		if (k >= t->n || !tok_is(&t->v[k], "="))
			complain(m, file, t->v[i].line, name, "write: viewer_sees('word') = 1");
	}
}

/* The rows of the index that hold p: all, or of the newest (platform/db/README.md). */
static void put_found(struct render *r, str name, const struct tok *p, const struct tok *last, const struct tok *most)
{
	struct mksql *m = r->m;

	buf_add(&r->lite, STR_CAT(m->a, S("rowid FROM "), name, S("_fts WHERE "), name, S("_fts MATCH coalesce(")));
	/* Inside the newest rows there is nothing to look up: a function, not an operator that has an index; of a query read once. */
	buf_add(&r->pg, last ? S("seq FROM (SELECT seq, tokens FROM ") : STR_CAT(m->a, S("seq FROM "), name, S("_fts WHERE tokens @@ ")));
	if (last) {
		struct buf lite = r->lite;
		buf_add(&r->pg, STR_CAT(m->a, name, S("_fts ORDER BY seq DESC LIMIT ")));
		put_param(r, last);
		r->lite = lite;
		buf_add(&r->pg, S(") x WHERE ts_match_vq(x.tokens, (SELECT "));
	}
	put_param(r, p);
	buf_add(&r->lite, S(", '\"\"')"));   /* NULL finds nothing */
	buf_add(&r->pg, last ? S("::tsquery))") : S("::tsquery"));
	if (last) {
		struct buf pg;
		buf_add(&r->pg, S(" ORDER BY seq DESC LIMIT "));
		buf_add(&r->lite, S(" ORDER BY rowid DESC LIMIT min("));   /* hits, which its index gives from the newest on */
		pg = r->pg;
		put_param(r, last);
		r->pg = pg;
		buf_add(&r->lite, S(", "));
		put_param(r, most);
		buf_add(&r->lite, S(")"));
	}
}

/* The tokens of a macro's parentheses: n of them at most, from i; returns how many there are. */
static size_t inside(const struct toks *t, size_t i, size_t *at, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		at[k] = i = tok_next(t, i + 1);
		if (i >= t->n || tok_is(&t->v[i], ")"))
			return k + (i < t->n);
	}
	return n;
}

/* @match ( alias , :param [, :last , :most] ) at i; returns the token after it. */
static size_t put_match(struct render *r, size_t i)
{
	const struct toks *t = &r->s->body;
	size_t             at[9], n = inside(t, i, at, 9);
	bool               fits = n == 5 || n == 9;
	struct table      *table;

	for (size_t k = 0; fits && k < n; k++)
		fits = k == 0 ? tok_is(&t->v[at[k]], "(") : k == n - 1 ? tok_is(&t->v[at[k]], ")") : k % 2 == 0 ? tok_is(&t->v[at[k]], ",") :
		       t->v[at[k]].kind == (k == 1 ? T_WORD : T_PARAM);
	if (!fits) {
		complain(r->m, r->s->file, r->s->line, r->s->name, "write: @match(ALIAS, :PARAM) or @match(ALIAS, :PARAM, :LAST, :MOST)");
		return t->n;
	}
	if (n == 5)   /* of the newest rows all are read, whatever is sought */
		r->s->values |= r->need ? r->need : UINT32_MAX;
	table = table_find(r->m, table_of_alias(t, t->v[at[1]].s));
	if (!table || !table->search) {
		complain(r->m, r->s->file, t->v[at[1]].line, r->s->name, "%.*s has no \"-- search\"",
		         STR_ARG(table_of_alias(t, t->v[at[1]].s)));
		return t->n;
	}
	put(r, STR_CAT(r->m->a, t->v[at[1]].s, S(".seq IN (SELECT ")));
	put_found(r, table->name, &t->v[at[3]], n == 9 ? &t->v[at[5]] : NULL, n == 9 ? &t->v[at[7]] : NULL);
	put(r, S(")"));
	return at[n - 1] + 1;
}

/* @among ( alias.column , :param ) at i: what a JSON list of texts holds; returns the token after it. */
static size_t put_among(struct render *r, size_t i)
{
	const struct toks *t = &r->s->body;
	size_t             at[7], n = inside(t, i, at, 7);

	if (n != 7 || !tok_is(&t->v[at[0]], "(") || t->v[at[1]].kind != T_WORD || !tok_is(&t->v[at[2]], ".") || t->v[at[3]].kind != T_WORD ||
	    !tok_is(&t->v[at[4]], ",") || t->v[at[5]].kind != T_PARAM || !tok_is(&t->v[at[6]], ")")) {
		complain(r->m, r->s->file, r->s->line, r->s->name, "write: @among(ALIAS.COLUMN, :PARAM)");
		return t->n;
	}
	put(r, STR_CAT(r->m->a, t->v[at[1]].s, S("."), t->v[at[3]].s));
	buf_add(&r->lite, S(" IN (SELECT value FROM json_each("));
	buf_add(&r->pg, S(" IN (SELECT jsonb_array_elements_text("));
	put_param(r, &t->v[at[5]]);
	buf_add(&r->lite, S("))"));
	buf_add(&r->pg, S("::jsonb))"));
	return at[6] + 1;
}

/* @walk ( … ) at i; returns the token after it. */
static size_t put_walk(struct render *r, size_t i)
{
	const struct toks *t    = &r->s->body;
	size_t             open = tok_next(t, i + 1), at = open + 1;

	while (at < t->n && (t->v[at].kind == T_WORD || tok_is(&t->v[at], ".")))
		at++;
	if (open >= t->n || at >= t->n || !tok_is(&t->v[open], "(") || !tok_is(&t->v[at], ")") || at == open + 1) {
		complain(r->m, r->s->file, t->v[i].line, r->s->name, "write: @walk(ALIAS.COLUMN)");
		return t->n;
	}
	buf_char(&r->lite, '+');
	for (size_t k = open + 1; k < at; k++)
		put(r, t->v[k].s);
	return at + 1;
}

static void put_sort(struct render *r, const struct tok *t)
{
	uint32_t was = r->need;

	if (!r->s->sorts.n)
		complain(r->m, r->s->file, t->line, r->s->name, "@sort without a \"-- sort:\" line");
	flush(r);
	for (size_t i = 0; i < r->s->sorts.n; i++) {
		r->need = was | r->s->sorts.v[i].bit;
		put(r, r->s->sorts.v[i].order);
		flush(r);
	}
	r->need = was;
}

/* Begin of an optional line: / *?name* / */
static bool start_piece(struct render *r, const struct tok *t)
{
	str           name = str_slice(t->s, 3, t->s.n - 2);
	struct param *p    = param_find(r->s, name);

	if (!p || str_eq(p->type, S("bool"))) {
		complain(r->m, r->s->file, t->line, r->s->name, "/*?%.*s*/: %s", STR_ARG(name),
		         p ? "a bool is never absent" : "no such parameter");
		return false;
	}
	flush(r);
	p->bit  = r->need = (uint32_t)1 << (p - r->s->params.v);
	r->s->bits |= p->bit;
	return true;
}

static void put_space(struct render *r, const struct tok *t)
{
	size_t lines = 0;

	for (size_t i = 0; i < t->s.n; i++)
		lines += t->s.p[i] == '\n';
	if (lines && r->need) {
		put(r, S("\n"));
		flush(r);
		r->need = 0;
		lines--;
		if (!lines)
			return;
	}
	for (size_t i = 0; i < lines; i++)
		put(r, S("\n"));
	if (!lines)
		put(r, S(" "));
}

void stmt_render(struct mksql *m, struct stmt *s)
{
	struct render      r = { m, s, .need = 0 };
	const struct toks *t = &s->body;
	size_t             i = tok_next(t, 0);

	buf_init(&r.lite, m->a, 1 << 20);
	buf_init(&r.pg, m->a, 1 << 20);
	s->body_line = i < t->n ? t->v[i].line : s->line;
	while (i < t->n) {
		const struct tok *k = &t->v[i];

		if (k->kind == T_COMMENT && str_starts(k->s, S("/*?"))) {
			if (!start_piece(&r, k))
				return;
		} else if (k->kind == T_SPACE) {
			put_space(&r, k);
		} else if (k->kind == T_PARAM) {
			put_param(&r, k);
		} else if (k->kind == T_MACRO && str_eq(k->s, S("match"))) {
			i = put_match(&r, i);
			continue;
		} else if (k->kind == T_MACRO && str_eq(k->s, S("among"))) {
			i = put_among(&r, i);
			continue;
		} else if (k->kind == T_MACRO && str_eq(k->s, S("walk"))) {
			i = put_walk(&r, i);
			continue;
		} else if (k->kind == T_MACRO && str_eq(k->s, S("sort"))) {
			put_sort(&r, k);
		} else if (k->kind == T_MACRO) {
			complain(m, s->file, k->line, s->name, "@%.*s is not known", STR_ARG(k->s));
		} else if (k->kind != T_COMMENT) {
			put(&r, k->s);
		}
		i++;
	}
	flush(&r);
}

str stmt_text(struct mksql *m, const struct stmt *s, bool sqlite, uint32_t mask)
{
	struct buf b;

	buf_init(&b, m->a, 1 << 20);
	for (size_t i = 0; i < s->pieces.n; i++)
		if ((s->pieces.v[i].need & mask) == s->pieces.v[i].need)
			buf_add(&b, sqlite ? s->pieces.v[i].sqlite : s->pieces.v[i].postgres);
	return str_dup(m->a, buf_str(&b));
}
