#include "services/4-remediation/2-remedy/remedy.h"

#include "gen/remedy.html.h"

#include "platform/clock.h"
#include "platform/text/word.h"
#include "record/change.h"
#include "record/draft.h"

const struct choice remedy_kind_choices[] = {
	{ "fix", N_("Fix") },
	{ "workaround", N_("Workaround") },
	{ "mitigation", N_("Mitigation") },
	{ "none_planned", N_("No fix planned yet") },
	{ "will_not_fix", N_("Will not be fixed") },
	{ NULL, NULL },
};

const struct choice remedy_state_choices[] = {
	{ "planned", N_("Planned") }, { "released", N_("Released") }, { NULL, NULL },
};

/* ---- the panel ---- */

static struct remedy_line line_of(const struct ctx *c, const struct remedy_list_row *r)
{
	return (struct remedy_line){ *r, product_label(c, r->product_name, r->product_name_ja),
	                             r->vuln.v.n ? (r->cve.n ? r->cve : r->vulnerability) : STR_NONE };
}

/* The products looked at and the vulnerabilities, as choices of the form. */
static bool record_form(struct ctx *c, case_id k, struct remedy_panel_model *m)
{
	struct choice *products = NEWS(c->arena, struct choice, m->products.n + 1);
	struct choice *vulns    = NEWS(c->arena, struct choice, m->vulns.n + 1);

	for (size_t i = 0; i < m->products.n; i++)
		products[i] = (struct choice){ cstr(c->arena, m->products.v[i].id.v),
			cstr(c->arena, product_label(c, m->products.v[i].name, m->products.v[i].name_ja)), NULL };
	for (size_t i = 0; i < m->vulns.n; i++)
		vulns[i] = (struct choice){ cstr(c->arena, m->vulns.v[i].id.v),
			cstr(c->arena, STR_CAT(c->arena, vuln_label(c, m->vulns.v[i].ordinal, m->vulns.v[i].cve), S(" "), m->vulns.v[i].title)), NULL };
	m->record = form_new(c, "remedy.record");
	form_set(c, m->record, "id", k.v);
	form_offer(c, m->record, "product", products);
	form_offer(c, m->record, "vuln", vulns);
	TRY(draft_show(c, m->record));
	m->may_edit = form_may(c, m->record);
	m->open     = m->lines.n == 0 || m->record->pending || m->record->drafted_at != TIME_NONE;
	return true;
}

static bool remedies_rows(struct ctx *c, str id, struct sheet *s, const void **model)
{
	struct remedy_panel_model *m    = NEW(c->arena, struct remedy_panel_model);
	struct remedy_list_rows   *rows = NEW(c->arena, struct remedy_list_rows);
	case_id                    k    = { id };

	TRY(sql_remedy_list(c, k, rows));
	TRY(sql_scope_list(c, k, &m->products));
	TRY(sql_vuln_list(c, k, &m->vulns));
	SHEET_MANY(s, "remedies", remedy_list, rows);
	m->lines.max = rows->n + 1;
	for (size_t i = 0; i < rows->n; i++)
		(void)list_push(c->arena, &m->lines, line_of(c, &rows->v[i]));
	TRY(record_form(c, k, m));
	*model = m;
	return true;
}

static bool remedies_ahead(struct ctx *c, str id)
{
	return sql_remedy_list_ahead(c, (case_id){ id });
}

static void remedies_page(struct page *w, const void *model)
{
	html_remedies(w, model);
}

/* ---- one remedy ---- */

static const struct arg remedy_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Remedy") },
	{ 0 },
};

static bool remedy_forms(struct ctx *c, struct remedy_page *m)
{
	m->edit = form_new(c, "remedy.edit");
	form_set(c, m->edit, "id", m->r.id.v);
	form_set_int(c, m->edit, "version", m->r.version);
	form_set(c, m->edit, "kind", m->r.kind);
	form_set(c, m->edit, "fixed_in", m->r.fixed_in);
	form_set(c, m->edit, "body", m->r.body);
	form_set(c, m->edit, "body_ja", m->r.body_ja);
	form_set(c, m->edit, "url", m->r.url);
	form_set(c, m->edit, "planned_on", m->r.planned_on);
	TRY(draft_show(c, m->edit));
	m->release = form_new(c, "remedy.release");
	form_set(c, m->release, "id", m->r.id.v);
	form_set_int(c, m->release, "version", m->r.version);
	form_set(c, m->release, "released_on", str_slice(time_print(c->arena, c->now), 0, 10));
	m->may_edit = form_may(c, m->edit);
	return true;
}

