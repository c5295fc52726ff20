/* openapi.json: OpenAPI 3.1 of /api/v1. */
#include "tools/reference/openapi.h"

/* "GET /a/:b" and "GET /a/:c" are one path in OpenAPI: the first spelling stands for both. */
struct route { str template, method; const struct op *op; const struct view *view; bool written; };
typedef LIST(struct route) routes;

static void entry_head(struct writer *w, const struct service *s, const char *name, const char *help, uint32_t allowed)
{
	struct buf b;

	json_put_str(w->o, "operationId", str_of(name));
	json_put_str(w->o, "summary", str_of(help));
	json_open(w->o, "tags", '[');
	json_out_str(w->o, str_of(s->number));
	json_close(w->o);
	buf_init(&b, w->c->arena, 1000);
	for (size_t i = 0; i < REFERENCE_ROLES; i++)
		if (reference_may(i, allowed))
			buf_fmt(&b, "%s%s", b.n ? ", " : "", reference_roles[i].name);
	json_put_str(w->o, "description", STR_CAT(w->c->arena, S("Open to: "), buf_str(&b), S(".")));
	json_open(w->o, "security", '[');
	if (allowed & MAY_ANYONE) {
		json_open(w->o, NULL, '{');
		json_close(w->o);
	}
	json_open(w->o, NULL, '{');
	json_open(w->o, "token", '[');
	json_close(w->o);
	json_close(w->o);
	json_close(w->o);
}

static void op_write(struct writer *w, const struct service *s, const struct route *x, const struct op *o)
{
	bool version = false;

	for (const struct arg *d = o->args; d && d->name; d++)
		version |= str_eq(str_of(d->name), S("version"));
	json_open(w->o, "post", '{');
	entry_head(w, s, o->name, o->help, o->may);
	json_open(w->o, "parameters", '[');
	path_parameters(w, x->template, o->path, o->args);
	if (o->flags & OP_ONCE)
		header_parameter(w, "Idempotency-Key", "The same key and body again answer the first result");
	if (version)
		header_parameter(w, "If-Match", "The version that is changed, as the ETag of the view gave it");
	json_close(w->o);
	body_write(w, o);
	json_open(w->o, "responses", '{');
	op_answer(w, o);
	fault_answers(w, true);
	json_close(w->o);
	json_close(w->o);
}

static void view_write(struct writer *w, const struct service *s, const struct route *x, const struct view *v)
{
	const struct seen *seen = seen_of(w->r, v);

	json_open(w->o, "get", '{');
	entry_head(w, s, v->name, v->help, v->may);
	json_open(w->o, "parameters", '[');
	path_parameters(w, x->template, v->path, v->args);
	query_parameters(w, v, !seen->raw_type.n);
	json_close(w->o);
	json_open(w->o, "responses", '{');
	view_answer(w, seen);
	fault_answers(w, false);
	json_close(w->o);
	json_close(w->o);
}

/* Are two templates one path, but for the names of their variables? */
static bool same_path(str a, str b)
{
	str p, q;

	for (;;) {
		bool x = str_cut(&a, '/', &p), y = str_cut(&b, '/', &q);
		if (!x || !y)
			return x == y;
		if (p.n && q.n && p.p[0] == '{' && q.p[0] == '{')
			continue;
		if (!str_eq(p, q))
			return false;
	}
}

static void route_add(struct writer *w, routes *list, const char *path, const struct op *o, const struct view *v)
{
	struct route x = { .op = o, .view = v };

	path_split(w->c, path, &x.method, &x.template);
	for (size_t i = 0; i < list->n; i++)
		if (same_path(list->v[i].template, x.template)) {
			x.template = list->v[i].template;
			break;
		}
	(void)list_push(w->c->arena, list, x);
}

static const struct service *owner(const struct front *f, const struct route *x)
{
	for (size_t i = 0; i < f->services_n; i++) {
		for (const struct op *o = f->services[i]->ops; o && o->name; o++)
			if (o == x->op)
				return f->services[i];
		for (const struct view *v = f->services[i]->views; v && v->name; v++)
			if (v == x->view)
				return f->services[i];
	}
	return NULL;
}

