#include "platform/text/fold.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "base/buf.h"

enum { LONG_MARK = 0x30FC };

static bool is_katakana(UChar u)
{
	return u >= 0x30A1 && u <= 0x30FA;
}

static bool is_kana(UChar u)
{
	return is_katakana(u) || (u >= 0x3041 && u <= 0x3096);
}

/* Dashes and hyphens other than ASCII's, and what is typed for them. */
static bool is_dash(UChar u)
{
	return (u >= 0x2010 && u <= 0x2015) || u == 0x2212 || u == 0x2043 || u == 0x2500 ||
	       u == 0x2E3A || u == 0x2E3B || u == 0x02D7;
}

/* Spacing voiced marks would become a space and a mark: make them combine. */
static void join_marks(UChar *u, int32_t n)
{
	for (int32_t i = 1; i < n; i++)
		if ((u[i] == 0x309B || u[i] == 0x309C) && is_kana(u[i - 1]))
			u[i] = u[i] == 0x309B ? 0x3099 : 0x309A;
}

/* Is the long mark at i the end of a katakana word of three letters or more? */
static bool ends_word(const UChar *u, int32_t n, int32_t i)
{
	int32_t from = i;

	if (i + 1 < n && (is_katakana(u[i + 1]) || u[i + 1] == LONG_MARK))
		return false;
	while (from > 0 && (is_katakana(u[from - 1]) || u[from - 1] == LONG_MARK))
		from--;
	return i - from >= 3;
}

/* Dashes in place: long marks after kana, hyphens elsewhere. */
static void fold_dashes(UChar *u, int32_t n)
{
	for (int32_t i = 0; i < n; i++) {
		if (!is_dash(u[i]))
			continue;
		if (i > 0 && is_kana(u[i - 1]))
			u[i] = LONG_MARK;
		else if (u[i] != 0x2500)   /* which draws boxes elsewhere */
			u[i] = '-';
	}
}

static UChar hiragana(UChar u)
{
	return (u >= 0x30A1 && u <= 0x30F6) || u == 0x30FD || u == 0x30FE ? (UChar)(u - 0x60) : u;
}

/* ァィゥェォ and ヵヶ as large ones, unless a mark follows, which would be one letter with a large one. */
static UChar enlarge(UChar u, UChar follows)
{
	if (follows == 0x3099 || follows == 0x309A)
		return u;
	if (u >= 0x3041 && u <= 0x3049 && u % 2)
		return (UChar)(u + 1);
	return u == 0x3095 ? 0x304B : u == 0x3096 ? 0x3051 : u;
}

/* ヴ as ブ, with what follows it: ヴァ is バ, ヴュ is ビュ.  Returns how many letters it was. */
static int32_t fold_vu(UChar follows, UChar *to)
{
	static const UChar ba[] = { 0x3070, 0x3073, 0x3076, 0x3079, 0x307C };
	bool vowel = follows >= 0x3041 && follows <= 0x3049 && follows % 2;

	*to = vowel ? ba[(follows - 0x3041) / 2] : follows == 0x3085 ? 0x3073 : 0x3076;
	return vowel ? 2 : 1;
}

/* Long marks and kana, from u to `to`; returns the new length. */
static int32_t fold_kana(const UChar *u, int32_t n, UChar *to)
{
	int32_t len = 0;

	for (int32_t i = 0; i < n;) {
		UChar one = hiragana(u[i]), follows = i + 1 < n ? hiragana(u[i + 1]) : 0;

		if (one == LONG_MARK && ends_word(u, n, i)) {
			i++;
		} else if (one == 0x3094) {
			i += fold_vu(follows, &to[len++]);
		} else {
			to[len++] = enlarge(one, follows);
			i++;
		}
	}
	return len;
}

static bool too_long(struct ctx *c)
{
	return fault(c, E_LIMIT, "text", N_("The text is too long."));
}

static bool fold_ascii(struct ctx *c, str text, str *out)
{
	char *p = arena_alloc(c->arena, text.n + 1);

	if (!p)
		return too_long(c);
	for (size_t i = 0; i < text.n; i++)
		p[i] = (char)(text.p[i] >= 'A' && text.p[i] <= 'Z' ? text.p[i] + 32 : text.p[i]);
	*out = (str){ p, text.n };
	return true;
}

static bool is_ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* NFKC with case folding into fresh memory. */
static bool normalize(struct ctx *c, const UChar *u, int32_t n, UChar **out, int32_t *len)
{
	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&e);
	int32_t room = n + n / 8 + 16;

	for (int tries = 0; tries < 2; tries++) {
		*out = arena_alloc(c->arena, (size_t)room * sizeof(UChar));
		if (!*out)
			return too_long(c);
		*len = unorm2_normalize(form, u, n, *out, room, &e);
		if (U_SUCCESS(e))
			return true;
		if (e != U_BUFFER_OVERFLOW_ERROR)
			break;
		e    = U_ZERO_ERROR;
		room = *len;
	}
	return fault(c, E_INTERNAL, "text", NULL);
}

