#include "doors/serve/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/test.h"
#include "platform/cage/wall.h"
#include "platform/log.h"

static char folder[] = "/tmp/psirt-confine-XXXXXX";

static const char *at(struct ctx *c, const char *name)
{
	return cstr(c->arena, STR_CAT(c->arena, str_of(folder), str_of(name)));
}

static void make(struct ctx *c, const char *name)
{
	int fd = open(at(c, name), O_WRONLY | O_CREAT, 0600);

	check(fd >= 0);
	close(fd);
}

static bool opens(const char *path, int how)
{
	int fd = open(path, how | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* What main finds behind its walls: 0, or the number of the first surprise. */
static int behind(struct ctx *c, const struct setup *s)
{
	if (!confine_main(c, s))
		return 1;
	if (!opens(at(c, "/data/psirt.db"), O_RDWR) || !opens(at(c, "/data/seal.key"), O_RDONLY))
		return 2;
	if (opens(at(c, "/data/keys/secret"), O_RDONLY) || errno != EACCES)
		return 3;
	if (opens(at(c, "/data/keys/new"), O_WRONLY | O_CREAT))
		return 4;
	if (opens("/etc/passwd", O_RDONLY) || opens(at(c, "/outside"), O_RDONLY))
		return 5;
	if (!opens(at(c, "/spool"), O_TMPFILE | O_RDWR))
		return 6;
	if (!opens("/usr/share/zoneinfo/Asia/Tokyo", O_RDONLY))
		return 7;
	if (execl("/bin/true", "true", (char *)NULL) == 0 || errno != EPERM)
		return 8;
	return 0;
}

static int confined(struct ctx *c, const char *yes)
{
	static char    data[] = "--data", spool[] = "--spool", confine[] = "--confine";
	char          *argv[] = { data, cstr(c->arena, str_of(at(c, "/data"))), spool, cstr(c->arena, str_of(at(c, "/spool"))),
		confine, cstr(c->arena, str_of(yes)) };
	struct options o;
	struct setup   s;
	int            status = -1;
	pid_t          pid;

	options_init(c, &o, 6, argv);
	check_ok(c, setup_read(&o, SETUP_ALL, &s));
	pid = fork();
	if (pid == 0)
		_exit(behind(c, &s));
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(main_reaches_its_data_but_not_the_keys_nor_anything_else)
{
	static const char *const made[] = { "/data/psirt.db", "/data/seal.key", "/data/keys/secret", "/outside" };

	if (wall_landlock() == 0)
		skip_test("this kernel has no Landlock");
	log_aim(LEVEL_ERROR, 2, LOG_AUTO);
	check(mkdtemp(folder) != NULL);
	check(mkdir(at(c, "/data"), 0700) == 0 && mkdir(at(c, "/data/keys"), 0700) == 0 && mkdir(at(c, "/spool"), 0700) == 0);
	for (size_t i = 0; i < 4; i++)
		make(c, made[i]);
	check_int(confined(c, "yes"), 0);
	check_int(confined(c, "no"), 3);   /* the seed: without walls the keys lie open */
	for (size_t i = 0; i < 4; i++)
		unlink(at(c, made[i]));
	unlink(at(c, "/data/keys/new"));   /* made, and opened by nobody */
	rmdir(at(c, "/data/keys"));
	rmdir(at(c, "/data"));
	rmdir(at(c, "/spool"));
	check_int(rmdir(folder), 0);
}
