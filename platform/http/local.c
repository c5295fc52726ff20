#include "platform/http/local.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"

static size_t name_at(str path)
{
	size_t n = path.n;

	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return n;
}

str local_name(str path)
{
	return str_slice(path, name_at(path), path.n);
}

bool local_open(struct ctx *c, str path, struct local *out)
{
	str name = local_name(path), folder = str_slice(path, 0, name_at(path));

	*out = (struct local){ .at = { .sun_family = AF_UNIX }, .folder = -1 };
	if (name.n == 0 || name.n > LOCAL_NAME_MAX)
		return fault(c, E_LIMIT, "socket", N_("The name of a socket has from 1 to {1} bytes."), str_fmt(c->arena, "%d", LOCAL_NAME_MAX));
	if (path.n >= sizeof(out->at.sun_path)) {
		out->folder = open(cstr(c->arena, folder), O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (out->folder < 0)
			return fault(c, E_NOTFOUND, "socket", N_("There is no directory {1}."), folder);
		path = str_fmt(c->arena, "/proc/self/fd/%d/%.*s", out->folder, STR_ARG(name));
	}
	memcpy(out->at.sun_path, path.p, path.n);
	return true;
}

void local_close(struct local *l)
{
	if (l->folder >= 0)
		close(l->folder);
	l->folder = -1;
}
