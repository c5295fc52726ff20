#include "platform/op/form.h"

#include "gen/form.html.h"

#include "platform/clock.h"
#include "platform/text/word.h"

struct form *form_new(struct ctx *c, const char *op)
{
	struct form          *f = NEW(c->arena, struct form);
	const struct pending *p = c->pending;

	f->op = op_find(front_of(c), str_of(op));
	if (!f->op)
		abort();   /* a form for an operation that no service has */
	f->presets.max = 200;
	f->offers.max  = 20;
	f->remarks.max = 200;
	f->about.max   = 200;
	f->drafted_at  = TIME_NONE;
	f->csrf        = c->actor ? c->actor->csrf : STR_NONE;
	if (f->op->flags & OP_ONCE)
		f->key = random_id(c);
	if (p && p->op == f->op)
		f->pending = p;
	if (f->pending && f->key.n && p->key.n && fault_http(p->fault->code) >= 500)
		f->key = p->key;
	return f;
}

void form_set(struct ctx *c, struct form *f, const char *name, str value)
{
	(void)list_push(c->arena, &f->presets, (struct preset){ str_of(name), value });
}

void form_set_int(struct ctx *c, struct form *f, const char *name, int64_t value)
{
	if (value != INT_NONE)
		form_set(c, f, name, str_fmt(c->arena, "%lld", (long long)value));
}

static str preset_of(const struct form *f, str name)
{
	for (size_t i = 0; i < f->presets.n; i++)
		if (str_eq(f->presets.v[i].name, name))
			return f->presets.v[i].value;
	return STR_NONE;
}

static const struct arg *arg_named(const struct form *f, str name)
{
	for (const struct arg *a = f->op->args; a && a->name; a++)
		if (str_eq(str_of(a->name), name))
			return a;
	return NULL;
}

void form_unset(struct form *f, str name)
{
	size_t n = 0;

	for (size_t i = 0; i < f->presets.n; i++)
		if (!str_eq(f->presets.v[i].name, name))
			f->presets.v[n++] = f->presets.v[i];
	f->presets.n = n;
}

void form_type(struct ctx *c, struct form *f, str name, str value)
{
	const struct arg *a = arg_named(f, name);

	if (a && a->kind != ARG_SECRET && a->kind != ARG_FILE && utf8_check(value, NULL))
		(void)list_push(c->arena, &f->presets, (struct preset){ str_of(a->name), value });
}

static str place_value(const void *arg, const char *name)
{
	return preset_of(arg, str_of(name));
}

str form_place(struct ctx *c, const struct form *f)
{
	return op_place(c, f->op, place_value, f);
}

void form_offer(struct ctx *c, struct form *f, const char *name, const struct choice *choices)
{
	(void)list_push(c->arena, &f->offers, (struct offer){ str_of(name), choices });
}

void form_remark(struct ctx *c, struct form *f, const char *name, str text, bool bad)
{
	if (!f->pending)
		(void)list_push(c->arena, &f->remarks, (struct remark){ str_of(name), text, bad });
}

void form_about(struct ctx *c, struct form *f, const char *name, str need, str lang)
{
	(void)list_push(c->arena, &f->about, (struct about){ str_of(name), need, lang });
}

bool form_may(const struct ctx *c, const struct form *f)
{
	return may(c->actor, f->op->may);
}

/* What a field shows: what was typed, else what was preset. */
static str value_of(const struct form *f, const char *name)
{
	if (f->pending)
		return arg_str(f->pending->args, name);
	for (size_t i = 0; i < f->presets.n; i++)
		if (str_eq(f->presets.v[i].name, str_of(name)))
			return f->presets.v[i].value;
	return STR_NONE;
}

/* What a hidden field carries: what came with a refused form, so that its version is still the one that was seen. */
static str hidden_of(const struct form *f, const char *name)
{
	if (f->pending && f->pending->fault->code != E_CONFLICT && arg_given(f->pending->args, name))
		return arg_str(f->pending->args, name);
	return preset_of(f, str_of(name));
}

/* A path such as "POST /x/:id" with its variables filled from the presets. */
static str path_of(struct ctx *c, const struct form *f, const char *path)
{
	struct buf b;
	str        rest = str_of(path), part;

	buf_init(&b, c->arena, 2000);
	(void)str_cut(&rest, '/', &part);   /* the method */
	while (str_cut(&rest, '/', &part)) {
		buf_char(&b, '/');
		buf_add(&b, part.n && part.p[0] == ':' ? preset_of(f, str_slice(part, 1, part.n)) : part);
	}
	return buf_str(&b);
}

