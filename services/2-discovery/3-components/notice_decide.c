#include "services/2-discovery/3-components/notice.h"

#include "record/casefile.h"
#include "record/vuln.h"
#include "standards/cvss/cvss.h"

enum { CASE_VULNS = 100 };

static const struct choice outcomes[] = {
	{ "relevant", N_("Concerns us") }, { "irrelevant", N_("Does not concern us") }, { "cased", N_("Open a case, or add it to one") }, { NULL, NULL },
};

const struct arg notice_decide_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Supplier's advisory") },
	{ .name = "version", .kind = ARG_INT, .hidden = true, .label = N_("Version") },
	{ .name = "outcome", .kind = ARG_CHOICE, .must = true, .choices = outcomes, .label = N_("Decision") },
	{ .name = "reason", .kind = ARG_TEXT, .max = 4000, .label = N_("Reason"), .hint = N_("Needed when it does not concern us.") },
	{ .name = "same_as", .kind = ARG_LINE, .max = 60, .label = N_("Number of a case that it belongs to"),
	  .hint = N_("Empty: a new case is opened, with the vulnerabilities of the advisory.") },
	{ 0 },
};

/* ---- the case ---- */

/* The supplier's own score, where the house has a place for its version. */
static bool vuln_scored(struct ctx *c, case_id k, vuln_id id, const struct notice_vulns_row *v)
{
	struct vuln_version_row now;
	struct vuln_rating      r = { .score = v->score, .severity = v->severity };
	struct cvss             x;

	if (!v->vector.n || v->score == INT_NONE)
		return true;
	if (!cvss_parse(c, v->vector, &x)) {
		c->fault = (struct fault){ 0 };
		return true;
	}
	if (x.version == CVSS_40)
		r.cvss4 = cvss_print(c->arena, &x);
	else if (x.version == CVSS_31)
		r.cvss31 = cvss_print(c->arena, &x);
	else
		return true;
	TRY(sql_vuln_version(c, id, &now));
	return vuln_rate(c, k, id, now.version, &r);
}

static str vuln_title(const struct notice_get_row *n, const struct notice_vulns_row *v)
{
	return v->title.n ? v->title : v->cve.n ? v->cve : n->title;
}

/* Those of the notice that the case does not have; a CVE ID that is elsewhere stays there. */
static bool vulns_add(struct ctx *c, case_id k, const struct notice_get_row *n, const struct notice_vulns_rows *all)
{
	for (size_t i = 0; i < all->n && i < CASE_VULNS; i++) {
		const struct notice_vulns_row *v = &all->v[i];
		struct vuln_draft              d = { .title = utf8_cut(vuln_title(n, v), 200), .cve = v->cve.n ? v->cve : STR_NONE, .cwe = v->cwe };
		struct cve_case_row            had;
		bool                           found = false;
		vuln_id                        id;
		if (v->cve.n)
			TRY(sql_cve_case(c, v->cve, &had, &found));
		if (found)
			continue;
		TRY(vuln_add(c, k, &d, v->severity, &id));
		TRY(vuln_scored(c, k, id, v));
	}
	return true;
}

/* One of its CVE IDs is in a case already: whoever decides is told which, and names it. */
static bool taken_check(struct ctx *c, const struct notice_vulns_rows *all)
{
	struct cve_case_row had;
	bool                found = false;

	for (size_t i = 0; i < all->n && i < CASE_VULNS && !found; i++)
		if (all->v[i].cve.n) {
			TRY(sql_cve_case(c, all->v[i].cve, &had, &found));
			if (found)
				return fault(c, E_EXISTS, "same_as", N_("The case {1} has {2} already. Give its number here and the advisory is added to it."), had.number, all->v[i].cve);
		}
	return true;
}

static bool case_find(struct ctx *c, str number, case_id *k)
{
	struct case_named_row r;
	bool                  found = false;

	TRY(sql_case_named(c, number, &r, &found));
	if (!found)
		return fault(c, E_INVALID, "same_as", N_("There is no case with the number {1}."), number);
	if (r.closed_at != TIME_NONE)
		return fault(c, E_STATE, "same_as", N_("The case {1} is closed. Open it again first."), number);
	*k = r.id;
	return true;
}

static bool case_open(struct ctx *c, const struct notice_get_row *n, case_id *k)
{
	struct casefile_draft d = { .title = utf8_cut(n->title, 200), .severity = n->severity, .owner = { c->actor->id },
		.tlp = str_eq(n->tlp, S("NONE")) ? STR_NONE : n->tlp, .access = str_eq(n->tlp, S("RED")) ? S("members") : STR_NONE };
	str number;

	return casefile_open(c, &d, k, &number);
}

/* meets FIRST-1.1 2.3.2: handling starts before anybody outside reports it; 2.3.5 */
static bool case_make(struct ctx *c, const struct args *a, const struct notice_get_row *n, case_id *k)
{
	struct notice_vulns_rows all;
	bool                     joins = arg_str(a, "same_as").n > 0;

	TRY(sql_notice_vulns(c, n->id, &all));
	if (joins)
		TRY(case_find(c, arg_str(a, "same_as"), k));
	else
		TRY(taken_check(c, &all) && case_open(c, n, k));
	TRY(timeline_fact(c, *k, "notice.linked", STR_CAT(c->arena, n->publisher, S(" "), n->number)));
	TRY(vulns_add(c, *k, n, &all));
	if (!joins)
		TRY(casefile_move(c, *k, "qualified", "case.qualified") && casefile_turn(c, *k, "team"));
	return fact_tell(c, "notice.linked", k->v, n->id.v);
}

/* ---- the decision ---- */

bool notice_decide(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct notice_get_row n;
	str                   outcome = arg_str(a, "outcome");
	case_id               k = { STR_NONE };
	int64_t               done, version = arg_int(a, "version");

	TRY(sql_notice_get(c, (notice_id){ arg_str(a, "id") }, &n));
	if (str_eq(n.state, S("cased")))
		return fault(c, E_STATE, NULL, N_("This advisory belongs to a case already."));
	if (version != INT_NONE && version != n.version)
		return fault(c, E_CONFLICT, NULL, N_("Somebody else changed this advisory meanwhile, or the supplier did. What you typed is kept below; please look at it as it is now."));
	if (str_eq(outcome, S("irrelevant")) && !arg_str(a, "reason").n)
		return fault(c, E_INVALID, "reason", N_("Please say why it does not concern us."));
	if (str_eq(outcome, S("cased")))
		TRY(case_make(c, a, &n, &k));
	TRY(sql_notice_decided(c, n.id, n.version, outcome, arg_str(a, "reason").n ? arg_str(a, "reason") : S(""), k, (user_id){ c->actor->id }, c->now, &done));
	if (done != 1)
		return fault(c, E_BUSY, NULL, NULL);
	out->object   = n.id.v;
	out->casefile = k.v;
	out->report   = n.holder.n && !k.v.n ? n.id.v : STR_NONE;
	out->note     = outcome;
	out->next     = k.v.n ? STR_CAT(c->arena, S("/cases/"), k.v) : STR_CAT(c->arena, S("/notices/"), n.id.v);
	out->said     = k.v.n ? S(N_("The advisory belongs to this case now.")) : S(N_("The decision is written down."));
	return true;
}
