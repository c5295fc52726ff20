#include "record/attempt.h"

#include <pthread.h>

#include "base/secret.h"
#include "platform/clock.h"
#include "record/house_test.h"

/* Strangers at the door: they keep neither the house busy nor its people out. */

static const struct service *const some[] = { &staff_service };
static const char password[] = "a long enough secret 4711";

static void password_give(struct ctx *c, struct house *h)
{
	struct sheet s;
	str          link;

	house_open(c, h, some, 1);
	c->zone  = S("UTC");
	c->actor = &h->nobody;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, user_invite(c, (user_id){ h->lead.id }, "reset", &link));
	check_ok(c, db_commit(c));
	check_ok(c, house_do(c, &h->nobody, "user.accept", &s, "code", cstr(c->arena, link), "password", password, NULL));
}

static bool come(struct ctx *c, struct house *h, const char *from, const char *with)
{
	struct actor who = h->nobody;
	struct sheet s;

	who.from = str_of(from);
	return house_do(c, &who, "session.open", &s, "mail", "lead@example.jp", "password", with, NULL);
}

/* meets ASVS 5.0 6.3.1: a lock-out is no weapon */
TEST(strangers_cannot_keep_a_person_out_of_a_place_they_signed_in_from)
{
	struct house h;

	password_give(c, &h);
	check_ok(c, come(c, &h, "192.0.2.10", password));
	for (int i = 0; i < 7; i++)
		check(!come(c, &h, "198.51.100.7", "a guess of a stranger"));
	check_fault(c, E_RATE, NULL);
	check(!come(c, &h, "192.0.2.99", password));    /* a place not known: waits with the strangers */
	check_fault(c, E_RATE, NULL);
	check_ok(c, come(c, &h, "192.0.2.10", password));
	house_close(c);
}

TEST(a_known_place_waits_for_its_own_wrong_tries_and_is_forgotten)
{
	struct house h;

	password_give(c, &h);
	check_ok(c, come(c, &h, "192.0.2.10", password));
	for (int i = 0; i < 7; i++)
		check(!come(c, &h, "192.0.2.10", "a guess from within"));
	check_fault(c, E_RATE, NULL);
	check(!come(c, &h, "192.0.2.10", password));
	check_fault(c, E_RATE, NULL);
	check_ok(c, come(c, &h, "192.0.2.11", password));
	c->now += 91 * DAY;
	for (int i = 0; i < 7; i++)
		check(!come(c, &h, "198.51.100.7", "a guess of a stranger"));
	check(!come(c, &h, "192.0.2.10", password));
	check_fault(c, E_RATE, NULL);
	house_close(c);
}

/* ---- the gate ---- */

enum { CROWD = 14, ONE_ADDRESS = 3 };

static pthread_barrier_t together;

struct visitor { pthread_t thread; const char *from; bool busy; };

static void *visit(void *arg)
{
	struct visitor *v = arg;
	struct actor    who = { .id = S(""), .from = str_of(v->from) };
	struct arena    a;
	struct ctx      c;
	bool            right;

	arena_init(&a, 1 << 20);
	ctx_init(&c, &a);
	c.actor = &who;
	pthread_barrier_wait(&together);
	v->busy = !password_matches(&c, STR_NONE, S("whatever"), &right) && c.fault.code == E_BUSY;
	arena_done(&a);
	return NULL;
}

static int busy_of(const char *const *from)
{
	struct visitor v[CROWD];
	int            n = 0;

	pthread_barrier_init(&together, NULL, CROWD);
	for (int i = 0; i < CROWD; i++) {
		v[i] = (struct visitor){ .from = from[i] };
		check_int(pthread_create(&v[i].thread, NULL, visit, &v[i]), 0);
	}
	for (int i = 0; i < CROWD; i++) {
		pthread_join(v[i].thread, NULL);
		n += v[i].busy;
	}
	pthread_barrier_destroy(&together);
	return n;
}

TEST(a_flood_of_passwords_leaves_threads_for_other_work)
{
	const char *same[CROWD], *unknown[CROWD];
	bool        right;

	for (int i = 0; i < CROWD; i++) {
		same[i]    = "198.51.100.7";
		unknown[i] = "";
	}
	/* Those who come when others are done find room: of some machines a few. */
	check(busy_of(same) >= (CROWD - ONE_ADDRESS) / 2);
	check(busy_of(unknown) >= 2);
	check_ok(c, password_room(c));
	check_ok(c, password_matches(c, STR_NONE, S("whatever"), &right));
	check(!right);
}
