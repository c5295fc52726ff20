#include "record/report.h"

#include "gen/report.sql.h"

#include <openssl/evp.h>

#include "base/buf.h"
#include "platform/clock.h"
#include "record/attachment.h"
#include "record/casefile.h"
#include "record/journal.h"
#include "record/letter.h"
#include "record/pace.h"
#include "record/search.h"
#include "record/session.h"

/* 32 characters that nobody mistakes for each other on paper. */
static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

enum { CODE = 20, SEED = 26 };

str receipt_make(struct ctx *c, str seed, str once)
{
	unsigned char bits[32];
	unsigned      n = sizeof(bits);
	struct buf    b;

	arena_secret(c->arena);
	/* The house key is in it: who knows the seed in the page, or the replay key, cannot tell the code. */
	seed = seed.n >= SEED ? seed : once;
	if (seed.n) {
		str whole = journal_seal(c, STR_CAT(c->arena, S("receipt code "), seed));
		EVP_Digest(whole.p, whole.n, bits, &n, EVP_sha256(), NULL);
	} else {
		c->random(bits, CODE);
	}
	buf_init(&b, c->arena, 32);
	for (int i = 0; i < CODE; i++) {
		if (i && i % 5 == 0)
			buf_char(&b, '-');
		buf_char(&b, letters[bits[i] & 31]);
	}
	explicit_bzero(bits, sizeof(bits));
	return buf_str(&b);
}

str receipt_plain(struct ctx *c, str typed)
{
	struct buf b;

	if (!utf8_check(typed, NULL))
		return typed;
	buf_init(&b, c->arena, typed.n + 1);
	for (size_t at = 0; at < typed.n;) {
		uint32_t x = utf8_next(typed, &at);
		if (x >= 0xFF01 && x <= 0xFF5E)   /* full-width forms of ASCII */
			x -= 0xFEE0;
		if (x > ' ' && x < 0x7F)
			buf_char(&b, (char)x);
	}
	return buf_str(&b);
}

time_us report_promise(time_us from, int days)
{
	int64_t day  = (from - (from % DAY + DAY) % DAY) / DAY + days;
	int     wd;

	if (from - (day - days) * DAY > 9 * HOUR)
		day++;
	wd = civil_weekday(day);
	day += wd == 6 ? 2 : wd == 0 ? 1 : 0;
	return day * DAY + 9 * HOUR;
}

static str or_empty(str s)
{
	return s.p ? s : S("");
}

static str or_word(str s, str word)
{
	return s.n ? s : word;
}

static user_id actor_id(const struct ctx *c)
{
	return (user_id){ c->actor && c->actor->id.n && !(c->actor->roles & ROLE_FINDER) ? c->actor->id : STR_NONE };
}

static bool number_next(struct ctx *c, str *number)
{
	int     year = time_civil(c->now).year;
	int64_t n;

	TRY(counter_next(c, str_fmt(c->arena, "report-%d", year), &n));
	*number = str_fmt(c->arena, "R-%d-%04lld", year, (long long)n);
	return true;
}

/* As the search calls it. */
static str title_of(struct ctx *c, str number, str title)
{
	return STR_CAT(c->arena, number, S(" "), title);
}

/* What its product, version and texts say; unlike its messages it does not change. */
static str words_of(struct ctx *c, str title, str product, str version, str description, str found_how, str impact)
{
	return STR_CAT(c->arena, title, S("\n"), product, S(" "), version, S("\n"), description, S("\n"), found_how, S("\n"), impact);
}

SEARCH_NEXT(report, report_behind, id.v)

/* With its case it is found only by those who see that. */
static bool report_texts(struct ctx *c, str object, struct search_texts *out)
{
	report_id                        id = { object };
	struct report_text_get_row       t;
	struct report_message_texts_rows m;
	bool                             found;
	str                              title;

	TRY(sql_report_text_get(c, id, &t, &found));
	if (!found)
		return true;
	TRY(sql_report_message_texts(c, id, &m));
	title = title_of(c, t.number, t.title);
	TRY(search_text(c, out, (struct search_text){ .title = title, .casefile = t.casefile, .at = t.received_at,
		.body = words_of(c, t.title, t.product, t.product_version, t.description, t.found_how, t.impact) }));
	for (size_t i = 0; i < m.n; i++)
		TRY(search_text(c, out, (struct search_text){ .part = m.v[i].id.v, .title = title, .body = m.v[i].body,
			.casefile = t.casefile, .at = m.v[i].at }));
	return true;
}

