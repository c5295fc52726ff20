#include "services/3-triage/1-qualification/qualification.h"

#include "gen/qualification.html.h"

#include "platform/clock.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/draft.h"
#include "record/role.h"
#include "record/vuln.h"

/* ---- what the finder is told: {1} the title of the report ---- */

static const struct choice letters[] = {
	{ "qualified", N_("Thank you for your report. We have examined it and accept it as a vulnerability of our product. We are now looking for all affected versions and preparing a remedy, and we will agree with you on the day of publication. You can follow each step on this page.") },
	{ "needs_info", N_("Thank you for your report. To repeat what you saw we need some more from you. Please answer on this page; files are welcome.\n\n- the exact version and how it was configured\n- the steps, from the start\n- what you saw, and what you expected to see") },
	{ "duplicate", N_("Thank you for your report. The same vulnerability was known to us already. We keep your report together with the first one, and you can follow the work on this page until publication.") },
	{ "obsolete_product", N_("Thank you for your report. The product is no longer supported, so no correction will be made for it. We advise its users to change to a supported product. If supported versions are affected as well, please tell us on this page.") },
	{ "not_security", N_("Thank you for your report. We have examined it carefully and do not see that a boundary of protection can be crossed, so we do not treat it as a vulnerability. The reason:\n\n\n\nIf you see it differently, please answer on this page; we will look at it again.") },
	{ "other_vendor", N_("Thank you for your report. What you found lies in a product of another maker:\n\n\n\nPlease report it there; if you wish, we can help to make the contact. If you see it differently, please answer on this page.") },
	{ "not_reproducible", N_("Thank you for your report. We tried to repeat what you describe and could not. This is what we did:\n\n\n\nIf you can tell us more, please answer on this page; we will look at it again.") },
	{ "no_response", N_("We asked you for more about your report and had no answer, so we close our work on it for now. Your report is kept. Please answer on this page at any time; we will then go on.") },
	{ "out_of_scope", N_("Thank you for your report. It concerns something that our disclosure policy does not cover:\n\n\n\nIf you see it differently, please answer on this page; we will look at it again.") },
	{ "works_as_designed", N_("Thank you for your report. The product works here as it was designed, for this reason:\n\n\n\nIf you see a way to do harm with it all the same, please answer on this page; we will look at it again.") },
	{ NULL, NULL },
};

static str letter_for(str outcome, str lang)
{
	enum lang l = LANG_EN;

	if (!lang_parse(lang, &l))
		l = LANG_EN;
	for (const struct choice *o = letters; o->value; o++)
		if (str_eq(outcome, str_of(o->value)))
			return word_tr(l, o->label);
	return S("");
}

/* ---- the page of the decision ---- */

static bool past_fill(struct ctx *c, struct decision_page *m, struct decision_list_rows *past)
{
	TRY(sql_decision_list(c, m->r->id, past));
	m->past.max = past->n;
	for (size_t i = 0; i < past->n; i++) {
		str o = past->v[i].outcome;
		(void)list_push(c->arena, &m->past, (struct verdict){
			&past->v[i], str_eq(o, S("reopened")) ? word_tr(c->lang, N_("Opened again"))
			                                      : choice_label(c, report_outcome_choices, o) });
	}
	return true;
}

static str typed_of(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->presets.n; i++)
		if (str_eq(f->presets.v[i].name, str_of(name)))
			return f->presets.v[i].value;
	return STR_NONE;
}

static void retype(struct ctx *c, struct form *f, const char *name, str value)
{
	form_unset(f, str_of(name));
	form_set(c, f, name, value);
}

/* Line ends are the browser's. */
static bool same_words(str a, str b)
{
	size_t i = 0, k = 0;

	while (i < a.n || k < b.n) {
		if (i < a.n && a.p[i] == '\r')
			i++;
		else if (k < b.n && b.p[k] == '\r')
			k++;
		else if (i == a.n || k == b.n || a.p[i++] != b.p[k++])
			return false;
	}
	return true;
}

/*
 * The form as the person left it.  An outcome that is chosen now wins over that of
 * the draft, and brings its template unless the message is the person's own.
 */
static bool draft_fill(struct ctx *c, struct decision_page *m, str chosen, str *outcome)
{
	str before;

	*outcome = chosen;
	TRY(draft_show(c, m->form));
	if (m->form->drafted_at == TIME_NONE)
		return true;
	before = typed_of(m->form, "outcome");
	if (!chosen.n)
		*outcome = before;
	if (chosen.n && !str_eq(before, chosen) && same_words(typed_of(m->form, "message"), letter_for(before, m->r->lang)))
		retype(c, m->form, "message", letter_for(chosen, m->r->lang));
	if (chosen.n)
		retype(c, m->form, "outcome", chosen);
	return true;
}

