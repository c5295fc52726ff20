#include "tools/mksql/mksql.h"

static const char *const kinds[] = { "one", "maybe", "many", "each", "exec", "count" };

static bool name_ok(str s)
{
	if (!s.n || !(s.p[0] >= 'a' && s.p[0] <= 'z'))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_'))
			return false;
	return true;
}

static bool id_known(const struct mksql *m, str type)
{
	for (size_t i = 0; i < m->ids.n; i++)
		if (str_eq(str_slice(type, 0, type.n - 3), m->ids.v[i]))
			return true;
	return false;
}

static bool param_letter(const struct mksql *m, str type, char *letter)
{
	static const struct { const char *type; char letter; } all[] = {
		{ "str", 't' }, { "int", 'i' }, { "time", 'i' }, { "bool", 'i' }, { "real", 'r' }, { "blob", 'b' },
	};

	*letter = 't';
	if (str_ends(type, S("_id")))
		return id_known(m, type);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (str_eq(type, str_of(all[i].type))) {
			*letter = all[i].letter;
			return true;
		}
	return false;
}

struct param *param_find(struct stmt *s, str name)
{
	for (size_t i = 0; i < s->params.n; i++)
		if (str_eq(s->params.v[i].name, name))
			return &s->params.v[i];
	return NULL;
}

static bool parse_params(struct mksql *m, struct stmt *s, str list)
{
	str one;

	while (str_trim(list).n && str_cut(&list, ',', &one)) {
		struct param p = { 0 };

		one = str_trim(one);
		if (!str_cut(&one, ' ', &p.name))
			return false;
		p.type = str_trim(one);
		if (!name_ok(p.name) || word_reserved(p.name)) {
			complain(m, s->file, s->line, s->name, "%.*s cannot be the name of a parameter", STR_ARG(p.name));
			return true;
		}
		if (!param_letter(m, p.type, &p.letter)) {
			complain(m, s->file, s->line, s->name, "%.*s: %.*s is not a type (str int time bool real blob X_id)",
			         STR_ARG(p.name), STR_ARG(p.type));
			return true;
		}
		if (param_find(s, p.name)) {
			complain(m, s->file, s->line, s->name, "two parameters are called %.*s", STR_ARG(p.name));
			return true;
		}
		(void)list_push(m->a, &s->params, p);
	}
	return true;
}

/* "report_get(id report_id) :one" */
static bool parse_head(struct mksql *m, struct stmt *s, str head)
{
	size_t open = str_find(head, S("("), 0), close = str_find(head, S(")"), 0);
	str    kind;

	s->name = head;
	if (open == SIZE_MAX || close == SIZE_MAX || close < open)
		return false;
	s->name = str_trim(str_slice(head, 0, open));
	kind    = str_trim(str_slice(head, close + 1, head.n));
	if (!name_ok(s->name) || !str_starts(kind, S(":")))
		return false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_eq(str_slice(kind, 1, kind.n), str_of(kinds[i]))) {
			s->kind = (enum stmt_kind)i;
			return parse_params(m, s, str_slice(head, open + 1, close));
		}
	return false;
}

static bool parse_types(struct mksql *m, struct stmt *s, str list)
{
	str  one;
	char letter;

	while (str_cut(&list, ',', &one)) {
		struct typed t = { 0 };

		one = str_trim(one);
		if (!str_cut(&one, ' ', &t.name))
			return false;
		t.type = str_trim(one);
		if (!param_letter(m, t.type, &letter))
			return false;
		(void)list_push(m->a, &s->types, t);
	}
	return true;
}

/* A "-- word: rest" line of a statement; false when it is not understood. */
static bool parse_directive(struct mksql *m, struct stmt *s, str text, int line)
{
	str word, rest = str_trim(str_slice(text, 2, text.n));

	if (!str_cut(&rest, ':', &word))
		return true;
	rest = str_trim(rest);
	if (str_eq(word, S("type")))
		return parse_types(m, s, rest);
	if (str_eq(word, S("max")))
		return str_to_int(rest, &s->max) && s->max > 0 && s->max <= 1000000;
	if (str_eq(word, S("ahead"))) {
		s->ahead = true;
		return true;
	}
	if (str_eq(word, S("values"))) {
		s->by_values = rest;
		return rest.n > 0;
	}
	if (str_eq(word, S("sort"))) {
		struct sort x = { .line = line };
		size_t      eq = str_find(rest, S("="), 0);

		if (eq == SIZE_MAX)
			return false;
		x.name  = str_trim(str_slice(rest, 0, eq));
		x.order = str_trim(str_slice(rest, eq + 1, rest.n));
		return name_ok(x.name) && list_push(m->a, &s->sorts, x);
	}
	return true;
}

/* Bits: one per parameter (by place) for optional lines, then one per sort. */
static void give_bits(struct mksql *m, struct stmt *s)
{
	size_t used = 0;

	for (size_t i = 0; i < s->body.n; i++)
		if (s->body.v[i].kind == T_COMMENT && str_starts(s->body.v[i].s, S("/*?")))
			used = s->params.n;
	if (used + s->sorts.n > 31)
		complain(m, s->file, s->line, s->name, "too many optional lines and sorts (31)");
	for (size_t i = 0; i < s->sorts.n && used + i < 32; i++)
		s->sorts.v[i].bit = (uint32_t)1 << (used + i);
}

