#include "services/1-stakeholders/5-communication/tracking.h"

#include "gen/tracking.html.h"

#include "base/buf.h"
#include "platform/text/word.h"
#include "record/draft.h"
#include "record/reminder.h"
#include "record/search.h"
#include "record/setting.h"
#include "services/1-stakeholders/5-communication/find.h"
#include "services/1-stakeholders/5-communication/seek.h"

enum { PAGE = 50 };

/* ---- the list ---- */

static const struct { const char *word, *label; } sorts[] = {
	{ "number", N_("Number") },     { "title", N_("Title") },   { "state", N_("State") },
	{ "severity", N_("Severity") }, { "turn", N_("Turn") },     { "changed", N_("Last change") },
	{ "opened", N_("Opened") },     { "embargo", N_("Embargo") },
};

static const struct choice sort_choices[] = {
	{ "changed", N_("Last change") }, { "opened", N_("Opened") },     { "number", N_("Number") },
	{ "title", N_("Title") },     { "state", N_("State") },       { "severity", N_("Severity") },
	{ "turn", N_("Turn") },       { "embargo", N_("Embargo") },   { NULL, NULL },
};

static const struct arg list_args[] = {
	{ .name = "state", .kind = ARG_CHOICE, .choices = case_state_choices, .label = N_("State") },
	{ .name = "severity", .kind = ARG_CHOICE, .choices = severity_choices, .label = N_("Severity") },
	{ .name = "owner", .kind = ARG_ID, .label = N_("Owner") },
	{ .name = "turn", .kind = ARG_CHOICE, .choices = turn_choices, .label = N_("Turn") },
	{ .name = "tlp", .kind = ARG_CHOICE, .choices = tlp_choices, .label = "TLP" },
	{ .name = "mine", .kind = ARG_BOOL, .label = N_("Mine") },
	{ .name = "open", .kind = ARG_BOOL, .label = N_("Not closed") },
	{ .name = "exploited", .kind = ARG_BOOL, .label = N_("Exploited") },
	{ .name = "sort", .kind = ARG_CHOICE, .choices = sort_choices, .label = N_("Order") },
	{ .name = "from", .kind = ARG_INT, .label = N_("Start at row") },
	{ .name = "after", .kind = ARG_LINE, .max = 60, .label = N_("Place where the page before ended"),
	  .hint = N_("As the link to the next page has it; without it rows are counted off.") },
	{ 0 },
};

static enum case_list_sort sort_of(str word)
{
	for (size_t i = 0; i < case_list_sorts_n; i++)
		if (str_eq(word, str_of(case_list_sorts[i])))
			return (enum case_list_sort)i;
	return case_list_by_changed;
}

/* Choices, ids and truth values: only one plus has to be escaped. */
static const char *const kept[] = { "severity", "owner", "turn", "tlp", "mine", "exploited" };

/* The list again with another state (none for all, or "open=1"), order or page (its first row, and the place before that); all else stays. */
static str list_address(struct ctx *c, const struct args *a, str state, str sort, int64_t from, str after)
{
	struct buf b;

	buf_init(&b, c->arena, 2000);
	buf_add(&b, S("/cases?sort="));
	buf_add(&b, sort.n ? sort : S("changed"));
	if (str_starts(state, S("open="))) {
		buf_char(&b, '&');
		buf_add(&b, state);
	} else if (state.n) {
		buf_add(&b, S("&state="));
		buf_add(&b, state);
	}
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (arg_given(a, kept[i]) && arg_str(a, kept[i]).n) {
			buf_fmt(&b, "&%s=", kept[i]);
			buf_add(&b, str_eq(arg_str(a, kept[i]), S("AMBER+STRICT")) ? S("AMBER%2BSTRICT") : arg_str(a, kept[i]));
		}
	if (from > 0)
		buf_fmt(&b, "&from=%lld", (long long)from);
	if (after.n) {
		buf_add(&b, S("&after="));   /* digits and an id, or a number: nothing to escape */
		buf_add(&b, after);
	}
	return buf_str(&b);
}

