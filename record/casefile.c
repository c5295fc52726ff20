#include "record/casefile.h"

#include "gen/casefile.sql.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/text/word.h"
#include "record/reminder.h"
#include "record/search.h"
#include "record/vuln.h"

/* Which states may follow which; "closed" may follow all. */
static const struct { const char *from, *to; } moves[] = {
	{ "open", "qualified" },        { "qualified", "remedying" },
	{ "qualified", "disclosing" },  { "remedying", "disclosing" },
	{ "disclosing", "remedying" },  { "disclosing", "published" },
	{ "published", "disclosing" },  { "open", "closed" },
	{ "qualified", "closed" },      { "remedying", "closed" },
	{ "disclosing", "closed" },     { "published", "closed" },
	{ "closed", "open" },
};

bool counter_next(struct ctx *c, str name, int64_t *n)
{
	struct counter_bump_row row;

	TRY(sql_counter_bump(c, name, &row));
	*n = row.value;
	return true;
}

static user_id actor_id(const struct ctx *c)
{
	return (user_id){ c->actor && c->actor->id.n ? c->actor->id : STR_NONE };
}

static bool number_next(struct ctx *c, str *number)
{
	int     year = time_civil(c->now).year;
	int64_t n;

	TRY(counter_next(c, str_fmt(c->arena, "case-%d", year), &n));
	*number = str_fmt(c->arena, "PSIRT-%d-%04lld", year, (long long)n);
	return true;
}

bool casefile_named(struct ctx *c, case_id id, str number, str title)
{
	return search_put(c, "case", id.v, &(struct search_text){ .title = number, .body = title, .casefile = id, .at = c->now });
}

bool casefile_open(struct ctx *c, const struct casefile_draft *d, case_id *id, str *number)
{
	TRY(number_next(c, number));
	id->v = random_id(c);
	TRY(sql_casefile_insert(c, *id, *number, d->title, d->tlp.n ? d->tlp : S("AMBER"),
	                        d->access.n ? d->access : S("team"),
	                        d->severity.n ? d->severity : S("unknown"), d->owner, c->now));
	if (c->actor && c->actor->id.n && !(c->actor->channel == CHANNEL_JOB))
		TRY(casefile_admit(c, *id, actor_id(c), "owner"));
	TRY(reminder_send(c, REMIND_YOURS, d->owner, id->v));
	TRY(casefile_named(c, *id, *number, d->title));
	return timeline_fact(c, *id, "case.opened", *number);
}

bool casefile_state(struct ctx *c, case_id id, str *state)
{
	struct casefile_brief_row row;

	TRY(sql_casefile_brief(c, id, &row));
	*state = row.state;
	return true;
}

bool casefile_seen(struct ctx *c, case_id id)
{
	str state;

	return casefile_state(c, id, &state);
}

bool casefile_numbered(struct ctx *c, str number, bool *found, str *id)
{
	struct casefile_numbered_row r;

	TRY(sql_casefile_numbered(c, number, &r, found));
	if (*found)
		*id = r.id.v;
	return true;
}

bool casefile_move(struct ctx *c, case_id id, const char *state, const char *fact)
{
	str now;

	TRY(casefile_state(c, id, &now));
	if (str_eq(now, str_of(state)))
		return true;
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		if (!str_eq(now, str_of(moves[i].from)) || !str_eq(str_of(state), str_of(moves[i].to)))
			continue;
		TRY(sql_casefile_set_state(c, id, str_of(state), c->now,
		                           str_eq(str_of(state), S("closed")) ? c->now : TIME_NONE));
		TRY(timeline_fact(c, id, fact, STR_NONE));
		return fact_tell(c, fact, id.v, STR_NONE);
	}
	return fault(c, E_STATE, NULL, N_("The case is {1}; from there it cannot become {2}."),
	             choice_label(c, case_state_choices, now),
	             choice_label(c, case_state_choices, str_of(state)));
}

bool casefile_admit(struct ctx *c, case_id id, user_id who, const char *why)
{
	return sql_case_member_insert(c, id, who, str_of(why), c->now);
}

bool casefile_dismiss(struct ctx *c, case_id id, user_id who)
{
	int64_t n;

	TRY(sql_case_member_delete(c, id, who, &n));
	return n > 0 || fault(c, E_INVALID, "account", N_("This person was not let into the case."));
}

bool casefile_turn(struct ctx *c, case_id id, const char *turn)
{
	return sql_casefile_set_turn(c, id, str_of(turn), c->now);
}

bool casefile_severity(struct ctx *c, case_id id, str severity)
{
	return sql_casefile_set_severity(c, id, severity, c->now);
}

