#include "services/1-stakeholders/1-internal/desk.h"

#include "gen/desk.html.h"
#include "gen/desk.sql.h"

#include <stddef.h>

#include "platform/text/moment.h"
#include "platform/text/word.h"
#include "record/draft.h"
#include "record/reminder.h"
#include "record/role.h"
#include "record/setting.h"

enum { QUIET_DAYS = 42 };   /* unless the settings say otherwise: six weeks, as CSAF has it */

enum column { NOW, SOON, WAITING };

static const char *const when_words[] = { "now", "soon", "waiting" };

#define COL(name, kind) { #name, kind, offsetof(struct task, name) }
static const struct db_col task_cols[] = {
	COL(when, DB_TEXT), COL(kind, DB_TEXT), COL(number, DB_TEXT), COL(title, DB_TEXT),
	COL(why, DB_TEXT), COL(severity, DB_TEXT), COL(due, DB_TIME), COL(href, DB_TEXT), COL(owner, DB_TEXT),
};

static void push(struct ctx *c, struct desk_page *m, enum column at, struct task t)
{
	t.when  = str_of(when_words[at]);
	t.clock = t.due == TIME_NONE ? STR_NONE
	        : t.due <= c->now ? S("clock late") : t.due <= c->now + DAY ? S("clock near") : S("clock");
	if (str_eq(t.severity, S("unknown")))
		t.severity = STR_NONE;
	(void)list_push(c->arena, &m->columns[at].tasks, t);
}

/* How many of the rows found are shown; notes when there are more. */
static size_t shown(struct desk_page *m, enum column at, size_t n)
{
	if (n <= DESK_ROWS)
		return n;
	m->columns[at].more = true;
	return DESK_ROWS;
}

static str because(struct ctx *c, const char *why)
{
	return word_tr(c->lang, why);
}

/* ---- reports ---- */

static bool reports_fill(struct ctx *c, struct desk_page *m)
{
	struct desk_report_now_rows   now;
	struct desk_report_later_rows later;

	TRY(sql_desk_report_now(c, c->now, DESK_ROWS + 1, &now));
	for (size_t i = 0; i < shown(m, NOW, now.n); i++) {
		const struct desk_report_now_row *r = &now.v[i];
		const char *why = str_eq(r->state, S("new")) ? N_("Here because nobody has looked at this report yet")
		                : r->unread > 0 ? N_("Here because the finder wrote and waits for an answer")
		                : N_("Here because our word to the finder is due");
		push(c, m, NOW, (struct task){ .kind = S("report"), .number = r->number, .title = r->title,
			.lang = r->lang, .why = because(c, why), .due = r->due_at,
			.href = STR_CAT(c->arena, S("/reports/"), r->id.v) });
	}
	TRY(sql_desk_report_later(c, c->now, c->now + DESK_SOON, DESK_ROWS + 1, &later));
	for (size_t i = 0; i < later.n && i < DESK_ROWS; i++) {
		const struct desk_report_later_row *r = &later.v[i];
		bool asked = str_eq(r->state, S("needs_info"));
		push(c, m, asked ? WAITING : SOON, (struct task){ .kind = S("report"), .number = r->number,
			.title = r->title, .lang = r->lang, .due = r->due_at,
			.why = because(c, asked ? N_("Here because the finder was asked for more")
			                        : N_("Here because our next word to the finder is due this week")),
			.href = STR_CAT(c->arena, S("/reports/"), r->id.v) });
	}
	m->columns[SOON].more |= later.n > DESK_ROWS;
	return true;
}

/* ---- cases ---- */

/* Whose questions stand in the desk: one's own; for the team everybody's. */
static user_id asked_of(struct ctx *c)
{
	return (user_id){ may(c->actor, MAY_TEAM) ? STR_NONE : c->actor->id };
}

static bool turn_fill(struct ctx *c, struct desk_page *m, enum column at, const char *turn, const char *why)
{
	struct desk_case_rows rows;

	TRY(sql_desk_case(c, str_of(turn), asked_of(c), DESK_ROWS + 1, &rows));
	for (size_t i = 0; i < shown(m, at, rows.n); i++) {
		const struct desk_case_row *r = &rows.v[i];
		str args[1] = { moment_age(c, r->changed_at) };
		push(c, m, at, (struct task){ .kind = S("case"), .number = r->number, .title = r->title,
			.severity = r->severity, .due = TIME_NONE, .why = word_fill(c, why, args, 1),
			.href = STR_CAT(c->arena, S("/cases/"), r->id.v) });
	}
	return true;
}

