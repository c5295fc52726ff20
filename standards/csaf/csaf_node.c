#include "standards/csaf/csaf_node.h"

#include <stdint.h>

#include "standards/csaf/csaf_review.h"

struct node *node_root(struct arena *a, const struct json *v)
{
	struct node *n = NEW(a, struct node);

	*n = (struct node){ .source = v, .kind = (enum json_kind)v->kind, .at = SIZE_MAX, .was = STR_NONE, .key = STR_NONE };
	if (v->kind == JSON_STRING || v->kind == JSON_NUMBER)
		n->text = (str){ v->text, v->n };
	return n;
}

struct node *node_new(struct arena *a, enum json_kind kind)
{
	struct node *n = NEW(a, struct node);

	*n = (struct node){ .kind = kind, .opened = true, .at = SIZE_MAX, .was = STR_NONE, .key = STR_NONE };
	return n;
}

struct node *node_string(struct arena *a, str text)
{
	struct node *n = node_new(a, JSON_STRING);

	n->text = text;
	return n;
}

static void link_last(struct node *up, struct node *n)
{
	n->up   = up;
	n->prev = up->last;
	n->next = NULL;
	if (up->last)
		up->last->next = n;
	else
		up->first = n;
	up->last = n;
}

static void open_node(struct arena *a, struct node *n)
{
	size_t i = 0;

	n->opened = true;
	for (JSON_ITEMS(x, n->source)) {
		struct node *child = node_root(a, x);

		child->from = n;
		child->at   = i++;
		link_last(n, child);
	}
	for (JSON_MEMBERS(m, n->source)) {
		struct node *child = node_root(a, &m->value);

		child->from = n;
		child->was  = child->key = json_key(m);
		link_last(n, child);
	}
}

struct node *node_first(struct arena *a, struct node *n)
{
	if (!n)
		return NULL;
	if (!n->opened)
		open_node(a, n);
	return n->first;
}

struct node *node_copy(struct arena *a, struct node *n)
{
	struct node *copy = NEW(a, struct node);

	*copy = *n;
	copy->up = copy->next = copy->prev = NULL;
	if (!n->opened)
		return copy;
	copy->first = copy->last = NULL;
	for (struct node *x = n->first; x; x = x->next)
		link_last(copy, node_copy(a, x));
	return copy;
}

struct node *node_get(struct arena *a, struct node *n, const char *key)
{
	str wanted = str_of(key);

	if (!n || n->kind != JSON_OBJECT)
		return NULL;
	for (struct node *x = node_first(a, n); x; x = x->next)
		if (str_eq(x->key, wanted))
			return x;
	return NULL;
}

str node_text(const struct node *n)
{
	return n && n->kind == JSON_STRING ? n->text : STR_NONE;
}

str node_get_text(struct arena *a, struct node *n, const char *key)
{
	return node_text(node_get(a, n, key));
}

void node_set_text(struct node *n, str text)
{
	n->source = NULL;
	n->opened = true;
	n->kind   = JSON_STRING;
	n->text   = text;
}

void node_insert_after(struct node *prev, struct node *n)
{
	n->up   = prev->up;
	n->prev = prev;
	n->next = prev->next;
	if (prev->next)
		prev->next->prev = n;
	else
		prev->up->last = n;
	prev->next = n;
	if (!n->from && str_is_none(n->was))
		n->from = prev->up;
}

static void insert_before(struct node *next, struct node *n)
{
	n->up   = next->up;
	n->next = next;
	n->prev = next->prev;
	if (next->prev)
		next->prev->next = n;
	else
		next->up->first = n;
	next->prev = n;
}

void node_remove(struct node *n)
{
	if (n->prev)
		n->prev->next = n->next;
	else
		n->up->first = n->next;
	if (n->next)
		n->next->prev = n->prev;
	else
		n->up->last = n->prev;
	n->prev = n->next = NULL;
	n->up = NULL;
}

void node_prune(struct node *n, struct node *until)
{
	while (n && n != until) {
		struct node *up = n->up;

		node_remove(n);
		n = up && !up->first && up != until ? up : NULL;
	}
}

bool node_is_empty(struct arena *a, struct node *n)
{
	return !node_first(a, n);
}

