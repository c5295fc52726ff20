#include "services/5-disclosure/3-publication/cve/numbering.h"

#include "gen/numbering.html.h"

#include <stddef.h>

#include "platform/text/word.h"
#include "record/casefile.h"
#include "standards/cve/cve.h"

enum { PAGE = 100, ERRANDS = 30, OFFERS = 101 };

const struct choice cve_state_choices[] = {
	{ "reserved", N_("Reserved") }, { "published", N_("Published") }, { "rejected", N_("Rejected") },
	{ "transferred", N_("With another organisation") }, { NULL, NULL },
};
const struct choice errand_state_choices[] = {
	{ "proposed", N_("Waits for a second look") },
	{ "waiting", N_("Waits to be sent") }, { "sending", N_("Under way") }, { "doubt", N_("In doubt; what CVE Services hold is asked") },
	{ "done", N_("Done") }, { "refused", N_("Not carried out") }, { "dropped", N_("Dropped") }, { NULL, NULL },
};
const struct choice errand_kind_choices[] = {
	{ "reserve", N_("Reserve") }, { "look", N_("Ask for IDs, quota and users") }, { "publish", N_("Publish the record") },
	{ "update", N_("Update the record") }, { "reject", N_("Reject the ID") }, { "adp", N_("Add to a record of others") },
	{ "transfer", N_("Transfer to another organisation") }, { "user_new", N_("Make a user") }, { "user_edit", N_("Change a user") },
	{ "user_key", N_("Make a new key") }, { NULL, NULL },
};

const char *const cve_reserve_word = N_("Reserve a CVE ID");

static struct form *form_for(struct ctx *c, const char *op, str id)
{
	struct form *f = form_new(c, op);

	form_set(c, f, "id", id);
	return f;
}

/* ---- the list ---- */

const struct arg cve_list_args[] = {
	{ .name = "state", .kind = ARG_CHOICE, .choices = cve_state_choices, .label = N_("State") },
	{ .name = "from", .kind = ARG_INT, .label = N_("Start at row") },
	{ 0 },
};

static str address(struct ctx *c, str state, int64_t from)
{
	return str_fmt(c->arena, "/cve?state=%.*s&from=%lld", STR_ARG(state), (long long)from);
}

static void tabs_fill(struct ctx *c, struct cve_list_page *m, str state)
{
	m->tabs.max = 6;
	(void)list_push(c->arena, &m->tabs, (struct cve_tab){ word_tr(c->lang, N_("All")), S("/cve"), !state.n });
	for (const struct choice *o = cve_state_choices; o->value; o++)
		(void)list_push(c->arena, &m->tabs, (struct cve_tab){
			word_tr(c->lang, o->label), address(c, str_of(o->value), 0), str_eq(state, str_of(o->value)) });
}

static struct form *errand_form(struct ctx *c, const char *op, str id, bool fits)
{
	struct form *f = fits ? form_for(c, op, id) : NULL;

	return f && form_may(c, f) ? f : NULL;
}

struct cve_errand_line cve_errand_line_of(struct ctx *c, const struct cve_errand_list_row *e)
{
	bool proposed = str_eq(e->state, S("proposed"));

	return (struct cve_errand_line){ e, choice_label(c, errand_kind_choices, e->kind), choice_label(c, errand_state_choices, e->state),
		cve_errand_words(c, e->kind, e->state, e->code, e->status),
		errand_form(c, "cve.drop", e->id.v, proposed || str_eq(e->state, S("waiting"))), NULL };
}

static bool errands_fill(struct ctx *c, struct cve_list_page *m, struct sheet *out)
{
	struct cve_errand_list_rows *rows = NEW(c->arena, struct cve_errand_list_rows);

	TRY(sql_cve_errand_list(c, false, ERRANDS, rows));
	SHEET_MANY(out, "requests", cve_errand_list, rows);
	m->errands.max = ERRANDS;
	for (size_t i = 0; i < rows->n; i++)
		(void)list_push(c->arena, &m->errands, cve_errand_line_of(c, &rows->v[i]));
	return true;
}

static void list_forms(struct ctx *c, struct cve_list_page *m)
{
	m->connect = form_new(c, "cve.connect");
	m->reserve = form_new(c, "cve.reserve");
	m->look    = form_new(c, "cve.look");
	m->adp     = form_new(c, "cve.adp");
	m->may_adp = m->connected && form_may(c, m->adp);
	form_set(c, m->connect, "url", m->to.url);
	form_set(c, m->connect, "org", m->to.org);
	form_set(c, m->connect, "user", m->to.user);
	form_set_int(c, m->reserve, "amount", 1);
	form_set_int(c, m->reserve, "year", time_civil(c->now).year);
	m->may_connect = form_may(c, m->connect);
	m->may_reserve = m->connected && form_may(c, m->reserve);
}

