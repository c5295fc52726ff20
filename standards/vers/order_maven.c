/*
 * Maven's versions (POM reference, "Version Order Specification"): a list of
 * numbers and words, in which a hyphen, or a change between digits and
 * letters, opens a list of its own; nulls ("", 0, final, ga, release) at the
 * end of a list fall away.
 */
#include "standards/vers/order.h"

#include <string.h>

enum { ITEMS = 256, WORD_RELEASE = 5 };   /* what stands behind 256 items does not count */

enum kind { NUMBER, WORD, LIST_OPEN };    /* LIST_OPEN: the rest is a list of its own */

struct item { enum kind kind; str text; bool before_digit; };

struct items { struct item v[ITEMS]; size_t n; };

static void add(struct items *out, enum kind kind, str text, bool before_digit)
{
	if (out->n < ITEMS)
		out->v[out->n++] = (struct item){ kind, text, before_digit };
}

/* Between a digit and a letter a list opens; dots separate, hyphens open one. */
static void split(str s, struct items *out)
{
	size_t from = 0;
	bool digit = false;

	for (size_t i = 0; i < s.n; i++) {
		bool now = order_is_digit(s.p[i]);

		if (s.p[i] == '.' || s.p[i] == '-') {
			add(out, i == from || digit ? NUMBER : WORD, i == from ? S("0") : str_slice(s, from, i), false);
			if (s.p[i] == '-')
				add(out, LIST_OPEN, S(""), false);
			from = i + 1;
			continue;
		}
		if (i > from && now != digit) {
			add(out, digit ? NUMBER : WORD, str_slice(s, from, i), !digit);
			add(out, LIST_OPEN, S(""), false);
			from = i;
		}
		digit = now;
	}
	if (from < s.n)
		add(out, digit ? NUMBER : WORD, str_slice(s, from, s.n), false);
}

/* Place of a known word, 7 for others; RELEASE is the empty one. */
static int word_rank(const struct item *x)
{
	static const struct { const char *word; int rank; } words[] = {
		{ "alpha", 0 }, { "beta", 1 }, { "milestone", 2 }, { "rc", 3 }, { "cr", 3 }, { "snapshot", 4 }, { "", 5 },
		{ "ga", 5 }, { "final", 5 }, { "release", 5 }, { "sp", 6 },
	};
	static const char letters[] = "abm";

	for (int i = 0; x->before_digit && x->text.n == 1 && i < 3; i++)
		if ((x->text.p[0] | 32) == letters[i])
			return i;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_eq_nocase(x->text, str_of(words[i].word)))
			return words[i].rank;
	return 7;
}

static bool is_null(const struct item *x)
{
	return x->kind == NUMBER ? order_number(x->text, S("0")) == 0 : x->kind == WORD && word_rank(x) == WORD_RELEASE;
}

/* Nulls at the end of each list, the innermost first; a list without items of its own falls away. */
static void normalize(struct items *s)
{
	size_t keep = s->n;

	for (size_t i = s->n; i-- > 0;) {
		bool last = i + 1 == keep || s->v[i + 1].kind == LIST_OPEN;

		if (last && (is_null(&s->v[i]) || s->v[i].kind == LIST_OPEN)) {
			memmove(&s->v[i], &s->v[i + 1], (keep - i - 1) * sizeof(*s->v));
			keep--;
		}
	}
	s->n = keep;
}

static int word_cmp(const struct item *a, const struct item *b)
{
	int x = word_rank(a), y = word_rank(b);

	if (x != y || x != 7)
		return order_int(x, y);
	for (size_t i = 0; i < a->text.n && i < b->text.n; i++)
		if ((a->text.p[i] | 32) != (b->text.p[i] | 32))
			return order_int(a->text.p[i] | 32, b->text.p[i] | 32);
	return order_int((int64_t)a->text.n, (int64_t)b->text.n);
}

/* Against nothing: numbers are after it, words as their rank says, a list as its first item that says something. */
static int null_cmp(const struct items *s, size_t i)
{
	for (; i < s->n; i++) {
		int way = s->v[i].kind == NUMBER ? order_number(s->v[i].text, S("0")) > 0 :
		          s->v[i].kind == WORD ? order_int(word_rank(&s->v[i]), WORD_RELEASE) : 0;

		if (way)
			return way;
	}
	return 0;
}

/* Words before lists before numbers. */
static int kind_rank(enum kind k)
{
	return k == WORD ? 0 : k == LIST_OPEN ? 1 : 2;
}

int order_maven(str a, str b)
{
	struct items x = { .n = 0 }, y = { .n = 0 };

	split(a, &x);
	split(b, &y);
	normalize(&x);
	normalize(&y);
	for (size_t i = 0; i < x.n || i < y.n; i++) {
		int way;

		if (i >= y.n)
			return null_cmp(&x, i);
		if (i >= x.n)
			return -null_cmp(&y, i);
		if (x.v[i].kind != y.v[i].kind)
			return order_int(kind_rank(x.v[i].kind), kind_rank(y.v[i].kind));
		way = x.v[i].kind == NUMBER ? order_number(x.v[i].text, y.v[i].text) :
		      x.v[i].kind == WORD ? word_cmp(&x.v[i], &y.v[i]) : 0;
		if (way)
			return way;
	}
	return 0;
}
