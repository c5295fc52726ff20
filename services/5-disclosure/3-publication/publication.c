#include "services/5-disclosure/3-publication/publication.h"
#include "services/5-disclosure/3-publication/signature.h"

#include "services/5-disclosure/3-publication/archive.h"
#include "services/5-disclosure/3-publication/author/authoring.h"
#include "services/5-disclosure/3-publication/author/checking.h"
#include "services/5-disclosure/3-publication/author/examination.h"
#include "services/5-disclosure/3-publication/designation.h"
#include "services/5-disclosure/3-publication/past/digest.h"
#include "services/5-disclosure/3-publication/past/successor.h"
#include "services/5-disclosure/3-publication/author/inspection.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/lexicon.h"
#include "services/5-disclosure/3-publication/cve/numbering.h"
#include "services/5-disclosure/3-publication/listing.h"
#include "services/5-disclosure/3-publication/outlook.h"
#include "services/5-disclosure/3-publication/author/retrieval.h"
#include "services/5-disclosure/3-publication/author/signpost.h"
#include "services/5-disclosure/3-publication/standing.h"
#include "services/5-disclosure/3-publication/tongue.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "record/casefile.h"
#include "record/report.h"
#include "record/role.h"
#include "record/setting.h"

#define MAY_PAST    (MAY_TEAM | ROLE_EXECUTIVE | ROLE_LEGAL | ROLE_AUDITOR)

static user_id me(const struct ctx *c)
{
	return (user_id){ c->actor->id };
}

static edition_id edition_of(const struct args *a)
{
	return (edition_id){ arg_str(a, "id") };
}

bool edition_done(struct ctx *c, const struct edition_get_row *e, const char *said, struct sheet *out)
{
	out->casefile = e->casefile.v;
	out->object   = e->id.v;
	out->note     = e->number;
	out->next     = STR_CAT(c->arena, S("/editions/"), e->id.v);
	out->said     = str_of(said);
	return true;
}

bool edition_chosen(struct ctx *c, const struct edition_get_row *e, const struct args *a, const char *name, const char *said,
                    struct sheet *out)
{
	TRY(edition_done(c, e, said, out));
	out->note = STR_CAT(c->arena, e->number, S(" "), arg_str(a, name));
	out->next = STR_CAT(c->arena, out->next, S("#"), str_of(name));
	return true;
}

static bool tell(struct ctx *c, const struct edition_get_row *e, const char *fact, const char *turn)
{
	TRY(casefile_turn(c, e->casefile, turn));
	TRY(timeline_fact(c, e->casefile, fact, str_fmt(c->arena, "%.*s (%lld)", STR_ARG(e->number), (long long)e->ordinal)));
	return fact_tell(c, fact, e->casefile.v, e->advisory.v);
}

static bool text_put(struct ctx *c, edition_id id, const char *lang, const struct edition_text_get_row *t)
{
#define WHOLE(s) ((s).p ? (s) : S(""))
	return sql_edition_text_put(c, id, str_of(lang), WHOLE(t->title), WHOLE(t->summary), WHOLE(t->description),
	                            WHOLE(t->impact), WHOLE(t->solution), WHOLE(t->workaround), WHOLE(t->refs),
	                            WHOLE(t->thanks), WHOLE(t->change_note));
#undef WHOLE
}

/* ---- drafting ---- */

static const struct arg draft_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "number", .kind = ARG_LINE, .max = DESIGNATION_MAX, .label = N_("Number of the advisory"),
	  .hint = N_("Empty: the next one by the pattern of the settings.") },
	{ .name = "original", .kind = ARG_CHOICE, .choices = tongue_choices, .label = N_("Language of the original"),
	  .hint = N_("The documents in the other language are translations. Without a choice: that of the settings.") },
	{ 0 },
};

/* What the case knows already, in the language it was written in. */
static bool texts_prefill(struct ctx *c, case_id k, struct edition_text_get_row t[TEXT_LANGS])
{
	struct bulletin_case_row   file;
	struct bulletin_vulns_rows vulns;

	TRY(sql_bulletin_case(c, k, &file));
	TRY(sql_bulletin_vulns(c, k, &vulns));
	t[text_of(text_lang(file.title))].title = file.title;
	for (size_t i = 0; i < vulns.n; i++) {
		str  s = vulns.v[i].summary;
		str *x = &t[text_of(text_lang(s))].summary;
		if (s.n)
			*x = x->n ? STR_CAT(c->arena, *x, S("\n\n"), s) : s;
	}
	t[TEXT_EN].change_note = S("First edition.");
	t[TEXT_JA].change_note = S("初版");
	return true;
}

static bool edition_make(struct ctx *c, const struct edition_get_row *e, const struct edition_text_get_row t[TEXT_LANGS])
{
	TRY(sql_edition_insert(c, e->id, e->advisory, e->casefile, e->ordinal, e->withdraws, e->status, me(c), c->now));
	TRY(text_put(c, e->id, "en", &t[TEXT_EN]));
	return text_put(c, e->id, "ja", &t[TEXT_JA]);
}