void node_add(struct arena *a, struct node *up, const char *key, struct node *n)
{
	(void)node_first(a, up);
	n->key = key ? str_of(key) : STR_NONE;
	if (!n->from)
		n->from = up;
	link_last(up, n);
}

/* Where a key belongs among sorted ones: before the one returned; NULL: at the end, or they are not sorted. */
static struct node *place_of(struct node *up, str key)
{
	struct node *place = NULL;

	for (struct node *x = up->first; x; x = x->next) {
		if (x->next && str_cmp(x->key, x->next->key) > 0)
			return NULL;
		if (!place && str_cmp(x->key, key) > 0)
			place = x;
	}
	return place;
}

void node_put(struct arena *a, struct node *up, const char *key, struct node *n)
{
	struct node *place = node_first(a, up) ? place_of(up, str_of(key)) : NULL;

	if (!place) {
		node_add(a, up, key, n);
		return;
	}
	n->key = str_of(key);
	if (!n->from)
		n->from = up;
	insert_before(place, n);
}

void node_put_text(struct arena *a, struct node *up, const char *key, str text)
{
	node_put(a, up, key, node_string(a, text));
}

void node_rename(struct arena *a, struct node *n, const char *key)
{
	struct node *up = n->up, *next = n->next, *prev = n->prev;

	node_remove(n);
	if (place_of(up, str_of(key))) {
		node_put(a, up, key, n);
		return;
	}
	n->key = str_of(key);
	n->up  = up;
	if (prev)
		node_insert_after(prev, n);
	else if (next)
		insert_before(next, n);
	else
		link_last(up, n);
}

void node_unique(struct arena *a, struct node *array, void (*told)(void *with, struct node *twice), void *with)
{
	struct id_map seen = { 0 };

	if (!array || array->kind != JSON_ARRAY)
		return;
	for (NODES(a, x, array)) {
		uint32_t before = (uint32_t)seen.n;
		struct json_out o;
		struct buf b;

		buf_init(&b, a, (size_t)1 << 28);
		json_out_init(&o, &b, JSON_COMPACT);
		node_print(a, &o, x);
		if (id_add(a, &seen, buf_str(&b)) >= before)
			continue;
		told(with, x);
		node_remove(x);
	}
}

static void pointer_write(struct buf *b, const struct node *n)
{
	if (!n)
		return;
	pointer_write(b, n->from);
	if (n->at != SIZE_MAX)
		json_pointer_index(b, n->at);
	else if (!str_is_none(n->was))
		json_pointer_key(b, n->was);
}

str node_pointer(struct arena *a, const struct node *n)
{
	struct buf b;

	buf_init(&b, a, 1 << 20);
	pointer_write(&b, n);
	return buf_str(&b).p ? buf_str(&b) : S("");
}

str node_brief(struct arena *a, struct node *n)
{
	enum { BRIEF = 300 };
	struct json_out o;
	struct buf b;

	if (n->kind == JSON_STRING || n->kind == JSON_NUMBER)
		return n->text.n > BRIEF ? STR_CAT(a, utf8_cut(n->text, BRIEF), S("…")) : n->text;
	buf_init(&b, a, 4096);
	json_out_init(&o, &b, JSON_COMPACT);
	node_print(a, &o, n);
	if (b.n <= BRIEF)
		return buf_str(&b);
	return STR_CAT(a, utf8_cut(buf_str(&b), BRIEF), S("…"));
}

void node_print(struct arena *a, struct json_out *o, struct node *n)
{
	if (n->source && !n->opened) {
		json_out_tree(o, n->source);
		return;
	}
	if (n->kind == JSON_STRING) {
		json_out_str(o, n->text);
		return;
	}
	if (n->kind != JSON_OBJECT && n->kind != JSON_ARRAY) {
		if (n->source)
			json_out_tree(o, n->source);
		else
			json_out_number(o, n->text);
		return;
	}
	json_open(o, NULL, n->kind == JSON_OBJECT ? '{' : '[');
	for (struct node *x = n->first; x; x = x->next) {
		if (n->kind == JSON_OBJECT)
			json_out_key(o, x->key);
		node_print(a, o, x);
	}
	json_close(o);
}
