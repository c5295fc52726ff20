#include "platform/json/json_pull.h"

#include <string.h>

#include "platform/json/json_build.h"

enum { WINDOW = 64 << 10, PATH_MAX_BYTES = 1024 };

/* Hashes of the keys of one open object; slots of older objects do not count. */
struct keyset {
	struct slot { uint64_t hash, object; } *slot;
	size_t   n, cap;
	uint64_t object;
};

struct level {
	struct keyset keys;
	size_t        path;      /* length of the container's own pointer */
};

struct json_pull {
	struct ctx       *c;
	struct json_scan  s;
	struct json_token t;
	json_more_fn     *more;
	void             *from;
	char             *window;
	size_t            cap;
	const char       *base;         /* begin of the window */
	const char       *token;        /* where the last event begins */
	long              lines, columns;   /* before the window */
	size_t            bytes;        /* read so far */
	uint64_t          objects, seed;
	struct level     *level;
	char              path[PATH_MAX_BYTES];
	size_t            path_n;
	char             *text;         /* for decoded strings */
	size_t            text_cap;
	bool              failed;
};

struct json_pull *json_pull_open(struct ctx *c, const struct json_limits *limits,
                                 json_more_fn *more, void *from)
{
	struct json_pull *p = NEW(c->arena, struct json_pull);

	p->c      = c;
	p->more   = more;
	p->from   = from;
	p->seed   = (uint64_t)(uintptr_t)p;
	p->failed = !json_scan_init(&p->s, c, limits);
	p->level  = NEWS(c->arena, struct level, p->s.limits->depth + 1);
	p->base = p->token = p->s.at = p->s.end = "";
	return p;
}

struct json_pull *json_pull_text(struct ctx *c, const struct json_limits *limits, str text)
{
	struct json_pull *p = json_pull_open(c, limits, NULL, NULL);

	if (!p->failed && text.n > p->s.limits->bytes)
		p->failed = !fault(c, E_LIMIT, NULL, N_("The text is longer than {1} bytes."),
		                   str_fmt(c->arena, "%zu", p->s.limits->bytes));
	p->s.final = true;
	p->base = p->token = p->s.at = text.p ? text.p : "";
	p->s.end = p->base + text.n;
	return p;
}

static bool no_memory(struct json_pull *p)
{
	p->failed = true;
	return fault(p->c, E_LIMIT, NULL, N_("There is not enough memory to read this text."));
}

/* Drop what has been read from the window, make it larger when a token fills it, read on. */
static bool refill(struct json_pull *p)
{
	size_t left = (size_t)(p->s.end - p->s.at), got = 0;

	if (p->s.at > p->base)
		json_count_lines((str){ p->base, (size_t)(p->s.at - p->base) }, &p->lines, &p->columns);
	if (left >= p->cap / 2) {
		size_t cap   = p->cap ? p->cap * 2 : WINDOW;
		char  *wider = arena_alloc(p->c->arena, cap);

		if (!wider)
			return no_memory(p);
		memcpy(wider, p->s.at, left);
		p->window = wider;
		p->cap    = cap;
	} else {
		memmove(p->window, p->s.at, left);
	}
	p->base = p->token = p->s.at = p->window;
	p->s.end = p->window + left;
	if (!p->more(p->c, p->from, p->window + left, p->cap - left, &got)) {
		p->failed = true;
		return false;
	}
	p->s.end += got;
	p->bytes += got;
	p->s.final = got == 0;
	if (p->bytes > p->s.limits->bytes) {
		p->failed = true;
		return fault(p->c, E_LIMIT, NULL, N_("The text is longer than {1} bytes."),
		             str_fmt(p->c->arena, "%zu", p->s.limits->bytes));
	}
	return true;
}

static str path(struct json_pull *p)
{
	return str_dup(p->c->arena, (str){ p->path, p->path_n });
}