const struct search_source report_source = { "report", report_next, report_texts };

/* A message; the report's own words stay as they are. */
static bool message_put(struct ctx *c, const struct report_brief *r, message_id id, str body)
{
	return search_put(c, "report", r->id.v, &(struct search_text){ .part = id.v, .title = title_of(c, r->number, r->title), .body = body,
		.casefile = r->casefile, .at = c->now });
}

/* meets ISO-29147 6.2.4, 6.2.5: numbered and acknowledged */
bool report_open(struct ctx *c, const struct report_draft *d, str code, report_id *id, str *number)
{
	time_us due = report_promise(c->now, REPORT_ACK_DAYS);
	str     all = words_of(c, d->title, d->product, or_empty(d->product_version), d->description, or_empty(d->found_how), or_empty(d->impact));
	bool    greeted = true;

	TRY(number_next(c, number));
	id->v = random_id(c);
	if (!sql_report_insert(c, *id, *number, receipt_digest(c, code), or_word(d->source, S("external")),
	                      or_word(d->channel, S("web")), d->title, d->product, or_empty(d->product_version),
	                      d->description, or_empty(d->found_how), or_empty(d->impact),
	                      or_word(d->exploited, S("unknown")), or_word(d->known, S("unknown")), or_empty(d->told),
	                      d->plan_at, d->plan_zone.n ? d->plan_zone : STR_NONE, or_empty(d->contact),
	                      d->contact_share, or_empty(d->credit), or_word(d->lang, S("en")), c->now, due,
	                      d->entered ? actor_id(c) : (user_id){ STR_NONE }))
		return c->fault.code != E_EXISTS ? false :
		       fault(c, E_REPLAY, NULL, N_("This form was sent already, with other words. Please open the page again for another report."));
	/* Not read back: who submits without an account sees no report yet. */
	TRY(search_put(c, "report", id->v, &(struct search_text){ .title = title_of(c, *number, d->title), .body = all, .at = c->now }));
	/* Who typed the address has not shown that it is theirs. */
	if (!d->entered)
		TRY(pace_arrival(c, d->contact, &greeted));
	return !greeted || letter_queue(c, LETTER_RECEIVED, id->v, d->contact, or_word(d->lang, S("en")));
}

#define BRIEF(out, r) \
	(*(out) = (struct report_brief){ .id = (r).id, .casefile = (r).casefile, .number = (r).number, \
		.state = (r).state, .title = (r).title, .contact = (r).contact, .lang = (r).lang, \
		.step = (r).step, .version = (r).version, .answered_at = (r).answered_at })

bool report_waits(str state)
{
	return str_eq(state, S("new")) || str_eq(state, S("in_review")) || str_eq(state, S("needs_info"));
}

bool report_brief(struct ctx *c, report_id id, struct report_brief *out)
{
	struct report_brief_get_row r;

	TRY(sql_report_brief_get(c, id, &r));
	BRIEF(out, r);
	return true;
}

bool report_or_case_numbered(struct ctx *c, str number, bool *found, str *id)
{
	struct report_numbered_row r;

	TRY(casefile_numbered(c, number, found, id));
	if (*found)
		return true;
	TRY(sql_report_numbered(c, number, &r, found));
	if (*found)
		*id = r.id.v;
	return true;
}

bool report_own(struct ctx *c, struct report_brief *out)
{
	struct report_own_get_row r;
	bool                      found = false;

	if (c->actor && c->actor->id.n && (c->actor->roles & ROLE_FINDER))
		TRY(sql_report_own_get(c, c->actor->id, &r, &found));
	if (!found)
		return fault(c, E_NOTFOUND, NULL, N_("No report has this receipt code. Please check the code and open the page again."));
	BRIEF(out, r);
	return true;
}

