/*
 * visit: a running server asked by many connections at once.
 *	visit wait PORT START        until it answers; milliseconds since START (ns of the clock)
 *	visit PORT COOKIE N <LIST    N connections; LIST has lines  LABEL <tab> REQUESTS <tab> PATH [<tab> PATH …]
 * Each line is asked REQUESTS times over its paths in turn; printed are the
 * median, the 95th percentile and the longest time, answers a second, and the
 * size of the largest answer.
 */
#define BASE_PRINTF /* a bench talks to a terminal */
#define BASE_OS
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/list.h"
#include "platform/http/client.h"

enum { PATHS = 512, VISITORS = 256, REQUESTS = 200000 };

struct round {
	str    paths[PATHS];
	size_t paths_n;
	long   requests;
	_Atomic long next, wrong;
	_Atomic size_t largest;
	double *took;       /* seconds of each request */
};

static struct { int port, visitors; str cookie; } to;
static struct round round_now;

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool ask(struct client *cl, str path, size_t *size)
{
	struct arena  a;
	struct ctx    c;
	struct call   k = { .target = path };
	struct answer out;
	bool          ok;

	arena_init(&a, (size_t)64 << 20);
	ctx_init(&c, &a);
	k.headers.max = 4;
	ok = (!to.cookie.n || list_push(c.arena, &k.headers, (struct field){ .name = S("Cookie"), .value = to.cookie })) && client_call(&c, cl, &k, &out) && out.status == 200;
	*size = ok ? out.body.n : 0;
	arena_done(&a);
	return ok;
}

static void *visitor(void *arg)
{
	struct round    *r = arg;
	struct client_to where = { .port = to.port };
	struct client   *cl;
	struct arena     a;
	struct ctx       c;
	size_t           size;
	long             i;

	arena_init(&a, (size_t)64 << 20);
	ctx_init(&c, &a);
	if (client_open(&c, &where, &cl)) {
		while ((i = atomic_fetch_add(&r->next, 1)) < r->requests) {
			double from = seconds();
			if (!ask(cl, r->paths[(size_t)i % r->paths_n], &size))
				atomic_fetch_add(&r->wrong, 1);
			r->took[i] = seconds() - from;
			for (size_t was = atomic_load(&r->largest); size > was && !atomic_compare_exchange_weak(&r->largest, &was, size);)
				;
		}
		client_close(cl);
	}
	arena_done(&a);
	return NULL;
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void measure(struct round *r, str label)
{
	pthread_t t[VISITORS];
	double    from, took;

	r->next = r->wrong = 0;
	r->largest = 0;
	from = seconds();
	for (int i = 0; i < to.visitors; i++)
		if (pthread_create(&t[i], NULL, visitor, r) != 0)
			abort();
	for (int i = 0; i < to.visitors; i++)
		pthread_join(t[i], NULL);
	took = seconds() - from;
	qsort(r->took, (size_t)r->requests, sizeof(r->took[0]), by_time);
	printf("  %-44.*s %7.1f %7.1f %7.1f ms %8.0f /s %6.0f kB", STR_ARG(label), r->took[r->requests / 2] * 1e3,
	       r->took[r->requests * 95 / 100] * 1e3, r->took[r->requests - 1] * 1e3, (double)r->requests / took,
	       (double)r->largest / 1e3);
	if (r->wrong)
		printf("   %ld NOT ANSWERED", (long)r->wrong);
	printf("\n");
	fflush(stdout);
}

static void line_run(char *text)
{
	str rest = str_of(text), label, number, path;

	round_now.paths_n = 0;
	if (!str_cut(&rest, '\t', &label) || !str_cut(&rest, '\t', &number))
		return;
	round_now.requests = strtol(number.p, NULL, 10);
	while (round_now.paths_n < PATHS && str_cut(&rest, '\t', &path))
		round_now.paths[round_now.paths_n++] = str_trim(path);
	if (round_now.paths_n && round_now.requests > 0 && round_now.requests <= REQUESTS)
		measure(&round_now, label);
}

static int wait_for(int port, double start)
{
	struct client_to where = { .port = port };
	struct timespec  t;
	struct client   *cl;
	struct arena     a;
	struct ctx       c;
	size_t           size;

	arena_init(&a, (size_t)64 << 20);
	ctx_init(&c, &a);
	if (!client_open(&c, &where, &cl))
		return 1;
	for (int i = 0; i < 20000 && !ask(cl, S("/healthz"), &size); i++)
		usleep(1000);
	clock_gettime(CLOCK_REALTIME, &t);
	printf("  start to first answer %.0f ms\n", ((double)t.tv_sec * 1e9 + (double)t.tv_nsec - start) / 1e6);
	client_close(cl);
	arena_done(&a);
	return 0;
}

int main(int argc, char **argv)
{
	static double took[REQUESTS];
	char         *line = NULL;
	size_t        room = 0;

	if (argc == 4 && strcmp(argv[1], "wait") == 0)
		return wait_for((int)strtol(argv[2], NULL, 10), strtod(argv[3], NULL));
	if (argc != 4) {
		fprintf(stderr, "usage: visit wait PORT START | visit PORT COOKIE CONNECTIONS <LIST\n");
		return 2;
	}
	to.port     = (int)strtol(argv[1], NULL, 10);
	to.cookie   = str_of(argv[2]);
	to.visitors = (int)strtol(argv[3], NULL, 10);
	if (to.visitors < 1 || to.visitors > VISITORS)
		return 2;
	round_now.took = took;
	printf("  %-44s %7s %7s %7s\n", "", "p50", "p95", "max");
	while (getline(&line, &room, stdin) > 0)
		line_run(line);
	return 0;
}