static void list_links(struct ctx *c, const struct args *a, struct case_list_page *m)
{
	str state = m->state.n ? m->state : !arg_given(a, "open") ? STR_NONE : m->open ? S("open=1") : S("open=0");
	str sort  = arg_str(a, "sort");

	m->states.max = m->sorts.max = 20;
	(void)list_push(c->arena, &m->states, (struct filter_link){
		word_tr(c->lang, N_("All")), list_address(c, a, STR_NONE, sort, 0, STR_NONE), !state.n });
	(void)list_push(c->arena, &m->states, (struct filter_link){
		word_tr(c->lang, N_("Not closed")), list_address(c, a, S("open=1"), sort, 0, STR_NONE), str_eq(state, S("open=1")) });
	for (const struct choice *o = case_state_choices; o->value; o++)
		(void)list_push(c->arena, &m->states, (struct filter_link){
			word_tr(c->lang, o->label), list_address(c, a, str_of(o->value), sort, 0, STR_NONE),
			str_eq(state, str_of(o->value)) });
	for (size_t i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++)
		(void)list_push(c->arena, &m->sorts, (struct filter_link){
			word_tr(c->lang, sorts[i].label), list_address(c, a, state, str_of(sorts[i].word), 0, STR_NONE),
			str_eq(sort, str_of(sorts[i].word)) });
	if (m->rows.n > PAGE) {
		m->rows.n = PAGE;
		m->more   = list_address(c, a, state, sort, m->from + PAGE, place_print(c, sort_of(sort), &m->rows.v[PAGE - 1]));
	}
	if (m->from > 0)
		m->less = list_address(c, a, state, sort, m->from > PAGE ? m->from - PAGE : 0, STR_NONE);
}

static bool people_offer(struct ctx *c, const struct choice **out)
{
	struct person_list_rows rows;
	struct choice          *v;

	TRY(sql_person_list(c, &rows));
	v = NEWS(c->arena, struct choice, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		v[i] = (struct choice){ cstr(c->arena, rows.v[i].id.v), cstr(c->arena, rows.v[i].name) };
	*out = v;
	return true;
}

/* Words of ours are translated, names of people are not. */
static void pick_add(struct ctx *c, const struct args *a, struct case_list_page *m, const char *name, const struct choice *choices, bool words)
{
	struct filter_pick p     = { .name = str_of(name), .options = { .max = 2000 } };
	str                given = arg_str(a, name);

	for (const struct arg *d = list_args; d->name; d++)
		if (strcmp(d->name, name) == 0)
			p.label = word_tr(c->lang, d->label);
	for (const struct choice *o = choices; o->value; o++)
		(void)list_push(c->arena, &p.options, (struct filter_option){
			str_of(o->value), words ? word_tr(c->lang, o->label) : str_of(o->label), str_eq(given, str_of(o->value)) });
	(void)list_push(c->arena, &m->picks, p);
}

/* Who owns the cases: in place of the ids that the list came with, names; also of those who are not active any more. */
static bool owners_name(struct ctx *c, const struct choice *people, struct case_list_rows *rows)
{
	str id = STR_NONE, name = STR_NONE;

	for (size_t i = 0; i < rows->n; i++) {
		str                    *at    = &rows->v[i].owner_name;
		const struct choice    *p     = people;
		struct person_name_row  other = { 0 };
		bool                    found = false;

		if (at->n && !str_eq(*at, id)) {
			id = *at;
			while (p->value && !str_eq(id, str_of(p->value)))
				p++;
			if (!p->value)
				TRY(sql_person_name(c, (user_id){ id }, &other, &found));
			name = p->value ? str_of(p->label) : found ? other.name : STR_NONE;
		}
		*at = at->n ? name : STR_NONE;
	}
	return true;
}

static bool picks_fill(struct ctx *c, const struct args *a, struct case_list_page *m)
{
	const struct choice *people;

	TRY(people_offer(c, &people));
	TRY(owners_name(c, people, &m->rows));
	m->picks.max = 5;
	pick_add(c, a, m, "severity", severity_choices, true);
	pick_add(c, a, m, "owner", people, false);
	pick_add(c, a, m, "turn", turn_choices, true);
	pick_add(c, a, m, "tlp", tlp_choices, true);
	m->state     = arg_str(a, "state");
	m->open      = arg_bool(a, "open");
	m->mine      = arg_bool(a, "mine");
	m->exploited = arg_bool(a, "exploited");
	m->filtered  = m->state.n > 0 || arg_given(a, "open");
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		m->filtered |= arg_str(a, kept[i]).n > 0;
	return true;
}

static bool list_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct case_list_page *m    = NEW(c->arena, struct case_list_page);
	enum case_list_sort    sort = sort_of(arg_str(a, "sort"));
	struct case_filter     f    = {
		.state = arg_str(a, "state"), .severity = arg_str(a, "severity"), .turn = arg_str(a, "turn"),
		.tlp = arg_str(a, "tlp"), .owner = { arg_str(a, "owner") }, .mine = { arg_bool(a, "mine") ? c->actor->id : STR_NONE },
		.open      = arg_given(a, "open") ? arg_bool(a, "open") : INT_NONE,
		.exploited = arg_given(a, "exploited") ? arg_bool(a, "exploited") : INT_NONE,
	};

	m->from = arg_int(a, "from") > 0 ? arg_int(a, "from") : 0;
	TRY(seek_cases(c, &f, sort, PAGE + 1, m->from, place_parse(c, sort, arg_str(a, "after")), &m->rows));
	TRY(picks_fill(c, a, m));
	list_links(c, a, m);
	SHEET_MANY(out, "cases", case_list, &m->rows);
	out->model = m;
	return true;
}

