#include "tests/fuzz/mutate.h"

#include <string.h>

#include "base/buf.h"

/* The text being changed; room for max bytes. */
struct draft {
	char  *p;
	size_t n, max;
};

static bool is_word(char ch)
{
	return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') || (ch && strchr("_.:-/$", ch));
}

void mutate_word(struct mutator *m, str word)
{
	if (word.n == 0 || word.n > WORD_BYTES)
		return;
	for (size_t i = 0; i < m->words.n; i++)
		if (str_eq(m->words.v[i], word))
			return;
	if (m->words.n < WORDS_MAX)
		m->words.v[m->words.n++] = word;
	else
		m->words.v[mutate_pick(m, WORDS_MAX)] = word;
}

/* Runs of letters and digits, and the same with the quotes around. */
static void words_take(struct mutator *m, str text)
{
	for (size_t i = 0, from; i < text.n && m->words.n < WORDS_MAX / 2; i++) {
		for (from = i; i < text.n && is_word(text.p[i]); i++)
			;
		if (i > from + 1)
			mutate_word(m, (str){ text.p + from, i - from });
		if (from && i < text.n && text.p[from - 1] == '"' && text.p[i] == '"')
			mutate_word(m, (str){ text.p + from - 1, i - from + 2 });
	}
}

void mutator_init(struct mutator *m, const struct fuzz_target *t, const struct seeds *seeds, uint64_t state)
{
	m->state   = state | 1;
	m->seeds   = seeds;
	m->max     = t->max ? t->max : FUZZ_BYTES;
	m->json    = t->json;
	m->words.n = 0;
	for (size_t i = 0; i < seeds->n; i++)
		words_take(m, seeds->v[i]);
}

size_t mutate_pick(struct mutator *m, size_t n)
{
	m->state ^= m->state << 13;
	m->state ^= m->state >> 7;
	m->state ^= m->state << 17;
	return n ? (size_t)((m->state * 0x2545F4914F6CDD1Du) >> 16) % n : 0;
}

/* [at, at + gone) becomes s. */
static void replace(struct draft *d, size_t at, size_t gone, str s)
{
	size_t tail = d->n - at - gone;

	if (at + s.n > d->max)
		s.n = d->max - at;
	if (at + s.n + tail > d->max)
		tail = d->max - at - s.n;
	memmove(d->p + at + s.n, d->p + at + gone, tail);
	if (s.n)
		memcpy(d->p + at, s.p, s.n);
	d->n = at + s.n + tail;
}

static void change_byte(struct mutator *m, struct draft *d, size_t at)
{
	static const unsigned char odd[] = { 0, 1, '\t', '\n', '\r', ' ', '"', '%', '\'', '*', '/', '0', '9', ':', '[', '\\', ']', '{', '}', 0x7F, 0x80, 0xC0, 0xED, 0xF4, 0xFF };

	if (d->n == 0)
		return;
	switch (mutate_pick(m, 4)) {
	case 0:
		d->p[at] ^= (char)(1 << mutate_pick(m, 8));
		break;
	case 1:
		d->p[at] = (char)odd[mutate_pick(m, sizeof(odd))];
		break;
	case 2:
		d->p[at] = (char)(d->p[at] + (mutate_pick(m, 2) ? 1 : -1));
		break;
	default:
		d->p[at] = (char)mutate_pick(m, 256);
	}
}

static void add_odd(struct mutator *m, struct draft *d, size_t at)
{
	static const str odd[] = {
		S_INIT("0"), S_INIT("-1"), S_INIT("1e999"), S_INIT("-0"), S_INIT("9223372036854775807"), S_INIT("9223372036854775808"),
		S_INIT("-9223372036854775808"), S_INIT("4294967296"), S_INIT("18446744073709551616"), S_INIT("0.1"), S_INIT("1E400"),
		S_INIT("\xED\xA0\x80"), S_INIT("\xF4\x90\x80\x80"), S_INIT("\xC0\x80"), S_INIT("\xEF\xBB\xBF"), S_INIT("\xE2\x80\xAE"),
		S_INIT("\\u0000"), S_INIT("\\ud800"), S_INIT("\\ud83d\\ude00"), S_INIT("%00"), S_INIT("%2F"), S_INIT("%"), S_INIT("\r\n"), S_INIT("\n\n"),
		S_INIT("9999-12-31T23:59:59Z"), S_INIT("0000-00-00"), S_INIT("../"), S_INIT("\xE3\x82\xAB\xE3\x82\x99"),
	};

	replace(d, at, 0, odd[mutate_pick(m, sizeof(odd) / sizeof(*odd))]);
}

