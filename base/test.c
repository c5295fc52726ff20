#define BASE_PRINTF /* a test program talks to a terminal */
#include "base/test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"

static struct test *tests;
static size_t       count;

static char skipped[64][256];
static int  skips;

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
	if (skips < 64)
		snprintf(skipped[skips++], sizeof(skipped[0]), "%s", reason);
	else
		skips++;
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

static int by_place(const void *a, const void *b)
{
	const struct CMUnitTest *x = a, *y = b;
	const struct test *s = x->initial_state, *t = y->initial_state;
	int r = strcmp(s->file, t->file);

	return r ? r : strcmp(s->name, t->name);
}

/* unit [PART]: run all tests, or those whose file or name contains PART. */
int main(int argc, char **argv)
{
	struct CMUnitTest *list = calloc(count + 1, sizeof(*list));
	size_t             n = 0;
	int                failed;

	for (struct test *t = tests; t; t = t->next) {
		if (argc > 1 && !strstr(t->file, argv[1]) && !strstr(t->name, argv[1]))
			continue;
		list[n++] = (struct CMUnitTest){ t->name, run_one, NULL, NULL, t };
	}
	qsort(list, n, sizeof(*list), by_place);
	cmocka_set_message_output(getenv("TEST_VERBOSE") ? CM_OUTPUT_STDOUT : CM_OUTPUT_TAP);
	failed = _cmocka_run_group_tests("unit", list, n, NULL, NULL);
	for (int i = 0; i < skips && i < 64; i++)
		printf("skipped: %s\n", skipped[i]);
	printf("%zu passed, %d failed, %d skipped\n", n - (size_t)failed - (size_t)skips,
	       failed, skips);
	free(list);
	return failed != 0;
}
