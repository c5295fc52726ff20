/* The chore that makes the requests: messenger.h. */
#include "services/5-disclosure/3-publication/cve/messenger.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "record/casefile.h"
#include "record/vuln.h"
#include "standards/cve/cve.h"

enum {
	ANSWER_MAX = 4 << 20, KEPT_MAX = 64 << 10, PAGES_MOST = 500, IDS_MOST = 100000, LOST_MINUTES = 2, PAGES_SECONDS = 60,
	SKEW_MINUTES = 10, WAIT_MOST_MINUTES = 60, DETAIL_MAX = 2000,
};
#define ASKED_TO_WAIT_MOST DAY

int64_t cve_seconds = 30;

/* The one errand that this process has armed and not yet sent. */
static struct { char token[32]; size_t n; } armed;

/* ---- what is due ---- */

static bool sending_due(struct ctx *c, struct cve_work *w, errand_id *id, bool *some, bool *found)
{
	struct cve_errand_sending_row r;

	TRY(sql_cve_errand_sending(c, &r, some));
	if (!*some)
		return true;
	*id    = r.id;
	*found = true;
	if (armed.n && str_eq(r.token, (str){ armed.token, armed.n }))
		w->step = STEP_SEND;
	else if (r.sent_at <= c->now - LOST_MINUTES * MINUTE)
		w->step = STEP_LOST;
	else
		*found = false;   /* somebody else's, under way */
	return true;
}

bool cve_due(struct ctx *c, void **work)
{
	struct cve_work             *w = NEW(c->arena, struct cve_work);
	struct cve_errand_doubt_row  d;
	struct cve_errand_waiting_row r;
	errand_id                    id;
	bool                         some, found = false;

	*work = NULL;
	TRY(cve_connection(c, &w->to));
	TRY(sending_due(c, w, &id, &some, &found));
	if (!some) {
		TRY(sql_cve_errand_doubt(c, c->now, &d, &found));
		id      = d.id;
		w->step = STEP_SETTLE;
	}
	if (!some && !found) {
		TRY(sql_cve_errand_waiting(c, c->now, &r, &found));
		id      = r.id;
		w->step = STEP_ARM;
	}
	if (!found || !w->to.url.n)
		return true;
	*work = w;
	return sql_cve_errand_get(c, id, &w->e);
}

/* ---- asking ---- */

/* Seconds, or an instant as of HTTP. */
static int64_t wait_of(struct ctx *c, str text)
{
	static const char *const months = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int64_t n, day, year;
	size_t  month;
	time_us at;

	if (str_to_int(text, &n))
		return n > 0 ? n : 0;
	if (text.n != 29 || !str_to_int(str_slice(text, 5, 7), &day) || !str_to_int(str_slice(text, 12, 16), &year))   /* RFC 9110 5.6.7 */
		return 0;
	month = str_find(str_of(months), str_slice(text, 8, 11), 0);
	if (month == SIZE_MAX || !time_parse(str_fmt(c->arena, "%04lld-%02zu-%02lldT%.*sZ", (long long)year, month / 3 + 1, (long long)day,
	                                             STR_ARG(str_slice(text, 17, 25))), &at))
		return 0;
	return at > c->now ? (at - c->now) / SECOND : 0;
}

bool cve_work_ask(struct ctx *c, struct cve_work *w, const struct cve_request *q, struct cve_answer *a)
{
	struct sending s = { .method = str_of(q->method), .url = STR_CAT(c->arena, w->to.url, q->path), .body = q->body,
		.type = S("application/json"), .secret = S(CVE_KEY), .secret_in = S("CVE-API-KEY"), .max = ANSWER_MAX, .seconds = cve_seconds,
		.take = str_of(q->take ? q->take : ""), .take_for = q->take_for,
		.header = { { S("CVE-API-ORG"), w->to.org }, { S("CVE-API-USER"), w->to.user }, { S("Accept"), S("application/json") } } };
	struct fetched got;

	if (!front_of(c)->send(c, &s, &got)) {
		enum fault_code f = c->fault.code;
		w->code          = cve_fault_code(f);
		w->may_have_left = f != E_STATE && f != E_INVALID && f != E_FORBIDDEN && f != E_RATE && f != E_BUSY;
		c->fault         = (struct fault){ 0 };
		return false;
	}
	w->raw   = got.body;
	w->taken = got.taken;
	w->wait  = got.status == 429 || got.status == 503 ? wait_of(c, got.retry) : 0;
	if (cve_answer_read(c, q->ask, got.status, got.body, a)) {
		if (got.taken)   /* it said what it had to */
			a->verdict = CVE_DONE;
		return true;
	}
	c->fault         = (struct fault){ 0 };
	w->code          = "psirt.long";
	w->may_have_left = true;
	return false;
}

