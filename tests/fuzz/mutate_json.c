#include "tests/fuzz/mutate.h"

#include "platform/json/json_out.h"

/* How a value is changed, and which: the number of it in the order of the text. */
enum twist { EXCHANGE, DROP, DOUBLE, RENAME, REPEAT, TWISTS };

struct twisting {
	struct mutator    *m;
	struct arena      *a;
	struct json_out    o;
	enum twist         how;
	size_t             at, seen;
	const struct json *in;      /* to be put in its place */
};

enum { REPEATS = 40 };

static size_t values_count(const struct json *v)
{
	size_t n = 1;

	for (JSON_ITEMS(x, v))
		n += values_count(x);
	for (JSON_MEMBERS(k, v))
		n += values_count(&k->value);
	return n;
}

/* The i-th value of the tree; *i ends at 0 there. */
static const struct json *value_find(const struct json *v, size_t *i)
{
	const struct json *found;

	if (*i == 0)
		return v;
	for (JSON_ITEMS(x, v)) {
		--*i;
		if ((found = value_find(x, i)))
			return found;
	}
	for (JSON_MEMBERS(k, v)) {
		--*i;
		if ((found = value_find(&k->value, i)))
			return found;
	}
	return NULL;
}

static void put_plain(struct twisting *t)
{
	static const str odd[] = {
		S_INIT("null"), S_INIT("true"), S_INIT("[]"), S_INIT("{}"), S_INIT("\"\""), S_INIT("0"), S_INIT("-1"), S_INIT("1.50"), S_INIT("1e400"), S_INIT("9223372036854775808"),
		S_INIT("[[]]"), S_INIT("\"\\u0000\""), S_INIT("\"\xE8\x84\x86\xE5\xBC\xB1\xE6\x80\xA7\""), S_INIT("[null]"), S_INIT("\"9999-12-31T23:59:60Z\""),
	};

	json_out_raw(&t->o, odd[mutate_pick(t->m, sizeof(odd) / sizeof(*odd))]);
}

static void put_other(struct twisting *t)
{
	if (t->in && mutate_pick(t->m, 4))
		json_out_tree(&t->o, t->in);
	else if (t->m->words.n && mutate_pick(t->m, 2) && utf8_check(t->m->words.v[t->at % t->m->words.n], NULL))
		json_out_str(&t->o, t->m->words.v[t->at % t->m->words.n]);
	else
		put_plain(t);
}

static void put(struct twisting *t, const struct json *v);

static void put_item(struct twisting *t, const struct json *x)
{
	bool   here = t->seen + 1 == t->at;
	size_t n    = here && t->how == DROP ? 0 : here && t->how == DOUBLE ? 2 : here && t->how == REPEAT ? REPEATS : 1;

	if (here && t->how != EXCHANGE) {
		t->seen += values_count(x);
		for (size_t i = 0; i < n; i++)
			json_out_tree(&t->o, x);
		return;
	}
	put(t, x);
}

static void put_member(struct twisting *t, const struct json_member *k)
{
	bool here = t->seen + 1 == t->at;
	str  word = t->m->words.n ? t->m->words.v[mutate_pick(t->m, t->m->words.n)] : S("a");

	if (here && t->how == DROP) {
		t->seen += values_count(&k->value);
		return;
	}
	if (here && t->how == RENAME && utf8_check(word, NULL)) {
		json_out_key(&t->o, word);
	} else {
		json_out_key(&t->o, json_key(k));
	}
	put(t, &k->value);
	if (here && (t->how == DOUBLE || t->how == REPEAT) && utf8_check(word, NULL)) {
		json_out_key(&t->o, word);
		put_other(t);
	}
}

static void put(struct twisting *t, const struct json *v)
{
	t->seen++;
	if (t->seen == t->at && t->how == EXCHANGE) {
		t->seen += values_count(v) - 1;
		put_other(t);
		return;
	}
	if (json_is(v, JSON_ARRAY)) {
		json_open_array(&t->o);
		for (JSON_ITEMS(x, v))
			put_item(t, x);
		json_close(&t->o);
	} else if (json_is(v, JSON_OBJECT)) {
		json_open_object(&t->o);
		for (JSON_MEMBERS(k, v))
			put_member(t, k);
		json_close(&t->o);
	} else {
		json_out_tree(&t->o, v);
	}
}

str mutate_json(struct mutator *m, struct arena *a, str from, str other)
{
	static const struct json_limits small = { .bytes = 1 << 20, .depth = 100, .members = 10000, .string = 1 << 20 };
	const struct json *v, *w = NULL;
	struct twisting    t = { .m = m, .a = a };
	struct ctx         c;
	struct buf         b;
	size_t             i;

	ctx_init(&c, a);
	if (!json_parse(&c, from, &small, &v))
		return STR_NONE;
	if (mutate_pick(m, 2) || !json_parse(&c, other, &small, &w))
		w = v;
	i    = mutate_pick(m, values_count(w));
	t.in = value_find(w, &i);
	t.how = (enum twist)mutate_pick(m, TWISTS);
	t.at  = 1 + mutate_pick(m, values_count(v));
	buf_init(&b, a, m->max + 1);
	json_out_init(&t.o, &b, JSON_COMPACT);
	put(&t, v);
	return b.full ? STR_NONE : buf_str(&b);
}