static bool embargoes_fill(struct ctx *c, struct desk_page *m)
{
	struct desk_embargo_rows rows;

	TRY(sql_desk_embargo(c, c->now + DESK_SOON, DESK_ROWS + 1, &rows));
	for (size_t i = 0; i < shown(m, SOON, rows.n); i++) {
		const struct desk_embargo_row *r = &rows.v[i];
		bool over = r->embargo_at <= c->now;
		push(c, m, over ? NOW : SOON, (struct task){ .kind = S("case"), .number = r->number,
			.title = r->title, .severity = r->severity, .due = r->embargo_at,
			.why = because(c, over ? N_("Here because the embargo is over and nothing is published")
			                       : N_("Here because the embargo ends within 7 days")),
			.href = STR_CAT(c->arena, S("/cases/"), r->id.v) });
	}
	return true;
}

/* ---- questions and advisories ---- */

/* One's own open questions; for the team also those put to others. */
static bool questions_fill(struct ctx *c, struct desk_page *m)
{
	struct desk_question_rows rows;

	TRY(sql_desk_question(c, asked_of(c), DESK_ROWS + 1, &rows));
	for (size_t i = 0; i < rows.n && i < DESK_ROWS; i++) {
		const struct desk_question_row *r = &rows.v[i];
		bool mine = str_eq(r->asked_of.v, c->actor->id);
		str  args[1] = { r->owner };
		push(c, m, mine ? NOW : WAITING, (struct task){ .kind = S("question"), .number = r->number,
			.title = STR_CAT(c->arena, r->product, S(" · "), r->title), .severity = r->severity, .due = r->due_at,
			.why = mine ? because(c, N_("Here because you are asked whether the product is affected"))
			            : word_fill(c, N_("Here because {1} was asked whether the product is affected"), args, 1),
			.href = STR_CAT(c->arena, S("/questions/"), r->id.v) });
	}
	m->columns[may(c->actor, MAY_TEAM) ? WAITING : NOW].more |= rows.n > DESK_ROWS;
	return true;
}

/* Where an edition stands, for the one who looks. */
static void edition_push(struct ctx *c, struct desk_page *m, const struct desk_edition_row *r)
{
	struct task t = { .kind = S("advisory"), .number = r->number, .severity = r->severity, .due = TIME_NONE,
		.title = r->title.n ? r->title : r->number, .href = STR_CAT(c->arena, S("/editions/"), r->id.v) };
	bool approver = may(c->actor, MAY_TEAM | ROLE_LEGAL | ROLE_EXECUTIVE) &&
	                (!front_of(c)->two_persons || (!str_eq(r->submitted_by.v, c->actor->id) && !str_eq(r->written_by, c->actor->id)));

	if (str_eq(r->state, S("scheduled"))) {
		t.due = r->publish_at;
		t.why = because(c, N_("Here because the advisory will be published then"));
		push(c, m, SOON, t);
	} else if (str_eq(r->state, S("approved"))) {
		t.why = because(c, N_("Here because the advisory is approved and nobody has published it"));
		push(c, m, may(c->actor, MAY_TEAM) ? NOW : WAITING, t);
	} else if (r->comments > 0) {
		/* Nobody approves it before; its writers resolve them. */
		t.why = because(c, N_("Here because comments of the review are not resolved"));
		t.href = STR_CAT(c->arena, t.href, S("#comments"));
		push(c, m, may(c->actor, MAY_TEAM) ? NOW : WAITING, t);
	} else {
		t.why = because(c, approver ? N_("Here because the advisory waits for your approval")
		                            : N_("Here because the advisory waits for another person's approval"));
		push(c, m, approver ? NOW : WAITING, t);
	}
}