bool casefile_embargo(struct ctx *c, case_id id, struct casefile_embargo *out, bool *found)
{
	struct casefile_embargo_row k;

	TRY(sql_casefile_embargo(c, id, &k, found));
	if (*found)
		*out = (struct casefile_embargo){ k.embargo_at, k.embargo_zone, k.number, k.version,
			str_eq(k.state, S("published")) || str_eq(k.state, S("closed")) };
	return true;
}

bool casefile_embargo_first(struct ctx *c, case_id id, time_us at, str zone, str why)
{
	int64_t n;

	TRY(sql_casefile_embargo_first(c, id, at, zone, c->now, &n));
	return n == 0 || (sql_case_member_embargo(c, id, at) && timeline_fact(c, id, "case.embargoed", why));
}

bool casefile_embargo_move(struct ctx *c, case_id id, int64_t version, time_us at, str zone, str why)
{
	int64_t n;

	TRY(sql_casefile_embargo_move(c, id, version, at, zone, c->now, &n));
	if (n == 0)
		return fault(c, E_CONFLICT, NULL, N_("Somebody else changed the case meanwhile, or it is public. Please look at it as it is now."));
	TRY(sql_case_member_embargo(c, id, at));
	return timeline_fact(c, id, "case.embargoed", why);
}

static bool entry(struct ctx *c, case_id id, const char *kind, const char *fact, str tlp, str body, entry_id *e)
{
	str by = c->actor && c->actor->name.n ? c->actor->name : S("psirt");

	e->v = random_id(c);
	TRY(sql_timeline_insert(c, *e, id, c->now, str_of(kind), str_of(fact), actor_id(c), by,
	                        tlp, body.p ? body : S("")));
	return sql_casefile_touch(c, id, c->now);
}

bool timeline_fact(struct ctx *c, case_id id, const char *fact, str detail)
{
	entry_id e;

	return entry(c, id, "fact", fact, S("AMBER"), detail, &e);
}

bool timeline_note(struct ctx *c, case_id id, str tlp, str body)
{
	entry_id e;

	TRY(entry(c, id, "note", NULL, tlp, body, &e));
	return search_put(c, "case", id.v, &(struct search_text){ .part = e.v, .body = body, .casefile = id, .at = c->now });
}

/* ---- what a case is found by ---- */

SEARCH_NEXT(case, casefile_behind, id.v)

static bool case_texts(struct ctx *c, str object, struct search_texts *out)
{
	case_id                    id = { object };
	struct casefile_head_row   k;
	struct casefile_notes_rows notes;
	bool                       found;

	TRY(sql_casefile_head(c, id, &k, &found));
	if (!found)
		return true;
	TRY(sql_casefile_notes(c, id, &notes));
	TRY(search_text(c, out, (struct search_text){ .title = k.number, .body = k.title, .casefile = id, .at = k.opened_at }));
	for (size_t i = 0; i < notes.n; i++)
		TRY(search_text(c, out, (struct search_text){ .part = notes.v[i].id.v, .body = notes.v[i].body, .casefile = id, .at = notes.v[i].at }));
	return vuln_texts(c, id, k.opened_at, out);
}

const struct search_source case_source = { "case", case_next, case_texts };

str choice_label(struct ctx *c, const struct choice *choices, str value)
{
	for (const struct choice *o = choices; o->value; o++)
		if (str_eq(value, str_of(o->value)))
			return word_tr(c->lang, o->label);
	return value;
}

const struct choice tlp_choices[] = {
	{ "CLEAR", "TLP:CLEAR" }, { "GREEN", "TLP:GREEN" }, { "AMBER", "TLP:AMBER" },
	{ "AMBER+STRICT", "TLP:AMBER+STRICT" }, { "RED", "TLP:RED" }, { NULL, NULL },
};

const struct choice severity_choices[] = {
	{ "unknown", N_("Not rated") }, { "none", N_("None") },  { "low", N_("Low") },
	{ "medium", N_("Medium") },     { "high", N_("High") },  { "critical", N_("Critical") },
	{ NULL, NULL },
};

const struct choice case_state_choices[] = {
	{ "open", N_("Open") },             { "qualified", N_("Qualified") },
	{ "remedying", N_("In remediation") }, { "disclosing", N_("In disclosure") },
	{ "published", N_("Published") },   { "closed", N_("Closed") },
	{ NULL, NULL },
};

const struct choice turn_choices[] = {
	{ "team", N_("PSIRT team") },   { "finder", N_("Finder") },
	{ "engineer", N_("Engineering") }, { "approver", N_("Approver") },
	{ "nobody", N_("Nobody") },     { NULL, NULL },
};
