#include "doors/web/page.h"

#include "gen/frame.html.h"

#include "doors/web/frame.h"
#include "platform/http/target.h"
#include "platform/text/word.h"

/* Bytes that most pages need, taken at once. */
enum { PAGE_ROOM = 60 << 10 };

/* Areas by job, in the order of SCREENS.md; shown when the page exists and may be opened. */
static const struct area_entry areas[] = {
	{ "desk", N_("Desk"), "/desk", "d" },
	{ "reports", N_("Reports"), "/reports", "i" },
	{ "cases", N_("Cases"), "/cases", "c" },
	{ "products", N_("Products"), "/products", "p" },
	{ "intelligence", N_("Intelligence"), "/notices", "n" },
	{ "advisories", N_("Advisories"), "/editions", "a" },
	{ "cve", N_("CVE IDs"), "/cve", "v" },
	{ "people", N_("People"), "/people", "u" },
	{ "audit", N_("Audit"), "/audit", "h" },
	{ "programme", N_("Programme"), "/framework", "f" },
	{ "settings", N_("Settings"), "/settings", "s" },
};

const struct area_entry *area_nth(size_t i)
{
	return i < sizeof(areas) / sizeof(areas[0]) ? &areas[i] : NULL;
}

bool area_open(const struct ctx *c, const struct area_entry *a)
{
	struct path_vars   vars;
	const struct view *v = view_route(front_of(c), str_of(a->path), &vars);

	return v && v->page && may(c->actor, v->may);
}

static void areas_fill(struct ask *q, const struct view *here, struct frame *m)
{
	const struct area_entry *a;

	m->areas.max = 20;
	for (size_t i = 0; (a = area_nth(i)) != NULL; i++)
		if (area_open(q->c, a))
			(void)list_push(q->c->arena, &m->areas, (struct frame_area){
				str_of(a->area), word_tr(q->c->lang, a->label), str_of(a->path), str_of(a->key),
				here && here->area && strcmp(here->area, a->area) == 0 });
}

/* Hex text of the sentence that the last operation left in a cookie. */
static str said_take(struct ask *q)
{
	str        hex = request_cookie(q->r, S("said"));
	struct buf b;

	if (hex.n < 2 || hex.n > 1000)
		return S("");
	buf_init(&b, q->c->arena, 600);
	for (size_t i = 0; i + 1 < hex.n; i += 2) {
		size_t hi = str_find(S("0123456789abcdef"), str_slice(hex, i, i + 1), 0);
		size_t lo = str_find(S("0123456789abcdef"), str_slice(hex, i + 1, i + 2), 0);
		if (hi > 15 || lo > 15)
			return S("");
		buf_char(&b, (char)(hi << 4 | lo));
	}
	ask_plain_cookie(q, "said", S("-"), -1);
	return utf8_check(buf_str(&b), NULL) ? word_tr(q->c->lang, cstr(q->c->arena, buf_str(&b))) : S("");
}

/* This page in the other language: what was asked stays. */
static str other_path(struct ask *q, str lang)
{
	const struct fields *f = &q->r->query;
	struct buf           b;

	buf_init(&b, q->c->arena, 64 << 10);
	buf_add(&b, S("?"));
	for (size_t i = 0; i < f->n; i++)
		if (!str_eq(f->v[i].name, S("lang"))) {
			buf_add(&b, percent_encode(q->c->arena, f->v[i].name));
			buf_add(&b, S("="));
			buf_add(&b, percent_encode(q->c->arena, f->v[i].value));
			buf_add(&b, S("&"));
		}
	buf_add(&b, S("lang="));
	buf_add(&b, lang);
	return b.full ? STR_CAT(q->c->arena, S("?lang="), lang) : buf_str(&b);
}

