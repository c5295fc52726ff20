#define BASE_ALLOC /* the one place that may call malloc */
#include "base/arena.h"

#include "base/ctx.h"
#include "base/point.h"

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
	_Alignas(16) char   body[];
};

enum { CHUNK = 16 << 10, ALIGN = 16 };

void arena_init(struct arena *a, size_t max)
{
	*a = (struct arena){ .max = max };
}

void arena_done(struct arena *a)
{
	struct arena_chunk *next;

	for (struct arena_chunk *c = a->chunks; c; c = next) {
		next = c->next;
		free(c);
	}
	*a = (struct arena){ .max = a->max };
}

static bool add_chunk(struct arena *a, size_t need)
{
	size_t              size = need;
	struct arena_chunk *c;

	if (!ARENA_ASAN && size < CHUNK)
		size = CHUNK;
	if (need > a->max || a->used > a->max - need) {
		a->lack = ARENA_FULL;
		return false;
	}
	c = calloc(1, sizeof(*c) + size);
	if (!c) {
		a->lack = ARENA_STARVED;
		return false;
	}
	c->size   = size;
	c->next   = a->chunks;
	a->chunks = c;
	a->used += size;
	a->at  = c->body;
	a->end = c->body + size;
	return true;
}

void *arena_alloc(struct arena *a, size_t n)
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
	return p;
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
