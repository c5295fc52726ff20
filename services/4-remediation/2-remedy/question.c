#include "services/4-remediation/2-remedy/impact.h"

#include "gen/question.html.h"

#include "platform/clock.h"
#include "platform/text/word.h"
#include "record/draft.h"
#include "record/reminder.h"

/*
 * The question to the owner of a product: is it affected?  Asking makes the
 * engineer a member of the case; answering takes one form.
 */

/* ---- asking ---- */

const struct arg ask_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "product", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Product") },
	{ .name = "vuln", .kind = ARG_ID, .must = true, .label = N_("Vulnerability") },
	{ .name = "to", .kind = ARG_ID, .label = N_("Engineer"), .hint = N_("Somebody of the product's team; the first one when empty.") },
	{ .name = "due", .kind = ARG_DATE, .label = N_("Answer until"), .hint = N_("In 7 days when empty.") },
	{ .name = "words", .kind = ARG_TEXT, .max = 1900, .label = N_("What else they should know") },
	{ 0 },
};

static bool owner_of(struct ctx *c, const struct args *a, product_id product, struct asked_get_row *who)
{
	struct owner_list_rows owners;
	user_id                to    = { arg_str(a, "to") };
	bool                   found = false;

	if (!to.v.n) {
		TRY(sql_owner_list(c, product, &owners));
		if (owners.n == 0)
			return fault(c, E_INVALID, "to", N_("Nobody belongs to the team of this product. Add an engineer to it, or name one here."));
		to = owners.v[0].id;
	}
	TRY(sql_asked_get(c, to, who, &found));
	if (!found || !(who->roles & (MAY_TEAM | ROLE_ENGINEER)))
		return fault(c, E_INVALID, "to", N_("Please name an engineer."));
	return true;
}

static str case_place(struct ctx *c, str id)
{
	return STR_CAT(c->arena, S("/cases/"), id, S("/impact"));
}

/* meets FIRST-1.1 4.2.1: the owner of the product says which versions are affected */
bool run_ask(struct ctx *c, const struct args *a, struct sheet *out)
{
	case_id                   k   = { arg_str(a, "id") };
	vuln_id                   v   = { arg_str(a, "vuln") };
	time_us                   due = arg_time(c, a, "due");
	question_id               id  = { random_id(c) };
	struct impact_product_row p;
	struct asked_get_row      who;

	TRY(casefile_seen(c, k));
	TRY(impact_vuln_check(c, k, v));
	TRY(sql_impact_product(c, (product_id){ arg_str(a, "product") }, &p));
	TRY(owner_of(c, a, p.id, &who));
	due = due == TIME_NONE ? c->now + 7 * DAY : due + DAY - SECOND;
	if (due <= c->now)
		return fault(c, E_INVALID, "due", N_("This day is past."));
	TRY(sql_scope_insert(c, k, p.id, c->now));
	TRY(sql_question_insert(c, id, k, v, p.id, (user_id){ c->actor->id }, who.id, c->now, due,
	                        arg_str(a, "words").n ? arg_str(a, "words") : S("")));
	TRY(casefile_admit(c, k, who.id, "product"));
	TRY(casefile_turn(c, k, "engineer"));
	TRY(timeline_fact(c, k, "impact.asked", STR_CAT(c->arena, p.name, S(" → "), who.name)));
	TRY(reminder_send(c, REMIND_QUESTION, who.id, k.v));
	TRY(fact_tell(c, "impact.asked", k.v, id.v));
	out->casefile = k.v;
	out->object   = id.v;
	out->next     = case_place(c, k.v);
	out->said     = str_of(N_("The question waits for its answer."));
	return true;
}

/* ---- my questions ---- */

const struct arg question_list_args[] = {
	{ .name = "all", .kind = ARG_BOOL, .label = N_("Everybody's") },
	{ .name = "answered", .kind = ARG_BOOL, .label = N_("Answered ones too") },
	{ 0 },
};

bool question_list_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct question_list_model *m = NEW(c->arena, struct question_list_model);

	m->all   = arg_bool(a, "all");
	m->every = arg_bool(a, "answered");
	TRY(sql_question_list(c, (user_id){ m->all ? STR_NONE : c->actor->id }, m->every, 500, &m->rows));
	SHEET_MANY(out, "questions", question_list, &m->rows);
	out->model = m;
	return true;
}

void question_list_page(struct page *w, const void *model)
{
	html_question_list(w, model);
}

