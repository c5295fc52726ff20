#include "services/1-stakeholders/5-communication/find.h"

#include "gen/find.html.h"
#include "gen/find.sql.h"

#include "base/buf.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/search.h"

/* Hits shown; pieces looked into for common words, and hits that are enough of them; people; bytes of an excerpt. */
enum { HITS = 100, RECENT = 2500, NEWEST = 250, ENOUGH = 50, PEOPLE = 20, EXCERPT = 240 };

static const struct choice kinds[] = {
	{ "case", N_("Case") }, { "report", N_("Report") }, { "advisory", N_("Advisory") }, { "product", N_("Product") },
	{ "history", N_("Imported advisory") }, { "notice", N_("Supplier's advisory") }, { NULL, NULL },
};

const struct arg find_args[] = {
	{ .name = "q", .kind = ARG_LINE, .label = N_("Find") },
	{ .name = "kind", .kind = ARG_CHOICE, .label = N_("Kind"), .choices = kinds },
	{ 0 },
};

static str hit_address(struct ctx *c, const struct find_list_row *r)
{
	static const struct { const char *kind, *under; } places[] = {
		{ "report", "/reports/" }, { "product", "/products/" }, { "notice", "/notices/" },
		{ "history", "/history/" }, { "advisory", "/advisories/" },
	};

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (str_eq(r->kind, str_of(places[i].kind)))
			return STR_CAT(c->arena, str_of(places[i].under), r->object);
	return STR_CAT(c->arena, S("/cases/"), r->casefile.v.n ? r->casefile.v : r->object);
}

/* "R-2026-0012 Heap overflow" is a number and a name; a product has a name alone. */
static void hit_title(struct ctx *c, const struct find_list_row *r, struct find_hit *h)
{
	bool of_case = r->case_number.n && !str_eq(r->kind, S("report"));
	str  rest    = r->title;

	if (of_case) {
		h->number = r->case_number;
		rest      = r->case_title;
	} else if (!str_eq(r->kind, S("product"))) {
		(void)str_cut(&rest, ' ', &h->number);
	}
	h->name  = rest;
	h->title = h->number.n && h->name.n ? STR_CAT(c->arena, h->number, S(" "), h->name) : h->number.n ? h->number : h->name;
}

/* The text after the lines that only say its title again. */
static str after_title(str body, str title)
{
	str rest = body, line;

	while (rest.n && str_cut(&rest, '\n', &line) && str_find(title, str_trim(line), 0) != SIZE_MAX)
		body = rest;
	return body;
}

/* The words in number and name, whole as they are. */
static bool title_mark(struct ctx *c, str query, struct find_hit *h)
{
	TRY(spot_excerpt(c, h->number, query, h->number.n, &h->number_parts));
	return spot_excerpt(c, h->name, query, h->name.n, &h->name_parts);
}

/* The excerpt as one text. */
static str plain(struct ctx *c, const struct spot_parts *parts)
{
	struct buf b;

	buf_init(&b, c->arena, EXCERPT + 400);
	for (size_t i = 0; i < parts->n; i++)
		buf_add(&b, parts->v[i].text);
	return buf_str(&b);
}

static bool shown(const struct find_page *m, str href)
{
	for (size_t i = 0; i < m->hits.n; i++)
		if (str_eq(m->hits.v[i].href, href))
			return true;
	return false;
}

static bool hits_fill(struct ctx *c, const struct find_list_rows *rows, struct find_page *m)
{
	for (size_t i = 0; i < rows->n && m->hits.n < HITS; i++) {
		const struct find_list_row *r = &rows->v[i];
		struct find_hit h = { .kind = r->kind, .object = r->object, .casefile = r->casefile.v, .href = hit_address(c, r),
			.at = r->at, .word = choice_label(c, kinds, r->kind) };

		if (shown(m, h.href))
			continue;
		hit_title(c, r, &h);
		TRY(title_mark(c, m->query, &h));
		TRY(spot_excerpt(c, after_title(r->body, h.title), m->query, EXCERPT, &h.excerpt));
		h.body = plain(c, &h.excerpt);
		(void)list_push(c->arena, &m->hits, h);
	}
	return true;
}