static void list_page(struct page *w, const void *model)
{
	html_case_list(w, model);
}

/* ---- the case page ---- */

static const struct arg id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ 0 },
};

/* All that is asked of a case whatever it holds, by the page and its panels. */
static bool page_ahead(struct ctx *c, case_id id)
{
	const struct front *f = front_of(c);

	TRY(sql_case_get_ahead(c, id));
	TRY(sql_case_member_list_ahead(c, id));
	for (size_t i = 0; i < f->services_n; i++)
		for (const struct panel *p = f->services[i]->panels; p && p->name; p++)
			TRY(!p->ahead || p->ahead(c, id.v));
	TRY(timeline_ahead(c, id));
	TRY(drafts_ahead(c) && settings_ahead(c));
	return sql_person_list_ahead(c);
}

static bool panels_fill(struct ctx *c, case_id id, struct sheet *out, struct case_page *m)
{
	const struct front *f = front_of(c);

	m->panels.max = 40;
	for (size_t i = 0; i < f->services_n; i++)
		for (const struct panel *p = f->services[i]->panels; p && p->name; p++) {
			const void *model = NULL;
			TRY(p->rows(c, id.v, out, &model));
			if (model)
				(void)list_push(c->arena, &m->panels, (struct case_panel){ p, model });
		}
	return true;
}

/* What the case still needs, from its parts in the sheet. */
static size_t part_count(const struct sheet *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (!strcmp(s->parts[i].name, name))
			return s->parts[i].n;
	return 0;
}

static const struct { const char *state, *next, *part, *what, *href; } needs[] = {
	{ "open", N_("Qualified"), "vulns", N_("Record a vulnerability"), "#qualification" },
	{ "qualified", N_("In remediation"), "impact", N_("Decide which versions are affected"), "#impact" },
	{ "remedying", N_("In disclosure"), "remedies", N_("Record a fix, workaround or mitigation"), "#remedies" },
	{ "qualified", N_("In remediation"), "remedies", N_("Record a fix, workaround or mitigation"), "#remedies" },
	{ "remedying", N_("In disclosure"), "advisories", N_("Draft the advisory"), "#advisory" },
	{ "disclosing", N_("Published"), "published", N_("Have the advisory approved and publish it"), "#advisory" },
};

static void missing_fill(struct ctx *c, const struct sheet *out, struct case_page *m)
{
	m->missing.max = 20;
	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
		if (!str_eq(m->k.state, str_of(needs[i].state)))
			continue;
		m->next_state = word_tr(c->lang, needs[i].next);
		if (part_count(out, needs[i].part) == 0)
			(void)list_push(c->arena, &m->missing, (struct missing){
				word_tr(c->lang, needs[i].what), str_of(needs[i].href) });
	}
	if (m->k.severity.n && str_eq(m->k.severity, S("unknown")) && !str_eq(m->k.state, S("closed")))
		(void)list_push(c->arena, &m->missing, (struct missing){
			word_tr(c->lang, N_("Assess the severity")),
			STR_CAT(c->arena, S("/cases/"), m->k.id.v, S("/assess")) });
	if (!m->k.owner.v.n)
		(void)list_push(c->arena, &m->missing, (struct missing){
			word_tr(c->lang, N_("Name an owner")), S("#edit") });
}

/* Active people as choices. */

static bool forms_fill(struct ctx *c, struct case_page *m)
{
	const struct choice *people;

	TRY(people_offer(c, &people));
	m->note = form_new(c, "case.note");
	form_set(c, m->note, "id", m->k.id.v);
	TRY(draft_show(c, m->note));
	m->edit = form_new(c, "case.edit");
	form_set(c, m->edit, "id", m->k.id.v);
	form_set_int(c, m->edit, "version", m->k.version);
	form_set(c, m->edit, "title", m->k.title);
	form_set(c, m->edit, "tlp", m->k.tlp);
	form_set(c, m->edit, "access", m->k.access);
	form_set(c, m->edit, "turn", m->k.turn);
	form_set(c, m->edit, "owner", m->k.owner.v);
	form_offer(c, m->edit, "owner", people);
	form_set(c, m->edit, "embargo", m->k.embargo_at == TIME_NONE ? STR_NONE : time_print(c->arena, m->k.embargo_at));
	form_set(c, m->edit, "zone", m->k.embargo_zone);
	form_set(c, m->edit, "exploited", m->k.exploited ? S("1") : S("0"));
	m->close = form_new(c, str_eq(m->k.state, S("closed")) ? "case.reopen" : "case.close");
	form_set(c, m->close, "id", m->k.id.v);
	members_fill(c, people, m);
	m->may_note = form_may(c, m->note);
	m->may_edit = form_may(c, m->edit);
	return true;
}

