/*
 * Python's versions: PEP 440 with its normalisations ("1.0-alpha.1" is 1.0a1,
 * "1.0-1" is 1.0.post1), epochs and local labels.
 */
#include "standards/vers/order.h"

enum pre_kind { PRE_LOWEST, PRE_A, PRE_B, PRE_RC, PRE_NONE };

struct pypi {
	str epoch, release, pre_number, post, dev, local;
	enum pre_kind pre;
	bool has_post, has_dev;
};

static char low(char ch)
{
	return ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
}

static bool take(str *s, const char *word)
{
	str w = str_of(word);

	if (s->n < w.n || !str_eq_nocase(str_slice(*s, 0, w.n), w))
		return false;
	*s = str_slice(*s, w.n, s->n);
	return true;
}

static void separator(str *s)
{
	if (s->n && (s->p[0] == '.' || s->p[0] == '-' || s->p[0] == '_'))
		*s = str_slice(*s, 1, s->n);
}

/* [separator] word [separator] digits; *s is unchanged when no word is there. */
static bool suffix(str *s, const char *const words[], size_t n, size_t *which, str *number)
{
	str rest = *s, tail;

	separator(&rest);
	for (size_t i = 0; i < n; i++) {
		if (!take(&rest, words[i]))
			continue;
		tail = rest;
		separator(&tail);
		*number = order_digits(&tail);
		*s      = number->n ? tail : rest;
		*which  = i;
		return true;
	}
	return false;
}

static bool release_read(str *s, str *out)
{
	str from = *s;

	if (order_digits(s).n == 0)
		return false;
	while (s->n > 1 && s->p[0] == '.' && order_is_digit(s->p[1])) {
		*s = str_slice(*s, 1, s->n);
		(void)order_digits(s);
	}
	*out = str_slice(from, 0, from.n - s->n);
	return true;
}

static bool local_check(str s)
{
	bool label = false;

	for (size_t i = 0; i < s.n; i++) {
		bool mark = s.p[i] == '.' || s.p[i] == '-' || s.p[i] == '_';

		if (mark ? !label : !order_is_digit(s.p[i]) && !order_is_letter(s.p[i]))
			return false;
		label = !mark;
	}
	return label;
}

static void post_read(str *s, struct pypi *out)
{
	static const char *const words[] = { "post", "rev", "r" };
	size_t which;
	str    rest = *s;

	out->has_post = suffix(s, words, 3, &which, &out->post);
	if (out->has_post || rest.n < 2 || rest.p[0] != '-' || !order_is_digit(rest.p[1]))
		return;
	rest = str_slice(rest, 1, rest.n);
	out->post     = order_digits(&rest);
	out->has_post = true;
	*s            = rest;
}

static bool pypi_read(str s, struct pypi *out)
{
	static const char *const pre_words[] = { "alpha", "a", "beta", "b", "preview", "pre", "rc", "c" };
	static const enum pre_kind pre_kinds[] = { PRE_A, PRE_A, PRE_B, PRE_B, PRE_RC, PRE_RC, PRE_RC, PRE_RC };
	static const char *const dev_words[] = { "dev" };
	size_t which;
	str    epoch;

	*out = (struct pypi){ .pre = PRE_NONE, .local = STR_NONE };
	s = str_trim(s);
	(void)take(&s, "v");
	epoch = s;
	out->epoch = order_digits(&epoch);
	if (epoch.n && epoch.p[0] == '!')
		s = str_slice(epoch, 1, epoch.n);
	else
		out->epoch = S("");
	if (!release_read(&s, &out->release))
		return false;
	if (suffix(&s, pre_words, 8, &which, &out->pre_number))
		out->pre = pre_kinds[which];
	post_read(&s, out);
	out->has_dev = suffix(&s, dev_words, 1, &which, &out->dev);
	if (out->has_dev && !out->has_post && out->pre == PRE_NONE)
		out->pre = PRE_LOWEST;
	if (s.n && s.p[0] == '+') {
		out->local = str_slice(s, 1, s.n);
		return local_check(out->local);
	}
	return s.n == 0;
}

bool order_pypi_valid(str version)
{
	struct pypi v;

	return pypi_read(version, &v);
}

static bool local_cut(str *rest, str *part)
{
	size_t n = 0;

	if (rest->n == 0)
		return false;
	while (n < rest->n && rest->p[n] != '.' && rest->p[n] != '-' && rest->p[n] != '_')
		n++;
	*part = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n + 1, rest->n);
	return true;
}

static int word_cmp(str a, str b)
{
	for (size_t i = 0; i < a.n && i < b.n; i++)
		if (low(a.p[i]) != low(b.p[i]))
			return order_int(low(a.p[i]), low(b.p[i]));
	return order_int((int64_t)a.n, (int64_t)b.n);
}

static bool number(str s)
{
	str rest = s;

	(void)order_digits(&rest);
	return rest.n == 0 && s.n > 0;
}

static int local_cmp(str a, str b)
{
	str x, y;

	if (str_is_none(a) || str_is_none(b))
		return order_int(str_is_none(b), str_is_none(a));
	for (;;) {
		bool more_a = local_cut(&a, &x), more_b = local_cut(&b, &y);
		int  way;

		if (!more_a || !more_b)
			return order_int(more_a, more_b);
		if (number(x) != number(y))
			return number(x) ? 1 : -1;
		way = number(x) ? order_number(x, y) : word_cmp(x, y);
		if (way)
			return way;
	}
}

int order_pypi(str a, str b)
{
	struct pypi x, y;
	bool ok_a = pypi_read(a, &x), ok_b = pypi_read(b, &y);
	int  way;

	if (!ok_a || !ok_b)
		return ok_a != ok_b ? (ok_a ? 1 : -1) : order_generic(a, b);
	if ((way = order_number(x.epoch, y.epoch)) || (way = order_intdot(x.release, y.release)) ||
	    (way = order_int(x.pre, y.pre)) || (way = order_number(x.pre_number, y.pre_number)) ||
	    (way = order_int(x.has_post, y.has_post)) || (way = order_number(x.post, y.post)) ||
	    (way = order_int(!x.has_dev, !y.has_dev)) || (way = order_number(x.dev, y.dev)))
		return way;
	return local_cmp(x.local, y.local);
}
