/* Statuses, scores and the products of items, by product. */
#include "standards/csaf/csaf_diff_part.h"

#include <stdlib.h>

#include "base/list.h"
#include "platform/json/json_out.h"

/* ---- sets of products ---- */

void diff_bits_clear(struct diff *d)
{
	for (uint32_t i = 0; i < d->touches; i++)
		d->bits[OLD][d->touched[i]] = d->bits[NEW][d->touched[i]] = 0;
	d->touches = 0;
}

void diff_bits_add(struct diff *d, int side, uint32_t joint, uint32_t bits)
{
	if (joint == NO_PRODUCT)
		return;
	if (!d->bits[OLD][joint] && !d->bits[NEW][joint])
		d->touched[d->touches++] = joint;
	d->bits[side][joint] |= bits;
}

static void add_ids(struct diff *d, int side, const struct json *ids, uint32_t bits)
{
	for (JSON_ITEMS(x, ids))
		diff_bits_add(d, side, diff_joint(d, side, json_str(x)), bits);
}

bool diff_bits_scope(struct diff *d, int side, const struct json *item, uint32_t bits)
{
	const struct review *r = &d->side[side];

	add_ids(d, side, json_get(item, S("product_ids")), bits);
	for (JSON_ITEMS(g, json_get(item, S("group_ids")))) {
		uint32_t at = id_find(&r->group_ids, json_str(g));
		size_t   n  = at == UINT32_MAX ? 0 : json_count(r->group[at]);

		if (n > d->budget) {
			d->budget = 0;
			return false;
		}
		d->budget -= n;
		if (n)
			add_ids(d, side, r->group[at], bits);
	}
	return true;
}

