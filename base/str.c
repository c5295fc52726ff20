#include "base/str.h"

#include <string.h>

int str_cmp(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int    r = n ? memcmp(a.p, b.p, n) : 0;

	if (r)
		return r;
	return a.n < b.n ? -1 : a.n > b.n;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool str_starts(str s, str prefix)
{
	return s.n >= prefix.n && str_eq((str){ s.p, prefix.n }, prefix);
}

bool str_ends(str s, str suffix)
{
	return s.n >= suffix.n &&
	       str_eq((str){ s.p + (s.n - suffix.n), suffix.n }, suffix);
}

size_t str_find(str s, str needle, size_t from)
{
	const char *hit;

	if (from > s.n || needle.n > s.n - from)
		return SIZE_MAX;
	if (needle.n == 0)
		return from;
	hit = memmem(s.p + from, s.n - from, needle.p, needle.n);
	return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
	while (s.n && is_space(s.p[0]))
		s.p++, s.n--;
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool str_cut(str *rest, char sep, str *part)
{
	const char *hit;

	if (rest->p == NULL)
		return false;
	hit = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
	if (!hit) {
		*part = *rest;
		*rest = STR_NONE;
		return true;
	}
	*part = (str){ rest->p, (size_t)(hit - rest->p) };
	*rest = (str){ hit + 1, rest->n - part->n - 1 };
	return true;
}

bool str_to_int(str s, int64_t *out)
{
	bool    minus = s.n && s.p[0] == '-';
	int64_t v     = 0;

	if (s.n == (size_t)minus)
		return false;
	for (size_t i = minus; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		int d = s.p[i] - '0';
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, minus ? -d : d, &v))
			return false;
	}
	*out = v;
	return true;
}

uint64_t str_hash(str s)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return h ^ (h >> 29);
}

/* Bytes of the character that starts at p (n > 0 left), or 0 if it is wrong. */
static size_t utf8_len(const unsigned char *p, size_t n)
{
	unsigned char c    = p[0];
	size_t        len  = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	unsigned char low  = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
	unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;

	if (c < 0x80)
		return 1;
	if (c < 0xC2 || c > 0xF4 || n < len || p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return len;
}

bool utf8_check(str s, size_t *bad)
{
	const unsigned char *p = (const unsigned char *)s.p;

	for (size_t i = 0; i < s.n;) {
		uint64_t word;
		if (s.n - i >= 8) {
			memcpy(&word, p + i, 8);
			if (!(word & 0x8080808080808080u)) {
				i += 8;
				continue;
			}
		}
		/* Most characters of Japanese, at one look. */
		if ((p[i] & 0xF0) == 0xE0 && p[i] != 0xE0 && p[i] != 0xED && s.n - i >= 3 && (p[i + 1] & 0xC0) == 0x80 &&
		    (p[i + 2] & 0xC0) == 0x80) {
			i += 3;
			continue;
		}
		size_t len = utf8_len(p + i, s.n - i);
		if (!len) {
			if (bad)
				*bad = i;
			return false;
		}
		i += len;
	}
	return true;
}

uint32_t utf8_next(str s, size_t *at)
{
	const unsigned char *p   = (const unsigned char *)s.p + *at;
	size_t               len = utf8_len(p, s.n - *at);

	*at += len ? len : 1;
	switch (len) {
	case 1: return p[0];
	case 2: return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
	case 3: return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
	case 4: return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 |
	               (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
	default: return 0xFFFD;
	}
}

size_t utf8_put(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

size_t utf8_count(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

str utf8_cut(str s, size_t max)
{
	if (s.n <= max)
		return s;
	while (max && ((unsigned char)s.p[max] & 0xC0) == 0x80)
		max--;
	return (str){ s.p, max };
}
