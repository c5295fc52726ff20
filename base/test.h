#ifndef BASE_TEST_H
#define BASE_TEST_H

/*
 * A thin face over cmocka.  A test file sits beside what it tests:
 *
 *	TEST(a_report_without_a_title_is_refused)
 *	{
 *		check(!report_submit(c, &r));
 *		check_fault(c, E_INVALID, "title");
 *	}
 *
 * Every test gets `c`: a fresh ctx with an arena, a fixed instant
 * (2026-11-24T00:00:00Z) and a deterministic random source.  Files run side
 * by side in processes of their own; the tests of one file one after another.
 */

#include "base/ctx.h"

typedef void test_fn(struct ctx *c);

struct test {
	const char  *file, *name;
	test_fn     *run;
	struct test *next;
};

void test_add(struct test *t);

#define TEST(id) \
	static void id(UNUSED struct ctx *c); \
	static struct test test_##id = { __FILE__, #id, id, NULL }; \
	__attribute__((constructor)) static void add_##id(void) \
	{ test_add(&test_##id); } \
	static void id(UNUSED struct ctx *c)

#define check(x)            test_true((x), #x, __FILE__, __LINE__)
#define check_str(got, want) test_str((got), (want), __FILE__, __LINE__)
#define check_int(got, want) test_int((int64_t)(got), (int64_t)(want), __FILE__, __LINE__)
#define check_fault(c, code, where) test_fault((c), (code), (where), __FILE__, __LINE__)
/* The call must succeed; otherwise the fault is printed. */
#define check_ok(c, call)   test_ok((c), (call), #call, __FILE__, __LINE__)
/* Leave this test as skipped, with the reason. */
#define skip_test(reason)   do { test_skip(reason); return; } while (0)

void test_true(bool ok, const char *what, const char *file, int line);
void test_str(str got, str want, const char *file, int line);
void test_int(int64_t got, int64_t want, const char *file, int line);
void test_fault(const struct ctx *c, enum fault_code code, const char *where,
                const char *file, int line);
void test_ok(const struct ctx *c, bool ok, const char *what, const char *file, int line);
void test_skip(const char *reason);
/* The URL of the tests' PostgreSQL (PSIRT_TEST_PG), which is this test's alone until it ends; NULL: none. */
const char *test_postgres(void);
/* Folder of the official test vectors, or none when it is not there. */
str  test_vectors(struct ctx *c);
/* A whole file into the arena; none when it cannot be read. */
str  test_file(struct ctx *c, str path);

#endif