/* meets FIRST-1.1 5.3.2.7 */
static bool run_draft(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_text_get_row t[TEXT_LANGS] = { 0 };
	struct edition_get_row      e = { .casefile = { arg_str(a, "id") }, .ordinal = 1, .status = S("final"), .original = arg_str(a, "original") };

	TRY(casefile_seen(c, e.casefile));
	if (!e.original.n)
		TRY(tongue_usual(c, &e.original));
	e.number = arg_str(a, "number");
	TRY(e.number.n ? designation_take(c, e.number) : designation_next(c, &e.number));
	TRY(texts_prefill(c, e.casefile, t));
	e.id       = (edition_id){ random_id(c) };
	e.advisory = (advisory_id){ random_id(c) };
	TRY(sql_advisory_insert(c, e.advisory, e.casefile, e.number, S("unknown"), e.original, me(c), c->now));
	TRY(edition_make(c, &e, t));
	TRY(tell(c, &e, "advisory.drafted", "team"));
	return edition_done(c, &e, N_("The advisory is drafted."), out);
}

#define TEXT_ARGS(lang, where) \
	{ .name = "title_" lang, .kind = ARG_LINE, .max = 300, .label = N_("Title"), .hint = where }, \
	{ .name = "summary_" lang, .kind = ARG_TEXT, .max = 20000, .label = N_("Summary") }, \
	{ .name = "description_" lang, .kind = ARG_TEXT, .max = 60000, .label = N_("Description") }, \
	{ .name = "impact_" lang, .kind = ARG_TEXT, .max = 20000, .label = N_("Impact (of an attack)") }, \
	{ .name = "solution_" lang, .kind = ARG_TEXT, .max = 20000, .label = N_("Solution") }, \
	{ .name = "workaround_" lang, .kind = ARG_TEXT, .max = 20000, .label = N_("Workaround") }, \
	{ .name = "refs_" lang, .kind = ARG_TEXT, .max = 20000, .label = N_("References"), \
	  .hint = N_("One a line: address, blank, what it is.") }, \
	{ .name = "thanks_" lang, .kind = ARG_TEXT, .max = 1900, .label = N_("Acknowledgements") }, \
	{ .name = "change_note_" lang, .kind = ARG_TEXT, .max = 1000, .label = N_("What is new in this edition") }

static const struct arg save_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version") },
	TEXT_ARGS("en", NULL),
	TEXT_ARGS("ja", NULL),
	{ 0 },
};

static const struct arg preview_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version") },
	{ .name = "preview", .kind = ARG_CHOICE, .choices = preview_choices, .hidden = true, .label = N_("Preview") },
	TEXT_ARGS("en", NULL),
	TEXT_ARGS("ja", NULL),
	{ 0 },
};

static struct edition_text_get_row text_read(struct ctx *c, const struct args *a, int lang)
{
	struct edition_text_get_row t = { 0 };

	for (size_t i = 0; i < TEXT_FIELDS; i++)
		text_set(&t, &text_fields[i], arg_str(a, cstr(c->arena, text_arg(c, &text_fields[i], lang))));
	return t;
}

static bool run_save(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_text_get_row en = text_read(c, a, TEXT_EN), ja = text_read(c, a, TEXT_JA);
	struct edition_get_row      e;
	int64_t                     n;

	TRY(edition_seen(c, edition_of(a), &e));
	if (!str_eq(e.state, S("draft")))
		return fault(c, E_STATE, NULL, N_("This edition is no draft any more. Send it back before changing it."));
	TRY(sql_edition_touch(c, e.id, arg_int(a, "version"), me(c), c->now, &n));
	if (n == 0)
		return fault(c, E_CONFLICT, NULL,
		             N_("Somebody else changed the advisory since you opened it. Nothing was saved; load it again to see their change."));
	TRY(text_put(c, e.id, "en", &en));
	TRY(text_put(c, e.id, "ja", &ja));
	return edition_done(c, &e, N_("The advisory was saved."), out);
}

/* ---- approval ---- */

static const struct arg id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ 0 },
};

static bool state_fault(struct ctx *c, const struct edition_get_row *e)
{
	return fault(c, E_STATE, NULL, N_("The edition is in the state {1}; this is not possible there."),
	             edition_state_word(c, e->state));
}

/* Disclosure begins when the text leaves its writer. */
static bool disclosing(struct ctx *c, case_id id)
{
	str state;

	TRY(casefile_state(c, id, &state));
	if (!str_eq(state, S("qualified")) && !str_eq(state, S("remedying")))
		return true;
	return casefile_move(c, id, "disclosing", "case.disclosing");
}

static bool run_submit(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct bulletin b;
	int64_t         n;

	TRY(bulletin_load(c, edition_of(a), &b));
	TRY(preflight_pass(c, &b));
	TRY(sql_edition_submit(c, b.e.id, me(c), c->now, &n));
	if (n == 0)
		return state_fault(c, &b.e);
	TRY(comment_resend(c, &b.e));
	TRY(disclosing(c, b.e.casefile));
	TRY(tell(c, &b.e, "advisory.submitted", "approver"));
	return edition_done(c, &b.e, N_("The advisory waits for approval."), out);
}

static const struct arg approve_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ .name = "seen", .kind = ARG_LINE, .max = SEAL_MAX, .hidden = true, .label = N_("Seal of what was seen"),
	  .hint = N_("As the edition is answered; when it says something else by now, nothing is approved.") },
	{ 0 },
};