uint64_t diff_scope_hash(const struct diff *d, int side, const struct json *item)
{
	uint64_t sum = 0;

	for (JSON_ITEMS(x, json_get(item, S("product_ids"))))
		sum += (uint64_t)(diff_joint(d, side, json_str(x)) + 1u) * 0x9e3779b97f4a7c15u ^ 0x517cc1b727220a95u;
	for (JSON_ITEMS(g, json_get(item, S("group_ids"))))
		sum += str_hash(json_str(g)) * 0xc2b2ae3d27d4eb4fu;
	return sum;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* The products of which test is true, in order; NULL with *n 0: none, or no memory (full is set). */
static uint32_t *collect(struct diff *d, bool (*test)(uint32_t was, uint32_t is), size_t *n)
{
	uint32_t *v = arena_alloc(d->c->arena, (d->touches + 1) * sizeof(*v));

	*n = 0;
	if (!v) {
		d->full = true;
		return NULL;
	}
	for (uint32_t i = 0; i < d->touches; i++)
		if (test(d->bits[OLD][d->touched[i]], d->bits[NEW][d->touched[i]]))
			v[(*n)++] = d->touched[i];
	if (*n)
		qsort(v, *n, sizeof(*v), by_number);
	return v;
}

static bool is_any(uint32_t was, uint32_t is)  { return was || is; }
static bool is_lost(uint32_t was, uint32_t is) { return was && !is; }
static bool is_won(uint32_t was, uint32_t is)  { return !was && is; }

void diff_scope_name(struct diff *d, struct csaf_change *x, int side, const struct json *item)
{
	uint32_t *v;
	size_t    n;

	if (!json_get(item, S("product_ids")) && !json_get(item, S("group_ids")))
		return;
	if (diff_bits_scope(d, side, item, 1) && (v = collect(d, is_any, &n)))
		diff_name_products(d, x, v, n);
	diff_bits_clear(d);
}

static void scope_note(struct diff *d, const struct place *at, str label, enum csaf_change_kind kind,
                       bool (*test)(uint32_t was, uint32_t is))
{
	size_t    n;
	uint32_t *v = collect(d, test, &n);
	struct csaf_change *x;

	if (n == 0)
		return;
	x = diff_note_words(d, at, kind, STR_NONE, STR_NONE, d->area == AREA_GROUP ? BUMP_MAJOR : BUMP_MINOR);
	if (!x)
		return;
	x->label = label;
	diff_name_products(d, x, v, n);
}

void diff_scopes(struct diff *d, const struct place *at, str label, struct pair items)
{
	struct place in = { at, { S("product_ids"), S("product_ids") }, { 0, 0 } };

	if (diff_scope_hash(d, OLD, items.v[OLD]) == diff_scope_hash(d, NEW, items.v[NEW]))
		return;
	if (diff_bits_scope(d, OLD, items.v[OLD], 1) && diff_bits_scope(d, NEW, items.v[NEW], 1)) {
		scope_note(d, &in, label, CHANGE_REMOVED, is_lost);
		scope_note(d, &in, label, CHANGE_ADDED, is_won);
	} else {
		/* Too many to work out: the lists themselves. */
		struct csaf_change *x = diff_note_words(d, &in, CHANGE_CHANGED, STR_NONE, STR_NONE,
		                                        d->area == AREA_GROUP ? BUMP_MAJOR : BUMP_MINOR);

		if (x)
			x->label = label;
	}
	diff_bits_clear(d);
}

/* ---- statuses ---- */

enum { AFFECTED = 1, CLEARED = 2 };   /* rule 7: any change counts; only going counts */

static const struct status { const char *name; int weighs; } statuses[] = {
	{ "first_affected", AFFECTED }, { "known_affected", AFFECTED }, { "last_affected", AFFECTED },
	{ "first_fixed", CLEARED }, { "fixed", CLEARED }, { "known_not_affected", CLEARED },
	{ "recommended", 0 }, { "under_investigation", 0 }, { "unknown", 0 },
};
enum { STATUSES = sizeof(statuses) / sizeof(*statuses) };

static void status_add(struct diff *d, int side, const struct json *status)
{
	for (int i = 0; i < STATUSES; i++)
		add_ids(d, side, json_get(status, str_of(statuses[i].name)), 1u << i);
}

/* meets CSAF-2.0 3.1.11.2, CSAF-2.1 3.1.11.2: rule 7 */
static enum csaf_bump status_weight(uint32_t was, uint32_t is)
{
	for (int i = 0; i < STATUSES; i++) {
		bool before = was >> i & 1, after = is >> i & 1;

		if (before != after && (statuses[i].weighs == AFFECTED || (statuses[i].weighs == CLEARED && before)))
			return BUMP_MAJOR;
	}
	return BUMP_MINOR;
}

static str status_words(struct diff *d, uint32_t bits)
{
	struct buf b;

	buf_init(&b, d->c->arena, 400);
	for (int i = 0; i < STATUSES; i++) {
		if (!(bits >> i & 1))
			continue;
		if (b.n)
			buf_add(&b, S(", "));
		buf_add(&b, str_of(statuses[i].name));
	}
	return bits ? buf_str(&b) : STR_NONE;
}

struct moved { uint32_t was, is, joint; };

static int by_move(const void *a, const void *b)
{
	const struct moved *x = a, *y = b;

	if (x->was != y->was)
		return x->was < y->was ? -1 : 1;
	if (x->is != y->is)
		return x->is < y->is ? -1 : 1;
	return x->joint < y->joint ? -1 : x->joint > y->joint;
}

/* What became of products that stand one after the other in an array, `stride` bytes apart; none is not there. */
struct fate { str was, is; bool from, to; enum csaf_bump weight; };

static struct csaf_change *fate_note(struct diff *d, const struct place *at, const struct fate *f, const void *first, size_t stride, size_t n)
{
	uint32_t *joint = arena_alloc(d->c->arena, n * sizeof(*joint));
	enum csaf_change_kind kind = !f->from ? CHANGE_ADDED : !f->to ? CHANGE_REMOVED : CHANGE_CHANGED;
	struct csaf_change *x;

	if (!joint) {
		d->full = true;
		return NULL;
	}
	for (size_t i = 0; i < n; i++)
		memcpy(&joint[i], (const char *)first + i * stride, sizeof(*joint));
	x = diff_note_words(d, at, kind, f->was, f->is, f->weight);
	if (x)
		diff_name_products(d, x, joint, n);
	return x;
}

/* One change for all products that moved alike. */
static void moved_note(struct diff *d, const struct place *at, const struct moved *v, size_t n)
{
	struct fate f = { status_words(d, v->was), status_words(d, v->is), v->was, v->is, status_weight(v->was, v->is) };

	(void)fate_note(d, at, &f, &v->joint, sizeof(*v), n);
}

void diff_statuses(struct diff *d, const struct place *at, struct pair status)
{
	enum csaf_area area = d->area;
	struct moved *v;
	size_t n = 0;

	for (int s = OLD; s <= NEW; s++)
		status_add(d, s, status.v[s]);
	v = arena_alloc(d->c->arena, (d->touches + 1) * sizeof(*v));
	if (!v) {
		d->full = true;
		return;
	}
	for (uint32_t i = 0; i < d->touches; i++) {
		uint32_t joint = d->touched[i], was = d->bits[OLD][joint], is = d->bits[NEW][joint];

		if (was != is)
			v[n++] = (struct moved){ was, is, joint };
	}
	diff_bits_clear(d);
	if (n)
		qsort(v, n, sizeof(*v), by_move);
	d->area = AREA_STATUS;
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && v[to].was == v[from].was && v[to].is == v[from].is;)
			to++;
		moved_note(d, at, v + from, to - from);
	}
	d->area = area;
}

