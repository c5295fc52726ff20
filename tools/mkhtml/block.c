#include "tools/mkhtml/compiler.h"

#include <string.h>

void template_quote(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];
		if (ch == '"' || ch == '\\')
			buf_char(b, '\\');
		if (ch == '\n')
			buf_add(b, S("\\n"));
		else if (ch < 0x20 || ch == 0x7f)
			buf_fmt(b, "\\%03o", ch);
		else
			buf_char(b, (char)ch);
	}
}

bool compiler_wrong(struct compiler *k, const char *fmt, const char *what)
{
	return markup_wrong(k->c, fmt, what);
}

/* Literal text becomes html_raw calls. */
void compiler_flush(struct compiler *k)
{
	str s = buf_str(&k->lit);

	while (s.n) {
		str piece = utf8_cut(s, PIECE);
		buf_add(&k->out->body, S("\thtml_raw(w, S(\""));
		template_quote(&k->out->body, piece);
		buf_add(&k->out->body, S("\"));\n"));
		s = str_slice(s, piece.n, SIZE_MAX);
	}
	k->lit.n = 0;
}

/* What the compiler says about the next statement is about this line. */
void compiler_line(struct compiler *k)
{
	buf_fmt(&k->out->body, "#line %ld \"%.*s\"\n", k->line, STR_ARG(k->path));
}

void compiler_statement(struct compiler *k, const char *head, str expr, const char *tail)
{
	compiler_flush(k);
	compiler_line(k);
	buf_char(&k->out->body, '\t');
	buf_add(&k->out->body, str_of(head));
	buf_add(&k->out->body, expr);
	buf_add(&k->out->body, str_of(tail));
	buf_char(&k->out->body, '\n');
}

/* End of the C string or character literal that starts at i. */
size_t compiler_quoted(str s, size_t i)
{
	char q = s.p[i++];

	while (i < s.n && s.p[i] != q && s.p[i] != '\n')
		i += s.p[i] == '\\' ? 2 : 1;
	return i < s.n ? i + 1 : s.n;
}

static bool value(struct compiler *k, str expr)
{
	static const char *const call[] = {
		[SLOT_TEXT] = "HTML_TEXT(w, ", [SLOT_PLAIN] = "HTML_ATTR(w, ",
		[SLOT_ATTR] = "HTML_ATTR(w, ", [SLOT_URL] = "HTML_URL(w, ",
		[SLOT_URL_PART] = "HTML_URL_PART(w, ",
	};
	enum slot slot;

	if (expr.n == 0)
		return compiler_wrong(k, "empty {{}}", "");
	TRY(markup_value(&k->m, &slot));
	compiler_statement(k, call[slot], expr, ");");
	return true;
}

static bool block_push(struct compiler *k, enum block_kind kind)
{
	if (k->blocks == BLOCKS)
		return compiler_wrong(k, "blocks are nested too deep", "");
	k->block[k->blocks++] = (struct block){
		.kind = kind, .line = k->line, .before = k->m,
	};
	k->m.floor = k->m.depth;
	return true;
}

static bool is_name(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		if (!(ch >= 'a' && ch <= 'z') && ch != '_' && !(i && ch >= '0' && ch <= '9'))
			return false;
	}
	return s.n > 0;
}

static bool open_template(struct compiler *k, str rest)
{
	size_t par = str_find(rest, S("("), 0);
	str    name = str_slice(rest, 0, par), params;

	if (k->blocks)
		return compiler_wrong(k, "{{template}} inside another block", "");
	if (par == SIZE_MAX || !str_ends(rest, S(")")) || !is_name(name))
		return compiler_wrong(k, "write {{template name(parameters)}}", "");
	params = str_trim(str_slice(rest, par + 1, rest.n - 1));
	buf_fmt(&k->out->head, "void html_%.*s(struct page *w%s", STR_ARG(name), params.n ? ", " : "");
	buf_add(&k->out->head, params);
	buf_add(&k->out->head, S(");\n"));
	compiler_line(k);
	buf_fmt(&k->out->body, "void html_%.*s(struct page *w%s", STR_ARG(name), params.n ? ", " : "");
	buf_add(&k->out->body, params);
	buf_add(&k->out->body, S(")\n{\n"));
	k->lit.n = 0;
	markup_init(&k->m, k->c, &k->lit);
	return block_push(k, BLOCK_TEMPLATE);
}

