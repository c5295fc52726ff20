#include "doors/web/go.h"

#include "base/buf.h"
#include "doors/web/page.h"
#include "platform/json/json_out.h"
#include "platform/text/fold.h"
#include "platform/text/word.h"

enum { PLACES = 20, HITS = 8, QUERY = 200 };

struct place { str label, href, hint, kind; };   /* kind: translated, of a hit; or none */

struct places {
	struct ctx *c;
	str         wanted;             /* folded; "" is everything */
	LIST(struct place) v;
};

static void place_add(struct places *p, str label, str href, str hint, str kind)
{
	for (size_t i = 0; i < p->v.n; i++)
		if (str_eq(p->v.v[i].href, href))
			return;
	(void)list_push(p->c->arena, &p->v, (struct place){ label, href, hint, kind });
}

/* Offered when it is asked for in any of our languages. A label is an English message id. */
static bool place_offer(struct places *p, const char *label, str href)
{
	str text = STR_CAT(p->c->arena, word_tr(LANG_EN, label), S("\n"), word_tr(LANG_JA, label)), folded;

	TRY(fold_text(p->c, text, &folded));
	if (str_find(folded, p->wanted, 0) != SIZE_MAX)
		place_add(p, word_tr(p->c->lang, label), href, STR_NONE, STR_NONE);
	return true;
}

static bool areas_offer(struct places *p)
{
	const struct area_entry *a;

	for (size_t i = 0; (a = area_nth(i)) != NULL; i++)
		if (area_open(p->c, a))
			TRY(place_offer(p, a->label, str_of(a->path)));
	return true;
}

/* Views of one address that somebody inside may open. */
static bool pages_offer(struct places *p)
{
	const struct front *f = front_of(p->c);

	for (size_t i = 0; i < f->services_n; i++)
		for (const struct view *v = f->services[i]->views; v && v->name; v++)
			if (v->page && !v->outside && p->wanted.n && may(p->c->actor, v->may) && str_find(str_of(v->path), S(":"), 0) == SIZE_MAX)
				TRY(place_offer(p, v->help, str_slice(str_of(v->path), 4, SIZE_MAX)));
	return true;
}

static str cell(const struct part *t, size_t row, const char *name)
{
	for (size_t i = 0; i < t->cols_n; i++)
		if (strcmp(t->cols[i].name, name) == 0 && t->cols[i].type == DB_TEXT)
			return *(const str *)(const void *)((const char *)t->rows + row * t->stride + t->cols[i].at);
	return STR_NONE;
}

/* Numbers and titles, as lists show them, and no words of what they hold: no opening. */
static bool hits_offer(struct places *p, str text)
{
	const struct view *v = view_find(front_of(p->c), S("find"));
	struct sheet       s = { 0 };
	struct view        names;
	struct args        a;

	if (!v || !text.n || !may(p->c->actor, v->may))
		return true;
	args_init(&a, v->args);
	TRY(args_take(p->c, &a, S("q"), text, true));
	names       = *v;
	names.opens = NULL;
	TRY(view_call(p->c, &names, &a, &s));
	for (size_t i = 0; i < s.n; i++)
		for (size_t k = 0; strcmp(s.parts[i].name, "hits") == 0 && k < s.parts[i].n && k < HITS; k++)
			place_add(p, cell(&s.parts[i], k, "title"), cell(&s.parts[i], k, "href"), STR_NONE, cell(&s.parts[i], k, "word"));
	return true;
}

static void places_print(const struct places *p, struct response *out)
{
	struct json_out o;
	struct buf     *b = NEW(p->c->arena, struct buf);

	buf_init(b, p->c->arena, 64 << 10);
	json_out_init(&o, b, JSON_COMPACT);
	json_open_array(&o);
	for (size_t i = 0; i < p->v.n; i++) {
		json_open_object(&o);
		json_put_str(&o, "label", p->v.v[i].label);
		json_put_str(&o, "href", p->v.v[i].href);
		json_put_str(&o, "hint", p->v.v[i].hint);
		json_put_str(&o, "kind", p->v.v[i].kind);
		json_close(&o);
	}
	json_close(&o);
	out->status = 200;
	out->type   = S("application/json");
	out->body   = buf_str(b);
}

bool go_answer(struct ask *q)
{
	struct places p    = { .c = q->c, .v.max = PLACES };
	str           text = utf8_cut(str_trim(field_value(&q->r->query, S("q"))), QUERY);

	if (!q->who.id.n || (q->who.roles & ROLE_FINDER))
		return fault(q->c, E_AUTH, NULL, NULL);
	TRY(fold_text(q->c, text, &p.wanted));
	TRY(areas_offer(&p));
	TRY(hits_offer(&p, text));
	TRY(pages_offer(&p));
	places_print(&p, q->out);
	return true;
}
