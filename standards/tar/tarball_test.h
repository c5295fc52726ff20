#ifndef STANDARDS_TAR_TARBALL_TEST_H
#define STANDARDS_TAR_TARBALL_TEST_H

/* What is in an archive that was made.  Tests only. */

#include "base/test.h"

#include <lzma.h>
#include <stdlib.h>

#include "base/ctx.h"

static inline str tarball_unpacked(struct ctx *c, str xz)
{
	enum { MOST = 8 << 20 };
	uint64_t memory = UINT64_MAX;
	size_t   in = 0, out = 0;
	uint8_t *p = arena_must(c->arena, MOST, 1);

	check_int(lzma_stream_buffer_decode(&memory, 0, NULL, (const uint8_t *)xz.p, &in, xz.n, p, &out, MOST), LZMA_OK);
	check_int((int64_t)in, (int64_t)xz.n);
	return (str){ (char *)p, out };
}

static inline uint64_t tarball_octal(struct ctx *c, str tar, size_t at, size_t n)
{
	return strtoull(cstr(c->arena, str_slice(tar, at, at + n)), NULL, 8);
}

/* The file of that name, which is not a long one, or none; *n: how many files there are. */
static inline str tarball_find(struct ctx *c, str tar, const char *name, size_t *n)
{
	str found = STR_NONE;

	*n = 0;
	for (size_t at = 0; at + 1024 < tar.n; (*n)++) {
		size_t size = tarball_octal(c, tar, at + 124, 12);

		if (str_eq(str_of(cstr(c->arena, str_slice(tar, at, at + 100))), str_of(name)))
			found = str_slice(tar, at + 512, at + 512 + size);
		at += 512 + (size + 511) / 512 * 512;
	}
	return found;
}

#endif