/* All pages of our IDs; *out is the last answer. */
static bool pages_ask(struct ctx *c, struct cve_work *w, time_us since)
{
	struct cve_request q;
	int64_t            page = 1, until = clock_steady() + PAGES_SECONDS * SECOND;

	w->ids.max = IDS_MOST;
	for (int i = 0; page > 0; i++) {
		if (i == PAGES_MOST || clock_steady() > until) {   /* other chores wait behind it */
			w->code = "psirt.long";
			return false;
		}
		if (!cve_ask_list(c, CVE_FREE, since, page, &q) || !cve_work_ask(c, w, &q, &w->a))
			return false;
		if (w->a.verdict != CVE_DONE)
			return true;
		for (size_t k = 0; k < w->a.ids.n; k++)
			if (!list_push(c->arena, &w->ids, w->a.ids.v[k])) {
				w->code = "psirt.long";
				return false;
			}
		page = w->a.next > page ? w->a.next : 0;
	}
	return true;
}

/* Beside the main thing: it does not matter much when there is no answer. */
static void quota_ask(struct ctx *c, struct cve_work *w)
{
	struct cve_work    aside = { .to = w->to };
	struct cve_request q;

	w->has_quota = cve_ask_quota(c, w->to.org, &q) && cve_work_ask(c, &aside, &q, &w->quota) && w->quota.verdict == CVE_DONE;
	c->fault     = (struct fault){ 0 };
}

static enum cve_ask ask_of(const struct cve_work *w)
{
	return str_eq(w->e.kind, S("reserve")) ? CVE_ASK_RESERVE : cve_people_asks(w->e.kind);
}

static void send(struct ctx *c, struct cve_work *w)
{
	struct cve_request q = { .ask = ask_of(w), .method = cstr(c->arena, w->e.method), .path = w->e.path, .body = w->e.body };

	armed.n = 0;
	if (str_eq(w->e.kind, S("look"))) {
		w->answered = pages_ask(c, w, TIME_NONE);
		w->may_have_left = false;   /* it only reads */
		if (w->answered && w->a.verdict == CVE_DONE) {
			quota_ask(c, w);
			cve_people_look(c, w);
		}
		return;
	}
	if (cve_is_people(w->e.kind)) {
		cve_people_send(c, w, &q);
		return;
	}
	w->answered = cve_work_ask(c, w, &q, &w->a);
	if (w->answered && q.ask == CVE_ASK_RESERVE && w->a.verdict <= CVE_PART)
		quota_ask(c, w);
}

static void settle(struct ctx *c, struct cve_work *w)
{
	struct cve_request q;

	if (cve_is_people(w->e.kind))
		cve_people_settle(c, w);
	else if (str_eq(w->e.kind, S("reserve")))
		w->answered = pages_ask(c, w, w->e.sent_at - SKEW_MINUTES * MINUTE);
	else
		w->answered = cve_ask_record(c, w->e.number, &q) && cve_work_ask(c, w, &q, &w->a);
}

bool cve_act(struct ctx *c, void *work, bool *keep)
{
	struct cve_work *w = work;

	*keep = front_of(c)->send != NULL;
	if (!*keep)
		return true;
	if (w->step == STEP_SEND)
		send(c, w);
	else if (w->step == STEP_SETTLE)
		settle(c, w);
	return true;
}

/* ---- what came of it ---- */

/* A PUT of a container of our own: made twice it is the same. */
static bool is_adp(const struct cve_work *w)
{
	return str_eq(w->e.kind, S("adp"));
}

