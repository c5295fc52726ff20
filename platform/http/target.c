#include "platform/http/target.h"

#include <string.h>

#include "base/list.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Decode once; false on a wrong escape or when memory ends. */
static bool percent_decode(struct arena *a, str s, bool plus, str *out)
{
	char  *p = arena_alloc(a, s.n + 1);
	size_t n = 0;

	if (!p)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		if (ch == '+' && plus) {
			ch = ' ';
		} else if (ch == '%') {
			if (s.n - i < 3)
				return false;
			int high = hex(s.p[i + 1]), low = hex(s.p[i + 2]);
			if (high < 0 || low < 0)
				return false;
			ch = (char)(high << 4 | low);
			i += 2;
		}
		p[n++] = ch;
	}
	*out = (str){ p, n };
	return true;
}

static bool wrong_target(struct ctx *c)
{
	return fault(c, E_USAGE, "target", N_("The address is not well formed."));
}

/* A decoded segment that no router or file name could misread. */
static bool segment_check(str s)
{
	if (str_eq(s, S(".")) || str_eq(s, S("..")))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];
		if (ch < 0x20 || ch == 0x7F || ch == '/' || ch == '\\')
			return false;
	}
	return utf8_check(s, NULL);
}

static bool path_decode(struct ctx *c, str raw, str *out)
{
	struct buf b;
	str rest = str_slice(raw, 1, raw.n), part, plain;

	buf_init(&b, c->arena, raw.n + 1);
	if (rest.n == 0)
		buf_char(&b, '/');
	while (rest.n && str_cut(&rest, '/', &part)) {
		if (part.n == 0 || !percent_decode(c->arena, part, false, &plain) ||
		    !segment_check(plain))
			return wrong_target(c);
		buf_char(&b, '/');
		buf_add(&b, plain);
		if (!str_is_none(rest) && rest.n == 0)
			buf_char(&b, '/');      /* a slash at the end stays */
	}
	*out = buf_str(&b);
	return !b.full || wrong_target(c);
}

/* "http://host/path" -> "/path"; the text itself when it is in origin form. */
static bool origin_form(struct ctx *c, str *target, str host)
{
	str    rest;
	size_t slash;

	if (target->n && target->p[0] == '/')
		return true;
	if (str_eq_nocase(str_slice(*target, 0, 7), S("http://")))
		rest = str_slice(*target, 7, target->n);
	else if (str_eq_nocase(str_slice(*target, 0, 8), S("https://")))
		rest = str_slice(*target, 8, target->n);
	else
		return wrong_target(c);
	slash = str_find(rest, S("/"), 0);
	if (slash == SIZE_MAX || slash == 0 ||
	    (!str_is_none(host) && !str_eq_nocase(str_slice(rest, 0, slash), host)))
		return wrong_target(c);
	*target = str_slice(rest, slash, rest.n);
	return true;
}

bool target_parse(struct ctx *c, str target, str host, str *path, str *query)
{
	size_t mark;

	for (size_t i = 0; i < target.n; i++)
		if (target.p[i] <= ' ' || target.p[i] >= 0x7F || target.p[i] == '#')
			return wrong_target(c);
	TRY(origin_form(c, &target, host));
	mark = str_find(target, S("?"), 0);
	if (mark == SIZE_MAX) {
		*query = STR_NONE;
	} else {
		*query = str_slice(target, mark + 1, target.n);
		target = str_slice(target, 0, mark);
	}
	return path_decode(c, target, path);
}

static bool text_check(str s)
{
	return utf8_check(s, NULL) && !(s.n && memchr(s.p, 0, s.n));
}

bool urlencoded_parse(struct ctx *c, str text, struct fields *out)
{
	str piece, name, value;

	while (str_cut(&text, '&', &piece)) {
		if (piece.n == 0)
			continue;
		if (out->n >= out->max)
			return fault(c, E_LIMIT, "form", N_("At most {1} fields are accepted."),
			             str_fmt(c->arena, "%zu", out->max));
		if (!str_cut(&piece, '=', &name))
			continue;
		if (str_is_none(piece))
			piece = S("");
		if (!percent_decode(c->arena, name, true, &name) ||
		    !percent_decode(c->arena, piece, true, &value) ||
		    !text_check(name) || !text_check(value))
			return fault(c, E_USAGE, "form",
			             N_("The form or query is not well formed."));
		if (!list_push(c->arena, out, (struct field){ .name = name, .value = value,
		                              .fd = -1, .size = (int64_t)value.n }))
			return fault(c, E_LIMIT, "form", N_("The form is too large."));
	}
	return true;
}

str percent_encode(struct arena *a, str s)
{
	struct buf b;

	buf_init(&b, a, s.n * 3 + 1);
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		if ((ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') ||
		    (ch >= 'a' && ch <= 'z') || ch == '-' || ch == '.' || ch == '_' || ch == '~') {
			buf_char(&b, ch);
		} else {
			buf_char(&b, '%');
			buf_char(&b, "0123456789ABCDEF"[(unsigned char)ch >> 4]);
			buf_char(&b, "0123456789ABCDEF"[(unsigned char)ch & 15]);
		}
	}
	return buf_str(&b);
}
