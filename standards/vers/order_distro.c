/* Versions of distributions: Debian policy 5.6.12, RPM, pacman, apk-tools, Gentoo's PMS 3.2. */
#include "standards/vers/order.h"

/* "1:…" split off; "0" when there is none. */
static str epoch_cut(str *v)
{
	str rest = *v, digits = order_digits(&rest);

	if (!str_starts(rest, S(":")))
		return S("0");
	*v = str_slice(rest, 1, rest.n);
	return digits.n ? digits : S("0");
}

/* What stands behind the last hyphen, cut off; none when there is none. */
static str revision_cut(str *v)
{
	for (size_t i = v->n; i-- > 0;)
		if (v->p[i] == '-') {
			str out = str_slice(*v, i + 1, v->n);

			*v = str_slice(*v, 0, i);
			return out;
		}
	return STR_NONE;
}

/* A tilde is before the end, letters before everything else. */
static int deb_weight(str s, size_t i)
{
	if (i >= s.n || order_is_digit(s.p[i]))
		return 0;
	return s.p[i] == '~' ? -1 : order_is_letter(s.p[i]) ? s.p[i] : s.p[i] + 256;
}

static int deb_part(str a, str b)
{
	while (a.n || b.n) {
		size_t i = 0;
		int way;

		for (; (i < a.n && !order_is_digit(a.p[i])) || (i < b.n && !order_is_digit(b.p[i])); i++)
			if (deb_weight(a, i) != deb_weight(b, i))
				return order_int(deb_weight(a, i), deb_weight(b, i));
		a   = str_slice(a, i, a.n);
		b   = str_slice(b, i, b.n);
		way = order_number(order_digits(&a), order_digits(&b));
		if (way)
			return way;
	}
	return 0;
}

int order_deb(str a, str b)
{
	int way = order_number(epoch_cut(&a), epoch_cut(&b));
	str ra, rb;

	if (way)
		return way;
	ra  = revision_cut(&a);
	rb  = revision_cut(&b);
	way = deb_part(a, b);
	return way ? way : deb_part(ra.p ? ra : S("0"), rb.p ? rb : S("0"));
}

static str marks_skipped(str s, const char *keep)
{
	size_t n = 0;

	while (n < s.n && !order_is_digit(s.p[n]) && !order_is_letter(s.p[n]) &&
	       str_find(str_of(keep), str_slice(s, n, n + 1), 0) == SIZE_MAX)
		n++;
	return str_slice(s, n, s.n);
}

static int first_is(str s, char ch)
{
	return s.n && s.p[0] == ch;
}

/* A tilde is before everything, a caret after the end but before more text. */
static bool rpm_mark(str *a, str *b, int *way)
{
	if (first_is(*a, '~') || first_is(*b, '~')) {
		*way = first_is(*b, '~') - first_is(*a, '~');
	} else if (first_is(*a, '^') || first_is(*b, '^')) {
		*way = first_is(*a, '^') - first_is(*b, '^');
		if (a->n && b->n)
			*way = -*way;
	} else {
		return false;
	}
	if (*way == 0) {
		*a = str_slice(*a, 1, a->n);
		*b = str_slice(*b, 1, b->n);
	}
	return true;
}

/* One run of digits or letters of each; numbers are greater than words. */
static int rpm_run(str *a, str *b)
{
	bool number = order_is_digit(a->p[0]);

	if (number != order_is_digit(b->p[0]))
		return number ? 1 : -1;
	return number ? order_number(order_digits(a), order_digits(b)) : str_cmp(order_letters(a), order_letters(b));
}

static int rpm_part(str a, str b)
{
	int way;

	while (a.n || b.n) {
		a = marks_skipped(a, "~^");
		b = marks_skipped(b, "~^");
		if (rpm_mark(&a, &b, &way)) {
			if (way)
				return way;
			continue;
		}
		if (a.n == 0 || b.n == 0)
			return order_int(a.n > 0, b.n > 0);
		way = rpm_run(&a, &b);
		if (way)
			return way;
	}
	return 0;
}

static int epoch_order(str a, str b, order_fn *part, bool needs_both)
{
	int way = order_number(epoch_cut(&a), epoch_cut(&b));
	str ra, rb;

	if (way)
		return way;
	ra  = revision_cut(&a);
	rb  = revision_cut(&b);
	way = part(a, b);
	if (way || (needs_both && (!ra.p || !rb.p)))
		return way;
	return ra.p && rb.p ? part(ra, rb) : order_int(ra.p != NULL, rb.p != NULL);
}