static bool remedy_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct remedy_page *m = NEW(c->arena, struct remedy_page);

	TRY(sql_remedy_get(c, (remedy_id){ arg_str(a, "id") }, &m->r));
	TRY(remedy_forms(c, m));
	m->product = product_label(c, m->r.product_name, m->r.product_name_ja);
	m->vuln    = m->r.vuln.v.n ? (m->r.cve.n ? m->r.cve : m->r.vulnerability) : STR_NONE;
	SHEET_ONE(out, "remedy", remedy_get, &m->r);
	out->title    = STR_CAT(c->arena, m->r.number, S(" "), m->product);
	out->casefile = m->r.casefile.v;
	out->object   = m->r.id.v;
	out->version  = m->r.version;
	out->model    = m;
	return true;
}

static void remedy_page(struct page *w, const void *model)
{
	html_remedy(w, model);
}

/* ---- recording ---- */

#define REMEDY_FIELDS \
	{ .name = "kind", .kind = ARG_CHOICE, .choices = remedy_kind_choices, .must = true, .label = N_("Kind") }, \
	{ .name = "fixed_in", .kind = ARG_LINE, .max = 100, .label = N_("Fixed in version"), \
	  .hint = N_("As in the catalogue, such as 4.2.2; then the version is set to “fixed” at the release.") }, \
	{ .name = "body", .kind = ARG_TEXT, .max = 8000, .label = N_("What users do, in English") }, \
	{ .name = "body_ja", .kind = ARG_TEXT, .max = 8000, .label = N_("What users do, in Japanese") }, \
	{ .name = "url", .kind = ARG_LINE, .max = 1000, .label = N_("Where it is found"), .hint = N_("An address that begins with https://") }, \
	{ .name = "planned_on", .kind = ARG_DATE, .label = N_("Planned on") }

static const struct arg record_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "product", .kind = ARG_ID, .must = true, .label = N_("Product") },
	{ .name = "vuln", .kind = ARG_ID, .label = N_("Vulnerability"), .hint = N_("All of the case when empty.") },
	REMEDY_FIELDS,
	{ 0 },
};

static const struct arg edit_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Remedy") },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version") },
	REMEDY_FIELDS,
	{ 0 },
};

static str given(const struct args *a, const char *name)
{
	return arg_str(a, name).n ? arg_str(a, name) : S("");
}

/* The version of that name in the catalogue; none when there is none (yet). */
static bool release_named(struct ctx *c, product_id product, str name, release_id *out)
{
	struct impact_release_named_row r;
	bool found = false;

	*out = (release_id){ STR_NONE };
	if (name.n)
		TRY(sql_impact_release_named(c, product, name, &r, &found));
	if (found)
		*out = r.id;
	return true;
}

/* What a remedy must say, and the catalogue's version of the name that was typed. */
static bool fields_check(struct ctx *c, const struct args *a, product_id product, release_id *release)
{
	str  kind = arg_str(a, "kind"), url = arg_str(a, "url");
	bool words = arg_str(a, "body").n || arg_str(a, "body_ja").n;

	if ((str_eq(kind, S("workaround")) || str_eq(kind, S("mitigation"))) && !words)
		return fault(c, E_INVALID, "body", N_("Please say in one language at least what users do."));
	if (url.n && !str_starts(url, S("https://")) && !str_starts(url, S("http://")))
		return fault(c, E_INVALID, "url", N_("An address with https:// in front is needed here."));
	return release_named(c, product, arg_str(a, "fixed_in"), release);
}

static bool done(struct ctx *c, case_id k, remedy_id id, const char *said, struct sheet *out)
{
	out->casefile = k.v;
	out->object   = id.v;
	out->next     = STR_CAT(c->arena, S("/cases/"), k.v);
	out->said     = str_of(said);
	return true;
}

/* meets FIRST-1.1 4.2.1.6, 4.2.1.7: fixes and workarounds */
static bool run_record(struct ctx *c, const struct args *a, struct sheet *out)
{
	case_id                   k  = { arg_str(a, "id") };
	vuln_id                   v  = { arg_str(a, "vuln") };
	remedy_id                 id = { random_id(c) };
	struct impact_product_row p;
	release_id                release;

	TRY(casefile_seen(c, k));
	TRY(sql_impact_product(c, (product_id){ arg_str(a, "product") }, &p));
	if (v.v.n)
		TRY(impact_vuln_check(c, k, v));
	TRY(fields_check(c, a, p.id, &release));
	TRY(sql_scope_insert(c, k, p.id, c->now));
	TRY(sql_remedy_insert(c, id, k, v, p.id, arg_str(a, "kind"), release, given(a, "fixed_in"), given(a, "body"),
	                      given(a, "body_ja"), given(a, "url"), arg_str(a, "planned_on"), c->now));
	TRY(timeline_fact(c, k, "remedy.recorded", STR_CAT(c->arena, p.name, S(" "), given(a, "fixed_in"))));
	TRY(remediation_begin(c, k));
	if (str_eq(arg_str(a, "kind"), S("fix")))
		TRY(casefile_turn(c, k, "engineer"));
	TRY(fact_tell(c, "remedy.recorded", k.v, id.v));
	return done(c, k, id, N_("The remedy was recorded."), out);
}

