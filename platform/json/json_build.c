#include "platform/json/json_build.h"

#include <string.h>

void json_build_init(struct json_build *b, struct ctx *c, bool copy)
{
	*b = (struct json_build){ .c = c, .copy = copy };
	b->part.max = SIZE_MAX / 64;
	b->open.max = SIZE_MAX / 64;
}

static bool full(struct json_build *b)
{
	b->full = true;
	return false;
}

/* The token's text: as it stands, copied or decoded. */
static bool text(struct json_build *b, const struct json_token *t, const char **p, uint32_t *n)
{
	char *copy;

	*p = t->p;
	*n = (uint32_t)t->n;
	if (!b->copy && !t->escaped)
		return true;
	copy = arena_alloc(b->c->arena, t->n + 1);
	if (!copy)
		return full(b);
	if (t->escaped)
		*n = (uint32_t)json_unescape(t, copy);
	else
		memcpy(copy, t->p, t->n);
	*p = copy;
	return true;
}

static bool same_key(const struct json_member *a, const struct json_member *b)
{
	return a->key_n == b->key_n && memcmp(a->key, b->key, a->key_n) == 0;
}

static int key_order(const struct json_member *a, const struct json_member *b)
{
	if (a->key_n != b->key_n)
		return a->key_n < b->key_n ? -1 : 1;
	return memcmp(a->key, b->key, a->key_n);
}

static void sort_index(const struct json_member *m, uint32_t *index, uint32_t *spare, size_t n)
{
	size_t half = n / 2, i = 0, j = half, k = 0;

	if (n < 2)
		return;
	sort_index(m, index, spare, half);
	sort_index(m, index + half, spare, n - half);
	memcpy(spare, index, n * sizeof(*index));
	while (i < half && j < n)
		index[k++] = key_order(&m[spare[i]], &m[spare[j]]) <= 0 ? spare[i++] : spare[j++];
	while (i < half)
		index[k++] = spare[i++];
	while (j < n)
		index[k++] = spare[j++];
}

/* The doubled key found, for the pointer. */
static bool doubled(struct json_build *b, const struct json_member *m)
{
	b->now   = *m;
	b->twice = true;
	return false;
}

static bool index_keys(struct json_build *b, struct json_member *m, uint32_t n)
{
	uint32_t *index = (uint32_t *)(void *)(m + n);
	uint32_t *spare = arena_alloc(b->c->arena, n * sizeof(*spare));

	if (!spare)
		return full(b);
	for (uint32_t i = 0; i < n; i++)
		index[i] = i;
	sort_index(m, index, spare, n);
	for (uint32_t i = 1; i < n; i++)
		if (same_key(&m[index[i - 1]], &m[index[i]]))
			return doubled(b, &m[index[i]]);
	return true;
}

static bool close_object(struct json_build *b, struct json *v, const struct json_member *from)
{
	size_t more = v->n > JSON_INDEXED ? v->n * sizeof(uint32_t) : 0;
	struct json_member *m = arena_alloc(b->c->arena, v->n * sizeof(*m) + more);

	if (!m)
		return full(b);
	memcpy(m, from, v->n * sizeof(*m));
	v->member = m;
	if (more)
		return index_keys(b, m, v->n);
	for (uint32_t i = 1; i < v->n; i++)
		for (uint32_t j = 0; j < i; j++)
			if (same_key(&m[i], &m[j]))
				return doubled(b, &m[i]);
	return true;
}

static bool close_array(struct json_build *b, struct json *v, const struct json_member *from)
{
	struct json *item = arena_alloc(b->c->arena, v->n * sizeof(*item));

	if (!item)
		return full(b);
	for (uint32_t i = 0; i < v->n; i++)
		item[i] = from[i].value;
	v->item = item;
	return true;
}

static bool close(struct json_build *b)
{
	size_t       from = b->open.v[--b->open.n];
	struct json *v    = &b->part.v[from - 1].value;
	bool         ok   = true;

	v->n = (uint32_t)(b->part.n - from);
	if (v->n)
		ok = v->kind == JSON_OBJECT ? close_object(b, v, b->part.v + from)
		                            : close_array(b, v, b->part.v + from);
	if (!ok) {
		b->open.n++;
		return false;
	}
	b->part.n = from;
	return true;
}

bool json_build_add(struct json_build *b, const struct json_token *t)
{
	struct json_member *m = &b->now;

	if (t->kind == JSON_KEY)
		return text(b, t, &m->key, &m->key_n);
	if (t->kind == JSON_OBJECT_END || t->kind == JSON_ARRAY_END)
		return close(b);
	m->value = (struct json){ .kind = t->kind };
	if (t->kind == JSON_STRING || t->kind == JSON_NUMBER) {
		struct json_token plain = *t;

		plain.escaped = t->kind == JSON_STRING && t->escaped;
		if (!text(b, &plain, &m->value.text, &m->value.n))
			return false;
	}
	if (!list_push(b->c->arena, &b->part, *m))
		return full(b);
	if (t->kind == JSON_OBJECT || t->kind == JSON_ARRAY)
		if (!list_push(b->c->arena, &b->open, b->part.n))
			return full(b);
	return true;
}

const struct json *json_build_root(struct json_build *b)
{
	return &b->part.v[0].value;
}

str json_build_pointer(struct json_build *b)
{
	struct buf p;

	buf_init(&p, b->c->arena, 4096);
	for (size_t i = 0; i < b->open.n; i++) {
		size_t from = b->open.v[i];
		bool   last = i + 1 == b->open.n;
		const struct json_member *in =
			last ? &b->now : &b->part.v[b->open.v[i + 1] - 1];

		if (b->part.v[from - 1].value.kind == JSON_OBJECT) {
			if (in->key)
				json_pointer_key(&p, (str){ in->key, in->key_n });
		} else {
			json_pointer_index(&p, (last ? b->part.n : b->open.v[i + 1] - 1) - from);
		}
	}
	return buf_str(&p);
}
