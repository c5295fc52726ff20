/* Lists: their items are paired by what names them, whatever their order. */
#include "standards/csaf/csaf_diff_part.h"

#include <stdlib.h>

enum { LEVELS = 3, NAMES = 2, LABEL_MAX = 200 };

/* What pairs two items of a list whose contents differ, tried in this order; "@" is their products. */
static const struct kind {
	const char *list;
	enum csaf_area area;
	const char *names[LEVELS][NAMES];
	const char *label[2];      /* members that tell a person which item it is */
} kinds[] = {
	{ "notes", AREA_NOTE, { { "category", "title" }, { "category" } }, { "category", "title" } },
	{ "references", AREA_REFERENCE, { { "url" }, { "category", "summary" } }, { "url" } },
	{ "remediations", AREA_REMEDIATION, { { "category", "@" }, { "category", "url" }, { "@" } }, { "category" } },
	{ "threats", AREA_THREAT, { { "category", "@" }, { "category" } }, { "category" } },
	{ "flags", AREA_FLAG, { { "label" }, { "@" } }, { "label" } },
	{ "ids", AREA_VULNERABILITY, { { "system_name", "text" }, { "system_name" } }, { "system_name", "text" } },
	{ "involvements", AREA_VULNERABILITY, { { "party", "@" }, { "party" } }, { "party" } },
	{ "acknowledgments", AREA_DOCUMENT, { { "organization" }, { "names" }, { "summary" } }, { "organization" } },
	{ "revision_history", AREA_TRACKING, { { "number" } }, { "number" } },
	{ "cwes", AREA_VULNERABILITY, { { "id" } }, { "id" } },
	{ "first_known_exploitation_dates", AREA_VULNERABILITY, { { "@" }, { "date" } }, { "date" } },
	{ "product_groups", AREA_GROUP, { { "group_id" } }, { "group_id" } },
};

bool is_scope(str key)
{
	static const char *const keys[] = { "product_ids", "group_ids", "products", NULL };

	return one_of(key, keys);
}

static const struct kind *kind_of(str list)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (str_eq(list, str_of(kinds[i].list)))
			return &kinds[i];
	return NULL;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	a = (a ^ b) * 0x9e3779b97f4a7c15u;
	return a ^ a >> 29;
}

/* Of all members but the products. */
static uint64_t content_hash(const struct json *item)
{
	uint64_t sum = 0;

	if (!json_is(item, JSON_OBJECT))
		return json_hash(item);
	for (JSON_MEMBERS(m, item))
		if (!is_scope(json_key(m)))
			sum += mix(str_hash(json_key(m)), json_hash(&m->value));
	return mix(sum, 1);
}

static bool same_content(struct pair v)
{
	size_t n[2] = { 0, 0 };

	if (!json_is(v.v[OLD], JSON_OBJECT) || !json_is(v.v[NEW], JSON_OBJECT))
		return json_cmp(v.v[OLD], v.v[NEW]) == 0;
	for (JSON_MEMBERS(m, v.v[NEW]))
		n[NEW] += !is_scope(json_key(m));
	for (JSON_MEMBERS(m, v.v[OLD])) {
		const struct json *other = json_get(v.v[NEW], json_key(m));

		if (is_scope(json_key(m)))
			continue;
		n[OLD]++;
		if (!other || json_cmp(&m->value, other) != 0)
			return false;
	}
	return n[OLD] == n[NEW];
}

/* 0: the item has nothing of what names it. */
static uint64_t name_hash(const struct diff *d, int side, const struct json *item, const char *const names[NAMES])
{
	uint64_t h = 7;
	bool     some = false;

	for (int i = 0; i < NAMES && names[i]; i++) {
		const struct json *v = json_get(item, str_of(names[i]));

		if (names[i][0] == '@') {
			uint64_t scope = diff_scope_hash(d, side, item);

			some |= scope != 0;
			h = mix(h, scope);
			continue;
		}
		some |= v != NULL;
		h = mix(h, v ? json_hash(v) : 3);
	}
	return some ? h | 1 : 0;
}

struct keyed { uint64_t hash; size_t at; };

