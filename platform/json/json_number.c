/*
 * Numbers by value: exact order and equality of what was written, however
 * long, and the conversions to machine types.
 */
#include "platform/json/json.h"

#include <stdlib.h>
#include <string.h>

#include "platform/json/json_build.h"

/* sign * 0.DIGITS * 10^exp, digits without zeros at both ends (n == 0: zero). */
struct decimal {
	int     sign;
	int64_t exp;
	str     whole, part;   /* digits before and after the point, trimmed together */
	size_t  n;
};

static int digit(const struct decimal *d, size_t i)
{
	return (i < d->whole.n ? d->whole.p[i] : d->part.p[i - d->whole.n]) - '0';
}

static int64_t exponent(str s)
{
	int64_t v = 0;
	size_t  i = 0;
	bool    minus = s.n && s.p[0] == '-';

	if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
		i = 1;
	for (; i < s.n; i++)
		if (v < (int64_t)1 << 50)
			v = v * 10 + (s.p[i] - '0');
	return minus ? -v : v;
}

/* Take the zeros off both ends; those in front count for the exponent. */
static void trim_zeros(struct decimal *d)
{
	while (d->whole.n && d->whole.p[0] == '0') {
		d->whole = str_slice(d->whole, 1, d->whole.n);
		d->exp--;
	}
	if (d->whole.n == 0)
		while (d->part.n && d->part.p[0] == '0') {
			d->part = str_slice(d->part, 1, d->part.n);
			d->exp--;
		}
	while (d->part.n && d->part.p[d->part.n - 1] == '0')
		d->part.n--;
	if (d->part.n == 0)
		while (d->whole.n && d->whole.p[d->whole.n - 1] == '0')
			d->whole.n--;
}

static struct decimal decimal_of(str s)
{
	struct decimal d = { .sign = 1 };
	size_t i;

	if (s.n && s.p[0] == '-') {
		d.sign = -1;
		s = str_slice(s, 1, s.n);
	}
	for (i = 0; i < s.n && s.p[i] != 'e' && s.p[i] != 'E'; i++)
		continue;
	if (i < s.n)
		d.exp = exponent(str_slice(s, i + 1, s.n));
	s = str_slice(s, 0, i);
	i = str_find(s, S("."), 0);
	d.whole = str_slice(s, 0, i);
	d.part  = i == SIZE_MAX ? S("") : str_slice(s, i + 1, s.n);
	d.exp += (int64_t)d.whole.n;
	trim_zeros(&d);
	d.n = d.whole.n + d.part.n;
	if (d.n == 0) {
		d.sign = 0;
		d.exp  = 0;
	}
	return d;
}

int json_number_cmp(str a, str b)
{
	struct decimal x = decimal_of(a), y = decimal_of(b);

	if (x.sign != y.sign)
		return x.sign < y.sign ? -1 : 1;
	if (x.exp != y.exp)
		return (x.exp < y.exp) == (x.sign > 0) ? -1 : 1;
	for (size_t i = 0; i < x.n && i < y.n; i++)
		if (digit(&x, i) != digit(&y, i))
			return (digit(&x, i) < digit(&y, i)) == (x.sign > 0) ? -1 : 1;
	if (x.n == y.n)
		return 0;
	return (x.n < y.n) == (x.sign > 0) ? -1 : 1;
}

static uint64_t mix(uint64_t h, uint64_t x)
{
	h = (h ^ x) * 0x9e3779b97f4a7c15u;
	return h ^ (h >> 29);
}

static uint64_t number_hash(str s)
{
	struct decimal d = decimal_of(s);
	uint64_t h = mix((uint64_t)(d.sign + 2), (uint64_t)d.exp);

	for (size_t i = 0; i < d.n; i++)
		h = mix(h, (uint64_t)digit(&d, i) + 1);
	return h;
}