#define COL(name, kind) { #name, kind, offsetof(struct cve_link_to, name) }
static const struct db_col link_cols[] = { COL(url, DB_TEXT), COL(org, DB_TEXT), COL(user, DB_TEXT) };

bool cve_list_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_list_page *m     = NEW(c->arena, struct cve_list_page);
	int64_t               from  = arg_int(a, "from") > 0 ? arg_int(a, "from") : 0;
	str                   state = arg_str(a, "state");

	TRY(cve_connection(c, &m->to));
	m->connected = m->to.url.n > 0;
	m->trial     = cve_is_trial(m->to.url);
	TRY(sql_cve_number_list(c, state, PAGE + 1, from, &m->rows));
	TRY(sql_cve_quota_get(c, m->to.org, &m->quota, &m->has_quota));
	TRY(sql_cve_org_get(c, m->to.org, &m->org, &m->has_org));
	TRY(sql_cve_person_list(c, m->to.org, &m->people));
	tabs_fill(c, m, state);
	if (m->rows.n > PAGE) {
		m->rows.n = PAGE;
		m->more   = address(c, state, from + PAGE);
	}
	if (from > 0)
		m->less = address(c, state, from > PAGE ? from - PAGE : 0);
	SHEET_MANY(out, "ids", cve_number_list, &m->rows);
	TRY(errands_fill(c, m, out));
	if (m->has_quota)
		SHEET_ONE(out, "quota", cve_quota_get, &m->quota);
	if (m->has_org)
		SHEET_ONE(out, "organisation", cve_org_get, &m->org);
	SHEET_MANY(out, "users", cve_person_list, &m->people);
	sheet_add(out, "connection", true, link_cols, 3, &m->to, 1, sizeof(m->to));
	list_forms(c, m);
	out->model = m;
	return true;
}

void cve_list_show(struct page *w, const void *model)
{
	html_cve_list(w, model);
}

/* ---- one ID ---- */

/* What would be sent, and what is to be said of it; or why there is nothing to send. */
static bool draft_fill(struct ctx *c, struct cve_show_page *m)
{
	static const char *const words[] = { N_("Error"), N_("Warning"), N_("Note") };
	struct findings          f;

	if (!m->n.vuln.v.n)
		return true;
	if (!cve_record_make(c, &m->n, &m->draft)) {
		m->why_not = word_fault(c, &c->fault);
		m->draft   = STR_NONE;
		if (c->fault.code != E_STATE && c->fault.code != E_INVALID)
			return false;
		c->fault = (struct fault){ 0 };
		return true;
	}
	TRY(cve_check(c, m->draft, &f));
	m->findings.max = FINDINGS_MAX;
	for (size_t i = 0; i < f.n; i++)
		(void)list_push(c->arena, &m->findings, (struct cve_finding_line){ word_tr(c->lang, words[f.v[i].class]), f.v[i].pointer,
			word_fill(c, f.v[i].text, f.v[i].arg, 2) });
	return true;
}

static bool history_fill(struct ctx *c, struct cve_show_page *m, struct sheet *out)
{
	struct cve_errand_of_rows *rows = NEW(c->arena, struct cve_errand_of_rows);

	TRY(sql_cve_errand_of(c, m->n.id, rows));
	SHEET_MANY(out, "requests", cve_errand_of, rows);
	m->history.max = 200;
	for (size_t i = 0; i < rows->n; i++) {
		const struct cve_errand_of_row *e = &rows->v[i];
		bool proposed = str_eq(e->state, S("proposed")), own = str_eq(e->asked_by.v, c->actor->id);
		m->open |= proposed || str_eq(e->state, S("waiting")) || str_eq(e->state, S("sending")) || str_eq(e->state, S("doubt"));
		(void)list_push(c->arena, &m->history, (struct cve_history_line){ e, choice_label(c, errand_kind_choices, e->kind),
			choice_label(c, errand_state_choices, e->state), cve_errand_words(c, e->kind, e->state, e->code, e->status),
			errand_form(c, "cve.confirm", e->id.v, proposed && !(own && front_of(c)->two_persons)),
			errand_form(c, "cve.drop", e->id.v, proposed), proposed && own });
	}
	return true;
}