/* Not before CVE Services want, and never in more than a day. */
static time_us later(struct ctx *c, const struct cve_work *w, int64_t tries)
{
	int64_t minutes = tries >= 6 ? WAIT_MOST_MINUTES : (int64_t)1 << (tries > 0 ? tries : 0), asked;

	asked = w->wait > ASKED_TO_WAIT_MOST / SECOND ? ASKED_TO_WAIT_MOST : w->wait * SECOND;
	return c->now + (asked > minutes * MINUTE ? asked : minutes * MINUTE);
}

/* What may be stored as text. */
static str kept(struct ctx *c, str raw)
{
	str cut;

	if (!raw.n)
		return STR_NONE;
	if (!utf8_check(raw, NULL) || str_find(raw, (str){ "\0", 1 }, 0) != SIZE_MAX)
		return str_fmt(c->arena, "(%zu bytes, no text)", raw.n);
	cut = utf8_cut(raw, KEPT_MAX);
	return cut.n < raw.n ? STR_CAT(c->arena, cut, str_fmt(c->arena, " … (%zu bytes)", raw.n)) : cut;
}

static str code_of(const struct cve_work *w)
{
	return w->code ? str_of(w->code) : w->a.code.n ? w->a.code : STR_NONE;
}

/* Words of a stranger: on one line, without what deceives a terminal or a page. */
static str detail_of(struct ctx *c, const struct cve_work *w)
{
	str text;

	if (!w->answered || (!w->a.message.n && !w->a.detail.n))
		return STR_NONE;
	text = STR_CAT(c->arena, w->a.message.n ? w->a.message : S(""), w->a.message.n && w->a.detail.n ? S(" ") : S(""),
	               w->a.detail.n ? w->a.detail : S(""));
	return utf8_plain(c->arena, text, DETAIL_MAX);
}

static int64_t status_of(const struct cve_work *w)
{
	return w->answered ? w->a.status : INT_NONE;
}

/* Into the audit: the operation that asked for it, and how it ended. */
static bool told(struct ctx *c, const struct cve_work *w, str how)
{
	const struct front *f    = front_of(c);
	const char         *verb = cve_is_people(w->e.kind) ? cve_people_verb(w->e.kind) : cstr(c->arena, STR_CAT(c->arena, S("cve."), w->e.kind));

	str about = w->e.number.n ? w->e.number : w->e.who.n ? w->e.who : S("");

	return !f->journal || f->journal(c, &(struct journal_entry){ verb, false, w->e.casefile.v, w->e.id.v,
		STR_CAT(c->arena, about, about.n ? S(" ") : S(""), how) });
}

bool cve_work_ended(struct ctx *c, const struct cve_work *w, const char *state, str code, int64_t got)
{
	TRY(sql_cve_errand_end(c, w->e.id, str_of(state), status_of(w), kept(c, w->raw), code, detail_of(c, w), got, c->now));
	return told(c, w, code.n ? STR_CAT(c->arena, str_of(state), S(" "), code) : str_of(state));
}

bool cve_work_again(struct ctx *c, const struct cve_work *w, str method, int64_t most, str code)
{
	if (w->e.tries >= most)
		return cve_work_ended(c, w, "refused", code, INT_NONE);
	return sql_cve_errand_again(c, w->e.id, S("waiting"), method, status_of(w), kept(c, w->raw), code, detail_of(c, w),
	                            later(c, w, w->e.tries));
}

static bool in_doubt(struct ctx *c, const struct cve_work *w)
{
	if (is_adp(w) || str_eq(w->e.kind, S("look")) || cve_people_repeats(w))   /* the same when it is done twice */
		return cve_work_again(c, w, w->e.method, CVE_TRIES_MOST, code_of(w));
	TRY(sql_cve_errand_again(c, w->e.id, S("doubt"), w->e.method, status_of(w), kept(c, w->raw), code_of(w), detail_of(c, w),
	                         later(c, w, 0)));
	return told(c, w, S("doubt"));
}

/* ---- IDs ---- */

struct found { int64_t fresh; cve_id first; str number; };

