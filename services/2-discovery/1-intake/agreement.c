#include "services/2-discovery/1-intake/agreement.h"

#include "platform/clock.h"
#include "platform/text/word.h"
#include "platform/text/zone.h"
#include "record/casefile.h"
#include "record/draft.h"
#include "record/role.h"
#include "services/2-discovery/1-intake/reporting.h"

static const struct choice state_choices[] = {
	{ "proposed", N_("Waits for the finder") }, { "agreed", N_("Agreed with the finder") },
	{ "countered", N_("The finder wishes something else") }, { NULL, NULL },
};

str agreement_when(struct ctx *c, time_us at, str zone)
{
	const struct zone *z = at == TIME_NONE ? NULL : zone_load(c, zone);
	struct civil       v;

	if (!z)
		return S("–");
	v = zone_civil(z, at);
	return str_fmt(c->arena, "%04d-%02d-%02d %02d:%02d (%.*s)", v.year, v.month, v.day, v.hour, v.minute, STR_ARG(zone));
}

/* A message of this kind in the finder's language; {1} the instant, {2} the name. */
static str said(struct ctx *c, str lang, const char *english, str when, str credit, str more)
{
	enum lang was = c->lang;
	str       args[2] = { when }, text;

	if (!lang_parse(lang, &c->lang))
		c->lang = LANG_EN;
	args[1] = credit.n ? credit : word_tr(c->lang, N_("no acknowledgement"));
	text    = word_fill(c, english, args, 2);
	c->lang = was;
	return more.n ? STR_CAT(c->arena, text, S("\n\n"), more) : text;
}

static bool on_timeline(struct ctx *c, const struct report_brief *r, const char *fact, str when, str credit)
{
	if (r->casefile.v.n)
		TRY(timeline_fact(c, r->casefile, fact, STR_CAT(c->arena, r->number, S(" · "), when, credit.n ? S(" · ") : S(""), utf8_cut(credit, 100))));
	return fact_tell(c, fact, r->casefile.v.n ? r->casefile.v : STR_NONE, r->id.v);
}

/* ---- what is shown ---- */

static void plan_set(struct ctx *c, struct form *f, time_us at, str zone)
{
	const struct zone *z = at == TIME_NONE ? NULL : zone_load(c, zone);
	struct civil       v;

	form_set(c, f, "plan_zone", zone.n ? zone : c->zone.n ? c->zone : S("UTC"));
	if (!z)
		return;
	v = zone_civil(z, at);
	form_set(c, f, "plan_date", str_fmt(c->arena, "%04d-%02d-%02d", v.year, v.month, v.day));
	form_set(c, f, "plan_time", str_fmt(c->arena, "%02d:%02d", v.hour, v.minute));
}

/* The team proposes what the finder wishes, else what stands, else what the finder told at first. */
static bool propose_form(struct ctx *c, const struct report_brief *r, time_us plan_at, str plan_zone, str credit,
                         struct agreement_part *m)
{
	const struct agreement_list_row *g      = m->last;
	bool                             wished = g && str_eq(g->state, S("countered"));

	if (!may(c->actor, MAY_TEAM))
		return true;
	m->propose = form_new(c, "report.propose");
	form_set(c, m->propose, "id", r->id.v);
	form_set_int(c, m->propose, "version", g ? g->ordinal : 0);
	if (wished && g->wish_at != TIME_NONE)
		plan_set(c, m->propose, g->wish_at, g->wish_zone);
	else
		plan_set(c, m->propose, g ? g->disclose_at : plan_at, g ? g->disclose_zone : plan_zone);
	form_set(c, m->propose, "credit", wished ? g->wish_credit : g ? g->credit : credit);
	return draft_show(c, m->propose);
}

static bool is_agreed(const struct agreement_list_row *g)
{
	return g && str_eq(g->state, S("agreed"));
}