static bool editions_fill(struct ctx *c, struct desk_page *m)
{
	struct desk_edition_rows rows;

	TRY(sql_desk_edition(c, c->lang == LANG_JA ? S("ja") : S("en"), DESK_ROWS + 1, &rows));
	for (size_t i = 0; i < shown(m, NOW, rows.n); i++)
		edition_push(c, m, &rows.v[i]);
	return true;
}

/* What can be done about it at once; both make a further edition, which goes the usual way. */
static struct form *act_form(struct ctx *c, const char *op, str id)
{
	struct form *f;

	if (!op_find(front_of(c), str_of(op)))
		return NULL;
	f = form_new(c, op);
	form_set(c, f, "id", id);
	return form_may(c, f) ? f : NULL;
}

/* meets CSAF-2.0 9.1.6: interim and no new edition for so long: final is suggested, to whom it belongs */
static bool interim_fill(struct ctx *c, struct desk_page *m)
{
	struct desk_interim_rows rows;
	int64_t                  days;

	TRY(setting_number(c, "final_days", QUIET_DAYS, &days));
	TRY(sql_desk_interim(c, c->lang == LANG_JA ? S("ja") : S("en"), c->now - days * DAY, DESK_ROWS + 1, &rows));
	for (size_t i = 0; i < rows.n && i < DESK_ROWS; i++) {
		const struct desk_interim_row *r = &rows.v[i];
		bool mine = may(c->actor, MAY_TEAM) && (r->owner.v.n == 0 || str_eq(r->owner.v, c->actor->id));
		str  args[2] = { str_fmt(c->arena, "%lld", (long long)((c->now - r->published_at) / DAY)), r->owner_name };
		struct task t = { .kind = S("advisory"), .number = r->number, .severity = r->severity, .due = TIME_NONE, .owner = r->owner_name,
			.title = r->title.n ? r->title : r->number, .href = STR_CAT(c->arena, S("/editions/"), r->id.v, S("#status")),
			.why = word_fill(c, r->owner.v.n ? N_("Here because this interim advisory has been quiet for {1} days; its case belongs to {2}")
			                                 : N_("Here because this interim advisory has been quiet for {1} days; nobody owns its case"), args, 2),
			.act = act_form(c, "advisory.finalise", r->id.v), .other = act_form(c, "advisory.revise", r->id.v) };
		if (!t.act || !t.other)
			t.act = t.other = NULL;
		push(c, m, mine ? NOW : WAITING, t);
	}
	m->columns[may(c->actor, MAY_TEAM) ? NOW : WAITING].more |= rows.n > DESK_ROWS;
	return true;
}

static bool cases_fill(struct ctx *c, struct desk_page *m)
{
	bool team = may(c->actor, MAY_TEAM), engineer = may(c->actor, ROLE_ENGINEER);

	TRY(editions_fill(c, m));
	TRY(interim_fill(c, m));
	TRY(questions_fill(c, m));
	TRY(embargoes_fill(c, m));
	TRY(turn_fill(c, m, team ? NOW : WAITING, "team",
	              team ? N_("Here because it is the team's turn, for {1} now")
	                   : N_("Here because the team has had its turn for {1}")));
	TRY(turn_fill(c, m, engineer ? NOW : WAITING, "engineer",
	              engineer ? N_("Here because the case waits for product engineering, for {1} now")
	                       : N_("Here because product engineering has had its turn for {1}")));
	TRY(turn_fill(c, m, WAITING, "finder", N_("Here because the finder has had their turn for {1}")));
	return turn_fill(c, m, may(c->actor, ROLE_LEAD | ROLE_LEGAL) ? NOW : WAITING, "approver",
	                 N_("Here because the case has waited for approval for {1}"));
}

/* ---- suppliers ---- */

/* meets FIRST-1.1 2.3.2: what concerns our components waits for a decision */
static bool notices_fill(struct ctx *c, struct desk_page *m)
{
	struct desk_notice_rows rows;

	TRY(sql_desk_notice(c, DESK_ROWS + 1, &rows));
	for (size_t i = 0; i < shown(m, NOW, rows.n); i++) {
		const struct desk_notice_row *r = &rows.v[i];
		str args[1] = { r->publisher };
		push(c, m, NOW, (struct task){ .kind = S("notice"), .number = r->number, .title = r->title, .lang = r->lang.n ? r->lang : STR_NONE,
			.severity = r->severity, .due = TIME_NONE,
			.why = word_fill(c, N_("Here because an advisory of {1} names components of our products"), args, 1),
			.href = STR_CAT(c->arena, S("/notices/"), r->id.v) });
	}
	return true;
}

