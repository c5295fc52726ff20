#ifndef BASE_BUF_H
#define BASE_BUF_H

/*
 * buf: bytes being written.  Grows in an arena up to its maximum; what does
 * not fit is dropped and `full` stays set, so one check at the end is enough.
 * The only home of the printf family.
 */

#include "base/arena.h"

struct buf {
	struct arena *arena;
	char         *p;
	size_t        n, cap, max;
	bool          full;
};

void buf_init(struct buf *b, struct arena *a, size_t max);
/* Room for `more` bytes at once, when it is known how much will come. */
void buf_reserve(struct buf *b, size_t more);
void buf_grow_add(struct buf *b, str s);   /* the slow half of buf_add */

static inline void buf_add(struct buf *b, str s)
{
	if (b->full || s.n == 0 || s.n > b->cap - b->n) {
		buf_grow_add(b, s);
		return;
	}
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

static inline void buf_char(struct buf *b, char c)
{
	buf_add(b, (str){ &c, 1 });
}

void buf_int(struct buf *b, int64_t v);
/* Decimal digits, with zeros before them to `width` (at most 20). */
void buf_digits(struct buf *b, uint64_t v, size_t width);
/* Lower-case hexadecimal. */
void buf_hex(struct buf *b, const void *p, size_t n);
/* Like printf; %.*s with STR_ARG for str. At most 4,096 bytes a call. */
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What has been written; valid until the next write. */
str  buf_str(const struct buf *b);

/* A short formatted text in the arena; a NUL follows it, so that .p is a C string too.  "" if it has no room. */
str str_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A stranger's text, at most max bytes of it: line ends and tabs stay, CR goes, another control character becomes U+FFFD. */
str utf8_plain(struct arena *a, str s, size_t max);

#endif
