#include "doors/cage/cell.h"

#include "doors/lector/proofreader.h"
#include "doors/serve/services.h"
#include "platform/cage/cage.h"
#include "platform/cage/parcel.h"
#include "platform/op/tool.h"

/* ---- in the cage ---- */

static const struct tool *tool_named(str name)
{
	for (size_t i = 0; services[i]; i++)
		for (const struct tool *t = services[i]->tools; t && t->name; t++)
			if (!t->terminal && str_eq(str_of(t->name), name))
				return t;
	return NULL;
}

/* What a tool finds in the cage, but for its document: a dictionary, which was opened before the walls stood. */
static const struct front inside = { .lector = &lector_settled };

static bool tool_task(struct ctx *c, str in, struct buf *out)
{
	const struct tool *t;
	struct buf         said, err;
	char              *argv[TOOL_WORDS + 1] = { 0 };
	int64_t            n;
	int                status;
	str                name, word;

	if (!parcel_take_str(&in, &name) || !parcel_take_int(&in, &n) || n < 0 || n > TOOL_WORDS || !(t = tool_named(name)))
		return fault(c, E_INTERNAL, NULL, NULL);
	for (int64_t i = 0; i < n; i++) {
		if (!parcel_take_str(&in, &word))
			return fault(c, E_INTERNAL, NULL, NULL);
		argv[i] = cstr(c->arena, word);
	}
	c->front = &inside;
	tool_source(in);
	buf_init(&said, c->arena, TOOL_ANSWER);
	buf_init(&err, c->arena, 1 << 16);
	status = t->run(c, (int)n, argv, &said, &err);
	if (said.full)
		return fault(c, E_LIMIT, NULL, N_("The answer is longer than is allowed."));
	parcel_int(out, status);
	parcel_str(out, buf_str(&said));
	parcel_str(out, buf_str(&err));
	return true;
}

static const struct cage_task tasks[] = { { "tool", tool_task }, { 0 } };

int cell_run(int channel, void *arg)
{
	(void)arg;
	lector_settle(S("en"));   /* of the languages of an advisory the one that has a dictionary */
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
	parcel_str(&b, name);
	parcel_int(&b, (int64_t)n);
	for (size_t i = 0; i < n; i++)
		parcel_str(&b, words[i]);
	buf_add(&b, body);
	if (b.full)
		return fault(c, E_LIMIT, NULL, N_("At most {1} bytes are accepted."), str_fmt(c->arena, "%d", TOOL_BYTES));
	l.out_max = TOOL_ANSWER + (1 << 17);
	TRY(cage_run(c, channel, "tool", buf_str(&b), &l, &answer));
	if (!parcel_take_int(&answer, &status) || !parcel_take_str(&answer, &out->out) || !parcel_take_str(&answer, &out->err))
		return fault(c, E_INTERNAL, NULL, NULL);
	if (!utf8_check(out->out, NULL) || !utf8_check(out->err, NULL))
		return fault(c, E_INVALID, NULL, N_("The answer of the tool is not UTF-8."));
	out->status = (int)status;
	return true;
}

bool cell_for(struct ctx *c, str name, str body, struct tool_answer *out)
{
	const struct wires *w = front_of(c)->wires;
	struct tool_result  r;

	TRY(cell_tool(c, w ? w->cage : -1, name, (str[]){ S("-") }, 1, body, &r));
	*out = (struct tool_answer){ r.status, r.out, r.err };
	return true;
}
