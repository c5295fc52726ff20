#include "doors/serve/supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "doors/cli/say.h"
#include "doors/serve/notify.h"
#include "platform/cage/wire.h"
#include "platform/clock.h"
#include "platform/log.h"

enum { WAIT_FIRST_MS = 100, WAIT_MOST_MS = 30000, LIVED_MS = 60000, END_MS = 3000 };

struct one { pid_t pid; int ends[2]; int64_t started, again, wait_ms; };

struct crew {
	struct ctx *c;
	const struct part_of_server *parts;
	struct one  v[PARTS_MOST];
	size_t      n;
	pid_t       main_pid;
	int         status;
	sigset_t    before;
	int         signals;  /* where ours arrive */
	int         ready;    /* where main says that it answers; -1: it has, or it ended */
	bool        leaves;   /* main was told to end: what dies now stays away */
	bool        ends;
};

/* ---- names ---- */

static char  *words_at;
static size_t words_room;

void process_words(int argc, char **argv)
{
	words_at   = argv[0];
	words_room = (size_t)(argv[argc - 1] - argv[0]) + strlen(argv[argc - 1]);
}

void process_name(const char *name, bool whole)
{
	prctl(PR_SET_NAME, name);
	if (!whole || !words_at)
		return;
	memset(words_at, 0, words_room);
	memcpy(words_at, name, strnlen(name, words_room));
}

/* ---- starting ---- */

/* In a child: it shall not outlive its parent. */
static void child_begin(const struct crew *w, pid_t parent, int by)
{
	prctl(PR_SET_PDEATHSIG, by);
	if (getppid() != parent)
		_exit(0);
	sigprocmask(SIG_SETMASK, &w->before, NULL);
}

_Noreturn static void part_run(struct crew *w, size_t i, pid_t parent)
{
	char name[16] = "psirt-";

	child_begin(w, parent, SIGKILL);
	memcpy(name + 6, w->parts[i].name, strnlen(w->parts[i].name, sizeof(name) - 7));
	process_name(name, true);
	close(w->signals);
	if (w->ready >= 0)
		close(w->ready);
	for (size_t k = 0; k < w->n; k++) {
		close(w->v[k].ends[0]);
		if (k != i)
			close(w->v[k].ends[1]);
	}
	signal(SIGPIPE, SIG_IGN);
	_exit(w->parts[i].run(w->v[i].ends[1], w->parts[i].arg));
}

static void part_start(struct crew *w, size_t i)
{
	pid_t me = getpid(), pid = fork();

	if (pid == 0)
		part_run(w, i, me);
	w->v[i].pid     = pid;
	w->v[i].started = clock_steady();
	w->v[i].again   = pid < 0 ? w->v[i].started + w->v[i].wait_ms * 1000 : 0;
}

static int main_start(struct crew *w, int (*run)(void *, const int *), void *arg)
{
	pid_t me = getpid();
	int   channels[PARTS_MOST + 1], ready[2];

	if (pipe2(ready, O_CLOEXEC) != 0)
		return 1;
	w->main_pid = fork();
	if (w->main_pid != 0) {
		close(ready[1]);
		w->ready = ready[0];
		return w->main_pid < 0 ? 1 : 0;
	}
	child_begin(w, me, SIGTERM);
	process_name("psirt-main", false);
	close(w->signals);
	close(ready[0]);
	channels[w->n] = ready[1];
	for (size_t i = 0; i < w->n; i++) {
		channels[i] = w->v[i].ends[0];
		close(w->v[i].ends[1]);
	}
	_exit(run(arg, channels));
}

/* ---- watching ---- */

static void part_gone(struct crew *w, size_t i, int status)
{
	struct one *p   = &w->v[i];
	int64_t     now = clock_steady();

	if (now - p->started > (int64_t)LIVED_MS * 1000)
		p->wait_ms = WAIT_FIRST_MS;
	p->pid   = -1;
	p->again = now + p->wait_ms * 1000;
	log_event(LEVEL_WARNING, "process.ended", LOG_TEXT("process", str_of(w->parts[i].name)),
	          LOG_INT("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0),
	          LOG_INT("status", WIFEXITED(status) ? WEXITSTATUS(status) : 0), LOG_INT("again_ms", p->wait_ms));
	p->wait_ms = p->wait_ms * 2 < WAIT_MOST_MS ? p->wait_ms * 2 : WAIT_MOST_MS;
}

static void reap(struct crew *w)
{
	pid_t pid;
	int   status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid == w->main_pid) {
			w->ends   = true;
			w->status = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
			if (WIFSIGNALED(status))
				log_event(LEVEL_ERROR, "process.ended", LOG_TEXT("process", S("main")),
				          LOG_INT("signal", WTERMSIG(status)));
		}
		for (size_t i = 0; i < w->n; i++)
			if (w->v[i].pid == pid && !w->ends && !w->leaves)
				part_gone(w, i, status);
			else if (w->v[i].pid == pid)
				w->v[i].pid = -1;
	}
}