/* What is asked depends on the outcome; before one is chosen all of it stands there. */
static void outcomes_fill(struct ctx *c, struct decision_page *m, str outcome)
{
	m->outcomes.max = 20;
	for (const struct choice *o = report_outcome_choices; o->value; o++) {
		bool on = str_eq(outcome, str_of(o->value));

		(void)list_push(c->arena, &m->outcomes, (struct outcome_link){ str_of(o->value), word_tr(c->lang, o->label), on });
		if (on) {
			m->outcome = outcome;
			m->clause  = o->hint ? word_tr(c->lang, o->hint) : S("");
		}
	}
	m->chosen = m->outcome.n > 0;
	m->opens  = !m->chosen || str_eq(outcome, S("qualified"));
	m->joins  = m->opens || str_eq(outcome, S("duplicate"));
}

static bool decision_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct decision_page      *m    = NEW(c->arena, struct decision_page);
	struct judged_get_row     *r    = NEW(c->arena, struct judged_get_row);
	struct decision_list_rows *past = NEW(c->arena, struct decision_list_rows);
	str                        outcome = arg_str(a, "outcome");

	TRY(sql_judged_get(c, (report_id){ arg_str(a, "id") }, r));
	m->r     = r;
	m->state = choice_label(c, report_state_choices, r->state);
	m->lang  = text_lang(r->description);
	m->open  = report_waits(r->state);
	TRY(past_fill(c, m, past));
	m->form = form_new(c, "report.decide");
	form_set(c, m->form, "id", r->id.v);
	form_set_int(c, m->form, "version", r->version);
	form_set(c, m->form, "outcome", outcome);
	form_set(c, m->form, "title", r->title);
	form_set(c, m->form, "message", letter_for(outcome, r->lang));
	if (m->open)
		TRY(draft_fill(c, m, outcome, &outcome));
	outcomes_fill(c, m, outcome);
	m->reopen = form_new(c, "report.reopen");
	form_set(c, m->reopen, "id", r->id.v);
	form_set_int(c, m->reopen, "version", r->version);
	out->model    = m;
	out->title    = STR_CAT(c->arena, r->number, S(" "), word_tr(c->lang, N_("Decision")));
	out->object   = out->report = r->id.v;
	out->casefile = r->casefile.v;
	out->version  = r->version;
	SHEET_ONE(out, "report", judged_get, r);
	SHEET_MANY(out, "decisions", decision_list, past);
	return true;
}

static void decision_page(struct page *w, const void *model)
{
	html_decision(w, model);
}

/* ---- report.decide ---- */

/* meets FIRST-1.1 3.1.2.1: every decision is kept with its reason */
static bool note_decision(struct ctx *c, const struct report_brief *r, str outcome, str reason)
{
	decision_id id = { random_id(c) };

	return sql_decision_insert(c, id, r->id, c->now, (user_id){ c->actor->id }, c->actor->name,
	                           outcome, r->state, reason);
}

/* A case or report by its number, as far as the actor sees it. */
static bool other_find(struct ctx *c, str number, str self, struct report_move *m)
{
	struct judged_number_row other;
	struct case_number_row   k;
	bool                     found = false;

	TRY(sql_judged_number(c, number, &other, &found));
	if (found && str_eq(other.id.v, self))
		return fault(c, E_INVALID, "same_as", N_("A report cannot be a duplicate of itself."));
	if (found) {
		m->original = other.id;
		m->casefile = other.casefile;
		m->step     = other.casefile.v.n ? other.step : 2;
		return true;
	}
	TRY(sql_case_number(c, number, &k, &found));
	if (!found)
		return fault(c, E_INVALID, "same_as", N_("There is no report or case with the number {1}."), number);
	m->casefile = k.id;
	m->step     = 3;
	return true;
}

/* A new case with its first vulnerability, already qualified. */
static bool case_make(struct ctx *c, const struct args *a, const struct report_brief *r, struct report_move *m)
{
	struct casefile_draft d = { .title = arg_str(a, "title").n ? arg_str(a, "title") : r->title,
	                            .severity = arg_str(a, "severity"), .owner = { c->actor->id } };
	struct vuln_draft     v = { .title = d.title, .cwe = INT_NONE };
	vuln_id               vuln;
	str                   number;

	TRY(casefile_open(c, &d, &m->casefile, &number));
	TRY(timeline_fact(c, m->casefile, "report.linked", r->number));
	TRY(vuln_add(c, m->casefile, &v, d.severity, &vuln));
	m->step = 3;
	return true;
}

