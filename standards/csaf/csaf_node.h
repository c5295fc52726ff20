#ifndef STANDARDS_CSAF_CSAF_NODE_H
#define STANDARDS_CSAF_CSAF_NODE_H

/*
 * A JSON tree that can be changed, for the converters.  Values that nobody
 * looks into stay as they were read (order, unknown properties, numbers as
 * written) and cost nothing; every value knows where it came from, so that a
 * warning can name the place in the original.
 */

#include "platform/json/json_out.h"

struct node {
	struct node *up, *next, *prev, *first, *last;
	const struct json *source;   /* as read; its children are made when first asked for */
	enum json_kind kind;
	bool opened;
	str  key;                    /* in an object */
	str  text;                   /* string, number */
	/* where it was read; from NULL and at SIZE_MAX: made here */
	struct node *from;
	str    was;
	size_t at;
};

/* Everything comes from the arena with arena_must: too large ends the work in its net. */
struct node *node_root(struct arena *a, const struct json *v);
struct node *node_new(struct arena *a, enum json_kind kind);
struct node *node_string(struct arena *a, str text);
/* A copy of a value and its children, as if read at the same place. */
struct node *node_copy(struct arena *a, struct node *n);

/* First child, or NULL; n may be NULL. */
struct node *node_first(struct arena *a, struct node *n);
/* The member, or NULL; n may be NULL or no object. */
struct node *node_get(struct arena *a, struct node *n, const char *key);
/* The text of a string, none for anything else and NULL. */
str  node_text(const struct node *n);
str  node_get_text(struct arena *a, struct node *n, const char *key);
void node_set_text(struct node *n, str text);

/* Append; key NULL in an array. */
void node_add(struct arena *a, struct node *up, const char *key, struct node *n);
/* Add a member where it belongs when the others are sorted by key, else at the end. */
void node_put(struct arena *a, struct node *up, const char *key, struct node *n);
/* The same with a text. */
void node_put_text(struct arena *a, struct node *up, const char *key, str text);
/* Another key; the place as in node_put. */
void node_rename(struct arena *a, struct node *n, const char *key);
void node_insert_after(struct node *prev, struct node *n);
void node_remove(struct node *n);
/* Remove, and the containers above that are empty then, up to (not with) `until`. */
void node_prune(struct node *n, struct node *until);
bool node_is_empty(struct arena *a, struct node *n);
/* Remove items of an array that are written like an earlier one; each is told. */
void node_unique(struct arena *a, struct node *array, void (*told)(void *with, struct node *twice), void *with);

/* JSON pointer in the original; of something made here, of what it was made for. */
str  node_pointer(struct arena *a, const struct node *n);
/* The value in few characters, for a warning. */
str  node_brief(struct arena *a, struct node *n);
void node_print(struct arena *a, struct json_out *o, struct node *n);

#define NODES(a, x, n) struct node *x = node_first((a), (n)), *x##_next = x ? x->next : NULL; x; \
	x = x##_next, x##_next = x ? x->next : NULL

#endif
