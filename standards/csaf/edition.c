#include "standards/csaf/edition.h"

#include <string.h>

static bool number(str s)
{
	if (s.n == 0 || (s.n > 1 && s.p[0] == '0'))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* Dot-separated identifiers; numeric ones of a pre-release have no leading zero. */
static bool identifiers(str s, bool pre)
{
	str part, rest = s;

	if (s.n == 0 || s.p[s.n - 1] == '.')
		return false;
	while (str_cut(&rest, '.', &part)) {
		bool digits = true;

		if (part.n == 0)
			return false;
		for (size_t i = 0; i < part.n; i++) {
			char ch = part.p[i];
			bool digit = ch >= '0' && ch <= '9';

			if (!digit && !((ch | 32) >= 'a' && (ch | 32) <= 'z') && ch != '-')
				return false;
			digits = digits && digit;
		}
		if (pre && digits && !number(part))
			return false;
	}
	return true;
}

bool edition_parse(str s, struct edition *out)
{
	size_t at;

	*out = (struct edition){ .pre = STR_NONE, .build = STR_NONE };
	if (number(s)) {
		out->major = s;
		out->minor = out->patch = S("0");
		return true;
	}
	out->semantic = true;
	at = str_find(s, S("+"), 0);
	if (at != SIZE_MAX) {
		out->build = str_slice(s, at + 1, s.n);
		s = str_slice(s, 0, at);
		if (!identifiers(out->build, false))
			return false;
	}
	at = str_find(s, S("-"), 0);
	if (at != SIZE_MAX) {
		out->pre = str_slice(s, at + 1, s.n);
		s = str_slice(s, 0, at);
		if (!identifiers(out->pre, true))
			return false;
	}
	if (!str_cut(&s, '.', &out->major) || !str_cut(&s, '.', &out->minor))
		return false;
	out->patch = s;
	return number(out->major) && number(out->minor) && number(out->patch);
}

static int number_cmp(str a, str b)
{
	if (a.n != b.n)
		return a.n < b.n ? -1 : 1;
	return str_cmp(a, b);
}

/* SemVer 11.4: identifier by identifier; numbers before words, fewer before more. */
static int pre_cmp(str a, str b)
{
	str x, y;

	if (!a.p || !b.p)
		return (a.p == NULL) - (b.p == NULL);
	for (;;) {
		bool more_a = str_cut(&a, '.', &x), more_b = str_cut(&b, '.', &y);
		int  r;

		if (!more_a || !more_b)
			return more_a - more_b;
		if (number(x) && number(y))
			r = number_cmp(x, y);
		else if (number(x) != number(y))
			r = number(x) ? -1 : 1;
		else
			r = str_cmp(x, y);
		if (r)
			return r;
	}
}

int edition_cmp(const struct edition *a, const struct edition *b, bool with_pre)
{
	int r = number_cmp(a->major, b->major);

	if (!r)
		r = number_cmp(a->minor, b->minor);
	if (!r)
		r = number_cmp(a->patch, b->patch);
	return r || !with_pre ? r : pre_cmp(a->pre, b->pre);
}

bool edition_is_zero(const struct edition *e)
{
	return str_eq(e->major, S("0"));
}
