#include "services/0-foundation/08-tools/audit.h"

#include "gen/audit.html.h"

#include <stddef.h>

#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/checkpoint.h"
#include "record/role.h"

enum { PAGE = 100, PAGE_MOST = 500 };

static const struct choice reads_choices[] = {
	{ "yes", N_("Openings only") }, { "no", N_("Changes only") }, { NULL, NULL },
};

/* ---- entries ---- */

const struct choice channel_choices[] = {
	{ "web", N_("Browser") }, { "api", N_("API") }, { "cli", N_("Command line") }, { "job", N_("The house itself") }, { NULL, NULL },
};

static str case_address(struct ctx *c, str id, const char *rest)
{
	return STR_CAT(c->arena, S("/cases/"), id, str_of(rest));
}

/* Erased names are none; nobody and the house have an empty id. */
static str who_of(struct ctx *c, const struct audit_list_row *r)
{
	if (str_is_none(r->who))
		return word_tr(c->lang, N_("(erased)"));
	if (r->who.n)
		return r->who;
	return r->actor.n ? r->actor : word_tr(c->lang, N_("(nobody signed in)"));
}

/* Address of the case or report that the entry is about; none for the system's. */
static str place_of(struct ctx *c, const struct audit_list_row *r)
{
	if (r->case_number.n)
		return case_address(c, r->chain, "");
	return r->report_number.n ? STR_CAT(c->arena, S("/reports/"), r->chain) : STR_NONE;
}

/* What the verb does, from its table; the verb itself stands beside it. */
static str does_of(struct ctx *c, str verb)
{
	const struct op   *o = op_find(front_of(c), verb);
	const struct view *v = view_find(front_of(c), verb);

	return o ? word_tr(c->lang, o->help) : v ? word_tr(c->lang, v->help) : S("");
}

static bool chain_named(struct ctx *c, str word, str *chain)
{
	struct audit_case_row   k;
	struct audit_report_row r;
	bool                    found = false;

	*chain = word;
	if (word.n == 0 || str_eq(word, S("system")))
		return true;
	TRY(sql_audit_case(c, word, &k, &found));
	*chain = k.id.v;
	if (!found) {
		TRY(sql_audit_report(c, word, &r, &found));
		*chain = r.id.v;
	}
	return found || fault(c, E_INVALID, "case", N_("You see no case or report with the number {1}."), word);
}

static bool entries_fill(struct ctx *c, const struct args *a, str chain, struct audit_page *m)
{
	str     reads = arg_str(a, "reads");
	int64_t most  = arg_int(a, "most") == INT_NONE ? PAGE : arg_int(a, "most");
	int64_t start = arg_int(a, "start") > 0 ? arg_int(a, "start") : 0;

	if (most < 1 || most > PAGE_MOST)
		return fault(c, E_INVALID, "most", N_("Between 1 and {1} entries fit on a page."), S("500"));
	m->actor = arg_str(a, "actor");
	m->verb  = arg_str(a, "verb");
	m->reads = reads;
	m->since = arg_str(a, "since");
	m->until = arg_str(a, "until");
	TRY(sql_audit_list(c, chain, m->actor, m->verb, reads.n ? str_eq(reads, S("yes")) : INT_NONE,
	                   arg_time(c, a, "since"), arg_time(c, a, "until"), most + 1, start, &m->rows));
	m->less = start == 0 ? -1 : start > most ? start - most : 0;
	m->more = -1;
	if ((int64_t)m->rows.n > most) {
		m->rows.n = (size_t)most;
		m->more   = start + most;
	}
	m->first = str_fmt(c->arena, "%lld", (long long)start + 1);
	m->last  = str_fmt(c->arena, "%lld", (long long)start + (long long)m->rows.n);
	m->lines.max = PAGE_MOST;
	for (size_t i = 0; i < m->rows.n; i++) {
		const struct audit_list_row *r = &m->rows.v[i];
		(void)list_push(c->arena, &m->lines, (struct audit_line){ r, who_of(c, r), does_of(c, r->verb),
			r->case_number.n ? r->case_number : r->report_number, place_of(c, r) });
	}
	return true;
}

/* meets FIRST-1.1 1.5.3.1: who saw and changed what */
static bool list_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct audit_page *m = NEW(c->arena, struct audit_page);
	str                chain;

	m->path  = S("/audit");
	m->chain = arg_str(a, "case");
	TRY(chain_named(c, m->chain, &chain));
	TRY(entries_fill(c, a, chain, m));
	SHEET_MANY(out, "entries", audit_list, &m->rows);
	out->model = m;
	return true;
}

static bool case_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct audit_page    *m  = NEW(c->arena, struct audit_page);
	case_id               id = { arg_str(a, "id") };
	struct audit_case_row k;
	bool                  found;

	TRY(casefile_seen(c, id));
	TRY(sql_audit_case(c, id.v, &k, &found));
	m->path   = case_address(c, id.v, "/audit");
	m->home   = case_address(c, id.v, "");
	m->number = k.number;
	TRY(entries_fill(c, a, id.v, m));
	SHEET_MANY(out, "entries", audit_list, &m->rows);
	out->title    = word_fill(c, N_("Audit of {1}"), &k.number, 1);
	out->casefile = out->object = id.v;
	out->model    = m;
	return true;
}

