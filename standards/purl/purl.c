#include "standards/purl/purl.h"

#include <string.h>

#include "base/buf.h"
#include "standards/purl/purl_type.h"

static bool wrong(struct ctx *c, str text, const char *at, const char *sentence)
{
	(void)fault(c, E_SYNTAX, "purl", sentence);
	c->fault.line   = 1;
	c->fault.column = (long)(at - text.p) + 1;
	return false;
}

static int hex(char ch)
{
	return ch >= '0' && ch <= '9' ? ch - '0' : ch >= 'A' && ch <= 'F' ? ch - 'A' + 10 :
	       ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

static bool decode(struct ctx *c, str text, str part, str *out)
{
	struct buf b;

	buf_init(&b, c->arena, part.n + 1);
	for (size_t i = 0; i < part.n; i++) {
		if (part.p[i] != '%') {
			buf_char(&b, part.p[i]);
			continue;
		}
		if (i + 2 >= part.n || hex(part.p[i + 1]) < 0 || hex(part.p[i + 2]) < 0)
			return wrong(c, text, part.p + i, N_("A percent sign must be followed by two hexadecimal digits."));
		buf_char(&b, (char)(hex(part.p[i + 1]) << 4 | hex(part.p[i + 2])));
		i += 2;
	}
	*out = buf_str(&b);
	if (!utf8_check(*out, NULL))
		return wrong(c, text, part.p, N_("The text is not UTF-8."));
	return true;
}

/* Where the last of these characters stands, or SIZE_MAX. */
static size_t last(str s, char ch)
{
	for (size_t i = s.n; i-- > 0;)
		if (s.p[i] == ch)
			return i;
	return SIZE_MAX;
}

/* Take the part behind the last ch off the end; none when there is no ch. */
static str take_tail(str *s, char ch)
{
	size_t at = last(*s, ch);
	str out = STR_NONE;

	if (at != SIZE_MAX) {
		out = str_slice(*s, at + 1, s->n);
		*s  = str_slice(*s, 0, at);
	}
	return out;
}

/* Segments decoded and joined with slashes; empty ones fall away, in a subpath "." and ".." too. */
static bool segments(struct ctx *c, str text, str part, bool subpath, str *out)
{
	struct buf b;
	str one, plain;

	*out = STR_NONE;
	buf_init(&b, c->arena, part.n + 1);
	while (str_cut(&part, '/', &one)) {
		if (one.n == 0)
			continue;
		TRY(decode(c, text, one, &plain));
		if (str_find(plain, S("/"), 0) != SIZE_MAX)
			return wrong(c, text, one.p, N_("A segment may not hold a slash."));
		if (subpath && (str_eq(plain, S(".")) || str_eq(plain, S(".."))))
			continue;
		if (b.n)
			buf_char(&b, '/');
		buf_add(&b, plain);
	}
	if (b.n)
		*out = buf_str(&b);
	return true;
}

static bool qualifiers(struct ctx *c, str text, str part, struct purl *out)
{
	str pair, key, value;

	while (str_cut(&part, '&', &pair)) {
		if (pair.n == 0)
			continue;
		value = pair;
		if (!str_cut(&value, '=', &key) || key.n == pair.n)
			return wrong(c, text, pair.p, N_("A qualifier is written key=value."));
		if (!purl_key_check(key))
			return wrong(c, text, pair.p, N_("A qualifier's key has letters, digits and “.-_” only."));
		key = purl_small(c->arena, key);
		TRY(decode(c, text, value, &value));
		if (value.n == 0)
			continue;
		if (purl_qualifier(out, key).p)
			return wrong(c, text, pair.p, N_("A qualifier stands twice."));
		if (out->qualifiers == PURL_QUALIFIERS_MAX)
			return fault(c, E_LIMIT, "purl", N_("There are too many qualifiers."));
		out->qualifier[out->qualifiers++] = (struct purl_qualifier){ key, value };
	}
	return true;
}

/* Of the type git the namespace is the host; all that follows is the name. */
static void git_parts(struct arena *a, struct purl *p)
{
	str rest = p->namespace, host;

	if (!str_eq_nocase(p->type, S("git")) || !str_cut(&rest, '/', &host) || rest.n == 0)
		return;
	p->name      = STR_CAT(a, rest, S("/"), p->name);
	p->namespace = host;
}

static bool characters(struct ctx *c, str text)
{
	if (text.n > PURL_BYTES_MAX)
		return fault(c, E_LIMIT, "purl", N_("The package URL is too long."));
	if (text.n < 4 || !str_eq_nocase(str_slice(text, 0, 4), S("pkg:")))
		return wrong(c, text, text.p, N_("A package URL begins with pkg:."));
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] <= ' ' || text.p[i] == 0x7f)
			return wrong(c, text, text.p + i, N_("White space must be percent-encoded."));
	return utf8_check(text, NULL) || wrong(c, text, text.p, N_("The text is not UTF-8."));
}

