#include "platform/html/html.h"

#include <stdatomic.h>
#include <string.h>

#include "platform/html/put.h"
#include "platform/text/word.h"

static const char html_said_other[] = "";

void page_init(struct page *w, struct ctx *c, size_t max)
{
	*w = (struct page){ .c = c };
	buf_init(&w->out, c->arena, max);
}

void html_put(struct page *w, html h)
{
	buf_add(&w->out, h.s);
}

void html_int(struct page *w, int64_t v)
{
	buf_int(&w->out, v);
}

void html_uint(struct page *w, uint64_t v)
{
	buf_digits(&w->out, v, 1);
}

static str entity(char ch)
{
	switch (ch) {
	case '&':  return S("&amp;");
	case '<':  return S("&lt;");
	case '>':  return S("&gt;");
	case '"':  return S("&quot;");
	default:   return S("&#39;");
	}
}

/*
 * Characters that would not show, or that reorder what stands beside them:
 * C0 (but tab and line feed), DEL, C1, and the bidirectional embeddings,
 * overrides and isolates (Unicode TR 36, 2.10).
 */
static bool is_hidden(uint32_t u)
{
	return (u < 0x20 && u != '\t' && u != '\n') || (u >= 0x7f && u < 0xa0) ||
	       (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069);
}

static void put_hidden(struct buf *b, uint32_t u, bool visible)
{
	if (visible)
		buf_fmt(b, "<span class=\"ctl\">U+%04X</span>", u);
	else
		buf_add(b, S("\xEF\xBF\xBD"));
}

/* The next character, or U+FFFD for one byte that is not UTF-8. */
static uint32_t next_char(str s, size_t *at, bool valid)
{
	for (size_t n = 1; !valid; n++) {
		str piece = str_slice(s, *at, *at + n);
		if (utf8_check(piece, NULL))
			break;
		if (n == 4 || *at + n >= s.n) {
			++*at;
			return 0xfffd;
		}
	}
	return utf8_next(s, at);
}

static bool is_plain(unsigned char ch)
{
	/* All that is printed but the double quote, & and ', < and >. */
	static const bool plain[256] = {
		[0x20 ... 0x21] = true, [0x23 ... 0x25] = true, [0x28 ... 0x3b] = true, ['='] = true, [0x3f ... 0x7e] = true,
	};

	return plain[ch];
}

enum { LANES = 16 };
typedef unsigned char lanes __attribute__((vector_size(LANES)));

/*
 * Sixteen bytes at once: does each stand for itself?  In valid text those above
 * 0x80 do, but for C2 and E2, behind which something may be hidden.
 */
static bool all_plain(const char *p, bool valid)
{
	uint64_t half[2];
	lanes    v, odd;

	memcpy(&v, p, LANES);
	odd = (lanes)(v < 0x20) | (lanes)(v == '"') | (lanes)((v & 0xfe) == '&') | (lanes)((v & 0xfd) == '<') |
	      (valid ? (lanes)(v == 0x7f) | (lanes)((v & 0xdf) == 0xc2) : (lanes)(v >= 0x7f));
	memcpy(half, &odd, sizeof(half));
	return !(half[0] | half[1]);
}

/* How many bytes from `at` stand for themselves as ASCII. */
static size_t plain(str s, size_t at)
{
	while (s.n - at >= LANES && all_plain(s.p + at, false))
		at += LANES;
	while (at < s.n && is_plain((unsigned char)s.p[at]))
		at++;
	return at;
}

/*
 * Bytes of the character at `at` when it stands for itself at first sight.  What
 * may be hidden begins with C2 (C1 controls) or E2 (bidirectional controls).
 */
static size_t harmless(str s, size_t at, bool valid)
{
	unsigned char ch = (unsigned char)s.p[at];

	if (ch < 0x80)
		return is_plain(ch);
	if (!valid || ch == 0xc2 || ch == 0xe2)
		return 0;
	if (ch < 0xc0)   /* the rest of one that began among sixteen */
		return 1;
	return ch < 0xe0 ? 2 : ch < 0xf0 ? 3 : 4;
}

