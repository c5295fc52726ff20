#include "doors/api/toolbox.h"

#include "base/buf.h"
#include "doors/cage/cell.h"
#include "platform/json/json_out.h"

static const char *const results[] = { "sound", "unsound", "usage", "unreadable", "warned" };

bool is_tool_path(str path)
{
	return str_starts(path, S("/tool/"));
}

/* "csaf-check" is the tool "csaf check". */
static str tool_name(struct ctx *c, str path)
{
	char *name = cstr(c->arena, str_slice(path, 6, path.n));

	for (char *p = name; *p; p++)
		if (*p == '-')
			*p = ' ';
	return str_of(name);
}

static bool words_take(struct ask *q, str body, str *words, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < q->r->query.n; i++) {
		const struct field *f = &q->r->query.v[i];
		if (!str_eq(f->name, S("arg")))
			continue;
		if (*n + 1 == TOOL_WORDS)
			return fault(q->c, E_LIMIT, "arg", NULL);
		words[(*n)++] = f->value;
	}
	if (body.n)
		words[(*n)++] = S("-");
	return true;
}

static void result_print(struct buf *b, str name, const struct tool_result *r)
{
	struct json_out o;

	json_out_init(&o, b, JSON_PRETTY);
	json_open_object(&o);
	json_put_str(&o, "tool", name);
	json_put_int(&o, "exit", r->status);
	json_put_str(&o, "result", str_of(r->status >= 0 && r->status < 5 ? results[r->status] : "failed"));
	json_put_str(&o, "output", r->out);
	json_put_str(&o, "errors", r->err);
	json_close(&o);
}

bool toolbox_answer(struct ask *q, str path)
{
	struct ctx         *c    = q->c;
	const struct wires *w    = front_of(c)->wires;
	str                 name = tool_name(c, path), body, words[TOOL_WORDS + 1];
	struct tool_result  r;
	struct buf          b;
	size_t              n;

	if (q->who.id.n == 0)
		return fault(c, E_AUTH, NULL, NULL);
	if (q->r->form.n)
		return fault(c, E_TYPE, NULL, N_("Send the document itself, for example as application/json or application/octet-stream."));
	TRY(request_body(c, q->r, TOOL_BYTES, &body));
	TRY(words_take(q, body, words, &n));
	TRY(cell_tool(c, w ? w->cage : -1, name, words, n, body, &r));
	buf_init(&b, c->arena, 2 * TOOL_ANSWER);
	result_print(&b, name, &r);
	q->out->status = 200;
	q->out->type   = S("application/json");
	q->out->body   = buf_str(&b);
	return !b.full || fault(c, E_LIMIT, NULL, NULL);
}
