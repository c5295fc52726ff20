#define BASE_PRINTF /* the one place that may call the printf family */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FMT_MAX = 4096 };

void buf_init(struct buf *b, struct arena *a, size_t max)
{
	*b = (struct buf){ .arena = a, .max = max };
}

static bool room(struct buf *b, size_t more)
{
	size_t need, cap = b->cap ? b->cap : 256;
	char  *p;

	if (b->full || __builtin_add_overflow(b->n, more, &need) || need > b->max) {
		b->full = true;
		return false;
	}
	if (need <= b->cap)
		return true;
	while (cap < need)
		cap *= 2;
	if (cap > b->max)
		cap = b->max;
	p = arena_room(b->arena, cap);
	if (!p) {
		b->full = true;
		return false;
	}
	if (b->n)
		memcpy(p, b->p, b->n);
	b->p   = p;
	b->cap = cap;
	return true;
}

void buf_reserve(struct buf *b, size_t more)
{
	bool full = b->full;

	if (more <= b->max - b->n)
		(void)room(b, more);
	b->full = full;   /* nothing was written */
}

void buf_grow_add(struct buf *b, str s)
{
	if (s.n == 0 || !room(b, s.n))
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void buf_int(struct buf *b, int64_t v)
{
	char     d[20];
	size_t   i = sizeof(d);
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;

	do
		d[--i] = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		buf_char(b, '-');
	buf_add(b, (str){ d + i, sizeof(d) - i });
}

void buf_digits(struct buf *b, uint64_t v, size_t width)
{
	char   d[20];
	size_t i = sizeof(d);

	if (width == 2 && v < 100) {
		buf_add(b, (str){ (char[]){ (char)('0' + v / 10), (char)('0' + v % 10) }, 2 });
		return;
	}
	do
		d[--i] = (char)('0' + v % 10);
	while ((v /= 10) || (sizeof(d) - i < width && i > 0));
	buf_add(b, (str){ d + i, sizeof(d) - i });
}

void buf_hex(struct buf *b, const void *p, size_t n)
{
	const unsigned char *u = p;

	for (size_t i = 0; i < n; i++)
		buf_add(b, (str){ (char[]){ "0123456789abcdef"[u[i] >> 4], "0123456789abcdef"[u[i] & 15] }, 2 });
}

static void __attribute__((format(printf, 2, 0))) add_fmt(struct buf *b, const char *fmt, va_list ap)
{
	/* Not filled with zeros first, which would cost more than the printing. */
	char out[FMT_MAX] __attribute__((uninitialized));
	int  n = vsnprintf(out, sizeof(out), fmt, ap);

	if (n < 0 || (size_t)n >= sizeof(out)) {
		b->full = true;
		return;
	}
	buf_add(b, (str){ out, (size_t)n });
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_fmt(b, fmt, ap);
	va_end(ap);
}

str buf_str(const struct buf *b)
{
	return (str){ b->p ? b->p : "", b->n };
}

str str_fmt(struct arena *a, const char *fmt, ...)
{
	struct buf b;
	va_list    ap;

	buf_init(&b, a, FMT_MAX + 1);
	va_start(ap, fmt);
	add_fmt(&b, fmt, ap);
	va_end(ap);
	buf_char(&b, '\0');   /* room in an arena may have been used before */
	return b.full ? S("") : (str){ b.p, b.n - 1 };
}

str utf8_plain(struct arena *a, str s, size_t max)
{
	struct buf b;

	s = utf8_cut(s, max);
	buf_init(&b, a, 3 * s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char x = (unsigned char)s.p[i];
		if (x == '\r')
			continue;
		if ((x < 0x20 && x != '\n' && x != '\t') || x == 0x7f)
			buf_add(&b, S("\xEF\xBF\xBD"));
		else
			buf_char(&b, (char)x);
	}
	return buf_str(&b);
}