/* No release is before every release, so that this is an order. */
int order_rpm(str a, str b)
{
	return epoch_order(a, b, rpm_part, false);
}

/* As RPM once did: fewer marks between runs are less, a trailing word is before the end. */
static int alpm_part(str a, str b)
{
	while (a.n && b.n) {
		str x = marks_skipped(a, ""), y = marks_skipped(b, "");
		int way;

		if (x.n == 0 || y.n == 0) {
			a = x;
			b = y;
			break;
		}
		if (a.n - x.n != b.n - y.n)
			return order_int((int64_t)(a.n - x.n), (int64_t)(b.n - y.n));
		way = rpm_run(&x, &y);
		if (way)
			return way;
		a = x;
		b = y;
	}
	if (a.n == 0 && b.n == 0)
		return 0;
	if (a.n)
		return order_is_letter(a.p[0]) ? -1 : 1;
	return order_is_letter(b.p[0]) ? 1 : -1;
}

/* No release matches every release. */
int order_alpm(str a, str b)
{
	return epoch_order(a, b, alpm_part, true);
}

/* Rank of "_alpha" …: below 0 before the release, above after it; 0 for no such word. */
static int suffix_rank(str *s)
{
	static const struct { const char *word; int rank; } words[] = {
		{ "_alpha", -4 }, { "_beta", -3 }, { "_pre", -2 }, { "_rc", -1 }, { "_cvs", 1 }, { "_svn", 2 }, { "_git", 3 },
		{ "_hg", 4 }, { "_p", 5 },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_starts(*s, str_of(words[i].word))) {
			size_t n = str_of(words[i].word).n;

			if (n < s->n && order_is_letter(s->p[n]))
				continue;
			*s = str_slice(*s, n, s->n);
			return words[i].rank;
		}
	return 0;
}

/* Both rest on numbers after a dot; one with a leading zero is read as a fraction. */
static int fraction_cmp(str x, str y)
{
	bool zero = first_is(x, '0') || first_is(y, '0');

	if (!zero)
		return order_number(x, y);
	while (x.n && x.p[x.n - 1] == '0')
		x.n--;
	while (y.n && y.p[y.n - 1] == '0')
		y.n--;
	return str_cmp(x, y);
}

static int numbers_cmp(str *a, str *b)
{
	int way = order_number(order_digits(a), order_digits(b));

	while (way == 0) {
		bool more_a = a->n > 1 && a->p[0] == '.' && order_is_digit(a->p[1]);
		bool more_b = b->n > 1 && b->p[0] == '.' && order_is_digit(b->p[1]);

		if (!more_a || !more_b)
			return order_int(more_a, more_b);
		*a = str_slice(*a, 1, a->n);
		*b = str_slice(*b, 1, b->n);
		way = fraction_cmp(order_digits(a), order_digits(b));
	}
	return way;
}

static int letter_cmp(str *a, str *b)
{
	char x = 0, y = 0;

	if (a->n && order_is_letter(a->p[0])) {
		x  = a->p[0];
		*a = str_slice(*a, 1, a->n);
	}
	if (b->n && order_is_letter(b->p[0])) {
		y  = b->p[0];
		*b = str_slice(*b, 1, b->n);
	}
	return order_int(x, y);
}

static int suffixes_cmp(str *a, str *b)
{
	for (;;) {
		int x = suffix_rank(a), y = suffix_rank(b), way;

		if (x != y)
			return order_int(x, y);
		if (x == 0)
			return 0;
		way = order_number(order_digits(a), order_digits(b));
		if (way)
			return way;
	}
}

static str build_number(str *s)
{
	str rest = str_slice(*s, 2, s->n), out;

	if (!str_starts(*s, S("-r")))
		return S("0");
	out = order_digits(&rest);
	if (out.n)
		*s = rest;
	return out;
}

/* numbers, a letter, suffixes, -r: apk and Gentoo alike; what has more behind it is no version, and less. */
static int portage_cmp(str a, str b)
{
	int way = numbers_cmp(&a, &b);

	if (way == 0)
		way = letter_cmp(&a, &b);
	if (way == 0)
		way = suffixes_cmp(&a, &b);
	if (way == 0)
		way = order_number(build_number(&a), build_number(&b));
	if (way || (a.n == 0 && b.n == 0))
		return way;
	return a.n == 0 || b.n == 0 ? order_int(a.n == 0, b.n == 0) : order_generic(a, b);
}

int order_apk(str a, str b)
{
	return portage_cmp(a, b);
}

int order_gentoo(str a, str b)
{
	return portage_cmp(a, b);
}
