#include "doors/api/api.h"

#include "base/buf.h"
#include "doors/api/openapi.h"
#include "doors/api/toolbox.h"
#include "doors/ask.h"
#include "platform/op/render.h"

enum { ANSWER_MAX = 64 << 20 };

void api_fault(struct ctx *c, struct response *out)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	render_problem(c, &b, &c->fault);
	out->status = fault_http(c->fault.code);
	out->type   = S("application/problem+json");
	out->body   = buf_str(&b);
	if (c->fault.code == E_AUTH)
		response_header(out, S("WWW-Authenticate"), S("Bearer"));
	if (fault_retryable(c->fault.code))
		response_header_set(out, S("Retry-After"), S("1"));
}

static bool answer(struct ask *q, const struct sheet *s, int status, bool outside)
{
	struct ctx *c      = q->c;
	str         format = field_value(&q->r->query, S("format"));
	struct buf  b;

	buf_init(&b, c->arena, ANSWER_MAX);
	q->out->status = status;
	if (s->refused)
		response_header(q->out, S("Psirt-Refused"), str_fmt(c->arena, "%lld", (long long)s->refused));
	if (s->raw.p) {
		ask_bytes(q, s, outside);
		response_header(q->out, S("Content-Disposition"), S("inline"));   /* a document, no rows: for the command line */
		return true;
	}
	if (str_eq(format, S("csv"))) {
		render_csv(c, &b, s);
		q->out->type = S("text/csv; charset=utf-8");
	} else {
		render_json(c, &b, s);
		q->out->type = S("application/json");
	}
	if (s->version)
		response_header(q->out, S("ETag"), str_fmt(c->arena, "\"%lld\"", (long long)s->version));
	q->out->body = buf_str(&b);
	return !b.full || fault(c, E_LIMIT, NULL, N_("The answer is too large; ask for less with a filter or page."));
}

/* If-Match: "7" gives the argument version, when the operation has one. */
static bool take_if_match(struct ask *q, const struct op *o, struct args *a)
{
	str tag = request_header(q->r, S("If-Match"));

	for (const struct arg *d = o->args; tag.n > 2 && d && d->name; d++)
		if (str_eq(str_of(d->name), S("version")) && !arg_given(a, "version"))
			return args_take(q->c, a, S("version"), str_slice(tag, 1, tag.n - 1), true);
	return true;
}

static bool run_op(struct ask *q, const struct op *o, const struct path_vars *vars)
{
	struct args  a;
	struct sheet s = { 0 };

	if (!q->may_write && q->who.id.n)
		return fault(q->c, E_FORBIDDEN, NULL, N_("This token may only read."));
	args_init(&a, o->args);
	TRY(ask_body(q, vars, &a));
	TRY(take_if_match(q, o, &a));
	TRY(op_call(q->c, o, &a, request_header(q->r, S("Idempotency-Key")), &s));
	return answer(q, &s, 200, false);
}

static bool run_view(struct ask *q, const struct view *v, const struct path_vars *vars)
{
	struct args  a;
	struct sheet s = { 0 };

	args_init(&a, v->args);
	TRY(ask_query(q, vars, &a));
	TRY(view_call(q->c, v, &a, &s));
	TRY(ask_export(q, v, &s, field_value(&q->r->query, S("format"))));
	return answer(q, &s, 200, v->outside);
}

bool api_answer(struct ctx *c, const struct request *r, str path, struct response *out)
{
	struct ask        *q = NEW(c->arena, struct ask);   /* its actor is asked for after the answer */
	struct path_vars   vars;
	const struct op   *o;
	const struct view *v;

	*q = (struct ask){ .c = c, .r = r, .out = out, .api = true };
	ask_language(q);
	TRY(ask_token(q));
	ask_language(q);
	if (str_eq(r->method, S("GET")) || str_eq(r->method, S("HEAD"))) {
		if (str_eq(path, S("/openapi.json"))) {
			out->type = S("application/json");
			out->body = openapi_text();
			return true;
		}
		v = view_route(front_of(c), path, &vars);
		return v ? run_view(q, v, &vars) : fault(c, E_NOTFOUND, NULL, NULL);
	}
	if (is_tool_path(path) && str_eq(r->method, S("POST")))
		return toolbox_answer(q, path);
	o = op_route(front_of(c), r->method, path, &vars);
	if (o)
		return run_op(q, o, &vars);
	return fault(c, E_NOTFOUND, NULL, NULL);
}