/* In text hidden characters are shown, elsewhere replaced. */
static void escape(struct buf *b, str s, bool text)
{
	size_t from = 0, at = plain(s, 0), start;
	bool   valid = at == s.n || utf8_check(s, NULL);

	while (at < s.n) {
		unsigned char ch = (unsigned char)s.p[at];
		start = at;
		if (valid && s.n - at >= LANES && all_plain(s.p + at, true)) {
			at += LANES;
			continue;
		}
		at += harmless(s, at, valid);
		if (at > start)
			continue;
		if (ch >= 0x20 && ch < 0x7f) {
			at++;
		} else {
			uint32_t u = next_char(s, &at, valid);
			bool     crlf = u == '\r' && at < s.n && s.p[at] == '\n';
			if (!crlf && !is_hidden(u) && u != 0xfffd)
				continue;
			buf_add(b, str_slice(s, from, start));
			from = at;
			if (!crlf)
				put_hidden(b, u, text && u != 0xfffd);
			continue;
		}
		buf_add(b, str_slice(s, from, start));
		buf_add(b, entity((char)ch));
		from = at;
	}
	buf_add(b, str_slice(s, from, SIZE_MAX));
}

void html_text(struct page *w, str s)
{
	escape(&w->out, s, true);
}

void html_cstr(struct page *w, const char *s)
{
	html_text(w, str_of(s));
}

void html_attr(struct page *w, str s)
{
	escape(&w->out, s, false);
}

void html_attr_cstr(struct page *w, const char *s)
{
	html_attr(w, str_of(s));
}

static bool unreserved(unsigned char ch)
{
	static const bool free[256] = {
		['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['0' ... '9'] = true, ['-'] = true, ['.'] = true, ['_'] = true,
		['~'] = true, ['@'] = true,
	};

	return free[ch];
}

static void percent(struct buf *b, unsigned char ch)
{
	buf_char(b, '%');
	buf_char(b, "0123456789ABCDEF"[ch >> 4]);
	buf_char(b, "0123456789ABCDEF"[ch & 15]);
}

void html_url_part(struct page *w, str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];
		if (unreserved(ch))
			continue;
		buf_add(&w->out, str_slice(s, from, i));
		percent(&w->out, ch);
		from = i + 1;
	}
	buf_add(&w->out, str_slice(s, from, s.n));
}

void html_url_part_cstr(struct page *w, const char *s)
{
	html_url_part(w, str_of(s));
}

/* Relative, http, https or mailto; nothing that a browser would strip. */
static bool url_allowed(str s)
{
	size_t at = 0;
	str    scheme;

	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	while (at < s.n && !strchr(":/?#\\", s.p[at]))
		at++;
	if (at == s.n || s.p[at] != ':')
		return true;
	scheme = str_slice(s, 0, at);
	return str_eq_nocase(scheme, S("http")) || str_eq_nocase(scheme, S("https")) ||
	       str_eq_nocase(scheme, S("mailto"));
}

/* Stands for itself in a URL in quotes. */
static bool in_url(unsigned char ch)
{
	static const bool plain[256] = {
		['!'] = true, ['#' ... '%'] = true, ['(' ... ';'] = true, ['='] = true, ['?' ... '['] = true, [']'] = true, ['_'] = true,
		['a' ... 'z'] = true, ['~'] = true,
	};

	return plain[ch];
}

void html_url(struct page *w, str s)
{
	size_t from = 0;

	if (!url_allowed(s)) {
		buf_add(&w->out, S("about:invalid#blocked"));
		return;
	}
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];
		if (in_url(ch))
			continue;
		buf_add(&w->out, str_slice(s, from, i));
		from = i + 1;
		if (ch == '&')
			buf_add(&w->out, S("&amp;"));
		else
			percent(&w->out, ch);
	}
	buf_add(&w->out, str_slice(s, from, s.n));
}

