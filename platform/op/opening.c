#include "platform/op/opening.h"

#include <pthread.h>

enum { GROUP_MAX = 64 };

/* One thread that waits for its entry; its ctx is at rest meanwhile. */
struct waiting {
	struct waiting             *next;
	struct ctx                 *c;
	const struct journal_entry *e;
	bool done, ok;
	bool alone;          /* its group failed: it writes for itself */
};

static pthread_mutex_t  lock  = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t   moved = PTHREAD_COND_INITIALIZER;
static struct waiting  *first;      /* in order of arrival */
static bool             writing;    /* somebody writes a group */
static int64_t          entries_n, groups_n;

static bool entry_work(struct ctx *c, void *arg)
{
	return front_of(c)->journal(c, arg);
}

/* Each entry by the ctx that it belongs to, all in the transaction of `lead`. */
static bool group_write(struct ctx *lead, struct waiting **group, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct ctx *c = group[i]->c;
		bool        ok;
		c->tx = lead->tx;
		/* A net of this thread: the one below c belongs to another, which waits. */
		ok    = ctx_net(c, entry_work, (void *)(uintptr_t)group[i]->e);
		if (c != lead)
			c->tx = NULL;
		if (!ok) {
			lead->fault = c->fault;
			return false;
		}
	}
	return true;
}

static bool group_commit(struct ctx *lead, struct waiting **group, size_t n)
{
	struct db_viewer who = viewer_of(lead);

	for (int i = 0;; i++) {
		TRY(db_begin(lead, DB_WRITE, &who));
		if (group_write(lead, group, n) && db_commit(lead))
			return true;
		db_rollback(lead);
		if (lead->fault.code == E_DOUBT)   /* who reads asks again; an opening told twice is no harm */
			return fault(lead, E_UNAVAILABLE, NULL, NULL);
		if (!db_again(lead, i + 1))
			return false;
	}
}

struct group { struct waiting **v; size_t n; };

static bool group_work(struct ctx *lead, void *arg)
{
	const struct group *g = arg;

	return group_commit(lead, g->v, g->n);
}

/* Take from the queue what goes into the same database. */
static size_t group_take(const struct ctx *lead, struct waiting **group)
{
	size_t n = 0;

	for (struct waiting **at = &first; *at && n < GROUP_MAX;) {
		struct waiting *w = *at;
		if (w->c->db == lead->db) {
			group[n++] = w;
			*at        = w->next;
		} else {
			at = &w->next;
		}
	}
	return n;
}

/* With the lock held on entry and on return. */
static void lead_group(struct ctx *lead)
{
	struct waiting *group[GROUP_MAX];
	size_t          n;
	bool            ok;

	writing = true;
	n       = group_take(lead, group);
	pthread_mutex_unlock(&lock);
	ok = ctx_net(lead, group_work, &(struct group){ group, n });
	db_rollback(lead);   /* what was left in the middle */
	pthread_mutex_lock(&lock);
	groups_n  += ok;
	entries_n += ok ? (int64_t)n : 0;
	for (size_t i = 0; i < n; i++) {
		group[i]->ok    = ok;
		group[i]->alone = !ok && n > 1;
		group[i]->done  = true;
	}
	writing = false;
	pthread_cond_broadcast(&moved);
}

bool opening_note(struct ctx *c, const struct journal_entry *e)
{
	struct waiting   me = { .c = c, .e = e }, *self = &me;
	struct waiting **end = &first;

	if (!front_of(c)->journal)
		return true;
	pthread_mutex_lock(&lock);
	while (*end)
		end = &(*end)->next;
	*end = self;
	while (!me.done) {
		if (writing)
			pthread_cond_wait(&moved, &lock);
		else
			lead_group(c);
	}
	pthread_mutex_unlock(&lock);
	return me.alone ? group_commit(c, &self, 1) : me.ok;
}

void opening_count(int64_t *entries, int64_t *groups)
{
	pthread_mutex_lock(&lock);
	*entries = entries_n;
	*groups  = groups_n;
	pthread_mutex_unlock(&lock);
}
