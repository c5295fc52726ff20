#include "services/5-disclosure/3-publication/past/history.h"

#include "gen/mention.sql.h"
#include "gen/successor.sql.h"

#include "base/point.h"
#include "platform/text/word.h"

/*
 * A former advisory that should not be public: all its editions leave the pages,
 * lists, feeds and the provider's tree in one transaction, and its address says
 * since when and why.  The documents stay in the house as they came.  Others may
 * hold copies; that is what the reason is for.
 */

const struct arg history_withdraw_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Imported advisory") },
	{ .name = "reason_en", .kind = ARG_TEXT, .max = 1900, .must = true, .label = N_("Reason, in English") },
	{ .name = "reason_ja", .kind = ARG_TEXT, .max = 1900, .must = true, .label = N_("Reason, in Japanese") },
	{ 0 },
};

/* meets FIRST-1.1 5.3.2.3: what is wrong does not stay out */
bool history_withdraw(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct past_get_row e;
	int64_t             n;

	TRY(sql_past_get(c, (past_id){ arg_str(a, "id") }, &e));
	TRY(sql_past_withdraw(c, e.namespace, e.number, &n));
	if (n == 0)
		return fault(c, E_STATE, NULL, N_("It is not public."));
	TRY(sql_successor_withdraw(c, e.namespace, e.number));
	crash_point("history.withdrawn");
	TRY(sql_past_gone_put(c, e.number, arg_str(a, "reason_en"), arg_str(a, "reason_ja"), (user_id){ c->actor->id }, c->now));
	TRY(sql_mention_drop(c, e.number));
	TRY(search_drop(c, "advisory", e.number));
	out->object = e.id.v;
	out->note   = utf8_cut(e.number, 100);
	out->next   = STR_CAT(c->arena, S("/history/"), e.id.v);
	out->said   = S(N_("The advisory is no longer public. Its address says that it was withdrawn, and why."));
	return true;
}

bool past_gone_fill(struct ctx *c, str number, struct sheet *out, const struct gone_page **page, bool *found)
{
	struct gone_page *m = NEW(c->arena, struct gone_page);

	TRY(sql_past_gone_get(c, number, &m->g, found));
	if (!*found)
		return true;
	m->reason = c->lang == LANG_JA ? m->g.reason_ja : m->g.reason_en;
	SHEET_ONE(out, "withdrawn", past_gone_get, &m->g);
	out->title = STR_CAT(c->arena, m->g.number, S(" "), word_tr(c->lang, N_("Withdrawn")));
	*page      = m;
	return true;
}

bool past_gone_or(struct ctx *c, time_us newest, time_us *out)
{
	struct past_gone_newest_row r;

	TRY(sql_past_gone_newest(c, &r));
	*out = r.at != TIME_NONE && r.at > newest ? r.at : newest;
	return true;
}
