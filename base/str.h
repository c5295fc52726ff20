#ifndef BASE_STR_H
#define BASE_STR_H

/*
 * str: a piece of text, pointer and length.
 *
 * UTF-8, checked at the doors (utf8_check); may hold NUL; never owns its
 * bytes: they live in an arena or in the program.  A str whose p is NULL is
 * "none" and stands for SQL NULL; an empty text has p set and n == 0.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define UNUSED     __attribute__((unused))

typedef struct str {
	const char *p;
	size_t      n;
} str;

/* A str from a string literal; the second form serves static initialisers. */
#define S(lit) ((str){ "" lit, sizeof(lit) - 1 })
#define S_INIT(lit) { "" lit, sizeof(lit) - 1 }
#define STR_NONE ((str){ NULL, 0 })

/* For printf-like formats: "%.*s" with STR_ARG(s). */
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

/* Text of a C string that this program made (never of wire data). */
static inline str str_of(const char *cstr)
{
	return cstr ? (str){ cstr, strlen(cstr) } : STR_NONE;
}

static inline bool str_is_none(str s)
{
	return s.p == NULL;
}

static inline bool str_eq(str a, str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Bytewise order: <0, 0, >0; a prefix sorts first. */
int  str_cmp(str a, str b);
/* Equal when ASCII letters are compared without case. */
bool str_eq_nocase(str a, str b);
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
/* Offset of the first occurrence at or after `from`, or SIZE_MAX. */
size_t str_find(str s, str needle, size_t from);
/* s[from, to); both are clamped to the length. */
static inline str str_slice(str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (str){ s.p ? s.p + from : "", to - from };
}

/* Without ASCII white space at both ends. */
str  str_trim(str s);
/*
 * Take the part before the next `sep` out of *rest; false when nothing is
 * left.  "a,,b" gives "a", "", "b".
 */
bool str_cut(str *rest, char sep, str *part);
/* The whole of s as a decimal integer (optional minus); false if it is not. */
bool str_to_int(str s, int64_t *out) MUST_CHECK;
/* A hash for tables inside one process; not for untrusted keys' secrecy. */
uint64_t str_hash(str s);

/*
 * True when s is valid UTF-8 (no overlong form, no surrogate, <= U+10FFFF);
 * otherwise *bad (if not NULL) is the offset of the first wrong byte.
 */
bool utf8_check(str s, size_t *bad);
/* Decode the character at *at and step over it; s must be valid UTF-8. */
uint32_t utf8_next(str s, size_t *at);
/* Encode c into out (4 bytes at most); returns the number of bytes. */
size_t utf8_put(uint32_t c, char out[4]);
/* Number of characters in valid UTF-8. */
size_t utf8_count(str s);
/* The longest prefix of at most max bytes that ends at a character. */
str  utf8_cut(str s, size_t max);

#endif