static bool case_join(struct ctx *c, const struct args *a, const struct report_brief *r, struct report_move *m)
{
	TRY(other_find(c, arg_str(a, "same_as"), r->id.v, m));
	if (!m->casefile.v.n)
		return fault(c, E_INVALID, "same_as", N_("The report {1} belongs to no case yet; please qualify that one first."),
		             arg_str(a, "same_as"));
	return timeline_fact(c, m->casefile, "report.linked", r->number);
}

static bool move_choose(struct ctx *c, const struct args *a, const struct report_brief *r, struct report_move *m)
{
	str o = m->outcome;

	m->state = "declined";
	m->step  = r->step < 2 ? 2 : r->step;
	if (str_eq(o, S("qualified"))) {
		m->state = "qualified";
		return arg_str(a, "same_as").n ? case_join(c, a, r, m) : case_make(c, a, r, m);
	}
	if (str_eq(o, S("needs_info"))) {
		m->state = "needs_info";
		return arg_str(a, "message").n || fault(c, E_INVALID, "message", N_("Please write what the finder is asked."));
	}
	if (str_eq(o, S("duplicate"))) {
		m->state = "duplicate";
		if (!arg_str(a, "same_as").n)
			return fault(c, E_INVALID, "same_as", N_("Please give the number of the report or case that was first."));
		TRY(other_find(c, arg_str(a, "same_as"), r->id.v, m));
		if (m->casefile.v.n)
			return timeline_fact(c, m->casefile, "report.linked", r->number);
	}
	return true;
}

/* meets FIRST-1.1 3.1; ISO-30111 7.1.4 */
static bool decide_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct report_brief r;
	struct report_move  m = { .outcome = arg_str(a, "outcome"), .version = arg_int(a, "version") };
	message_id          said;

	TRY(report_brief(c, (report_id){ arg_str(a, "id") }, &r));
	if (!report_waits(r.state))
		return fault(c, E_STATE, NULL, N_("This report is decided already. Open it again first."));
	if (m.version != INT_NONE && m.version != r.version)
		return fault(c, E_CONFLICT, NULL, N_("Somebody else changed this report meanwhile. What you typed is kept below; please look at the report as it is now."));
	TRY(move_choose(c, a, &r, &m));
	TRY(report_move(c, &r, &m));
	TRY(note_decision(c, &r, m.outcome, arg_str(a, "reason")));
	r.state    = str_of(m.state);
	r.step     = m.step;
	r.casefile = m.casefile;
	if (arg_str(a, "message").n)
		TRY(report_tell(c, &r, STR_NONE, arg_str(a, "message"), false, &said));
	TRY(fact_tell(c, "report.decided", m.casefile.v, r.id.v));
	if (str_eq(m.outcome, S("qualified")) && !arg_str(a, "same_as").n)
		TRY(casefile_move(c, m.casefile, "qualified", "case.qualified"));
	if (str_eq(m.outcome, S("qualified")))
		TRY(casefile_turn(c, m.casefile, "team"));
	out->object   = out->report = r.id.v;
	out->casefile = m.casefile.v;
	out->note     = m.outcome;
	out->next     = str_eq(m.outcome, S("qualified")) ? STR_CAT(c->arena, S("/cases/"), m.casefile.v)
	                                                  : STR_CAT(c->arena, S("/reports/"), r.id.v);
	out->said     = S(N_("The decision is written down."));
	return true;
}

/* A decision can be contested; the case that was opened stays. */
static bool reopen_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct report_brief r;
	struct report_move  m = { .state = "in_review", .step = 2, .version = arg_int(a, "version") };

	TRY(report_brief(c, (report_id){ arg_str(a, "id") }, &r));
	if (report_waits(r.state))
		return fault(c, E_STATE, NULL, N_("This report is open."));
	if (r.casefile.v.n)
		TRY(timeline_fact(c, r.casefile, "report.reopened", r.number));
	TRY(note_decision(c, &r, S("reopened"), arg_str(a, "reason")));
	TRY(report_move(c, &r, &m));
	TRY(fact_tell(c, "report.reopened", r.casefile.v, r.id.v));
	out->object   = out->report = r.id.v;
	out->casefile = r.casefile.v;
	out->next     = STR_CAT(c->arena, S("/reports/"), r.id.v);
	out->said     = S(N_("The report is open again."));
	return true;
}

