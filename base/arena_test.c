#include "base/test.h"

enum { SOME = 1000 };

/* Is the word in what the next arena finds, which has not been written? */
static bool left_behind(const char *word)
{
	struct arena b;
	char        *p;
	bool         there;

	arena_init(&b, 1 << 16);
	p = arena_room(&b, SOME);
	check(p != NULL);
	there = memmem(p, SOME, word, strlen(word)) != NULL;
	arena_done(&b);
	return there;
}

static void leave(const char *word, bool secret)
{
	struct arena a;

	arena_init(&a, 1 << 16);
	(void)cstr(&a, str_of(word));
	if (secret)
		arena_secret(&a);
	arena_done(&a);
}

TEST(a_secret_is_gone_before_its_memory_is_handed_on)
{
	leave("a correct horse", true);
	check(!left_behind("a correct horse"));
	leave("a plain horse", false);
#ifndef __SANITIZE_ADDRESS__
	check(left_behind("a plain horse"));   /* else this test sees nothing */
#endif
}
