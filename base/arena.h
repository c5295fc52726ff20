#ifndef BASE_ARENA_H
#define BASE_ARENA_H

/*
 * arena: memory that lives exactly as long as one request, job or CLI call.
 *
 * Nothing is freed alone; arena_done frees all.  Memory comes zeroed.  An
 * arena has a maximum: arena_alloc returns NULL beyond it, which callers that
 * take sizes from outside must check (they report E_LIMIT); new/news/cstr are
 * for small things: when they do not fit, the work ends in the net that was
 * spread under it (ctx_net), or without one the process.
 * Under ASan every allocation is a block of its own, so overruns are seen.
 */

#include "base/str.h"

struct arena_chunk;
struct arena_net;    /* base/ctx */

enum arena_lack { ARENA_WHOLE, ARENA_FULL, ARENA_STARVED };

struct arena {
	struct arena_chunk *chunks;
	char  *at, *end;
	size_t used;   /* bytes handed out and in chunks */
	size_t max;
	struct arena_net *net;   /* where to go on when something small does not fit, or NULL */
	enum arena_lack lack;   /* what an allocation under the net met: max, the system's end */
	bool wipe;     /* it held a password, code or key */
};

enum { ARENA_MAX = 64 << 20 };   /* default maximum of a request */

void  arena_init(struct arena *a, size_t max);
void  arena_done(struct arena *a);
/* A secret is in it: arena_done overwrites all of it, before anybody else gets the memory. */
void  arena_secret(struct arena *a);
/* Zeroed memory aligned to 16, or NULL when the maximum would be passed. */
void *arena_alloc(struct arena *a, size_t n) MUST_CHECK;
/* The same with whatever bytes were there: for what is written at once and read no further. */
void *arena_room(struct arena *a, size_t n) MUST_CHECK;
/* n * size, checked; what does not fit ends the work (see above). */
void *arena_must(struct arena *a, size_t n, size_t size)
	__attribute__((returns_nonnull, warn_unused_result));

#define NEW(a, T)     ((T *)arena_must((a), 1, sizeof(T)))
#define NEWS(a, T, n) ((T *)arena_must((a), (n), sizeof(T)))

/* A copy of s; none stays none. */
str   str_dup(struct arena *a, str s);
/* A NUL-terminated copy for the system's borders; inner NULs end it early. */
char *cstr(struct arena *a, str s);
/* The pieces joined: STR_CAT(a, S("x"), y, S("z")). */
str   str_join(struct arena *a, const str *parts, size_t n);
#define STR_CAT(a, ...) \
	str_join((a), (const str[]){ __VA_ARGS__ }, \
	         sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))

#endif