/* The case has another embargo than what is agreed. */
static bool embargo_form(struct ctx *c, const struct report_brief *r, struct agreement_part *m)
{
	struct casefile_embargo e;
	bool                    found = false;

	if (!is_agreed(m->last) || !r->casefile.v.n || !may(c->actor, MAY_TEAM))
		return true;
	TRY(casefile_embargo(c, r->casefile, &e, &found));
	if (!found || e.over || e.at == m->last->disclose_at)
		return true;
	m->number  = e.number;
	m->until   = agreement_when(c, e.at, e.zone.n ? e.zone : S("UTC"));
	m->embargo = form_new(c, "report.embargo");
	form_set(c, m->embargo, "id", r->id.v);
	form_set_int(c, m->embargo, "version", m->last->ordinal);
	form_set_int(c, m->embargo, "case_version", e.version);
	return true;
}

static void answer_forms(struct ctx *c, struct agreement_part *m)
{
	if (!m->waits)
		return;
	m->agree = form_new(c, "report.agree");
	form_set_int(c, m->agree, "version", m->last->ordinal);
	m->wish = form_new(c, "report.wish");
	form_set_int(c, m->wish, "version", m->last->ordinal);
	plan_set(c, m->wish, m->last->disclose_at, m->last->disclose_zone);
	form_set(c, m->wish, "credit", m->last->credit);
}

bool agreement_fill(struct ctx *c, const struct report_brief *r, time_us plan_at, str plan_zone, str credit, bool inside,
                    struct agreement_part *m, struct sheet *s)
{
	struct agreement_list_rows *rows = NEW(c->arena, struct agreement_list_rows);

	TRY(sql_agreement_list(c, r->id, rows));
	m->lines.max = rows->n + 1;
	for (size_t i = 0; i < rows->n; i++) {
		if (!inside)
			rows->v[i].proposed_name = S("PSIRT");   /* names of people inside stay inside */
		(void)list_push(c->arena, &m->lines, (struct agreement_line){
			&rows->v[i], choice_label(c, state_choices, rows->v[i].state), i == 0 });
	}
	SHEET_MANY(s, "agreements", agreement_list, rows);
	m->last  = rows->n ? &rows->v[0] : NULL;
	m->waits = m->last && str_eq(m->last->state, S("proposed"));
	if (inside)
		return embargo_form(c, r, m) && propose_form(c, r, plan_at, plan_zone, credit, m);
	answer_forms(c, m);
	return true;
}

/* ---- what a proposal says ---- */

#define PLAN_ARGS \
	{ .name = "plan_date", .kind = ARG_DATE, .must = true, .label = N_("Made public on") }, \
	{ .name = "plan_time", .kind = ARG_LINE, .max = 5, .must = true, .label = N_("Time of day"), .hint = N_("Such as 18:00") }, \
	{ .name = "plan_zone", .kind = ARG_LINE, .max = 64, .must = true, .label = N_("Time zone"), .hint = N_("Such as Asia/Tokyo, Europe/Berlin or UTC") }, \
	{ .name = "credit", .kind = ARG_LINE, .max = 300, .label = N_("Name for the acknowledgement"), \
	  .hint = N_("Exactly as it should stand in the advisory; empty: no acknowledgement") }

const struct arg propose_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true },
	{ .name = "version", .kind = ARG_INT, .hidden = true, .label = N_("Number of the last proposal that was seen") },
	PLAN_ARGS,
	{ .name = "words", .kind = ARG_TEXT, .max = 8000, .label = N_("What else the finder should know") },
	{ 0 },
};

const struct arg agree_args[] = {
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Number of the proposal") },
	{ 0 },
};

const struct arg wish_args[] = {
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Number of the proposal") },
	PLAN_ARGS,
	{ .name = "words", .kind = ARG_TEXT, .max = 8000, .label = N_("Why, if you like to tell") },
	{ 0 },
};

static bool same(str a, str b)
{
	return a.n == b.n && (a.n == 0 || str_eq(a, b));
}