static bool is_here(const struct form *f, const char *name)
{
	return f->pending && str_eq(f->pending->fault->where, str_of(name));
}

/* A draft is shown: since when, and the button that gives it up and leads back to this page. */
static void draft_tell(struct page *w, const struct form *f)
{
	const struct view *v = f->op->form ? view_find(front_of(w->c), str_of(f->op->form)) : NULL;

	if (f->drafted_at != TIME_NONE)
		html_form_drafted(w, &(struct form_draft){ f->place, v ? path_of(w->c, f, v->path) : S("/"), f->drafted_at });
}

void html_form_open(struct page *w, const struct form *f)
{
	struct ctx      *c = w->c;
	struct form_head h = { 0 };
	bool             files = false;

	w->forms++;
	for (const struct arg *a = f->op->args; a && a->name; a++)
		files |= a->kind == ARG_FILE;
	html_raw(w, files ? S("<form class=\"form\" method=\"post\" enctype=\"multipart/form-data\" data-once data-guard action=\"")
	                  : S("<form class=\"form\" method=\"post\" data-once data-guard action=\""));
	html_url(w, path_of(c, f, f->op->path));
	if (f->place.n) {
		html_raw(w, S("\" data-draft=\"/drafts\" data-place=\""));
		html_text(w, f->place);
	}
	html_raw(w, S("\">"));
	draft_tell(w, f);
	if (f->pending) {
		h.error = word_outside(c, f->pending->fault);
		h.ours  = fault_http(f->pending->fault->code) >= 500;
		h.doubt = f->pending->fault->code == E_DOUBT;
		for (size_t i = 0; i < f->pending->args->given.n; i++)
			h.files |= f->pending->args->given.v[i].file != NULL;
		html_form_fault(w, &h);
	}
	if (f->csrf.n)
		html_form_hidden(w, &(struct preset){ S("_csrf"), f->csrf });
	if (f->key.n)
		html_form_hidden(w, &(struct preset){ S("_key"), f->key });
	for (const struct arg *a = f->op->args; a && a->name; a++) {
		struct preset p = { str_of(a->name), hidden_of(f, a->name) };
		if (a->hidden && !op_in_path(f->op, a->name) && !str_is_none(p.value))
			html_form_hidden(w, &p);
	}
}

/* The page's offer for this field, else the argument's own choices, else NULL. */
static const struct choice *choices_of(const struct form *f, const struct arg *a)
{
	for (size_t i = 0; i < f->offers.n; i++)
		if (str_eq(f->offers.v[i].name, str_of(a->name)))
			return f->offers.v[i].choices;
	return a->choices;
}

static void options_fill(struct ctx *c, const struct form *f, const struct arg *a, struct form_field *x)
{
	x->options.max = 2000;
	if (!a->must && !a->many)
		(void)list_push(c->arena, &x->options, (struct option){ S(""), S("–"), S(""), x->value.n == 0 });
	for (const struct choice *o = choices_of(f, a); o && o->value; o++) {
		str  v  = str_of(o->value), given;
		bool on = str_eq(v, x->value);
		for (size_t n = 0; !f->pending && a->many && !on && n < f->presets.n; n++)
			on = str_eq(f->presets.v[n].name, x->name) && str_eq(f->presets.v[n].value, v);
		for (size_t n = 0; f->pending && !on && arg_nth(f->pending->args, a->name, n, &given); n++)
			on = str_eq(v, given);
		x->hints |= o->hint != NULL;
		(void)list_push(c->arena, &x->options, (struct option){
			v, word_tr(c->lang, o->label), o->hint ? word_tr(c->lang, o->hint) : S(""), on });
	}
}

/* Line ends are the browser's. */
static bool same_text(str a, str b)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a.n && a.p[i] == '\r')
			i++;
		while (k < b.n && b.p[k] == '\r')
			k++;
		if (i == a.n || k == b.n)
			return i == a.n && k == b.n;
		if (a.p[i++] != b.p[k++])
			return false;
	}
}

/* After a conflict: what stands there now, where it is not what was typed; as the page words it. */
static str now_of(struct ctx *c, const struct form *f, const struct arg *a)
{
	str now = preset_of(f, str_of(a->name));

	if (!f->pending || f->pending->fault->code != E_CONFLICT || a->kind == ARG_SECRET || a->kind == ARG_FILE || a->many ||
	    same_text(now, arg_str(f->pending->args, a->name)))
		return S("");
	for (const struct choice *o = choices_of(f, a); o && o->value; o++)
		if (str_eq(str_of(o->value), now))
			return word_tr(c->lang, o->label);
	return now.n ? now : word_tr(c->lang, N_("(empty)"));
}

