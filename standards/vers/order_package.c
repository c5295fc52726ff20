/* Versions of package managers: NuGet, RubyGems, Conan, and OpenSSL's own. */
#include "standards/vers/order.h"

static bool all_digits(str s)
{
	(void)order_digits(&s);
	return s.n == 0;
}

/* Up to the mark, which falls away; *tail is none when there is no mark. */
static str head(str s, char mark, str *tail)
{
	str rest = s, out = S("");

	*tail = STR_NONE;
	if (str_cut(&rest, mark, &out) && out.n < s.n)
		*tail = str_slice(s, out.n + 1, s.n);
	return out;
}

static int pre_cmp(str a, str b)
{
	str x, y;

	for (;;) {
		bool more_a = a.n && str_cut(&a, '.', &x), more_b = b.n && str_cut(&b, '.', &y);
		int way;

		if (!more_a || !more_b)
			return order_int(more_a, more_b);
		if (all_digits(x) != all_digits(y))
			return all_digits(x) ? -1 : 1;
		way = all_digits(x) ? order_number(x, y) : order_nocase(x, y);
		if (way)
			return way;
	}
}

/* Four numbers, letters of either size alike, what follows a plus is ignored. */
int order_nuget(str a, str b)
{
	str pre_a, pre_b, none;
	int way;

	a   = head(head(a, '+', &none), '-', &pre_a);
	b   = head(head(b, '+', &none), '-', &pre_b);
	way = order_intdot(a, b);
	if (way || (!pre_a.p && !pre_b.p))
		return way;
	return !pre_a.p || !pre_b.p ? order_int(!pre_a.p, !pre_b.p) : pre_cmp(pre_a, pre_b);
}

/* One run of digits or letters; a hyphen stands for ".pre."; false at the end. */
static bool gem_segment(str *s, str *out)
{
	while (s->n && !order_is_digit(s->p[0]) && !order_is_letter(s->p[0])) {
		if (s->p[0] == '-') {
			*s   = str_slice(*s, 1, s->n);
			*out = S("pre");
			return true;
		}
		*s = str_slice(*s, 1, s->n);
	}
	if (s->n == 0)
		return false;
	*out = order_is_digit(s->p[0]) ? order_digits(s) : order_letters(s);
	return true;
}

static bool zero(str s)
{
	return all_digits(s) && order_number(s, S("0")) == 0;
}

/* What is left when the other side has ended: zeros are nothing, a word is before the end. */
static int gem_rest(str one, str rest)
{
	for (bool more = true; more; more = gem_segment(&rest, &one))
		if (!zero(one))
			return all_digits(one) ? 1 : -1;
	return 0;
}

/* Zeros before a word do not count: 1.0.a is 1.a. */
static void zeros_skip(str *s)
{
	str at = *s, one = S("");
	bool some = false;

	while (gem_segment(&at, &one) && zero(one))
		some = true;
	if (some && one.n && !all_digits(one)) {
		str again = *s;

		while (gem_segment(&again, &one) && zero(one))
			*s = again;
	}
}

int order_gem(str a, str b)
{
	str x, y;

	for (;;) {
		bool more_a, more_b;
		int way;

		zeros_skip(&a);
		zeros_skip(&b);
		more_a = gem_segment(&a, &x);
		more_b = gem_segment(&b, &y);
		if (!more_a && !more_b)
			return 0;
		if (!more_b)
			return gem_rest(x, a);
		if (!more_a)
			return -gem_rest(y, b);
		if (all_digits(x) != all_digits(y))
			return all_digits(x) ? 1 : -1;
		way = all_digits(x) ? order_number(x, y) : str_cmp(x, y);
		if (way)
			return way;
	}
}

/* Items between dots, zeros at the end fall away; numbers by value, else as text. */
static int conan_items(str a, str b)
{
	str x, y;

	while (str_ends(a, S(".0")))
		a.n -= 2;
	while (str_ends(b, S(".0")))
		b.n -= 2;
	for (;;) {
		bool more_a = str_cut(&a, '.', &x), more_b = str_cut(&b, '.', &y);
		int way;

		if (!more_a || !more_b)
			return order_int(more_a, more_b);
		way = all_digits(x) && all_digits(y) ? order_number(x, y) : str_cmp(x, y);
		if (way)
			return way;
	}
}

int order_conan(str a, str b)
{
	str pre_a, pre_b, build_a, build_b;
	int way;

	a   = head(head(a, '+', &build_a), '-', &pre_a);
	b   = head(head(b, '+', &build_b), '-', &pre_b);
	way = conan_items(a, b);
	if (way)
		return way;
	if (!pre_a.p != !pre_b.p)
		return pre_a.p ? -1 : 1;
	way = pre_a.p ? conan_items(pre_a, pre_b) : 0;
	if (way)
		return way;
	if (!build_a.p != !build_b.p)
		return build_a.p ? 1 : -1;
	return build_a.p ? conan_items(build_a, build_b) : 0;
}

static bool first_hyphen(str s)
{
	return s.n && s.p[0] == '-';
}

/* 1.0.2z before 1.0.2za: more letters are later; from 3.0 on semantic versions. */
int order_openssl(str a, str b)
{
	int way = order_intdot(a, b);
	str x, y;

	if (way)
		return way;
	while (a.n && (order_is_digit(a.p[0]) || a.p[0] == '.'))
		a = str_slice(a, 1, a.n);
	while (b.n && (order_is_digit(b.p[0]) || b.p[0] == '.'))
		b = str_slice(b, 1, b.n);
	if (first_hyphen(a) || first_hyphen(b))
		return first_hyphen(a) && first_hyphen(b) ? pre_cmp(a, b) : order_int(first_hyphen(b), first_hyphen(a));
	x = order_letters(&a);
	y = order_letters(&b);
	return x.n != y.n ? order_int((int64_t)x.n, (int64_t)y.n) : str_cmp(x, y);
}