static str given(const struct args *a, const char *name)
{
	return arg_str(a, name).n ? arg_str(a, name) : S("");
}

static bool last_of(struct ctx *c, report_id id, struct agreement_list_rows *rows, const struct agreement_list_row **last)
{
	TRY(sql_agreement_list(c, id, rows));
	*last = rows->n ? &rows->v[0] : NULL;
	return true;
}

/* ---- the embargo of the case ---- */

/* meets FIRST-1.1 5.2.1: what is agreed holds for the case */
static bool embargo_follow(struct ctx *c, case_id k, str number, time_us at, str zone)
{
	return !k.v.n || casefile_embargo_first(c, k, at, zone, STR_CAT(c->arena, number, S(" · "), agreement_when(c, at, zone)));
}

bool agreement_forget(struct ctx *c, UNUSED str casefile, str person)
{
	return sql_agreement_forget(c, (user_id){ person });
}

bool agreement_heard(struct ctx *c, str casefile, str report)
{
	const struct agreement_list_row *last;
	struct agreement_list_rows       rows;
	struct report_brief              r;

	if (!casefile.n)
		return true;
	TRY(report_brief(c, (report_id){ report }, &r));
	TRY(last_of(c, r.id, &rows, &last));
	return !is_agreed(last) || last->disclose_at <= c->now ||
	       embargo_follow(c, (case_id){ casefile }, r.number, last->disclose_at, last->disclose_zone);
}

const struct arg embargo_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Number of the agreement") },
	{ .name = "case_version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version of the case that was seen") },
	{ 0 },
};

bool embargo_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	const struct agreement_list_row *last;
	struct agreement_list_rows       rows;
	struct casefile_embargo          e;
	struct report_brief              r;
	str                              when;
	bool                             found = false;

	TRY(report_brief(c, (report_id){ arg_str(a, "id") }, &r));
	TRY(last_of(c, r.id, &rows, &last));
	if (!is_agreed(last) || last->ordinal != arg_int(a, "version"))
		return fault(c, E_CONFLICT, NULL, N_("There is another proposal by now. Please look at it as it is now."));
	if (r.casefile.v.n)
		TRY(casefile_embargo(c, r.casefile, &e, &found));
	if (!found)
		return fault(c, E_STATE, NULL, N_("This report belongs to no case."));
	when = agreement_when(c, last->disclose_at, last->disclose_zone);
	TRY(casefile_embargo_move(c, r.casefile, arg_int(a, "case_version"), last->disclose_at, last->disclose_zone,
	                          STR_CAT(c->arena, r.number, S(" · "), when)));
	out->object   = out->report = r.id.v;
	out->casefile = r.casefile.v;
	out->note     = when;
	out->next     = STR_CAT(c->arena, S("/reports/"), r.id.v);
	out->said     = S(N_("The embargo of the case ends on the agreed day."));
	return true;
}

/* ---- proposing ---- */

static bool future(struct ctx *c, time_us at)
{
	return at > c->now || fault(c, E_INVALID, "plan_date", N_("This instant is past."));
}

