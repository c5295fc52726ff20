#include "services/5-disclosure/3-publication/standing.h"
#include "services/5-disclosure/3-publication/publication.h"

#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/setting.h"

enum { FAST_DAYS = 21, QUIET_DAYS = 42 };

const struct choice status_choices[] = {
	{ "draft", N_("Draft: does not go out") }, { "interim", N_("Interim: more is expected soon") },
	{ "final", N_("Final: nothing more is expected") }, { NULL, NULL },
};

static str days_of(struct ctx *c, time_us from)
{
	return str_fmt(c->arena, "%lld", (long long)((c->now - from) / DAY));
}

static bool open_questions(const struct bulletin *b)
{
	for (size_t i = 0; i < b->impact.n; i++)
		if (str_eq(b->impact.v[i].status, S("under_investigation")))
			return true;
	return false;
}

static void suggest(struct ctx *c, struct standing *out, const char *status, const char *why, str one, str two)
{
	if (str_eq(out->status, str_of(status)))
		return;
	out->suggested      = str_of(status);
	out->suggested_word = choice_label(c, status_choices, out->suggested);
	out->why            = word_fill(c, why, (const str[]){ one, two }, 2);
}

/* For an edition that is being written. */
static void draft_advise(struct ctx *c, const struct bulletin *b, const struct edition_before_row *before, int64_t fast,
                         int64_t quiet, struct standing *out)
{
	time_us age = before ? c->now - before->published_at : 0;
	str     ordinal = before ? str_fmt(c->arena, "%lld", (long long)before->ordinal) : S("");

	if (b->e.withdraws)
		suggest(c, out, "final", N_("A withdrawal is the last word."), S(""), S(""));
	else if (open_questions(b))
		suggest(c, out, "interim", N_("Versions are still under investigation."), S(""), S(""));
	else if (!before)
		suggest(c, out, "interim", N_("This is the first edition; most advisories are amended in their first weeks."), S(""), S(""));
	else if (age < fast * DAY)
		suggest(c, out, "interim", N_("Edition {1} came out only {2} days ago."), ordinal, days_of(c, before->published_at));
	else if (str_eq(before->status, S("interim")) && age >= quiet * DAY)
		suggest(c, out, "final", N_("Edition {1} has been quiet for {2} days."), ordinal, days_of(c, before->published_at));
}

/* meets CSAF-2.0 9.1.6: interim when updated more often than every three weeks, final after six quiet ones */
bool standing_fill(struct ctx *c, const struct bulletin *b, struct standing *out)
{
	struct edition_before_row before;
	struct edition_last_row   last;
	int64_t                   fast, quiet;
	bool                      found;

	*out = (struct standing){ .status = b->e.status, .word = choice_label(c, status_choices, b->e.status) };
	TRY(setting_number(c, "interim_days", FAST_DAYS, &fast));
	TRY(setting_number(c, "final_days", QUIET_DAYS, &quiet));
	TRY(sql_edition_last(c, b->e.advisory, &last));
	TRY(sql_edition_before(c, b->e.advisory, b->e.ordinal, &before, &found));
	if (!str_eq(b->e.state, S("published")))
		draft_advise(c, b, found ? &before : NULL, fast, quiet, out);
	else if (str_eq(last.id.v, b->e.id.v) && status_is(b, "interim") && c->now - b->e.published_at >= quiet * DAY)
		suggest(c, out, "final", N_("It has been quiet for {1} days: a further edition would say so."),
		        days_of(c, b->e.published_at), S(""));
	return true;
}

/* ---- deciding ---- */

const struct arg status_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ .name = "status", .kind = ARG_CHOICE, .choices = status_choices, .must = true, .label = N_("Status of the document") },
	{ 0 },
};

bool run_status(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_get_row e;
	int64_t                n;

	TRY(edition_seen(c, (edition_id){ arg_str(a, "id") }, &e));
	TRY(sql_edition_status_set(c, e.id, arg_str(a, "status"), c->now, &n));
	if (n == 0)
		return fault(c, E_STATE, NULL, N_("This edition is no draft any more. Send it back before changing it."));
	return edition_chosen(c, &e, a, "status", N_("The status of the document is set."), out);
}