/* Store what CVE Services said of an ID; count those that we did not know. */
static bool held_keep(struct ctx *c, const struct cve_held *h, bool counts, struct found *f)
{
	struct cve_number_named_row known;
	str                         state = str_of(cve_state_name(h->state)), user = h->by_user.n ? h->by_user : S("");
	cve_id                      id    = { random_id(c) };
	bool                        have;

	TRY(sql_cve_number_named(c, h->id, &known, &have));
	if (have)
		return sql_cve_number_seen(c, known.id, state, user, h->reserved, c->now);
	TRY(sql_cve_number_insert(c, id, h->id, state, user, h->reserved, c->now));
	if (counts && f->fresh++ == 0) {
		f->first  = id;
		f->number = h->id;
	}
	return true;
}

/* The vulnerability for which it was reserved gets it, if it still can. */
static bool given(struct ctx *c, const struct cve_work *w, const struct found *f)
{
	struct cve_vuln_row v;

	if (!f->fresh || !w->e.vuln.v.n)
		return true;
	TRY(sql_cve_vuln(c, w->e.casefile, w->e.vuln, &v));
	return v.cve.n || cve_give(c, f->first, w->e.casefile, w->e.vuln, f->number);
}

static bool quota_keep(struct ctx *c, const struct cve_work *w)
{
	return !w->has_quota || sql_cve_quota_put(c, w->to.org, w->quota.quota, w->quota.reserved, w->quota.remaining, c->now);
}

static bool reserved_keep(struct ctx *c, const struct cve_work *w)
{
	struct found f = { 0 };

	for (size_t i = 0; i < w->a.ids.n; i++)
		TRY(held_keep(c, &w->a.ids.v[i], true, &f));
	TRY(given(c, w, &f) && quota_keep(c, w));
	return cve_work_ended(c, w, "done", w->a.verdict == CVE_PART ? S("RESERVED_PARTIAL_AMOUNT") : STR_NONE, (int64_t)w->a.ids.n);
}

static bool looked_keep(struct ctx *c, const struct cve_work *w)
{
	struct found f = { 0 };

	for (size_t i = 0; i < w->ids.n; i++)
		TRY(held_keep(c, &w->ids.v[i], true, &f));
	TRY(quota_keep(c, w) && cve_people_looked(c, w));
	return cve_work_ended(c, w, "done", STR_NONE, (int64_t)w->ids.n);
}

/* ---- records ---- */

static bool written_keep(struct ctx *c, const struct cve_work *w)
{
	bool        rejects = str_eq(w->e.kind, S("reject"));
	const char *fact    = rejects ? "cve.rejected" : str_eq(w->e.kind, S("update")) ? "cve.updated" : "cve.published";

	TRY(sql_cve_number_moved(c, w->e.cve, rejects ? S("rejected") : S("published"), rejects ? STR_NONE : w->e.body,
	                         rejects ? TIME_NONE : c->now, c->now));
	if (w->e.casefile.v.n) {
		TRY(timeline_fact(c, w->e.casefile, fact, w->e.number));
		TRY(fact_tell(c, fact, w->e.casefile.v, w->e.vuln.v.n ? w->e.vuln.v : w->e.cve.v));
	}
	return cve_work_ended(c, w, "done", STR_NONE, INT_NONE);
}

static bool done_keep(struct ctx *c, const struct cve_work *w)
{
	if (cve_is_people(w->e.kind))
		return cve_people_done(c, w);
	if (is_adp(w))
		return cve_work_ended(c, w, "done", STR_NONE, INT_NONE);
	if (str_eq(w->e.kind, S("reserve")))
		return reserved_keep(c, w);
	return str_eq(w->e.kind, S("look")) ? looked_keep(c, w) : written_keep(c, w);
}

/* ---- the steps ---- */

static bool arm_keep(struct ctx *c, const struct cve_work *w)
{
	str     token = random_id(c);
	int64_t n;

	armed.n = 0;
	TRY(sql_cve_errand_arm(c, w->e.id, token, c->now, &n));
	if (n == 1 && token.n <= sizeof(armed.token)) {
		memcpy(armed.token, token.p, token.n);
		armed.n = token.n;
	}
	return true;
}