/* meets FIRST-1.1 5.2.1, 5.2.1.4: the day of disclosure and the credit are agreed with the finder */
bool propose_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	const struct agreement_list_row *last;
	struct agreement_list_rows       rows;
	struct report_brief              r;
	agreement_id                     id = { random_id(c) };
	message_id                       m;
	time_us                          at;
	str                              zone, when, credit = given(a, "credit");
	bool                             wished;

	TRY(report_brief(c, (report_id){ arg_str(a, "id") }, &r));
	TRY(plan_read(c, a, &at, &zone));
	TRY(future(c, at));
	TRY(last_of(c, r.id, &rows, &last));
	if (arg_int(a, "version") != INT_NONE && arg_int(a, "version") != (last ? last->ordinal : 0))
		return fault(c, E_CONFLICT, NULL, N_("Somebody else proposed something meanwhile, or the finder answered. What you typed is kept below; nothing was sent."));
	wished = last && str_eq(last->state, S("countered")) && last->wish_at == at && same(last->wish_credit, credit);
	when   = agreement_when(c, at, zone);
	TRY(sql_agreement_insert(c, id, r.id, last ? last->ordinal + 1 : 1, wished ? S("agreed") : S("proposed"), c->now,
	                         (user_id){ c->actor->id }, c->actor->name, at, zone, credit, wished ? c->now : TIME_NONE));
	TRY(report_tell(c, &r, STR_NONE, said(c, r.lang, wished
		? N_("We agree to your wish: we publish on {1} and acknowledge: {2}.")
		: N_("We propose to publish on {1} and to acknowledge: {2}. Please accept it on this page, or tell us what you wish."),
		when, credit, arg_str(a, "words")), !wished, &m));
	TRY(on_timeline(c, &r, wished ? "agreement.reached" : "agreement.proposed", when, credit));
	if (wished)
		TRY(report_credit(c, r.id, credit) && embargo_follow(c, r.casefile, r.number, at, zone));
	out->object   = out->report = r.id.v;
	out->casefile = r.casefile.v;
	out->note     = when;
	out->next     = STR_CAT(c->arena, S("/reports/"), r.id.v);
	out->said     = S(N_("The proposal stands on the finder's page."));
	return true;
}

/* ---- answering ---- */

static bool answer(struct ctx *c, const struct args *a, const char *state, time_us wish_at, str zone, str credit,
                   struct report_brief *r, struct agreement_list_rows *rows)
{
	const struct agreement_list_row *last;
	int64_t                          n = 0;

	TRY(report_own(c, r));
	TRY(last_of(c, r->id, rows, &last));
	if (last && last->ordinal == arg_int(a, "version"))
		TRY(sql_agreement_answer(c, r->id, last->ordinal, str_of(state), c->now, wish_at, zone, credit, &n));
	return n == 1 || fault(c, E_CONFLICT, NULL, N_("There is another proposal by now, or this one is answered already. Please look at it as it is now."));
}

static bool answered(const struct report_brief *r, str when, const char *said_, struct sheet *out)
{
	out->object   = out->report = r->id.v;
	out->casefile = r->casefile.v;
	out->note     = when;
	out->next     = S("/report/mine");
	out->said     = str_of(said_);
	return true;
}

bool agree_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct agreement_list_rows rows;
	struct report_brief        r;
	message_id                 m;
	str                        when;

	TRY(answer(c, a, "agreed", TIME_NONE, STR_NONE, S(""), &r, &rows));
	when = agreement_when(c, rows.v[0].disclose_at, rows.v[0].disclose_zone);
	TRY(report_hear(c, &r, said(c, r.lang, N_("I agree: publication on {1}, acknowledgement: {2}."), when, rows.v[0].credit, STR_NONE), &m));
	TRY(on_timeline(c, &r, "agreement.reached", when, rows.v[0].credit));
	TRY(report_credit(c, r.id, rows.v[0].credit));
	TRY(embargo_follow(c, r.casefile, r.number, rows.v[0].disclose_at, rows.v[0].disclose_zone));
	return answered(&r, when, N_("Thank you. It is agreed."), out);
}

bool wish_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct agreement_list_rows rows;
	struct report_brief        r;
	message_id                 m;
	time_us                    at;
	str                        zone, when;

	TRY(plan_read(c, a, &at, &zone));
	TRY(future(c, at));
	TRY(answer(c, a, "countered", at, zone, given(a, "credit"), &r, &rows));
	when = agreement_when(c, at, zone);
	TRY(report_hear(c, &r, said(c, r.lang, N_("I wish: publication on {1}, acknowledgement: {2}."), when, given(a, "credit"), arg_str(a, "words")), &m));
	TRY(on_timeline(c, &r, "agreement.countered", when, given(a, "credit")));
	return answered(&r, when, N_("Your wish is with the PSIRT."), out);
}
