#include "services/5-disclosure/3-publication/apart.h"

bool work_apart(struct ctx *c, bool (*run)(struct ctx *c, void *arg), void *arg)
{
	struct ctx   d = *c;
	struct arena one;
	bool         ok;

	arena_init(&one, ARENA_MAX);
	d.arena = &one;
	ok      = ctx_net(&d, run, arg);
	if (!ok) {
		c->fault       = d.fault;
		c->fault.where = STR_NONE;
		for (size_t i = 0; i < FAULT_ARGS; i++)
			c->fault.arg[i] = str_dup(c->arena, d.fault.arg[i]);
	}
	arena_done(&one);
	return ok;
}
