#include "standards/csaf/csaf_bump.h"

#include <string.h>

#include "base/buf.h"
#include "standards/csaf/edition.h"

static bool is_draft(const struct csaf_edition *e)
{
	return str_eq(e->status, S("draft"));
}

/* The number after n, for digits of any length. */
static str number_after(struct arena *a, str n)
{
	char  *digits = cstr(a, STR_CAT(a, S("0"), n));
	size_t i = n.n;

	while (digits[i] == '9')
		digits[i--] = '0';
	digits[i]++;
	return str_of(digits[0] == '0' ? digits + 1 : digits);
}

/*
 * Rule 3: before the first release what is major counts in the second number,
 * all else in the third.
 */
static struct edition step(struct arena *a, const struct edition *from, enum csaf_bump weight)
{
	struct edition e = *from;
	bool zero = edition_is_zero(from);

	e.pre = e.build = STR_NONE;
	if (weight == BUMP_NONE)
		return e;
	if (!e.semantic) {
		e.major = number_after(a, e.major);
		return e;
	}
	if (weight == BUMP_MAJOR && !zero) {
		e.major = number_after(a, e.major);
		e.minor = e.patch = S("0");
	} else if ((weight == BUMP_MINOR && !zero) || weight == BUMP_MAJOR) {
		e.minor = number_after(a, e.minor);
		e.patch = S("0");
	} else {
		e.patch = number_after(a, e.patch);
	}
	return e;
}

static str edition_text(struct arena *a, const struct edition *e)
{
	return e->semantic ? STR_CAT(a, e->major, S("."), e->minor, S("."), e->patch) : e->major;
}

/* The leftmost number that differs. */
static enum csaf_bump step_made(const struct edition *a, const struct edition *b)
{
	return !str_eq(a->major, b->major) ? BUMP_MAJOR : !str_eq(a->minor, b->minor) ? BUMP_MINOR
	     : !str_eq(a->patch, b->patch) ? BUMP_PATCH : BUMP_NONE;
}

/* Rules 6 and 7: the numbers to the right begin again at 0. */
static bool is_reset(const struct edition *e, enum csaf_bump made)
{
	bool patch = str_eq(e->patch, S("0")), minor = str_eq(e->minor, S("0"));

	return !e->semantic || made < BUMP_MINOR || (patch && (made < BUMP_MAJOR || minor));
}

/*
 * The version that the change is counted from: what was released last.  A
 * draft that carries the next number already counts from the one before.
 */
static bool counted_from(const struct csaf_edition *was, const struct edition *version, struct edition *base)
{
	*base = *version;
	if (!is_draft(was) && !version->pre.p)
		return true;
	return was->released.p && edition_parse(was->released, base) && base->semantic == version->semantic &&
	       edition_cmp(base, version, false) < 0;
}

static const char *clause_of(const struct edition *base, enum csaf_bump demanded)
{
	static const char *const rules[] = { NULL, "3.1.11.2 rule 5", "3.1.11.2 rule 6", "3.1.11.2 rule 7" };

	if (demanded == BUMP_NONE)
		return NULL;
	if (!base->semantic)
		return "3.1.11.1 rule 3";
	return edition_is_zero(base) ? "3.1.11.2 rule 3" : rules[demanded];
}

static bool same_precedence(const struct edition *a, const struct edition *b)
{
	return edition_cmp(a, b, true) == 0;
}

/* Nothing was released yet: anything may change, the number may stay (rules 3 and 4). */
static void judge_unreleased(struct arena *a, const struct edition *from, const struct edition *to,
                             struct csaf_judgement *out)
{
	out->expected = edition_text(a, from);
	out->clause   = out->semantic ? "3.1.11.2 rule 4" : "3.1.11.1 rule 3";
	out->made     = step_made(from, to);
	out->verdict  = out->made == BUMP_NONE ? BUMP_FITS : BUMP_MORE;
}

void csaf_bump_judge(struct arena *a, const struct csaf_edition *was, const struct csaf_edition *is,
                     enum csaf_bump demanded, struct csaf_judgement *out)
{
	struct edition from, to, base, least;
	bool released;

