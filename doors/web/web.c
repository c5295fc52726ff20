#include "doors/web/web.h"

#include "base/buf.h"
#include "doors/api/api.h"
#include "doors/api/toolbox.h"
#include "doors/cage/cell.h"
#include "doors/web/again.h"
#include "doors/web/asset.h"
#include "doors/web/go.h"
#include "doors/web/page.h"
#include "platform/http/target.h"
#include "platform/op/form.h"
#include "platform/op/render.h"
#include "platform/text/fold.h"
#include "platform/text/word.h"
#include "record/house_front.h"

static void secure(struct response *out)
{
	response_header_set(out, S("Content-Security-Policy"),
	                    S("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
	                      "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"));
	response_header_set(out, S("X-Content-Type-Options"), S("nosniff"));
	response_header_set(out, S("Referrer-Policy"), S("no-referrer"));
	response_header_set(out, S("Cross-Origin-Opener-Policy"), S("same-origin"));
	response_header_set(out, S("Cross-Origin-Resource-Policy"), S("same-origin"));
	response_header_set(out, S("Permissions-Policy"), S("camera=(), microphone=(), geolocation=()"));
	response_header_set(out, S("Cache-Control"), S("no-store"));
}

static bool is_api(str path)
{
	return str_starts(path, S("/api/v1/"));
}

static bool plain(struct response *out, int status, str text)
{
	out->status = status;
	out->type   = S("text/plain; charset=utf-8");
	out->body   = text;
	return true;
}

static bool redirect(struct ask *q, str to)
{
	response_header(q->out, S("Location"), to);
	return plain(q->out, 303, S(""));
}

/* A file of ours: bytes as they are, never run by a browser. */
static bool send_raw(struct ask *q, const struct sheet *s, bool outside)
{
	struct ctx *c = q->c;

	ask_bytes(q, s, outside);
	if (str_starts(q->r->path, S("/.well-known/"))) {   /* for programs in any page: CSAF 2.1 7.1.25 */
		response_header(q->out, S("Access-Control-Allow-Origin"), S("*"));
		response_header_set(q->out, S("Cross-Origin-Resource-Policy"), S("cross-origin"));
	}
	if (s->raw_name.n)   /* RFC 8187 3.2; what would turn "exe.jpg" round is written out */
		response_header(q->out, S("Content-Disposition"),
		                STR_CAT(c->arena, S("attachment; filename*=UTF-8''"), percent_encode(c->arena, text_visible(c->arena, s->raw_name, false))));
	return true;
}

/* ?format=json|csv of a page: the same view, another shape. */
static bool send_format(struct ask *q, const struct sheet *s, str format)
{
	struct buf b;

	buf_init(&b, q->c->arena, 64 << 20);
	if (str_eq(format, S("csv"))) {
		render_csv(q->c, &b, s);
		q->out->type = S("text/csv; charset=utf-8");
	} else {
		render_json(q->c, &b, s);
		q->out->type = S("application/json");
	}
	q->out->status = 200;
	q->out->body   = buf_str(&b);
	return !b.full || fault(q->c, E_LIMIT, NULL, N_("The answer is too large; ask for less with a filter or page."));
}

static bool show_view(struct ask *q, const struct view *v, const struct path_vars *vars, str secret,
                      int status)
{
	struct args  a;
	struct sheet s      = { 0 };
	str          format = field_value(&q->r->query, S("format"));

	args_init(&a, v->args);
	TRY(ask_query(q, vars, &a));
	TRY(view_call(q->c, v, &a, &s));
	if (s.next.n)
		return redirect(q, s.next);
	if (s.raw.p)
		return send_raw(q, &s, v->outside);
	if (format.n || !v->page)
		return ask_export(q, v, &s, format) && send_format(q, &s, format);
	return page_view(q, v, &s, secret, status);
}

/* A role needs a second factor that the session lacks: to where it is set up. */
static bool to_enrol(struct ask *q)
{
	return q->c->fault.code == E_FORBIDDEN && q->who.roles == ROLE_ENROL && redirect(q, S("/me/second"));
}

