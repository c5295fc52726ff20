#ifndef BASE_LIST_H
#define BASE_LIST_H

/*
 * LIST(T): a growable array in an arena, created with a maximum.
 *
 *	LIST(str) names = { .max = 100 };
 *	if (!list_push(c->arena, &names, s)) return fault(…E_LIMIT…);
 *	for (size_t i = 0; i < names.n; i++) use(names.v[i]);
 */

#include "base/arena.h"

#include <string.h>

#define LIST(T) struct { T *v; size_t n, cap, max; }

/* Room for one more element of `size` bytes; false at the maximum. */
static inline bool list_grow(struct arena *a, void **v, size_t n, size_t *cap,
                             size_t max, size_t size)
{
	size_t more = *cap ? *cap * 2 : 8;
	void  *grown;

	if (n < *cap)
		return true;
	if (n >= max)
		return false;
	if (more > max)
		more = max;
	grown = arena_alloc(a, more * size);
	if (!grown)
		return false;
	if (n)
		memcpy(grown, *v, n * size);
	*v   = grown;
	*cap = more;
	return true;
}

/* Append; false when the maximum (of the list or of the arena) is reached. */
#define list_push(a, l, ...) \
	(list_grow((a), (void **)&(l)->v, (l)->n, &(l)->cap, (l)->max, \
	           sizeof(*(l)->v)) && \
	 ((l)->v[(l)->n++] = (__VA_ARGS__), true))

#endif
