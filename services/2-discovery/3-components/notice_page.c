#include "services/2-discovery/3-components/notice.h"

#include "gen/notice.html.h"

#include "platform/http/target.h"
#include "platform/text/fold.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "services/2-discovery/3-components/maker.h"
#include "services/2-discovery/3-components/why.h"
#include "standards/csaf/csaf.h"

enum { PRODUCTS_SHOWN = 500 };

/* ---- words ---- */

const struct choice notice_state_choices[] = {
	{ "fresh", N_("To decide") }, { "relevant", N_("Concerns us") }, { "irrelevant", N_("Does not concern us") }, { "cased", N_("Has a case") }, { NULL, NULL },
};

const struct choice notice_verdict_choices[] = {
	{ "affected", N_("Affected") }, { "unsure", N_("Version to be checked") }, { "investigated", N_("Under investigation") }, { "fixed", N_("Fixed") },
	{ "cleared", N_("Not affected") }, { "other", N_("Another version") }, { NULL, NULL },
};

const struct choice notice_how_choices[] = {
	{ "purl", N_("Same package (purl)") }, { "cpe", N_("Same CPE vendor and product") }, { "name", N_("Same maker and name") }, { NULL, NULL },
};

static const struct choice kind_choices[] = {
	{ "added", N_("Added") }, { "removed", N_("Removed") }, { "changed", N_("Changed") }, { NULL, NULL },
};

static const struct choice area_choices[] = {
	{ "document", N_("Document") }, { "product", N_("Product") }, { "group", N_("Product group") }, { "vulnerability", N_("Vulnerability") },
	{ "status", N_("Verdict on products") }, { "score", N_("Score") }, { "remediation", N_("Remedy") }, { "threat", N_("Impact (of an attack)") },
	{ "flag", N_("Justification") }, { "note", N_("Note") }, { "reference", N_("Reference") }, { NULL, NULL },
};

str notice_change_word(struct ctx *c, str kind)
{
	return choice_label(c, kind_choices, kind);
}

str notice_area_word(struct ctx *c, str area)
{
	return choice_label(c, area_choices, area);
}

static const struct choice status_choices[] = {
	{ "known_affected", N_("Affected") }, { "first_affected", N_("Affected from here") }, { "last_affected", N_("Affected up to here") },
	{ "under_investigation", N_("Under investigation") }, { "fixed", N_("Fixed") }, { "first_fixed", N_("Fixed from here") },
	{ "known_not_affected", N_("Not affected") }, { "recommended", N_("Recommended") }, { "unknown", N_("Unknown") }, { NULL, NULL },
};

str notice_side(struct ctx *c, str area, str text)
{
	if (!text.n)
		return S("–");
	return str_eq(area, S("status")) ? choice_label(c, status_choices, text) : text;
}

static const struct choice paper_outcomes[] = {
	{ "kept", N_("Taken in") }, { "updated", N_("Taken in as an update") }, { "older", N_("Older than what is here") }, { "refused", N_("Not taken") }, { NULL, NULL },
};

str paper_outcome(struct ctx *c, str outcome)
{
	return choice_label(c, paper_outcomes, outcome);
}

str notice_verdict_state(str verdict)
{
	if (str_eq(verdict, S("investigated")) || str_eq(verdict, S("unsure")))
		return S("investigating");
	return str_eq(verdict, S("cleared")) || str_eq(verdict, S("other")) ? S("not-affected") : verdict;
}

/* ---- the list ---- */

static const struct choice sorts[] = {
	{ "severity", N_("Severity") }, { "title", N_("Title") }, { "number", N_("Number") }, { "state", N_("State") },
	{ "changed", N_("Last updated") }, { "received", N_("Received") }, { NULL, NULL },
};

