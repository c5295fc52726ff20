#include "platform/cage/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/test.h"
#include "platform/clock.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SHADOWED 1
#else
#define SHADOWED 0
#endif

/* ---- what hostile documents might make a reader do ---- */

static bool echo(struct ctx *c, str in, struct buf *out)
{
	(void)c;
	buf_add(out, in);
	return true;
}

static bool complain(struct ctx *c, str in, struct buf *out)
{
	(void)in;
	(void)out;
	(void)fault(c, E_SYNTAX, "/document", N_("At most {1} bytes are accepted."), S("7"));
	return fault_at(c, E_SYNTAX, 3, 14);
}

static bool crash(struct ctx *c, str in, struct buf *out)
{
	(void)c;
	(void)in;
	(void)out;
	raise(SIGSEGV);
	return true;
}

static bool spin(struct ctx *c, str in, struct buf *out)
{
	(void)c;
	(void)in;
	for (volatile uint64_t i = 0; i < UINT64_MAX; i++)
		if (out->full)
			return true;
	return true;
}

static bool sleeper(struct ctx *c, str in, struct buf *out)
{
	(void)c;
	(void)in;
	(void)out;
	while (recv(3, &(char){ 0 }, 1, 0) >= 0)
		;
	return true;
}

static bool arena_bomb(struct ctx *c, str in, struct buf *out)
{
	(void)in;
	(void)out;
	while (arena_alloc(c->arena, 1 << 20))
		;
	return fault(c, E_LIMIT, NULL, NULL);
}

static bool must_bomb(struct ctx *c, str in, struct buf *out)
{
	(void)in;
	while (c)
		buf_char(out, *(char *)arena_must(c->arena, 1, 1 << 20));
	return true;
}