static void frame_fill(struct ask *q, const struct view *v, struct frame *m)
{
	struct ctx *c = q->c;

	m->outside      = !v || v->outside;
	m->signed_in    = q->who.id.n && !(q->who.roles & ROLE_FINDER);
	m->person       = q->who.name.p ? q->who.name : S("");
	m->csrf         = q->who.csrf;
	m->organisation = house_name(c);
	m->demo         = front_of(c)->demo;
	m->lang         = lang_code(c->lang);
	m->other_lang   = c->lang == LANG_JA ? S("en") : S("ja");
	m->other_path   = other_path(q, m->other_lang);
	m->theme        = request_cookie(q->r, S("theme"));
	m->density      = request_cookie(q->r, S("density"));
	m->said         = said_take(q);
	areas_fill(q, v, m);
}

static void attribute(struct page *w, const char *name, str value, str a, str b)
{
	if (!str_eq(value, a) && !str_eq(value, b))
		return;
	html_raw(w, S(" "));
	html_raw(w, str_of(name));
	html_raw(w, S("=\""));
	html_text(w, value);
	html_raw(w, S("\""));
}

void frame_body(struct page *w, const struct frame *m)
{
	m->page(w, m->model);
}

static bool write_page(struct ask *q, struct frame *m, int status)
{
	struct page w;

	page_init(&w, q->c, PAGE_MAX);
	buf_reserve(&w.out, PAGE_ROOM);
	html_raw(&w, S("<!doctype html>\n<html lang=\""));
	html_text(&w, m->lang);
	html_raw(&w, S("\""));
	attribute(&w, "data-theme", m->theme, S("light"), S("dark"));
	attribute(&w, "data-density", m->density, S("compact"), S("compact"));
	html_raw(&w, S("><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"));
	html_text(&w, m->title);
	html_raw(&w, S(" – "));
	if (m->outside && m->organisation.n)
		html_text(&w, m->organisation);
	html_raw(&w, m->outside && m->organisation.n ? S(" PSIRT") : S("psirt"));
	html_raw(&w, S("</title><link rel=\"icon\" href=\"/asset/favicon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"/asset/style.css\"><script src=\"/asset/psirt.js\" defer></script></head>"));
	html_raw(&w, m->outside ? S("<body class=\"public\">") : S("<body>"));
	if (m->outside)
		html_frame_outside(&w, m);
	else
		html_frame_inside(&w, m);
	html_raw(&w, S("</body></html>\n"));
	q->out->status = status;
	q->out->type   = S("text/html; charset=utf-8");
	q->out->body   = buf_str(&w.out);
	return !w.out.full || fault(q->c, E_LIMIT, NULL, N_("The page is too large; ask for less with a filter or page."));
}

bool page_view(struct ask *q, const struct view *v, const struct sheet *s, str secret, int status)
{
	struct frame m = { .secret = secret, .page = v->page, .model = s->model };

	frame_fill(q, v, &m);
	m.title = s->title.n ? s->title : word_tr(q->c->lang, v->help);
	return write_page(q, &m, status);
}

static void plain_show(struct page *w, const void *model)
{
	html_plain(w, model);
}

bool page_plain(struct ask *q, str title, html body, str secret, int status)
{
	struct plain p = { title, body };
	struct frame m = { .secret = secret, .title = title, .page = plain_show, .model = &p };

	frame_fill(q, NULL, &m);
	m.outside = !m.signed_in;
	return write_page(q, &m, status);
}

static void trouble_show(struct page *w, const void *model)
{
	html_trouble(w, model);
}

void page_trouble(struct ask *q, int status)
{
	struct ctx    *c = q->c;
	struct trouble t = { .status = status };
	struct frame   m = { .page = trouble_show, .model = &t };

	t.title = word_tr(c->lang, fault_title(c->fault.code));
	t.text  = c->fault.text ? word_outside(c, &c->fault) : S("");
	t.next  = q->who.id.n && !(q->who.roles & ROLE_FINDER) ? S("/") : S("/advisories");
	if (status >= 500 && c->fault.code != E_DOUBT)
		t.kept = word_tr(c->lang, str_eq(q->r->method, S("POST"))
		                 ? N_("Nothing was changed. Your browser still has what you typed: go back to the form and send it again in a moment.")
		                 : N_("Nothing was changed. Please try again in a moment."));
	frame_fill(q, NULL, &m);
	m.outside = !m.signed_in;
	m.title   = t.title;
	if (!write_page(q, &m, status))
		q->out->body = S("");
}