static void check_used(struct mksql *m, const struct stmt *s)
{
	bool sort = false;

	for (size_t i = 0; i < s->body.n; i++)
		sort = sort || (s->body.v[i].kind == T_MACRO && str_eq(s->body.v[i].s, S("sort")));
	if (s->sorts.n && !sort)
		complain(m, s->file, s->line, s->name, "\"-- sort:\" without ORDER BY @sort");
	for (size_t k = 0; k < s->params.n; k++) {
		bool used = false;

		for (size_t i = 0; i < s->body.n; i++)
			used = used || (s->body.v[i].kind == T_PARAM && str_eq(s->body.v[i].s, s->params.v[k].name));
		if (!used)
			complain(m, s->file, s->line, s->name, "the parameter %.*s is not used", STR_ARG(s->params.v[k].name));
	}
}

/* "-- values:" names parameters of optional lines. */
static void take_values(struct mksql *m, struct stmt *s)
{
	str rest = s->by_values, word;

	while (str_cut(&rest, ' ', &word)) {
		uint32_t bit = 0;

		for (size_t i = 0; i < s->params.n; i++)
			bit |= str_eq(s->params.v[i].name, word) ? s->params.v[i].bit : 0;
		if (!bit)
			complain(m, s->file, s->line, s->name, "\"-- values: %.*s\" names no optional line", STR_ARG(word));
		s->values |= bit;
	}
}

static void finish(struct mksql *m, struct stmt *s)
{
	static const char *const banned[] = { "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "PRAGMA",
		                                  "ATTACH", "CREATE", "DROP", "ALTER", "VACUUM", "LOCK" };
	size_t first = tok_next(&s->body, 0);

	if (first >= s->body.n) {
		complain(m, s->file, s->line, s->name, "there is no statement");
		return;
	}
	for (size_t i = 0; i < sizeof(banned) / sizeof(banned[0]); i++)
		if (tok_is(&s->body.v[first], banned[i]))
			complain(m, s->file, s->body.v[first].line, s->name, "%s is not for a .sql file", banned[i]);
	for (size_t i = 0; i < m->stmts.n; i++)
		if (str_eq(m->stmts.v[i].name, s->name))
			complain(m, s->file, s->line, s->name, "the name is taken already in %.*s", STR_ARG(m->stmts.v[i].file));
	if (s->ahead && (s->kind == K_EXEC || s->kind == K_COUNT))
		complain(m, s->file, s->line, s->name, "\"-- ahead\" is for statements with rows");
	check_sees(m, s->file, s->name, &s->body);
	give_bits(m, s);
	check_used(m, s);
	stmt_render(m, s);
	take_values(m, s);
	(void)list_push(m->a, &m->stmts, *s);
}

/* One statement from its "-- name:" at i; returns the token after its ";". */
static size_t load_one(struct mksql *m, str path, const struct toks *t, size_t i)
{
	struct stmt s = { .file = path, .line = t->v[i].line, .max = 10000 };

	s.params.max = 24;
	s.types.max = s.sorts.max = s.pieces.max = s.cols.max = 200;
	s.body.max = 1 << 16;
	if (!parse_head(m, &s, str_trim(str_slice(t->v[i].s, 8, t->v[i].s.n))))
		complain(m, path, s.line, STR_NONE, "write: -- name: word(param type, …) :one|maybe|many|each|exec|count");
	for (i++; i < t->n && !tok_is(&t->v[i], ";"); i++) {
		const struct tok *k = &t->v[i];

		if (k->kind == T_COMMENT && str_starts(k->s, S("-- name:"))) {
			complain(m, path, k->line, s.name, "the statement before this does not end with ;");
			return i;
		}
		if (k->kind == T_COMMENT && str_starts(k->s, S("--"))) {
			if (!parse_directive(m, &s, k->s, k->line))
				complain(m, path, k->line, s.name, "not understood: %.*s", STR_ARG(k->s));
			continue;
		}
		(void)list_push(m->a, &s.body, *k);
	}
	if (i == t->n)
		complain(m, path, s.line, s.name, "the statement does not end with ;");
	finish(m, &s);
	return i + 1;
}

void source_load(struct mksql *m, str path)
{
	struct toks t;

	if (!lex(m, path, file_read(m, path), &t))
		return;
	for (size_t i = 0; i < t.n;) {
		if (t.v[i].kind == T_COMMENT && str_starts(t.v[i].s, S("-- name:"))) {
			i = load_one(m, path, &t, i);
			continue;
		}
		if (t.v[i].kind != T_COMMENT && t.v[i].kind != T_SPACE) {
			complain(m, path, t.v[i].line, STR_NONE, "a statement begins with: -- name: …");
			return;
		}
		i++;
	}
}