static bool step(struct json_pull *p)
{
	if (p->failed)
		return false;
	for (;;) {
		enum json_scanned r;

		p->token = p->s.at;
		r = json_step(&p->s, &p->t);
		if (r == SCAN_OK)
			return true;
		if (r == SCAN_BAD) {
			p->failed = true;
			return json_scan_fault(p->c, &p->s, path(p), p->base, p->lines, p->columns);
		}
		TRY(refill(p));
	}
}

/* The token's text, decoded where it has escapes. */
static bool decode(struct json_pull *p, str *out)
{
	*out = (str){ p->t.p, p->t.n };
	if (p->t.kind == JSON_NUMBER || !p->t.escaped)
		return true;
	if (p->t.n > p->text_cap) {
		p->text = arena_alloc(p->c->arena, p->t.n * 2);
		if (!p->text)
			return no_memory(p);
		p->text_cap = p->t.n * 2;
	}
	*out = (str){ p->text, json_unescape(&p->t, p->text) };
	return true;
}

static bool keyset_grow(struct json_pull *p, struct keyset *k)
{
	size_t       cap = k->cap ? k->cap * 2 : 16;
	struct slot *old = k->slot;
	struct slot *all = arena_alloc(p->c->arena, cap * sizeof(*all));

	if (!all)
		return no_memory(p);
	for (size_t i = 0; i < k->cap; i++) {
		size_t at = old[i].hash & (cap - 1);

		if (old[i].object != k->object)
			continue;
		while (all[at].object)
			at = (at + 1) & (cap - 1);
		all[at] = old[i];
	}
	k->slot = all;
	k->cap  = cap;
	return true;
}

/* Remember the key; *twice when the open object has had it. */
static bool keyset_add(struct json_pull *p, struct keyset *k, str key, bool *twice)
{
	uint64_t h = (str_hash(key) ^ p->seed) * 0x9e3779b97f4a7c15u;
	size_t   at;

	h ^= h >> 32;
	if (k->n * 2 >= k->cap)
		TRY(keyset_grow(p, k));
	for (at = h & (k->cap - 1); k->slot[at].object == k->object; at = (at + 1) & (k->cap - 1))
		if (k->slot[at].hash == h) {
			*twice = true;
			return true;
		}
	k->slot[at] = (struct slot){ h, k->object };
	k->n++;
	*twice = false;
	return true;
}

/* Too long a path stays cut at its container. */
static void path_key(struct json_pull *p, size_t from, str key)
{
	size_t n = from;

	p->path_n = from;
	if (n == PATH_MAX_BYTES)
		return;
	p->path[n++] = '/';
	for (size_t i = 0; i < key.n; i++) {
		char ch = key.p[i];

		if (n + 2 > PATH_MAX_BYTES)
			return;
		if (ch == '~' || ch == '/') {
			p->path[n++] = '~';
			ch = ch == '/' ? '1' : '0';
		}
		p->path[n++] = ch;
	}
	p->path_n = n;
}

static void path_index(struct json_pull *p, size_t from, uint32_t index)
{
	char   digits[10];
	size_t n = 0;

	do
		digits[n++] = (char)('0' + index % 10);
	while (index /= 10);
	p->path_n = from;
	if (from + 1 + n > PATH_MAX_BYTES)
		return;
	p->path[p->path_n++] = '/';
	while (n)
		p->path[p->path_n++] = digits[--n];
}

/* Where the last token itself begins: the step also took what stands before it. */
static const char *token_begin(const struct json_pull *p)
{
	const char *at = p->token;

	while (at < p->s.at && strchr(" \n\t\r,", *at))
		at++;
	return at;
}

static bool see_key(struct json_pull *p, str key)
{
	struct level *l = &p->level[p->s.depth];
	bool          twice;

	path_key(p, l->path, key);
	TRY(keyset_add(p, &l->keys, key, &twice));
	if (!twice)
		return true;
	p->failed = true;
	p->s.bad  = token_begin(p);
	p->s.why  = N_("A key occurs twice in one object.");
	return json_scan_fault(p->c, &p->s, path(p), p->base, p->lines, p->columns);
}