/* Some bytes, very often. */
static void add_run(struct mutator *m, struct arena *a, struct draft *d, size_t at)
{
	static const str piece[] = { S_INIT("["), S_INIT("{\"a\":"), S_INIT("("), S_INIT("a"), S_INIT("0"), S_INIT("-"), S_INIT("."), S_INIT(","), S_INIT("%41"), S_INIT("|"), S_INIT(" "), S_INIT("\n") };
	str    one = piece[mutate_pick(m, sizeof(piece) / sizeof(*piece))];
	size_t n   = (size_t)1 << mutate_pick(m, 10);
	struct buf b;

	buf_init(&b, a, d->max + 16);
	for (size_t i = 0; i < n; i++)
		buf_add(&b, one);
	replace(d, at, 0, buf_str(&b));
}

/* A run of digits becomes another number. */
static void change_number(struct mutator *m, struct draft *d, size_t at)
{
	static const str number[] = { S_INIT("0"), S_INIT("1"), S_INIT("-1"), S_INIT("255"), S_INIT("65536"), S_INIT("2147483648"), S_INIT("99999999999999999999"), S_INIT("00"), S_INIT("1.5") };
	size_t end;

	while (at < d->n && !(d->p[at] >= '0' && d->p[at] <= '9'))
		at++;
	for (end = at; end < d->n && d->p[end] >= '0' && d->p[end] <= '9'; end++)
		;
	if (end > at)
		replace(d, at, end - at, number[mutate_pick(m, sizeof(number) / sizeof(*number))]);
}

static str piece_of(struct mutator *m, struct arena *a, const char *p, size_t n)
{
	size_t at = mutate_pick(m, n), most = mutate_pick(m, 4) ? 32 : 512;

	return str_dup(a, str_slice((str){ p, n }, at, at + 1 + mutate_pick(m, most)));
}

/* A word of the seeds, in place of another or between. */
static void put_word(struct mutator *m, struct draft *d, size_t at)
{
	size_t gone = 0;

	if (m->words.n == 0)
		return;
	if (mutate_pick(m, 3))
		while (at + gone < d->n && gone < WORD_BYTES && is_word(d->p[at + gone]))
			gone++;
	replace(d, at, gone, m->words.v[mutate_pick(m, m->words.n)]);
}

static void change_once(struct mutator *m, struct arena *a, struct draft *d, str other)
{
	size_t at = mutate_pick(m, d->n + 1), in = at < d->n ? at : d->n ? d->n - 1 : 0;

	switch (mutate_pick(m, 12)) {
	case 0:
	case 1:
		change_byte(m, d, in);
		break;
	case 2:
		replace(d, in, d->n ? 1 + mutate_pick(m, d->n - in < 16 ? d->n - in : 16) : 0, S(""));
		break;
	case 3:
		replace(d, in, d->n ? 1 + mutate_pick(m, d->n - in) : 0, S(""));
		break;
	case 4:
		replace(d, at, 0, piece_of(m, a, d->p, d->n));
		break;
	case 5:
		replace(d, at, 0, piece_of(m, a, other.p, other.n));
		break;
	case 6:
		add_odd(m, d, at);
		break;
	case 7:
		add_run(m, a, d, at);
		break;
	case 8:
		change_number(m, d, in);
		break;
	default:
		put_word(m, d, in);
	}
}

str mutate(struct mutator *m, struct arena *a, str from, str other)
{
	struct draft d = { .max = m->max };
	size_t       times = 1 + mutate_pick(m, mutate_pick(m, 4) ? 3 : 12);
	str          tree;

	if (m->json && mutate_pick(m, 3)) {
		tree = mutate_json(m, a, from, other);
		if (!str_is_none(tree) && tree.n <= m->max) {
			from = tree;
			if (mutate_pick(m, 4))
				return from;
		}
	}
	d.p = arena_must(a, 1, d.max + 1);
	replace(&d, 0, 0, from);
	for (size_t i = 0; i < times; i++)
		change_once(m, a, &d, other);
	return (str){ d.p, d.n };
}
