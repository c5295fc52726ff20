#include "tools/mkhtml/template.h"

#include <string.h>

#include "tools/mkhtml/compiler.h"

enum { OUT_MAX = 16 << 20, PHRASES = 100000, PHRASE_MAX = 2000, ARGS = 9 };

/* Offset of the }} that closes the tag whose inside starts at `from`. */
static size_t tag_end(str s, size_t from)
{
	int depth = 0;

	for (size_t i = from; i + 1 < s.n;) {
		char ch = s.p[i];
		if (ch == '"' || ch == '\'') {
			i = compiler_quoted(s, i);
			continue;
		}
		if (ch == '}' && depth == 0)
			return s.p[i + 1] == '}' ? i : SIZE_MAX;
		depth += ch == '{' ? 1 : ch == '}' ? -1 : 0;
		i++;
	}
	return SIZE_MAX;
}


/* Runs of white space as one blank, so that long texts may be wrapped. */
static str one_line(struct compiler *k, str s)
{
	struct buf b;

	buf_init(&b, k->c->arena, PHRASE_MAX);
	for (size_t i = 0; i < s.n; i++) {
		bool white = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r';
		if (!white)
			buf_char(&b, s.p[i]);
		else if (b.n && b.p[b.n - 1] != ' ')
			buf_char(&b, ' ');
	}
	return str_trim(buf_str(&b));
}

/* Split s at bars that are neither doubled nor in quotes or brackets. */
static bool phrase_arg(str *rest, str *arg)
{
	int depth = 0;

	if (str_is_none(*rest))
		return false;
	for (size_t i = 0; i < rest->n;) {
		char ch = rest->p[i];
		if (ch == '"' || ch == '\'') {
			i = compiler_quoted(*rest, i);
			continue;
		}
		depth += strchr("([{", ch) ? 1 : strchr(")]}", ch) ? -1 : 0;
		if (ch == '|' && depth == 0 && !(i + 1 < rest->n && rest->p[i + 1] == '|')) {
			*arg  = str_trim(str_slice(*rest, 0, i));
			*rest = str_slice(*rest, i + 1, SIZE_MAX);
			return true;
		}
		i += ch == '|' ? 2 : 1;
	}
	*arg  = str_trim(*rest);
	*rest = STR_NONE;
	return true;
}

/* The highest {n} of a text. */
static size_t placeholders(str text)
{
	size_t most = 0;

	for (size_t i = 0; i + 2 < text.n; i++)
		if (text.p[i] == '{' && text.p[i + 1] >= '1' && text.p[i + 1] <= '9' &&
		    text.p[i + 2] == '}' && (size_t)(text.p[i + 1] - '0') > most)
			most = (size_t)(text.p[i + 1] - '0');
	return most;
}

static bool phrase_slot(struct compiler *k, bool *text)
{
	enum slot slot;

	TRY(markup_value(&k->m, &slot));
	if (slot == SLOT_URL || slot == SLOT_URL_PART)
		return compiler_wrong(k, "translatable text in an address", "");
	*text = slot == SLOT_TEXT;
	return true;
}