static bool conflict(struct ctx *c)
{
	return fault(c, E_CONFLICT, NULL, N_("Somebody else changed this remedy since you opened it. Nothing was saved; what you typed is kept below."));
}

static bool run_edit(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct remedy_get_row r;
	release_id            release;
	struct buf            b;
	int64_t               n;

	TRY(sql_remedy_get(c, (remedy_id){ arg_str(a, "id") }, &r));
	TRY(fields_check(c, a, r.product, &release));
	TRY(sql_remedy_set(c, r.id, arg_int(a, "version"), arg_str(a, "kind"), release, given(a, "fixed_in"), given(a, "body"),
	                   given(a, "body_ja"), given(a, "url"), arg_str(a, "planned_on"), c->now, &n));
	if (n == 0)
		return conflict(c);
	change_init(c, &b);
	change_value(&b, "kind", r.kind, arg_str(a, "kind"));
	change_value(&b, "fixed_in", r.fixed_in, arg_str(a, "fixed_in"));
	change_text(&b, "body", r.body, arg_str(a, "body"));
	change_text(&b, "body_ja", r.body_ja, arg_str(a, "body_ja"));
	change_value(&b, "url", r.url, arg_str(a, "url"));
	change_value(&b, "planned_on", r.planned_on, arg_str(a, "planned_on"));
	out->note = buf_str(&b);
	TRY(timeline_fact(c, r.casefile, "remedy.edited", STR_CAT(c->arena, r.product_name, S(" "), given(a, "fixed_in"))));
	TRY(fact_tell(c, "remedy.edited", r.casefile.v, r.id.v));
	return done(c, r.casefile, r.id, N_("The remedy was saved."), out);
}

/* ---- releasing ---- */

static const struct arg release_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Remedy") },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version") },
	{ .name = "released_on", .kind = ARG_DATE, .label = N_("Released on"), .hint = N_("Today when empty.") },
	{ 0 },
};

/* The version with the fix becomes "fixed", for one vulnerability or all of the case. */
static bool fixed_write(struct ctx *c, const struct remedy_get_row *r)
{
	struct vuln_list_rows vulns;
	struct impact_tally   t = { 0 };
	struct impact_change  x = { .release = r->release, .status = S("fixed"), .version = INT_NONE };

	if (!str_eq(r->kind, S("fix")) || !r->release.v.n)
		return true;
	TRY(sql_vuln_list(c, r->casefile, &vulns));
	for (size_t i = 0; i < vulns.n; i++) {
		x.vuln = vulns.v[i].id;
		if (!r->vuln.v.n || str_eq(r->vuln.v, x.vuln.v))
			TRY(impact_write(c, r->casefile, &x, &t));
	}
	return impact_tell(c, r->casefile, r->product_name, &t);
}

/* meets FIRST-1.1 4.2.3 */
static bool run_release(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct remedy_get_row r;
	release_id            named;
	str                   day = arg_str(a, "released_on");
	int64_t               n;

	if (!day.n)
		day = str_slice(time_print(c->arena, c->now), 0, 10);
	TRY(sql_remedy_get(c, (remedy_id){ arg_str(a, "id") }, &r));
	if (str_eq(r.state, S("released")))
		return fault(c, E_STATE, NULL, N_("This remedy is released already."));
	if (str_eq(r.kind, S("none_planned")) || str_eq(r.kind, S("will_not_fix")))
		return fault(c, E_STATE, NULL, N_("There is nothing to release; edit its kind first."));
	/* The version may have joined the catalogue after the remedy was recorded, or have another name by now. */
	TRY(release_named(c, r.product, r.fixed_in, &named));
	if (named.v.n)
		r.release = named;
	TRY(sql_remedy_set_released(c, r.id, arg_int(a, "version"), day, r.release, c->now, &n));
	if (n == 0)
		return conflict(c);
	TRY(timeline_fact(c, r.casefile, "remedy.released", STR_CAT(c->arena, r.product_name, S(" "), r.fixed_in)));
	TRY(fixed_write(c, &r));
	if (str_eq(r.kind, S("fix")))
		TRY(casefile_turn(c, r.casefile, "team"));
	TRY(fact_tell(c, "remedy.released", r.casefile.v, r.id.v));
	return done(c, r.casefile, r.id, N_("The remedy is released."), out);
}

