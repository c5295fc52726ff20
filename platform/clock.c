#define BASE_CLOCK /* the one place that asks the system for the time */
#include "platform/clock.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

static _Atomic int64_t fixed = TIME_NONE;

time_us clock_now(void)
{
	struct timespec t;
	int64_t         at = atomic_load(&fixed);

	if (at != TIME_NONE)
		return at;
	clock_gettime(CLOCK_REALTIME, &t);
	return (time_us)t.tv_sec * SECOND + t.tv_nsec / 1000;
}

void clock_set(time_us t)
{
	atomic_store(&fixed, t);
}

int64_t clock_steady(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec / 1000;
}

void random_bytes(void *p, size_t n)
{
	char *at = p;

	while (n) {
		size_t  part = n < 256 ? n : 256;
		ssize_t got  = getrandom(at, part, 0);
		if (got <= 0)
			abort();
		at += got;
		n -= (size_t)got;
	}
}

str random_id(struct ctx *c)
{
	unsigned char bits[16];
	char         *id   = arena_must(c->arena, 1, 27);
	uint32_t      acc  = 0;
	int           held = 0;
	size_t        n    = 0;

	c->random(bits, sizeof(bits));
	for (size_t i = 0; i < sizeof(bits); i++) {
		acc = acc << 8 | bits[i];
		for (held += 8; held >= 5; held -= 5)
			id[n++] = "abcdefghijklmnopqrstuvwxyz234567"[acc >> (held - 5) & 31];
	}
	id[n++] = "abcdefghijklmnopqrstuvwxyz234567"[acc << (5 - held) & 31];
	return (str){ id, n };
}
