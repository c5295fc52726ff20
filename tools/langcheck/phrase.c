#include "tools/langcheck/phrase.h"

#include <string.h>

#include "base/buf.h"
#include "tools/mkhtml/template.h"

enum { TEXT_MAX = 16 << 10 };

struct scan {
	str    s;
	size_t at;
	long   line;
};

static char peek(const struct scan *k, size_t ahead)
{
	return k->at + ahead < k->s.n ? k->s.p[k->at + ahead] : '\0';
}

static void step(struct scan *k)
{
	k->line += k->s.p[k->at] == '\n';
	k->at++;
}

static void skip_until(struct scan *k, str end)
{
	size_t stop = str_find(k->s, end, k->at + 2);

	stop = stop == SIZE_MAX ? k->s.n : stop + end.n;
	while (k->at < stop)
		step(k);
}

/* White space and comments. */
static void skip_gap(struct scan *k)
{
	while (k->at < k->s.n) {
		char c = peek(k, 0);
		if (c == '/' && peek(k, 1) == '*')
			skip_until(k, S("*/"));
		else if (c == '/' && peek(k, 1) == '/')
			skip_until(k, S("\n"));
		else if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
			step(k);
		else
			return;
	}
}

/* A string or character literal; its value is appended to b unless that is NULL. */
static void literal(struct scan *k, struct buf *b)
{
	char quote = peek(k, 0), c;

	for (step(k); k->at < k->s.n && peek(k, 0) != quote && peek(k, 0) != '\n'; step(k)) {
		c = peek(k, 0);
		if (c == '\\') {
			step(k);
			c = peek(k, 0) == 'n' ? '\n' : peek(k, 0) == 't' ? '\t' : peek(k, 0);
		}
		if (b)
			buf_char(b, c);
	}
	if (k->at < k->s.n)
		step(k);
}

static bool literals(struct ctx *c, struct scan *k, const char *file, use_list *out)
{
	struct buf b;
	long       line = k->line;

	buf_init(&b, c->arena, TEXT_MAX);
	skip_gap(k);
	if (peek(k, 0) != '"') {
		(void)!fault(c, E_SYNTAX, NULL, "N_ holds something else than a string literal");
		return fault_at(c, E_SYNTAX, line, 0);
	}
	while (peek(k, 0) == '"') {
		literal(k, &b);
		skip_gap(k);
	}
	return list_push(c->arena, out, (struct use){ buf_str(&b), file, line });
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Texts of every call of `name` in C source. */
static bool calls(struct ctx *c, const char *file, str src, str name, use_list *out)
{
	struct scan k = { src, 0, 1 };
	bool        define = false;

	while (k.at < src.n) {
		skip_gap(&k);
		if (k.at >= src.n)
			break;
		if (peek(&k, 0) == '"' || peek(&k, 0) == '\'') {
			literal(&k, NULL);
		} else if (is_word(peek(&k, 0))) {
			size_t from = k.at;
			str    word;
			while (is_word(peek(&k, 0)))
				step(&k);
			word = str_slice(src, from, k.at);
			if (!define && str_eq(word, name) && peek(&k, 0) == '(') {
				step(&k);
				TRY(literals(c, &k, file, out));
			}
			define = str_eq(word, S("define"));
		} else {
			step(&k);
		}
	}
	return true;
}

bool phrase_in_c(struct ctx *c, const char *file, str src, use_list *out)
{
	return calls(c, file, src, S("N_"), out);
}

bool phrase_in_faults(struct ctx *c, const char *file, str src, use_list *out)
{
	struct scan k = { src, 0, 1 };

	while (k.at < src.n) {
		skip_gap(&k);
		if (peek(&k, 0) == '"')
			TRY(literals(c, &k, file, out));
		else if (k.at < src.n)
			step(&k);
	}
	return true;
}

bool phrase_in_html(struct ctx *c, const char *file, str src, use_list *out, use_list *bare)
{
	struct template_out t;

	TRY(template_compile(c, str_of(file), src, &t));
	for (size_t i = 0; i < t.phrases.n; i++)
		if (!list_push(c->arena, out, (struct use){ t.phrases.v[i].text, file, t.phrases.v[i].line }))
			return false;
	for (size_t i = 0; i < t.bare.n; i++)
		if (!list_push(c->arena, bare, (struct use){ t.bare.v[i].text, file, t.bare.v[i].line }))
			return false;
	return true;
}
