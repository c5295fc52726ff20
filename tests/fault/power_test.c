#include "tests/fault/deed_test.h"

#include <stdio.h>
#include <stdlib.h>

#include "record/house.h"
#include "tests/fault/disk_test.h"
#include "tests/fault/dump_test.h"

/*
 * The power fails at any write, and the disk fills up at any write.  What was
 * acknowledged before the cut is there after it, and what is there is sound.
 * With synchronous=NORMAL the same test must find a loss: that is the proof
 * that it can.
 */

enum { DEEDS = 8, CUTS = 24 };   /* CUTS: places tried in `make unit`; PSIRT_SOAK tries all */

struct power {
	struct world       w;
	struct deed_marks  m;
	struct dump_tables t;
	const char *folder;
	str         base, file, after;
	struct db  *memory;
	uint64_t    state[DEEDS + 1];   /* after so many deeds */
	size_t      mark[DEEDS + 1];    /* place in the log at which that was acknowledged */
	int         lost;               /* cuts after which something acknowledged was gone */
};

static bool soak(void)
{
	const char *want = getenv("PSIRT_SOAK");

	return want && *want;
}

static void power_open(struct ctx *c, struct power *p)
{
	char *folder = cstr(c->arena, S("/tmp/psirt-power.XXXXXX"));

	check(mkdtemp(folder) != NULL);
	p->folder = folder;
	p->base   = STR_CAT(c->arena, str_of(folder), S("/base.db"));
	p->file   = STR_CAT(c->arena, str_of(folder), S("/at.db"));
	p->after  = STR_CAT(c->arena, str_of(folder), S("/after.db"));
	world_open(c, &p->w, NULL, 0);
	deeds_ready(c, &p->w, &p->m, false);
	dump_prepare(c, &p->t);
	check_ok(c, db_backup(c, p->file));
	p->memory = c->db;
}

static void file_open(struct ctx *c, struct power *p, str path)
{
	check_ok(c, db_open(c, STR_CAT(c->arena, S("sqlite:"), path), &c->db));
	p->w.h.front.db = c->db;
}

static void file_close(struct ctx *c, struct power *p)
{
	db_close(c->db);
	c->db = p->w.h.front.db = p->memory;
}

static void power_close(struct ctx *c, struct power *p)
{
	check_int(system(STR_CAT(c->arena, S("rm -rf "), str_of(p->folder)).p), 0);
	house_close(c);
}

static bool note(struct ctx *c, struct power *p, int i)
{
	struct sheet s;

	return house_do(c, &p->w.h.lead, "case.note", &s, "id", p->m.k, "body",
	                str_fmt(c->arena, "Note %d of a long evening.", i).p, NULL);
}

static bool deed_nth(struct ctx *c, struct power *p, int i)
{
	struct sheet s;

	switch (i) {
	case 1: return deed_submit(c, &p->w, &p->m, &s);
	case 2: return deed_decide(c, &p->w, &p->m, &s);
	case 4: return deed_publish(c, &p->w, &p->m, &s);
	case 5: return deed_import(c, &p->w, &p->m, &s);
	case 6: return deed_impact(c, &p->w, &p->m, &s);
	default: return note(c, p, i);
	}
}

/* Some work on the disk; the log and the marks tell of it. */
static void evening(struct ctx *c, struct power *p)
{
	file_open(c, p, p->file);
	disk_begin(c, p->file);
	p->state[0] = dump_digest(c, &p->t);
	p->mark[0]  = disk_at();
	for (int i = 1; i <= DEEDS; i++) {
		check_ok(c, deed_nth(c, p, i));
		p->mark[i]  = disk_at();
		p->state[i] = dump_digest(c, &p->t);
		if (i == 3 || i == 6)
			check_ok(c, db_checkpoint(c));
	}
}

/* Which state stands after the cut; -1: none that ever was. */
static int state_after(struct ctx *c, struct power *p)
{
	struct house_verdict v = { 0 };
	uint64_t now;

	file_open(c, p, p->after);
	check_ok(c, db_verify(c));
	check_ok(c, house_verify(c, &v));
	check(v.good);
	now = dump_digest(c, &p->t);
	file_close(c, p);
	for (int i = DEEDS; i >= 0; i--)
		if (now == p->state[i])
			return i;
	return -1;
}

static void cut_one(struct ctx *c, struct power *p, size_t at, enum disk_loss how)
{
	struct arena a, *was = c->arena;
	int          acknowledged = 0, got;

	for (int i = 0; i <= DEEDS; i++)
		if (p->mark[i] <= at)
			acknowledged = i;
	arena_init(&a, (size_t)1 << 30);
	c->arena = &a;
	disk_cut(c, at, how, at * 3 + (size_t)how + 1, p->after);
	got = state_after(c, p);
	c->arena = was;
	arena_done(&a);
	check(got >= 0);                          /* never a state in between */
	check(got <= acknowledged + 1);
	p->lost += got < acknowledged;
}

static void cuts(struct ctx *c, struct power *p)
{
	size_t all = p->mark[DEEDS], step = soak() ? 1 : all / CUTS + 1;

	disk_rest();
	for (size_t at = p->mark[0]; at <= all; at += step)
		for (int how = DISK_NOTHING; how <= DISK_TORN; how++)
			cut_one(c, p, at, (enum disk_loss)how);
	if (soak())
		fprintf(stderr, "# %zu places, %d cuts lost something\n", all / step, p->lost);
}

static struct power *pulled(struct ctx *c, bool normal)
{
	struct power *p = NEW(c->arena, struct power);

	power_open(c, p);
	disk_open(normal);
	evening(c, p);
	file_close(c, p);
	cuts(c, p);
	disk_close();
	power_close(c, p);
	return p;
}

TEST(a_power_cut_loses_nothing_that_was_acknowledged)
{
	check_int(pulled(c, false)->lost, 0);
}

TEST(with_synchronous_normal_the_same_cuts_lose_something)
{
	check(pulled(c, true)->lost > 0);
}

/* ---- a full disk ---- */

static bool state_is(struct ctx *c, struct power *p, uint64_t want)
{
	return dump_digest(c, &p->t) == want;
}

/* The deed with the disk full from its n-th write on; *again: it was not done. */
static void fill_one(struct ctx *c, struct power *p, const struct deed *d, int64_t n, bool *again)
{
	struct sheet s;
	uint64_t     before = dump_digest(c, &p->t);
	int64_t      wanted;
	bool         ok;

	world_dice(c, 100 + (uint64_t)(d - deeds));
	(void)disk_fill(n);
	ok     = d->run(c, &p->w, &p->m, &s);
	wanted = disk_fill(0);
	*again = !ok;
	if (ok) {
		check(wanted < n);
		return;
	}
	check_fault(c, E_DISK, NULL);
	check(c->tx == NULL);
	check(state_is(c, p, before));
}

TEST(a_full_disk_is_said_and_nothing_is_half_written)
{
	struct power *p = NEW(c->arena, struct power);
	bool          again;
	int64_t       n;

	power_open(c, p);
	disk_open(false);
	file_open(c, p, p->file);
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		int64_t step = soak() ? 1 : 4;
		if (deeds[i].slow || deeds[i].run == deed_verify || deeds[i].run == deed_impact)
			continue;
		for (n = 1, again = true; again; n += step)   /* until there is space again */
			fill_one(c, p, &deeds[i], n, &again);
		check(n > 2);
	}
	check_ok(c, db_verify(c));
	file_close(c, p);
	disk_close();
	power_close(c, p);
}