/* Nobody is signed in and the page needs somebody: to the door, and back. */
static bool to_login(struct ask *q)
{
	struct buf b;

	if (q->c->fault.code != E_AUTH || (q->who.id.n && !(q->who.roles & ROLE_FINDER)))
		return false;
	buf_init(&b, q->c->arena, 8192);
	buf_add(&b, S("/login?next="));
	for (size_t i = 0; i < q->r->path.n; i++) {
		char x = q->r->path.p[i];
		if (x == '/' || x == '-' || (x >= 'a' && x <= 'z') || (x >= '0' && x <= '9'))
			buf_char(&b, x);
	}
	return redirect(q, buf_str(&b));
}

static bool get_page(struct ask *q)
{
	struct path_vars   vars = { 0 };
	const struct view *v;
	str                path = q->r->path;

	if (str_eq(path, S("/")))
		return redirect(q, q->who.id.n && !(q->who.roles & ROLE_FINDER) ? S("/desk") : S("/advisories"));
	if (str_eq(path, S("/go")))
		return go_answer(q);
	v = view_route(front_of(q->c), path, &vars);
	if (!v)
		return fault(q->c, E_NOTFOUND, NULL, NULL);
	if (show_view(q, v, &vars, STR_NONE, 200))
		return true;
	return to_login(q) || to_enrol(q);
}

static void said_leave(struct ask *q, str said)
{
	struct buf b;

	if (said.n == 0)
		return;
	buf_init(&b, q->c->arena, 1000);
	buf_hex(&b, said.p, said.n < 400 ? said.n : 400);
	ask_plain_cookie(q, "said", buf_str(&b), 60);
}

/* The view that a path shows, opened after an operation (shows a secret once). */
static bool show_path(struct ask *q, str path, str secret)
{
	struct path_vars   vars = { 0 };
	struct request     r    = *q->r;
	const struct view *v    = view_route(front_of(q->c), path, &vars);

	r.query = (struct fields){ 0 };
	q->r    = &r;
	return v && v->page ? show_view(q, v, &vars, secret, 200) : fault(q->c, E_NOTFOUND, NULL, NULL);
}

/* The form again, with what was typed and the fault. */
static bool show_again(struct ask *q, const struct op *o, const struct args *a, const struct path_vars *vars)
{
	struct fault       why = q->c->fault;
	struct pending     p   = { o, a, &why, field_value(&q->r->form, S("_key")) };
	const struct view *v   = o->form ? view_find(front_of(q->c), str_of(o->form)) : NULL;
	struct path_vars   mine = *vars;
	int                status = fault_http(why.code);

	/* Of our own faults those that pass (503, 507), when the page can be made all the same. */
	if (!v || !v->page || (status >= 500 && status != 503 && status != 507) || why.code == E_NOTFOUND || why.code == E_AUTH ||
	    why.code == E_FORBIDDEN)
		return false;
	/* The view may have fewer variables than the operation: those it knows. */
	mine.n = 0;
	for (size_t i = 0; i < vars->n; i++)
		for (const struct arg *d = v->args; d && d->name; d++)
			if (str_eq(str_of(d->name), vars->v[i].name))
				mine.v[mine.n++] = vars->v[i];
	q->c->pending = &p;
	if (show_view(q, v, &mine, STR_NONE, status)) {
		if (fault_retryable(why.code))
			response_header_set(q->out, S("Retry-After"), S("1"));
		return true;
	}
	q->c->pending = NULL;
	q->c->fault   = why;
	return false;
}

static bool post_form(struct ask *q)
{
	struct path_vars vars = { 0 };
	struct sheet     s    = { 0 };
	struct args     *a    = NEW(q->c->arena, struct args);
	const struct op *o    = op_route(front_of(q->c), S("POST"), q->r->path, &vars);

	if (!o)
		return fault(q->c, E_NOTFOUND, NULL, NULL);
	TRY(ask_same_site(q));
	args_init(a, o->args);
	TRY(ask_body(q, &vars, a));
	if (!op_call(q->c, o, a, field_value(&q->r->form, S("_key")), &s))
		return show_again(q, o, a, &vars) || again_answer(q) || to_login(q);
	if (s.cookie.p) {
		ask_cookie(q, s.cookie);
		if (s.secret.n)
			TRY(ask_renew(q, s.cookie));
	}
	if (s.secret.n && s.next.n && (show_path(q, s.next, s.secret) || again_done(q, &s)))
		return true;
	if (s.raw.p)
		return send_raw(q, &s, false);
	said_leave(q, s.said);
	return redirect(q, s.next.n ? s.next : S("/"));
}

