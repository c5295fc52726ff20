#include "platform/cage/cage.h"

#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/buf.h"
#include "platform/cage/warden.h"
#include "platform/clock.h"
#include "platform/log.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SHADOWED 1   /* a sanitizer's shadow is larger than any limit of address space */
#else
#define SHADOWED 0
#endif

enum { TASKS_AT_ONCE = 8, SLACK = 32 << 20 };

const struct wire_limits cage_usual = {
	.wall_ms = 10000, .cpu_seconds = 5, .memory = 256 << 20, .in_max = 64 << 20, .out_max = 32 << 20,
};

struct keeper { const struct cage_task *tasks; struct wall_filter filter; };

bool cage_run(struct ctx *c, int channel, const char *task, str in, const struct wire_limits *l, str *out)
{
	return wire_call(c, channel, task, STR_NONE, in, l, out);
}

/* Bytes of address space in use. */
static rlim_t space_now(void)
{
	char    text[64] = { 0 };
	int     fd       = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t n        = fd >= 0 ? read(fd, text, sizeof(text) - 1) : 0;
	int64_t pages;
	str     rest = { text, n > 0 ? (size_t)n : 0 }, first;

	if (fd >= 0)
		close(fd);
	if (!str_cut(&rest, ' ', &first) || !str_to_int(first, &pages))
		return 0;
	return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static bool limit(int what, rlim_t soft, rlim_t hard)
{
	return setrlimit((__rlimit_resource_t)what, &(struct rlimit){ soft, hard }) == 0;
}

static rlim_t space;   /* of the cage at its start */

static bool limits_raise(const struct wire_head *h)
{
	rlim_t cpu = h->cpu_seconds ? (rlim_t)h->cpu_seconds : RLIM_INFINITY;

	return limit(RLIMIT_CPU, cpu, h->cpu_seconds ? cpu + 1 : cpu) &&
	       (SHADOWED || space == 0 || limit(RLIMIT_AS, space + (rlim_t)h->memory + SLACK, space + (rlim_t)h->memory + SLACK)) &&
	       limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_NOFILE, 4, 4) && limit(RLIMIT_NPROC, 0, 0);
}

static const struct cage_task *task_named(const struct cage_task *t, const char *name)
{
	for (; t->name; t++)
		if (strcmp(t->name, name) == 0)
			return t;
	return NULL;
}

struct task { const struct cage_task *t; str in; struct buf *out; };

static bool task_work(struct ctx *c, void *arg)
{
	struct task *w = arg;

	return w->t->run(c, w->in, w->out);
}

/* One task, in its child. */
static void task_run(void *arg, const struct wire_head *h, int fd)
{
	struct keeper          *k = arg;
	const struct cage_task *t = task_named(k->tasks, h->name);
	struct arena            a;
	struct ctx              c;
	struct buf              out;
	str                     in;
	bool                    ok;

	dup2(1, 2);
	if (dup2(fd, 3) != 3 || close_range(4, ~0u, 0) != 0 || !limits_raise(h) || !wall_filter_raise(&k->filter))
		return;
	arena_init(&a, h->memory ? (size_t)h->memory : ARENA_MAX);
	ctx_init(&c, &a);
	c.now    = clock_now();
	c.random = random_bytes;
	c.lang   = (enum lang)h->lang;
	ok = wire_input(&c, 3, h, &in);
	buf_init(&out, &a, (size_t)h->out_max);
	if (ok && !t)
		ok = fault(&c, E_INTERNAL, NULL, NULL);
	ok = ok && ctx_net(&c, task_work, &(struct task){ t, in, &out });
	if (ok && out.full)
		ok = fault(&c, E_LIMIT, NULL, N_("The answer is longer than is allowed."));
	wire_answer(&c, 3, h, ok, buf_str(&out));
	_exit(0);
}

int cage_serve(int channel, const struct cage_task *tasks, bool loud)
{
	static const struct wall nothing = { 0 };
	struct keeper            k       = { .tasks = tasks };
	struct wall_state        s;
	struct arena             a;
	struct ctx               c;

	arena_init(&a, ARENA_MAX);
	ctx_init(&c, &a);
	warden_close(channel, channel);
	space = space_now();
	prctl(PR_SET_DUMPABLE, 0);
	if (!wall_filter_make(&c, &k.filter) || !wall_raise(&c, &nothing, &s)) {
		log_event(LEVEL_ERROR, "cage.unconfined", LOG_TEXT("fault", str_of(c.fault.text)));
		return 1;
	}
	if (loud)
		log_event(LEVEL_INFO, "cage.confined", LOG_INT("landlock", s.landlock), LOG_INT("seccomp", s.seccomp));
	return warden_run(&(struct warden){ .channel = channel, .most = TASKS_AT_ONCE, .run = task_run, .arg = &k });
}