/* What the approver read must be what is approved: the page has its seal. */
static bool seen_check(struct ctx *c, const struct args *a, str seal)
{
	return !arg_given(a, "seen") || str_eq(arg_str(a, "seen"), seal) ||
	       fault(c, E_CONFLICT, NULL, N_("What the advisory says has changed since you opened it. Nothing was approved; please read it as it is now."));
}

/* meets FIRST-1.1 5.3.2.8: another person than the writer reviews */
static bool run_approve(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct bulletin b;
	int64_t         n;
	str             seal;

	TRY(bulletin_load(c, edition_of(a), &b));
	if (edition_is_own(c, &b.e))
		return fault(c, E_STATE, NULL, edition_own_words);
	seal = bulletin_seal(c, &b);
	TRY(seen_check(c, a, seal));
	TRY(comments_settled(c, b.e.id));
	TRY(preflight_pass(c, &b));
	TRY(sql_edition_approve(c, b.e.id, me(c), seal, c->now, &n));
	if (n == 0)
		return state_fault(c, &b.e);
	TRY(tell(c, &b.e, "advisory.approved", "team"));
	return edition_done(c, &b.e, N_("The advisory is approved."), out);
}

static const struct arg return_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ .name = "reason", .kind = ARG_TEXT, .max = 1900, .must = true, .label = N_("Reason") },
	{ 0 },
};

static bool run_return(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_get_row e;
	int64_t                n;

	TRY(edition_seen(c, edition_of(a), &e));
	TRY(sql_edition_return(c, e.id, arg_str(a, "reason"), c->now, &n));
	if (n == 0)
		return state_fault(c, &e);
	TRY(comment_return(c, &e, arg_str(a, "reason")));
	TRY(tell(c, &e, "advisory.returned", "team"));
	return edition_done(c, &e, N_("The advisory went back to its writers."), out);
}

/* ---- publishing ---- */

static const struct arg schedule_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ .name = "at", .kind = ARG_TIME, .must = true, .label = N_("Publish at"),
	  .hint = N_("An instant with its zone, or local time in your zone.") },
	{ 0 },
};

static bool run_schedule(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_get_row e;
	time_us                at = arg_time(c, a, "at");
	int64_t                n;

	TRY(edition_seen(c, edition_of(a), &e));
	if (at <= c->now)
		return fault(c, E_INVALID, "at", N_("This instant has passed; publish now instead."));
	TRY(sql_edition_schedule(c, e.id, at, c->now, &n));
	if (n == 0)
		return state_fault(c, &e);
	TRY(tell(c, &e, "advisory.scheduled", "nobody"));
	return edition_done(c, &e, N_("The publication is scheduled."), out);
}

static bool run_publish(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_get_row e;

	TRY(edition_seen(c, edition_of(a), &e));
	TRY(edition_deliver(c, e.id));
	return edition_done(c, &e, N_("The advisory is published."), out);
}

/* The newest edition must be out, and the advisory not withdrawn. */
static bool next_edition(struct ctx *c, edition_id id, struct edition_get_row *e)
{
	struct edition_last_row last;

	TRY(edition_seen(c, id, e));
	TRY(sql_edition_last(c, e->advisory, &last));
	if (!str_eq(e->advisory_state, S("published")))
		return fault(c, E_STATE, NULL, N_("Only a published advisory can be revised or withdrawn."));
	if (!str_eq(last.state, S("published")))
		return fault(c, E_STATE, NULL, N_("Edition {1} is not published yet; change that one."),
		             str_fmt(c->arena, "%lld", (long long)last.ordinal));
	e->id      = (edition_id){ random_id(c) };
	e->ordinal = last.ordinal + 1;
	return true;
}

/* The texts of the newest edition that is out, and its status. */
static bool texts_last(struct ctx *c, struct edition_get_row *e, struct edition_text_get_row t[TEXT_LANGS])
{
	struct edition_before_row before;
	bool                      found;

	TRY(sql_edition_before(c, e->advisory, e->ordinal, &before, &found));
	if (!found)
		return fault(c, E_NOTFOUND, NULL, NULL);
	e->status = before.status;
	TRY(sql_edition_text_get(c, before.id, S("en"), &t[TEXT_EN], &found));
	return sql_edition_text_get(c, before.id, S("ja"), &t[TEXT_JA], &found);
}

static bool run_revise(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_text_get_row t[TEXT_LANGS] = { 0 };
	struct edition_get_row      e;

	TRY(next_edition(c, edition_of(a), &e));
	TRY(texts_last(c, &e, t));
	t[TEXT_EN].change_note = t[TEXT_JA].change_note = S("");
	e.withdraws = false;
	TRY(edition_make(c, &e, t));
	TRY(tell(c, &e, "advisory.drafted", "team"));
	return edition_done(c, &e, N_("A new edition is drafted."), out);
}

