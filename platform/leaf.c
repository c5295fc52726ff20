#define BASE_OS /* open, write and rename */
#include "platform/leaf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

static bool write_all(int fd, str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_slice(bytes, (size_t)n, bytes.n);
	}
	return true;
}

bool leaf_put(struct ctx *c, str path, str bytes)
{
	const char *fresh = cstr(c->arena, STR_CAT(c->arena, path, str_fmt(c->arena, ".%d", (int)getpid())));
	int         fd    = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool        ok    = fd >= 0 && write_all(fd, bytes) && fsync(fd) == 0;

	if (fd >= 0)
		ok = close(fd) == 0 && ok;
	if (ok && rename(fresh, cstr(c->arena, path)) == 0)
		return true;
	if (fd >= 0)
		(void)unlink(fresh);
	return fault(c, E_IO, NULL, N_("The file {1} could not be written."), path);
}