bool fold_text(struct ctx *c, str text, str *out)
{
	UErrorCode e = U_ZERO_ERROR;
	UChar  *wide, *folded, *kana;
	int32_t n = 0, len = 0, bytes = 0;
	char   *p;

	*out = S("");
	if (text.n > FOLD_MAX)
		return too_long(c);
	if (text.n == 0)
		return true;
	if (is_ascii(text))
		return fold_ascii(c, text, out);
	wide = arena_alloc(c->arena, text.n * sizeof(UChar));
	if (!wide)
		return too_long(c);
	u_strFromUTF8WithSub(wide, (int32_t)text.n, &n, text.p, (int32_t)text.n, 0xFFFD, NULL, &e);
	if (U_FAILURE(e))
		return fault(c, E_INTERNAL, "text", NULL);
	join_marks(wide, n);
	TRY(normalize(c, wide, n, &folded, &len));
	fold_dashes(folded, len);
	kana = arena_alloc(c->arena, ((size_t)len + 1) * sizeof(UChar));
	p    = arena_alloc(c->arena, (size_t)len * 3 + 1);
	if (!kana || !p)
		return too_long(c);
	len = fold_kana(folded, len, kana);
	u_strToUTF8(p, len * 3 + 1, &bytes, kana, len, &e);
	if (U_FAILURE(e))
		return fault(c, E_INTERNAL, "text", NULL);
	*out = (str){ p, (size_t)bytes };
	return true;
}

static bool turns_direction(uint32_t u)
{
	return (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069) ||
	       u == 0x200E || u == 0x200F || u == 0x061C;
}

/* Variation selectors: emoji, and forms of kanji in names. */
static bool is_selector(uint32_t u)
{
	return (u >= 0xFE00 && u <= 0xFE0F) || (u >= 0xE0100 && u <= 0xE01EF);
}

static enum text_risk risk_of(uint32_t u, bool lines)
{
	if (lines && (u == '\t' || u == '\n' || u == '\r'))
		return TEXT_SAFE;
	if (turns_direction(u))
		return TEXT_DIRECTION;
	if (is_selector(u))
		return TEXT_SAFE;
	switch (u_charType((UChar32)u)) {
	case U_CONTROL_CHAR:
	case U_LINE_SEPARATOR:
	case U_PARAGRAPH_SEPARATOR:
		return TEXT_CONTROL;
	case U_PRIVATE_USE_CHAR:
	case U_UNASSIGNED:
	case U_SURROGATE:
		return TEXT_UNASSIGNED;
	default:
		return u_hasBinaryProperty((UChar32)u, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
		       u_charType((UChar32)u) == U_FORMAT_CHAR ? TEXT_INVISIBLE : TEXT_SAFE;
	}
}

enum text_risk text_risk(str s, bool lines, size_t *at)
{
	size_t bad = 0, i = 0, here;

	if (!utf8_check(s, &bad)) {
		if (at)
			*at = bad;
		return TEXT_CONTROL;
	}
	while (i < s.n) {
		enum text_risk risk;

		here = i;
		risk = risk_of(utf8_next(s, &i), lines);
		if (risk != TEXT_SAFE) {
			if (at)
				*at = here;
			return risk;
		}
	}
	return TEXT_SAFE;
}

bool text_mixed(str s)
{
	bool latin = false, other = false;
	size_t i = 0;

	if (!utf8_check(s, NULL))
		return false;
	while (i < s.n) {
		UErrorCode e = U_ZERO_ERROR;
		uint32_t u = utf8_next(s, &i);
		UScriptCode script = uscript_getScript((UChar32)u, &e);

		if (!u_isalnum((UChar32)u) && script != USCRIPT_INHERITED)
			latin = other = false;
		latin = latin || script == USCRIPT_LATIN;
		other = other || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC;
		if (latin && other)
			return true;
	}
	return false;
}

/* Is the first character of s whole and valid? */
static bool starts_well(str s)
{
	for (size_t n = 1; n <= s.n; n++)
		if (utf8_check(str_slice(s, 0, n), NULL))
			return true;
	return false;
}

str text_visible(struct arena *a, str s, bool lines)
{
	struct buf b;
	size_t i = 0, here;

	if (text_risk(s, lines, NULL) == TEXT_SAFE)
		return s;
	buf_init(&b, a, s.n * 12 + 1);
	while (i < s.n) {
		uint32_t u;

		here = i;
		if (!starts_well(str_slice(s, i, i + 4))) {
			buf_fmt(&b, "[%02X]", (unsigned)(unsigned char)s.p[i++]);
			continue;
		}
		u = utf8_next(s, &i);
		if (risk_of(u, lines) == TEXT_SAFE)
			buf_add(&b, str_slice(s, here, i));
		else
			buf_fmt(&b, "[U+%04X]", (unsigned)u);
	}
	return buf_str(&b);
}