/* {_text|argument|…_} */
static bool phrase(struct compiler *k, str inside)
{
	size_t      bar = str_find(inside, S("|"), 0), n = 0;
	str         text = one_line(k, str_slice(inside, 0, bar)), arg, rest = STR_NONE;
	bool        markup = false;
	struct buf *b = &k->out->body;

	if (k->blocks == 0)
		return compiler_wrong(k, "outside a {{template}}", "");
	if (text.n == 0)
		return compiler_wrong(k, "empty {__}", "");
	TRY(phrase_slot(k, &markup));
	if (!list_push(k->c->arena, &k->out->phrases, (struct phrase){ text, k->line }))
		return compiler_wrong(k, "too many texts", "");
	compiler_flush(k);
	compiler_line(k);
	if (bar == SIZE_MAX && placeholders(text) == 0) {
		buf_add(b, S("\t{ static struct html_said said = { \""));
		template_quote(b, text);
		buf_add(b, markup ? S("\", { NULL } }; html_say(w, &said, true); }\n") : S("\", { NULL } }; html_say(w, &said, false); }\n"));
		return true;
	}
	buf_add(b, markup ? S("\thtml_tr_mix(w, \"") : S("\thtml_tr_attr(w, \""));
	template_quote(b, text);
	buf_add(b, markup ? S("\", (const html[]){ HTML_NONE") : S("\", (const str[]){ STR_NONE"));
	if (bar != SIZE_MAX)
		rest = str_slice(inside, bar + 1, SIZE_MAX);
	while (phrase_arg(&rest, &arg)) {
		if (arg.n == 0)
			return compiler_wrong(k, "empty argument in {_@_}", cstr(k->c->arena, text));
		buf_add(b, markup ? S(", HTML_ARG(w, ") : S(", HTML_ARG_ATTR(w, "));
		buf_add(b, arg);
		buf_char(b, ')');
		n++;
	}
	buf_fmt(b, " }, %zu);\n", n);
	if (n > ARGS || n != placeholders(text))
		return compiler_wrong(k, "{_@_}: number of arguments differs from the highest {n}",
		                      cstr(k->c->arena, text));
	return true;
}

static void count_lines(struct compiler *k, size_t upto)
{
	for (; k->at < upto; k->at++)
		k->line += k->src.p[k->at] == '\n';
}

static bool is_control(str tag)
{
	static const char *const words[] = { "if ", "each ", "else", "end", "!", "template ", "include " };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_starts(tag, str_of(words[i])))
			return true;
	return false;
}

/* A control tag alone on its line leaves nothing of the line behind. */
static size_t line_rest(const struct compiler *k, size_t from, size_t end)
{
	size_t i = from, j = end;

	while (i > 0 && (k->src.p[i - 1] == ' ' || k->src.p[i - 1] == '\t'))
		i--;
	while (j < k->src.n && (k->src.p[j] == ' ' || k->src.p[j] == '\t' || k->src.p[j] == '\r'))
		j++;
	if ((i == 0 || k->src.p[i - 1] == '\n') && j < k->src.n && k->src.p[j] == '\n')
		return j + 1;
	return end;
}

static bool step_tag(struct compiler *k)
{
	size_t from = k->at, end;
	str    tag;
	bool   note = str_starts(str_slice(k->src, from, SIZE_MAX), S("{{!"));

	end = note ? str_find(k->src, S("}}"), from) : tag_end(k->src, from + 2);
	if (end == SIZE_MAX)
		return compiler_wrong(k, "this {{ has no }}", "");
	tag = str_trim(str_slice(k->src, from + 2, end));
	if (!note)
		TRY(compiler_tag(k, tag));
	end += 2;
	count_lines(k, is_control(tag) ? line_rest(k, from, end) : end);
	return true;
}

static bool step_phrase(struct compiler *k)
{
	size_t end = str_find(k->src, S("_}"), k->at);

	if (end == SIZE_MAX)
		return compiler_wrong(k, "this {_ has no _}", "");
	TRY(phrase(k, str_slice(k->src, k->at + 2, end)));
	count_lines(k, end + 2);
	return true;
}