static bool route(struct ask *q, struct response *out)
{
	struct asset file;
	str          path = q->r->path;

	if (asset_find(path, &file)) {
		out->type = file.type;
		out->body = file.bytes;
		response_header_set(out, S("Cache-Control"), S("public, max-age=3600"));
		return true;
	}
	if (str_eq(path, S("/healthz")))
		return plain(out, 200, S("ok\n"));
	if (is_api(path))
		return api_answer(q->c, q->r, str_slice(path, 7, path.n), out);
	if (!ask_session(q)) {
		q->who      = (struct actor){ .id = S("") };
		q->c->actor = &q->who;
		ask_language(q);
		return again_answer(q);
	}
	ask_language(q);
	if (str_eq(q->r->method, S("GET")) || str_eq(q->r->method, S("HEAD")))
		return get_page(q);
	db_rollback(q->c);   /* what the session was read in: an operation begins its own */
	if (str_eq(q->r->method, S("POST")))
		return post_form(q);
	return fault(q->c, E_METHOD, NULL, NULL);
}

static bool route_work(struct ctx *c, void *arg)
{
	struct ask *q = NEW(c->arena, struct ask);   /* its actor is asked for after the answer */

	*q = *(struct ask *)arg;
	return route(q, q->out);
}

bool web_answer(struct ctx *c, const struct request *r, struct response *out, void *arg)
{
	struct ask q = { .c = c, .r = r, .out = out };
	bool       ok;

	c->front = house_front(c, arg);
	c->db    = front_of(c)->db;
	secure(out);
	ok = ctx_net(c, route_work, &q);
	db_rollback(c);   /* what was left in the middle */
	return ok;
}

static bool fault_work(struct ctx *c, void *arg)
{
	struct ask        *q = NEW(c->arena, struct ask);
	struct response   *out = ((struct ask *)arg)->out;
	int                status = out->status >= 400 ? out->status : fault_http(c->fault.code);
	struct fault       why = c->fault;

	*q = *(struct ask *)arg;
	secure(out);
	if (fault_retryable(why.code))
		response_header_set(out, S("Retry-After"), S("1"));
	if (is_api(q->r->path)) {
		api_fault(c, out);
		out->status = status;
		return true;
	}
	/* Who asked decides only the frame; a failing database must not hide the fault. */
	if (!ask_session(q))
		q->who = (struct actor){ .id = S("") };
	c->actor = &q->who;
	ask_language(q);
	c->fault = why;
	page_trouble(q, status);
	c->fault = why;
	return true;
}

void web_fault(struct ctx *c, const struct request *r, struct response *out, void *arg)
{
	struct ask q  = { .c = c, .r = r, .out = out };
	int        status = out->status >= 400 ? out->status : fault_http(c->fault.code);
	bool       ok;

	c->front = house_front(c, arg);
	c->db    = front_of(c)->db;
	ok = ctx_net(c, fault_work, &q);
	db_rollback(c);
	if (!ok)   /* no memory to say it well */
		(void)plain(out, status, str_of(fault_title(c->fault.code)));
}

size_t web_body_max(void *arg, str method, str path)
{
	const struct front *f = arg;
	struct path_vars    vars;
	const struct op    *o;

	if (is_api(path))
		path = str_slice(path, 7, path.n);
	if (is_tool_path(path))
		return TOOL_BYTES;
	o = op_route(f, method, path, &vars);
	return o && (o->flags & OP_FILES) ? (size_t)f->file_max * 4 + (1 << 20) : 1 << 20;
}