/* ---- scores ---- */

struct metric { uint32_t kind, value; };                 /* numbers of the tables below */
struct scored { uint32_t joint, kind, value[2]; };       /* value + 1, 0: none */

struct scores {
	struct id_map kinds, values;
	struct { str *v; size_t n, cap, max; } kind_names, value_words;
	struct { struct scored *v; size_t n, cap, max; } rows[2];
};

/* A CVSS object is its vector and what is shown of it; all else its canonical text. */
static str value_key(struct diff *d, str name, const struct json *v, str *words)
{
	str    vector = json_get_str(v, S("vectorString")), severity = json_get_str(v, S("baseSeverity"));
	double score;
	struct buf b;

	buf_init(&b, d->c->arena, (size_t)64 << 20);
	if (str_starts(name, S("cvss")) && vector.p) {
		if (json_double(json_get(v, S("baseScore")), &score))
			buf_fmt(&b, "%.1f ", score);
		buf_add(&b, utf8_cut(severity, 20));
		buf_add(&b, severity.n ? S(" ") : S(""));
		buf_add(&b, vector);
		*words = utf8_cut(buf_str(&b), 300);
		return buf_str(&b);
	}
	json_print(&b, v, JSON_CANONICAL);
	*words = json_is(v, JSON_STRING) ? utf8_cut(json_str(v), 300) : utf8_cut(buf_str(&b), 300);
	return buf_str(&b);
}

static bool known_number(struct diff *d, struct id_map *m, str key, uint32_t *out)
{
	*out = id_add(d->c->arena, m, key);
	d->full |= *out == UINT32_MAX;
	return !d->full;
}

#define WORDS_ADD(d, list, number, words) do { \
	if ((number) == (list)->n && !list_push((d)->c->arena, (list), (words))) \
		(d)->full = true; \
	} while (0)

static void score_add(struct diff *d, struct scores *s, int side, const struct json *products, str name, str source,
                      const struct json *value)
{
	str words, key = value_key(d, name, value, &words);
	struct metric m;

	if (!known_number(d, &s->kinds, STR_CAT(d->c->arena, name, S("\n"), source), &m.kind) ||
	    !known_number(d, &s->values, key, &m.value))
		return;
	WORDS_ADD(d, &s->kind_names, m.kind, source.n ? STR_CAT(d->c->arena, name, S(", "), utf8_cut(source, 200)) : name);
	WORDS_ADD(d, &s->value_words, m.value, words);
	for (JSON_ITEMS(x, products)) {
		struct scored row = { diff_joint(d, side, json_str(x)), m.kind, { 0, 0 } };

		row.value[side] = m.value + 1;
		if (row.joint != NO_PRODUCT && !list_push(d->c->arena, &s->rows[side], row))
			d->full = true;
	}
}

/* 2.0: the score itself; 2.1: its content. */
static void scores_add(struct diff *d, struct scores *s, int side, const struct json *list)
{
	for (JSON_ITEMS(x, list)) {
		const struct json *content = json_get(x, S("content"));
		str source = json_get_str(x, S("source"));

		for (JSON_MEMBERS(m, content ? content : x))
			if (!is_scope(json_key(m)) && !d->full)
				score_add(d, s, side, json_get(x, S("products")), json_key(m), source.p ? source : S(""), &m->value);
	}
}

