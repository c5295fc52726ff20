#include "tools/mkhtml/markup.h"

#include <string.h>

#include "tools/mkhtml/markup_name.h"

void markup_init(struct markup *m, struct ctx *c, struct buf *lit)
{
	*m = (struct markup){ .c = c, .lit = lit, .after_block = true };
}

bool markup_wrong(struct ctx *c, const char *fmt, const char *what)
{
	struct buf b;

	buf_init(&b, c->arena, 1000);
	for (; *fmt; fmt++)
		if (*fmt == '@')
			buf_add(&b, str_of(what));
		else
			buf_char(&b, *fmt);
	buf_char(&b, '\0');
	c->fault = (struct fault){ .code = E_SYNTAX, .text = b.p };
	return false;
}

const char *markup_inside(const struct markup *m)
{
	return m->depth ? m->open[m->depth - 1] : "";
}

static bool inside(const struct markup *m, const char *name)
{
	return strcmp(markup_inside(m), name) == 0;
}

static bool is_white(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void markup_flush(struct markup *m)
{
	if (m->blank && (m->at == AT_TAG || !m->after_block))
		buf_char(m->lit, m->at == AT_TAG ? ' ' : m->blank);
	if (m->blank && m->at == AT_TEXT)
		m->after_block = true;   /* what follows is behind white space */
	m->blank = 0;
}

/* A name of tag or attribute; its length, or 0 when it is too long. */
static size_t name_at(str s, size_t at, char out[MARKUP_NAME])
{
	size_t n = 0;

	while (at + n < s.n && n < MARKUP_NAME - 1) {
		char c = s.p[at + n];
		if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '-' && c != '_' && c != ':')
			break;
		out[n++] = c;
	}
	out[n] = '\0';
	return n < MARKUP_NAME - 1 ? n : 0;
}

static bool has_upper(const char *name)
{
	for (; *name; name++)
		if (*name >= 'A' && *name <= 'Z')
			return true;
	return false;
}

/* <!-- … --> is dropped, <!doctype …> kept. */
static bool step_declaration(struct markup *m, str rest, size_t *used)
{
	bool   comment = str_starts(rest, S("<!--"));
	size_t end = str_find(rest, comment ? S("-->") : S(">"), 0);

	if (end == SIZE_MAX)
		return markup_wrong(m->c, "@ does not end", comment ? "comment" : "declaration");
	end += comment ? 3 : 1;
	if (str_find(str_slice(rest, 0, end), S("{{"), 0) != SIZE_MAX ||
	    str_find(str_slice(rest, 0, end), S("{_"), 0) != SIZE_MAX)
		return markup_wrong(m->c, "value in a @", comment ? "comment" : "declaration");
	if (!comment) {
		buf_add(m->lit, str_slice(rest, 0, end));
		m->after_block = true;
	}
	*used = end;
	return true;
}

static bool step_tag(struct markup *m, str rest, size_t *used)
{
	size_t from, n;

	if (str_starts(rest, S("<!")))
		return step_declaration(m, rest, used);
	m->closing = str_starts(rest, S("</"));
	from = m->closing ? 2 : 1;
	if (str_starts(str_slice(rest, from, SIZE_MAX), S("{{")))
		return markup_wrong(m->c, "value in a tag name", "");
	n = name_at(rest, from, m->tag);
	if (n == 0 || !is_letter(m->tag[0]))
		return markup_wrong(m->c, "a bare < in text; write &lt;", "");
	if (from + n + 1 < rest.n && rest.p[from + n] == '{')
		return markup_wrong(m->c, "value in the tag name <@", m->tag);
	if (!m->foreign && has_upper(m->tag))
		return markup_wrong(m->c, "write <@> in lower case", m->tag);
	if (name_is_banned(m->tag))
		return markup_wrong(m->c, "<@> is not used here", m->tag);
	if (!m->closing && (inside(m, "script") || inside(m, "title") || inside(m, "textarea")))
		return markup_wrong(m->c, "<@> inside an element that holds text only", m->tag);
	if (name_is_block(m->tag))
		m->after_block = true;
	markup_flush(m);
	buf_add(m->lit, str_slice(rest, 0, from + n));
	m->at      = AT_TAG;
	m->has_src = false;
	*used = from + n;
	return true;
}

