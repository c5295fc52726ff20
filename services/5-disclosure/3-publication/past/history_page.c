#include "services/5-disclosure/3-publication/past/history.h"
#include "services/5-disclosure/3-publication/past/successor.h"

#include "gen/history.html.h"

#include "base/buf.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "standards/csaf/csaf.h"

enum { PAGE = 50 };

/* ---- the list ---- */

const struct arg history_list_args[] = {
	{ .name = "from", .kind = ARG_INT, .label = N_("Start at row") },
	{ 0 },
};

bool history_list_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct history_list_page *m    = NEW(c->arena, struct history_list_page);
	struct past_list_rows    *rows = NEW(c->arena, struct past_list_rows);
	int64_t                   from = arg_int(a, "from") > 0 ? arg_int(a, "from") : 0;

	TRY(sql_past_list(c, PAGE + 1, from, rows));
	if (rows->n > PAGE) {
		rows->n = PAGE;
		m->more = str_fmt(c->arena, "/history?from=%lld", (long long)(from + PAGE));
	}
	if (from > 0)
		m->less = str_fmt(c->arena, "/history?from=%lld", (long long)(from > PAGE ? from - PAGE : 0));
	m->rows       = *rows;
	m->file       = form_new(c, "advisory.import");
	m->may_import = form_may(c, m->file);
	m->release    = form_new(c, "history.release");
	if (form_may(c, m->release))
		TRY(history_waiting(c, &m->waiting));
	m->may_release = m->waiting > 0;
	TRY(history_take_form(c, &m->take));
	SHEET_MANY(out, "history", past_list, rows);
	out->model = m;
	return true;
}

void history_list_show(struct page *w, const void *model)
{
	html_history_list(w, model);
}

/* ---- one edition ---- */

const struct arg history_id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Imported advisory") },
	{ 0 },
};

static past_id id_of(const struct args *a)
{
	return (past_id){ arg_str(a, "id") };
}

/* The headings in the order of a page of ours (JVN's). */
static const struct { const char *kind, *title; } headings[] = {
	{ "note", N_("Description") },     { "threat", N_("Impact (of an attack)") }, { "remedy", N_("Solution") },
	{ "reference", N_("References") }, { "thanks", N_("Acknowledgements") },      { "revision", N_("Revision history") },
};

static void parts_fill(struct ctx *c, struct history_page *m)
{
	m->parts.max = sizeof(headings) / sizeof(headings[0]);
	for (size_t i = 0; i < m->parts.max; i++) {
		struct past_part part = { .title = word_tr(c->lang, headings[i].title), .lines = { .max = 20000 } };
		for (size_t k = 0; k < m->lines.n; k++)
			if (str_eq(m->lines.v[k].kind, str_of(headings[i].kind)))
				(void)list_push(c->arena, &part.lines, &m->lines.v[k]);
		if (part.lines.n)
			(void)list_push(c->arena, &m->parts, part);
	}
}

bool history_load(struct ctx *c, past_id id, struct history_page *m)
{
	TRY(sql_past_get(c, id, &m->e));
	TRY(sql_past_lines(c, id, &m->lines));
	parts_fill(c, m);
	TRY(sql_past_vulns(c, id, &m->vulns));
	return sql_past_products(c, id, &m->products);
}

/* The button, or the sentence that says why there is none. */
static bool publish_fill(struct ctx *c, struct history_page *m)
{
	m->publish = form_new(c, "history.publish");
	form_set(c, m->publish, "id", m->e.id.v);
	if (!form_may(c, m->publish) || m->e.published_at != TIME_NONE)
		return true;
	m->may_publish = past_publishable(c, &m->e);
	if (m->may_publish)
		return true;
	TRY(c->fault.code == E_STATE);
	m->why_not = word_fault(c, &c->fault);
	c->fault   = (struct fault){ 0 };
	return true;
}