uint64_t json_hash(const struct json *v)
{
	uint64_t h = v->kind + 1;

	if (v->kind == JSON_STRING)
		return mix(h, str_hash((str){ v->text, v->n }));
	if (v->kind == JSON_NUMBER)
		return mix(h, number_hash((str){ v->text, v->n }));
	for (JSON_ITEMS(x, v))
		h = mix(h, json_hash(x));
	for (JSON_MEMBERS(m, v))
		h += mix(str_hash(json_key(m)), json_hash(&m->value));
	return mix(h, v->kind >= JSON_ARRAY ? v->n : 0);
}

static int cmp_arrays(const struct json *a, const struct json *b)
{
	for (uint32_t i = 0; i < a->n; i++) {
		int r = json_cmp(&a->item[i], &b->item[i]);

		if (r)
			return r;
	}
	return 0;
}

/* The index that objects of more than JSON_INDEXED members carry (json_build.c). */
static const uint32_t *index_of(const struct json *v)
{
	return v->n > JSON_INDEXED ? (const uint32_t *)(const void *)(v->member + v->n) : NULL;
}

/* Indexes of at most JSON_INDEXED members in the order of their keys. */
static void sort_few(const struct json *v, uint32_t order[JSON_INDEXED])
{
	for (uint32_t i = 0; i < v->n; i++) {
		uint32_t k = i;

		for (; k && str_cmp(json_key(&v->member[order[k - 1]]), json_key(&v->member[i])) > 0; k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
}

/* Same number of members: by the first key or value that differs. */
static int cmp_objects(const struct json *a, const struct json *b)
{
	uint32_t few_a[JSON_INDEXED], few_b[JSON_INDEXED];
	const uint32_t *x = index_of(a), *y = index_of(b);

	if (!x) {
		sort_few(a, few_a);
		sort_few(b, few_b);
		x = few_a;
		y = few_b;
	}
	for (uint32_t i = 0; i < a->n; i++) {
		const struct json_member *m = &a->member[x[i]], *n = &b->member[y[i]];
		int r = str_cmp(json_key(m), json_key(n));

		if (r == 0)
			r = json_cmp(&m->value, &n->value);
		if (r)
			return r;
	}
	return 0;
}

int json_cmp(const struct json *a, const struct json *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->kind == JSON_NUMBER)
		return json_number_cmp((str){ a->text, a->n }, (str){ b->text, b->n });
	if (a->kind == JSON_STRING)
		return str_cmp((str){ a->text, a->n }, (str){ b->text, b->n });
	if (a->kind < JSON_ARRAY)
		return 0;
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	return a->kind == JSON_ARRAY ? cmp_arrays(a, b) : cmp_objects(a, b);
}

bool json_int(const struct json *v, int64_t *out)
{
	struct decimal d;
	uint64_t       u = 0;

	if (!json_is(v, JSON_NUMBER))
		return false;
	d = decimal_of((str){ v->text, v->n });
	if (d.exp > 19 || d.exp < 0 || (int64_t)d.n > d.exp)
		return false;
	for (int64_t i = 0; i < d.exp; i++) {
		unsigned next = i < (int64_t)d.n ? (unsigned)digit(&d, (size_t)i) : 0;

		if (__builtin_mul_overflow(u, 10u, &u) || __builtin_add_overflow(u, next, &u))
			return false;
	}
	if (u > (uint64_t)INT64_MAX + (d.sign < 0))
		return false;
	*out = d.sign < 0 ? (int64_t)(0 - u) : (int64_t)u;
	return true;
}

/* Beyond this many bytes the digits no longer matter for a double, their number does. */
enum { DOUBLE_MAX = 1100 };

bool json_double(const struct json *v, double *out)
{
	char   text[DOUBLE_MAX + 1];
	double x;

	if (!json_is(v, JSON_NUMBER) || v->n > DOUBLE_MAX)
		return false;
	memcpy(text, v->text, v->n);
	text[v->n] = '\0';
	x = strtod(text, NULL);
	if (x > 1.7976931348623157e308 || x < -1.7976931348623157e308)
		return false;
	*out = x;
	return true;
}
