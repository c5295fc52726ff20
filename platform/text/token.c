#include "platform/text/token.h"

#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/buf.h"
#include "platform/text/fold.h"

#define SEAM S("\x1f")

/*
 * Reading.  A unit is a word, or a run of characters of a script without
 * spaces ("dense").
 */
enum kind { GAP, WORD, DENSE };

struct unit {
	enum kind kind;
	str  text;
	size_t chars;     /* characters of a dense run */
	bool glued;       /* touches the unit before it */
	bool joined;      /* a word joined to the one before by . - _ */
	bool spaced;      /* one space from the unit before it */
};

struct reader { str text; size_t at; };

/* Scripts that put no spaces between words. */
static bool is_dense(uint32_t u)
{
	UErrorCode e = U_ZERO_ERROR;

	if (u < 0x0E00)
		return false;
	if (u == 0x30FC || u == 0x3005 || u == 0x3006 || u == 0x3007)
		return true;
	switch ((int)uscript_getScript((UChar32)u, &e)) {
	case USCRIPT_HAN:
	case USCRIPT_HIRAGANA:
	case USCRIPT_KATAKANA:
	case USCRIPT_HANGUL:
	case USCRIPT_BOPOMOFO:
	case USCRIPT_THAI:
	case USCRIPT_LAO:
	case USCRIPT_KHMER:
	case USCRIPT_MYANMAR:
	case USCRIPT_YI:
		return true;
	default:
		return false;
	}
}

/* A letter, a digit, or a mark upon one. */
static bool is_part(uint32_t u)
{
	int8_t type = u_charType((UChar32)u);

	return u_isalnum((UChar32)u) || type == U_NON_SPACING_MARK ||
	       type == U_COMBINING_SPACING_MARK;
}

