#include "tools/file.h"

#include "base/buf.h"

str file_read(struct arena *a, const char *path)
{
	FILE      *f = fopen(path, "rb");
	struct buf b;
	char       piece[16384];
	size_t     n;

	if (!f)
		return STR_NONE;
	buf_init(&b, a, (size_t)64 << 20);
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_add(&b, (str){ piece, n });
	if (ferror(f) || b.full) {
		fclose(f);
		return STR_NONE;
	}
	fclose(f);
	return buf_str(&b);
}

bool file_write(const char *path, str s)
{
	FILE *f = fopen(path, "wb");
	bool  ok;

	if (!f)
		return false;
	ok = fwrite(s.p, 1, s.n, f) == s.n;
	return fclose(f) == 0 && ok;
}

int file_wrong(struct arena *a, const char *path, long line, const char *text)
{
	struct buf b;

	buf_init(&b, a, 8192);
	if (line)
		buf_fmt(&b, "%s:%ld: error: %s\n", path, line, text);
	else
		buf_fmt(&b, "%s: error: %s\n", path, text);
	fwrite(b.p, 1, b.n, stderr);
	return 1;
}
