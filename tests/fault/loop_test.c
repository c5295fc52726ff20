#include "tests/fault/deed_test.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/fault/dump_test.h"
#include "tests/fault/point_test.h"

/*
 * The n-th allocation, statement or file call of an operation fails.  Each try
 * is a child of its own, so that an end of the process shows.  A try must end
 * with a fault, nothing changed and no transaction open, and the same
 * operation must then do what it does undisturbed; or it may have managed
 * without what failed, and must then have done exactly the same.
 */

#if defined(__SANITIZE_ADDRESS__)
int __lsan_do_recoverable_leak_check(void);
#define LEAKS() __lsan_do_recoverable_leak_check()
enum { TRIES = 3 };     /* of each loop in `make unit`; PSIRT_SOAK=1 makes all */
#else
#define LEAKS() 0
enum { TRIES = 8 };
#endif

/* Told by a child. */
struct outcome {
	bool     done, ok, tripped, again, open, leaks;
	int64_t  seen;
	uint64_t state, state_again, answer;
	enum fault_code code;
};

struct loop {
	struct world       w;
	struct deed_marks  m;
	struct dump_tables t;
	struct outcome    *out;     /* shared with the child */
	const struct deed *d;
	enum point         what;
	uint64_t           before;
	struct outcome     fair;    /* undisturbed */
	int64_t            codes[FAULT_COUNT];
};

static uint64_t answer_of(struct ctx *c, const struct sheet *s)
{
	uint64_t h = 14695981039346656037u;

	(void)dump_add(c, &h, s->object);
	(void)dump_add(c, &h, s->casefile);
	(void)dump_add(c, &h, s->next);
	(void)dump_add(c, &h, s->secret);
	(void)dump_add(c, &h, s->said);
	for (size_t i = 0; i < s->n; i++)
		h += s->parts[i].n;
	return h;
}

static bool attempt(struct ctx *c, struct loop *l, struct sheet *out)
{
	world_dice(c, 9);
	return l->d->run(c, &l->w, &l->m, out);
}

static void child(struct ctx *c, void *arg, int64_t n)
{
	struct loop   *l = arg;
	struct outcome o = { 0 };
	struct arena   a;
	struct sheet   s;

	arena_init(&a, ARENA_MAX);
	c->arena = &a;
	point_arm(l->what, n);
	o.ok      = attempt(c, l, &s);
	o.tripped = point_tripped();
	o.seen    = point_seen();
	point_arm(l->what, 0);
	o.code   = o.ok ? E_NONE : c->fault.code;
	o.open   = c->tx != NULL;
	o.answer = answer_of(c, &s);
	o.state  = dump_digest(c, &l->t);
	if (!o.ok && !o.open) {
		o.again       = attempt(c, l, &s);
		o.state_again = dump_digest(c, &l->t);
		o.answer      = answer_of(c, &s);
	}
	memset(&s, 0, sizeof(s));
	arena_done(&a);
	o.leaks  = LEAKS() != 0;
	o.done   = true;
	*l->out  = o;
}

static void run_child(struct ctx *c, struct loop *l, int64_t n)
{
	*l->out = (struct outcome){ 0 };
	child_run(c, child, l, n);
}

/* Does the fault say what happened? */
static bool truthful(enum point what, enum fault_code code)
{
	switch (what) {
	case POINT_MEMORY: return code == E_UNAVAILABLE || code == E_LIMIT;
	case POINT_STATEMENT: return code == E_DATABASE;
	case POINT_FILE: return code == E_IO || code == E_DISK;
	case POINT_CRASH: break;
	}
	return false;
}

/* What is wrong with this try, or NULL. */
static const char *wrong(const struct loop *l)
{
	const struct outcome *o = l->out, *fair = &l->fair;

	if (!o->done)
		return "the process ended";
	if (o->open)
		return "a transaction stayed open";
	if (o->leaks)
		return "memory leaked";
	if (o->ok)
		return o->state != fair->state ? "it claims success and did something else"
		       : o->answer != fair->answer ? "it claims success and answered something else" : NULL;
	if (!truthful(l->what, o->code))
		return "the fault misleads";
	if (o->state != l->before)
		return "part of it was written";
	if (!o->again)
		return "it does not work afterwards";
	if (o->state_again != fair->state || o->answer != fair->answer)
		return "afterwards it does something else";
	return NULL;
}

static bool soak(void)
{
	const char *want = getenv("PSIRT_SOAK");

	return want && *want;
}

static int told(const struct loop *l, int64_t n)
{
	const char *what = wrong(l);

	if (what)
		fprintf(stderr, "%s, call %lld of kind %d: %s (%s)\n", l->d->name, (long long)n, (int)l->what, what,
		        l->out->done ? fault_name(l->out->code) : "no outcome");
	return what != NULL;
}

static void loop_one(struct ctx *c, struct loop *l)
{
	int64_t step, tries = soak() ? INT64_MAX : l->d->slow ? 3 : TRIES;
	int     bad = 0;

	run_child(c, l, 0);
	l->fair = *l->out;
	check(l->fair.done && l->fair.ok && !l->fair.open && !l->fair.leaks);
	step = l->fair.seen / tries + 1;
	for (int64_t n = 1; n <= l->fair.seen && bad < 10; n += step) {
		run_child(c, l, n);
		if (l->out->done && !l->out->tripped)
			continue;     /* a shorter way this time: nothing failed */
		bad += told(l, n);
		l->codes[l->out->code]++;
	}
	if (soak()) {
		fprintf(stderr, "# %s, kind %d: %lld calls;", l->d->name, (int)l->what, (long long)l->fair.seen);
		for (int i = 0; i < FAULT_COUNT; i++)
			if (l->codes[i])
				fprintf(stderr, " %s %lld", fault_name((enum fault_code)i), (long long)l->codes[i]);
		fprintf(stderr, "\n");
	}
	memset(l->codes, 0, sizeof(l->codes));
	check_int(bad, 0);
	check(dump_digest(c, &l->t) == l->before);
}

static void loops(struct ctx *c, enum point what)
{
	struct loop *l = NEW(c->arena, struct loop);

	l->out = mmap(NULL, sizeof(*l->out), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(l->out != MAP_FAILED);
	world_open(c, &l->w, NULL, 0);
	deeds_ready(c, &l->w, &l->m, true);
	dump_prepare(c, &l->t);
	l->before = dump_digest(c, &l->t);
	l->what   = what;
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		l->d = &deeds[i];
		loop_one(c, l);
	}
	munmap(l->out, sizeof(*l->out));
	house_close(c);
}

TEST(every_statement_may_fail_and_nothing_is_half_written)
{
	loops(c, POINT_STATEMENT);
}

TEST(every_allocation_may_fail_and_nothing_is_half_written)
{
	loops(c, POINT_MEMORY);
}

TEST(every_file_call_may_fail_and_nothing_is_half_written)
{
	loops(c, POINT_FILE);
}