	*out = (struct csaf_judgement){ .demanded = demanded, .verdict = BUMP_UNKNOWN, .expected = STR_NONE };
	if (!was->version.p || !is->version.p || !edition_parse(was->version, &from) || !edition_parse(is->version, &to))
		return;
	out->semantic = to.semantic;
	if (from.semantic != to.semantic) {
		out->verdict = BUMP_MIXED;
		out->clause  = "3.1.11";
		return;
	}
	released = counted_from(was, &from, &base);
	if (edition_cmp(&to, &from, true) < 0) {
		out->verdict  = BUMP_BACK;
		out->clause   = out->semantic ? "3.1.11.2 rule 1" : "3.1.11.1 rule 3";
		out->expected = edition_text(a, &from);
		return;
	}
	if (!released) {
		judge_unreleased(a, &from, &to, out);
		return;
	}
	out->clause = clause_of(&base, demanded);
	least = step(a, &base, demanded);
	if (edition_cmp(&least, &from, false) < 0)
		least = from, least.pre = STR_NONE;
	out->expected = edition_text(a, &least);
	out->made     = step_made(&base, &to);
	if (demanded != BUMP_NONE && same_precedence(&to, &base))
		out->verdict = BUMP_MISSING;
	else if (edition_cmp(&to, &least, false) < 0)
		out->verdict = BUMP_LESS;
	else if (edition_is_zero(&base) && !edition_is_zero(&to))
		out->verdict = BUMP_FITS;   /* the first release */
	else if (!is_reset(&to, out->made))
		out->verdict = BUMP_UNRESET;
	else
		out->verdict = edition_cmp(&to, &least, false) == 0 ? BUMP_FITS : BUMP_MORE;
}

const char *csaf_bump_name(enum csaf_bump b)
{
	static const char *const names[] = { "none", "patch", "minor", "major" };

	return names[b];
}

const char *csaf_verdict_name(enum csaf_bump_verdict v)
{
	static const char *const names[] = {
		[BUMP_FITS] = "fits", [BUMP_MORE] = "more", [BUMP_LESS] = "less", [BUMP_MISSING] = "missing",
		[BUMP_BACK] = "back", [BUMP_UNRESET] = "unreset", [BUMP_MIXED] = "mixed",
		[BUMP_UNKNOWN] = "unknown", [BUMP_OTHER_DOCUMENT] = "other_document",
	};

	return names[v];
}

bool csaf_verdict_bad(enum csaf_bump_verdict v)
{
	return v != BUMP_FITS && v != BUMP_MORE && v != BUMP_OTHER_DOCUMENT;
}

/* ---- spelling ---- */

enum { WORD_MAX = 40, SHORT_WORD = 4, LONG_WORD = 8 };

static bool is_letter(char ch)
{
	return ((ch | 32) >= 'a' && (ch | 32) <= 'z') || (unsigned char)ch >= 0x80;
}

/* Signs within a number, name or address belong to it. */
static bool in_word(char ch)
{
	return is_letter(ch) || (ch >= '0' && ch <= '9') || (ch && strchr("._-:/@%+=", ch));
}

static bool next_word(str *rest, str *word)
{
	size_t from = 0, to;

	while (from < rest->n && !in_word(rest->p[from]))
		from++;
	for (to = from; to < rest->n && in_word(rest->p[to]);)
		to++;
	*word = str_slice(*rest, from, to);
	*rest = str_slice(*rest, to, rest->n);
	while (word->n && strchr("._-:/", word->p[word->n - 1]))
		word->n--;
	return to > from;
}

/* Letters to change, add, drop or swap; both at most WORD_MAX long. */
static size_t word_distance(str a, str b)
{
	size_t row[3][WORD_MAX + 1];

	for (size_t j = 0; j <= b.n; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *now = row[i % 3], *up = row[(i - 1) % 3], *above = row[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t best = up[j - 1] + ((a.p[i - 1] | 32) != (b.p[j - 1] | 32));

			if (up[j] + 1 < best)
				best = up[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] && above[j - 2] + 1 < best)
				best = above[j - 2] + 1;
			now[j] = best;
		}
	}
	return row[a.n % 3][b.n];
}

static bool plain_word(str w)
{
	for (size_t i = 0; i < w.n; i++)
		if ((w.p[i] | 32) < 'a' || (w.p[i] | 32) > 'z')
			return false;
	return w.n >= SHORT_WORD && w.n <= WORD_MAX;
}

/* "affected" and "unaffected" are two words, not one misspelt. */
static bool negates(str a, str b)
{
	str longer = a.n > b.n ? a : b, shorter = a.n > b.n ? b : a;

	return a.n != b.n && str_eq_nocase(str_slice(longer, longer.n - shorter.n, longer.n), shorter);
}

bool csaf_spelling_only(str a, str b)
{
	str x, y;

	for (;;) {
		bool more_a = next_word(&a, &x), more_b = next_word(&b, &y);

		if (!more_a || !more_b)
			return more_a == more_b;
		if (str_eq_nocase(x, y))
			continue;
		if (!plain_word(x) || !plain_word(y) || negates(x, y) ||
		    word_distance(x, y) > (x.n >= LONG_WORD ? 2u : 1u))
			return false;
	}
}