const struct arg notice_list_args[] = {
	{ .name = "state", .kind = ARG_CHOICE, .choices = notice_state_choices, .label = N_("State") },
	{ .name = "hit", .kind = ARG_BOOL, .label = N_("Names our components") },
	{ .name = "supplier", .kind = ARG_ID, .label = N_("Supplier") },
	{ .name = "severity", .kind = ARG_CHOICE, .choices = severity_choices, .label = N_("Severity") },
	{ .name = "cve", .kind = ARG_LINE, .max = 40, .label = N_("CVE ID") },
	{ .name = "q", .kind = ARG_LINE, .max = 200, .label = N_("Words") },
	{ .name = "sort", .kind = ARG_CHOICE, .choices = sorts, .label = N_("Order") },
	{ .name = "from", .kind = ARG_INT, .label = N_("Start at row") },
	{ 0 },
};

static enum notice_list_sort sort_of(str word)
{
	for (size_t i = 0; i < notice_list_sorts_n; i++)
		if (str_eq(word, str_of(notice_list_sorts[i])))
			return (enum notice_list_sort)i;
	return notice_list_by_changed;
}

static const char *const kept[] = { "supplier", "severity", "cve", "q" };

/* The list again with another state, order or page; all else stays. */
static str address(struct ctx *c, const struct args *a, str state, str sort, int64_t from)
{
	struct buf b;

	buf_init(&b, c->arena, 4000);
	buf_add(&b, S("/notices?sort="));
	buf_add(&b, sort.n ? sort : S("changed"));
	buf_add(&b, state);
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (arg_str(a, kept[i]).n) {
			buf_fmt(&b, "&%s=", kept[i]);
			buf_add(&b, percent_encode(c->arena, arg_str(a, kept[i])));
		}
	if (from > 0)
		buf_fmt(&b, "&from=%lld", (long long)from);
	return buf_str(&b);
}

static const struct { const char *label, *query; } tabs[] = {
	{ N_("All"), "" }, { N_("To decide"), "&state=fresh&hit=1" }, { N_("No component of ours"), "&state=fresh&hit=0" },
	{ N_("Concerns us"), "&state=relevant" }, { N_("Does not concern us"), "&state=irrelevant" }, { N_("Has a case"), "&state=cased" },
};

/* What the tab of this list adds to its address. */
static str tab_of(struct ctx *c, const struct args *a)
{
	str out = S("");

	if (arg_str(a, "state").n)
		out = STR_CAT(c->arena, S("&state="), arg_str(a, "state"));
	if (arg_given(a, "hit"))
		out = STR_CAT(c->arena, out, arg_bool(a, "hit") ? S("&hit=1") : S("&hit=0"));
	return out;
}

/* The row that a page begins with. */
static int64_t first_row(const struct args *a)
{
	return arg_int(a, "from") > 0 ? arg_int(a, "from") : 0;
}

/* Of what was asked for, one row more than a page: is there a next page, and where is the one before? -1: none. */
static size_t pages(size_t n, int64_t from, int64_t *less, int64_t *more)
{
	*more = n > NOTICE_PAGE ? from + NOTICE_PAGE : -1;
	*less = from == 0 ? -1 : from > NOTICE_PAGE ? from - NOTICE_PAGE : 0;
	return n > NOTICE_PAGE ? NOTICE_PAGE : n;
}

static void links(struct ctx *c, const struct args *a, struct notice_list_page *m, int64_t from)
{
	str     tab = tab_of(c, a), sort = arg_str(a, "sort").n ? arg_str(a, "sort") : S("changed");
	int64_t less, more;

	m->states.max = m->sorts.max = 10;
	for (size_t i = 0; i < sizeof(tabs) / sizeof(tabs[0]); i++)
		(void)list_push(c->arena, &m->states, (struct notice_tab){ word_tr(c->lang, tabs[i].label),
			address(c, a, str_of(tabs[i].query), sort, 0), str_eq(tab, str_of(tabs[i].query)) });
	for (const struct choice *o = sorts; o->value; o++)
		(void)list_push(c->arena, &m->sorts, (struct notice_tab){ word_tr(c->lang, o->label),
			address(c, a, tab, str_of(o->value), 0), str_eq(sort, str_of(o->value)) });
	m->rows.n = pages(m->rows.n, from, &less, &more);
	m->more   = more < 0 ? S("") : address(c, a, tab, sort, more);
	m->less   = less < 0 ? S("") : address(c, a, tab, sort, less);
}