static int by_hash(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

struct match { const struct json *list[2]; size_t *to[2]; struct keyed *keyed[2]; };

/* Pass 0: content and products; 1: content; from 2: the names of a level. */
static uint64_t hash_of(const struct diff *d, int side, const struct json *item, const struct kind *k, int pass)
{
	if (pass >= 2)
		return k ? name_hash(d, side, item, k->names[pass - 2]) : 0;
	return mix(content_hash(item), pass == 0 ? diff_scope_hash(d, side, item) : 0) | 1;
}

static size_t keys_of(struct diff *d, struct match *m, int side, const struct kind *k, int pass)
{
	size_t n = 0, i = 0;

	for (JSON_ITEMS(x, m->list[side])) {
		uint64_t h = m->to[side][i] ? 0 : hash_of(d, side, x, k, pass);

		if (h)
			m->keyed[side][n++] = (struct keyed){ h, i };
		i++;
	}
	if (n)
		qsort(m->keyed[side], n, sizeof(struct keyed), by_hash);
	return n;
}

static void match_pass(struct diff *d, struct match *m, const struct kind *k, int pass)
{
	size_t n[2] = { keys_of(d, m, OLD, k, pass), keys_of(d, m, NEW, k, pass) };

	for (size_t i = 0, j = 0; i < n[OLD] && j < n[NEW];) {
		struct keyed x = m->keyed[OLD][i], y = m->keyed[NEW][j];

		i += x.hash <= y.hash;
		j += y.hash <= x.hash;
		if (x.hash != y.hash ||
		    (pass < 2 && !same_content((struct pair){ { json_at(m->list[OLD], x.at), json_at(m->list[NEW], y.at) } })))
			continue;
		m->to[OLD][x.at] = y.at + 1;
		m->to[NEW][y.at] = x.at + 1;
	}
}

static bool match(struct diff *d, struct match *m, const struct kind *k)
{
	for (int s = OLD; s <= NEW; s++) {
		m->to[s]    = arena_alloc(d->c->arena, (json_count(m->list[s]) + 1) * sizeof(size_t));
		m->keyed[s] = arena_alloc(d->c->arena, (json_count(m->list[s]) + 1) * sizeof(struct keyed));
		if (!m->to[s] || !m->keyed[s])
			return false;
	}
	for (int pass = 0; pass < 2 + LEVELS; pass++)
		if (pass < 2 || (k && k->names[pass - 2][0]))
			match_pass(d, m, k, pass);
	return true;
}

static str label_of(struct diff *d, const struct kind *k, const struct json *item)
{
	str one = k && k->label[0] ? json_get_str(item, str_of(k->label[0])) : STR_NONE;
	str two = k && k->label[1] ? json_get_str(item, str_of(k->label[1])) : STR_NONE;

	if (one.p && two.p)
		return STR_CAT(d->c->arena, utf8_cut(one, LABEL_MAX), S(": "), utf8_cut(two, LABEL_MAX));
	return one.p ? utf8_cut(one, LABEL_MAX) : two.p ? utf8_cut(two, LABEL_MAX) : STR_NONE;
}

/* An item that only one side has. */
static void alone(struct diff *d, const struct place *at, const struct kind *k, int side, const struct json *item)
{
	struct pair v = { { NULL, NULL } };
	struct csaf_change *x;
	enum csaf_bump weight = d->area == AREA_PRODUCT || d->area == AREA_GROUP ? BUMP_MAJOR
	                      : d->area == AREA_TRACKING && side == NEW ? BUMP_NONE : BUMP_MINOR;

	v.v[side] = item;
	x = diff_note(d, at, v, weight);
	if (!x)
		return;
	x->label = label_of(d, k, item);
	diff_scope_name(d, x, side, item);
}

static void both(struct diff *d, const struct place *at, const struct kind *k, struct pair v)
{
	size_t from = d->out->changes.n;
	str    label = label_of(d, k, v.v[NEW]);
	bool   object = json_is(v.v[OLD], JSON_OBJECT) && json_is(v.v[NEW], JSON_OBJECT);

	for (JSON_MEMBERS(m, object ? v.v[OLD] : NULL)) {
		struct place in = { at, { json_key(m), json_key(m) }, { 0, 0 } };

		if (!is_scope(json_key(m)))
			diff_values(d, &in, (struct pair){ { &m->value, json_get(v.v[NEW], json_key(m)) } });
	}
	for (JSON_MEMBERS(m, object ? v.v[NEW] : NULL)) {
		struct place in = { at, { json_key(m), json_key(m) }, { 0, 0 } };

		if (!is_scope(json_key(m)) && !json_get(v.v[OLD], json_key(m)))
			diff_values(d, &in, (struct pair){ { NULL, &m->value } });
	}
	if (object)
		diff_scopes(d, at, label, v);
	for (size_t i = from; i < d->out->changes.n; i++)
		if (!d->out->changes.v[i].label.p)
			d->out->changes.v[i].label = label;
}

/* Changes of what was released already are no matter of course. */
static enum csaf_area area_of(const struct diff *d, const struct kind *k, bool pair)
{
	if (!k)
		return d->area;
	if (k->area == AREA_TRACKING)
		return pair ? AREA_DOCUMENT : AREA_TRACKING;
	return k->area == AREA_DOCUMENT || k->area == AREA_VULNERABILITY ? d->area : k->area;
}

void diff_list(struct diff *d, const struct place *at, str key, struct pair lists)
{
	const struct kind *k = kind_of(key);
	struct match       m = { .list = { lists.v[OLD], lists.v[NEW] } };
	enum csaf_area  area = d->area;
	size_t i = 0;

	if (!match(d, &m, k)) {
		d->full = true;
		return;
	}
	for (JSON_ITEMS(x, lists.v[OLD])) {
		struct place in = { at, { STR_NONE, STR_NONE }, { i, m.to[OLD][i] - 1 } };

		d->area = area_of(d, k, m.to[OLD][i] != 0);
		if (m.to[OLD][i])
			both(d, &in, k, (struct pair){ { x, json_at(lists.v[NEW], m.to[OLD][i] - 1) } });
		else
			alone(d, &in, k, OLD, x);
		d->area = area;
		i++;
	}
	i = 0;
	for (JSON_ITEMS(x, lists.v[NEW])) {
		struct place in = { at, { STR_NONE, STR_NONE }, { i, i } };

		d->area = area_of(d, k, false);
		if (!m.to[NEW][i])
			alone(d, &in, k, NEW, x);
		d->area = area;
		i++;
	}
}