/* ---- people ---- */

static bool people_fill(struct ctx *c, struct desk_page *m)
{
	struct desk_person_rows rows;

	TRY(sql_desk_person(c, DESK_ROWS + 1, &rows));
	for (size_t i = 0; i < shown(m, WAITING, rows.n); i++) {
		const struct desk_person_row *r = &rows.v[i];
		str args[1] = { moment_age(c, r->made_at) };
		push(c, m, WAITING, (struct task){ .kind = S("person"), .number = r->mail, .title = r->name,
			.due = TIME_NONE,
			.why = word_fill(c, N_("Here because the invitation of {1} ago was not accepted yet"), args, 1),
			.href = STR_CAT(c->arena, S("/people/"), r->id.v) });
	}
	return true;
}

/* ---- the page ---- */

/* What an empty column says, and the next step it offers. */
static void advise(struct ctx *c, struct desk_column *k, const char *title, const char *empty, const char *advice,
                   const char *href, const char *act)
{
	k->title  = title;
	k->empty  = word_tr(c->lang, empty);
	k->advice = word_tr(c->lang, advice);
	k->href   = href ? str_of(href) : STR_NONE;
	k->act    = act ? word_tr(c->lang, act) : STR_NONE;
	k->tasks.max = 1000;
}

static void columns_fill(struct ctx *c, struct desk_page *m)
{
	bool team = may(c->actor, MAY_TEAM), cases = may(c->actor, MAY_CASES);

	if (team)
		advise(c, &m->columns[NOW], N_("Answer now"), N_("Nothing waits for an answer"),
		       N_("New reports, words of finders and cases whose turn is yours appear here."),
		       "/reports", N_("To the reports"));
	else if (cases)
		advise(c, &m->columns[NOW], N_("Answer now"), N_("Nothing waits for you"),
		       N_("What you are asked about a case appears here. Meanwhile you can read the cases you may see."),
		       "/cases", N_("To the cases"));
	else
		advise(c, &m->columns[NOW], N_("Answer now"), N_("Nothing waits for you"),
		       N_("You run the system and see no cases. Invite the people who work on them."),
		       "/people", N_("To the people"));
	advise(c, &m->columns[SOON], N_("Due soon"), N_("Nothing is due within 7 days"),
	       N_("Embargoes that end and promised answers appear here 7 days ahead."), NULL, NULL);
	advise(c, &m->columns[WAITING], N_("Waiting on others"), N_("Nobody owes an answer"),
	       cases ? N_("Cases and reports that wait for a finder, an engineer or an approver stand here.")
	             : N_("People who were invited stand here until they have set a password."), NULL, NULL);
}

/* What the columns will ask, all at once (db_ahead). */
static bool desk_ahead(struct ctx *c)
{
	static const char *const turns[] = { "team", "engineer", "finder", "approver" };

	if (may(c->actor, MAY_TEAM)) {
		TRY(sql_desk_report_now_ahead(c, c->now, DESK_ROWS + 1));
		TRY(sql_desk_report_later_ahead(c, c->now, c->now + DESK_SOON, DESK_ROWS + 1));
		TRY(sql_desk_notice_ahead(c, DESK_ROWS + 1));
	}
	if (!may(c->actor, MAY_CASES))
		return true;
	TRY(settings_ahead(c));
	TRY(sql_desk_edition_ahead(c, c->lang == LANG_JA ? S("ja") : S("en"), DESK_ROWS + 1));
	TRY(sql_desk_question_ahead(c, asked_of(c), DESK_ROWS + 1));
	TRY(sql_desk_embargo_ahead(c, c->now + DESK_SOON, DESK_ROWS + 1));
	for (size_t i = 0; i < sizeof(turns) / sizeof(*turns); i++)
		TRY(sql_desk_case_ahead(c, str_of(turns[i]), asked_of(c), DESK_ROWS + 1));
	return true;
}

