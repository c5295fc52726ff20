#include "platform/cage/wall.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/test.h"

/* Runs `act` behind walls in a child: its status, 99 when the walls did not stand. */
static int behind(struct ctx *c, const struct wall *w, int (*act)(void))
{
	int   status = -1;
	pid_t pid    = fork();

	if (pid == 0) {
		struct wall_state s;
		if (!wall_raise(c, w, &s) || !s.seccomp)
			_exit(99);
		_exit(act());
	}
	check(pid > 0 && waitpid(pid, &status, 0) == pid);
	check(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static char folder[] = "/tmp/psirt-wall-XXXXXX";
static const char *inside, *outside, *new_inside, *new_outside;

static void place_make(struct ctx *c)
{

	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
	check(mkdtemp(folder) != NULL);
	inside      = cstr(c->arena, STR_CAT(c->arena, str_of(folder), S("/in")));
	outside     = cstr(c->arena, STR_CAT(c->arena, str_of(folder), S("/out")));
	new_inside  = cstr(c->arena, STR_CAT(c->arena, str_of(inside), S("/new")));
	new_outside = cstr(c->arena, STR_CAT(c->arena, str_of(outside), S("/new")));
	check(mkdir(inside, 0700) == 0 && mkdir(outside, 0700) == 0);
}

static void place_remove(void)
{
	unlink(new_inside);
	unlink(new_outside);
	rmdir(inside);
	rmdir(outside);
	rmdir(folder);
}

/* 0: all as it should be; else the number of the first surprise. */
static int files_act(void)
{
	if (open(new_inside, O_RDWR | O_CREAT | O_CLOEXEC, 0600) < 0)
		return 1;
	if (open(new_outside, O_RDWR | O_CREAT | O_CLOEXEC, 0600) >= 0 || errno != EACCES)
		return 2;
	if (open("/etc/passwd", O_RDONLY) >= 0)
		return 3;
	if (rename(new_inside, new_outside) == 0)
		return 4;
	if (open(inside, O_RDONLY | O_DIRECTORY) < 0)
		return 5;
	return 0;
}

static int dangers_act(void)
{
	if (execl("/bin/true", "true", NULL) == 0 || errno != EPERM)
		return 1;
	if (ptrace(PTRACE_TRACEME, 0, 0, 0) == 0)
		return 2;
	if (unshare(CLONE_NEWUSER) == 0 || errno != EPERM)
		return 3;
	if (mount("none", "/tmp", "tmpfs", 0, NULL) == 0 || errno != EPERM)
		return 4;
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EACCES)
		return 5;
	if (socket(AF_NETLINK, SOCK_RAW, 0) >= 0 || socket(AF_PACKET, SOCK_RAW, 0) >= 0)
		return 6;
	if (socket(AF_UNIX, SOCK_STREAM, 0) < 0)
		return 7;
	return 0;
}

static int closed_act(void)
{
	if (open("/dev/null", O_RDONLY) >= 0 || mkdir("/tmp/psirt-wall-no", 0700) == 0)
		return 1;
	if (socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
		return 2;
	return 0;
}

static int signal_act(void)
{
	return kill(getppid(), 0) == 0;
}

static int ports_act(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int                fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return 1;
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0 || errno != ECONNREFUSED)
		return 2;   /* port 9 is allowed, nobody listens */
	to.sin_port = htons(10);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0 || errno != EACCES)
		return 3;
	if (bind(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
		return 4;
	to.sin_port = 0;
	return bind(fd, (struct sockaddr *)&to, sizeof(to)) == 0 ? 0 : 5;   /* the port that may be listened on */
}

TEST(files_outside_the_walls_are_out_of_reach_with_every_landlock)
{
	struct wall_path path = { .rights = WALL_READ | WALL_WRITE | WALL_MAKE };
	int              abi  = wall_landlock();

	if (abi == 0)
		skip_test("this kernel has no Landlock");
	for (int most = 1; most <= abi; most++) {
		struct wall w = { .paths = &path, .paths_n = 1, .opens = true, .landlock_most = most };
		place_make(c);
		path.path = inside;
		check_int(behind(c, &w, files_act), 0);
		place_remove();
	}
}

TEST(the_test_of_files_can_fail)
{
	struct wall w = { .opens = true, .landlock_most = -1 };

	place_make(c);
	check(behind(c, &w, files_act) != 0);
	place_remove();
}

TEST(what_no_door_needs_is_refused_without_landlock_too)
{
	check_int(behind(c, &(struct wall){ .sockets = true, .opens = true, .landlock_most = -1 }, dangers_act), 0);
	check(behind(c, &(struct wall){ .sockets = true, .opens = true, .inet = true, .landlock_most = -1 }, dangers_act) == 5);
	check_int(behind(c, &(struct wall){ .landlock_most = -1 }, closed_act), 0);
	check_int(behind(c, &(struct wall){ 0 }, closed_act), 0);
	if (wall_landlock() >= 6)
		check_int(behind(c, &(struct wall){ 0 }, signal_act), 0);
}

TEST(only_the_named_ports_can_be_connected_to)
{
	static const int ports[] = { 9 }, any[] = { 0 };

	if (wall_landlock() < 4)
		skip_test("this kernel's Landlock knows no ports");
	check_int(behind(c, &(struct wall){ .ports = ports, .ports_n = 1, .binds = any, .binds_n = 1, .inet = true, .sockets = true }, ports_act), 0);
}