bool report_attach(struct ctx *c, report_id id, message_id message, const struct args *a, const char *name)
{
	struct file_part *f;

	for (size_t i = 0; (f = arg_file(a, name, i)); i++) {
		attachment_id file;
		if (!attachment_store(c, id.v, f, &file)) {
			if (c->fault.code == E_LIMIT)
				c->fault.where = str_of(name);
			return false;
		}
		TRY(sql_report_file_insert(c, file, id, message));
	}
	return true;
}

/* On the case's timeline, and whose turn it is from now on (NULL: as before), when it belongs to one. */
static bool tell_case(struct ctx *c, const struct report_brief *r, const char *fact, const char *turn)
{
	if (r->casefile.v.n)
		TRY(timeline_fact(c, r->casefile, fact, r->number));
	if (r->casefile.v.n && turn)
		TRY(casefile_turn(c, r->casefile, turn));
	return fact_tell(c, fact, r->casefile.v.n ? r->casefile.v : STR_NONE, r->id.v);
}

bool report_tlp(struct ctx *c, case_id k, str *tlp)
{
	struct report_case_tlp_row row;
	bool                       found = false;

	if (k.v.n)
		TRY(sql_report_case_tlp(c, k, &row, &found));
	*tlp = found ? row.tlp : S("AMBER");
	return true;
}

bool report_tlp_ahead(struct ctx *c, case_id k)
{
	return sql_report_case_tlp_ahead(c, k);
}

bool report_hear(struct ctx *c, const struct report_brief *r, str body, message_id *id)
{
	bool asked = str_eq(r->state, S("needs_info"));
	str  name  = actor_id(c).v.n ? c->actor->name : S("finder"), tlp;

	id->v = random_id(c);
	TRY(report_tlp(c, r->casefile, &tlp));
	TRY(sql_report_message_insert(c, *id, r->id, c->now, S("in"), actor_id(c), name, tlp, body));
	TRY(sql_report_message_seen(c, r->id, S("out"), c->now));
	TRY(sql_report_heard(c, r->id, asked ? S("in_review") : r->state,
	                     report_promise(c->now, REPORT_ACK_DAYS), c->now));
	TRY(message_put(c, r, *id, body));
	return tell_case(c, r, "message.received", "team");
}

bool report_tell(struct ctx *c, const struct report_brief *r, str tlp, str body, bool awaits, message_id *id)
{
	bool    fresh  = str_eq(r->state, S("new"));
	bool    over   = str_eq(r->state, S("declined")) || str_eq(r->state, S("closed"));
	time_us first  = r->answered_at == TIME_NONE ? c->now : r->answered_at;

	id->v = random_id(c);
	if (tlp.n == 0)
		TRY(report_tlp(c, r->casefile, &tlp));
	TRY(sql_report_message_insert(c, *id, r->id, c->now, S("out"), actor_id(c),
	                              c->actor ? c->actor->name : S("psirt"), tlp, body));
	TRY(sql_report_message_seen(c, r->id, S("in"), c->now));
	TRY(sql_report_told(c, r->id, fresh ? S("in_review") : r->state, fresh ? 2 : r->step,
	                    over ? TIME_NONE : report_promise(c->now, REPORT_UPDATE_DAYS), first, c->now));
	TRY(message_put(c, r, *id, body));
	TRY(letter_queue(c, LETTER_MESSAGE, r->id.v, r->contact, r->lang));
	return tell_case(c, r, "message.sent", awaits ? "finder" : NULL);
}

bool report_read(struct ctx *c, const struct report_brief *r)
{
	TRY(sql_report_message_seen(c, r->id, S("in"), c->now));
	return sql_report_seen_set(c, r->id, c->now);
}

bool report_move(struct ctx *c, const struct report_brief *r, const struct report_move *m)
{
	bool    over    = strcmp(m->state, "declined") == 0 || strcmp(m->state, "closed") == 0;
	int64_t changed = 0;

	TRY(sql_report_set(c, r->id, m->version == INT_NONE ? r->version : m->version, str_of(m->state), m->step,
	                   m->outcome, m->casefile, m->original,
	                   over ? TIME_NONE : report_promise(c->now, REPORT_UPDATE_DAYS),
	                   m->outcome.n ? c->now : TIME_NONE, c->now, &changed));
	if (changed == 0)
		return fault(c, E_CONFLICT, NULL, N_("Somebody else changed this report meanwhile. What you typed is kept below; please look at the report as it is now."));
	return search_put_all(c, &report_source, r->id.v);
}