static bool step_text(struct markup *m, str rest, size_t *used)
{
	char c = rest.p[0];

	*used = 1;
	if (c == '<')
		return step_tag(m, rest, used);
	if (is_white(c) && !m->pre) {
		if (m->blank != '\n')
			m->blank = c == '\n' ? '\n' : ' ';
		return true;
	}
	if (inside(m, "script"))
		return markup_wrong(m->c, "inline <script>; give it a src and no content", "");
	markup_flush(m);
	buf_char(m->lit, c);
	m->after_block = false;
	return true;
}

/* The tag is complete: keep the list of open elements. */
static bool end_tag(struct markup *m, bool self)
{
	bool pre = strcmp(m->tag, "pre") == 0 || strcmp(m->tag, "textarea") == 0;
	bool svg = strcmp(m->tag, "svg") == 0 || strcmp(m->tag, "math") == 0;

	m->at = AT_TEXT;
	m->blank = 0;
	m->after_block = name_is_block(m->tag);
	if (m->closing) {
		if (m->depth == m->floor)
			return markup_wrong(m->c, "</@> closes nothing that was opened in this block", m->tag);
		if (!inside(m, m->tag))
			return markup_wrong(m->c, "</@> where another element is to be closed first", m->tag);
		m->depth--;
		m->pre -= pre;
		m->foreign -= svg;
		buf_char(m->lit, '>');
		return true;
	}
	if (self && !m->foreign && !name_is_void(m->tag))
		return markup_wrong(m->c, "<@/> is not an empty element", m->tag);
	if (strcmp(m->tag, "script") == 0 && !m->has_src)
		return markup_wrong(m->c, "<script> without src", "");
	buf_add(m->lit, self && m->foreign ? S("/>") : S(">"));
	if (self || name_is_void(m->tag))
		return true;
	if (m->depth == MARKUP_DEPTH)
		return markup_wrong(m->c, "elements are nested too deep", "");
	m->open[m->depth++] = cstr(m->c->arena, str_of(m->tag));
	m->pre += pre;
	m->foreign += svg;
	if (pre)
		buf_char(m->lit, '\n');   /* the parser drops the first line end */
	return true;
}

static bool attr_check(struct markup *m)
{
	if ((m->attr[0] | 32) == 'o' && (m->attr[1] | 32) == 'n')
		return markup_wrong(m->c, "attribute @: no inline handlers", m->attr);
	if (name_among(m->attr, (const char *const[]){ "style", "srcdoc", "http-equiv", "ping", NULL }))
		return markup_wrong(m->c, "attribute @ is not used here", m->attr);
	if (!m->foreign && strcmp(m->tag, "svg") != 0 && has_upper(m->attr))
		return markup_wrong(m->c, "write the attribute @ in lower case", m->attr);
	if (m->closing)
		return markup_wrong(m->c, "attribute @ in a closing tag", m->attr);
	return true;
}

static bool step_attr(struct markup *m, str rest, size_t *used)
{
	size_t n = name_at(rest, 0, m->attr);

	if (n == 0)
		return markup_wrong(m->c, "not an attribute name in <@>", m->tag);
	TRY(attr_check(m));
	markup_flush(m);
	buf_add(m->lit, str_of(m->attr));
	if (strcmp(m->attr, "src") == 0)
		m->has_src = true;
	*used = n;
	if (n >= rest.n || rest.p[n] != '=')
		return n < rest.n && rest.p[n] == '{'
			? markup_wrong(m->c, "value in the attribute name @", m->attr) : true;
	if (n + 1 >= rest.n || (rest.p[n + 1] != '"' && rest.p[n + 1] != '\''))
		return markup_wrong(m->c, "quote the value of @", m->attr);
	m->quote    = rest.p[n + 1];
	m->at       = AT_VALUE;
	m->url      = name_is_address(m->attr) ? URL_START : URL_NONE;
	m->prefix_n = 0;
	buf_char(m->lit, '=');
	buf_char(m->lit, m->quote);
	*used = n + 2;
	return true;
}

static bool step_in_tag(struct markup *m, str rest, size_t *used)
{
	*used = 1;
	if (is_white(rest.p[0])) {
		m->blank = ' ';
		return true;
	}
	if (rest.p[0] == '>')
		return end_tag(m, false);
	if (str_starts(rest, S("/>"))) {
		*used = 2;
		return end_tag(m, true);
	}
	return step_attr(m, rest, used);
}