/* meets FIRST-1.1 1.5.3.1: the case with its history for those who may see it */
static bool case_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct case_page *m  = NEW(c->arena, struct case_page);
	case_id           id = { arg_str(a, "id") };

	TRY(page_ahead(c, id));
	TRY(sql_case_get(c, id, &m->k));
	TRY(sql_case_member_list(c, id, &m->members));
	SHEET_ONE(out, "case", case_get, &m->k);
	TRY(panels_fill(c, id, out, m));
	TRY(timeline_fill(c, id, (entry_id){ STR_NONE }, out, &m->t));
	SHEET_MANY(out, "members", case_member_list, &m->members);
	missing_fill(c, out, m);
	TRY(forms_fill(c, m));
	out->title    = STR_CAT(c->arena, m->k.number, S(" "), m->k.title);
	out->casefile = id.v;
	out->object   = id.v;
	out->version  = m->k.version;
	out->model    = m;
	return true;
}

static void case_show(struct page *w, const void *model)
{
	html_case_page(w, model);
}

static str case_path(struct ctx *c, str id)
{
	return STR_CAT(c->arena, S("/cases/"), id);
}

static bool done(struct ctx *c, case_id id, const char *said, struct sheet *out)
{
	out->casefile = out->object = id.v;
	out->next     = case_path(c, id.v);
	out->said     = str_of(said);
	return true;
}

static const struct arg note_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "body", .kind = ARG_TEXT, .max = 1900, .must = true, .label = N_("Note"),
	  .hint = N_("Stays inside; those who may see the case read it.") },
	{ 0 },
};

/* meets FIRST-1.1 1.5.3 */
static bool run_note(struct ctx *c, const struct args *a, struct sheet *out)
{
	case_id id = { arg_str(a, "id") };

	TRY(casefile_seen(c, id));
	TRY(timeline_note(c, id, S("AMBER"), arg_str(a, "body")));
	return done(c, id, N_("The note stands on the timeline."), out);
}

static const struct choice access_choices[] = {
	{ "team", N_("Team and members") }, { "members", N_("Members only") }, { NULL, NULL },
};

static const struct arg edit_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version") },
	{ .name = "title", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Title") },
	{ .name = "tlp", .kind = ARG_CHOICE, .must = true, .choices = tlp_choices, .label = "TLP" },
	{ .name = "access", .kind = ARG_CHOICE, .must = true, .choices = access_choices, .label = N_("Who may see it") },
	{ .name = "owner", .kind = ARG_ID, .label = N_("Owner") },
	{ .name = "turn", .kind = ARG_CHOICE, .must = true, .choices = turn_choices, .label = N_("Whose turn it is") },
	{ .name = "embargo", .kind = ARG_TIME, .label = N_("Embargo ends"), .hint = N_("An instant with its zone, or local time in your zone.") },
	{ .name = "zone", .kind = ARG_LINE, .max = 60, .label = N_("Zone of the embargo"), .hint = N_("The zone in which it was promised, such as Asia/Tokyo.") },
	{ .name = "exploited", .kind = ARG_BOOL, .label = N_("Exploitation has been seen") },
	{ 0 },
};

static bool run_edit(struct ctx *c, const struct args *a, struct sheet *out)
{
	case_id id    = { arg_str(a, "id") };
	user_id owner = { arg_str(a, "owner") };
	int64_t n;
	struct case_get_row was;

	TRY(sql_case_get(c, id, &was));
	TRY(sql_case_edit(c, id, arg_int(a, "version"), arg_str(a, "title"), arg_str(a, "tlp"),
	                  arg_str(a, "access"), owner, arg_str(a, "turn"), arg_time(c, a, "embargo"),
	                  arg_str(a, "zone"), arg_bool(a, "exploited"), c->now, &n));
	if (n == 0)
		return fault(c, E_CONFLICT, NULL,
		             N_("Somebody else changed the case since you opened it. Nothing was saved; load it again to see their change."));
	if (owner.v.n)
		TRY(casefile_admit(c, id, owner, "owner"));
	TRY(sql_case_member_embargo(c, id, arg_time(c, a, "embargo")));
	if (!str_eq(owner.v, was.owner.v))
		TRY(reminder_send(c, REMIND_YOURS, owner, id.v));
	if (!str_eq(arg_str(a, "title"), was.title))
		TRY(casefile_named(c, id, was.number, arg_str(a, "title")));
	TRY(timeline_fact(c, id, "case.edited", STR_NONE));
	return done(c, id, N_("The case was saved."), out);
}

