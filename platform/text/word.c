#include "platform/text/word.h"

#include <stdatomic.h>
#include <string.h>

#include "base/buf.h"
#include "platform/text/words.h"

enum { TEXT_MAX = 64 << 10, FOUND_BITS = 11 };

static const struct word *search(const struct words *t, const char *english)
{
	size_t low = 0, high = t->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int    r = strcmp(english, t->v[mid].english);
		if (r == 0)
			return &t->v[mid];
		if (r < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

/*
 * Where words were found before, by the address of the English: a constant of
 * the program is the same text for ever.  Other addresses may come to hold
 * another text, so what is at a place is compared before it is believed.
 */
static _Atomic(const struct word *) found[LANG_COUNT][1 << FOUND_BITS];

str word_tr(enum lang lang, const char *english)
{
	uint64_t                     hash = (uint64_t)(uintptr_t)english * 0x9e3779b97f4a7c15u;
	_Atomic(const struct word *) *at  = &found[lang][hash >> (64 - FOUND_BITS)];
	const struct word            *w   = atomic_load_explicit(at, memory_order_relaxed);

	if (w && (w->english == english || strcmp(w->english, english) == 0))
		return str_of(w->text);
	w = search(&words_of[lang], english);
	if (!w)
		return str_of(english);
	atomic_store_explicit(at, w, memory_order_relaxed);
	return str_of(w->text);
}

str word_count(enum lang lang, const char *english, str first)
{
	str    s = word_tr(lang, english);
	size_t bar = lang == LANG_EN ? str_find(s, S("|"), 0) : SIZE_MAX;

	if (bar == SIZE_MAX)
		return s;
	return str_eq(first, S("1")) ? str_slice(s, 0, bar) : str_slice(s, bar + 1, SIZE_MAX);
}

static str fill(struct ctx *c, str text, const str *args, size_t n)
{
	struct buf b;

	buf_init(&b, c->arena, TEXT_MAX);
	for (size_t i = 0; i < text.n; i++) {
		char d = i + 2 < text.n && text.p[i] == '{' && text.p[i + 2] == '}' ? text.p[i + 1] : 0;
		if (d < '1' || d > '9') {
			buf_char(&b, text.p[i]);
			continue;
		}
		if ((size_t)(d - '0') <= n)
			buf_add(&b, args[d - '1']);
		i += 2;
	}
	return buf_str(&b);
}

str word_fill(struct ctx *c, const char *english, const str *args, size_t n)
{
	return fill(c, word_count(c->lang, english, n ? args[0] : STR_NONE), args, n);
}

str word_fault(struct ctx *c, const struct fault *f)
{
	return word_fill(c, f->text ? f->text : fault_title(f->code), f->arg, FAULT_ARGS);
}

str word_outside(struct ctx *c, const struct fault *f)
{
	bool told = f->text && str_starts(str_of(f->text), S("Database: "));

	if (told && f->code == E_UNAVAILABLE)
		return word_tr(c->lang, N_("The database cannot be reached at the moment."));
	return told ? word_tr(c->lang, N_("The log of the server says what it was.")) : word_fault(c, f);
}

str lang_code(enum lang lang)
{
	switch (lang) {
	case LANG_JA:     return S("ja");
	case LANG_PSEUDO: return S("en-x-pseudo");
	case LANG_EN:
	case LANG_COUNT:  break;
	}
	return S("en");
}

/* "ja-JP" is ja; other languages are refused. */
bool lang_parse(str code, enum lang *out)
{
	str primary = code;

	if (str_eq_nocase(code, lang_code(LANG_PSEUDO))) {
		*out = LANG_PSEUDO;
		return true;
	}
	for (size_t i = 0; i < code.n; i++)
		if (code.p[i] == '-' || code.p[i] == '_') {
			primary = str_slice(code, 0, i);
			break;
		}
	if (str_eq_nocase(primary, S("en")))
		*out = LANG_EN;
	else if (str_eq_nocase(primary, S("ja")))
		*out = LANG_JA;
	else
		return false;
	return true;
}