/* Literal start of an address: is its scheme allowed, are we past the host? */
static bool url_prefix(struct markup *m, bool *past)
{
	str    s = { m->prefix, m->prefix_n }, rest = s;
	size_t at = 0;

	*past = false;
	while (at < s.n && !strchr(":/?#", s.p[at]))
		at++;
	if (at == s.n)
		return true;
	if (s.p[at] == ':') {
		str scheme = str_slice(s, 0, at);
		if (str_eq_nocase(scheme, S("mailto"))) {
			*past = true;
			return true;
		}
		if (!str_eq_nocase(scheme, S("http")) && !str_eq_nocase(scheme, S("https")))
			return markup_wrong(m->c, "scheme of the address in @ is not http, https or mailto", m->attr);
		rest = str_slice(s, at + 1, SIZE_MAX);
	}
	if (str_starts(rest, S("//"))) {
		for (size_t i = 2; i < rest.n && !*past; i++)
			*past = strchr("/?#", rest.p[i]) != NULL;
		return true;
	}
	*past = rest.p == s.p && (rest.p[at] != '/' || at > 0 || rest.n > 1);
	return true;
}

static bool step_url(struct markup *m, char c)
{
	bool past;

	switch (m->url) {
	case URL_START:
	case URL_PREFIX:
		m->url = URL_PREFIX;
		if (m->prefix_n == MARKUP_PREFIX)
			return markup_wrong(m->c, "address in @ is too long", m->attr);
		m->prefix[m->prefix_n++] = c;
		TRY(url_prefix(m, &past));
		if (past)
			m->url = URL_TAIL;
		return true;
	case URL_AFTER:
		if (c != '/' && c != '?' && c != '#')
			return markup_wrong(m->c, "in @ only / ? or # may follow a whole address", m->attr);
		m->url = URL_TAIL;
		return true;
	case URL_NONE:
	case URL_TAIL:
		break;
	}
	return true;
}

bool markup_step(struct markup *m, str rest, size_t *used)
{
	if (m->at == AT_TEXT)
		return step_text(m, rest, used);
	if (m->at == AT_TAG)
		return step_in_tag(m, rest, used);
	*used = 1;
	buf_char(m->lit, rest.p[0]);
	if (rest.p[0] != m->quote)
		return step_url(m, rest.p[0]);
	m->at    = AT_TAG;
	m->url   = URL_NONE;
	m->quote = 0;
	return true;
}

static bool value_in_url(struct markup *m, enum slot *out)
{
	bool past;

	if (m->url == URL_AFTER)
		return markup_wrong(m->c, "two values side by side in @", m->attr);
	*out = SLOT_URL_PART;
	if (m->url == URL_TAIL)
		return true;
	if (m->url == URL_START && strcmp(m->tag, "script") == 0)
		return markup_wrong(m->c, "the address of a <script> starts with literal text", "");
	if (m->url == URL_START) {
		*out   = SLOT_URL;
		m->url = URL_AFTER;
		return true;
	}
	TRY(url_prefix(m, &past));
	if (!past && memchr(m->prefix, ':', m->prefix_n))
		return markup_wrong(m->c, "value in the host of the address in @", m->attr);
	if (!past && m->prefix_n >= 2 && m->prefix[0] == '/' && m->prefix[1] == '/')
		return markup_wrong(m->c, "value in the host of the address in @", m->attr);
	m->url = URL_TAIL;
	return true;
}

bool markup_value(struct markup *m, enum slot *out)
{
	if (m->at == AT_TAG)
		return markup_wrong(m->c, "value inside the tag <@>, outside a quoted attribute", m->tag);
	if (m->at == AT_VALUE) {
		*out = SLOT_ATTR;
		if (name_among(m->attr, (const char *const[]){ "srcset", "imagesrcset", NULL }))
			return markup_wrong(m->c, "value in @", m->attr);
		return m->url == URL_NONE || value_in_url(m, out);
	}
	if (inside(m, "script"))
		return markup_wrong(m->c, "value in a <script>", "");
	*out = inside(m, "title") || inside(m, "textarea") || inside(m, "option")
		? SLOT_PLAIN : SLOT_TEXT;
	markup_flush(m);
	m->after_block = false;
	return true;
}

bool markup_same(const struct markup *a, const struct markup *b)
{
	return a->at == b->at && a->quote == b->quote && a->depth == b->depth &&
	       (a->at == AT_TEXT || strcmp(a->tag, b->tag) == 0) &&
	       (a->at != AT_VALUE || (strcmp(a->attr, b->attr) == 0 && a->url == b->url &&
	        (a->url != URL_PREFIX || a->prefix_n == b->prefix_n)));
}
