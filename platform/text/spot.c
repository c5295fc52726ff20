#include "platform/text/spot.h"

#include <string.h>

#include <unicode/uchar.h>

#include "platform/text/fold.h"

enum { LEAD = 60 };   /* bytes of an excerpt before its first spot */

/* A folded text; for each of its bytes where the character began that it comes from, and the end. */
struct folded { char *p; uint32_t *from; size_t n; };

struct term_list { str *v; size_t n, cap, max; };

static bool is_mark(uint32_t u)
{
	return u >= 0x80 && ((u >= 0x3099 && u <= 0x309C) || u == 0xFF9E || u == 0xFF9F ||
	                     u_charType((UChar32)u) == U_NON_SPACING_MARK);
}

/* What the most frequent characters fold to; 0: ask fold_text. */
static uint32_t folds_to(uint32_t u)
{
	uint32_t kana = u >= 0x30A1 && u <= 0x30F6 ? u - 0x60 : u;

	if (u < 0x80)
		return u >= 'A' && u <= 'Z' ? u + 32 : u;
	if ((u >= 0x4E00 && u <= 0x9FFF) || u == 0x30FC)
		return u;
	return kana > 0x3049 && kana <= 0x3093 ? kana : 0;
}

/* ヴ, perhaps as ウ with a mark, and what may belong to it: a small vowel or ュ, also of half width. */
static bool is_vu(uint32_t u, bool marked)
{
	return u == 0x30F4 || u == 0x3094 || (marked && (u == 0x30A6 || u == 0x3046 || u == 0xFF73));
}

static bool follows_vu(uint32_t u)
{
	uint32_t kana = u >= 0x30A1 && u <= 0x30F6 ? u - 0x60 : u;

	return (kana >= 0x3041 && kana <= 0x3049 && kana % 2) || kana == 0x3085 || (u >= 0xFF67 && u <= 0xFF6B) || u == 0xFF6D;
}

/* A character, the marks upon it, and what is one letter with it. */
static bool fold_one(struct ctx *c, str text, size_t *at, char small[4], str *out)
{
	size_t   start = *at, next;
	uint32_t first = utf8_next(text, at), u = folds_to(first);

	for (next = *at; next < text.n && is_mark(utf8_next(text, &next)); *at = next)
		u = 0;
	next = *at;
	if (u == 0 && next < text.n && is_vu(first, *at - start > 3) && follows_vu(utf8_next(text, &next)))
		*at = next;
	if (u == 0)
		return fold_text(c, str_slice(text, start, *at), out);
	*out = (str){ small, utf8_put(u, small) };
	return true;
}

static bool fold_all(struct ctx *c, str text, struct folded *f)
{
	size_t room = text.n + 64, start;
	char   small[4];
	str    one;

	f->p    = arena_alloc(c->arena, room);
	f->from = arena_alloc(c->arena, (room + 1) * sizeof(*f->from));
	if (!f->p || !f->from)
		return fault(c, E_LIMIT, "text", NULL);
	for (size_t at = 0; at < text.n;) {
		start = at;
		TRY(fold_one(c, text, &at, small, &one));
		if (f->n + one.n > room)   /* a character that grew, such as a ligature */
			break;
		memcpy(f->p + f->n, one.p, one.n);
		for (size_t i = 0; i < one.n; i++)
			f->from[f->n++] = (uint32_t)start;
		f->from[f->n] = (uint32_t)at;
	}
	return true;
}

static bool is_word(char x)
{
	return (x >= 'a' && x <= 'z') || (x >= '0' && x <= '9');
}

/* The next term of a folded query: up to white space, or what quotes hold. */
static bool term_next(str *rest, str *term)
{
	static const struct { const char *open, *close; } quotes[] = { { "\"", "\"" }, { "「", "」" }, { "“", "”" } };
	size_t end;

	*rest = str_trim(*rest);
	for (size_t i = 0; i < sizeof(quotes) / sizeof(*quotes); i++)
		if (str_starts(*rest, str_of(quotes[i].open))) {
			*rest = str_slice(*rest, strlen(quotes[i].open), rest->n);
			end   = str_find(*rest, str_of(quotes[i].close), 0);
			*term = str_slice(*rest, 0, end);
			*rest = end == SIZE_MAX ? S("") : str_slice(*rest, end + strlen(quotes[i].close), rest->n);
			return true;
		}
	return str_cut(rest, ' ', term);
}

static bool is_letter(char x)
{
	return x >= 'a' && x <= 'z';
}

static bool is_digit(char x)
{
	return x >= '0' && x <= '9';
}

static bool is_gap(char x)
{
	return !(x & 0x80) && !is_word(x);
}

static size_t after_gap(str s, size_t at)
{
	while (at < s.n && is_gap(s.p[at]))
		at++;
	return at;
}

/* Do only zeros stand between the place and the gap before it: 2026-00? */
static bool after_zeros(str s, size_t at)
{
	while (at > 0 && s.p[at - 1] == '0')
		at--;
	return at > 0 && is_gap(s.p[at - 1]);
}

/* Zeros before a number on one side only. */
static bool step_zeros(str text, size_t *at, str term, size_t *i)
{
	if (!after_zeros(term, *i) || !is_digit(term.p[*i]) || *at >= text.n || !is_digit(text.p[*at]))
		return false;
	if (text.p[*at] == '0')
		++*at;
	else if (term.p[*i] == '0')
		++*i;
	else
		return false;
	return true;
}

