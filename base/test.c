#define BASE_PRINTF /* a test program talks to a terminal */
#include "base/test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buf.h"

static struct test *tests;
static size_t       count;

enum { WORKERS_MAX = 16, SKIPS_MAX = 64 };

/* What the workers share. */
static struct {
	atomic_int            done, failed, skips;
	_Atomic(const char *) now[WORKERS_MAX]; /* the test that each is in */
	char                  skipped[SKIPS_MAX][256];
	atomic_bool           taken[];          /* by the first test of a file */
} *all;

static int turn;                                /* the file whose lock is the one PostgreSQL */

void test_add(struct test *t)
{
	t->next = tests;
	tests   = t;
	count++;
}

void test_true(bool ok, const char *what, const char *file, int line)
{
	if (ok)
		return;
	print_error("not true: %s\n", what);
	_fail(file, line);
}

void test_str(str got, str want, const char *file, int line)
{
	if (str_eq(got, want))
		return;
	print_error("got  \"%.*s\"\nwant \"%.*s\"\n", STR_ARG(got), STR_ARG(want));
	_fail(file, line);
}

void test_int(int64_t got, int64_t want, const char *file, int line)
{
	if (got == want)
		return;
	print_error("got %lld, want %lld\n", (long long)got, (long long)want);
	_fail(file, line);
}

static void print_fault(const struct fault *f)
{
	print_error("fault %s at \"%.*s\": %s [%.*s|%.*s] (%s:%d, input %ld:%ld)\n",
	            fault_name(f->code), STR_ARG(f->where),
	            f->text ? f->text : "", STR_ARG(f->arg[0]), STR_ARG(f->arg[1]),
	            f->file ? f->file : "?", f->at, f->line, f->column);
}

void test_fault(const struct ctx *c, enum fault_code code, const char *where,
                const char *file, int line)
{
	if (c->fault.code == code && (!where || str_eq(c->fault.where, str_of(where))))
		return;
	print_error("want fault %s at \"%s\", got:\n", fault_name(code), where ? where : "");
	print_fault(&c->fault);
	_fail(file, line);
}

void test_ok(const struct ctx *c, bool ok, const char *what, const char *file, int line)
{
	if (ok)
		return;
	print_error("failed: %s\n", what);
	print_fault(&c->fault);
	_fail(file, line);
}

void test_skip(const char *reason)
{
	int i = atomic_fetch_add(&all->skips, 1);

	if (i < SKIPS_MAX)
		snprintf(all->skipped[i], sizeof(all->skipped[i]), "%s", reason);
}

const char *test_postgres(void)
{
	const char *url = getenv("PSIRT_TEST_PG");

	return url && *url && lockf(turn, F_LOCK, 0) == 0 ? url : NULL;
}

str test_vectors(struct ctx *c)
{
	const char *dir  = getenv("PSIRT_VECTORS");
	str         path = dir && *dir ? str_of(dir) : S("../shared/vectors");
	FILE       *f    = fopen(cstr(c->arena, STR_CAT(c->arena, path, S("/SOURCES.md"))), "r");

	if (!f)
		return STR_NONE;
	fclose(f);
	return path;
}

str test_file(struct ctx *c, str path)
{
	FILE *f = fopen(cstr(c->arena, path), "rb");
	long  n;
	char *p;

	if (!f)
		return STR_NONE;
	fseek(f, 0, SEEK_END);
	n = ftell(f);
	rewind(f);
	p = arena_must(c->arena, 1, (size_t)n + 1);
	n = (long)fread(p, 1, (size_t)n, f);
	fclose(f);
	return (str){ p, (size_t)n };
}

static void fixed_random(void *p, size_t n)
{
	static uint64_t state = 88172645463325252u;

	for (size_t i = 0; i < n; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		((unsigned char *)p)[i] = (unsigned char)state;
	}
}

static void run_one(void **state)
{
	const struct test *t = *state;
	struct arena       a;
	struct ctx         c;

	arena_init(&a, (size_t)1 << 30);
	ctx_init(&c, &a);
	c.now    = civil_days(2026, 11, 24) * DAY;
	c.random = fixed_random;
	t->run(&c);
	arena_done(&a);
}

