#include "doors/cage/cell.h"

#include "doors/serve/services.h"
#include "platform/cage/cage.h"
#include "platform/op/tool.h"

/* ---- numbers and texts in a row ---- */

static void put_int(struct buf *b, int64_t v)
{
	buf_add(b, (str){ (const char *)&v, sizeof(v) });
}

static void put(struct buf *b, str s)
{
	put_int(b, (int64_t)s.n);
	buf_add(b, s);
}

static bool take_int(str *rest, int64_t *v)
{
	if (rest->n < sizeof(*v))
		return false;
	memcpy(v, rest->p, sizeof(*v));
	*rest = str_slice(*rest, sizeof(*v), rest->n);
	return true;
}

static bool take(str *rest, str *out)
{
	int64_t n;

	if (!take_int(rest, &n) || n < 0 || (uint64_t)n > rest->n)
		return false;
	*out  = str_slice(*rest, 0, (size_t)n);
	*rest = str_slice(*rest, (size_t)n, rest->n);
	return true;
}

/* ---- in the cage ---- */

static const struct tool *tool_named(str name)
{
	for (size_t i = 0; services[i]; i++)
		for (const struct tool *t = services[i]->tools; t && t->name; t++)
			if (str_eq(str_of(t->name), name))
				return t;
	return NULL;
}

static bool tool_task(struct ctx *c, str in, struct buf *out)
{
	const struct tool *t;
	struct buf         said, err;
	char              *argv[TOOL_WORDS + 1] = { 0 };
	int64_t            n;
	int                status;
	str                name, word;

	if (!take(&in, &name) || !take_int(&in, &n) || n < 0 || n > TOOL_WORDS || !(t = tool_named(name)))
		return fault(c, E_INTERNAL, NULL, NULL);
	for (int64_t i = 0; i < n; i++) {
		if (!take(&in, &word))
			return fault(c, E_INTERNAL, NULL, NULL);
		argv[i] = cstr(c->arena, word);
	}
	tool_source(in);
	buf_init(&said, c->arena, TOOL_ANSWER);
	buf_init(&err, c->arena, 1 << 16);
	status = t->run(c, (int)n, argv, &said, &err);
	if (said.full)
		return fault(c, E_LIMIT, NULL, N_("The answer is longer than is allowed."));
	put_int(out, status);
	put(out, buf_str(&said));
	put(out, buf_str(&err));
	return true;
}

static const struct cage_task tasks[] = { { "tool", tool_task }, { 0 } };

int cell_run(int channel, void *arg)
{
	(void)arg;
	return cage_serve(channel, tasks, true);
}

/* ---- in main ---- */

bool cell_tool(struct ctx *c, int channel, str name, const str *words, size_t n, str body, struct tool_result *out)
{
	struct wire_limits l = cage_usual;
	struct buf         b;
	str                answer;
	int64_t            status;

	if (!tool_named(name))
		return fault(c, E_NOTFOUND, NULL, NULL);
	if (n > TOOL_WORDS)
		return fault(c, E_LIMIT, NULL, NULL);
	buf_init(&b, c->arena, (size_t)TOOL_BYTES + (1 << 16));
	put(&b, name);
	put_int(&b, (int64_t)n);
	for (size_t i = 0; i < n; i++)
		put(&b, words[i]);
	buf_add(&b, body);
	if (b.full)
		return fault(c, E_LIMIT, NULL, N_("At most {1} bytes are accepted."), str_fmt(c->arena, "%d", TOOL_BYTES));
	l.out_max = TOOL_ANSWER + (1 << 17);
	TRY(cage_run(c, channel, "tool", buf_str(&b), &l, &answer));
	if (!take_int(&answer, &status) || !take(&answer, &out->out) || !take(&answer, &out->err))
		return fault(c, E_INTERNAL, NULL, NULL);
	if (!utf8_check(out->out, NULL) || !utf8_check(out->err, NULL))
		return fault(c, E_INVALID, NULL, N_("The answer of the tool is not UTF-8."));
	out->status = (int)status;
	return true;
}
