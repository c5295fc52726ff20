#include "tools/mksql/mksql.h"

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* End of what begins at i with a quote; doubled quotes belong to it. */
static size_t quoted_end(str t, size_t i)
{
	char q = t.p[i++];

	for (; i < t.n; i++) {
		if (t.p[i] != q)
			continue;
		if (i + 1 < t.n && t.p[i + 1] == q)
			i++;
		else
			return i + 1;
	}
	return SIZE_MAX;
}

static size_t word_end(str t, size_t i)
{
	while (i < t.n && is_word(t.p[i]))
		i++;
	return i;
}

static size_t comment_end(str t, size_t i)
{
	size_t end;

	if (t.p[i] == '-') {
		end = str_find(t, S("\n"), i);
		return end == SIZE_MAX ? t.n : end;
	}
	end = str_find(t, S("*/"), i);
	return end == SIZE_MAX ? SIZE_MAX : end + 2;
}

static enum tok_kind kind_at(str t, size_t i)
{
	char c = t.p[i], d = i + 1 < t.n ? t.p[i + 1] : '\0';

	if (is_space(c))
		return T_SPACE;
	if ((c == '-' && d == '-') || (c == '/' && d == '*'))
		return T_COMMENT;
	if (c == '\'')
		return T_STRING;
	if (c == '"')
		return T_QUOTED;
	if (c >= '0' && c <= '9')
		return T_NUMBER;
	if (is_word(c))
		return T_WORD;
	if ((c == ':' || c == '@') && is_word(d) && !(d >= '0' && d <= '9'))
		return c == ':' ? T_PARAM : T_MACRO;
	return T_PUNCT;
}

static size_t token_end(str t, size_t i, enum tok_kind kind)
{
	switch (kind) {
	case T_SPACE:
		while (i < t.n && is_space(t.p[i]))
			i++;
		return i;
	case T_COMMENT: return comment_end(t, i);
	case T_QUOTED:
	case T_STRING: return quoted_end(t, i);
	case T_WORD: return word_end(t, i);
	case T_NUMBER:
		for (i = word_end(t, i); i < t.n && t.p[i] == '.'; i = word_end(t, i + 1))
			;
		return i;
	case T_PARAM:
	case T_MACRO: return word_end(t, i + 1);
	case T_PUNCT: return i + 1;
	}
	return i + 1;
}

bool lex(struct mksql *m, str file, str text, struct toks *out)
{
	int line = 1;

	*out = (struct toks){ .max = 1 << 20 };
	for (size_t i = 0, end; i < text.n; i = end) {
		enum tok_kind kind = kind_at(text, i);
		struct tok    t    = { kind, STR_NONE, line };

		end = token_end(text, i, kind);
		if (end == SIZE_MAX) {
			complain(m, file, line, STR_NONE, "this text or comment does not end");
			return false;
		}
		t.s = str_slice(text, kind == T_PARAM || kind == T_MACRO ? i + 1 : i, end);
		for (size_t k = i; k < end; k++)
			line += text.p[k] == '\n';
		if (!list_push(m->a, out, t))
			return false;
	}
	return true;
}

size_t tok_next(const struct toks *t, size_t i)
{
	while (i < t->n && (t->v[i].kind == T_SPACE || t->v[i].kind == T_COMMENT))
		i++;
	return i;
}

bool tok_is(const struct tok *t, const char *word)
{
	return (t->kind == T_WORD || t->kind == T_PUNCT) && str_eq_nocase(t->s, str_of(word));
}