/* This document itself. */
static void self_write(struct writer *w)
{
	json_open(w->o, "/openapi.json", '{');
	json_open(w->o, "get", '{');
	json_put_str(w->o, "operationId", S("openapi"));
	json_put_str(w->o, "summary", S("This document"));
	json_open(w->o, "security", '[');
	json_out_raw(w->o, S("{}"));
	json_close(w->o);
	json_open(w->o, "responses", '{');
	json_out_key(w->o, S("200"));
	json_out_raw(w->o, S("{ \"description\": \"OpenAPI 3.1\", \"content\": { \"application/json\": { \"schema\": {} } } }"));
	json_close(w->o);
	json_close(w->o);
	json_close(w->o);
}

static void paths_write(struct writer *w, routes *list)
{
	const struct front *f = w->r->front;

	json_open(w->o, "paths", '{');
	self_write(w);
	for (size_t i = 0; i < list->n; i++) {
		if (list->v[i].written)
			continue;
		json_out_key(w->o, list->v[i].template);
		json_open(w->o, NULL, '{');
		for (size_t k = i; k < list->n; k++) {
			struct route *x = &list->v[k];
			if (!str_eq(x->template, list->v[i].template))
				continue;
			if (x->op)
				op_write(w, owner(f, x), x, x->op);
			else
				view_write(w, owner(f, x), x, x->view);
			x->written = true;
		}
		json_close(w->o);
	}
	tools_write(w);
	json_close(w->o);
}

static void head_write(struct writer *w)
{
	const struct front *f = w->r->front;

	json_put_str(w->o, "openapi", S("3.1.0"));
	json_open(w->o, "info", '{');
	json_put_str(w->o, "title", S("psirt"));
	json_put_str(w->o, "version", S("v1"));
	json_put_str(w->o, "summary", S("The operations and views of a product security incident response team"));
	json_put_str(w->o, "description", S("Every page and button of psirt, by path. Texts of answers are in the language of "
		"Accept-Language (en, ja). Arguments may also be sent as application/x-www-form-urlencoded. "
		"maxLength is told in bytes of UTF-8, as the program counts. An id that the token's person may not see "
		"answers 404, like one that does not exist."));
	json_open(w->o, "license", '{');
	json_put_str(w->o, "name", S("Apache License 2.0"));
	json_put_str(w->o, "identifier", S("Apache-2.0"));
	json_close(w->o);
	json_close(w->o);
	json_open(w->o, "servers", '[');
	json_open(w->o, NULL, '{');
	json_put_str(w->o, "url", S("/api/v1"));
	json_close(w->o);
	json_close(w->o);
	json_open(w->o, "tags", '[');
	for (size_t i = 0; i < f->services_n; i++) {
		if (i && str_eq(str_of(f->services[i]->number), str_of(f->services[i - 1]->number)))
			continue;
		json_open(w->o, NULL, '{');
		json_put_str(w->o, "name", str_of(f->services[i]->number));
		json_put_str(w->o, "description", str_of(f->services[i]->title));
		json_close(w->o);
	}
	json_close(w->o);
}

void openapi_write(const struct reference *r, struct buf *b)
{
	struct writer w    = { r, r->c, NEW(r->c->arena, struct json_out) };
	routes        list = { .max = 2000 };

	for (size_t i = 0; i < r->front->services_n; i++) {
		for (const struct view *v = r->front->services[i]->views; v && v->name; v++)
			route_add(&w, &list, v->path, NULL, v);
		for (const struct op *o = r->front->services[i]->ops; o && o->name; o++)
			route_add(&w, &list, o->path, o, NULL);
	}
	json_out_init(w.o, b, JSON_PRETTY);
	json_open_object(w.o);
	head_write(&w);
	paths_write(&w, &list);
	components_write(&w);
	json_close(w.o);
	buf_char(b, '\n');
}