bool report_credit(struct ctx *c, report_id id, str credit)
{
	return sql_report_credit_set(c, id, credit, c->now);
}

bool report_follow(struct ctx *c, case_id id, int64_t step)
{
	TRY(sql_report_step_set(c, id, step, c->now));
	return step < 6 || sql_report_due_drop(c, id);
}

bool report_close(struct ctx *c, case_id id, bool again)
{
	if (again)
		return sql_report_reopen_case(c, id, report_promise(c->now, REPORT_UPDATE_DAYS), c->now);
	return sql_report_close_case(c, id, c->now);
}

str text_lang(str s)
{
	size_t kana = 0, han = 0, latin = 0, other = 0;

	for (size_t at = 0; at < s.n;) {
		uint32_t x = utf8_next(s, &at);
		if ((x >= 0x3040 && x <= 0x30FF) || (x >= 0xFF66 && x <= 0xFF9F))
			kana++;
		else if (x >= 0x4E00 && x <= 0x9FFF)
			han++;
		else if ((x | 32) >= 'a' && (x | 32) <= 'z')
			latin++;
		else if (x >= 0xC0)
			other++;
	}
	if (kana || han > latin)
		return S("ja");
	return other ? S("und") : S("en");
}

const struct choice report_state_choices[] = {
	{ "new", N_("New") },               { "in_review", N_("Under review") },
	{ "needs_info", N_("Waiting for the finder") }, { "qualified", N_("Qualified") },
	{ "duplicate", N_("Duplicate") },   { "declined", N_("Not accepted") },
	{ "closed", N_("Closed") },         { NULL, NULL },
};

const struct choice report_step_choices[] = {
	{ "1", N_("Received") },    { "2", N_("Under review") }, { "3", N_("Analysis") },
	{ "4", N_("Remedy") },      { "5", N_("Preparing publication") }, { "6", N_("Published") },
	{ NULL, NULL },
};

/* meets ISO-30111 7.1.3 a), b), c): found inside, found outside, publicly disclosed */
const struct choice report_source_choices[] = {
	{ "external", N_("Found outside") }, { "internal", N_("Found inside") },
	{ "public", N_("Already public") },  { NULL, NULL },
};

const struct choice report_channel_choices[] = {
	{ "web", N_("Web form") },     { "api", N_("API") },       { "mail", N_("Mail") },
	{ "phone", N_("Telephone") },  { "coordinator", N_("Coordinator") },
	{ "partner", N_("Partner or supplier") }, { "other", N_("Other") }, { NULL, NULL },
};

const struct choice report_answer_choices[] = {
	{ "unknown", N_("I do not know") }, { "no", N_("No") }, { "yes", N_("Yes") }, { NULL, NULL },
};

/* meets ISO-30111 7.1.4 b): 1) duplicate 2) obsolete product 3) non-security 4) other vendor */
const struct choice report_outcome_choices[] = {
	{ "qualified", N_("Qualified") },
	{ "needs_info", N_("More information needed") },
	{ "duplicate", N_("Duplicate"), N_("ISO/IEC 30111:2019 7.1.4 b) 1") },
	{ "obsolete_product", N_("Product no longer supported"), N_("ISO/IEC 30111:2019 7.1.4 b) 2") },
	{ "not_security", N_("Not a vulnerability"), N_("ISO/IEC 30111:2019 7.1.4 b) 3") },
	{ "other_vendor", N_("Another vendor's product"), N_("ISO/IEC 30111:2019 7.1.4 b) 4") },
	{ "not_reproducible", N_("Not reproducible") },
	{ "no_response", N_("No answer from the finder") },
	{ "out_of_scope", N_("Out of scope") },
	{ "works_as_designed", N_("Works as designed") },
	{ NULL, NULL },
};