static int by_product(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;
	uint32_t vx = x->value[OLD] + x->value[NEW], vy = y->value[OLD] + y->value[NEW];

	if (x->joint != y->joint)
		return x->joint < y->joint ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return vx < vy ? -1 : vx > vy;
}

static int by_change(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	for (int s = OLD; s <= NEW; s++)
		if (x->value[s] != y->value[s])
			return x->value[s] < y->value[s] ? -1 : 1;
	return x->joint < y->joint ? -1 : x->joint > y->joint;
}

/* Same product and kind of score? By order: -1, 0, 1. */
static int same_kind(const struct scored *x, const struct scored *y)
{
	if (x->joint != y->joint)
		return x->joint < y->joint ? -1 : 1;
	return x->kind < y->kind ? -1 : x->kind > y->kind;
}

static size_t without_twins(struct scored *v, size_t n)
{
	size_t kept = 0;

	if (n)
		qsort(v, n, sizeof(*v), by_product);
	for (size_t i = 0; i < n; i++)
		if (!kept || by_product(&v[kept - 1], &v[i]) != 0)
			v[kept++] = v[i];
	return kept;
}

/* Of one product and kind: each that goes with one that comes. */
static void scores_pair(struct scored *v, size_t n)
{
	for (size_t i = 0, j = 0; i < n; i++) {
		if (!v[i].value[OLD])
			continue;
		while (j < n && (v[j].value[OLD] || !v[j].value[NEW]))
			j++;
		if (j == n)
			return;
		v[i].value[NEW] = v[j].value[NEW];
		v[j++].kind = UINT32_MAX;
	}
}

/* Rows of both sides, sorted: what is in both goes, what is left of one kind is paired. */
static size_t scores_merge(struct scored *out, const struct scored *was, size_t n, const struct scored *is, size_t m)
{
	size_t kept = 0;

	for (size_t i = 0, j = 0; i < n || j < m;) {
		int order = i == n ? 1 : j == m ? -1 : by_product(&was[i], &is[j]);

		if (order == 0)
			i++, j++;
		else
			out[kept++] = order < 0 ? was[i++] : is[j++];
	}
	for (size_t from = 0, to; from < kept; from = to) {
		for (to = from + 1; to < kept && same_kind(&out[from], &out[to]) == 0;)
			to++;
		scores_pair(out + from, to - from);
	}
	return kept;
}

static void scored_note(struct diff *d, const struct place *at, const struct scores *s, const struct scored *v, size_t n)
{
	struct fate f = { v->value[OLD] ? s->value_words.v[v->value[OLD] - 1] : STR_NONE,
	                  v->value[NEW] ? s->value_words.v[v->value[NEW] - 1] : STR_NONE, v->value[OLD], v->value[NEW], BUMP_MINOR };
	struct csaf_change *x = fate_note(d, at, &f, &v->joint, sizeof(*v), n);

	if (x)
		x->label = s->kind_names.v[v->kind];
}

void diff_scores(struct diff *d, const struct place *at, struct pair lists)
{
	enum csaf_area area = d->area;
	struct scores  s = { .kind_names.max = UINT32_MAX / 64, .value_words.max = UINT32_MAX / 64,
	                     .rows = { { .max = UINT32_MAX / 64 }, { .max = UINT32_MAX / 64 } } };
	struct scored *v;
	size_t n;

	for (int side = OLD; side <= NEW; side++) {
		scores_add(d, &s, side, lists.v[side]);
		s.rows[side].n = without_twins(s.rows[side].v, s.rows[side].n);
	}
	v = arena_alloc(d->c->arena, (s.rows[OLD].n + s.rows[NEW].n + 1) * sizeof(*v));
	if (!v || d->full) {
		d->full = true;
		return;
	}
	n = scores_merge(v, s.rows[OLD].v, s.rows[OLD].n, s.rows[NEW].v, s.rows[NEW].n);
	if (n)
		qsort(v, n, sizeof(*v), by_change);
	d->area = AREA_SCORE;
	for (size_t from = 0, to; from < n && v[from].kind != UINT32_MAX; from = to) {
		for (to = from + 1; to < n && v[to].kind == v[from].kind && v[to].value[OLD] == v[from].value[OLD] &&
		                    v[to].value[NEW] == v[from].value[NEW];)
			to++;
		scored_note(d, at, &s, v + from, to - from);
	}
	d->area = area;
}