/* Also after a test that failed and never came back. */
static int leave_postgres(void **state)
{
	(void)state;
	return lockf(turn, F_ULOCK, 0);
}

/* From the last file to the first, for those of tests/ take longest; a file's tests by name. */
static int by_place(const void *a, const void *b)
{
	const struct CMUnitTest *x = a, *y = b;
	const struct test *s = x->initial_state, *t = y->initial_state;
	int r = strcmp(t->file, s->file);

	return r ? r : strcmp(s->name, t->name);
}

static const char *file_of(const struct CMUnitTest *u)
{
	return ((const struct test *)u->initial_state)->file;
}

/* Runs the tests of files that no other worker has taken; what a test says comes out in one piece. */
static void work(const struct CMUnitTest *list, size_t n, _Atomic(const char *) *now)
{
	bool  mine = false;
	pid_t me = getpid();
	int   failed;

	for (size_t i = 0; i < n; i++) {
		if (i == 0 || strcmp(file_of(&list[i]), file_of(&list[i - 1])) != 0)
			mine = !atomic_exchange(&all->taken[i], true);
		if (!mine)
			continue;
		atomic_store(now, list[i].name);
		failed = _cmocka_run_group_tests("unit", &list[i], 1, NULL, NULL);
		if (getpid() != me)     /* a child of the test, in which a check failed */
			_exit(125);
		atomic_fetch_add(&all->failed, failed);
		atomic_fetch_add(&all->done, 1);
		fflush(stdout);
	}
	atomic_store(now, "its end");
}

/* Workers of their own memory; one that dies in a test has failed it, and its file's rest is told missing. */
static void spread(const struct CMUnitTest *list, size_t n, int workers)
{
	pid_t pid[WORKERS_MAX];
	int   status;

	fflush(NULL);
	for (int i = 0; i < workers; i++)
		if ((pid[i] = fork()) == 0) {
			work(list, n, &all->now[i]);
			exit(0);
		}
	for (int i = 0; i < workers; i++) {
		if (pid[i] > 0 && waitpid(pid[i], &status, 0) == pid[i] && status == 0)
			continue;
		printf("not ok - a worker ended in %s\n", all->now[i]);
		atomic_fetch_add(&all->failed, 1);
		atomic_fetch_add(&all->done, 1);
	}
}

/*
 * unit [PART]: run all tests, or those whose file or name contains PART, on
 * TEST_JOBS workers (otherwise as many as there are processors).
 */
int main(int argc, char **argv)
{
	struct CMUnitTest *list = calloc(count + 1, sizeof(*list));
	const char        *jobs = getenv("TEST_JOBS");
	long               workers = jobs ? strtol(jobs, NULL, 10) : sysconf(_SC_NPROCESSORS_ONLN);
	FILE              *file = tmpfile();
	size_t             n = 0;

	for (struct test *t = tests; t; t = t->next) {
		if (argc > 1 && !strstr(t->file, argv[1]) && !strstr(t->name, argv[1]))
			continue;
		list[n++] = (struct CMUnitTest){ t->name, run_one, NULL, leave_postgres, t };
	}
	qsort(list, n, sizeof(*list), by_place);
	all  = mmap(NULL, sizeof(*all) + count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	turn = file ? fileno(file) : -1;
	if (all == MAP_FAILED || turn < 0)
		return 1;
	cmocka_set_message_output(getenv("TEST_VERBOSE") ? CM_OUTPUT_STDOUT : CM_OUTPUT_TAP);
	setvbuf(stdout, NULL, _IOFBF, 1 << 16);
	spread(list, n, (int)(workers < 1 ? 1 : workers > WORKERS_MAX ? WORKERS_MAX : workers));
	for (int i = 0; i < all->skips && i < SKIPS_MAX; i++)
		printf("skipped: %s\n", all->skipped[i]);
	if ((size_t)all->done < n && ++all->failed)
		printf("not ok - %d tests were not reached\n", (int)n - all->done);
	printf("%d passed, %d failed, %d skipped\n", all->done - all->failed - all->skips, all->failed, all->skips);
	free(list);
	return all->failed != 0;
}