void html_url_cstr(struct page *w, const char *s)
{
	html_url(w, str_of(s));
}

html html_escape(struct ctx *c, str s)
{
	struct buf b;

	buf_init(&b, c->arena, SIZE_MAX / 2);
	escape(&b, s, true);
	return (html){ buf_str(&b) };
}

html html_arg(struct page *w, str s)
{
	return html_escape(w->c, s);
}

html html_arg_cstr(struct page *w, const char *s)
{
	return html_escape(w->c, str_of(s));
}

html html_arg_int(struct page *w, int64_t v)
{
	return (html){ str_arg_int(w, v) };
}

html html_arg_uint(struct page *w, uint64_t v)
{
	return (html){ str_arg_uint(w, v) };
}

html html_arg_html(UNUSED struct page *w, html h)
{
	return h;
}

str str_arg(UNUSED struct page *w, str s)
{
	return s;
}

str str_arg_cstr(UNUSED struct page *w, const char *s)
{
	return str_of(s);
}

str str_arg_int(struct page *w, int64_t v)
{
	return str_fmt(w->c->arena, "%lld", (long long)v);
}

str str_arg_uint(struct page *w, uint64_t v)
{
	return str_fmt(w->c->arena, "%llu", (unsigned long long)v);
}

/* Write a translated text; piece() puts the literal parts and arguments. */
static bool next_piece(str *rest, str *literal, size_t *arg)
{
	if (rest->n == 0)
		return false;
	for (size_t i = 0; i + 2 < rest->n; i++) {
		char d = rest->p[i + 1];
		if (rest->p[i] != '{' || d < '1' || d > '9' || rest->p[i + 2] != '}')
			continue;
		*literal = str_slice(*rest, 0, i);
		*arg     = (size_t)(d - '0');
		*rest    = str_slice(*rest, i + 3, SIZE_MAX);
		return true;
	}
	*literal = *rest;
	*arg     = 0;
	*rest    = STR_NONE;
	return true;
}

/* A text without arguments, for this language: looked up and escaped once if it stands for itself. */
static bool said_plain(struct page *w, struct html_said *said, str *out)
{
	const char *text = atomic_load_explicit(&said->plain[w->c->lang], memory_order_acquire);
	struct page trial;
	str         s;

	if (!text) {
		s = word_count(w->c->lang, said->english, STR_NONE);
		page_init(&trial, w->c, s.n * 32 + 64);
		escape(&trial.out, s, true);
		/* word_count may have cut it: only a whole text ends where its length is found again. */
		text = !trial.out.full && s.n && str_eq(buf_str(&trial.out), s) && s.p[s.n] == '\0' && str_find(s, S("{"), 0) == SIZE_MAX
		       ? s.p : html_said_other;
		atomic_store_explicit(&said->plain[w->c->lang], text, memory_order_release);
	}
	*out = str_of(text);
	return text != html_said_other;
}

void html_say(struct page *w, struct html_said *said, bool markup)
{
	str text;

	if (said_plain(w, said, &text))
		buf_add(&w->out, text);
	else if (markup)
		html_tr_mix(w, said->english, (const html[]){ HTML_NONE }, 0);
	else
		html_tr_attr(w, said->english, (const str[]){ STR_NONE }, 0);
}

void html_tr_mix(struct page *w, const char *english, const html *args, size_t n)
{
	str    rest = word_count(w->c->lang, english, args[n ? 1 : 0].s), literal;
	size_t arg;

	while (next_piece(&rest, &literal, &arg)) {
		html_text(w, literal);
		if (arg && arg <= n)
			html_put(w, args[arg]);
	}
}

void html_tr_attr(struct page *w, const char *english, const str *args, size_t n)
{
	str    rest = word_count(w->c->lang, english, args[n ? 1 : 0]), literal;
	size_t arg;

	while (next_piece(&rest, &literal, &arg)) {
		html_attr(w, literal);
		if (arg && arg <= n)
			html_attr(w, args[arg]);
	}
}