static void pick_add(struct ctx *c, const struct args *a, struct notice_list_page *m, const char *name, const char *label, const struct choice *choices)
{
	struct notice_pick p = { .name = str_of(name), .label = word_tr(c->lang, label), .options = { .max = 3000 } };

	for (const struct choice *o = choices; o->value; o++)
		(void)list_push(c->arena, &p.options, (struct notice_option){ str_of(o->value), word_tr(c->lang, o->label), str_eq(arg_str(a, name), str_of(o->value)) });
	(void)list_push(c->arena, &m->picks, p);
}

static bool picks_fill(struct ctx *c, const struct args *a, struct notice_list_page *m)
{
	const struct choice *suppliers;

	TRY(supplier_offer(c, &suppliers));
	m->picks.max = 2;
	pick_add(c, a, m, "severity", N_("Severity"), severity_choices);
	pick_add(c, a, m, "supplier", N_("Supplier"), suppliers);
	m->state    = arg_str(a, "state");
	m->hit      = arg_given(a, "hit");
	m->cve      = arg_str(a, "cve").n ? arg_str(a, "cve") : S("");
	m->q        = arg_str(a, "q").n ? arg_str(a, "q") : S("");
	m->filtered = m->cve.n || m->q.n || arg_str(a, "supplier").n || arg_str(a, "severity").n;
	return true;
}

/* meets FIRST-1.1 2.3.2 */
bool notice_list_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct notice_list_page  *m = NEW(c->arena, struct notice_list_page);
	struct notice_waiting_row w;
	int64_t                   from = first_row(a);
	str                       words = STR_NONE;

	if (arg_str(a, "q").n)
		TRY(fold_text(c, str_trim(arg_str(a, "q")), &words));
	TRY(sql_notice_list(c, arg_str(a, "state"), (supplier_id){ arg_str(a, "supplier") }, arg_str(a, "severity"), arg_str(a, "cve"),
	                    words.n ? words : STR_NONE, arg_given(a, "hit") ? arg_bool(a, "hit") : INT_NONE, NOTICE_PAGE + 1, from, sort_of(arg_str(a, "sort")), &m->rows));
	TRY(sql_notice_waiting(c, &w));
	m->waiting = w.waiting;
	m->refused = w.refused;
	TRY(picks_fill(c, a, m));
	links(c, a, m, from);
	m->none       = !m->rows.n && !m->filtered && !m->state.n && !m->hit;
	m->file       = form_new(c, "notice.import");
	m->may_import = form_may(c, m->file);
	SHEET_MANY(out, "notices", notice_list, &m->rows);
	out->model = m;
	return true;
}

void notice_list_show(struct page *w, const void *model)
{
	html_notice_list(w, model);
}

/* ---- one of them ---- */

const struct arg notice_id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Supplier's advisory") },
	{ 0 },
};

bool notice_show_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct notice_page *m  = NEW(c->arena, struct notice_page);
	notice_id           id = { arg_str(a, "id") };

	TRY(sql_notice_get(c, id, &m->n));
	TRY(sql_notice_vulns(c, id, &m->vulns));
	TRY(sql_notice_products(c, id, PRODUCTS_SHOWN + 1, &m->products));
	TRY(sql_notice_hits_of(c, id, &m->hits));
	TRY(sql_notice_papers(c, id, &m->papers));
	TRY(sql_notice_changes(c, m->n.paper, &m->changes));
	if (m->products.n > PRODUCTS_SHOWN) {
		m->products.n    = PRODUCTS_SHOWN;
		m->more_products = true;
	}
	m->decide = form_new(c, "notice.decide");
	form_set(c, m->decide, "id", m->n.id.v);
	form_set_int(c, m->decide, "version", m->n.version);
	form_set(c, m->decide, "reason", m->n.reason);
	if (str_eq(m->n.state, S("relevant")) || str_eq(m->n.state, S("irrelevant")))
		form_set(c, m->decide, "outcome", m->n.state);
	m->may_decide = form_may(c, m->decide) && !str_eq(m->n.state, S("cased"));
	SHEET_ONE(out, "notice", notice_get, &m->n);
	SHEET_MANY(out, "components", notice_hits_of, &m->hits);
	SHEET_MANY(out, "vulnerabilities", notice_vulns, &m->vulns);
	SHEET_MANY(out, "products", notice_products, &m->products);
	SHEET_MANY(out, "changes", notice_changes, &m->changes);
	SHEET_MANY(out, "documents", notice_papers, &m->papers);
	out->title   = STR_CAT(c->arena, m->n.number, S(" "), m->n.title);
	out->object  = m->n.id.v;
	out->version = m->n.version;
	out->model   = m;
	return true;
}

