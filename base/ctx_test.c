#include "base/test.h"

/* An allocation fails here, and then something smaller runs well in a net of its own. */
static bool well(UNUSED struct ctx *c, UNUSED void *arg)
{
	return true;
}

static bool lacking(struct ctx *c, UNUSED void *arg)
{
	return !arena_alloc(c->arena, 1 << 20) && ctx_net(c, well, NULL);
}

TEST(what_failed_in_the_net_above_is_not_forgotten_by_the_net_below)
{
	struct arena small;
	struct ctx   d;
	bool         ok;

	arena_init(&small, 1 << 16);
	ctx_init(&d, &small);
	ok = ctx_net(&d, lacking, NULL);
	check(!ok);
	check_int(d.fault.code, E_LIMIT);
	check(ctx_net(&d, well, NULL));
	arena_done(&small);
}