/* Ids are unique in the page: "f-name" in its first form, "f2-name" in the second. */
static struct form_field field_of(struct page *w, const struct form *f, const struct arg *a)
{
	struct ctx       *c = w->c;
	struct form_field x = { .arg = a, .name = str_of(a->name), .must = a->must, .type = S("text") };

	x.id    = w->forms > 1 ? str_fmt(c->arena, "f%d-%s", w->forms, a->name) : STR_CAT(c->arena, S("f-"), x.name);
	x.label = word_tr(c->lang, a->label ? a->label : a->name);
	x.hint  = a->hint ? word_tr(c->lang, a->hint) : S("");
	x.now   = now_of(c, f, a);
	x.value = a->kind == ARG_SECRET ? S("") : value_of(f, a->name);
	x.fill  = a->fill ? str_of(a->fill) : S("");
	x.css   = is_here(f, a->name) ? S("field bad") : S("field");
	if (is_here(f, a->name))
		x.error = word_fault(c, f->pending->fault);
	x.bad = x.error.n > 0;
	x.remarks.max = f->remarks.max;
	for (size_t i = 0; i < f->remarks.n; i++)
		if (str_eq(f->remarks.v[i].name, x.name)) {
			x.bad |= f->remarks.v[i].bad;
			(void)list_push(c->arena, &x.remarks, f->remarks.v[i]);
		}
	for (size_t i = 0; i < f->about.n; i++)
		if (str_eq(f->about.v[i].name, x.name)) {
			x.need = f->about.v[i].need;
			x.lang = f->about.v[i].lang;
		}
	x.described = STR_CAT(c->arena, x.hint.n ? STR_CAT(c->arena, x.id, S("-hint ")) : S(""),
	                      x.error.n ? STR_CAT(c->arena, x.id, S("-error ")) : S(""),
	                      x.remarks.n ? STR_CAT(c->arena, x.id, S("-remarks")) : S(""));
	return x;
}

static void field_write(struct page *w, const struct form *f, const struct arg *a)
{
	struct form_field x = field_of(w, f, a);

	switch (choices_of(f, a) ? ARG_CHOICE : a->kind) {
	case ARG_TEXT:
		x.rows = a->max && a->max < 2000 ? 3 : 8;
		html_field_text(w, &x);
		return;
	case ARG_BOOL:
		x.on = x.value.n && !str_eq(x.value, S("0"));
		html_field_tick(w, &x);
		return;
	case ARG_CHOICE:
		options_fill(w->c, f, a, &x);
		if (a->many)
			html_field_ticks(w, &x);
		else
			html_field_select(w, &x);
		return;
	case ARG_FILE:
		x.on = a->many;
		html_field_file(w, &x);
		return;
	case ARG_SECRET: x.type = S("password"); break;
	case ARG_INT:    x.type = S("number"); break;
	case ARG_DATE:   x.type = S("date"); break;
	case ARG_TIME:   x.type = S("datetime-local"); break;
	case ARG_LINE: case ARG_ID: break;
	}
	html_field_line(w, &x);
}

void html_field(struct page *w, const struct form *f, const char *name)
{
	for (const struct arg *a = f->op->args; a && a->name; a++)
		if (str_eq(str_of(a->name), str_of(name)))
			field_write(w, f, a);
}

void html_form_close_as(struct page *w, const struct form *f, const char *label)
{
	struct form_foot m = { word_tr(w->c->lang, label), S("primary") };

	m.slot = S("{1}");
	if (f->place.n)
		html_form_saving(w, &m);
	html_form_tail(w, &m);
	html_raw(w, S("</form>"));
}

void html_form_close_small(struct page *w, const struct form *f)
{
	struct form_foot m = { word_tr(w->c->lang, f->op->help), S("small") };

	html_form_tail(w, &m);
	html_raw(w, S("</form>"));
}

void html_form_close(struct page *w, const struct form *f)
{
	html_form_close_as(w, f, f->op->help);
}

void html_form(struct page *w, const struct form *f)
{
	html_form_open(w, f);
	for (const struct arg *a = f->op->args; a && a->name; a++)
		if (!a->hidden && !op_in_path(f->op, a->name))
			field_write(w, f, a);
	html_form_close(w, f);
}
