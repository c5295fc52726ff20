#include "standards/bcp47/language.h"

#include <string.h>

#include "standards/bcp47/subtags.h"

/* The lists of tools/language-subtags: "type: tag tag … " a line. */
__asm__(".section .rodata\nsubtags_begin:\n"
        ".incbin \"standards/bcp47/data/subtags.txt\"\n"
        "subtags_end:\n.byte 0\n.previous\n");

enum { SUBTAG_MAX = 32 };

/* The line of a type; the name comes with its colon. */
static str list_of(str type)
{
	str all = { subtags_begin, (size_t)(subtags_end - subtags_begin) }, line;

	while (str_cut(&all, '\n', &line))
		if (str_starts(line, type))
			return str_slice(line, type.n, line.n);
	return S("");
}

static char lower(char ch)
{
	return ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
}

/* Registered under that type, without case. */
static bool listed(str type, str tag)
{
	char key[SUBTAG_MAX + 2];

	if (tag.n == 0 || tag.n > SUBTAG_MAX)
		return false;
	key[0] = ' ';
	for (size_t i = 0; i < tag.n; i++)
		key[i + 1] = lower(tag.p[i]);
	key[tag.n + 1] = ' ';
	return str_find(list_of(type), (str){ key, tag.n + 2 }, 0) != SIZE_MAX;
}

str language_registry(void)
{
	return str_trim(list_of(S("date:")));
}

static bool alpha(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (lower(s.p[i]) < 'a' || lower(s.p[i]) > 'z')
			return false;
	return s.n > 0;
}

static bool digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

static bool alnum(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = lower(s.p[i]);

		if ((ch < 'a' || ch > 'z') && (ch < '0' || ch > '9'))
			return false;
	}
	return s.n > 0;
}

/* low <= tag <= high without case; all of the same length. */
static bool between(str tag, const char *low, const char *high)
{
	char key[8] = { 0 };

	if (tag.n != strlen(low))
		return false;
	for (size_t i = 0; i < tag.n; i++)
		key[i] = lower(tag.p[i]);
	return strcmp(key, low) >= 0 && strcmp(key, high) <= 0;
}

/* RFC 5646 2.2.1, 2.2.3, 2.2.4: codes set aside for private use. */
static bool private_language(str s)
{
	return alpha(s) && between(s, "qaa", "qtz");
}

static bool private_script(str s)
{
	return alpha(s) && between(s, "qaaa", "qabx");
}

static bool private_region(str s)
{
	return alpha(s) && (between(s, "aa", "aa") || between(s, "qm", "qz") ||
	                    between(s, "xa", "xz") || between(s, "zz", "zz"));
}

static bool next(str *rest, str *part)
{
	return str_cut(rest, '-', part);
}

/* meets RFC5646 2.2.6, 2.2.7: singletons once each, with something behind; x- ends the tag */
static bool extensions(str rest, str part)
{
	bool used[128] = { false };

	for (;;) {
		char   single = lower(part.p[0]);
		size_t behind = 0;

		if (part.n != 1 || !alnum(part) || used[(unsigned char)single])
			return false;
		used[(unsigned char)single] = true;
		for (;;) {
			if (!next(&rest, &part))
				return behind > 0;
			if (part.n == 0 || part.n > 8 || !alnum(part))
				return false;
			if (part.n == 1 && single != 'x')
				break;
			behind++;
		}
		if (behind == 0)
			return false;
	}
}

/* Variants are registered and each stands once. */
static bool variants(str tag, str *rest, str *part, bool *more)
{
	while (*more && (part->n > 4 || (part->n == 4 && part->p[0] >= '0' && part->p[0] <= '9'))) {
		size_t at = (size_t)(part->p - tag.p);
		str    before = str_slice(tag, 0, at), earlier;

		if (!listed(S("variant:"), *part))
			return false;
		while (next(&before, &earlier))
			if (str_eq_nocase(earlier, *part))
				return false;
		*more = next(rest, part);
	}
	return true;
}

/* The position in a tag: the part that is looked at and what follows it. */
struct cursor { str rest, part; bool more; };

static void advance(struct cursor *at)
{
	at->more = next(&at->rest, &at->part);
}

/* An optional subtag of this shape: stepped over when known, false when it is not. */
static bool optional(struct cursor *at, bool shape, str type, bool private_use)
{
	if (!at->more || !shape)
		return true;
	if (!listed(type, at->part) && !private_use)
		return false;
	advance(at);
	return true;
}

static bool three_letters(str s)
{
	return s.n == 3 && alpha(s);
}

static bool four_letters(str s)
{
	return s.n == 4 && alpha(s);
}

static bool region_shape(str s)
{
	return (s.n == 2 && alpha(s)) || (s.n == 3 && digits(s));
}

bool language_check(str tag)
{
	struct cursor at = { .rest = tag };

	if (tag.n == 0 || tag.n > 255 || tag.p[tag.n - 1] == '-')
		return false;
	if (listed(S("grandfathered:"), tag))
		return true;
	advance(&at);
	if (at.part.n == 1 && lower(at.part.p[0]) == 'x')
		return extensions(at.rest, at.part);
	if (!alpha(at.part) || !(listed(S("language:"), at.part) || private_language(at.part)))
		return false;
	advance(&at);
	if (!optional(&at, three_letters(at.part), S("extlang:"), false) ||
	    !optional(&at, four_letters(at.part), S("script:"), private_script(at.part)) ||
	    !optional(&at, region_shape(at.part), S("region:"), private_region(at.part)) ||
	    !variants(tag, &at.rest, &at.part, &at.more))
		return false;
	return !at.more || (at.part.n == 1 && extensions(at.rest, at.part));
}

bool language_private(str tag)
{
	str  rest = tag, part;
	bool first = true;

	if (listed(S("grandfathered:"), tag))
		return false;
	while (next(&rest, &part)) {
		if (part.n == 1 && lower(part.p[0]) == 'x')
			return true;
		if (part.n == 1)
			first = false;
		if (first ? private_language(part) : private_script(part) || private_region(part))
			return true;
		first = false;
	}
	return false;
}

bool language_default(str tag)
{
	return str_eq_nocase(tag, S("i-default"));
}

str language_primary(str tag)
{
	str rest = tag, part;

	return next(&rest, &part) ? part : STR_NONE;
}
