#include "standards/tar/tarball_test.h"

#include <string.h>

#include "standards/tar/tarball.h"

static str packed(struct ctx *c, const str *names, const str *bytes, size_t n)
{
	struct buf     *b = NEW(c->arena, struct buf);
	struct tarball *t;

	buf_init(b, c->arena, 1 << 20);
	check_ok(c, tarball_begin(c, b, &t));
	for (size_t i = 0; i < n; i++)
		check_ok(c, tarball_file(c, t, names[i], bytes[i], 1500000000 * SECOND));
	check_ok(c, tarball_end(c, t));
	return buf_str(b);
}

static void sum_is_right(struct ctx *c, str tar, size_t at)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < 512; i++)
		sum += i >= 148 && i < 156 ? ' ' : (unsigned char)tar.p[at + i];
	check_int((int64_t)tarball_octal(c, tar, at + 148, 8), (int64_t)sum);
	check(str_eq(str_slice(tar, at + 257, at + 263), S("ustar\0")));
}

TEST(an_archive_holds_its_files_whatever_their_names_and_sizes)
{
	str    names[6], bytes[6], again, tar, name = STR_NONE;
	char  *large = arena_must(c->arena, 300000, 1);
	size_t at = 0, n = 0;

	for (size_t i = 0; i < 300000; i++)
		large[i] = (char)(i * 2654435761u >> 13);
	memcpy(names, (str[]){ S("2026/a.json"), S("2026/a.json.sha256"), str_fmt(c->arena, "2026/%0*d", 95, 1), str_fmt(c->arena, "2026/%0*d", 96, 1),
	                       str_fmt(c->arena, "2026/%0*d", 990, 1), S("2027/本.json") }, sizeof(names));
	memcpy(bytes, (str[]){ S("{}"), S(""), { large, 512 }, { large, 513 }, { large, 300000 }, S("x") }, sizeof(bytes));
	tar   = tarball_unpacked(c, packed(c, names, bytes, 6));
	again = packed(c, names, bytes, 6);
	check_str(packed(c, names, bytes, 6), again);
	check_int((int64_t)(tar.n % 512), 0);
	while (at + 1024 < tar.n) {
		size_t size = tarball_octal(c, tar, at + 124, 12);
		str    body = str_slice(tar, at + 512, at + 512 + size);

		sum_is_right(c, tar, at);
		check_int((int64_t)tarball_octal(c, tar, at + 136, 12), 1500000000);
		if (tar.p[at + 156] == 'x') {
			check_int(strtoll(cstr(c->arena, body), NULL, 10), (int64_t)size);
			name = str_slice(body, str_find(body, S("path="), 0) + 5, body.n - 1);
		} else {
			check_str(name.p ? name : str_of(cstr(c->arena, str_slice(tar, at, at + 100))), names[n]);
			check_str(body, bytes[n]);
			name = STR_NONE;
			n++;
		}
		at += 512 + (size + 511) / 512 * 512;
	}
	check_int((int64_t)n, 6);
}

TEST(an_archive_without_room_is_refused)
{
	struct buf      b;
	struct tarball *t;
	char           *noise = arena_must(c->arena, 100000, 1);
	uint32_t        x = 1;

	for (size_t i = 0; i < 100000; i++) {
		x        = x * 1664525 + 1013904223;
		noise[i] = (char)(x >> 24);
	}
	buf_init(&b, c->arena, 1000);
	check_ok(c, tarball_begin(c, &b, &t));
	check(!tarball_file(c, t, S("a"), (str){ noise, 100000 }, 0) || !tarball_end(c, t));
	check_fault(c, E_LIMIT, NULL);
}
