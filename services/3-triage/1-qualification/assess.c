#include "services/3-triage/1-qualification/qualification.h"

#include "gen/assess.html.h"

#include "platform/clock.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/draft.h"
#include "record/role.h"
#include "record/vuln.h"
#include "standards/cwe/cwe.h"

static const char *const sev_words[] = { "none", "low", "medium", "high", "critical" };

static str number_of(struct ctx *c, int64_t tenths)
{
	return tenths == INT_NONE ? S("–") : cvss_score_print(c->arena, (int)tenths);
}

/* What the score by itself says. */
static str word_of(const struct cvss *v)
{
	return str_of(sev_words[cvss_severity(v->version, cvss_scores(v).overall)]);
}

static str weakness_of(struct ctx *c, int64_t cwe)
{
	struct cwe w;

	if (cwe == INT_NONE)
		return STR_NONE;
	if (!cwe_find(STR_NONE, (int)cwe, &w))
		return str_fmt(c->arena, "CWE-%lld", (long long)cwe);
	return STR_CAT(c->arena, cwe_id_print(c->arena, w.id), S(" "), w.name);
}

static str sev_css(struct ctx *c, str severity)
{
	return STR_CAT(c->arena, S("sev "), severity);
}

/* ---- the page ---- */

static void gauges_fill(struct ctx *c, struct calculator *k, enum cvss_version version, const struct cvss *now)
{
	size_t                    n;
	const struct cvss_metric *m = cvss_metrics(version, &n);
	bool                      any = k->scored || k->error.n;   /* a first look proposes nothing */

	k->gauges.max = k->threat.max = CVSS_METRICS_MAX;
	for (size_t i = 0; i < n; i++) {
		struct gauge_value *v = NEWS(c->arena, struct gauge_value, (size_t)m[i].values);
		struct gauge        g = { .key = m[i].key, .name = m[i].name, .values = { v, (size_t)m[i].values } };

		if (m[i].group != CVSS_BASE && m[i].group != CVSS_THREAT)
			continue;
		for (int j = 0; j < m[i].values; j++)
			v[j] = (struct gauge_value){ m[i].value[j].key, m[i].value[j].name,
			                              now->value[i] == j && (any || !m[i].mandatory) };
		if (m[i].group == CVSS_BASE)
			(void)list_push(c->arena, &k->gauges, g);
		else
			(void)list_push(c->arena, &k->threat, g);
	}
}

/* What was chosen or typed when the operation refused it. */
static void refused_fill(struct ctx *c, struct calculator *k, struct cvss *now)
{
	const struct pending     *p = c->pending;
	struct ctx                quiet = *c;
	size_t                    n;
	const struct cvss_metric *m = cvss_metrics(now->version, &n);

	if (!p || strcmp(p->op->name, "vuln.assess") != 0 || !str_eq(arg_str(p->args, "standard"), k->standard))
		return;
	k->error = word_fault(c, p->fault);
	k->typed = arg_str(p->args, "vector");
	for (size_t i = 0; i < n; i++)
		if (arg_str(p->args, m[i].key).n && !cvss_set(&quiet, now, str_of(m[i].key), arg_str(p->args, m[i].key)))
			k->error = word_fault(c, &quiet.fault);
}

static void calculator_fill(struct ctx *c, struct calculator *k, enum cvss_version version, const struct assess_page *m, str stored)
{
	struct cvss now = { .version = version };

	k->title  = STR_CAT(c->arena, S("CVSS "), str_of(cvss_version_name(version)));
	k->prefix = str_slice(str_of(cvss_prefix(version)), 0, strlen(cvss_prefix(version)) - 1);
	k->scored = stored.n && cvss_parse(c, stored, &now);
	k->css    = S("score");
	k->number = S("–");
	if (k->scored) {
		k->number = cvss_score_print(c->arena, cvss_scores(&now).overall);
		k->word   = choice_label(c, severity_choices, word_of(&now));
		k->css    = STR_CAT(c->arena, S("score "), word_of(&now));
		k->vector = cvss_print(c->arena, &now);
	}
	k->casefile = m->k->id.v;
	k->vuln     = m->v->id.v;
	k->version  = m->v->version;
	k->standard = str_of(cvss_version_name(version));
	k->csrf     = c->actor ? c->actor->csrf : STR_NONE;
	refused_fill(c, k, &now);
	gauges_fill(c, k, version, &now);
}

