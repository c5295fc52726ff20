/*
 * fuzz [SECONDS [TARGET …]]: runs each target (all without a name) for so
 * many seconds (60) on mutations of its seeds; what reaches new edges of the
 * code is kept and mutated further.  An input that ends the process, breaks
 * what must hold or runs longer than 10 seconds stays in build/fuzz/found.
 * "fuzz run TARGET FILE…" runs files once.  Built with the sanitizers and
 * -fsanitize-coverage=trace-pc; this file and the mutator are not.
 */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/list.h"
#include "tests/fuzz/mutate.h"

enum { FUZZ_ROOM = 1 << 20, EDGES = 1 << 18, KEPT_MAX = 20000, HANG_SECONDS = 10, RECENT = 64, PICK_RECENT = 200 };

/* Shared with the parent, which tells what a dead child was at. */
struct board {
	size_t n;
	char   bytes[FUZZ_ROOM];
	long   runs, kept, edges;
};

static struct board  *board;
static unsigned char  hit[EDGES], seen[EDGES];
static uint32_t       touched[EDGES];
static size_t         touched_n;
static __thread uintptr_t before;
static bool           watching;

extern const char __executable_start;
void __sanitizer_cov_trace_pc(void);
int  __lsan_do_recoverable_leak_check(void);

void __sanitizer_cov_trace_pc(void)
{
	uintptr_t pc = (uintptr_t)__builtin_return_address(0) - (uintptr_t)&__executable_start;
	uint32_t  i;

	if (!watching)
		return;
	i = (uint32_t)((pc * 0x9E3779B97F4A7C15u >> 40) ^ before) & (EDGES - 1);
	before = (pc * 0x9E3779B97F4A7C15u >> 41) & (EDGES - 1);
	if (hit[i] == 0 && touched_n < EDGES)
		touched[touched_n++] = i;
	if (hit[i] < 255)
		hit[i]++;
}

/* Words that the code compares with: the sanitizer's memcmp tells. */
static struct { unsigned char n; char p[WORD_BYTES]; } recent[RECENT];
static _Atomic unsigned recent_n;

void __sanitizer_weak_hook_memcmp(void *pc, const void *a, const void *b, size_t n, int result);
void __sanitizer_weak_hook_memcmp(UNUSED void *pc, UNUSED const void *a, const void *b, size_t n, int result)
{
	unsigned i;

	if (!watching || result == 0 || n < 2 || n > WORD_BYTES)
		return;
	i = atomic_fetch_add(&recent_n, 1) % RECENT;
	memcpy(recent[i].p, b, n);
	recent[i].n = (unsigned char)n;
}

void fuzz_broken(const char *what, const char *file, int line)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

/* 1, 2, 3, 4-7, 8-15, 16-31, 32-127, more. */
static unsigned char bucket(unsigned char n)
{
	static const unsigned char to[] = { 1, 2, 3, 7, 15, 31, 127 };

	for (unsigned i = 0; i < sizeof(to); i++)
		if (n <= to[i])
			return (unsigned char)(1u << i);
	return 128;
}

/* Run; true when an edge was passed that never was, or not so often. */
static bool try(const struct fuzz_target *t, str bytes)
{
	bool new = false;

	board->n = bytes.n;
	if (bytes.n)
		memcpy(board->bytes, bytes.p, bytes.n);
	before = 0;
	watching = true;
	fuzz_once(t, bytes);
	watching = false;
	for (size_t i = 0; i < touched_n; i++) {
		unsigned char b = bucket(hit[touched[i]]);

		if (!seen[touched[i]])
			board->edges++;
		new = new || (b & ~seen[touched[i]]);
		seen[touched[i]] |= b;
		hit[touched[i]] = 0;
	}
	touched_n = 0;
	board->runs++;
	return new;
}

static time_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static void words_learn(struct mutator *m, struct arena *a)
{
	unsigned i = (unsigned)mutate_pick(m, RECENT);

	if (recent[i].n && a->used < (size_t)256 << 20)
		mutate_word(m, str_dup(a, (str){ recent[i].p, recent[i].n }));
}

static const str *pick(struct mutator *m, const struct seeds *kept)
{
	size_t late = kept->n > PICK_RECENT ? PICK_RECENT : kept->n;

	return &kept->v[mutate_pick(m, 2) ? kept->n - 1 - mutate_pick(m, late) : mutate_pick(m, kept->n)];
}