/* Keep the pointer: a value has begun (depth is that of its container). */
static void see_value(struct json_pull *p)
{
	bool     opened = p->t.kind == JSON_OBJECT || p->t.kind == JSON_ARRAY;
	uint32_t depth  = p->s.depth - opened;

	if (depth && !p->s.frame[depth - 1].object)
		path_index(p, p->level[depth].path, p->s.frame[depth - 1].n - 1);
	if (opened) {
		struct level *l = &p->level[p->s.depth];

		l->path        = p->path_n;
		l->keys.n      = 0;
		l->keys.object = ++p->objects;
	}
}

bool json_next(struct json_pull *p, struct json_event *ev)
{
	TRY(step(p));
	*ev = (struct json_event){ .kind = p->t.kind };
	if (p->t.kind == JSON_KEY) {
		TRY(decode(p, &ev->text));
		return see_key(p, ev->text);
	}
	if (p->t.kind == JSON_OBJECT_END || p->t.kind == JSON_ARRAY_END)
		p->path_n = p->level[p->s.depth + 1].path;
	else if (p->t.kind != JSON_END)
		see_value(p);
	if (p->t.kind == JSON_STRING || p->t.kind == JSON_NUMBER)
		return decode(p, &ev->text);
	return true;
}

/* True when the last event opened a container that is still to be read. */
static bool inside(const struct json_pull *p)
{
	return p->t.kind == JSON_OBJECT || p->t.kind == JSON_ARRAY;
}

bool json_skip(struct json_pull *p)
{
	uint32_t depth = p->s.depth;

	if (inside(p))
		depth--;
	else
		TRY(step(p));
	while (p->s.depth > depth)
		TRY(step(p));
	return true;
}

bool json_pull_tree(struct json_pull *p, const struct json **out)
{
	struct json_build b;
	uint32_t          depth = p->s.depth;

	json_build_init(&b, p->c, true);
	if (inside(p))
		depth--;
	else
		TRY(step(p));
	for (;;) {
		if (!json_build_add(&b, &p->t))
			break;
		if (p->s.depth <= depth) {
			*out = json_build_root(&b);
			return true;
		}
		TRY(step(p));
	}
	if (b.full)
		return no_memory(p);
	p->failed = true;
	p->s.bad  = token_begin(p);
	p->s.why  = N_("A key occurs twice in one object.");
	return json_scan_fault(p->c, &p->s,
	                       STR_CAT(p->c->arena, path(p), json_build_pointer(&b)),
	                       p->base, p->lines, p->columns);
}

str json_pull_where(struct json_pull *p, long *line, long *column)
{
	long lines = p->lines, columns = p->columns;
	const char *at = token_begin(p);

	json_count_lines((str){ p->base, (size_t)(at - p->base) }, &lines, &columns);
	*line   = lines + 1;
	*column = columns + 1;
	return path(p);
}

bool json_locate(struct ctx *c, str text, str pointer, long *line, long *column)
{
	struct json_limits wide = { SIZE_MAX, 10000, UINT32_MAX, UINT32_MAX };
	struct json_pull  *p    = json_pull_text(c, &wide, text);
	struct json_event  ev;

	for (;;) {
		str at;

		TRY(json_next(p, &ev));
		if (ev.kind == JSON_END)
			return fault(c, E_NOTFOUND, NULL, N_("The document has no such place."));
		if (ev.kind == JSON_OBJECT_END || ev.kind == JSON_ARRAY_END)
			continue;
		at = (str){ p->path, p->path_n };
		if (ev.kind != JSON_KEY && str_eq(at, pointer)) {
			(void)json_pull_where(p, line, column);
			return true;
		}
		/* Another branch: pass over it. */
		if (ev.kind == JSON_KEY || inside(p)) {
			bool on_way = str_starts(pointer, at) &&
			              (pointer.n == at.n || pointer.p[at.n] == '/');
			if (!on_way)
				TRY(json_skip(p));
		}
	}
}