static const struct arg close_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "reason", .kind = ARG_LINE, .must = true, .label = N_("Reason") },
	{ 0 },
};

static bool run_close(struct ctx *c, const struct args *a, struct sheet *out)
{
	case_id id = { arg_str(a, "id") };

	TRY(casefile_move(c, id, "closed", "case.closed"));
	TRY(casefile_turn(c, id, "nobody"));
	TRY(timeline_note(c, id, S("AMBER"), arg_str(a, "reason")));
	return done(c, id, N_("The case is closed."), out);
}

static bool run_reopen(struct ctx *c, const struct args *a, struct sheet *out)
{
	case_id id = { arg_str(a, "id") };

	TRY(casefile_move(c, id, "open", "case.reopened"));
	TRY(casefile_turn(c, id, "team"));
	TRY(timeline_note(c, id, S("AMBER"), arg_str(a, "reason")));
	return done(c, id, N_("The case is open again."), out);
}

static bool count_timeline(struct ctx *c, int64_t *n, time_us *newest)
{
	struct timeline_evidence_row r;

	TRY(sql_timeline_evidence(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

/* ---- tables ---- */

static const struct op ops[] = {
	{ .name = "case.note", .path = "POST /cases/:id/notes", .may = MAY_WRITE, .args = note_args,
	  .run = run_note, .form = "case.show", .help = N_("Write a note"), .flags = OP_ONCE | OP_DRAFT },
	{ .name = "case.edit", .path = "POST /cases/:id", .may = MAY_TEAM, .args = edit_args,
	  .run = run_edit, .form = "case.show", .help = N_("Save the case") },
	{ .name = "case.admit", .path = "POST /cases/:id/members", .may = MAY_TEAM, .args = admit_args,
	  .run = run_admit, .form = "case.show", .help = N_("Let into the case") },
	{ .name = "case.dismiss", .path = "POST /cases/:id/members/drop", .may = MAY_TEAM, .args = dismiss_args,
	  .run = run_dismiss, .form = "case.show", .help = N_("Take off the case") },
	{ .name = "case.close", .path = "POST /cases/:id/close", .may = MAY_TEAM, .args = close_args,
	  .run = run_close, .form = "case.show", .help = N_("Close the case") },
	{ .name = "case.reopen", .path = "POST /cases/:id/reopen", .may = MAY_TEAM, .args = close_args,
	  .run = run_reopen, .form = "case.show", .help = N_("Open the case again") },
	{ 0 },
};

static const struct view views[] = {
	{ .name = "case.list", .path = "GET /cases", .may = MAY_CASES, .args = list_args,
	  .rows = list_rows, .page = list_page, .help = N_("Cases"), .area = "cases" },
	{ .name = "case.show", .path = "GET /cases/:id", .may = MAY_CASES, .args = id_args,
	  .rows = case_rows, .page = case_show, .help = N_("Case"), .opens = "case", .area = "cases" },
	{ .name = "case.timeline", .path = "GET /cases/:id/timeline", .may = MAY_CASES, .args = timeline_args,
	  .rows = timeline_rows, .page = timeline_show, .help = N_("Timeline"), .opens = "case", .area = "cases" },
	{ .name = "find", .path = "GET /search", .may = MAY_CASES, .args = find_args,
	  .rows = find_rows, .page = find_show, .help = N_("Find"), .opens = "search" },
	{ 0 },
};

static const struct evidence proof[] = {
	{ "1.5.3", N_("Entries on the timelines of cases"), count_timeline },
	{ 0 },
};

static const struct search_source *const sources[] = { &case_source, NULL };

static const struct chore chores[] = {
	{ "search.stale", search_stale_due, search_stale_act, search_stale_keep },
	{ 0 },
};

const struct service tracking_service = {
	.number   = "1.5",
	.title    = N_("Incident Communications Coordination within the Organization"),
	.ops      = ops,
	.views    = views,
	.evidence = proof,
	.chores   = chores,
	.sources  = sources,
};
