#include "doors/serve/supervisor.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/test.h"

/* A service manager's socket; its path is set in the environment. */
static int manager_open(struct ctx *c, char *folder)
{
	struct sockaddr_un a  = { .sun_family = AF_UNIX };
	struct timeval     t  = { .tv_sec = 20 };
	int                fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	str                path;

	check(mkdtemp(folder) != NULL);
	path = STR_CAT(c->arena, str_of(folder), S("/notify"));
	memcpy(a.sun_path, path.p, path.n);
	check(fd >= 0 && bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0);
	check(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof(t)) == 0);
	setenv("NOTIFY_SOCKET", a.sun_path, 1);
	return fd;
}

static void manager_close(int fd, const char *folder)
{
	close(fd);
	(void)unlink(getenv("NOTIFY_SOCKET"));
	(void)rmdir(folder);
	unsetenv("NOTIFY_SOCKET");
}

static str heard(struct ctx *c, int fd)
{
	char    text[100];
	ssize_t n = recv(fd, text, sizeof(text), 0);

	return str_dup(c->arena, (str){ text, n > 0 ? (size_t)n : 0 });
}

static int idle(int channel, void *arg)
{
	(void)arg;
	while (read(channel, &(char){ 0 }, 1) != 0)
		;
	return 0;
}

/* Answers requests at once; ends when it is told to. */
static int answers(void *arg, const int *channels)
{
	sigset_t set;
	int      which;

	(void)arg;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	if (write(channels[1], "r", 1) != 1)
		return 9;
	close(channels[1]);
	sigwait(&set, &which);
	return 0;
}

/* Ends before it answers anything. */
static int refuses(void *arg, const int *channels)
{
	(void)arg, (void)channels;
	return 5;
}

static pid_t supervise(struct ctx *c, int (*main_run)(void *, const int *))
{
	static const struct part_of_server part[] = { { "idle", idle, NULL } };
	pid_t                              pid    = fork();

	if (pid == 0)
		_exit(supervisor_run(c, part, 1, main_run, NULL));
	return pid;
}

TEST(the_service_manager_hears_that_requests_are_answered_and_that_they_will_not_be)
{
	char  folder[] = "/tmp/psirt-notify-XXXXXX";
	int   fd       = manager_open(c, folder), status = -1;
	pid_t pid      = supervise(c, answers);

	check_str(heard(c, fd), S("READY=1"));
	kill(pid, SIGTERM);
	check_str(heard(c, fd), S("STOPPING=1"));
	check_int(waitpid(pid, &status, 0), pid);
	check_int(status, 0);
	manager_close(fd, folder);
}

TEST(a_server_that_cannot_begin_is_never_called_ready)
{
	char  folder[] = "/tmp/psirt-notify-XXXXXX";
	int   fd       = manager_open(c, folder), status = -1;
	pid_t pid      = supervise(c, refuses);

	check_int(waitpid(pid, &status, 0), pid);
	check_int(WEXITSTATUS(status), 5);
	check_int(recv(fd, &(char){ 0 }, 1, MSG_DONTWAIT), -1);
	manager_close(fd, folder);
}