static bool open_if(struct compiler *k, str expr)
{
	markup_flush(&k->m);
	compiler_statement(k, "if (", expr, ") {");
	return block_push(k, BLOCK_IF);
}

/* "x : LIST" or "x, i : LIST" */
static bool open_each(struct compiler *k, str rest)
{
	size_t colon = str_find(rest, S(":"), 0);
	str    name = str_trim(str_slice(rest, 0, colon)), count = STR_NONE, list;
	size_t comma = str_find(name, S(","), 0);

	if (comma != SIZE_MAX) {
		count = str_trim(str_slice(name, comma + 1, SIZE_MAX));
		name  = str_trim(str_slice(name, 0, comma));
	}
	if (colon == SIZE_MAX || !is_name(name) || (comma != SIZE_MAX && !is_name(count)))
		return compiler_wrong(k, "write {{each x : list}} or {{each x, i : list}}", "");
	list = str_trim(str_slice(rest, colon + 1, SIZE_MAX));
	markup_flush(&k->m);
	if (!count.n)
		count = str_fmt(k->c->arena, "at_%d", k->lists + 1);
	TRY(block_push(k, BLOCK_EACH));
	k->block[k->blocks - 1].list = ++k->lists;
	compiler_statement(k, "{ __auto_type ",
	          str_fmt(k->c->arena, "list_%d = (%.*s);", k->lists, STR_ARG(list)), "");
	buf_fmt(&k->out->body, "\tfor (size_t %.*s = 0; %.*s < list_%d.n; %.*s++) { "
	        "const __typeof__(list_%d.v[0]) *%.*s = &list_%d.v[%.*s]; (void)%.*s;\n",
	        STR_ARG(count), STR_ARG(count), k->lists, STR_ARG(count), k->lists,
	        STR_ARG(name), k->lists, STR_ARG(count), STR_ARG(name));
	return true;
}

/* One branch ends: it must be where the others are. */
static bool branch_end(struct compiler *k, struct block *b)
{
	markup_flush(&k->m);
	if (k->m.depth != b->before.depth)
		return compiler_wrong(k, "<@> is not closed in this block", markup_inside(&k->m));
	if (!markup_same(&k->m, b->has_else ? &b->first : &b->before))
		return compiler_wrong(k, "the branches of this block end in different places of the HTML", "");
	compiler_flush(k);
	return true;
}

static bool block_else(struct compiler *k, str rest)
{
	struct block *b = &k->block[k->blocks - 1];
	bool          after = k->m.after_block;

	if (k->blocks == 0 || b->kind == BLOCK_TEMPLATE)
		return compiler_wrong(k, "{{else}} without {{if}} or {{each}}", "");
	if (b->has_else && (b->kind == BLOCK_EACH || b->first.blank == 'e'))
		return compiler_wrong(k, "second {{else}}", "");
	TRY(branch_end(k, b));
	if (!b->has_else)
		b->first = k->m;
	b->has_else = true;
	b->first.after_block = b->first.after_block && after;
	k->m       = b->before;
	k->m.floor = k->m.depth;
	k->m.blank = 0;
	if (b->kind == BLOCK_EACH) {
		buf_fmt(&k->out->body, "\t} if (!list_%d.n) {\n", b->list);
		return true;
	}
	if (rest.n == 0) {
		b->first.blank = 'e';   /* no more branches may follow */
		buf_add(&k->out->body, S("\t} else {\n"));
		return true;
	}
	if (!str_starts(rest, S("if ")))
		return compiler_wrong(k, "write {{else}} or {{else if expression}}", "");
	compiler_statement(k, "} else if (", str_trim(str_slice(rest, 3, SIZE_MAX)), ") {");
	return true;
}

static bool block_end(struct compiler *k)
{
	struct block *b;

	if (k->blocks == 0)
		return compiler_wrong(k, "{{end}} without a block", "");
	b = &k->block[k->blocks - 1];
	if (b->kind == BLOCK_TEMPLATE) {
		if (k->m.at != AT_TEXT)
			return compiler_wrong(k, "the template ends inside <@>", k->m.tag);
		if (k->m.depth)
			return compiler_wrong(k, "<@> is not closed in this template", markup_inside(&k->m));
		compiler_flush(k);
		buf_add(&k->out->body, S("}\n\n"));
	} else {
		TRY(branch_end(k, b));
		buf_add(&k->out->body, b->kind == BLOCK_EACH ? S("\t} }\n") : S("\t}\n"));
		k->m.after_block = k->m.after_block &&
			(b->has_else ? b->first.after_block : b->before.after_block);
		k->m.floor = b->before.floor;
	}
	k->blocks--;
	return true;
}