static enum kind kind_of(uint32_t u)
{
	if (u < 0x80)
		return (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') ? WORD : GAP;
	if ((u >= 0x3041 && u <= 0x3096) || (u >= 0x4E00 && u <= 0x9FFF))   /* nearly all */
		return DENSE;
	if (!is_part(u))
		return GAP;
	return is_dense(u) ? DENSE : WORD;
}

static enum kind kind_at(str text, size_t at, size_t *next)
{
	*next = at;
	return at < text.n ? kind_of(utf8_next(text, next)) : GAP;
}

/* Steps over one line end between dense characters: Japanese wraps anywhere. */
static size_t over_line_end(str text, size_t at)
{
	size_t next;

	if (at < text.n && text.p[at] == '\r')
		at++;
	if (at >= text.n || text.p[at] != '\n')
		return SIZE_MAX;
	return kind_at(text, at + 1, &next) == DENSE ? at + 1 : SIZE_MAX;
}

static bool is_joiner(str text, size_t at)
{
	size_t next;

	return at < text.n && (text.p[at] == '.' || text.p[at] == '-' || text.p[at] == '_') &&
	       kind_at(text, at + 1, &next) == WORD;
}

/* A dense run, over line ends; its bytes without them go into the arena. */
static bool read_dense(struct ctx *c, struct reader *r, struct unit *u)
{
	size_t from = r->at, next, jump;
	struct buf b;
	bool   broken = false;

	for (;;) {
		if (kind_at(r->text, r->at, &next) == DENSE) {
			u->chars++;
			r->at = next;
			continue;
		}
		jump = over_line_end(r->text, r->at);
		if (jump == SIZE_MAX)
			break;
		if (!broken)
			buf_init(&b, c->arena, r->text.n);
		broken = true;
		buf_add(&b, str_slice(r->text, from, r->at));
		from = r->at = jump;
	}
	u->text = str_slice(r->text, from, r->at);
	if (!broken)
		return true;
	buf_add(&b, u->text);
	u->text = buf_str(&b);
	return !b.full;
}

/* The next unit; false at the end. */
static bool read_unit(struct ctx *c, struct reader *r, struct unit *u)
{
	size_t from = r->at, next = 0, start;
	bool   joined = from > 0 && is_joiner(r->text, from);
	enum kind kind;

	if (joined) {   /* the unit before must be a word */
		size_t before = from - 1;

		while (before > 0 && ((unsigned char)r->text.p[before] & 0xC0) == 0x80)
			before--;
		joined = kind_at(r->text, before, &next) == WORD;
	}
	for (start = from; (kind = kind_at(r->text, start, &next)) == GAP; start = next)
		if (start >= r->text.n)
			return false;
	*u = (struct unit){ .kind = kind, .glued = start == from && from > 0, .joined = joined,
		.spaced = start == from + 1 && r->text.p[from] == ' ' };
	r->at = start;
	if (kind == DENSE)
		return read_dense(c, r, u);
	while (kind_at(r->text, r->at, &next) == WORD)
		r->at = next;
	u->text = utf8_cut(str_slice(r->text, start, r->at), TOKEN_WORD_MAX);
	return true;
}

static str first_char(str s)
{
	size_t at = 0;

	if (s.n)
		(void)utf8_next(s, &at);
	return str_slice(s, 0, at);
}

static str last_char(str s)
{
	size_t at = s.n;

	while (at > 0 && ((unsigned char)s.p[--at] & 0xC0) == 0x80)
		;
	return str_slice(s, at, s.n);
}

/* The words from..to of a compound, with what joins them; none when too long. */
static str compound(struct ctx *c, const struct unit *v, const char *joiner, size_t from, size_t to)
{
	struct buf b;

	buf_init(&b, c->arena, TOKEN_JOINED_MAX);
	for (size_t i = from; i < to; i++) {
		if (i > from)
			buf_char(&b, joiner[i]);
		buf_add(&b, v[i].text);
	}
	return b.full ? STR_NONE : buf_str(&b);
}

/* The seam of two units that touch, or none when both are of one kind. */
static str seam(struct ctx *c, const struct unit *left, const struct unit *right)
{
	if (!right->glued || left->kind == right->kind)
		return STR_NONE;
	return left->kind == WORD ? STR_CAT(c->arena, left->text, SEAM, first_char(right->text))
	                          : STR_CAT(c->arena, last_char(left->text), SEAM, right->text);
}

/* Letters and then digits, which people write in three ways: kx-200, kx 200, kx200, of which the last is the token; else none. */
static str model(struct ctx *c, const struct unit *left, const struct unit *right)
{
	char end, begin;

	if (left->kind != WORD || right->kind != WORD || !(right->joined || right->spaced))
		return STR_NONE;
	end   = left->text.p[left->text.n - 1];
	begin = right->text.p[0];
	return end >= 'a' && end <= 'z' && begin >= '0' && begin <= '9' ? STR_CAT(c->arena, left->text, right->text) : STR_NONE;
}

static bool all_digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* Is u the number after a year, as in PSIRT-2026-0042, whose zeros do not count? */
static bool is_serial(const struct unit *year, const struct unit *u, char joiner)
{
	return u->joined && joiner == '-' && year->text.n == 4 && all_digits(year->text) && all_digits(u->text);
}

static str without_zeros(str digits)
{
	while (digits.n > 1 && digits.p[0] == '0')
		digits = str_slice(digits, 1, digits.n);
	return digits;
}

/* Documents. */

struct split {
	struct ctx *c;
	struct token_list set, sequence;
	uint64_t seen[0x40000 / 64];       /* single characters */
	/* the last words that are joined, three at most */
	struct unit tail[3];
	char   joiner[3];
	size_t tails;
};

static bool add(struct ctx *c, struct token_list *l, str token)
{
	return str_is_none(token) || list_push(c->arena, l, token);
}

static bool add_compounds(struct split *s)
{
	for (size_t from = 0; from + 1 < s->tails; from++)
		TRY(add(s->c, &s->set, compound(s->c, s->tail, s->joiner, from, s->tails)));
	return true;
}

/* A word, and the parts of two and three words of a compound that end with it. */
static bool add_word(struct split *s, const struct unit *u, char joiner)
{
	if (!u->joined)
		s->tails = 0;
	if (s->tails == 3) {
		memmove(s->tail, s->tail + 1, 2 * sizeof(s->tail[0]));
		memmove(s->joiner, s->joiner + 1, 2);
		s->tails = 2;
	}
	s->tail[s->tails] = *u;
	s->joiner[s->tails++] = joiner;
	TRY(add_compounds(s));
	if (s->tails > 1 && u->text.p[0] == '0' && is_serial(&s->tail[s->tails - 2], u, joiner)) {
		s->tail[s->tails - 1].text = without_zeros(u->text);
		TRY(add_compounds(s));
		s->tail[s->tails - 1] = *u;
	}
	return add(s->c, &s->sequence, u->text);
}

static bool add_dense(struct split *s, const struct unit *u)
{
	size_t at = 0, next, after;

	if (u->chars == 1)
		TRY(add(s->c, &s->sequence, u->text));
	for (; at < u->text.n; at = next) {
		uint32_t code;

		next = at;
		code = utf8_next(u->text, &next);
		if (code < 0x40000 && !(s->seen[code / 64] & 1ull << code % 64)) {
			s->seen[code / 64] |= 1ull << code % 64;
			TRY(add(s->c, &s->set, str_slice(u->text, at, next)));
		}
		if (next == u->text.n)
			break;
		after = next;
		(void)utf8_next(u->text, &after);
		TRY(add(s->c, &s->sequence, str_slice(u->text, at, after)));
	}
	return true;
}

static int compare(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

/* The set without repetitions, then the sequence. */
static bool put_together(struct split *s, struct token_list *out)
{
	if (s->set.n)
		qsort(s->set.v, s->set.n, sizeof(str), compare);
	for (size_t i = 0; i < s->set.n; i++)
		if (i == 0 || !str_eq(s->set.v[i], s->set.v[i - 1]))
			TRY(add(s->c, out, s->set.v[i]));
	for (size_t i = 0; i < s->sequence.n; i++)
		TRY(add(s->c, out, s->sequence.v[i]));
	return true;
}

static bool split_folded(struct split *s, str text, struct token_list *out)
{
	struct reader r = { text, 0 };
	struct unit u, before = { .kind = GAP };

	while (read_unit(s->c, &r, &u)) {
		char joiner = u.joined ? text.p[u.text.p - text.p - 1] : 0;

		if (before.kind != GAP)
			TRY(add(s->c, &s->set, seam(s->c, &before, &u)) && add(s->c, &s->set, model(s->c, &before, &u)));
		if (u.kind == WORD)
			TRY(add_word(s, &u, joiner));
		else
			TRY(add_dense(s, &u));
		before = u;
	}
	return put_together(s, out);
}

bool token_split(struct ctx *c, str text, struct token_list *out)
{
	struct split s = { .c = c };
	size_t max = out->max ? out->max : SIZE_MAX / 64;

	*out = (struct token_list){ .max = max };
	s.set.max = s.sequence.max = max;
	if (text.n > TOKEN_TEXT_MAX)
		return fault(c, E_LIMIT, "text", N_("The text is too long."));
	TRY(fold_text(c, text, &text));
	if (!split_folded(&s, text, out))
		return fault(c, E_LIMIT, "text", N_("The text has too many words."));
	return true;
}

bool token_piece(str *rest, size_t max, str *piece)
{
	str    cut = utf8_cut(*rest, max);
	size_t end = cut.n;

	if (rest->n == 0)
		return false;
	if (end < rest->n) {
		while (end > 0 && cut.p[end - 1] != '\n')
			end--;
		for (size_t i = cut.n; end == 0 && i > 0; i--)
			if (cut.p[i - 1] == ' ')
				end = i;
		if (end == 0)
			end = cut.n ? cut.n : 1;
	}
	*piece = str_slice(*rest, 0, end);
	*rest  = str_slice(*rest, end, rest->n);
	return true;
}

/* Queries. */

struct query {
	struct ctx *c;
	struct phrase_list *out;
	struct token_list now;     /* the phrase being made */
	bool   full;
};

static void phrase_end(struct query *q)
{
	if (q->now.n && !list_push(q->c->arena, q->out, (struct phrase){ q->now.v, q->now.n }))
		q->full = true;
	q->now = (struct token_list){ .max = TOKEN_QUERY_MAX };
}

static void phrase_add(struct query *q, str token)
{
	if (!list_push(q->c->arena, &q->now, token))
		q->full = true;
}

/* A phrase of one token, beside the one being made. */
static void phrase_alone(struct query *q, str token)
{
	str *v = NEW(q->c->arena, str);

	if (str_is_none(token))
		return;
	*v = token;
	if (!list_push(q->c->arena, q->out, (struct phrase){ v, 1 }))
		q->full = true;
}

/* Words with hyphens between them, which others write with spaces: buffer-overflow. */
static bool is_prose(const struct unit *v, const char *joiner, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (i > from && joiner[i] != '-')
			return false;
		for (size_t k = 0; k < v[i].text.n; k++)
			if (v[i].text.p[k] >= '0' && v[i].text.p[k] <= '9')
				return false;
	}
	return true;
}

/* The number of an object at the end of its compound, asked for with the compound only: other zeros may stand there. */
static bool ends_serial(const struct unit *v, const char *joiner, size_t n, size_t i)
{
	return i > 0 && is_serial(&v[i - 1], &v[i], joiner[i]) && !(i + 1 < n && v[i + 1].joined);
}

/* The compounds that start with word i; every document that has it has these. */
static void ask_compound(struct query *q, const struct unit *v, const char *joiner, size_t n, size_t i)
{
	struct unit part[3] = { v[i] };
	char        with[3] = { 0 };
	size_t      to      = i + 1;

	for (; to < n && to < i + 3 && v[to].joined; to++) {
		part[to - i] = v[to];
		with[to - i] = joiner[to];
		if (ends_serial(v, joiner, n, to))
			part[to - i].text = without_zeros(v[to].text);
	}
	/* of a long compound each three words, of a short one all */
	if ((to - i == 3 || (to - i == 2 && !v[i].joined)) && !is_prose(v, joiner, i, to))
		phrase_alone(q, compound(q->c, part, with, 0, to - i));
}

/* kx-200 alone, in any of its three ways; true when it was asked for. */
static bool ask_model(struct query *q, const struct unit *v, const char *joiner, size_t n, size_t i)
{
	bool alone = i + 1 < n && v[i + 1].joined && joiner[i + 1] == '-' && !v[i].joined && !(i + 2 < n && v[i + 2].joined);
	str  token = alone ? model(q->c, &v[i], &v[i + 1]) : STR_NONE;

	if (str_is_none(token))
		return false;
	phrase_end(q);
	phrase_alone(q, token);
	return true;
}

/*
 * A lone character at an edge of the term may belong to a longer run in the
 * document, so it cannot be part of a phrase: ask for its seams, or for it.
 */
static void ask_lone(struct query *q, const struct unit *v, size_t n, size_t i)
{
	bool before = v[i].glued && i > 0, after = i + 1 < n && v[i + 1].glued;

	if (before && after) {
		phrase_add(q, v[i].text);
		return;
	}
	phrase_end(q);
	if (before)
		phrase_alone(q, seam(q->c, &v[i - 1], &v[i]));
	else if (after)
		phrase_alone(q, seam(q->c, &v[i], &v[i + 1]));
	else
		phrase_alone(q, v[i].text);
}

static void ask_pairs(struct query *q, str run)
{
	size_t at = 0, next = 0, after;

	(void)utf8_next(run, &next);
	while (next < run.n) {
		after = next;
		(void)utf8_next(run, &after);
		phrase_add(q, str_slice(run, at, after));
		at   = next;
		next = after;
	}
}

static void ask_term(struct query *q, str term)
{
	struct unit *v = NEWS(q->c->arena, struct unit, term.n + 1);
	char *joiner = NEWS(q->c->arena, char, term.n + 1);
	struct reader r = { term, 0 };
	size_t n = 0;

	while (read_unit(q->c, &r, &v[n])) {
		joiner[n] = v[n].joined ? term.p[v[n].text.p - term.p - 1] : 0;
		n++;
	}
	for (size_t i = 0; i < n; i++) {
		if (ask_model(q, v, joiner, n, i)) {
			i++;
		} else if (v[i].kind == WORD) {
			if (ends_serial(v, joiner, n, i))
				phrase_end(q);
			else
				phrase_add(q, v[i].text);
			ask_compound(q, v, joiner, n, i);
		} else if (v[i].chars == 1) {
			ask_lone(q, v, n, i);
		} else {
			ask_pairs(q, v[i].text);
		}
	}
	phrase_end(q);
}

/* Length of an opening or closing quotation mark at `at`, or 0. */
static size_t quote_at(str s, size_t at)
{
	str rest = str_slice(s, at, s.n);

	if (str_starts(rest, S("\"")))
		return 1;
	return str_starts(rest, S("「")) || str_starts(rest, S("」")) ||
	       str_starts(rest, S("“")) || str_starts(rest, S("”")) ? 3 : 0;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool token_query(struct ctx *c, str query, struct phrase_list *out)
{
	struct query q = { .c = c, .out = out, .now = { .max = TOKEN_QUERY_MAX } };
	size_t from = 0, mark;
	bool   quoted = false;
	str    text;

	*out = (struct phrase_list){ .max = TOKEN_PHRASES_MAX };
	if (query.n > TOKEN_QUERY_MAX)
		return fault(c, E_LIMIT, "query", N_("A query has at most {1} bytes."), S("1000"));
	TRY(fold_text(c, query, &text));
	for (size_t i = 0; i <= text.n; i++) {
		mark = i < text.n ? quote_at(text, i) : 0;
		if (i < text.n && !mark && (quoted || !is_space(text.p[i])))
			continue;
		ask_term(&q, str_slice(text, from, i));
		if (mark) {
			quoted = !quoted;
			i += mark - 1;
		}
		from = i + 1;
	}
	if (q.full)
		return fault(c, E_LIMIT, "query", N_("The query has too many words."));
	return true;
}

bool token_match(const struct token_list *document, const struct phrase_list *query)
{
	for (size_t p = 0; p < query->n; p++) {
		const struct phrase *phrase = &query->v[p];
		bool found = false;

		for (size_t i = 0; !found && i + phrase->n <= document->n; i++) {
			size_t same = 0;

			while (same < phrase->n && str_eq(document->v[i + same], phrase->v[same]))
				same++;
			found = same == phrase->n;
		}
		if (!found)
			return false;
	}
	return true;
}
