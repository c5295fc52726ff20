#include "platform/http/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/point.h"

static bool io_fault(struct ctx *c, const char *what)
{
	bool disk = errno == ENOSPC || errno == EDQUOT || errno == EROFS || errno == EACCES;

	return fault(c, disk ? E_DISK : E_IO, NULL, N_("A temporary file could not be {1}."),
	             str_of(what));
}

bool spool_open(struct ctx *c, str dir, int *fd)
{
	char *path;

	if (str_is_none(dir))
		dir = S("/tmp");
	if (point_fails(POINT_FILE, "spool.open")) {
		errno = ENOSPC;
		return io_fault(c, "made");
	}
	*fd = open(cstr(c->arena, dir), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (*fd >= 0)
		return true;
	if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)
		return io_fault(c, "made");
	/* A file system without O_TMPFILE. */
	path = cstr(c->arena, STR_CAT(c->arena, dir, S("/spool.XXXXXX")));
	*fd  = mkostemp(path, O_CLOEXEC);
	if (*fd < 0)
		return io_fault(c, "made");
	unlink(path);
	return true;
}

bool spool_add(struct ctx *c, int fd, str s)
{
	while (s.n) {
		ssize_t n = -1;
		if (point_fails(POINT_FILE, "spool.add"))
			errno = ENOSPC;
		else
			n = write(fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return io_fault(c, "written");
		s = str_slice(s, (size_t)n, s.n);
	}
	return true;
}

bool spool_text(struct ctx *c, int fd, int64_t size, str *out)
{
	char  *p = size < 0 ? NULL : arena_alloc(c->arena, (size_t)size + 1);
	size_t at = 0;

	if (!p)
		return fault(c, E_LIMIT, NULL, N_("The file is too large for memory."));
	while (at < (size_t)size) {
		ssize_t n = pread(fd, p + at, (size_t)size - at, (off_t)at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return io_fault(c, "read");
		at += (size_t)n;
	}
	*out = (str){ p, at };
	return true;
}
