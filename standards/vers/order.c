#include "standards/vers/order.h"

#include "base/instant.h"

bool order_is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

bool order_is_letter(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

int order_int(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

int order_number(str a, str b)
{
	while (a.n && a.p[0] == '0')
		a = str_slice(a, 1, a.n);
	while (b.n && b.p[0] == '0')
		b = str_slice(b, 1, b.n);
	return a.n != b.n ? order_int((int64_t)a.n, (int64_t)b.n) : str_cmp(a, b);
}

static str run(str *rest, bool (*is)(char))
{
	size_t n = 0;
	str    out;

	while (n < rest->n && is(rest->p[n]))
		n++;
	out   = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->n);
	return out;
}

str order_digits(str *rest)
{
	return run(rest, order_is_digit);
}

str order_letters(str *rest)
{
	return run(rest, order_is_letter);
}

/* Digits and dots; what follows the first other character does not count. */
int order_intdot(str a, str b)
{
	for (;;) {
		int way = order_number(order_digits(&a), order_digits(&b));

		if (way)
			return way;
		if (!(a.n && a.p[0] == '.') && !(b.n && b.p[0] == '.'))
			return 0;
		a = a.n && a.p[0] == '.' ? str_slice(a, 1, a.n) : S("");
		b = b.n && b.p[0] == '.' ? str_slice(b, 1, b.n) : S("");
	}
}

/* Haskell's policy: lists of numbers, a longer list is after its beginning. */
int order_pvp(str a, str b)
{
	str x, y;

	for (;;) {
		bool more_a = str_cut(&a, '.', &x), more_b = str_cut(&b, '.', &y);
		int way;

		if (!more_a || !more_b)
			return order_int(more_a, more_b);
		way = order_number(x, y);
		if (way)
			return way;
	}
}

int order_lexicographic(str a, str b)
{
	return str_cmp(a, b);
}

bool order_datetime_valid(str version)
{
	time_us t;

	return time_parse(version, &t);
}

int order_datetime(str a, str b)
{
	time_us x, y;
	bool ok_a = time_parse(a, &x), ok_b = time_parse(b, &y);

	if (!ok_a || !ok_b)
		return ok_a != ok_b ? (ok_a ? 1 : -1) : str_cmp(a, b);
	return order_int(x, y);
}

static char low(char ch)
{
	return ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
}

int order_nocase(str a, str b)
{
	for (size_t i = 0; i < a.n && i < b.n; i++)
		if (low(a.p[i]) != low(b.p[i]))
			return order_int(low(a.p[i]), low(b.p[i]));
	return order_int((int64_t)a.n, (int64_t)b.n);
}

/* A run of letters that comes before a release. */
static bool before_release(str word)
{
	static const char *const words[] = { "alpha", "beta", "rc", "pre", "dev", "snapshot", "a", "b" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_eq_nocase(word, str_of(words[i])))
			return true;
	return false;
}

struct piece { int rank; str text; };

/* What is left of a version; up to `solid` it is known that a number other than zero follows. */
struct pieces { str rest; const char *solid; };

/* Rank: 0 a word before the release, 1 the end, 2 a word after it, 3 a number. */
static struct piece piece_next(str *rest)
{
	struct piece p = { 1, S("") };

	while (rest->n && !order_is_digit(rest->p[0]) && !order_is_letter(rest->p[0]))
		*rest = str_slice(*rest, 1, rest->n);
	if (rest->n == 0)
		return p;
	if (order_is_digit(rest->p[0])) {
		p.text = order_digits(rest);
		p.rank = 3;
	} else {
		p.text = order_letters(rest);
		p.rank = before_release(p.text) ? 0 : 2;
	}
	return p;
}

static bool is_zero(struct piece p)
{
	return p.rank == 3 && order_number(p.text, S("0")) == 0;
}

/* Zeros are nothing before a word and at the end. */
static struct piece generic_next(struct pieces *s)
{
	struct piece first = piece_next(&s->rest), p = first;
	str          ahead = s->rest;

	if (!is_zero(first) || (s->solid && s->rest.p <= s->solid))
		return first;
	while (is_zero(p))
		p = piece_next(&ahead);
	if (p.rank == 3) {
		s->solid = ahead.p;
		return first;
	}
	s->rest = ahead;
	return p;
}

/* Runs of digits as numbers, words of letters without case, all else between them is ignored; 1.0 equals 1. */
int order_generic(str a, str b)
{
	struct pieces s = { a, NULL }, t = { b, NULL };

	for (;;) {
		struct piece x = generic_next(&s), y = generic_next(&t);
		int way;

		if (x.rank != y.rank)
			return order_int(x.rank, y.rank);
		if (x.rank == 1)
			return 0;
		way = x.rank == 3 ? order_number(x.text, y.text) : order_nocase(x.text, y.text);
		if (way)
			return way;
	}
}

static const struct order orders[] = {
	{ "datetime", order_datetime, order_datetime_valid },
	{ "generic", order_generic, NULL },
	{ "intdot", order_intdot, NULL },
	{ "pvp", order_pvp, NULL },
	{ "lexicographic", order_lexicographic, NULL },
	{ "semver", order_semver, order_semver_valid },
	{ "pypi", order_pypi, order_pypi_valid },
	{ "maven", order_maven, NULL },
	{ "nuget", order_nuget, NULL },
	{ "gem", order_gem, NULL },
	{ "deb", order_deb, NULL },
	{ "rpm", order_rpm, NULL },
	{ "alpm", order_alpm, NULL },
	{ "apk", order_apk, NULL },
	{ "gentoo", order_gentoo, NULL },
	{ "conan", order_conan, NULL },
	{ "openssl", order_openssl, NULL },
};

const struct order *order_find(str name)
{
	for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++)
		if (str_eq(name, str_of(orders[i].name)))
			return &orders[i];
	return NULL;
}