/* The words, marked as they are in the mail address or the name that begins with them. */
static void name_mark(struct ctx *c, str name, str begin, struct spot_parts *out)
{
	out->max = 2;
	(void)list_push(c->arena, out, ((struct spot_part){ str_slice(name, 0, begin.n), true }));
	if (name.n > begin.n)
		(void)list_push(c->arena, out, ((struct spot_part){ str_slice(name, begin.n, name.n), false }));
}

/* Reports of finders whose mail address or name for the thanks begins so. */
static bool people_fill(struct ctx *c, struct find_page *m)
{
	str                     typed = str_trim(m->query);
	struct find_people_rows people;

	if (!typed.n || (m->kind.n && !str_eq(m->kind, S("report"))))
		return true;
	TRY(sql_find_people(c, typed, STR_CAT(c->arena, typed, S("\xF4\x8F\xBF\xBF")), PEOPLE, &people));
	for (size_t i = 0; i < people.n; i++) {
		const struct find_people_row *r = &people.v[i];
		struct find_hit h = { .kind = S("report"), .object = r->id.v, .casefile = r->casefile.v, .number = r->number, .name = r->title,
			.href = STR_CAT(c->arena, S("/reports/"), r->id.v), .at = r->received_at, .word = choice_label(c, kinds, S("report")) };

		h.title = STR_CAT(c->arena, r->number, S(" "), r->title);
		TRY(title_mark(c, m->query, &h));
		name_mark(c, str_starts(r->contact, typed) ? r->contact : r->credit, typed, &h.excerpt);
		h.body = plain(c, &h.excerpt);
		(void)list_push(c->arena, &m->hits, h);
	}
	return true;
}

/* Of a common word the newest hits are enough; else all pieces are asked. */
static bool words_fill(struct ctx *c, struct find_page *m)
{
	struct find_list_rows rows = { 0 };
	str                   query;

	TRY(search_query(c, m->query, m->kind, &query));
	if (!query.n)
		return true;
	TRY(sql_find_list(c, query, RECENT, NEWEST, STR_NONE, m->kind, HITS, &rows));
	m->cut = rows.n >= ENOUGH;
	if (!m->cut) {
		TRY(sql_find_list(c, STR_NONE, INT_NONE, INT_NONE, query, m->kind, HITS, &rows));
		m->cut = rows.n == HITS;
	}
	return hits_fill(c, &rows, m);
}

static void kinds_fill(struct ctx *c, struct find_page *m)
{
	m->kinds.max = sizeof(kinds) / sizeof(*kinds);
	(void)list_push(c->arena, &m->kinds, (struct find_kind){ S(""), word_tr(c->lang, N_("All")), m->kind.n == 0 });
	for (const struct choice *k = kinds; k->value; k++)
		(void)list_push(c->arena, &m->kinds, (struct find_kind){ str_of(k->value), word_tr(c->lang, k->label), str_eq(m->kind, str_of(k->value)) });
}

static const struct db_col hit_cols[] = {
	{ "kind", DB_TEXT, offsetof(struct find_hit, kind) },         { "object", DB_TEXT, offsetof(struct find_hit, object) },
	{ "casefile", DB_TEXT, offsetof(struct find_hit, casefile) }, { "title", DB_TEXT, offsetof(struct find_hit, title) },
	{ "body", DB_TEXT, offsetof(struct find_hit, body) },         { "href", DB_TEXT, offsetof(struct find_hit, href) },
	{ "at", DB_TIME, offsetof(struct find_hit, at) },             { "word", DB_TEXT, offsetof(struct find_hit, word) },
};

bool find_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct find_page *m    = NEW(c->arena, struct find_page);
	str               kind = arg_str(a, "kind");

	m->query    = arg_str(a, "q");
	m->kind     = kind.n ? kind : STR_NONE;
	m->hits.max = HITS;
	kinds_fill(c, m);
	TRY(people_fill(c, m));
	TRY(words_fill(c, m));
	sheet_add(out, "hits", false, hit_cols, sizeof(hit_cols) / sizeof(hit_cols[0]), m->hits.v, m->hits.n, sizeof(*m->hits.v));
	out->model = m;
	return true;
}

void find_show(struct page *w, const void *model)
{
	html_find_page(w, model);
}
