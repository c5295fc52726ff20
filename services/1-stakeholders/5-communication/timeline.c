#include "services/1-stakeholders/5-communication/tracking.h"

#include "gen/tracking.html.h"

/* Bytes of a text in HTML at most: quotes and angle brackets grow sixfold. */
static size_t weight(str text)
{
	size_t n = text.n;

	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '<' || text.p[i] == '>' || text.p[i] == '&' || text.p[i] == '"' || text.p[i] == '\'')
			n += 5;
	return n;
}

static const struct db_col older_cols[] = {
	{ "before", DB_TEXT, offsetof(struct timeline_piece, before) },
	{ "href", DB_TEXT, offsetof(struct timeline_piece, href) },
};

bool timeline_ahead(struct ctx *c, case_id id)
{
	return sql_timeline_list_ahead(c, id, TIME_NONE, 0, TIMELINE_PAGE + 1);
}

bool timeline_fill(struct ctx *c, case_id id, entry_id before, struct sheet *out, struct timeline_piece *t)
{
	struct timeline_place_row place = { .at = TIME_NONE };
	size_t                    bytes = 0, n = 0, all;

	if (before.v.n)
		TRY(sql_timeline_place(c, id, before, &place));
	TRY(sql_timeline_list(c, id, place.at, place.seq, TIMELINE_PAGE + 1, &t->rows));
	all = t->rows.n;
	while (n < all && n < TIMELINE_PAGE && (n == 0 || bytes + weight(t->rows.v[n].body) <= TIMELINE_BYTES))
		bytes += weight(t->rows.v[n++].body);
	t->rows.n = n;
	SHEET_MANY(out, "timeline", timeline_list, &t->rows);
	if (n == all)
		return true;
	t->before = t->rows.v[n - 1].id;
	t->href   = STR_CAT(c->arena, S("/cases/"), id.v, S("/timeline?before="), t->before.v);
	sheet_add(out, "older", true, older_cols, sizeof(older_cols) / sizeof(older_cols[0]), t, 1, sizeof(*t));
	return true;
}

const struct arg timeline_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "before", .kind = ARG_ID, .label = N_("Entries before this one") },
	{ 0 },
};

/* meets FIRST-1.1 1.5.3.1: the history is kept whole, however long it grows */
bool timeline_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct timeline_page *m  = NEW(c->arena, struct timeline_page);
	case_id               id = { arg_str(a, "id") };

	TRY(sql_case_get(c, id, &m->k));
	TRY(timeline_fill(c, id, (entry_id){ arg_str(a, "before") }, out, &m->t));
	out->title    = STR_CAT(c->arena, m->k.number, S(" "), m->k.title);
	out->casefile = id.v;
	out->object   = id.v;
	out->model    = m;
	return true;
}

void timeline_show(struct page *w, const void *model)
{
	html_timeline_page(w, model);
}
