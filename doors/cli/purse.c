#include "doors/cli/purse.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "platform/leaf.h"
#include "platform/text/word.h"

static str folder(struct ctx *c)
{
	const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (base && *base == '/')
		return STR_CAT(c->arena, str_of(base), S("/psirt"));
	if (home && *home == '/')
		return STR_CAT(c->arena, str_of(home), S("/.config/psirt"));
	return STR_NONE;
}

str purse_path(struct ctx *c)
{
	str dir = folder(c);

	return dir.n ? STR_CAT(c->arena, dir, S("/tokens")) : STR_NONE;
}

/* The whole file; nothing when there is none. */
static bool load(struct ctx *c, str *text)
{
	str         path = purse_path(c);
	struct buf  b;
	struct stat st;
	char        room[4096];
	ssize_t     got = 0;
	int         fd;

	*text = S("");
	if (!path.n || (fd = open(cstr(c->arena, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) < 0)
		return true;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_uid != geteuid() || (st.st_mode & 077)) {
		close(fd);
		return fault(c, E_STATE, NULL, N_("{1} is not used, for others may read it or it is not yours. Remove it, or chmod 600 it, and sign in again with psirt login."), path);
	}
	buf_init(&b, c->arena, PURSE_MAX);
	while ((got = read(fd, room, sizeof(room))) > 0)
		buf_add(&b, (str){ room, (size_t)got });
	close(fd);
	*text = buf_str(&b);
	return got == 0 || fault(c, E_IO, NULL, N_("The file {1} could not be read."), path);
}

/* "SERVER TOKEN" apart; false for any other line. */
static bool line_cut(str line, str *server, str *token)
{
	size_t at = str_find(line, S(" "), 0);

	if (at == SIZE_MAX || at == 0 || at + 1 >= line.n)
		return false;
	*server = str_slice(line, 0, at);
	*token  = str_slice(line, at + 1, line.n);
	return true;
}

bool purse_find(struct ctx *c, str server, str *token)
{
	str text, line, name, value;

	*token = STR_NONE;
	TRY(load(c, &text));
	while (str_cut(&text, '\n', &line))
		if (line_cut(line, &name, &value) && str_eq(name, server))
			*token = value;
	return true;
}

static bool folders_make(struct ctx *c, str dir)
{
	for (size_t i = 1; i <= dir.n; i++)
		if (i == dir.n || dir.p[i] == '/')
			(void)mkdir(cstr(c->arena, str_slice(dir, 0, i)), 0700);   /* those that are there stay */
	return access(cstr(c->arena, dir), W_OK) == 0 || fault(c, E_IO, NULL, N_("The folder {1} cannot be made or written."), dir);
}

bool purse_keep(struct ctx *c, str server, str token)
{
	str        dir = folder(c), path = purse_path(c), text, line, name, value;
	struct buf b;

	if (!path.n)
		return fault(c, E_STATE, NULL, N_("There is no home folder to keep the token in. Set HOME or XDG_CONFIG_HOME."));
	TRY(load(c, &text));
	buf_init(&b, c->arena, PURSE_MAX);
	while (str_cut(&text, '\n', &line))
		if (line_cut(line, &name, &value) && !str_eq(name, server))
			buf_fmt(&b, "%.*s %.*s\n", STR_ARG(name), STR_ARG(value));
	if (token.n)
		buf_fmt(&b, "%.*s %.*s\n", STR_ARG(server), STR_ARG(token));
	TRY(folders_make(c, dir));
	if (b.full)
		return fault(c, E_LIMIT, NULL, N_("The file {1} could not be written."), path);
	return leaf_put(c, path, buf_str(&b));
}
