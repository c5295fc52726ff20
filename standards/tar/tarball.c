#include "standards/tar/tarball.h"

#include <lzma.h>
#include <string.h>

enum { BLOCK = 512, NAME_MAX_USTAR = 100, PRESET = 2 };

struct tarball {
	lzma_stream    stream;
	lzma_allocator memory;
	struct buf    *to;
};

/* ---- xz ---- */

static void *room(void *arena, size_t n, size_t size)
{
	return size && n > SIZE_MAX / size ? NULL : arena_room(arena, n * size);
}

static void none(UNUSED void *arena, UNUSED void *p)
{
}

static bool pass(struct ctx *c, struct tarball *t, const void *bytes, size_t n, lzma_action how)
{
	lzma_ret r = LZMA_OK;

	t->stream.next_in  = bytes;
	t->stream.avail_in = n;
	while (r == LZMA_OK && (how == LZMA_FINISH || t->stream.avail_in)) {
		t->stream.next_out  = (uint8_t *)t->to->p + t->to->n;
		t->stream.avail_out = t->to->cap - t->to->n;
		r        = lzma_code(&t->stream, how);
		t->to->n = t->to->cap - t->stream.avail_out;
	}
	return r == LZMA_OK || r == LZMA_STREAM_END || fault(c, E_LIMIT, NULL, N_("The archive is larger than is allowed."));
}

bool tarball_begin(struct ctx *c, struct buf *to, struct tarball **out)
{
	struct tarball *t = NEW(c->arena, struct tarball);

	buf_reserve(to, to->max);
	*t = (struct tarball){ .stream = LZMA_STREAM_INIT, .memory = { room, none, c->arena }, .to = to };
	t->stream.allocator = &t->memory;
	*out = t;
	return (to->cap && lzma_easy_encoder(&t->stream, PRESET, LZMA_CHECK_CRC64) == LZMA_OK) ||
	       fault(c, E_LIMIT, NULL, N_("The archive is larger than is allowed."));
}

/* ---- tar ---- */

/* Octal digits up to the NUL that ends the field. */
static void octal(char *field, size_t width, uint64_t v)
{
	field[width - 1] = 0;
	for (size_t i = width - 1; i > 0; i--, v >>= 3)
		field[i - 1] = (char)('0' + (v & 7));
}

static bool header(struct ctx *c, struct tarball *t, char type, str name, size_t size, time_us at)
{
	char     h[BLOCK] = { 0 };
	unsigned sum      = 0;

	memcpy(h, name.p, name.n < NAME_MAX_USTAR ? name.n : NAME_MAX_USTAR);
	octal(h + 100, 8, 0644);
	octal(h + 108, 8, 0);
	octal(h + 116, 8, 0);
	octal(h + 124, 12, size);
	octal(h + 136, 12, at > 0 ? (uint64_t)(at / SECOND) : 0);
	memset(h + 148, ' ', 8);
	h[156] = type;
	memcpy(h + 257, "ustar\0" "00", 8);
	for (size_t i = 0; i < BLOCK; i++)
		sum += (unsigned char)h[i];
	octal(h + 148, 7, sum);
	return pass(c, t, h, BLOCK, LZMA_RUN);
}

static bool content(struct ctx *c, struct tarball *t, str bytes)
{
	static const char zeros[BLOCK];
	size_t over = bytes.n % BLOCK;

	TRY(pass(c, t, bytes.p, bytes.n, LZMA_RUN));
	return !over || pass(c, t, zeros, BLOCK - over, LZMA_RUN);
}

static size_t digits(size_t v)
{
	size_t n = 1;

	for (; v >= 10; v /= 10)
		n++;
	return n;
}

/* "NN path=NAME\n", NN the length of all of it: what does not fit into the field of the name. */
static bool long_name(struct ctx *c, struct tarball *t, str path, time_us at)
{
	size_t rest = path.n + sizeof(" path=\n") - 1, all = rest + 1;
	str    line;

	while (digits(all) + rest != all)
		all = digits(all) + rest;
	line = str_fmt(c->arena, "%zu path=%.*s\n", all, STR_ARG(path));
	TRY(header(c, t, 'x', S("pax"), line.n, at));
	return content(c, t, line);
}

bool tarball_file(struct ctx *c, struct tarball *t, str path, str bytes, time_us at)
{
	if (path.n > NAME_MAX_USTAR)
		TRY(long_name(c, t, path, at));
	TRY(header(c, t, '0', path, bytes.n, at));
	return content(c, t, bytes);
}

bool tarball_end(struct ctx *c, struct tarball *t)
{
	static const char zeros[2 * BLOCK];

	TRY(pass(c, t, zeros, sizeof(zeros), LZMA_RUN));
	return pass(c, t, NULL, 0, LZMA_FINISH);
}
