#define BASE_ALLOC /* the one place that may call malloc */
#include "base/arena.h"

#include "base/ctx.h"
#include "base/point.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifndef ARENA_ASAN
#define ARENA_ASAN 0
#endif

struct arena_chunk {
	struct arena_chunk *next;
	size_t              size;
	bool                fresh;    /* never handed out: still zero */
	_Alignas(16) char   body[];
};

/*
 * Chunks are 16 KB, then twice as large as the one before, to 256 KB; what
 * does not fit into that gets one of its own size.  Chunks of those five
 * sizes wait for the next arena instead of going back to the system, whose
 * zeroing of pages would cost more than all the work of a request.
 */
enum { CHUNK = 16 << 10, ALIGN = 16, SIZES = 5, SPARE_MAX = 8 << 20 };

static pthread_mutex_t     spare_lock = PTHREAD_MUTEX_INITIALIZER;
static struct arena_chunk *spare[SIZES];
static size_t              spare_size;      /* bytes in all of them */

/* One of each size, but the largest, stays with the thread that had it: no lock for most requests. */
static _Thread_local struct arena_chunk *near[SIZES - 1];

/* Which of the five sizes holds n; SIZES: none. */
static size_t size_for(size_t n, size_t from)
{
	size_t i = from;

	while (i < SIZES && (size_t)CHUNK << i < n)
		i++;
	return i;
}

static struct arena_chunk *spare_take(size_t i)
{
	struct arena_chunk *c = i < SIZES - 1 ? near[i] : NULL;

	if (c) {
		near[i]  = NULL;
		c->fresh = false;
		return c;
	}
	pthread_mutex_lock(&spare_lock);
	c = spare[i];
	if (c) {
		spare[i] = c->next;
		spare_size -= c->size;
		c->fresh = false;
	}
	pthread_mutex_unlock(&spare_lock);
	return c;
}

/* Takes out of the list what stays with the thread. */
static struct arena_chunk *near_put(struct arena_chunk *list)
{
	struct arena_chunk *next, *rest = NULL;

	for (struct arena_chunk *c = list; c; c = next) {
		size_t i = size_for(c->size, 0);
		next     = c->next;
		if (!ARENA_ASAN && i < SIZES - 1 && c->size == (size_t)CHUNK << i && !near[i]) {
			near[i] = c;
			continue;
		}
		c->next = rest;
		rest    = c;
	}
	return rest;
}

/* Keeps what has one of the five sizes, as far as there is room; the rest is freed. */
static void spare_put(struct arena_chunk *list)
{
	struct arena_chunk *next, *gone = NULL;

	pthread_mutex_lock(&spare_lock);
	for (struct arena_chunk *c = list; c; c = next) {
		size_t i = size_for(c->size, 0);
		next     = c->next;
		if (ARENA_ASAN || i == SIZES || c->size != (size_t)CHUNK << i || spare_size + c->size > SPARE_MAX) {
			c->next = gone;
			gone    = c;
			continue;
		}
		spare_size += c->size;
		c->next  = spare[i];
		spare[i] = c;
	}
	pthread_mutex_unlock(&spare_lock);
	for (struct arena_chunk *c = gone; c; c = next) {
		next = c->next;
		free(c);
	}
}

void arena_init(struct arena *a, size_t max)
{
	*a = (struct arena){ .max = max };
}

void arena_secret(struct arena *a)
{
	a->wipe = true;
}

void arena_done(struct arena *a)
{
	struct arena_chunk *rest;

	for (struct arena_chunk *c = a->wipe ? a->chunks : NULL; c; c = c->next)
		explicit_bzero(c->body, c->size);
	rest = near_put(a->chunks);
	if (rest)
		spare_put(rest);
	*a = (struct arena){ .max = a->max };
}

static bool add_chunk(struct arena *a, size_t need)
{
	size_t              size = need, i = SIZES;
	struct arena_chunk *c = NULL;

	if (need > a->max || a->used > a->max - need) {
		a->lack = ARENA_FULL;
		return false;
	}
	if (!ARENA_ASAN) {
		size_t last = a->chunks ? size_for(a->chunks->size, 0) : SIZES;
		i = size_for(need, a->chunks && last < SIZES - 1 ? last + 1 : last < SIZES ? last : 0);
	}
	if (i < SIZES) {
		size = (size_t)CHUNK << i;
		c    = spare_take(i);
	}
	if (!c) {
		c = calloc(1, sizeof(*c) + size);
		if (!c) {
			a->lack = ARENA_STARVED;
			return false;
		}
		c->size  = size;
		c->fresh = true;
	}
	c->next   = a->chunks;
	a->chunks = c;
	a->used += size;
	a->at  = c->body;
	a->end = c->body + size;
	return true;
}

static void *take(struct arena *a, size_t n, bool zero)
{
	void *p;

	if (n > SIZE_MAX - ALIGN) {
		a->lack = ARENA_FULL;
		return NULL;
	}
	if (a->net && point_fails(POINT_MEMORY, NULL)) {
		a->lack = ARENA_STARVED;
		return NULL;
	}
	if (!ARENA_ASAN)
		n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (ARENA_ASAN || a->at == NULL || n > (size_t)(a->end - a->at))
		if (!add_chunk(a, n ? n : 1))
			return NULL;
	p = a->at;
	a->at += n;
	if (zero && !a->chunks->fresh)
		memset(p, 0, n);
	return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
	return take(a, n, true);
}

void *arena_room(struct arena *a, size_t n)
{
	return take(a, n, false);
}

void *arena_must(struct arena *a, size_t n, size_t size)
{
	size_t all;
	void  *p = NULL;

	if (!__builtin_mul_overflow(n, size, &all))
		p = arena_alloc(a, all);
	if (!p)
		arena_fall(a);
	return p;
}

str str_dup(struct arena *a, str s)
{
	if (str_is_none(s))
		return s;
	return (str){ cstr(a, s), s.n };
}

char *cstr(struct arena *a, str s)
{
	char *p = arena_must(a, 1, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

str str_join(struct arena *a, const str *parts, size_t n)
{
	size_t all = 0, at = 0;
	char  *p;

	for (size_t i = 0; i < n; i++)
		all += parts[i].n;
	p = arena_must(a, 1, all + 1);
	for (size_t i = 0; i < n; i++) {
		if (parts[i].n)
			memcpy(p + at, parts[i].p, parts[i].n);
		at += parts[i].n;
	}
	return (str){ p, all };
}
