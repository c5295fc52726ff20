#include "doors/keys/deed.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/list.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "record/house.h"

enum { FILE_MAX = 1 << 20 };

/* The verbs of the audit; what is none of them is not ours. */
static const char *const verbs[] = { "keys.new", "keys.import", "keys.keep", "keys.forget", "keys.hand" };

static str path_of(struct ctx *c, str data)
{
	return STR_CAT(c->arena, data, S("/deeds"));
}

static int open_at(struct ctx *c, str data)
{
	return open(cstr(c->arena, path_of(c, data)), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

bool deed_write(struct ctx *c, str data, str what, str of)
{
	str  line;
	int  fd = open_at(c, data);
	bool ok;

	/* A line ends where the next begins, whatever the words are. */
	for (size_t i = 0; i < of.n; i++)
		if ((unsigned char)of.p[i] < 0x20)
			of = S("?");
	line = str_fmt(c->arena, "keys.%.*s %.*s, %.*s, uid %u\n", STR_ARG(what), STR_ARG(of), STR_ARG(time_print(c->arena, clock_now() / SECOND * SECOND)),
	               (unsigned)getuid());
	ok = fd >= 0 && flock(fd, LOCK_EX) == 0 && write(fd, line.p, line.n) == (ssize_t)line.n && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return ok || fault(c, E_IO, NULL, N_("The file {1} could not be written; without it nothing is done, for the audit is to know."), path_of(c, data));
}

int deed_open(struct ctx *c, str data)
{
	int fd = open_at(c, data);

	if (fd < 0)
		log_event(LEVEL_ERROR, "deeds.unreadable", LOG_TEXT("file", path_of(c, data)), LOG_TEXT("why", str_of(strerrordesc_np(errno))));
	return fd;
}

static const char *verb_of(str line)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (str_starts(line, str_of(verbs[i])) && line.n > strlen(verbs[i]) && line.p[strlen(verbs[i])] == ' ')
			return verbs[i];
	return NULL;
}

static bool lines_tell(struct ctx *c, str text)
{
	struct house_deeds deeds = { .max = FILE_MAX / 16 };
	const char        *verb;
	str                line;

	while (str_cut(&text, '\n', &line))
		if ((verb = verb_of(line)) &&
		    !list_push(c->arena, &deeds, (struct house_deed){ verb, str_slice(line, strlen(verb) + 1, line.n) }))
			return fault(c, E_LIMIT, NULL, NULL);
	return house_tell(c, &deeds);
}

static bool take_locked(struct ctx *c, int fd, size_t size)
{
	char   *room = arena_must(c->arena, 1, size);
	ssize_t n    = pread(fd, room, size, 0);

	if (n < 0)
		return fault(c, E_IO, NULL, NULL);
	TRY(lines_tell(c, (str){ room, (size_t)n }));
	return ftruncate(fd, 0) == 0 || fault(c, E_IO, NULL, NULL);
}

bool deed_take(struct ctx *c, int fd)
{
	struct stat st;
	bool        ok;

	if (fd < 0 || fstat(fd, &st) != 0 || st.st_size == 0)
		return true;
	if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		return true;   /* the operator writes just now: next time */
	ok = fstat(fd, &st) == 0 && take_locked(c, fd, st.st_size < FILE_MAX ? (size_t)st.st_size : FILE_MAX);
	flock(fd, LOCK_UN);
	return ok;
}