static struct vuln_line line_of(struct ctx *c, const struct vuln_list_row *v, str here)
{
	return (struct vuln_line){
		.v = v, .title = c->lang == LANG_JA && v->title_ja.n ? v->title_ja : v->title, .number = number_of(c, v->score), .severity = choice_label(c, severity_choices, v->severity),
		.weakness = weakness_of(c, v->cwe), .css = sev_css(c, v->severity), .here = str_eq(v->id.v, here) };
}

static bool past_fill(struct ctx *c, struct assess_page *m)
{
	struct score_list_rows *l = NEW(c->arena, struct score_list_rows);

	TRY(sql_score_list(c, m->v->id, l));
	m->past.max = l->n;
	for (size_t i = 0; i < l->n; i++)
		(void)list_push(c->arena, &m->past, (struct past_score){
			&l->v[i], number_of(c, l->v[i].score), choice_label(c, severity_choices, l->v[i].severity) });
	return true;
}

static void forms_fill(struct ctx *c, struct assess_page *m)
{
	m->rate = form_new(c, "vuln.rate");
	form_set(c, m->rate, "id", m->k->id.v);
	form_set(c, m->rate, "vuln", m->v->id.v);
	form_set_int(c, m->rate, "version", m->v->version);
	form_set(c, m->rate, "severity", m->v->severity);
	form_set(c, m->rate, "reason", m->v->reason);
	m->edit = form_new(c, "vuln.edit");
	form_set(c, m->edit, "id", m->k->id.v);
	form_set(c, m->edit, "vuln", m->v->id.v);
	form_set_int(c, m->edit, "version", m->v->version);
	form_set(c, m->edit, "title", m->v->title);
	form_set(c, m->edit, "title_ja", m->v->title_ja);
	form_set(c, m->edit, "summary", m->v->summary);
	form_set(c, m->edit, "summary_ja", m->v->summary_ja);
	form_set(c, m->edit, "cve", m->v->cve);
	if (m->v->cwe != INT_NONE)
		form_set(c, m->edit, "cwe", cwe_id_print(c->arena, (int)m->v->cwe));
}

static bool vuln_fill(struct ctx *c, struct assess_page *m, vuln_id id)
{
	struct vuln_of_row *v = NEW(c->arena, struct vuln_of_row);
	struct cvss         x;
	str                 vector;

	TRY(sql_vuln_of(c, m->k->id, id, v));
	m->v        = v;
	m->title    = c->lang == LANG_JA && v->title_ja.n ? v->title_ja : v->title;
	m->number   = number_of(c, v->score);
	m->severity = choice_label(c, severity_choices, v->severity);
	m->css      = sev_css(c, v->severity);
	m->weakness = weakness_of(c, v->cwe);
	vector      = v->cvss4.n ? v->cvss4 : v->cvss31;
	if (vector.n && cvss_parse(c, vector, &x)) {
		m->own_word = choice_label(c, severity_choices, word_of(&x));
		m->differs  = !str_eq(word_of(&x), v->severity);
	}
	calculator_fill(c, &m->v4, CVSS_40, m, v->cvss4);
	calculator_fill(c, &m->v31, CVSS_31, m, v->cvss31);
	forms_fill(c, m);
	TRY(draft_show(c, m->edit));
	return past_fill(c, m);
}

bool assess_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct assess_page     *m = NEW(c->arena, struct assess_page);
	struct case_states_row *k = NEW(c->arena, struct case_states_row);
	struct vuln_list_rows  *l = NEW(c->arena, struct vuln_list_rows);
	vuln_id                 id = { arg_str(a, "vuln") };

	TRY(sql_case_states(c, (case_id){ arg_str(a, "id") }, k));
	TRY(sql_vuln_list(c, k->id, l));
	m->k         = k;
	m->may_write = may(c->actor, MAY_TEAM);
	if (!id.v.n && l->n)
		id = l->v[0].id;
	m->vulns.max = l->n;
	for (size_t i = 0; i < l->n; i++)
		(void)list_push(c->arena, &m->vulns, line_of(c, &l->v[i], id.v));
	if (id.v.n)
		TRY(vuln_fill(c, m, id));
	m->add = form_new(c, "vuln.add");
	form_set(c, m->add, "id", k->id.v);
	out->model    = m;
	out->title    = STR_CAT(c->arena, k->number, S(" "), word_tr(c->lang, N_("Assess")));
	out->casefile = k->id.v;
	out->object   = k->id.v;
	out->version  = m->v ? m->v->version : 0;
	SHEET_ONE(out, "case", case_states, k);
	SHEET_MANY(out, "vulns", vuln_list, l);
	return true;
}