static void audit_show(struct page *w, const void *model)
{
	html_audit(w, model);
}

/* ---- verification ---- */

#define COL(name, kind) { #name, kind, offsetof(struct audit_verdict, name) }
static const struct db_col verdict_cols[] = {
	COL(good, DB_BOOL), COL(entries, DB_INT), COL(chains, DB_INT), COL(erased, DB_INT),
	COL(wrong, DB_TEXT), COL(chain, DB_TEXT), COL(entry, DB_INT),
};

static bool verify_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct audit_verify_page *m = NEW(c->arena, struct audit_verify_page);
	struct journal_verdict    j;
	struct audit_case_row     k;
	struct audit_report_row   p;
	bool                      found = false, report = false;

	(void)a;
	TRY(journal_verify(c, &j));
	m->v = (struct audit_verdict){ j.good, j.entries, j.chains, j.erased, j.wrong, j.chain, j.good ? INT_NONE : j.pos };
	if (!j.good) {
		m->what    = word_tr(c->lang, j.what);
		m->v.wrong = m->what;
		TRY(sql_audit_case(c, j.chain, &k, &found));
		TRY(sql_audit_report(c, j.chain, &p, &report));
	}
	if (report) {
		m->number = p.number;
		m->home   = STR_CAT(c->arena, S("/audit?case="), p.number);
	}
	if (found) {
		m->number = k.number;
		m->home   = case_address(c, k.id.v, "/audit");
	}
	sheet_add(out, "verdict", true, verdict_cols, sizeof(verdict_cols) / sizeof(verdict_cols[0]), &m->v, 1, sizeof(m->v));
	out->note  = j.good ? S("whole") : S("not whole");
	out->model = m;
	return true;
}

static void verify_show(struct page *w, const void *model)
{
	html_audit_verify(w, model);
}

/* ---- on the case page ---- */

static bool panel_rows(struct ctx *c, str case_id_, struct sheet *s, const void **model)
{
	struct audit_link *m = NEW(c->arena, struct audit_link);

	(void)s;
	m->href = case_address(c, case_id_, "/audit");
	*model  = may(c->actor, ROLE_AUDITOR | ROLE_LEAD) ? m : NULL;
	return true;
}

static void panel_show(struct page *w, const void *model)
{
	html_audit_panel(w, model);
}

/* Once a minute the heads that moved are listed and sealed; replay keys that are old enough are forgotten. */
static bool heard_tick(struct ctx *c, str case_id_, str object)
{
	(void)case_id_;
	(void)object;
	return once_forget(c) && checkpoint_write(c);
}

/* ---- tables ---- */

#define FILTERS \
	{ .name = "actor", .kind = ARG_LINE, .max = 200, .label = N_("Name or id of the person") }, \
	{ .name = "verb", .kind = ARG_LINE, .max = 60, .label = N_("Act, such as case.edit") }, \
	{ .name = "reads", .kind = ARG_CHOICE, .choices = reads_choices, .label = N_("Changes or openings") }, \
	{ .name = "since", .kind = ARG_TIME, .label = N_("From instant") }, \
	{ .name = "until", .kind = ARG_TIME, .label = N_("To instant") }, \
	{ .name = "start", .kind = ARG_INT, .label = N_("Start at row") }, \
	{ .name = "most", .kind = ARG_INT, .label = N_("Rows of a page") }

static const struct arg list_args[] = {
	{ .name = "case", .kind = ARG_LINE, .max = 60, .label = N_("Number of a case or report, or system") },
	FILTERS,
	{ 0 },
};

static const struct arg case_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "case", .kind = ARG_LINE, .max = 60, .hidden = true, .label = N_("Case") },
	FILTERS,
	{ 0 },
};

static const struct arg none[] = { { 0 } };

static const struct view views[] = {
	{ .name = "audit.list", .path = "GET /audit", .may = ROLE_AUDITOR | ROLE_LEAD, .args = list_args,
	  .rows = list_rows, .page = audit_show, .help = N_("Audit"), .opens = "audit", .area = "audit" },
	{ .name = "audit.verify", .path = "GET /audit/verify", .may = ROLE_AUDITOR | ROLE_LEAD, .args = none,
	  .rows = verify_rows, .page = verify_show, .help = N_("Verify the chains"), .opens = "audit", .area = "audit" },
	{ .name = "audit.case", .path = "GET /cases/:id/audit", .may = ROLE_AUDITOR | ROLE_LEAD, .args = case_args,
	  .rows = case_rows, .page = audit_show, .help = N_("Audit of a case"), .opens = "audit", .area = "audit" },
	{ 0 },
};

static const struct panel panels[] = {
	{ .name = "audit", .title = N_("Audit"), .rows = panel_rows, .page = panel_show },
	{ 0 },
};

static const struct hears hears[] = { { "clock.ticked", heard_tick }, { 0 } };

const struct service audit_service = {
	.number = "0.8",
	.title  = N_("Resources and Tools"),
	.views  = views,
	.panels = panels,
	.hears  = hears,
};
