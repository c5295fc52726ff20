/*
 * Semantic Versioning 2.0.0, section 11, and its relatives: npm and Go write a
 * "v" before it, parts may be missing (they are 0), build metadata is ignored.
 */
#include "standards/vers/order.h"

struct semver { str part[3], pre; };

static bool core_read(str *rest, struct semver *out)
{
	for (int i = 0; i < 3; i++) {
		out->part[i] = order_digits(rest);
		if (out->part[i].n == 0)
			return false;
		if (i == 2 || rest->n == 0 || rest->p[0] != '.')
			break;
		*rest = str_slice(*rest, 1, rest->n);
	}
	return true;
}

static bool identifiers(str s)
{
	str part;
	bool last = str_ends(s, S("."));

	if (s.n == 0 || last)
		return false;
	while (str_cut(&s, '.', &part)) {
		if (part.n == 0)
			return false;
		for (size_t i = 0; i < part.n; i++)
			if (!order_is_digit(part.p[i]) && !order_is_letter(part.p[i]) && part.p[i] != '-')
				return false;
	}
	return true;
}

static bool semver_read(str s, struct semver *out)
{
	size_t plus;

	*out = (struct semver){ .pre = STR_NONE };
	while (s.n && (s.p[0] == 'v' || s.p[0] == 'V' || s.p[0] == '=' || s.p[0] == ' '))
		s = str_slice(s, 1, s.n);
	plus = str_find(s, S("+"), 0);
	if (plus != SIZE_MAX) {
		if (!identifiers(str_slice(s, plus + 1, s.n)))
			return false;
		s = str_slice(s, 0, plus);
	}
	if (!core_read(&s, out))
		return false;
	if (s.n == 0)
		return true;
	out->pre = str_slice(s, 1, s.n);
	return s.p[0] == '-' && identifiers(out->pre);
}

bool order_semver_valid(str version)
{
	struct semver v;

	return semver_read(version, &v);
}

static bool all_digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!order_is_digit(s.p[i]))
			return false;
	return s.n > 0;
}

/* SemVer 11.4: numbers before words, numbers by value, words bytewise, the longer list is greater. */
static int pre_cmp(str a, str b)
{
	str x, y;

	for (;;) {
		bool more_a = a.n && str_cut(&a, '.', &x), more_b = b.n && str_cut(&b, '.', &y);
		bool number_a, number_b;
		int  way;

		if (!more_a || !more_b)
			return order_int(more_a, more_b);
		number_a = all_digits(x);
		number_b = all_digits(y);
		if (number_a != number_b)
			return number_a ? -1 : 1;
		way = number_a ? order_number(x, y) : str_cmp(x, y);
		if (way)
			return way;
	}
}

int order_semver(str a, str b)
{
	struct semver x, y;
	bool ok_a = semver_read(a, &x), ok_b = semver_read(b, &y);

	if (!ok_a || !ok_b)
		return ok_a != ok_b ? (ok_a ? 1 : -1) : order_generic(a, b);
	for (int i = 0; i < 3; i++) {
		int way = order_number(x.part[i], y.part[i]);

		if (way)
			return way;
	}
	if (str_is_none(x.pre) || str_is_none(y.pre))
		return order_int(str_is_none(x.pre), str_is_none(y.pre));
	return pre_cmp(x.pre, y.pre);
}
