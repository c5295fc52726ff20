#include "record/reminder.h"

#include "gen/reminder.sql.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/text/word.h"
#include "platform/text/zone.h"

enum { MORNING = 8 /* o'clock */, PEOPLE = 50, PROMISES = 200 };
/* So that the letter of a morning counts what is due before the next one's. */
#define AHEAD (2 * DAY)

const struct choice reminder_choices[] = {
	{ "now", N_("At once") }, { "daily", N_("Once a day") }, { "off", N_("None") }, { NULL, NULL },
};

static const struct { const char *kind; enum letter_kind letter; } kinds[REMINDERS] = {
	[REMIND_QUESTION] = { "question", LETTER_QUESTION },
	[REMIND_YOURS]    = { "yours", LETTER_YOURS },
	[REMIND_PROMISE]  = { "promise", LETTER_DAILY },
};

/* The next eight o'clock of a zone; in a gap of its clocks the instant after it. */
static time_us morning(struct ctx *c, str zone)
{
	const struct zone *z = zone_load(c, zone);
	struct civil       day;
	time_us            at[2];

	c->zone = z ? c->zone : S("UTC");
	z       = z ? z : zone_of(c);
	for (int64_t ahead = 0;; ahead++) {
		day = zone_civil(z, c->now + ahead * DAY);
		day = (struct civil){ day.year, day.month, day.day, MORNING, 0, 0, 0 };
		(void)zone_find(z, day, at);
		if (at[0] > c->now)
			return at[0];
	}
}

static bool keep(struct ctx *c, enum reminder_kind kind, const struct reminder_person_row *p, str holder)
{
	str     zone = c->zone;
	time_us at   = morning(c, p->zone);

	c->zone  = zone;
	c->fault = (struct fault){ 0 };   /* a zone that is gone */
	return sql_reminder_put(c, p->id, str_of(kinds[kind].kind), holder, at);
}

bool reminder_send(struct ctx *c, enum reminder_kind kind, user_id to, str holder)
{
	struct reminder_person_row p;
	bool                       found;

	if (!to.v.n || (c->actor && str_eq(to.v, c->actor->id)))
		return true;
	TRY(sql_reminder_person(c, to, &p, &found));
	if (!found || str_eq(p.letters, S("off")))
		return true;
	if (str_eq(p.letters, S("daily")))
		return keep(c, kind, &p, holder);
	return letter_queue(c, kinds[kind].letter, holder, p.mail, p.lang);
}

/* ---- the daily letter ---- */

static void line(struct ctx *c, struct buf *b, const char *words, int64_t n)
{
	str args[1] = { str_fmt(c->arena, "%lld", (long long)n) };

	if (!n)
		return;
	buf_add(b, S("- "));
	buf_add(b, word_fill(c, words, args, 1));
	buf_char(b, '\n');
}

static bool daily_write(struct ctx *c, const struct reminder_person_row *p, const struct reminder_counts_row *n)
{
	enum lang  mine = c->lang, theirs = LANG_EN;
	struct buf b;

	buf_init(&b, c->arena, 4096);
	c->lang = lang_parse(p->lang, &theirs) ? theirs : LANG_EN;
	line(c, &b, N_("questions that were put to you: {1}"), n->questions);
	line(c, &b, N_("cases that became yours: {1}"), n->cases);
	line(c, &b, N_("promises to finders that come due within two days: {1}"), n->promises);
	c->lang = mine;
	return letter_queue_of(c, LETTER_DAILY, S(""), p->mail, p->lang, buf_str(&b));
}

static bool daily(struct ctx *c, user_id who)
{
	struct reminder_person_row p;
	struct reminder_counts_row n;
	bool                       found;

	TRY(sql_reminder_person(c, who, &p, &found));
	TRY(sql_reminder_counts(c, who, c->now + AHEAD, &n));
	TRY(sql_reminder_drop(c, who));
	if (!found || str_eq(p.letters, S("off")) || n.questions + n.cases + n.promises == 0)
		return true;
	return daily_write(c, &p, &n);
}

static bool promises(struct ctx *c)
{
	struct reminder_leads_rows leads;
	struct promise_coming_rows coming;
	struct reminder_person_row p;
	bool                       found;

	TRY(sql_reminder_leads(c, &leads));
	if (leads.n == 0)
		return true;
	TRY(sql_promise_coming(c, c->now, c->now + AHEAD, PROMISES, &coming));
	for (size_t i = 0; i < coming.n; i++)
		TRY(sql_promise_told(c, coming.v[i].id, coming.v[i].due_at));
	for (size_t k = 0; k < leads.n && coming.n; k++) {
		TRY(sql_reminder_person(c, leads.v[k].id, &p, &found));
		for (size_t i = 0; found && i < coming.n; i++)
			TRY(keep(c, REMIND_PROMISE, &p, coming.v[i].id.v));
	}
	return true;
}

bool reminder_tick(struct ctx *c)
{
	struct reminder_next_rows due;

	TRY(promises(c));
	TRY(sql_reminder_next(c, c->now, PEOPLE, &due));
	for (size_t i = 0; i < due.n; i++)
		TRY(daily(c, due.v[i].account));
	return true;
}
