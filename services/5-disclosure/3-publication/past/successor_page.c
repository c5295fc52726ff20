#include "services/5-disclosure/3-publication/past/successor.h"

#include <stddef.h>

#include "gen/successor.html.h"

#include "platform/text/word.h"
#include "record/casefile.h"
#include "services/5-disclosure/3-publication/publication.h"
#include "standards/csaf/csaf.h"

enum { PAGE = 100 };

static const struct choice states[] = {
	{ "public", N_("Public in CSAF 2.1") }, { "ready", N_("Ready for CSAF 2.1") }, { "invalid", N_("Not valid in CSAF 2.1") },
	{ "waits", N_("Not converted yet") }, { NULL, NULL },
};

str successor_state(struct ctx *c, str state)
{
	return choice_label(c, states, state);
}

static str sentence(struct ctx *c, str body, str one, str two)
{
	str args[] = { one, two };

	return word_fill(c, cstr(c->arena, body), args, 2);
}

/* ---- on the page of an edition ---- */

static const struct db_col line_cols[] = {
	{ "class", DB_TEXT, offsetof(struct successor_line, class) },
	{ "test", DB_TEXT, offsetof(struct successor_line, test) },
	{ "pointer", DB_TEXT, offsetof(struct successor_line, pointer) },
	{ "message", DB_TEXT, offsetof(struct successor_line, text) },
};

bool successor_part_fill(struct ctx *c, const struct past_get_row *e, struct successor_part *m, struct sheet *out)
{
	struct successor_remarks_rows rows;

	TRY(sql_successor_get(c, e->id, &m->s, &m->is_there));
	m->is_made = m->is_there && m->s.rules.n > 0;
	if (!m->is_made)
		return true;
	TRY(sql_successor_remarks(c, e->id, &rows));
	m->lines.max = SUCCESSOR_REMARKS;
	for (size_t i = 0; i < rows.n; i++)
		(void)list_push(c->arena, &m->lines, (struct successor_line){ rows.v[i].class, rows.v[i].test, rows.v[i].pointer,
			sentence(c, rows.v[i].body, rows.v[i].one, rows.v[i].two) });
	m->publish = form_new(c, "successor.publish");
	form_set(c, m->publish, "id", e->id.v);
	m->may_publish = m->s.valid && m->s.released_at == TIME_NONE && e->published_at != TIME_NONE && form_may(c, m->publish);
	SHEET_ONE(out, "csaf21", successor_get, &m->s);
	sheet_add(out, "remarks", false, line_cols, sizeof(line_cols) / sizeof(line_cols[0]), m->lines.v, m->lines.n, sizeof(*m->lines.v));
	return true;
}

/* What the converter made, valid or not. */
bool successor_csaf(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct successor_bytes_row r;
	bool                       found;

	TRY(sql_successor_bytes(c, (past_id){ arg_str(a, "id") }, &r, &found));
	if (!found)
		return fault(c, E_NOTFOUND, NULL, NULL);
	out->object   = r.id.v;
	out->raw      = r.bytes;
	out->raw_type = S("application/json");
	out->raw_name = csaf_filename(c->arena, r.number);
	return true;
}

/* ---- what is public, and how far it is ---- */

static const struct db_col item_cols[] = {
	{ "id", DB_TEXT, offsetof(struct successor_item, id) },
	{ "number", DB_TEXT, offsetof(struct successor_item, number) },
	{ "edition", DB_TEXT, offsetof(struct successor_item, edition) },
	{ "title", DB_TEXT, offsetof(struct successor_item, title) },
	{ "state", DB_TEXT, offsetof(struct successor_item, state) },
	{ "remarks", DB_INT, offsetof(struct successor_item, remarks) },
	{ "why", DB_TEXT, offsetof(struct successor_item, why) },
};

static str page_link(struct ctx *c, int64_t from)
{
	return str_fmt(c->arena, "/history/csaf21?from=%lld", (long long)from);
}

static bool items_fill(struct ctx *c, int64_t from, struct successor_page *m)
{
	struct successor_list_rows rows;

	TRY(sql_successor_list(c, PAGE + 1, from, &rows));
	m->items.max = PAGE;
	for (size_t i = 0; i < rows.n && i < PAGE; i++) {
		const struct successor_list_row *r = &rows.v[i];
		str why = r->body.n ? sentence(c, r->body, r->one, r->two) : S("");

		(void)list_push(c->arena, &m->items, (struct successor_item){ .id = r->edition, .number = r->number, .edition = r->version_name,
			.title = r->title, .state = r->state, .remarks = r->remarks,
			.why = r->pointer.n ? STR_CAT(c->arena, r->pointer, S(": "), why) : why });
	}
	m->more = rows.n > PAGE ? page_link(c, from + PAGE) : STR_NONE;
	m->less = from > 0 ? page_link(c, from > PAGE ? from - PAGE : 0) : STR_NONE;
	return true;
}

/* meets CSAF-2.1 7.4.2: what is out in 2.0 and not in 2.1, and why */
bool successor_list_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct successor_page *m    = NEW(c->arena, struct successor_page);
	int64_t                from = arg_int(a, "from") > 0 ? arg_int(a, "from") : 0;

	TRY(items_fill(c, from, m));
	TRY(sql_successor_count(c, &m->n));
	m->release     = form_new(c, "successor.release");
	m->may_release = m->n.ready > 0 && form_may(c, m->release);
	SHEET_ONE(out, "counts", successor_count, &m->n);
	sheet_add(out, "advisories", false, item_cols, sizeof(item_cols) / sizeof(item_cols[0]), m->items.v, m->items.n, sizeof(*m->items.v));
	out->model = m;
	return true;
}

void successor_list_show(struct page *w, const void *model)
{
	html_successor_list(w, model);
}