static bool desk_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct desk_page *m = NEW(c->arena, struct desk_page);
	LIST(struct task) all = { .max = 3000 };

	(void)a;
	columns_fill(c, m);
	TRY(desk_ahead(c));
	if (may(c->actor, MAY_TEAM))
		TRY(reports_fill(c, m) && notices_fill(c, m));
	if (may(c->actor, MAY_CASES))
		TRY(cases_fill(c, m));
	if (may(c->actor, ROLE_ADMIN))
		TRY(people_fill(c, m));
	m->shown.max = 3;
	for (size_t i = 0; i < 3; i++) {
		(void)list_push(c->arena, &m->shown, m->columns[i]);
		for (size_t k = 0; k < m->columns[i].tasks.n; k++)
			(void)list_push(c->arena, &all, m->columns[i].tasks.v[k]);
	}
	sheet_add(out, "tasks", false, task_cols, sizeof(task_cols) / sizeof(task_cols[0]), all.v, all.n, sizeof(*all.v));
	out->model = m;
	return true;
}

static void desk_show(struct page *w, const void *model)
{
	html_desk(w, model);
}

/* meets FIRST-1.1 1.1.1 */
static bool count_members(struct ctx *c, int64_t *n, time_us *newest)
{
	struct desk_evidence_row r;

	TRY(sql_desk_evidence(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

/* ---- drafts ---- */

static const struct arg keep_args[] = {
	{ .name = "form", .kind = ARG_LINE, .max = DRAFT_PLACE, .must = true, .label = N_("Form"),
	  .hint = N_("The operation and what it is about, such as report.reply?id=…") },
	{ .name = "body", .kind = ARG_TEXT, .max = DRAFT_BODY, .must = true, .label = N_("Fields"),
	  .hint = N_("As a browser sends a form: name=value&…") },
	{ 0 },
};

static const struct arg drop_args[] = {
	{ .name = "form", .kind = ARG_LINE, .max = DRAFT_PLACE, .must = true, .label = N_("Form") },
	{ .name = "next", .kind = ARG_LINE, .max = 400, .hidden = true, .label = N_("Page to show next") },
	{ 0 },
};

static bool run_keep(struct ctx *c, const struct args *a, struct sheet *out)
{
	TRY(draft_save(c, arg_str(a, "form"), arg_str(a, "body")));
	out->raw      = S("kept\n");
	out->raw_type = S("text/plain; charset=utf-8");
	return true;
}

static bool run_drop(struct ctx *c, const struct args *a, struct sheet *out)
{
	str next = arg_str(a, "next");

	TRY(draft_drop(c, arg_str(a, "form")));
	out->next = str_starts(next, S("/")) && !str_starts(next, S("//")) ? next : S("/desk");
	out->said = S(N_("The draft was discarded."));
	return true;
}

/* Nobody comes back to a draft after a month; daily letters leave in the morning. */
static bool heard_tick(struct ctx *c, str case_id_, str object)
{
	(void)case_id_;
	(void)object;
	return draft_sweep(c) && reminder_tick(c);
}

/* ---- tables ---- */

static const struct op ops[] = {
	{ .name = "draft.keep", .path = "POST /drafts", .may = MAY_INSIDE, .args = keep_args, .run = run_keep,
	  .help = N_("Keep a draft"), .flags = OP_QUIET },
	{ .name = "draft.drop", .path = "POST /drafts/drop", .may = MAY_INSIDE, .args = drop_args, .run = run_drop,
	  .help = N_("Discard a draft"), .flags = OP_QUIET },
	{ 0 },
};

static const struct hears hears[] = { { "clock.ticked", heard_tick }, { 0 } };

static const struct arg none[] = { { 0 } };

static const struct view views[] = {
	{ .name = "desk", .path = "GET /desk", .may = MAY_CASES | ROLE_ADMIN, .args = none,
	  .rows = desk_rows, .page = desk_show, .help = N_("Desk"), .area = "desk" },
	{ 0 },
};

static const struct evidence proof[] = {
	{ "1.1.1", N_("People of other departments who work on cases"), count_members },
	{ 0 },
};

const struct service desk_service = {
	.number   = "1.1",
	.title    = N_("Internal Stakeholder Management"),
	.ops      = ops,
	.views    = views,
	.hears    = hears,
	.evidence = proof,
};