void assess_page(struct page *w, const void *model)
{
	html_assess(w, model);
}

/* ---- operations ---- */

static bool here(struct ctx *c, const struct args *a, struct vuln_of_row *v, struct sheet *out)
{
	case_id k = { arg_str(a, "id") };

	TRY(sql_vuln_of(c, k, (vuln_id){ arg_str(a, "vuln") }, v));
	out->object   = v->id.v;
	out->casefile = k.v;
	out->next     = STR_CAT(c->arena, S("/cases/"), k.v, S("/assess?vuln="), v->id.v);
	return true;
}

static int64_t seen_version(const struct args *a, int64_t now)
{
	int64_t v = arg_int(a, "version");

	return v == INT_NONE ? now : v;
}

/* The vector that was typed, else the one of the choices. */
static bool vector_read(struct ctx *c, const struct args *a, enum cvss_version version, struct cvss *v)
{
	size_t                    n;
	const struct cvss_metric *m = cvss_metrics(version, &n);

	*v = (struct cvss){ .version = version };
	if (arg_str(a, "vector").n) {
		TRY(cvss_parse(c, arg_str(a, "vector"), v));
		return v->version == version ||
		       fault(c, E_INVALID, "vector", N_("This is a vector of CVSS {1}, not of {2}."),
		             str_of(cvss_version_name(v->version)), str_of(cvss_version_name(version)));
	}
	for (size_t i = 0; i < n; i++) {
		bool group = m[i].group == CVSS_BASE || m[i].group == CVSS_THREAT;
		if (group && arg_str(a, m[i].key).n)
			TRY(cvss_set(c, v, str_of(m[i].key), arg_str(a, m[i].key)));
		else if (m[i].mandatory)
			return fault(c, E_INVALID, "vector", N_("Please choose a value for {1}."), word_tr(c->lang, m[i].name));
	}
	return true;
}

static bool keep(struct ctx *c, const struct vuln_of_row *v, str vector, const struct vuln_rating *r)
{
	score_id id = { random_id(c) };

	return sql_score_insert(c, id, v->id, c->now, (user_id){ c->actor->id }, c->actor->name,
	                        vector, r->score, r->severity, r->reason);
}

/* meets FIRST-1.1 3.1.1: the score is set; the word follows it unless a reason says otherwise */
bool assess_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct vuln_of_row v;
	struct vuln_rating r;
	struct cvss        x, best;
	enum cvss_version  version = CVSS_40;
	str                vector;

	TRY(here(c, a, &v, out));
	if (!cvss_version_parse(arg_str(a, "standard"), &version))
		return fault(c, E_INVALID, "standard", NULL);
	TRY(vector_read(c, a, version, &x));
	vector = cvss_print(c->arena, &x);
	r = (struct vuln_rating){ .cvss4 = v.cvss4, .cvss31 = v.cvss31, .severity = v.severity, .reason = v.reason };
	if (version == CVSS_40)
		r.cvss4 = vector;
	else
		r.cvss31 = vector;
	TRY(cvss_parse(c, r.cvss4.n ? r.cvss4 : r.cvss31, &best));
	r.score = cvss_scores(&best).overall;
	if (!r.reason.n)
		r.severity = word_of(&best);
	TRY(vuln_rate(c, (case_id){ out->casefile }, v.id, seen_version(a, v.version), &r));
	out->said = S(N_("The score is saved."));
	return keep(c, &v, vector, &r);
}

/* meets FIRST-1.1 3.1.1: a word that differs from the score has a reason */
bool rate_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct vuln_of_row v;
	struct vuln_rating r;
	struct cvss        x;
	str                vector;

	TRY(here(c, a, &v, out));
	vector = v.cvss4.n ? v.cvss4 : v.cvss31;
	r = (struct vuln_rating){ .cvss4 = v.cvss4, .cvss31 = v.cvss31, .score = v.score,
	                          .severity = arg_str(a, "severity"), .reason = arg_str(a, "reason") };
	if (vector.n) {
		TRY(cvss_parse(c, vector, &x));
		if (str_eq(word_of(&x), r.severity))
			r.reason = STR_NONE;
		else if (!r.reason.n)
			return fault(c, E_INVALID, "reason", N_("The score says {1}; please write why the word differs."),
			             choice_label(c, severity_choices, word_of(&x)));
	}
	TRY(vuln_rate(c, (case_id){ out->casefile }, v.id, seen_version(a, v.version), &r));
	out->said = S(N_("The severity is saved."));
	return keep(c, &v, vector, &r);
}

