#include "doors/serve/errand.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "platform/clock.h"
#include "platform/log.h"
#include "record/house.h"

enum { ROUND_MS = 2000, WAIT_MOST = 30 /* rounds */, PIECES = 50, CHORES_MAX = 32 };

struct patience { const struct chore *chore; int wait, left; };

struct errand {
	struct node    *n;
	pthread_t       thread;
	_Atomic bool    ends;
	struct patience v[CHORES_MAX];
	size_t          chores;
};

struct piece { const struct chore *chore; bool done; };

static bool piece_work(struct ctx *c, void *arg)
{
	struct piece *p = arg;

	return chore_run(c, p->chore, &p->done);
}

/* One piece of work; *more: there may be another. */
static bool piece_run(struct node *n, const struct chore *h, bool *more)
{
	struct piece p = { h, false };
	struct arena a;
	struct ctx   c;
	bool         ok;

	arena_init(&a, ARENA_MAX);
	ctx_init(&c, &a);
	c.now    = clock_now();
	c.random = random_bytes;
	c.actor  = &house_actor;
	c.front  = &n->front;
	c.db     = n->front.db;
	ok       = ctx_net(&c, piece_work, &p);
	if (!ok)
		log_event(LEVEL_WARNING, "chore.failed", LOG_TEXT("chore", str_of(h->name)),
		          LOG_TEXT("fault", str_of(fault_name(c.fault.code))));
	db_rollback(&c);
	arena_done(&a);
	*more = ok && p.done;
	return ok;
}

static void chore_turn(struct errand *e, struct patience *p)
{
	bool more = true, ok = true;

	if (p->left > 0) {
		p->left--;
		return;
	}
	for (int i = 0; i < PIECES && more && !atomic_load(&e->ends); i++)
		ok = piece_run(e->n, p->chore, &more);
	p->wait = ok ? 0 : p->wait == 0 ? 1 : p->wait * 2 < WAIT_MOST ? p->wait * 2 : WAIT_MOST;
	p->left = p->wait;
}

static void *run(void *arg)
{
	struct errand *e = arg;

	while (!atomic_load(&e->ends)) {
		for (size_t i = 0; i < e->chores; i++)
			chore_turn(e, &e->v[i]);
		for (int k = 0; k < ROUND_MS / 100 && !atomic_load(&e->ends); k++)
			usleep(100000);
	}
	return NULL;
}

struct errand *errand_start(struct node *n)
{
	struct errand *e = NEW(&n->arena, struct errand);

	e->n = n;
	for (size_t i = 0; i < n->front.services_n; i++)
		for (const struct chore *h = n->front.services[i]->chores; h && h->name && e->chores < CHORES_MAX; h++)
			e->v[e->chores++].chore = h;
	if (pthread_create(&e->thread, NULL, run, e) != 0)
		abort();
	return e;
}

void errand_stop(struct errand *e)
{
	atomic_store(&e->ends, true);
	pthread_join(e->thread, NULL);
}
