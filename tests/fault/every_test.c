#include "tests/matrix/request_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "platform/op/render.h"
#include "tests/fault/point_test.h"

/*
 * Every operation, and every view as JSON and as page, while the n-th
 * allocation of it fails.  Each is a child of its own, so that an end of the
 * process shows, and so that nothing it wrote stays.  It may manage without,
 * or must end with a fault that says so; loop_test.c looks deeper into a few.
 */

/* Told by a child. */
struct told { bool done, ok, tripped, open; int64_t seen; enum fault_code code; };

struct every {
	struct world          w;
	const struct request *q;
	const struct actor   *who;
	struct args           args;
	struct told          *out;      /* shared with the child */
	struct buf            wrong;
	int64_t               tried, requests, done;
};

/* What a door does with one request. */
static bool serve(struct ctx *c, void *arg)
{
	struct every *e = arg;
	struct sheet  s = { 0 };
	struct buf    b;
	struct page   p;

	if (e->q->op)
		return op_call(c, e->q->op, &e->args, STR_NONE, &s);
	TRY(view_call(c, e->q->view, &e->args, &s));
	buf_init(&b, c->arena, 8 << 20);
	render_json(c, &b, &s);
	if (!e->q->view->page)
		return true;
	page_init(&p, c, 4 << 20);
	e->q->view->page(&p, s.model);
	return true;
}

static void child(struct ctx *c, void *arg, int64_t n)
{
	struct every *e = arg;
	struct arena  a;
	struct told   t = { 0 };

	arena_init(&a, ARENA_MAX);
	c->arena = &a;
	request_args(c, &e->w, e->q, NULL, STR_NONE, &e->args);
	c->fault = (struct fault){ 0 };
	c->actor = e->who;
	world_dice(c, 5);
	point_arm(POINT_MEMORY, n);
	t.ok      = ctx_net(c, serve, e);
	t.tripped = point_tripped();
	t.seen    = point_seen();
	point_arm(POINT_MEMORY, 0);
	t.code  = t.ok ? E_NONE : c->fault.code;
	t.open  = c->tx != NULL;
	t.done  = true;
	*e->out = t;
}

static void run(struct ctx *c, struct every *e, int64_t n)
{
	*e->out = (struct told){ 0 };
	child_run(c, child, e, n);
}

static const char *wrong(const struct told *t)
{
	if (!t->done)
		return "the process ended";
	if (t->open)
		return "a transaction stayed open";
	if (t->tripped && !t->ok && t->code != E_LIMIT && t->code != E_UNAVAILABLE)
		return "the fault misleads";
	return NULL;
}

static void each(struct ctx *c, struct every *e, const struct request *q)
{
	const char *soak  = getenv("PSIRT_SOAK");
	int64_t     tries = soak && *soak ? INT64_MAX : 2, all, bad = 0;
	struct told fair = { 0 };

	e->q = q;
	for (size_t role = 0; role < WORLD_ROLES && !fair.ok; role++) {   /* by the first who gets an answer */
		e->who = &e->w.who[role];
		run(c, e, 0);
		fair = *e->out;
	}
	e->requests++;
	e->done += fair.ok;
	all      = fair.done ? fair.seen : 0;
	if (!fair.done)
		buf_fmt(&e->wrong, "%s: ended undisturbed\n", q->op ? q->op->name : q->view->name);
	for (int64_t n = 1; n <= all && bad < 5; n += all / tries + 1) {
		const char *what;

		run(c, e, n);
		what = fair.ok ? wrong(e->out) : e->out->done ? NULL : "the process ended";
		e->tried++;
		bad += what != NULL;
		if (what)
			buf_fmt(&e->wrong, "%s, allocation %lld: %s (%s)\n", q->op ? q->op->name : q->view->name, (long long)n, what,
			        fault_name(e->out->code));
	}
}

TEST(whatever_is_asked_a_failed_allocation_ends_no_process_and_is_said)
{
	struct every *e = NEW(c->arena, struct every);

	e->out = mmap(NULL, sizeof(*e->out), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(e->out != MAP_FAILED);
	world_open(c, &e->w, NULL, 0);
	buf_init(&e->wrong, c->arena, 1 << 20);
	for (size_t i = 0; i < e->w.h.front.services_n; i++) {
		const struct service *s = e->w.h.front.services[i];
		for (const struct view *v = s->views; v && v->name; v++)
			each(c, e, &(struct request){ NULL, v, v->args, v->path });
		for (const struct op *o = s->ops; o && o->name; o++)
			each(c, e, &(struct request){ o, NULL, o->args, o->path });
	}
	fprintf(stderr, "# %lld requests, %lld answered, %lld tries\n", (long long)e->requests, (long long)e->done, (long long)e->tried);
	check_str(buf_str(&e->wrong), S(""));
	check(e->done >= 100);
	house_close(c);
	munmap(e->out, sizeof(*e->out));
}