static void loop(const struct fuzz_target *t, long seconds)
{
	static struct mutator m;
	struct arena a;
	struct ctx   c;
	struct seeds kept;
	time_t       end = now() + seconds;

	arena_init(&a, (size_t)1 << 30);
	ctx_init(&c, &a);
	if (!seeds_load(&c, t, &kept)) {
		fprintf(stderr, "%s has no seeds in tests/fuzz/corpus (run at the top of the tree)\n", t->name);
		_exit(2);
	}
	kept.max = KEPT_MAX;
	mutator_init(&m, t, &kept, 20261124);
	if (t->begin)
		t->begin();
	alarm(HANG_SECONDS);
	(void)try(t, S(""));
	for (size_t i = 0; i < kept.n; i++)
		(void)try(t, kept.v[i]);
	while (now() < end) {
		struct arena one;
		str          input;

		arena_init(&one, 16 << 20);
		input = mutate(&m, &one, *pick(&m, &kept), *pick(&m, &kept));
		if (board->runs % 64 == 0)
			alarm(HANG_SECONDS);
		if (try(t, input) && a.used < (size_t)512 << 20 && !list_push(&a, &kept, str_dup(&a, input)))
			kept.v[mutate_pick(&m, kept.n)] = str_dup(&a, input);
		if (board->runs % 16 == 0)
			words_learn(&m, &a);
		board->kept = (long)kept.n;
		arena_done(&one);
	}
	alarm(0);
	if (t->end)
		t->end();
	_exit(__lsan_do_recoverable_leak_check() ? 3 : 0);
}

/* What the dead child was at, into a file. */
static void found(const struct fuzz_target *t, int status)
{
	char  path[160];
	FILE *f;

	mkdir("build/fuzz/found", 0777);
	snprintf(path, sizeof(path), "build/fuzz/found/%s-%016llx", t->name, (unsigned long long)str_hash((str){ board->bytes, board->n }));
	f = fopen(path, "wb");
	if (f) {
		fwrite(board->bytes, 1, board->n, f);
		fclose(f);
	}
	printf("FOUND: %s %s: %s (%zu bytes)\n", t->name,
	       WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM ? "hangs" : WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "ended",
	       path, board->n);
}

static bool target_loop(const struct fuzz_target *t, long seconds)
{
	int   status = 0;
	pid_t child;

	board->runs = board->kept = board->edges = 0;
	board->n    = 0;
	fflush(stdout);
	child = fork();
	if (child == 0)
		loop(t, seconds);
	if (child < 0 || waitpid(child, &status, 0) != child)
		abort();
	if (status != 0 && board->runs)
		found(t, status);
	printf("%-12s %9ld runs %6ld kept %6ld edges  %s\n", t->name, board->runs, board->kept, board->edges, status ? "FAILED" : "ok");
	return status == 0;
}

static const struct fuzz_target *named(const char *name)
{
	for (size_t i = 0; i < fuzz_targets(); i++)
		if (strcmp(fuzz_target(i)->name, name) == 0)
			return fuzz_target(i);
	fprintf(stderr, "there is no target %s\n", name);
	exit(2);
}

static int run_files(const struct fuzz_target *t, int n, char **files)
{
	if (t->begin)
		t->begin();
	for (int i = 0; i < n; i++) {
		FILE *f = fopen(files[i], "rb");

		if (!f) {
			fprintf(stderr, "%s cannot be read\n", files[i]);
			return 2;
		}
		board->n = fread(board->bytes, 1, sizeof(board->bytes), f);
		fclose(f);
		fuzz_once(t, (str){ board->bytes, board->n });
		printf("%s: ok\n", files[i]);
	}
	if (t->end)
		t->end();
	return 0;
}

int main(int argc, char **argv)
{
	long seconds = argc > 1 ? strtol(argv[1], NULL, 10) : 60;
	int  passed = 0, failed = 0;

	board = mmap(NULL, sizeof(*board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (board == MAP_FAILED)
		abort();
	if (argc > 3 && strcmp(argv[1], "run") == 0)
		return run_files(named(argv[2]), argc - 3, argv + 3);
	if (seconds < 1) {
		fprintf(stderr, "usage: fuzz [SECONDS [TARGET …]] | fuzz run TARGET FILE…\n");
		return 2;
	}
	for (size_t i = 0; argc <= 2 && i < fuzz_targets(); i++)
		*(target_loop(fuzz_target(i), seconds) ? &passed : &failed) += 1;
	for (int i = 2; i < argc; i++)
		*(target_loop(named(argv[i]), seconds) ? &passed : &failed) += 1;
	printf("%d passed, %d failed\n", passed, failed);
	return failed != 0;
}