/* Says how many MiB it got before the kernel said no. */
static bool map_bomb(struct ctx *c, str in, struct buf *out)
{
	int64_t n = 0;

	(void)c;
	(void)in;
	while (n < 4096 && mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
		n++;
	buf_int(out, n);
	return true;
}

static bool flood(struct ctx *c, str in, struct buf *out)
{
	(void)c;
	(void)in;
	while (!out->full)
		buf_add(out, S("0123456789abcdef"));
	return true;
}

/* Every call here must end the task or be refused; "free" is the seed of a failing test. */
static bool try_call(struct ctx *c, str in, struct buf *out)
{
	char byte;
	bool did = false;

	if (str_eq(in, S("fork")))
		did = fork() >= 0;
	if (str_eq(in, S("exec")))
		did = execl("/bin/true", "true", NULL) == 0;
	if (str_eq(in, S("socket")))
		did = socket(AF_INET, SOCK_STREAM, 0) >= 0;
	if (str_eq(in, S("unix")))
		did = socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
	if (str_eq(in, S("kill")))
		did = kill(getppid(), 0) == 0;
	if (str_eq(in, S("ptrace")))
		did = ptrace(PTRACE_TRACEME, 0, 0, 0) == 0;
	if (str_eq(in, S("code")))
		did = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
	if (str_eq(in, S("unlink")))
		did = unlink("/tmp/no-such-file") == 0 || errno == ENOENT;
	if (str_eq(in, S("read")))
		did = open("/etc/passwd", O_RDONLY) >= 0;
	if (str_eq(in, S("write")))
		did = open("/tmp/psirt-cage-test", O_WRONLY | O_CREAT, 0600) >= 0;
	if (str_eq(in, S("stdin")))
		did = read(0, &byte, 1) > 0;
	if (str_eq(in, S("inherited")))
		for (int fd = 4; fd < 1024; fd++)
			did |= lseek(fd, 0, SEEK_CUR) >= 0 || errno != EBADF;
	if (did)
		buf_add(out, S("did it"));
	return did || fault(c, E_FORBIDDEN, NULL, NULL);
}

static const struct cage_task tasks[] = {
	{ "echo", echo }, { "complain", complain }, { "crash", crash }, { "spin", spin }, { "sleep", sleeper },
	{ "arena", arena_bomb }, { "must", must_bomb }, { "map", map_bomb }, { "flood", flood }, { "try", try_call }, { 0 },
};

/* ---- a cage for a test ---- */

struct place { int channel, far; pid_t pid; };

static void place_open(struct ctx *c, struct place *p)
{
	int ends[2];

	check_ok(c, wire_pair(c, ends));
	p->channel = ends[0];
	p->far     = ends[1];
	p->pid     = fork();
	if (p->pid == 0)
		_exit(cage_serve(ends[1], tasks, false));
	check(p->pid > 0);
}

static void place_close(struct place *p)
{
	int status = -1;

	kill(p->pid, SIGTERM);
	waitpid(p->pid, &status, 0);
	close(p->channel);
	close(p->far);
	check_int(status, 0);
}

static const struct wire_limits small = {
	.wall_ms = 5000, .cpu_seconds = 2, .memory = 32 << 20, .in_max = 8 << 20, .out_max = 8 << 20,
};

/* The cage must still answer. */
static void check_alive(struct ctx *c, const struct place *p)
{
	str out;

	c->fault = (struct fault){ 0 };
	check_ok(c, cage_run(c, p->channel, "echo", S("still here"), &small, &out));
	check_str(out, S("still here"));
}

TEST(bytes_go_in_and_come_out)
{
	struct place p;
	str          out, long_one;
	struct buf   b;

	place_open(c, &p);
	check_ok(c, cage_run(c, p.channel, "echo", S(""), &small, &out));
	check_int(out.n, 0);
	check_ok(c, cage_run(c, p.channel, "echo", S("\0\xff\n"), &small, &out));
	check_str(out, S("\0\xff\n"));
	buf_init(&b, c->arena, 3 << 20);
	while (!b.full)
		buf_hex(&b, &b.n, sizeof(b.n));
	long_one = buf_str(&b);
	check_ok(c, cage_run(c, p.channel, "echo", long_one, &small, &out));
	check_str(out, long_one);
	place_close(&p);
}

TEST(a_fault_inside_is_the_callers_fault_in_the_callers_language)
{
	struct place p;
	str          out;

	place_open(c, &p);
	c->lang = LANG_JA;
	check(!cage_run(c, p.channel, "complain", S("x"), &small, &out));
	check_fault(c, E_SYNTAX, "/document");
	check_int(c->fault.line, 3);
	check_int(c->fault.column, 14);
	check(str_find(c->fault.arg[0], S("7"), 0) != SIZE_MAX);
	check(!str_starts(c->fault.arg[0], S("At most")));
	c->lang = LANG_EN;
	place_close(&p);
}

TEST(a_reader_that_crashes_or_hangs_is_a_fault_and_nothing_more)
{
	struct place       p;
	str                out;
	struct wire_limits quick = small;

	place_open(c, &p);
	check(!cage_run(c, p.channel, "crash", S(""), &small, &out));
	check_fault(c, E_INTERNAL, NULL);
	check_alive(c, &p);
	quick.wall_ms = 200;
	check(!cage_run(c, p.channel, "sleep", S(""), &quick, &out));
	check_fault(c, E_LIMIT, NULL);
	check_alive(c, &p);
	quick = (struct wire_limits){ 5000, 1, 32 << 20, 100, 100 };
	check(!cage_run(c, p.channel, "spin", S(""), &quick, &out));
	check_fault(c, E_LIMIT, NULL);
	check_alive(c, &p);
	place_close(&p);
}

TEST(memory_has_an_end_in_the_cage)
{
	struct place p;
	str          out;
	int64_t      got;

	place_open(c, &p);
	check(!cage_run(c, p.channel, "arena", S(""), &small, &out));
	check_fault(c, E_LIMIT, NULL);
	check(!cage_run(c, p.channel, "must", S(""), &small, &out));
	if (!SHADOWED)
		check_fault(c, E_LIMIT, NULL);
	check_alive(c, &p);
	if (!SHADOWED) {
		check_ok(c, cage_run(c, p.channel, "map", S(""), &small, &out));
		check(str_to_int(out, &got) && got >= 32 && got < 128);
	}
	place_close(&p);
}

TEST(input_and_answer_have_limits)
{
	struct place       p;
	str                out;
	struct wire_limits tight = { 5000, 2, 32 << 20, 4, 1000 };

	place_open(c, &p);
	check(!cage_run(c, p.channel, "echo", S("12345"), &tight, &out));
	check_fault(c, E_LIMIT, NULL);
	c->fault = (struct fault){ 0 };
	check(!cage_run(c, p.channel, "flood", S("1234"), &tight, &out));
	check_fault(c, E_LIMIT, NULL);
	check(!cage_run(c, p.channel, "no such task", S(""), &tight, &out));
	check_fault(c, E_INTERNAL, NULL);
	check_alive(c, &p);
	place_close(&p);
}

TEST(a_reader_touches_nothing_outside)
{
	static const char *const ended[]   = { "fork", "exec", "socket", "unix", "kill", "ptrace", "unlink" };
	static const char *const refused[] = { "read", "write", "stdin", "inherited", "code" };
	struct place             p;
	str                      out;

	place_open(c, &p);
	for (size_t i = 0; i < sizeof(ended) / sizeof(ended[0]); i++) {
		c->fault = (struct fault){ 0 };
		check(!cage_run(c, p.channel, "try", str_of(ended[i]), &small, &out));
		check_fault(c, E_INTERNAL, NULL);
		check(c->fault.text && str_find(str_of(c->fault.text), S("may not"), 0) != SIZE_MAX);
	}
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		c->fault = (struct fault){ 0 };
		check(!cage_run(c, p.channel, "try", str_of(refused[i]), &small, &out));
		check_fault(c, E_FORBIDDEN, NULL);
	}
	check_alive(c, &p);
	place_close(&p);
}

TEST(a_call_waits_for_a_cage_that_is_started_again)
{
	struct place p;
	str          out;
	int          status;

	place_open(c, &p);
	check_alive(c, &p);
	kill(p.pid, SIGKILL);
	waitpid(p.pid, &status, 0);
	p.pid = fork();
	if (p.pid == 0) {
		usleep(100000);
		_exit(cage_serve(p.far, tasks, false));
	}
	check_ok(c, cage_run(c, p.channel, "echo", S("late"), &small, &out));
	check_str(out, S("late"));
	place_close(&p);
}

TEST(without_a_cage_nothing_is_read)
{
	struct wire_limits quick = { 10, 1, 1 << 20, 100, 100 };
	int                ends[2];
	str                out;

	check(!cage_run(c, -1, "echo", S("x"), &small, &out));
	check_fault(c, E_UNAVAILABLE, NULL);
	check_ok(c, wire_pair(c, ends));
	check(!cage_run(c, ends[0], "echo", S("x"), &quick, &out));   /* nobody takes it */
	check_fault(c, E_UNAVAILABLE, NULL);
	close(ends[1]);
	check(!cage_run(c, ends[0], "echo", S("x"), &quick, &out));
	check_fault(c, E_UNAVAILABLE, NULL);
	close(ends[0]);
}

TEST(a_packet_of_another_form_is_passed_over)
{
	struct place     p;
	struct wire_head h = { 0 };

	place_open(c, &p);
	check(send(p.channel, &h, sizeof(h), 0) > 0);
	check(send(p.channel, "x", 1, 0) == 1);
	check_alive(c, &p);
	place_close(&p);
}