/* namespace/name@version, without slashes at the beginning or the end. */
static bool path(struct ctx *c, str text, str rest, struct purl *out)
{
	size_t at = last(rest, '@'), slash = last(rest, '/');
	str part;

	if (at != SIZE_MAX && (slash == SIZE_MAX || at > slash))
		TRY(decode(c, text, take_tail(&rest, '@'), &out->version));
	if (str_ends(rest, S("/")))
		return wrong(c, text, rest.p + rest.n, N_("A name is missing."));
	part = slash == SIZE_MAX ? rest : take_tail(&rest, '/');
	if (part.p != rest.p)
		TRY(segments(c, text, rest, false, &out->namespace));
	return decode(c, text, part, &out->name);
}

/* meets ECMA-427 5 (how to parse) */
bool purl_parse(struct ctx *c, str text, struct purl *out)
{
	str rest = text, whole;

	memset(out, 0, sizeof(*out));
	TRY(characters(c, text));
	rest = str_slice(rest, 4, rest.n);
	TRY(segments(c, text, take_tail(&rest, '#'), true, &out->subpath));
	TRY(qualifiers(c, text, take_tail(&rest, '?'), out));
	while (str_starts(rest, S("/")))
		rest = str_slice(rest, 1, rest.n);
	whole = rest;
	if (!str_cut(&rest, '/', &out->type) || out->type.n == whole.n)
		return wrong(c, text, whole.p, N_("A type and a slash were expected."));
	while (str_ends(rest, S("/")))
		rest.n--;
	TRY(path(c, text, rest, out));
	git_parts(c->arena, out);
	return purl_build(c, out);
}

str purl_qualifier(const struct purl *p, str key)
{
	for (size_t i = 0; i < p->qualifiers; i++)
		if (str_eq(p->qualifier[i].key, key))
			return p->qualifier[i].value;
	return STR_NONE;
}

/* meets ECMA-427 5.4 (percent-encoding): letters, digits, "-._~" and the colon stay. */
static void encode(struct buf *b, str s, bool slashes)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if ((ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
		    memchr("-._~:", ch, 5) || (slashes && ch == '/'))
			buf_char(b, ch);
		else
			buf_fmt(b, "%%%02X", (unsigned char)ch);
	}
}

str purl_print(struct arena *a, const struct purl *p)
{
	struct buf b;

	buf_init(&b, a, 4 * PURL_BYTES_MAX);
	buf_add(&b, S("pkg:"));
	buf_add(&b, p->type);
	buf_char(&b, '/');
	if (p->namespace.n) {
		encode(&b, p->namespace, true);
		buf_char(&b, '/');
	}
	encode(&b, p->name, str_eq(p->type, S("git")));
	if (p->version.n) {
		buf_char(&b, '@');
		encode(&b, p->version, false);
	}
	for (size_t i = 0; i < p->qualifiers; i++) {
		buf_char(&b, i ? '&' : '?');
		buf_add(&b, p->qualifier[i].key);
		buf_char(&b, '=');
		encode(&b, p->qualifier[i].value, false);
	}
	if (p->subpath.n) {
		buf_char(&b, '#');
		encode(&b, p->subpath, true);
	}
	return buf_str(&b);
}

/* Not none on one side and empty on the other. */
static bool same(str a, str b)
{
	return (a.n == 0 && b.n == 0) || str_eq(a, b);
}

bool purl_same_package(const struct purl *a, const struct purl *b)
{
	return same(a->type, b->type) && same(a->namespace, b->namespace) && same(a->name, b->name);
}