/* ---- evidence ---- */

/* meets FIRST-1.1 3.1.1: judgements by score and severity word */
static bool evidence_scores(struct ctx *c, int64_t *n, time_us *newest)
{
	struct count_scores_row r;

	TRY(sql_count_scores(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

/* meets FIRST-1.1 3.1.2.1: reports that qualify and that do not, with the reason */
static bool evidence_decisions(struct ctx *c, int64_t *n, time_us *newest)
{
	struct count_decisions_row r;

	TRY(sql_count_decisions(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

/* ---- tables ---- */

#define ID_ARG(n) { .name = (n), .kind = ARG_ID, .must = true, .hidden = true }
#define VERSION_ARG { .name = "version", .kind = ARG_INT, .hidden = true, .label = N_("Version that was seen") }

static const struct arg decide_args[] = {
	ID_ARG("id"), VERSION_ARG,
	{ .name = "outcome", .kind = ARG_CHOICE, .must = true, .choices = report_outcome_choices, .label = N_("Outcome") },
	{ .name = "reason", .kind = ARG_TEXT, .max = 4000, .must = true, .label = N_("Reason"),
	  .hint = N_("Stays inside; others must understand it in a year") },
	{ .name = "title", .kind = ARG_LINE, .max = 300, .label = N_("Title of the case"),
	  .hint = N_("Only when a case is opened") },
	{ .name = "severity", .kind = ARG_CHOICE, .choices = severity_choices, .label = N_("First severity"),
	  .hint = N_("Only when a case is opened; the score follows later") },
	{ .name = "same_as", .kind = ARG_LINE, .max = 40, .label = N_("Number of the first report or case"),
	  .hint = N_("For a duplicate, or to add this report to a case: R-2026-0012 or PSIRT-2026-0003") },
	{ .name = "message", .kind = ARG_TEXT, .max = 65536, .label = N_("Message to the finder"),
	  .hint = N_("Leaves the house as it stands here; empty: the finder sees only the new state") },
	{ 0 },
};

static const struct arg reopen_args[] = {
	ID_ARG("id"), VERSION_ARG,
	{ .name = "reason", .kind = ARG_TEXT, .max = 4000, .must = true, .label = N_("Reason") },
	{ 0 },
};

static const struct arg decision_args[] = {
	ID_ARG("id"),
	{ .name = "outcome", .kind = ARG_CHOICE, .choices = report_outcome_choices, .label = N_("Outcome") },
	{ 0 },
};

#define WORDS_ARGS \
	{ .name = "title", .kind = ARG_LINE, .max = 300, .must = true, .label = N_("Title") }, \
	{ .name = "title_ja", .kind = ARG_LINE, .max = 300, .label = N_("Title in Japanese"), \
	  .hint = N_("For the advisory in Japanese; empty: as above.") }, \
	{ .name = "summary", .kind = ARG_TEXT, .max = 16384, .label = N_("Summary") }, \
	{ .name = "summary_ja", .kind = ARG_TEXT, .max = 16384, .label = N_("Summary in Japanese") }

static const struct arg add_args[] = {
	ID_ARG("id"),
	WORDS_ARGS,
	{ .name = "cve", .kind = ARG_LINE, .max = 30, .label = N_("CVE number"), .hint = N_("Such as CVE-2026-10042") },
	{ .name = "cwe", .kind = ARG_LINE, .max = 12, .label = N_("Weakness (CWE)"), .hint = N_("Its number, such as 787 or CWE-787") },
	{ 0 },
};

static const struct arg edit_args[] = {
	ID_ARG("id"), ID_ARG("vuln"), VERSION_ARG,
	WORDS_ARGS,
	{ .name = "cve", .kind = ARG_LINE, .max = 30, .label = N_("CVE number"), .hint = N_("Such as CVE-2026-10042") },
	{ .name = "cwe", .kind = ARG_LINE, .max = 12, .label = N_("Weakness (CWE)"), .hint = N_("Its number, such as 787 or CWE-787") },
	{ 0 },
};

static const struct arg rate_args[] = {
	ID_ARG("id"), ID_ARG("vuln"), VERSION_ARG,
	{ .name = "severity", .kind = ARG_CHOICE, .must = true, .choices = severity_choices, .label = N_("Severity") },
	{ .name = "reason", .kind = ARG_TEXT, .max = 4000, .label = N_("Reason"),
	  .hint = N_("Needed when the word differs from what the score says") },
	{ 0 },
};

static const struct choice standard_choices[] = { { "4.0", "CVSS 4.0" }, { "3.1", "CVSS 3.1" }, { NULL, NULL } };

/* Base and threat metrics of both standards; their values are checked against the standard's table. */
#define METRIC(k) { .name = (k), .kind = ARG_LINE, .max = 8 }

static const struct arg score_args[] = {
	ID_ARG("id"), ID_ARG("vuln"), VERSION_ARG,
	{ .name = "standard", .kind = ARG_CHOICE, .must = true, .hidden = true, .choices = standard_choices, .label = N_("Standard") },
	{ .name = "vector", .kind = ARG_LINE, .max = CVSS_VECTOR_MAX, .label = N_("Or a vector"),
	  .hint = N_("When it is given, the choices above do not count; environmental metrics are written here") },
	METRIC("AV"), METRIC("AC"), METRIC("AT"), METRIC("PR"), METRIC("UI"), METRIC("S"), METRIC("C"), METRIC("I"),
	METRIC("A"), METRIC("VC"), METRIC("VI"), METRIC("VA"), METRIC("SC"), METRIC("SI"), METRIC("SA"), METRIC("E"),
	METRIC("RL"), METRIC("RC"),
	{ 0 },
};

static const struct arg assess_view_args[] = {
	ID_ARG("id"),
	{ .name = "vuln", .kind = ARG_ID, .label = N_("Vulnerability") },
	{ 0 },
};

static const struct arg vector_args[] = {
	{ .name = "vector", .kind = ARG_LINE, .max = CVSS_VECTOR_MAX, .must = true, .label = N_("Vector") },
	{ 0 },
};

static bool heard_forgotten(struct ctx *c, UNUSED str casefile, str person)
{
	return sql_decision_forget(c, (user_id){ person }) && sql_score_forget(c, (user_id){ person });
}

static const struct op ops[] = {
	{ .name = "report.decide", .path = "POST /reports/:id/decision", .may = MAY_TEAM, .args = decide_args,
	  .run = decide_run, .form = "report.decision", .help = N_("Decide"), .flags = OP_ONCE | OP_DRAFT },
	{ .name = "report.reopen", .path = "POST /reports/:id/reopen", .may = MAY_TEAM, .args = reopen_args,
	  .run = reopen_run, .form = "report.decision", .help = N_("Open the report again"), .flags = OP_ONCE },
	{ .name = "vuln.add", .path = "POST /cases/:id/vulns", .may = MAY_TEAM, .args = add_args, .run = vuln_add_run,
	  .form = "case.assess", .help = N_("Add a vulnerability"), .flags = OP_ONCE },
	{ .name = "vuln.edit", .path = "POST /cases/:id/vulns/:vuln", .may = MAY_TEAM, .args = edit_args,
	  .run = vuln_edit_run, .form = "case.assess", .help = N_("Save"), .flags = OP_DRAFT },
	{ .name = "vuln.assess", .path = "POST /cases/:id/vulns/:vuln/assess", .may = MAY_TEAM, .args = score_args,
	  .run = assess_run, .form = "case.assess", .help = N_("Calculate and save") },
	{ .name = "vuln.rate", .path = "POST /cases/:id/vulns/:vuln/severity", .may = MAY_TEAM, .args = rate_args,
	  .run = rate_run, .form = "case.assess", .help = N_("Set the severity") },
	{ 0 },
};

static const struct view views[] = {
	{ .name = "report.decision", .path = "GET /reports/:id/decision", .may = MAY_TEAM | ROLE_AUDITOR, .args = decision_args,
	  .rows = decision_rows, .page = decision_page, .help = N_("Decision"), .opens = "report", .area = "reports" },
	{ .name = "case.assess", .path = "GET /cases/:id/assess", .may = MAY_CASES, .args = assess_view_args,
	  .rows = assess_rows, .page = assess_page, .help = N_("Assess"), .opens = "case", .area = "cases" },
	{ .name = "score.show", .path = "GET /score", .may = MAY_INSIDE, .args = vector_args, .rows = score_rows,
	  .help = N_("Score of a vector") },
	{ 0 },
};

static const struct evidence evidence[] = {
	{ "3.1.1", N_("Judgements of severity"), evidence_scores },
	{ "3.1.2", N_("Decisions on reports, with their reason"), evidence_decisions },
	{ 0 },
};

static const struct hears hears[] = { { "person.forgotten", heard_forgotten }, { 0 } };

const struct service qualification_service = {
	.number = "3.1", .title = N_("Vulnerability Qualification"),
	.ops = ops, .views = views, .panels = assess_panels, .hears = hears, .evidence = evidence,
};
