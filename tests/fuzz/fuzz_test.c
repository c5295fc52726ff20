#include "base/test.h"

#include <stdlib.h>

#include "tests/fuzz/mutate.h"

/* Of each target in `make unit`; PSIRT_FUZZ=N makes N. */
#if defined(__SANITIZE_ADDRESS__)
enum { MUTATIONS = 100 };
#else
enum { MUTATIONS = 300 };
#endif

void fuzz_broken(const char *what, const char *file, int line)
{
	test_true(false, what, file, line);
}

static struct mutator m;

static void target_try(struct ctx *c, const struct fuzz_target *t)
{
	const char  *wish = getenv("PSIRT_FUZZ");
	long         n = wish ? strtol(wish, NULL, 10) : MUTATIONS;
	struct seeds seeds;

	check_ok(c, seeds_load(c, t, &seeds));
	mutator_init(&m, t, &seeds, 20261124);
	if (t->begin)
		t->begin();
	fuzz_once(t, S(""));
	for (size_t i = 0; i < seeds.n; i++)
		fuzz_once(t, seeds.v[i]);
	for (long i = 0; i < n; i++) {
		struct arena a;
		str          from = seeds.v[mutate_pick(&m, seeds.n)], other = seeds.v[mutate_pick(&m, seeds.n)];

		arena_init(&a, 16 << 20);
		fuzz_once(t, mutate(&m, &a, from, other));
		arena_done(&a);
	}
	if (t->end)
		t->end();
}

TEST(every_parser_keeps_its_word_on_seeds_and_mutations)
{
	const char *only = getenv("PSIRT_FUZZ_ONLY");

	for (size_t i = 0; i < fuzz_targets(); i++)
		if (!only || str_eq(str_of(only), str_of(fuzz_target(i)->name)))
			target_try(c, fuzz_target(i));
}

TEST(the_mutator_is_the_same_each_time_and_keeps_its_limit)
{
	static struct mutator x, y;
	str               text[] = { S("{\"a\":[1,2,{\"b\":\"word\"}]}"), S("[\"other\"]") };
	struct seeds      seeds = { .v = text, .n = 2 };
	struct fuzz_target t = { .name = "x", .max = 40, .json = true };
	size_t            changed = 0;

	mutator_init(&x, &t, &seeds, 5);
	mutator_init(&y, &t, &seeds, 5);
	for (int i = 0; i < 500; i++) {
		struct arena a;
		str          one, two;

		arena_init(&a, 1 << 20);
		one = mutate(&x, &a, text[0], text[1]);
		two = mutate(&y, &a, text[0], text[1]);
		check(str_eq(one, two) && one.n <= 40);
		changed += !str_eq(one, text[0]);
		arena_done(&a);
	}
	check(changed > 400);
}