/* "787", "CWE-787" or nothing; the number must be a weakness of CWE that may still be used. */
static bool cwe_read(struct ctx *c, str v, int64_t *out)
{
	struct cwe w;
	int        id = 0;

	*out = INT_NONE;
	if (!v.n)
		return true;
	if (!str_starts(v, S("CWE-")))
		v = STR_CAT(c->arena, S("CWE-"), v);
	if (!cwe_id_parse(v, &id) || !cwe_find(STR_NONE, id, &w))
		return fault(c, E_INVALID, "cwe", N_("CWE {1} has no weakness {2}."), cwe_latest(), v);
	if (w.status == CWE_DEPRECATED)
		return fault(c, E_INVALID, "cwe", N_("{1} is deprecated in CWE {2}; please choose another."), v, cwe_latest());
	*out = id;
	return true;
}

static bool draft_read(struct ctx *c, const struct args *a, struct vuln_draft *d)
{
	*d = (struct vuln_draft){ .title = arg_str(a, "title"), .summary = arg_str(a, "summary"), .cve = arg_str(a, "cve"),
	                          .title_ja = arg_str(a, "title_ja"), .summary_ja = arg_str(a, "summary_ja") };
	return cwe_read(c, arg_str(a, "cwe"), &d->cwe);
}

bool vuln_add_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct vuln_draft d;
	case_id           k = { arg_str(a, "id") };
	vuln_id           id;

	TRY(casefile_seen(c, k));
	TRY(draft_read(c, a, &d));
	TRY(vuln_add(c, k, &d, S("unknown"), &id));
	out->object   = id.v;
	out->casefile = k.v;
	out->next     = STR_CAT(c->arena, S("/cases/"), k.v, S("/assess?vuln="), id.v);
	out->said     = S(N_("The vulnerability was added."));
	return true;
}

bool vuln_edit_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct vuln_of_row v;
	struct vuln_draft  d;

	TRY(here(c, a, &v, out));
	TRY(draft_read(c, a, &d));
	out->said = S(N_("Saved."));
	return vuln_edit(c, (case_id){ out->casefile }, v.id, seen_version(a, v.version), &d);
}

/* ---- GET /score?vector= ---- */

struct score_row { double score; str severity, word, vector, standard; };

static const struct db_col score_cols[] = {
	{ "score", DB_REAL, offsetof(struct score_row, score) },
	{ "severity", DB_TEXT, offsetof(struct score_row, severity) },
	{ "word", DB_TEXT, offsetof(struct score_row, word) },
	{ "vector", DB_TEXT, offsetof(struct score_row, vector) },
	{ "standard", DB_TEXT, offsetof(struct score_row, standard) },
};

bool score_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct score_row *r = NEW(c->arena, struct score_row);
	struct cvss       v;

	TRY(cvss_parse(c, arg_str(a, "vector"), &v));
	*r = (struct score_row){ .score = cvss_scores(&v).overall / 10.0, .severity = word_of(&v),
	                         .word = choice_label(c, severity_choices, word_of(&v)),
	                         .vector = cvss_print(c->arena, &v), .standard = str_of(cvss_version_name(v.version)) };
	sheet_add(out, "score", true, score_cols, 5, r, 1, sizeof(*r));
	return true;
}

/* ---- on the case page ---- */

static bool panel_rows(struct ctx *c, str case_id_, struct sheet *s, const void **model)
{
	struct case_qualification *m = NEW(c->arena, struct case_qualification);
	struct vuln_list_rows     *l = NEW(c->arena, struct vuln_list_rows);

	TRY(sql_vuln_list(c, (case_id){ case_id_ }, l));
	m->casefile  = case_id_;
	m->may_write = may(c->actor, MAY_TEAM);
	m->vulns.max = l->n;
	for (size_t i = 0; i < l->n; i++)
		(void)list_push(c->arena, &m->vulns, line_of(c, &l->v[i], STR_NONE));
	SHEET_MANY(s, "vulns", vuln_list, l);
	*model = m;
	return true;
}

static bool panel_ahead(struct ctx *c, str case_id_)
{
	return sql_vuln_list_ahead(c, (case_id){ case_id_ });
}

static void panel_page(struct page *w, const void *model)
{
	html_case_qualification(w, model);
}

const struct panel assess_panels[] = {
	{ "qualification", N_("Qualification"), panel_rows, panel_page, panel_ahead },
	{ 0 },
};