void notice_show(struct page *w, const void *model)
{
	html_notice(w, model);
}

/* A stranger's document as it came; of what one person holds, the opening shows to nobody else. */
static bool bytes_answer(struct sheet *out, str id, str holder, str bytes, str type, str name)
{
	out->object   = id;
	out->report   = holder.n ? id : STR_NONE;
	out->raw      = bytes;
	out->raw_type = type;
	out->raw_name = name;
	return true;
}

bool notice_csaf(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct notice_bytes_row r;

	TRY(sql_notice_bytes(c, (notice_id){ arg_str(a, "id") }, &r));
	return bytes_answer(out, r.id.v, r.holder, r.bytes, S("application/json"), csaf_filename(c->arena, r.number));
}

/* ---- what was received ---- */

const struct arg paper_list_args[] = {
	{ .name = "refused", .kind = ARG_BOOL, .label = N_("Only what could not be taken") },
	{ .name = "from", .kind = ARG_INT, .label = N_("Start at row") },
	{ 0 },
};

const struct arg paper_id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Received document") },
	{ 0 },
};

static str page_address(struct ctx *c, bool refused, int64_t from)
{
	return str_fmt(c->arena, "/notices/received?%sfrom=%lld", refused ? "refused=1&" : "", (long long)from);
}

bool paper_list_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct paper_page      *m    = NEW(c->arena, struct paper_page);
	struct paper_list_rows *rows = NEW(c->arena, struct paper_list_rows);
	int64_t                 from = first_row(a), less, more;

	m->refused = arg_bool(a, "refused");
	TRY(sql_paper_list(c, m->refused ? 1 : INT_NONE, NOTICE_PAGE + 1, from, rows));
	rows->n = pages(rows->n, from, &less, &more);
	m->more = more < 0 ? S("") : page_address(c, m->refused, more);
	m->less = less < 0 ? S("") : page_address(c, m->refused, less);
	m->lines.max = NOTICE_PAGE;
	for (size_t i = 0; i < rows->n; i++) {
		struct paper_list_row *r = &rows->v[i];
		struct notice_why      w = { r->why, r->why_with, r->detail, r->detail_with, r->pointer, r->line, r->col };
		r->why = why_said(c, &w);   /* the API, too, answers one sentence */
		(void)list_push(c->arena, &m->lines, (struct paper_line){ r, paper_outcome(c, r->outcome), r->why });
	}
	SHEET_MANY(out, "documents", paper_list, rows);
	out->model = m;
	return true;
}

void paper_list_show(struct page *w, const void *model)
{
	html_paper_list(w, model);
}

/* meets FIRST-1.1 2.1.2.2: a stranger's document leaves as a file and is never shown */
bool paper_bytes(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct paper_get_row r;

	TRY(sql_paper_get(c, (paper_id){ arg_str(a, "id") }, &r));
	return bytes_answer(out, r.id.v, r.holder, r.bytes, S("application/octet-stream"), STR_CAT(c->arena, r.id.v, S(".json")));
}

/* ---- on the case page ---- */

bool notice_panel_rows(struct ctx *c, str case_id_, struct sheet *s, const void **model)
{
	struct case_notices_rows *rows = NEW(c->arena, struct case_notices_rows);

	TRY(sql_case_notices(c, (case_id){ case_id_ }, rows));
	if (!rows->n)
		return true;
	SHEET_MANY(s, "notices", case_notices, rows);
	*model = rows;
	return true;
}

bool notice_panel_ahead(struct ctx *c, str case_id_)
{
	return sql_case_notices_ahead(c, (case_id){ case_id_ });
}

void notice_panel_show(struct page *w, const void *model)
{
	html_notice_panel(w, model);
}
