#include "doors/serve/ticker.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "doors/keys/deed.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "record/house.h"
#include "record/house_front.h"

enum { TICKS_A_CHECKPOINT = 60 };

struct ticker {
	struct node *n;
	pthread_t    thread;
	_Atomic bool ends;
	_Atomic time_us last;
};

bool ticker_tick(struct ctx *c)
{
	TRY(db_begin(c, DB_WRITE, &db_viewer_all));
	if (fact_tell(c, "clock.ticked", S(""), S("")) && db_commit(c))
		return true;
	db_rollback(c);
	return false;
}

static bool tick_work(struct ctx *c, void *arg)
{
	const struct node *n = arg;

	return ticker_tick(c) && deed_take(c, n->deeds) && house_front_read(c);
}

static void tick_once(struct ticker *t, bool checkpoint)
{
	struct node *n = t->n;
	struct arena a;
	struct ctx   c;

	arena_init(&a, ARENA_MAX);
	ctx_init(&c, &a);
	c.now    = clock_now();
	c.random = random_bytes;
	c.actor  = &house_actor;
	c.front  = house_front(&c, &n->front);
	c.db     = n->front.db;
	if (ctx_net(&c, tick_work, n) && (!checkpoint || db_checkpoint(&c)))
		atomic_store(&t->last, c.now);
	else
		log_event(LEVEL_ERROR, "clock.tick.failed", LOG_TEXT("fault", str_of(fault_name(c.fault.code))));
	db_rollback(&c);
	arena_done(&a);
}

static void *run(void *arg)
{
	struct ticker *t = arg;

	for (int i = 1; !atomic_load(&t->ends); i++) {
		tick_once(t, i % TICKS_A_CHECKPOINT == 0);
		for (int k = 0; k < 10 && !atomic_load(&t->ends); k++)
			usleep(100000);
	}
	return NULL;
}

struct ticker *ticker_start(struct node *n)
{
	struct ticker *t = NEW(&n->arena, struct ticker);

	t->n    = n;
	t->last = TIME_NONE;
	if (pthread_create(&t->thread, NULL, run, t) != 0)
		abort();
	return t;
}

time_us ticker_last(const struct ticker *t)
{
	return t->last;
}

void ticker_stop(struct ticker *t)
{
	atomic_store(&t->ends, true);
	pthread_join(t->thread, NULL);
}