/* ---- evidence ---- */

static bool count_impact(struct ctx *c, int64_t *n, time_us *newest)
{
	struct impact_evidence_row r;

	TRY(sql_impact_evidence(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

static bool count_released(struct ctx *c, int64_t *n, time_us *newest)
{
	struct remedy_evidence_row r;

	TRY(sql_remedy_evidence(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

/* meets FIRST-1.1 2.3.5: the products whose components an advisory names stand on the sheet of its case */
static bool heard_notice(struct ctx *c, str case_id_, str object)
{
	return sql_scope_noticed(c, (case_id){ case_id_ }, (notice_id){ object }, c->now);
}

/* ---- tables ---- */

static const struct op ops[] = {
	{ .name = "impact.scope", .path = "POST /cases/:id/products", .may = MAY_TEAM, .args = scope_args,
	  .run = run_scope, .form = "impact.show", .help = N_("Look at these products") },
	{ .name = "impact.set", .path = "POST /cases/:id/impact", .may = MAY_TEAM, .args = sheet_args,
	  .run = run_sheet, .form = "impact.show", .help = N_("Save the sheet") },
	{ .name = "impact.range", .path = "POST /cases/:id/impact/range", .may = MAY_TEAM, .args = range_args,
	  .run = run_range, .form = "impact.show", .help = N_("Set these versions") },
	{ .name = "impact.ask", .path = "POST /cases/:id/questions", .may = MAY_TEAM, .args = ask_args,
	  .run = run_ask, .form = "impact.show", .help = N_("Ask the owner"), .flags = OP_ONCE },
	{ .name = "question.answer", .path = "POST /questions/:id", .may = MAY_TEAM | ROLE_ENGINEER, .args = answer_args,
	  .run = run_answer, .form = "question.show", .help = N_("Answer the question"), .flags = OP_ONCE | OP_DRAFT },
	{ .name = "remedy.record", .path = "POST /cases/:id/remedies", .may = MAY_TEAM | ROLE_ENGINEER, .args = record_args,
	  .run = run_record, .form = "case.show", .help = N_("Record the remedy"), .flags = OP_ONCE | OP_DRAFT },
	{ .name = "remedy.edit", .path = "POST /remedies/:id", .may = MAY_TEAM | ROLE_ENGINEER, .args = edit_args,
	  .run = run_edit, .form = "remedy.show", .help = N_("Save the remedy"), .flags = OP_DRAFT },
	{ .name = "remedy.release", .path = "POST /remedies/:id/release", .may = MAY_TEAM | ROLE_ENGINEER, .args = release_args,
	  .run = run_release, .form = "remedy.show", .help = N_("It is released") },
	{ 0 },
};

static const struct view views[] = {
	{ .name = "impact.show", .path = "GET /cases/:id/impact", .may = MAY_CASES, .args = impact_show_args,
	  .rows = impact_show_rows, .page = impact_show_page, .help = N_("Impact sheet"), .opens = "case", .area = "cases" },
	{ .name = "remedy.show", .path = "GET /remedies/:id", .may = MAY_CASES, .args = remedy_args,
	  .rows = remedy_rows, .page = remedy_page, .help = N_("Remedy"), .opens = "case", .area = "cases" },
	{ .name = "question.list", .path = "GET /questions", .may = MAY_CASES, .args = question_list_args,
	  .rows = question_list_fill, .page = question_list_page, .help = N_("My questions"), .area = "cases" },
	{ .name = "question.show", .path = "GET /questions/:id", .may = MAY_CASES, .args = question_args,
	  .rows = question_fill, .page = question_page, .help = N_("Question"), .opens = "case", .area = "cases" },
	{ 0 },
};

static const struct panel panels[] = {
	{ "impact", N_("Affected versions"), impact_panel_rows, impact_panel_page, impact_panel_ahead },
	{ "remedies", N_("Remedies"), remedies_rows, remedies_page, remedies_ahead },
	{ 0 },
};

static const struct evidence proof[] = {
	/* meets FIRST-1.1 4.2.1 */
	{ "4.2.1", N_("Versions decided to be affected or not"), count_impact },
	/* meets FIRST-1.1 4.2.3 */
	{ "4.2.3", N_("Remedies released"), count_released },
	{ 0 },
};

static const struct hears hears[] = { { "notice.linked", heard_notice }, { 0 } };

const struct service remedy_service = {
	.number   = "4.2",
	.title    = N_("Remediation"),
	.ops      = ops,
	.views    = views,
	.panels   = panels,
	.hears    = hears,
	.evidence = proof,
};