/* meets CSAF-2.0 9.1.6: nothing new was told for long, and a further edition says that nothing more is expected */
static bool run_finalise(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_text_get_row t[TEXT_LANGS] = { 0 };
	struct edition_get_row      e;

	TRY(next_edition(c, edition_of(a), &e));
	TRY(texts_last(c, &e, t));
	if (!str_eq(e.status, S("interim")))
		return fault(c, E_STATE, NULL, N_("The newest edition is final already."));
	t[TEXT_EN].change_note = S("Final: nothing more is expected. What is said has not changed.");
	t[TEXT_JA].change_note = S("確定。今後の更新の予定はない。内容に変更なし。");
	e.withdraws = false;
	e.status    = S("final");
	TRY(edition_make(c, &e, t));
	TRY(tell(c, &e, "advisory.drafted", "team"));
	return edition_done(c, &e, N_("A final edition is drafted. It goes out after approval."), out);
}

static const struct arg drop_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version") },
	{ 0 },
};

/*
 * A draft that never was out goes with all that is said in it; its number is not given again.
 * meets CSAF-2.0 9.1.6: deleted by who wrote it, or by a lead
 */
static bool run_drop(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_get_row e;
	int64_t                n;

	TRY(edition_seen(c, edition_of(a), &e));
	if (!edition_may_drop(c, &e))
		return fault(c, E_FORBIDDEN, NULL, N_("A draft is deleted by the person who began it or by a lead."));
	if (!str_eq(e.state, S("draft")))
		return state_fault(c, &e);
	TRY(sql_edition_touch(c, e.id, arg_int(a, "version"), me(c), c->now, &n));
	if (n == 0)
		return fault(c, E_CONFLICT, NULL, N_("Somebody else changed the advisory since you opened it. Nothing was deleted; load it again to see their change."));
	TRY(sql_comment_drop(c, e.id));
	TRY(sql_edition_text_drop(c, e.id));
	TRY(sql_edition_drop(c, e.id));
	TRY(sql_advisory_drop(c, e.advisory));
	TRY(tell(c, &e, "advisory.dropped", "team"));
	TRY(edition_done(c, &e, N_("The draft is deleted."), out));
	out->next = STR_CAT(c->arena, S("/cases/"), e.casefile.v, S("#advisory"));
	return true;
}

static const struct arg withdraw_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ .name = "reason_en", .kind = ARG_TEXT, .max = 1900, .must = true, .label = N_("Reason, in English") },
	{ .name = "reason_ja", .kind = ARG_TEXT, .max = 1900, .must = true, .label = N_("Reason, in Japanese") },
	{ 0 },
};

/* A withdrawal is an edition too: it is approved and published like any other. */
static bool run_withdraw(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_text_get_row was[TEXT_LANGS] = { 0 }, t[TEXT_LANGS] = { 0 };
	struct edition_get_row      e;

	TRY(next_edition(c, edition_of(a), &e));
	TRY(texts_last(c, &e, was));
	t[TEXT_EN] = (struct edition_text_get_row){ .title = STR_CAT(c->arena, S("Withdrawn: "), was[TEXT_EN].title),
		.summary = arg_str(a, "reason_en"), .change_note = S("Withdrawn.") };
	t[TEXT_JA] = (struct edition_text_get_row){ .title = STR_CAT(c->arena, S("【取下げ】"), was[TEXT_JA].title),
		.summary = arg_str(a, "reason_ja"), .change_note = S("取下げ") };
	e.withdraws = true;
	e.status    = S("final");
	TRY(edition_make(c, &e, t));
	TRY(tell(c, &e, "advisory.drafted", "team"));
	return edition_done(c, &e, N_("The withdrawal is drafted. It goes out after approval."), out);
}

/* ---- evidence ---- */