static void show_forms(struct ctx *c, struct cve_show_page *m, const struct cve_link_to *to)
{
	str  id    = m->n.id.v;
	bool ready = to->url.n && !m->open, reserved = str_eq(m->n.state, S("reserved")), out = str_eq(m->n.state, S("published"));

	m->publish     = form_for(c, "cve.publish", id);
	m->update      = form_for(c, "cve.update", id);
	m->reject      = form_for(c, "cve.reject", id);
	m->release     = form_for(c, "cve.release", id);
	m->may_publish = ready && !out && m->draft.n && form_may(c, m->publish);
	m->may_update  = ready && out && m->draft.n && form_may(c, m->update);
	m->may_reject  = ready && (reserved || out) && form_may(c, m->reject);
	m->transfer     = form_for(c, "cve.transfer", id);
	m->may_transfer = ready && (reserved || out) && form_may(c, m->transfer);
	m->may_release = !m->open && !out && !str_eq(m->n.state, S("transferred")) && m->n.vuln.v.n && form_may(c, m->release);
}

bool cve_show_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_show_page *m = NEW(c->arena, struct cve_show_page);
	struct cve_link_to    to;

	TRY(sql_cve_number_get(c, (cve_id){ arg_str(a, "id") }, &m->n));
	TRY(cve_connection(c, &to));
	m->trial = cve_is_trial(to.url);
	m->state = choice_label(c, cve_state_choices, m->n.state);
	TRY(draft_fill(c, m));
	TRY(history_fill(c, m, out));
	show_forms(c, m, &to);
	SHEET_ONE(out, "cve", cve_number_get, &m->n);
	out->title    = m->n.number;
	out->casefile = m->n.casefile.v;
	out->object   = m->n.id.v;
	out->version  = m->n.version;
	out->model    = m;
	return true;
}

void cve_show_page(struct page *w, const void *model)
{
	html_cve_show(w, model);
}

/* ---- on the case page ---- */

/* The free IDs of the store as choices. */
static bool offers_fill(struct ctx *c, struct choice **out)
{
	struct cve_number_free_rows free;
	struct choice              *o = NEWS(c->arena, struct choice, OFFERS);

	TRY(sql_cve_number_free(c, &free));
	for (size_t i = 0; i < free.n && i + 1 < OFFERS; i++)
		o[i] = (struct choice){ cstr(c->arena, free.v[i].id.v), cstr(c->arena, free.v[i].number), NULL };
	*out = o;
	return true;
}

static void line_fill(struct ctx *c, struct cve_panel_line *l, bool connected, const struct choice *offers)
{
	str vuln = l->v->id.v;

	l->waits = l->v->errand.n > 0;
	l->state = l->v->state.n ? choice_label(c, cve_state_choices, l->v->state) : S("");
	if (l->v->cve.n || l->waits)
		return;
	l->reserve = form_new(c, "cve.reserve");
	form_set(c, l->reserve, "vuln", vuln);
	if (!connected || !form_may(c, l->reserve))
		l->reserve = NULL;
	l->assign = form_new(c, "cve.assign");
	form_set(c, l->assign, "vuln", vuln);
	form_offer(c, l->assign, "cve", offers);
	if (!offers[0].value || !form_may(c, l->assign))
		l->assign = NULL;
}

bool cve_panel_fill(struct ctx *c, str file, struct sheet *s, const void **model)
{
	struct cve_panel           *m    = NEW(c->arena, struct cve_panel);
	struct cve_case_vulns_rows *rows = NEW(c->arena, struct cve_case_vulns_rows);
	struct cve_link_to          to;
	struct choice              *offers;

	TRY(cve_connection(c, &to));
	TRY(sql_cve_case_vulns(c, (case_id){ file }, rows));
	TRY(offers_fill(c, &offers));
	SHEET_MANY(s, "cve", cve_case_vulns, rows);
	m->lines.max = 500;
	for (size_t i = 0; i < rows->n; i++) {
		struct cve_panel_line l = { .v = &rows->v[i] };
		line_fill(c, &l, to.url.n > 0, offers);
		(void)list_push(c->arena, &m->lines, l);
	}
	*model = to.url.n || offers[0].value ? m : NULL;
	return true;
}

bool cve_panel_ahead(struct ctx *c, str file)
{
	TRY(cve_connection_ahead(c));
	TRY(sql_cve_case_vulns_ahead(c, (case_id){ file }));
	return sql_cve_number_free_ahead(c);
}

void cve_panel_show(struct page *w, const void *model)
{
	html_cve_panel(w, model);
}