/* Start what is due again; nanoseconds until the next one, at most an hour. */
static int64_t restart(struct crew *w)
{
	int64_t now = clock_steady(), next = now + 3600 * (int64_t)SECOND;

	for (size_t i = 0; i < w->n; i++) {
		if (w->v[i].again == 0 || w->leaves)
			continue;
		if (w->v[i].again <= now)
			part_start(w, i);
		else if (w->v[i].again < next)
			next = w->v[i].again;
	}
	return (next - now) * 1000;
}

static void leave(struct crew *w)
{
	w->leaves = true;
	notify_say("STOPPING=1");
	kill(w->main_pid, SIGTERM);
}

/* Main's one byte, or the end of it. */
static void ready_take(struct crew *w)
{
	char byte;

	if (read(w->ready, &byte, 1) == 1)
		notify_say("READY=1");
	close(w->ready);
	w->ready = -1;
}

static void watch(struct crew *w)
{
	struct signalfd_siginfo got;

	while (!w->ends) {
		int64_t         wait = restart(w);
		struct timespec t    = { wait / 1000000000, wait % 1000000000 };
		struct pollfd   p[]  = { { .fd = w->signals, .events = POLLIN }, { .fd = w->ready, .events = POLLIN } };

		if (ppoll(p, 2, &t, NULL) <= 0)
			continue;
		if (p[1].revents)
			ready_take(w);
		while (read(w->signals, &got, sizeof(got)) == sizeof(got))
			if (got.ssi_signo == SIGTERM || got.ssi_signo == SIGINT)
				leave(w);
		reap(w);
	}
}

/* ---- ending ---- */

/* Everything that is still our child, those that the parts left behind too. */
static void orphans_kill(struct crew *w)
{
	char   *path = cstr(w->c->arena, str_fmt(w->c->arena, "/proc/self/task/%d/children", (int)getpid()));
	char    text[4096];
	int     fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n  = fd >= 0 ? read(fd, text, sizeof(text)) : 0;
	str     rest = { text, n > 0 ? (size_t)n : 0 }, one;
	int64_t pid;

	if (fd >= 0)
		close(fd);
	while (str_cut(&rest, ' ', &one))
		if (str_to_int(one, &pid) && pid > 1)
			kill((pid_t)pid, SIGKILL);
}

static bool waited(const sigset_t *set, int64_t until)
{
	int64_t         left = until - clock_steady();
	struct timespec t    = { left / SECOND, left % SECOND * 1000 };

	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD)
		return true;
	if (left > 0)
		sigtimedwait(set, NULL, &t);
	return left <= 0;
}

static void parts_end(struct crew *w, const sigset_t *set)
{
	int64_t until = clock_steady() + (int64_t)END_MS * 1000;

	for (size_t i = 0; i < w->n; i++)
		if (w->v[i].pid > 0)
			kill(w->v[i].pid, SIGTERM);
	while (!waited(set, until))
		;
	orphans_kill(w);
	while (waitpid(-1, NULL, 0) > 0)
		;
}

int supervisor_run(struct ctx *c, const struct part_of_server *parts, size_t n,
                   int (*main_run)(void *arg, const int *channels), void *arg)
{
	struct crew w = { .c = c, .parts = parts, .ready = -1 };
	sigset_t    set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, &w.before);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	malloc_trim(0);
	w.signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (w.signals < 0 && !fault(c, E_IO, NULL, N_("No file descriptor for signals could be had.")))
		return say_fault(c);
	for (w.n = 0; w.n < n && w.n < PARTS_MOST; w.n++) {
		w.v[w.n].wait_ms = WAIT_FIRST_MS;
		if (!wire_pair(c, w.v[w.n].ends))
			return say_fault(c);
	}
	for (size_t i = 0; i < w.n; i++)
		part_start(&w, i);
	w.status = main_start(&w, main_run, arg);
	w.ends   = w.status != 0;
	watch(&w);
	parts_end(&w, &set);
	return w.status;
}
