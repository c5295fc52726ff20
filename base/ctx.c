#include "base/ctx.h"

#include <setjmp.h>
#include <stdlib.h>

enum { RESERVE = 1 << 20 };   /* bytes more after a fall, to tell of it */

struct arena_net { jmp_buf here; };

void ctx_init(struct ctx *c, struct arena *a)
{
	*c = (struct ctx){ .arena = a, .now = TIME_NONE, .zone = S("UTC") };
}

bool fault_set_(struct ctx *c, enum fault_code code, str where,
                const char *file, int line, const char *text,
                const str *args, size_t n)
{
	c->fault = (struct fault){
		.code = code, .where = where, .text = text, .file = file, .at = line,
	};
	/* args[0] is a filler that lets the list be empty. */
	for (size_t i = 1; i < n && i <= FAULT_ARGS; i++)
		c->fault.arg[i - 1] = args[i];
	return false;
}

bool fault_at(struct ctx *c, enum fault_code code, long line, long column)
{
	c->fault.code   = code;
	c->fault.line   = line;
	c->fault.column = column;
	return false;
}

void arena_fall(const struct arena *a)
{
	if (!a->net)
		abort();
	longjmp(a->net->here, 1);
}

bool ctx_whole(struct ctx *c)
{
	struct arena *a = c->arena;

	if (a->lack == ARENA_WHOLE)
		return true;
	if (a->max < SIZE_MAX - RESERVE)
		a->max += RESERVE;
	if (a->lack == ARENA_STARVED)
		return fault(c, E_UNAVAILABLE, NULL, N_("There is no memory left for this. Please try again in a moment."));
	return fault(c, E_LIMIT, NULL, N_("This needs more memory than one piece of work may use."));
}

bool ctx_net(struct ctx *c, bool (*run)(struct ctx *c, void *arg), void *arg)
{
	struct arena *const     a     = c->arena;
	struct arena_net *const above = a->net;
	const enum arena_lack   lack  = a->lack;   /* of the net above: not told yet */
	struct arena_net        net;
	volatile bool           ok = false, fell = false;

	a->lack = ARENA_WHOLE;
	a->net  = &net;
	if (setjmp(net.here) == 0)
		ok = run(c, arg);
	else
		fell = true;
	c->arena = a;
	if (ok || fell || c->fault.code != E_LIMIT)   /* any other fault may be a consequence */
		ok = ctx_whole(c) && ok;
	a->lack  = lack;          /* what was met here is told */
	a->net   = above;
	return ok;
}
