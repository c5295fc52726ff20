#include "platform/cage/warden.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/clock.h"

enum { CHILDREN = 32, STATUS_FAULT = 1 };

struct child { pid_t pid; int fd; int64_t until; };

struct watch {
	const struct warden *w;
	struct child         v[CHILDREN];
	int                  n, signals;
	bool                 ends, rested;
};

void warden_close(int keep, int also)
{
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC), low = keep < also ? keep : also, high = keep < also ? also : keep;

	if (nowhere >= 0) {
		dup2(nowhere, 0);
		dup2(nowhere, 1);
	}
	if (low < 3)
		low = high;
	if (low > 3)
		close_range(3, (unsigned)low - 1, 0);
	if (high > low + 1)
		close_range((unsigned)low + 1, (unsigned)high - 1, 0);
	close_range((unsigned)high + 1, ~0u, 0);
}

static int signals_open(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGINT, SIG_IGN);    /* a terminal's Ctrl-C is for the supervisor */
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* ---- in the child ---- */

_Noreturn static void child_run(const struct watch *s, const struct wire_head *h, int fd)
{
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int i = 0; i < s->n; i++)
		close(s->v[i].fd);
	close(s->signals);
	close(s->w->channel);
	sigemptyset(&none);
	signal(SIGTERM, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (s->w->grouped)
		setpgid(0, 0);
	s->w->run(s->w->arg, h, fd);
	_exit(STATUS_FAULT);
}

/* ---- in the warden ---- */

static void child_start(struct watch *s, const struct wire_head *h, int fd)
{
	int   no  = s->w->admit ? s->w->admit(s->w->arg, h) : 0;
	pid_t pid = no ? -1 : fork();

	if (pid == 0)
		child_run(s, h, fd);
	if (pid < 0) {
		wire_judge(fd, no ? (enum wire_verdict)(no - 1) : WIRE_BUSY, 0);
		close(fd);
		return;
	}
	if (s->w->grouped)
		setpgid(pid, pid);
	s->v[s->n++] = (struct child){ pid, fd, clock_steady() + h->wall_ms * 1000 };
}

static void child_kill(const struct watch *s, const struct child *k)
{
	kill(s->w->grouped ? -k->pid : k->pid, SIGKILL);
}

static void child_gone(struct watch *s, pid_t pid, int status)
{
	for (int i = 0; i < s->n; i++) {
		struct child *k = &s->v[i];
		if (k->pid != pid)
			continue;
		if (s->w->grouped)
			kill(-pid, SIGKILL);
		if (k->until == 0)
			wire_judge(k->fd, WIRE_LATE, 0);
		else if (WIFSIGNALED(status))
			wire_judge(k->fd, WIRE_DIED, WTERMSIG(status));
		else if (WEXITSTATUS(status) != 0)
			wire_judge(k->fd, WIRE_DIED, 0);
		close(k->fd);
		*k = s->v[--s->n];
		return;
	}
}

static void reap(struct watch *s)
{
	pid_t pid;
	int   status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		child_gone(s, pid, status);
}

/* Kill whose time is over; milliseconds until the next one's is, -1 for none. */
static int late(struct watch *s)
{
	int64_t now = clock_steady(), next = -1;

	for (int i = 0; i < s->n; i++) {
		struct child *k = &s->v[i];
		if (k->until == 0)
			continue;
		if (k->until <= now) {
			child_kill(s, k);
			k->until = 0;
		} else if (next < 0 || k->until < next) {
			next = k->until;
		}
	}
	return next < 0 ? -1 : (int)((next - now) / 1000) + 1;
}

static void signals_take(struct watch *s)
{
	struct signalfd_siginfo i;

	while (read(s->signals, &i, sizeof(i)) == (ssize_t)sizeof(i))
		s->ends |= i.ssi_signo == SIGTERM;
	reap(s);
}

static void turn(struct watch *s)
{
	int              most = s->w->most < CHILDREN ? s->w->most : CHILDREN;
	struct pollfd    p[2] = { { s->signals, POLLIN, 0 }, { s->w->channel, s->n < most ? POLLIN : 0, 0 } };
	struct wire_head h;
	int              fd, wait = late(s), got;

	if (s->n == 0 && s->w->idle && !s->rested)
		wait = s->w->idle_ms;
	got = poll(p, 2, wait);
	if (got == 0 && s->n == 0 && s->w->idle) {
		s->w->idle(s->w->arg);
		s->rested = true;
	}
	if (p[0].revents & POLLIN)
		signals_take(s);
	if ((p[1].revents & POLLIN) && s->n < most && wire_accept(s->w->channel, &h, &fd)) {
		s->rested = false;
		child_start(s, &h, fd);
	} else if (p[1].revents & (POLLHUP | POLLERR)) {
		s->ends = true;
	}
}

int warden_run(const struct warden *w)
{
	struct watch s = { .w = w, .signals = signals_open(), .rested = true };

	if (s.signals < 0)
		return STATUS_FAULT;
	while (!s.ends)
		turn(&s);
	for (int i = 0; i < s.n; i++)
		child_kill(&s, &s.v[i]);
	while (s.n > 0 && waitpid(s.v[0].pid, NULL, 0) == s.v[0].pid)
		s.v[0] = s.v[--s.n];
	return 0;
}
