#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "platform/json/json_out.h"
#include "platform/json/json_pull.h"
#include "platform/json/schema.h"

/* Small enough to be met. */
static const struct json_limits limits = { .bytes = 60000, .depth = 60, .members = 2000, .string = 4000 };

static str printed(struct ctx *c, const struct json *v, enum json_form form)
{
	struct buf b;

	buf_init(&b, c->arena, 16 << 20);
	json_print(&b, v, form);
	HOLDS(!b.full);
	return buf_str(&b);
}

/* What was printed reads as the same value, and prints as the same text. */
static void run_tree(struct ctx *c, str bytes)
{
	const struct json *v, *w;
	long line, column;
	str  text;

	if (!json_parse(c, bytes, &limits, &v)) {
		HOLDS(c->fault.code == E_SYNTAX || c->fault.code == E_LIMIT);
		HOLDS(c->fault.line >= 1 && c->fault.column >= 1);
		return;
	}
	HOLDS(utf8_check(bytes, NULL));
	for (enum json_form form = JSON_COMPACT; form <= JSON_CANONICAL; form++) {
		text = printed(c, v, form);
		HOLDS(json_parse(c, text, NULL, &w));
		HOLDS(json_cmp(v, w) == 0 && json_cmp(w, v) == 0 && json_hash(v) == json_hash(w));
		HOLDS(str_eq(printed(c, w, form), text));
	}
	HOLDS(json_locate(c, bytes, S(""), &line, &column) && line >= 1 && column >= 1);
	for (JSON_MEMBERS(m, v)) {
		struct buf b;

		HOLDS(json_get(v, json_key(m)) == &m->value);
		buf_init(&b, c->arena, 1 << 20);
		json_pointer_key(&b, json_key(m));
		HOLDS(json_point(v, buf_str(&b)) == &m->value);
		/* places behind very long keys are told by what holds them */
		HOLDS(b.n > 200 || json_locate(c, bytes, buf_str(&b), &line, &column));
		break;
	}
	for (JSON_ITEMS(x, v)) {
		HOLDS((json_cmp(x, v->item) == 0) == (json_cmp(v->item, x) == 0));
		if (json_cmp(x, v->item) == 0)
			HOLDS(json_hash(x) == json_hash(v->item));
	}
}

struct portions { str rest; uint64_t state; };

static bool portion(UNUSED struct ctx *c, void *from, char *p, size_t n, size_t *got)
{
	struct portions *s = from;

	s->state = s->state * 6364136223846793005u + 1442695040888963407u;
	*got = 1 + (s->state >> 40) % 40;
	*got = *got > n ? n : *got;
	*got = *got > s->rest.n ? s->rest.n : *got;
	if (*got)
		memcpy(p, s->rest.p, *got);
	s->rest = str_slice(s->rest, *got, s->rest.n);
	return true;
}

/* The pull reader, in pieces, says what the tree says. */
static void run_pull(struct ctx *c, str bytes)
{
	struct portions    s = { bytes, bytes.n };
	struct json_event  ev = { .kind = JSON_NULL };
	struct json_pull  *p = json_pull_open(c, &limits, portion, &s);
	const struct json *v, *w;
	bool               read = json_parse(c, bytes, &limits, &v), ok;

	HOLDS(p);
	while ((ok = json_next(p, &ev)) && ev.kind != JSON_END)
		;
	HOLDS(ok == read);
	s = (struct portions){ bytes, bytes.n + 1 };
	p = json_pull_open(c, &limits, portion, &s);
	ok = json_pull_tree(p, &w) && json_next(p, &ev) && ev.kind == JSON_END;
	HOLDS(ok == read);
	if (ok)
		HOLDS(json_cmp(v, w) == 0);
	p  = json_pull_text(c, &limits, bytes);
	ok = json_skip(p) && json_next(p, &ev) && ev.kind == JSON_END;
	HOLDS(!read || ok);
}

/* {"schema": …, "value": …}, or [schema, value]. */
static void run_schema(struct ctx *c, str bytes)
{
	const struct json    *v, *schema, *value;
	const struct schema  *s;
	struct schema_errors *errors = NEW(c->arena, struct schema_errors);
	str  text;
	bool good;

	if (!json_parse(c, bytes, &limits, &v))
		return;
	schema = json_is(v, JSON_ARRAY) ? json_at(v, 0) : json_get(v, S("schema"));
	value  = json_is(v, JSON_ARRAY) ? json_at(v, 1) : json_get(v, S("value"));
	if (!schema || !value)
		return;
	text = printed(c, schema, JSON_COMPACT);
	if (!schema_compile(c, &text, 1, &s))
		return;
	good = schema_check(s, c, value, errors);
	HOLDS(good == (errors->all == 0));
	HOLDS(good == schema_check(s, c, value, NULL));
	for (size_t i = 0; i < errors->n; i++)
		HOLDS(json_point(value, errors->v[i].pointer));
}

/* A format and a text, a line each. */
static void run_format(UNUSED struct ctx *c, str bytes)
{
	str name;

	if (str_cut(&bytes, '\n', &name) && utf8_check(bytes, NULL))
		(void)format_check(name, bytes);
}

static const struct fuzz_target targets[] = {
	{ .name = "json", .run = run_tree, .json = true },
	{ .name = "pull", .run = run_pull, .json = true, .more = "json" },
	{ .name = "schema", .run = run_schema, .json = true },
	{ .name = "format", .run = run_format, .max = 512 },
};

const struct fuzz_table fuzz_json = { targets, sizeof(targets) / sizeof(*targets) };
