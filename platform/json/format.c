/*
 * The formats of JSON Schema that outside schemas use (validation vocabulary
 * 2020-12 section 7.3).
 */
#include "platform/json/schema.h"

#include <string.h>

#include "base/instant.h"

/* RFC 3339 section 5.6, with leap seconds where they can occur. */
static bool is_date_time(str s)
{
	char    copy[64];
	time_us t;
	bool    leap;

	if (s.n < 20 || s.n >= sizeof(copy))
		return false;
	memcpy(copy, s.p, s.n);
	leap = copy[16] == ':' && copy[17] == '6' && copy[18] == '0';
	if (leap)
		memcpy(copy + 17, "59", 2);
	if (!time_parse((str){ copy, s.n }, &t))
		return false;
	return !leap || ((t / SECOND) % 86400 + 86400) % 86400 == 86399;
}

static bool is_date(str s)
{
	struct civil d;

	return date_parse(s, &d);
}

static bool is_hex(char ch)
{
	return (ch >= '0' && ch <= '9') || ((ch | 32) >= 'a' && (ch | 32) <= 'f');
}

static bool is_alpha(char ch)
{
	return (ch | 32) >= 'a' && (ch | 32) <= 'z';
}

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

static bool is_uuid(str s)
{
	if (s.n != 36)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? s.p[i] != '-' : !is_hex(s.p[i]))
			return false;
	}
	return true;
}

/* Every byte belongs to `extra`, unreserved, sub-delims, or is %XX; wide: non-ASCII too. */
static bool uri_chars(str s, const char *extra, bool wide)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if (ch == '%') {
			if (s.n - i < 3 || !is_hex(s.p[i + 1]) || !is_hex(s.p[i + 2]))
				return false;
			i += 2;
		} else if ((unsigned char)ch >= 0x80) {
			if (!wide)
				return false;
		} else if (!is_alpha(ch) && !is_digit(ch) &&
		           !(ch && strchr("-._~!$&'()*+,;=", ch)) && !(ch && strchr(extra, ch))) {
			return false;
		}
	}
	return true;
}

/* [userinfo@]host[:port] */
static bool authority(str s, bool wide)
{
	size_t at = s.n, end;

	while (at && s.p[at - 1] != '@')
		at--;
	if (at && !uri_chars(str_slice(s, 0, at - 1), ":", wide))
		return false;
	s = str_slice(s, at, s.n);
	if (s.n && s.p[0] == '[') {
		end = str_find(s, S("]"), 0);
		if (end == SIZE_MAX || end < 3 || !uri_chars(str_slice(s, 1, end), ":", false))
			return false;
		s = str_slice(s, end + 1, s.n);
		if (s.n && s.p[0] != ':')
			return false;
	} else {
		end = str_find(s, S(":"), 0);
		end = end == SIZE_MAX ? s.n : end;
		if (!uri_chars(str_slice(s, 0, end), "", wide))
			return false;
		s = str_slice(s, end, s.n);
	}
	for (size_t i = 1; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return true;
}

/* Bytes of the scheme with its colon, or 0. */
static size_t scheme(str s)
{
	if (s.n == 0 || !is_alpha(s.p[0]))
		return 0;
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == ':')
			return i + 1;
		if (!is_alpha(s.p[i]) && !is_digit(s.p[i]) && !(s.p[i] && strchr("+-.", s.p[i])))
			return 0;
	}
	return 0;
}

/* Cut the part after `mark` off *s and judge its characters. */
static bool tail(str *s, str mark, bool wide)
{
	size_t at = str_find(*s, mark, 0);
	str    rest;

	if (at == SIZE_MAX)
		return true;
	rest = str_slice(*s, at + 1, s->n);
	*s   = str_slice(*s, 0, at);
	return uri_chars(rest, ":@/?", wide);
}

/* RFC 3986 appendix A; wide: RFC 3987. */
static bool is_uri(str s, bool relative, bool wide)
{
	size_t n = scheme(s), end;

	if (n == 0 && !relative)
		return false;
	s = str_slice(s, n, s.n);
	if (!tail(&s, S("#"), wide) || !tail(&s, S("?"), wide))
		return false;
	if (str_starts(s, S("//"))) {
		end = str_find(s, S("/"), 2);
		end = end == SIZE_MAX ? s.n : end;
		if (!authority(str_slice(s, 2, end), wide))
			return false;
		s = str_slice(s, end, s.n);
	} else if (n == 0) {
		/* No colon in the first segment of a relative reference. */
		end = str_find(s, S("/"), 0);
		if (str_find(str_slice(s, 0, end), S(":"), 0) != SIZE_MAX)
			return false;
	}
	return uri_chars(s, ":@/", wide);
}

/* Letters, digits and `extra`; wide: non-ASCII too. */
static bool only(str s, const char *extra, bool wide)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if ((unsigned char)ch >= 0x80 ? !wide
		    : !is_alpha(ch) && !is_digit(ch) && !(ch && strchr(extra, ch)))
			return false;
	}
	return true;
}

static bool is_host(str host, bool wide)
{
	str part;

	if (host.n == 0 || host.n > 255 || host.p[host.n - 1] == '.')
		return false;
	if (host.p[0] == '[')
		return host.n > 2 && host.p[host.n - 1] == ']';
	while (str_cut(&host, '.', &part)) {
		if (part.n == 0 || part.n > 63 || part.p[0] == '-' || part.p[part.n - 1] == '-')
			return false;
		if (!only(part, "-", wide))
			return false;
	}
	return true;
}

/* RFC 5321 mailbox in its common form: dot-atom or quoted, at, host; wide: RFC 6531. */
static bool is_email(str s, bool wide)
{
	size_t at = s.n;
	str    local;

	while (at && s.p[at - 1] != '@')
		at--;
	if (at < 2 || at > 65 || !is_host(str_slice(s, at, s.n), wide))
		return false;
	local = str_slice(s, 0, at - 1);
	if (local.p[0] == '"' && local.n > 2 && local.p[local.n - 1] == '"')
		return true;
	if (local.p[0] == '.' || local.p[local.n - 1] == '.' || str_find(local, S(".."), 0) != SIZE_MAX)
		return false;
	return only(local, "!#$%&'*+-/=?^_`{|}~.", wide);
}

static const struct {
	const char *name;
	int         kind;
	bool        relative, wide;
} formats[] = {
	{ "date-time", 0 }, { "date", 1 }, { "uuid", 2 },
	{ "uri", 3, false, false }, { "uri-reference", 3, true, false },
	{ "iri", 3, false, true }, { "iri-reference", 3, true, true },
	{ "email", 4, false, false }, { "idn-email", 4, false, true },
};

bool format_check(str name, str s)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if (!str_eq(name, str_of(formats[i].name)))
			continue;
		switch (formats[i].kind) {
		case 0: return is_date_time(s);
		case 1: return is_date(s);
		case 2: return is_uuid(s);
		case 3: return is_uri(s, formats[i].relative, formats[i].wide);
		default: return is_email(s, formats[i].wide);
		}
	}
	return true;
}