/* ---- one question ---- */

const struct arg question_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Question") },
	{ 0 },
};

static const struct { const char *vex, *word; } words[] = {
	{ "affected", "affected" }, { "not_affected", "not-affected" }, { "fixed", "fixed" },
	{ "under_investigation", "investigating" },
};

/* True when the refused form that is shown again, or the draft, had this value chosen. */
static bool was_chosen(const struct form *f, const char *name, str value)
{
	str v;

	for (size_t i = 0; f->pending && arg_nth(f->pending->args, name, i, &v); i++)
		if (str_eq(v, value))
			return true;
	for (size_t i = 0; !f->pending && i < f->presets.n; i++)
		if (str_eq(f->presets.v[i].name, str_of(name)) && str_eq(f->presets.v[i].value, value))
			return true;
	return false;
}

static bool versions_fill(struct ctx *c, struct question_model *m)
{
	struct impact_releases_rows r;
	struct impact_cell_row      cell;

	TRY(sql_impact_releases(c, m->q.product, 1000, &r));
	m->rows.max = r.n + 1;
	for (size_t i = 0; i < r.n; i++) {
		struct impact_row row   = { .id = r.v[i].id.v, .name = r.v[i].name, .cells = { .max = 1 } };
		str               state = S("unknown");
		bool              found = false;
		TRY(sql_impact_cell(c, m->q.vuln, r.v[i].id, &cell, &found));
		for (size_t w = 0; found && w < 4; w++)
			if (str_eq(cell.status, str_of(words[w].vex)))
				state = str_of(words[w].word);
		(void)list_push(c->arena, &row.cells, (struct impact_cell_view){
			.state = state, .typed = was_chosen(m->answer, "release", r.v[i].id.v) });
		(void)list_push(c->arena, &m->rows, row);
	}
	return true;
}

static void reasons_fill(struct ctx *c, struct question_model *m)
{
	m->reasons.max = 10;
	for (const struct choice *o = justification_choices; o->value; o++)
		(void)list_push(c->arena, &m->reasons, (struct cell_word){
			str_of(o->value), word_tr(c->lang, o->label),
			was_chosen(m->answer, "justification", str_of(o->value)) ? S("on") : S("") });
}

/* The one who was asked, their team, and the PSIRT on their behalf. */
static bool may_speak(struct ctx *c, const struct question_get_row *q, bool *yes)
{
	struct owner_has_row row;

	*yes = may(c->actor, MAY_TEAM) || str_eq(q->asked_of.v, c->actor->id);
	return *yes || sql_owner_has(c, q->product, (user_id){ c->actor->id }, &row, yes);
}

bool question_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct question_version_rows *versions = NEW(c->arena, struct question_version_rows);
	struct question_model        *m        = NEW(c->arena, struct question_model);

	TRY(sql_question_get(c, (question_id){ arg_str(a, "id") }, &m->q));
	TRY(may_speak(c, &m->q, &m->may_answer));
	m->product = product_label(c, m->q.product_name, m->q.product_name_ja);
	m->open    = m->q.answered_at == TIME_NONE;
	m->answer  = form_new(c, "question.answer");
	form_set(c, m->answer, "id", m->q.id.v);
	form_set_int(c, m->answer, "version", m->q.version);
	m->may_answer &= form_may(c, m->answer);
	if (m->may_answer)
		TRY(draft_show(c, m->answer));
	TRY(versions_fill(c, m));
	reasons_fill(c, m);
	SHEET_ONE(out, "question", question_get, &m->q);
	TRY(sql_question_version(c, m->q.id, versions));
	SHEET_MANY(out, "versions", question_version, versions);
	out->title    = m->product;
	out->casefile = m->q.casefile.v;
	out->object   = m->q.id.v;
	out->version  = m->q.version;
	out->model    = m;
	return true;
}

void question_page(struct page *w, const void *model)
{
	html_question(w, model);
}

/* ---- answering ---- */

static const struct choice answer_choices[] = {
	{ "affected", N_("Affected") },
	{ "not_affected", N_("Not affected") },
	{ "need_time", N_("Need time") },
	{ NULL, NULL },
};