static bool is_letter(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

/* Is literal text at this place read by people? */
static bool for_people(const struct markup *m)
{
	static const char *const attrs[] = {
		"title", "alt", "placeholder", "aria-label", "aria-description", "label", NULL
	};
	static const char *const exact[] = { "code", "kbd", "samp", "var", NULL };

	for (size_t i = 0; m->at == AT_VALUE && attrs[i]; i++)
		if (strcmp(m->attr, attrs[i]) == 0)
			return true;
	if (m->at != AT_TEXT)
		return false;
	for (size_t i = 0; exact[i]; i++)
		if (strcmp(markup_inside(m), exact[i]) == 0)
			return false;
	return true;
}

/* Notice words that nobody can translate: three letters or more, not CVE or &nbsp;. */
static bool note_bare(struct compiler *k, str rest)
{
	size_t n = 0;
	bool   small = false;
	char   before = k->at ? k->src.p[k->at - 1] : ' ';

	if (!for_people(&k->m) || is_letter(before) || before == '&' || rest.p[0] == '<')
		return true;
	for (; n < rest.n && is_letter(rest.p[n]); n++)
		small = small || rest.p[n] >= 'a';
	if (n < 3 || !small)
		return true;
	return list_push(k->c->arena, &k->out->bare, (struct phrase){ str_slice(rest, 0, n), k->line }) ||
	       compiler_wrong(k, "too much untranslatable text", "");
}

static bool step(struct compiler *k)
{
	str    rest = str_slice(k->src, k->at, SIZE_MAX);
	size_t used;

	if (str_starts(rest, S("{{")))
		return step_tag(k);
	if (str_starts(rest, S("{_")))
		return step_phrase(k);
	if (k->blocks == 0) {
		if (!strchr(" \t\r\n", rest.p[0]))
			return compiler_wrong(k, "text outside a {{template}}", "");
		count_lines(k, k->at + 1);
		return true;
	}
	TRY(note_bare(k, rest));
	TRY(markup_step(&k->m, rest, &used));
	count_lines(k, k->at + used);
	return true;
}

static str guard_name(struct ctx *c, str path)
{
	struct buf b;

	buf_init(&b, c->arena, 500);
	for (size_t i = 0; i < path.n; i++) {
		char ch = path.p[i];
		bool small = ch >= 'a' && ch <= 'z';
		bool digit = (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z');
		buf_char(&b, small ? (char)(ch - 32) : digit ? ch : '_');
	}
	return buf_str(&b);
}

static str file_name(str path)
{
	size_t slash;

	while ((slash = str_find(path, S("/"), 0)) != SIZE_MAX)
		path = str_slice(path, slash + 1, SIZE_MAX);
	return path;
}

static void begin(struct compiler *k)
{
	str guard = guard_name(k->c, file_name(k->path));

	buf_init(&k->out->head, k->c->arena, OUT_MAX);
	buf_init(&k->out->body, k->c->arena, OUT_MAX);
	k->out->phrases.max = k->out->bare.max = PHRASES;
	buf_fmt(&k->out->head, "/* From %.*s by tools/mkhtml. */\n#ifndef GEN_%.*s_H\n#define GEN_%.*s_H\n\n"
	        "#include \"platform/html/html.h\"\n", STR_ARG(k->path), STR_ARG(guard), STR_ARG(guard));
	buf_fmt(&k->out->body, "/* From %.*s by tools/mkhtml. */\n#include \"gen/%.*s.h\"\n\n"
	        "#include \"platform/html/put.h\"\n\n"
	        "#pragma GCC diagnostic ignored \"-Wunused-parameter\"\n\n",
	        STR_ARG(k->path), STR_ARG(file_name(k->path)));
}

bool template_compile(struct ctx *c, str path, str src, struct template_out *out)
{
	struct compiler *k = NEW(c->arena, struct compiler);
	size_t           bad;

	*out = (struct template_out){ 0 };
	*k   = (struct compiler){ .c = c, .out = out, .path = path, .src = src, .line = 1 };
	buf_init(&k->lit, c->arena, OUT_MAX);
	begin(k);
	if (!utf8_check(src, &bad) || memchr(src.p, '\0', src.n))
		return compiler_wrong(k, "not UTF-8 text", "");
	while (k->at < src.n)
		if (!step(k))
			return fault_at(c, c->fault.code, k->line, 0);
	if (k->blocks) {
		k->line = k->block[k->blocks - 1].line;
		if (!compiler_wrong(k, "this block has no {{end}}", ""))
			return fault_at(c, c->fault.code, k->line, 0);
	}
	buf_add(&out->head, S("\n#endif\n"));
	if (out->head.full || out->body.full || k->lit.full)
		return fault(c, E_LIMIT, NULL, "the template is too large");
	return true;
}
