#include "platform/op/opening.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/test.h"

enum { CROWD = 16 };

/* What the journal hook saw. */
static _Atomic int arrived, entries;
static str           wrong_note;     /* the entry that cannot be written */

static bool in_order(struct ctx *c, const struct journal_entry *e)
{
	/* The first one writes until all others have come to the queue. */
	if (atomic_load(&entries) == 0) {
		while (atomic_load(&arrived) < CROWD)
			usleep(1000);
		usleep(50000);
	}
	atomic_fetch_add(&entries, 1);
	if (wrong_note.n && str_eq(e->note, wrong_note))
		return fault(c, E_DATABASE, NULL, NULL);
	return c->tx != NULL;
}

struct visitor { const struct front *f; struct actor who; struct journal_entry e; bool ok; };

static void *visit(void *arg)
{
	struct visitor *v = arg;
	struct arena    a;
	struct ctx      c;

	arena_init(&a, ARENA_MAX);
	ctx_init(&c, &a);
	c.front = v->f;
	c.db    = v->f->db;
	c.actor = &v->who;
	atomic_fetch_add(&arrived, 1);
	v->ok = opening_note(&c, &v->e);
	arena_done(&a);
	return NULL;
}

static void crowd(struct ctx *c, struct visitor *v)
{
	struct front f = { .journal = in_order };
	pthread_t    t[CROWD];

	arrived = entries = 0;
	check_ok(c, db_open(c, S("sqlite::memory:"), &f.db));
	for (int i = 0; i < CROWD; i++) {
		v[i].f = &f;
		v[i].e = (struct journal_entry){ "case.show", true, S(""), S(""), str_fmt(c->arena, "%d", i) };
		check(pthread_create(&t[i], NULL, visit, &v[i]) == 0);
	}
	for (int i = 0; i < CROWD; i++)
		pthread_join(t[i], NULL);
	db_close(f.db);
}

TEST(openings_that_wait_are_written_in_one_transaction)
{
	struct visitor v[CROWD] = { 0 };
	int64_t        before, after, groups_before, groups_after;

	wrong_note = STR_NONE;
	opening_count(&before, &groups_before);
	crowd(c, v);
	opening_count(&after, &groups_after);
	for (int i = 0; i < CROWD; i++)
		check(v[i].ok);
	check_int(entries, CROWD);
	check_int(after - before, CROWD);
	check(groups_after - groups_before <= 4);
}

TEST(an_opening_that_cannot_be_written_fails_alone)
{
	struct visitor v[CROWD] = { 0 };

	wrong_note = S("7");
	crowd(c, v);
	for (int i = 0; i < CROWD; i++)
		check_int(v[i].ok, i != 7);
}