/* meets FIRST-1.1 5.3.2 */
static bool count_published(struct ctx *c, int64_t *n, time_us *newest)
{
	struct publication_evidence_row r;

	TRY(sql_publication_evidence(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

/* ---- tables ---- */

static const struct arg none[] = { { 0 } };

static const struct op ops[] = {
	{ .name = "advisory.draft", .path = "POST /cases/:id/advisory", .may = MAY_TEAM, .args = draft_args,
	  .run = run_draft, .form = "case.show", .help = N_("Draft an advisory"), .flags = OP_ONCE },
	{ .name = "edition.save", .path = "POST /editions/:id", .may = MAY_EDIT, .args = save_args,
	  .run = run_save, .form = "edition.show", .help = N_("Save the advisory"), .flags = OP_DRAFT },
	{ .name = "edition.preview", .path = "POST /editions/:id/preview", .may = MAY_EDIT, .args = preview_args,
	  .run = run_preview, .form = "edition.show", .help = N_("Keep what is typed as a draft and show its preview"), .flags = OP_QUIET },
	{ .name = "edition.status", .path = "POST /editions/:id/status", .may = MAY_EDIT, .args = status_args,
	  .run = run_status, .form = "edition.show", .help = N_("Set the status of the document") },
	{ .name = "edition.original", .path = "POST /editions/:id/original", .may = MAY_EDIT, .args = original_args,
	  .run = run_original, .form = "edition.show", .help = N_("Set the language of the original") },
	{ .name = "edition.comment", .path = "POST /editions/:id/comments", .may = MAY_REVIEW, .args = comment_args,
	  .run = run_comment, .form = "edition.show", .help = N_("Comment"), .flags = OP_ONCE },
	{ .name = "comment.resolve", .path = "POST /comments/:id/resolve", .may = MAY_REVIEW, .args = comment_resolve_args,
	  .run = run_comment_resolve, .help = N_("Resolve the comment") },
	{ .name = "edition.drop", .path = "POST /editions/:id/drop", .may = MAY_TEAM, .args = drop_args,
	  .run = run_drop, .form = "edition.show", .help = N_("Delete the draft") },
	{ .name = "edition.submit", .path = "POST /editions/:id/submit", .may = MAY_EDIT, .args = id_args,
	  .run = run_submit, .form = "edition.show", .help = N_("Send for approval") },
	{ .name = "edition.approve", .path = "POST /editions/:id/approve", .may = MAY_APPROVE, .args = approve_args,
	  .run = run_approve, .form = "edition.show", .help = N_("Approve") },
	{ .name = "edition.return", .path = "POST /editions/:id/return", .may = MAY_APPROVE, .args = return_args,
	  .run = run_return, .form = "edition.show", .help = N_("Send back") },
	{ .name = "edition.schedule", .path = "POST /editions/:id/schedule", .may = MAY_TEAM, .args = schedule_args,
	  .run = run_schedule, .form = "edition.show", .help = N_("Schedule") },
	{ .name = "edition.publish", .path = "POST /editions/:id/publish", .may = MAY_TEAM, .args = id_args,
	  .run = run_publish, .form = "edition.show", .help = N_("Publish now"), .flags = OP_ONCE },
	{ .name = "advisory.revise", .path = "POST /editions/:id/revise", .may = MAY_TEAM, .args = id_args,
	  .run = run_revise, .form = "edition.show", .help = N_("Revise"), .flags = OP_ONCE },
	{ .name = "advisory.finalise", .path = "POST /editions/:id/final", .may = MAY_TEAM, .args = id_args,
	  .run = run_finalise, .form = "edition.show", .help = N_("Make final"), .flags = OP_ONCE },
	{ .name = "advisory.withdraw", .path = "POST /editions/:id/withdraw", .may = MAY_TEAM, .args = withdraw_args,
	  .run = run_withdraw, .form = "edition.show", .help = N_("Withdraw"), .flags = OP_ONCE },
	{ .name = "advisory.import", .path = "POST /history", .may = MAY_TEAM, .args = history_import_args,
	  .prepare = history_import_prepare, .run = history_import, .form = "history.list", .help = N_("Import"),
	  .flags = OP_FILES | OP_QUIET | OP_BESIDE },
	{ .name = "history.publish", .path = "POST /history/:id/publish", .may = MAY_TEAM, .args = history_id_args,
	  .run = history_publish, .form = "history.show", .help = N_("Publish with its original document"), .flags = OP_QUIET },
	{ .name = "history.withdraw", .path = "POST /history/:id/withdraw", .may = MAY_TEAM, .args = history_withdraw_args,
	  .run = history_withdraw, .form = "history.show", .help = N_("Withdraw from the public pages"), .flags = OP_ONCE },
	{ .name = "history.take", .path = "POST /history/take", .may = ROLE_LEAD, .args = history_take_args,
	  .run = history_take, .form = "history.list", .help = N_("Take over TLP:RED documents") },
	{ .name = "history.release", .path = "POST /history/publish", .may = MAY_TEAM, .args = none,
	  .run = history_release, .form = "history.list", .help = N_("Publish all of ours"), .flags = OP_QUIET },
	{ .name = "successor.publish", .path = "POST /history/:id/csaf21", .may = MAY_TEAM, .args = history_id_args,
	  .run = successor_publish, .form = "history.show", .help = N_("Publish in CSAF 2.1, too"), .flags = OP_QUIET },
	{ .name = "successor.release", .path = "POST /history/csaf21", .may = MAY_TEAM, .args = none,
	  .run = successor_release, .form = "successor.list", .help = N_("Publish all that are ready in CSAF 2.1"), .flags = OP_QUIET },
	{ .name = "cve.connect", .path = "POST /cve/connection", .may = ROLE_ADMIN, .args = cve_connect_args,
	  .run = cve_run_connect, .form = "cve.list", .help = N_("Set the connection") },
	{ .name = "cve.reserve", .path = "POST /cve/reserve", .may = MAY_TEAM, .args = cve_reserve_args,
	  .run = cve_run_reserve, .form = "cve.list", .help = N_("Reserve CVE IDs"), .flags = OP_ONCE },
	{ .name = "cve.look", .path = "POST /cve/look", .may = MAY_TEAM, .args = cve_none_args,
	  .run = cve_run_look, .form = "cve.list", .help = N_("Ask CVE Services for IDs, quota and users") },
	{ .name = "cve.assign", .path = "POST /vulns/:vuln/cve", .may = MAY_TEAM, .args = cve_assign_args,
	  .run = cve_run_assign, .help = N_("Give this CVE ID") },
	{ .name = "cve.release", .path = "POST /cve/:id/release", .may = MAY_TEAM, .args = cve_id_args,
	  .run = cve_run_release, .form = "cve.show", .help = N_("Take the ID away from the vulnerability") },
	{ .name = "cve.publish", .path = "POST /cve/:id/publish", .may = MAY_TEAM, .args = cve_id_args,
	  .run = cve_run_publish, .form = "cve.show", .help = N_("Publish the CVE record"), .flags = OP_ONCE },
	{ .name = "cve.update", .path = "POST /cve/:id/update", .may = MAY_TEAM, .args = cve_id_args,
	  .run = cve_run_update, .form = "cve.show", .help = N_("Update the CVE record"), .flags = OP_ONCE },
	{ .name = "cve.reject", .path = "POST /cve/:id/reject", .may = MAY_TEAM, .args = cve_reject_args,
	  .run = cve_run_reject, .form = "cve.show", .help = N_("Reject the CVE ID"), .flags = OP_ONCE },
	{ .name = "cve.adp", .path = "POST /cve/adp", .may = MAY_TEAM, .args = cve_adp_args,
	  .run = cve_run_adp, .form = "cve.list", .help = N_("Add a container to a record of others"), .flags = OP_ONCE },
	{ .name = "cve.transfer", .path = "POST /cve/:id/transfer", .may = MAY_TEAM, .args = cve_transfer_args,
	  .run = cve_run_transfer, .form = "cve.show", .help = N_("Propose the transfer"), .flags = OP_ONCE },
	{ .name = "cve.confirm", .path = "POST /errands/:id/confirm", .may = MAY_TEAM, .args = cve_errand_args,
	  .run = cve_run_confirm, .help = N_("Confirm the transfer") },
	{ .name = "cveuser.add", .path = "POST /cve/users", .may = ROLE_LEAD, .args = cveuser_add_args,
	  .run = cveuser_run_add, .form = "cveuser.list", .help = N_("Make a user at CVE Services"), .flags = OP_ONCE },
	{ .name = "cveuser.change", .path = "POST /cve/users/change", .may = ROLE_LEAD, .args = cveuser_change_args,
	  .run = cveuser_run_change, .form = "cveuser.list", .help = N_("Change a user at CVE Services"), .flags = OP_ONCE },
	{ .name = "cveuser.renew", .path = "POST /cve/users/renew", .may = ROLE_LEAD, .args = cveuser_name_args,
	  .run = cveuser_run_renew, .form = "cveuser.list", .help = N_("Make a new key for a user at CVE Services"), .flags = OP_ONCE },
	{ .name = "cve.drop", .path = "POST /errands/:id/drop", .may = MAY_TEAM, .args = cve_errand_args,
	  .run = cve_run_drop, .form = "cve.list", .help = N_("Drop the request") },
	{ 0 },
};

static const struct view views[] = {
	{ .name = "edition.list", .path = "GET /editions", .may = MAY_CASES, .args = edition_list_args,
	  .rows = edition_list_fill, .page = edition_list_show, .help = N_("Advisories"), .area = "advisories" },
	{ .name = "edition.show", .path = "GET /editions/:id", .may = MAY_CASES, .args = edition_show_args,
	  .rows = edition_show_fill, .page = edition_show, .help = N_("Edition"), .opens = "edition", .area = "advisories" },
	{ .name = "edition.check", .path = "GET /editions/:id/check", .may = MAY_EDIT, .args = edition_check_args,
	  .rows = edition_check, .help = N_("What would hold back what you have typed into the edition") },
	{ .name = "edition.csaf", .path = "GET /editions/:id/csaf", .may = MAY_CASES, .args = edition_csaf_args,
	  .rows = edition_csaf, .help = N_("The edition as it was published, in CSAF"), .opens = "edition" },
	{ .name = "history.list", .path = "GET /history", .may = MAY_PAST, .args = history_list_args,
	  .rows = history_list_fill, .page = history_list_show, .help = N_("Imported advisories"), .area = "advisories" },
	{ .name = "successor.list", .path = "GET /history/csaf21", .may = MAY_PAST, .args = history_list_args,
	  .rows = successor_list_fill, .page = successor_list_show, .help = N_("Former advisories in CSAF 2.1"), .area = "advisories" },
	{ .name = "successor.csaf", .path = "GET /history/:id/csaf21", .may = MAY_PAST, .args = history_id_args,
	  .rows = successor_csaf, .help = N_("What an imported advisory becomes in CSAF 2.1"), .opens = "history" },
	{ .name = "history.show", .path = "GET /history/:id", .may = MAY_PAST, .args = history_id_args,
	  .rows = history_show_fill, .page = history_show, .help = N_("Imported advisory"), .opens = "history", .area = "advisories" },
	{ .name = "history.batch", .path = "GET /history/imports/:id", .may = MAY_PAST, .args = history_id_args,
	  .rows = history_batch_fill, .page = history_batch_show, .help = N_("Import of several files"), .area = "advisories" },
	{ .name = "history.csaf", .path = "GET /history/:id/csaf", .may = MAY_PAST, .args = history_id_args,
	  .rows = history_csaf, .help = N_("The document as it came"), .opens = "history" },
	{ .name = "history.signature", .path = "GET /history/:id/signature", .may = MAY_PAST, .args = history_id_args,
	  .rows = history_signature, .help = N_("The signature of an imported advisory"), .opens = "history" },
	{ .name = "advisory.reprint", .path = "GET /history/:id/reprint", .may = MAY_PAST, .args = history_id_args,
	  .rows = history_reprint, .help = N_("What printing an imported advisory again loses"), .opens = "history" },
	{ .name = "cve.list", .path = "GET /cve", .may = MAY_INSIDE, .args = cve_list_args,
	  .rows = cve_list_fill, .page = cve_list_show, .help = N_("CVE IDs"), .area = "cve" },
	{ .name = "cveuser.list", .path = "GET /cve/users", .may = MAY_INSIDE, .args = cve_none_args,
	  .rows = cveuser_list_fill, .page = cveuser_list_show, .help = N_("Users at CVE Services"), .area = "cve" },
	{ .name = "cve.show", .path = "GET /cve/:id", .may = MAY_CASES, .args = cve_id_args,
	  .rows = cve_show_fill, .page = cve_show_page, .help = N_("CVE ID"), .opens = "cve", .area = "cve" },
	{ .name = "advisory.list", .path = "GET /advisories", .may = MAY_ANYONE, .args = public_list_args,
	  .rows = public_list_fill, .page = public_list_show, .help = N_("Advisories"), .outside = true },
	{ .name = "advisory.show", .path = "GET /advisories/:number", .may = MAY_ANYONE, .args = public_number_args,
	  .rows = public_page_fill, .page = public_page_show, .help = N_("Advisory"), .outside = true },
	{ .name = "advisory.csaf", .path = "GET /advisories/:number/csaf", .may = MAY_ANYONE, .args = public_csaf_args,
	  .rows = public_csaf, .help = N_("The advisory as CSAF"), .outside = true },
	{ .name = "advisory.atom", .path = "GET /advisories.atom", .may = MAY_ANYONE, .args = none,
	  .rows = public_atom, .help = N_("Atom feed of the advisories"), .outside = true },
	{ .name = "provider.show", .path = "GET /.well-known/csaf/provider-metadata.json", .may = MAY_ANYONE, .args = none,
	  .rows = tree_provider, .help = N_("CSAF provider metadata"), .outside = true },
	{ .name = "provider.service", .path = "GET /.well-known/csaf/service.json", .may = MAY_ANYONE, .args = none,
	  .rows = tree_service, .help = N_("ROLIE service document"), .outside = true },
	{ .name = "provider.folder", .path = "GET /.well-known/csaf/white/", .may = MAY_ANYONE, .args = none,
	  .rows = listing_root, .page = listing_show, .help = N_("Folder of the CSAF documents"), .outside = true },
	{ .name = "provider.year", .path = "GET /.well-known/csaf/white/:year/", .may = MAY_ANYONE, .args = listing_year_args,
	  .rows = listing_year, .page = listing_show, .help = N_("CSAF documents of a year"), .outside = true },
	{ .name = "provider.feed", .path = "GET /.well-known/csaf/white/feed.json", .may = MAY_ANYONE, .args = none,
	  .rows = tree_rolie, .help = N_("ROLIE feed of the CSAF documents"), .outside = true },
	{ .name = "provider.index", .path = "GET /.well-known/csaf/white/index.txt", .may = MAY_ANYONE, .args = none,
	  .rows = tree_index, .help = N_("Index of the CSAF documents"), .outside = true },
	{ .name = "provider.changes", .path = "GET /.well-known/csaf/white/changes.csv", .may = MAY_ANYONE, .args = none,
	  .rows = tree_changes, .help = N_("Changes of the CSAF documents"), .outside = true },
	{ .name = "provider.file", .path = "GET /.well-known/csaf/white/:year/:file", .may = MAY_ANYONE, .args = tree_file_args,
	  .rows = tree_file, .help = N_("A CSAF document or its digest"), .outside = true },
	{ .name = "tree.show", .path = "GET /.well-known/csaf/:tree/provider-metadata.json", .may = MAY_ANYONE, .args = tree_show_args,
	  .rows = tree_provider, .help = N_("CSAF provider metadata of one version"), .outside = true },
	{ .name = "tree.service", .path = "GET /.well-known/csaf/:tree/service.json", .may = MAY_ANYONE, .args = tree_show_args,
	  .rows = tree_service, .help = N_("ROLIE service document of one version"), .outside = true },
	{ .name = "tree.folder", .path = "GET /.well-known/csaf/:tree/:folder/", .may = MAY_ANYONE, .args = tree_folder_args,
	  .rows = listing_root, .page = listing_show, .help = N_("Folder of the CSAF documents of one version"), .outside = true },
	{ .name = "tree.year", .path = "GET /.well-known/csaf/:tree/:folder/:year/", .may = MAY_ANYONE, .args = tree_year_args,
	  .rows = listing_year, .page = listing_show, .help = N_("CSAF documents of a year in one version"), .outside = true },
	{ .name = "tree.feed", .path = "GET /.well-known/csaf/:tree/:folder/feed.json", .may = MAY_ANYONE, .args = tree_folder_args,
	  .rows = tree_rolie, .help = N_("ROLIE feed of the CSAF documents of one version"), .outside = true },
	{ .name = "tree.index", .path = "GET /.well-known/csaf/:tree/:folder/index.txt", .may = MAY_ANYONE, .args = tree_folder_args,
	  .rows = tree_index, .help = N_("Index of the CSAF documents of one version"), .outside = true },
	{ .name = "tree.changes", .path = "GET /.well-known/csaf/:tree/:folder/changes.csv", .may = MAY_ANYONE, .args = tree_folder_args,
	  .rows = tree_changes, .help = N_("Changes of the CSAF documents of one version"), .outside = true },
	{ .name = "tree.file", .path = "GET /.well-known/csaf/:tree/:folder/:year/:file", .may = MAY_ANYONE, .args = tree_branch_args,
	  .rows = tree_file, .help = N_("A CSAF document of one version or its digest"), .outside = true },
	{ .name = "provider.key", .path = "GET /.well-known/csaf/openpgp/:file", .may = MAY_ANYONE, .args = signing_key_args,
	  .rows = signing_key_file, .help = N_("A public key that verifies the signatures"), .outside = true },
	{ .name = "archive.file", .path = "GET /.well-known/csaf/archive/:file", .may = MAY_ANYONE, .args = archive_file_args,
	  .rows = archive_file, .help = N_("What stood in the tree of CSAF 2.0 until its end"), .outside = true },
	{ .name = "securitytxt.show", .path = "GET /.well-known/security.txt", .may = MAY_ANYONE, .args = none,
	  .rows = public_securitytxt, .help = N_("security.txt"), .outside = true },
	{ 0 },
};

static const struct tool tools[] = {
	{ "csaf check", N_("Check CSAF documents against the standard"), csaf_check_run, &csaf_check_manual },
	{ "csaf convert", N_("Turn CSAF 2.0 into CSAF 2.1, CVRF and CVE records into CSAF, CSAF into OSV and CVE"), csaf_convert_run, &csaf_convert_manual },
	{ "csaf digest", N_("What the house keeps of a CSAF document that it imports"), csaf_digest_run },
	{ "csaf succeed", N_("What an imported CSAF document becomes in CSAF 2.1"), csaf_succeed_run },
	{ "csaf reprint", N_("What is lost when a CSAF document is printed again"), csaf_reprint_run, &csaf_reprint_manual },
	{ "csaf diff", N_("What differs in two editions of a CSAF document, and the version that this needs"), csaf_diff_run, &csaf_diff_manual },
	{ "csaf new", N_("Begin a CSAF document of a profile"), csaf_new_run, &csaf_new_manual },
	{ "csaf render", N_("Show a CSAF document as a page or as text"), csaf_render_run, &csaf_render_manual },
	{ "cvss", N_("Scores of CVSS vectors"), cvss_run, &cvss_manual },
	{ "cwe", N_("Weaknesses of CWE, by number, words or view"), cwe_run, &cwe_manual },
	{ "cve check", N_("Check CVE records and containers"), cve_check_run, &cve_check_manual },
	{ "cve draft", N_("Make a CVE container of a CSAF document"), cve_draft_run, &cve_draft_manual },
	{ "cve diff", N_("What differs in two CVE records"), cve_diff_run, &cve_diff_manual },
	{ "osv check", N_("Check OSV records"), osv_check_run, &osv_check_manual },
	{ "vex check", N_("Check OpenVEX and CycloneDX VEX documents"), vex_check_run, &vex_check_manual },
	{ "vex convert", N_("Turn OpenVEX, CycloneDX VEX and CSAF VEX into each other"), vex_convert_run, &vex_convert_manual },
	{ "kev check", N_("Check a catalogue of known exploited vulnerabilities"), kev_check_run, &kev_check_manual },
	{ "epss check", N_("Check daily scores of EPSS"), epss_check_run, &epss_check_manual },
	{ "ssvc check", N_("Check SSVC selection lists"), ssvc_check_run, &ssvc_check_manual },
	{ "ssvc", N_("Decisions of SSVC vectors"), ssvc_run, &ssvc_manual },
	{ "text spell", N_("Words of texts that no dictionary has"), text_spell_run },
	{ "csaf fetch", N_("Take the documents of a CSAF provider into a folder"), csaf_fetch_run, &csaf_fetch_manual, true },
	{ "provider check", N_("Judge a CSAF provider, requirement by requirement"), provider_check_run, &provider_check_manual, true },
	{ "securitytxt check", N_("Judge a security.txt by RFC 9116"), securitytxt_check_run, &securitytxt_check_manual, true },
	{ 0 },
};

static const struct panel panels[] = {
	{ "advisories", N_("Advisories"), advisories_fill, advisories_show, advisories_ahead },
	{ "cve", N_("CVE IDs"), cve_panel_fill, cve_panel_show, cve_panel_ahead },
	{ 0 },
};

static const struct hears hears[] = {
	{ "clock.ticked", publication_due },
	{ 0 },
};

static const struct evidence proof[] = {
	{ "5.3.2", N_("Published editions of advisories"), count_published },
	{ 0 },
};

static const struct probe probes[] = {
	{ "cve.services", cve_probe_look, cve_probe_ask },
	{ "provider.files", outlook_look, outlook_ask },
	{ 0 },
};

static const struct search_source *const sources[] = { &advisory_source, &history_source, NULL };

const struct service publication_service = {
	.number   = "5.3",
	.title    = N_("Disclosure"),
	.ops      = ops,
	.views    = views,
	.tools    = tools,
	.panels   = panels,
	.hears    = hears,
	.evidence = proof,
	.chores   = signing_chores,
	.probes   = probes,
	.sources  = sources,
};