bool history_show_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct history_page *m = NEW(c->arena, struct history_page);

	TRY(history_load(c, id_of(a), m));
	TRY(sql_past_losses(c, m->e.id, &m->losses));
	TRY(sql_past_siblings(c, m->e.namespace, m->e.number, &m->siblings));
	TRY(publish_fill(c, m));
	TRY(sql_past_signature(c, m->e.id, &m->seal, &m->sealed));
	m->seal_came = m->sealed && str_eq(m->seal.fingerprint, S(PAST_RECEIVED));
	TRY(sql_past_gone_get(c, m->e.number, &m->gone, &m->was_public));
	m->withdraw = form_new(c, "history.withdraw");
	form_set(c, m->withdraw, "id", m->e.id.v);
	m->may_withdraw = m->e.published_at != TIME_NONE && form_may(c, m->withdraw);
	SHEET_ONE(out, "edition", past_get, &m->e);
	SHEET_MANY(out, "vulnerabilities", past_vulns, &m->vulns);
	SHEET_MANY(out, "products", past_products, &m->products);
	SHEET_MANY(out, "lines", past_lines, &m->lines);
	SHEET_MANY(out, "editions", past_siblings, &m->siblings);
	SHEET_MANY(out, "differences", past_losses, &m->losses);
	m->next = NEW(c->arena, struct successor_part);
	TRY(successor_part_fill(c, &m->e, m->next, out));
	if (!m->next->is_made)
		m->next = NULL;   /* of ours, TLP:CLEAR and valid, it will be in some seconds */
	out->title  = STR_CAT(c->arena, m->e.number, S(" "), m->e.title);
	out->object = m->e.id.v;
	out->model  = m;
	return true;
}

void history_show(struct page *w, const void *model)
{
	html_history(w, model);
}

/* The bytes as they came. */
bool history_csaf(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct past_bytes_row r;

	TRY(sql_past_bytes(c, id_of(a), &r));
	out->object   = r.id.v;
	out->raw      = r.bytes;
	out->raw_type = S("application/json");
	out->raw_name = csaf_filename(c->arena, r.number);
	return true;
}

/* As it came, or as ours was made. */
bool history_signature(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct past_signature_row s;
	bool                      found;

	TRY(sql_past_signature(c, id_of(a), &s, &found));
	if (!found)
		return fault(c, E_NOTFOUND, NULL, NULL);
	out->object   = s.id.v;
	out->raw      = s.bytes;
	out->raw_type = S("application/pgp-signature");
	out->raw_name = STR_CAT(c->arena, csaf_filename(c->arena, s.number), S(".asc"));
	return true;
}

/* What the document printed again says otherwise; nothing when nothing does. */
bool history_reprint(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct past_losses_rows *rows = NEW(c->arena, struct past_losses_rows);
	struct past_get_row      e;

	TRY(sql_past_get(c, id_of(a), &e));
	TRY(sql_past_losses(c, e.id, rows));
	SHEET_MANY(out, "differences", past_losses, rows);
	out->object = e.id.v;
	return true;
}

/* ---- an import of several files ---- */

bool history_batch_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct history_batch_page *m = NEW(c->arena, struct history_batch_page);

	TRY(sql_past_receipts(c, (batch_id){ arg_str(a, "id") }, &m->rows));
	if (m->rows.n == 0)
		return fault(c, E_NOTFOUND, NULL, NULL);
	for (size_t i = 0; i < m->rows.n; i++) {
		str o = m->rows.v[i].outcome;
		m->stored  += str_eq(o, S("stored"));
		m->there   += str_eq(o, S("there"));
		m->refused += str_eq(o, S("refused"));
	}
	SHEET_MANY(out, "files", past_receipts, &m->rows);
	out->model = m;
	return true;
}

void history_batch_show(struct page *w, const void *model)
{
	html_history_batch(w, model);
}

/* ---- words ---- */

static const struct choice outcomes[] = {
	{ "stored", N_("Imported") }, { "there", N_("There already") }, { "refused", N_("Refused") }, { NULL, NULL },
};

/* Categories of CSAF 2.0, 3.2.3.12.1 and 3.2.3.14.1. */
static const struct choice categories[] = {
	{ "vendor_fix", N_("Fix") }, { "workaround", N_("Workaround") }, { "mitigation", N_("Mitigation") },
	{ "none_available", N_("No remedy yet") }, { "no_fix_planned", N_("Will not be fixed") },
	{ "impact", N_("Impact") }, { "exploit_status", N_("Exploitation") }, { "target_set", N_("Targets") }, { NULL, NULL },
};

str history_heading(struct ctx *c, const struct past_lines_row *l)
{
	bool named = str_eq(l->kind, S("remedy")) || str_eq(l->kind, S("threat"));

	return named ? choice_label(c, categories, l->title) : l->title;
}

str history_outcome(struct ctx *c, str outcome)
{
	return choice_label(c, outcomes, outcome);
}