const struct arg answer_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Question") },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version") },
	{ .name = "answer", .kind = ARG_CHOICE, .choices = answer_choices, .must = true, .label = N_("Answer") },
	{ .name = "justification", .kind = ARG_CHOICE, .choices = justification_choices, .label = N_("Why not affected") },
	{ .name = "release", .kind = ARG_ID, .many = true, .label = N_("Versions"), .hint = N_("All versions when none is chosen.") },
	{ .name = "due", .kind = ARG_DATE, .label = N_("I will know by"), .hint = N_("In 7 days when empty; for “need time”.") },
	{ .name = "note", .kind = ARG_TEXT, .max = 1900, .label = N_("Note") },
	{ 0 },
};

static bool is_chosen(const struct args *a, str release)
{
	str v;

	if (!arg_str(a, "release").n)
		return true;
	for (size_t i = 0; arg_nth(a, "release", i, &v); i++)
		if (str_eq(v, release))
			return true;
	return false;
}

/* The chosen versions must be the product's. */
static bool chosen_check(struct ctx *c, const struct args *a, const struct impact_releases_rows *r)
{
	str v;

	for (size_t i = 0; arg_nth(a, "release", i, &v); i++) {
		bool found = v.n == 0;
		for (size_t k = 0; k < r->n && !found; k++)
			found = str_eq(r->v[k].id.v, v);
		if (!found)
			return fault(c, E_INVALID, "release", N_("This is no version of the product."));
	}
	return true;
}

/* The status of each chosen version; "need time" leaves what is decided already. */
static bool answer_write(struct ctx *c, const struct args *a, const struct question_get_row *q, struct impact_tally *t)
{
	struct impact_releases_rows r;
	struct impact_cell_row      cell;
	bool                        wait = str_eq(arg_str(a, "answer"), S("need_time"));
	struct impact_change        x = { q->vuln, .status = wait ? S("under_investigation") : arg_str(a, "answer"),
	                                  .justification = arg_str(a, "justification"), .version = INT_NONE };

	TRY(sql_impact_releases(c, q->product, 10000, &r));
	TRY(chosen_check(c, a, &r));
	for (size_t i = r.n; i-- > 0;) {
		bool found = false;
		if (!is_chosen(a, r.v[i].id.v))
			continue;
		x.release = r.v[i].id;
		if (wait)
			TRY(sql_impact_cell(c, x.vuln, x.release, &cell, &found));
		if (!found)
			TRY(impact_write(c, q->casefile, &x, t));
	}
	return true;
}

static bool answer_keep(struct ctx *c, const struct args *a, const struct question_get_row *q)
{
	bool    wait = str_eq(arg_str(a, "answer"), S("need_time"));
	time_us due  = arg_time(c, a, "due");
	str     note = arg_str(a, "note");
	int64_t n;

	if (!wait)
		due = q->due_at;
	else if (due == TIME_NONE)
		due = c->now + 7 * DAY;
	else
		due += DAY - SECOND;
	if (wait && due <= c->now)
		return fault(c, E_INVALID, "due", N_("This day is past."));
	TRY(sql_question_set(c, q->id, arg_int(a, "version"), arg_str(a, "answer"), note.n ? note : S(""), due,
	                     wait ? TIME_NONE : c->now, (user_id){ c->actor->id }, &n));
	return n == 1 || fault(c, E_CONFLICT, NULL, N_("This question was answered or changed meanwhile. Nothing was saved; what you chose is kept below."));
}

/* meets FIRST-1.1 4.2.1 */
bool run_answer(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct question_get_row  q;
	struct question_open_row left;
	struct impact_tally      t = { 0 };
	bool                     yes;

	TRY(sql_question_get(c, (question_id){ arg_str(a, "id") }, &q));
	TRY(may_speak(c, &q, &yes));
	if (!yes)
		return fault(c, E_NOTFOUND, NULL, NULL);
	if (str_eq(arg_str(a, "answer"), S("not_affected")) && !arg_str(a, "justification").n)
		return fault(c, E_INVALID, "justification", N_("Please say why it is not affected."));
	TRY(answer_keep(c, a, &q));
	TRY(answer_write(c, a, &q, &t));
	TRY(impact_tell(c, q.casefile, q.product_name, &t));
	TRY(sql_question_open(c, q.casefile, &left));
	if (left.n == 0)
		TRY(casefile_turn(c, q.casefile, "team"));
	out->casefile = q.casefile.v;
	out->object   = q.id.v;
	out->note     = arg_str(a, "answer");
	out->next     = S("/questions");
	out->said     = str_of(N_("Thank you. The answer stands in the case."));
	return true;
}