/* {{attr checked expression}} */
static bool attr_value(struct compiler *k, str rest)
{
	size_t gap = str_find(rest, S(" "), 0);
	str    name = str_slice(rest, 0, gap);

	if (k->m.at != AT_TAG)
		return compiler_wrong(k, "{{attr}} outside a tag", "");
	for (size_t i = 0; i < name.n; i++)
		if (!(name.p[i] >= 'a' && name.p[i] <= 'z'))
			return compiler_wrong(k, "{{attr}} names a boolean attribute such as checked", "");
	if (gap == SIZE_MAX || str_starts(name, S("on")) || str_eq(name, S("style")))
		return compiler_wrong(k, "write {{attr name expression}}", "");
	k->m.blank = 0;
	compiler_statement(k, "if (", str_trim(str_slice(rest, gap, SIZE_MAX)), ")");
	buf_fmt(&k->out->body, "\t\thtml_raw(w, S(\" %.*s\"));\n", STR_ARG(name));
	k->m.blank = ' ';
	return true;
}

/* A call that writes markup: in text only. */
static bool call(struct compiler *k, const char *prefix, str rest)
{
	enum slot slot;
	size_t    par = str_find(rest, S("("), 0);

	TRY(markup_value(&k->m, &slot));
	if (slot != SLOT_TEXT)
		return compiler_wrong(k, "{{call}} and {{write}} stand in text", "");
	if (par == SIZE_MAX || !str_ends(rest, S(")")))
		return compiler_wrong(k, "write {{call name(arguments)}} or {{write function(w, arguments)}}", "");
	if (!*prefix) {
		compiler_statement(k, "", rest, ";");
		return true;
	}
	rest = str_fmt(k->c->arena, "%.*s(w%s%.*s", (int)par, rest.p,
	               str_trim(str_slice(rest, par + 1, rest.n - 1)).n ? ", " : "",
	               STR_ARG(str_slice(rest, par + 1, SIZE_MAX)));
	compiler_statement(k, prefix, rest, ";");
	k->m.after_block = true;
	return true;
}

static bool include(struct compiler *k, str rest)
{
	if (k->blocks || rest.n < 3 || rest.p[0] != '"' || rest.p[rest.n - 1] != '"')
		return compiler_wrong(k, "write {{include \"room/file.h\"}} before the templates", "");
	buf_fmt(&k->out->head, "#include %.*s\n", STR_ARG(rest));
	return true;
}

static bool word(str tag, const char *name, str *rest)
{
	str n = str_of(name);

	if (!str_starts(tag, n) || (tag.n > n.n && tag.p[n.n] != ' '))
		return false;
	*rest = str_trim(str_slice(tag, n.n, SIZE_MAX));
	return true;
}

/* "word word": never a C expression. */
static bool two_words(str tag)
{
	size_t gap = str_find(tag, S(" "), 0);
	str    rest = str_trim(str_slice(tag, gap == SIZE_MAX ? tag.n : gap, SIZE_MAX));

	return gap != SIZE_MAX && is_name(str_slice(tag, 0, gap)) && rest.n &&
	       is_name(str_slice(rest, 0, 1));
}

bool compiler_tag(struct compiler *k, str tag)
{
	str rest;

	if (word(tag, "include", &rest))
		return include(k, rest);
	if (word(tag, "template", &rest))
		return open_template(k, rest);
	if (k->blocks == 0)
		return compiler_wrong(k, "outside a {{template}}", "");
	if (word(tag, "if", &rest))
		return open_if(k, rest);
	if (word(tag, "each", &rest))
		return open_each(k, rest);
	if (word(tag, "else", &rest))
		return block_else(k, rest);
	if (word(tag, "end", &rest))
		return rest.n ? compiler_wrong(k, "write {{end}}", "") : block_end(k);
	if (word(tag, "attr", &rest))
		return attr_value(k, rest);
	if (word(tag, "call", &rest))
		return call(k, "html_", rest);
	if (word(tag, "write", &rest))
		return call(k, "", rest);
	if (two_words(tag))
		return compiler_wrong(k, "unknown block {{@}}", cstr(k->c->arena, tag));
	return value(k, tag);
}
