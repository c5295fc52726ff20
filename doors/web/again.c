#include "doors/web/again.h"

#include "gen/form.html.h"

#include "doors/web/page.h"
#include "platform/op/form.h"
#include "platform/text/word.h"

/* A person can read and change it; ids and lists mean something only on the page they came from. */
static bool is_shown(const struct args *a, const struct arg *d)
{
	if (d->kind == ARG_SECRET || (d->kind == ARG_CHOICE && d->choices))
		return true;
	if (d->kind == ARG_FILE)
		return arg_file(a, d->name, 0) != NULL;
	return d->kind != ARG_ID && d->kind != ARG_CHOICE && !d->many && (d->must || d->kind == ARG_BOOL || arg_str(a, d->name).n);
}

static void kept_write(struct page *w, const struct args *a, const struct arg *d)
{
	str v;

	for (size_t n = 0; d->kind != ARG_FILE && arg_nth(a, d->name, n, &v); n++)
		html_form_hidden(w, &(struct preset){ str_of(d->name), v });
}

static html form_write(struct ask *q, const struct op *o, const struct args *a)
{
	struct form *f = form_new(q->c, o->name);
	struct page  w;

	f->csrf = field_value(&q->r->form, S("_csrf"));
	for (size_t i = 0; i < a->given.n; i++)
		form_set(q->c, f, a->given.v[i].arg->name, a->given.v[i].value);
	page_init(&w, q->c, PAGE_MAX);
	html_form_open(&w, f);
	for (const struct arg *d = o->args; d && d->name; d++) {
		if (d->hidden || op_in_path(o, d->name))
			continue;
		if (is_shown(a, d))
			html_field(&w, f, d->name);
		else
			kept_write(&w, a, d);
	}
	html_form_close(&w, f);
	return (html){ buf_str(&w.out) };
}

bool again_answer(struct ask *q)
{
	struct ctx      *c    = q->c;
	struct fault     why  = c->fault;
	struct path_vars vars = { 0 };
	struct args     *a    = NEW(c->arena, struct args);
	const struct op *o    = op_route(front_of(c), S("POST"), q->r->path, &vars);
	struct pending   p    = { o, a, &why, field_value(&q->r->form, S("_key")) };
	bool             ok   = false;

	if (o && (why.code == E_UNAVAILABLE || why.code == E_DOUBT) && str_eq(q->r->method, S("POST")) && ask_own_site(q)) {
		args_init(a, o->args);
		if (ask_body(q, &vars, a)) {
			c->pending = &p;
			ok = page_plain(q, word_tr(c->lang, o->help), form_write(q, o, a), STR_NONE, 503);
			c->pending = NULL;
			if (fault_retryable(why.code))
				response_header_set(q->out, S("Retry-After"), S("1"));
		}
	}
	c->fault = why;
	return ok;
}

bool again_done(struct ask *q, const struct sheet *s)
{
	if (q->c->fault.code != E_UNAVAILABLE)
		return false;
	return page_plain(q, s->said.n ? word_tr(q->c->lang, cstr(q->c->arena, s->said)) : S(""), (html){ S("") }, s->secret, 200);
}