static bool refused_keep(struct ctx *c, const struct cve_work *w)
{
	/* There is a record where we thought there was none, or the other way round. */
	if (str_eq(w->a.code, S("CVE_RECORD_EXISTS")))
		return in_doubt(c, w);
	if (str_eq(w->a.code, S("CVE_RECORD_DNE")) && str_eq(w->e.method, S("PUT")) && !is_adp(w))
		return cve_work_again(c, w, S("POST"), CVE_TRIES, w->a.code);
	return cve_work_ended(c, w, "refused", code_of(w), INT_NONE);
}

static bool send_keep(struct ctx *c, const struct cve_work *w)
{
	if (!w->answered)
		return w->may_have_left ? in_doubt(c, w) : cve_work_again(c, w, w->e.method, CVE_TRIES_MOST, code_of(w));
	switch (w->a.verdict) {
	case CVE_DONE:
	case CVE_PART:    return done_keep(c, w);
	case CVE_REFUSED: return refused_keep(c, w);
	case CVE_LATER:   return cve_work_again(c, w, w->e.method, CVE_TRIES_MOST, code_of(w));
	case CVE_DOUBT:   return in_doubt(c, w);
	}
	return fault(c, E_INTERNAL, NULL, NULL);
}

static bool lost_keep(struct ctx *c, struct cve_work *w)
{
	w->code = "psirt.lost";
	return in_doubt(c, w);
}

/* IDs that we did not know, asked for by our user since: they are the ones that the lost answer named. */
static bool reserve_settle(struct ctx *c, const struct cve_work *w)
{
	struct found f = { 0 };

	for (size_t i = 0; i < w->ids.n; i++)
		TRY(held_keep(c, &w->ids.v[i], str_eq(w->ids.v[i].by_user, w->to.user) && w->ids.v[i].state == CVE_RESERVED, &f));
	if (!f.fresh)
		return cve_work_again(c, w, w->e.method, CVE_TRIES, S("psirt.nothing"));
	TRY(given(c, w, &f));
	return cve_work_ended(c, w, "done", f.fresh < w->e.amount ? S("RESERVED_PARTIAL_AMOUNT") : STR_NONE, f.fresh);
}

/* The record as it is there: what we sent, another one, or none. */
static bool write_settle(struct ctx *c, const struct cve_work *w)
{
	str                state  = json_get_str(json_get(w->a.record, S("cveMetadata")), S("state"));
	const char        *wanted = str_eq(w->e.kind, S("reject")) ? "REJECTED" : "PUBLISHED";
	const struct json *sent;
	bool               holds = false;

	if (w->a.verdict == CVE_REFUSED)
		return cve_work_again(c, w, S("POST"), CVE_TRIES, S("psirt.nothing"));
	TRY(json_parse(c, w->e.body, NULL, &sent));
	TRY(cve_holds(c, sent, w->a.record, &holds));
	if (holds && str_eq(state, str_of(wanted)))
		return written_keep(c, w);
	return cve_work_again(c, w, S("PUT"), CVE_TRIES, S("psirt.nothing"));
}

static bool settle_keep(struct ctx *c, const struct cve_work *w)
{
	bool certain;

	if (cve_is_people(w->e.kind) && w->answered && w->a.verdict <= CVE_REFUSED)
		return cve_people_settled(c, w);
	certain = !cve_is_people(w->e.kind) && w->answered && (w->a.verdict == CVE_DONE || str_eq(w->a.code, S("CVE_RECORD_DNE")));

	if (!certain)   /* ask again what there is, for as long as it takes */
		return sql_cve_errand_settling(c, w->e.id, later(c, w, w->e.tries + 2));
	return str_eq(w->e.kind, S("reserve")) ? reserve_settle(c, w) : write_settle(c, w);
}

bool cve_keep(struct ctx *c, void *work)
{
	struct cve_work *w = work;

	switch (w->step) {
	case STEP_ARM:    return arm_keep(c, w);
	case STEP_SEND:   return send_keep(c, w);
	case STEP_LOST:   return lost_keep(c, w);
	case STEP_SETTLE: return settle_keep(c, w);
	}
	return fault(c, E_INTERNAL, NULL, NULL);
}