/*
 * One step where the bytes differ, as token.h takes them for the same: a hyphen for a space or
 * none before digits, and a line end within Japanese.  False: they are not.
 */
static bool step_over(str text, size_t *at, str term, size_t *i)
{
	size_t after = after_gap(term, *i);
	char   last  = term.p[*i - 1];

	if (after > *i && after < term.n) {   /* kx-200: kx 200, kx200 */
		size_t text_after = after_gap(text, *at);

		if (text_after == *at && !(is_letter(last) && is_digit(term.p[after])))
			return false;
		*at = text_after;
		*i  = after;
		return true;
	}
	if (is_letter(last) && is_digit(term.p[*i]) && *at < text.n && (text.p[*at] == '-' || text.p[*at] == ' ')) {   /* kx200: kx-200 */
		++*at;
		return true;
	}
	if ((last & 0x80) && (term.p[*i] & 0x80) && *at < text.n && (text.p[*at] == '\n' || text.p[*at] == '\r')) {
		++*at;
		return true;
	}
	return step_zeros(text, at, term, i);
}

/* How much of the text is the term here, as whole words where it begins or ends with one; 0: it is not. */
static size_t stands(const struct folded *f, size_t at, str term)
{
	str    text = { f->p, f->n };
	size_t end  = at;

	if (at > 0 && is_word(term.p[0]) && is_word(f->p[at - 1]))
		return 0;
	for (size_t i = 0; i < term.n;) {
		if (end < f->n && f->p[end] == term.p[i]) {
			end++;
			i++;
		} else if (i == 0 || !step_over(text, &end, term, &i)) {
			return 0;
		}
	}
	return end < f->n && is_word(term.p[term.n - 1]) && is_word(f->p[end]) ? 0 : end - at;
}

static size_t longest(const struct folded *f, size_t at, const struct term_list *terms)
{
	size_t most = 0, n;

	for (size_t i = 0; i < terms->n; i++)
		if (terms->v[i].p[0] == f->p[at] && (n = stands(f, at, terms->v[i])) > most)
			most = n;
	return most;
}

/* Without the signs at its ends, which do not count: (overflow). */
static str bare(str term)
{
	str was = term;

	while (term.n && !(term.p[0] & 0x80) && !is_word(term.p[0]))
		term = str_slice(term, 1, term.n);
	while (term.n && !(term.p[term.n - 1] & 0x80) && !is_word(term.p[term.n - 1]))
		term.n--;
	return term.n ? term : was;
}

bool spot_find(struct ctx *c, str text, str query, struct spot_list *out)
{
	struct term_list terms = { .max = SPOT_TERMS_MAX };
	struct folded    f     = { 0 };
	size_t           n, end;
	str              term;

	out->max = SPOTS_MAX;
	if (!utf8_check(text, NULL))
		return true;
	if (text.n > FOLD_MAX)
		return fault(c, E_LIMIT, "text", NULL);
	TRY(fold_text(c, query, &query));
	while (term_next(&query, &term))
		if (term.n && !list_push(c->arena, &terms, bare(term)))
			break;
	if (terms.n == 0)
		return true;
	TRY(fold_all(c, text, &f));
	for (size_t i = 0; i < f.n; i = end) {
		n   = longest(&f, i, &terms);
		end = i + (n ? n : 1);
		while (n && end < f.n && f.from[end] == f.from[end - 1])   /* of a character that became several */
			end++;
		if (n && !list_push(c->arena, out, (struct spot){ f.from[i], f.from[end] - f.from[i] }))
			break;
	}
	return true;
}

/* A place some bytes before, at a space if one is near, else at a character. */
static size_t begin_before(str text, size_t at)
{
	size_t from = at > LEAD ? at - LEAD : 0;

	for (size_t i = from; from && i < at; i++)
		if (text.p[i] == ' ' || text.p[i] == '\n')
			return i + 1;
	while (from && ((unsigned char)text.p[from] & 0xC0) == 0x80)
		from--;
	return from;
}

static bool part_add(struct ctx *c, struct spot_parts *out, str text, bool hit)
{
	return text.n == 0 || list_push(c->arena, out, (struct spot_part){ text, hit });
}

bool spot_excerpt(struct ctx *c, str text, str query, size_t width, struct spot_parts *out)
{
	struct spot_list spots = { 0 };
	size_t           at, end;

	out->max = SPOTS_MAX * 2 + 3;
	TRY(spot_find(c, text, query, &spots));
	at  = spots.n ? begin_before(text, spots.v[0].at) : 0;
	end = at + utf8_cut(str_slice(text, at, text.n), width).n;
	(void)part_add(c, out, at ? S("…") : S(""), false);
	for (size_t i = 0; i < spots.n && spots.v[i].at + spots.v[i].n <= end; i++) {
		(void)part_add(c, out, str_slice(text, at, spots.v[i].at), false);
		at = spots.v[i].at + spots.v[i].n;
		(void)part_add(c, out, str_slice(text, spots.v[i].at, at), true);
	}
	(void)part_add(c, out, str_slice(text, at, end), false);
	(void)part_add(c, out, end < text.n ? S("…") : S(""), false);
	return true;
}
