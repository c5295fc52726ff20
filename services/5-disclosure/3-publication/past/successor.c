#include "services/5-disclosure/3-publication/past/successor.h"

#include "base/point.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/bulletin.h"
#include "services/5-disclosure/3-publication/past/digest.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_convert.h"

enum { ANSWER_MAX = 16 << 20 };

static const struct json_limits answer_limits = {
	.bytes = ANSWER_MAX, .depth = 8, .members = SUCCESSOR_REMARKS, .string = ANSWER_MAX,
};

/* What the cage made; why: it cannot be made. */
struct successor { bool valid; str bytes; int64_t remarks; const struct json *told; str why; };

/* ---- making ---- */

/* Of the document, and not of the hour: what cannot be converted now cannot be later. */
static bool is_final(const struct ctx *c)
{
	enum fault_code k = c->fault.code;

	return c->arena->lack == ARENA_WHOLE && (k == E_LIMIT || k == E_INVALID || k == E_SYNTAX || k == E_INTERNAL);
}

/* It goes out under our name: it is of this advisory, of CSAF 2.1 and for everybody. */
static bool is_of(struct ctx *c, str number, str bytes)
{
	const struct json *root, *d;

	if (!json_parse(c, bytes, &csaf_limits, &root))
		return false;
	d = json_get(root, S("document"));
	return (str_eq(json_get_str(d, S("csaf_version")), S("2.1")) && str_eq(json_get_str(json_get(d, S("tracking")), S("id")), number) &&
	        str_eq(json_get_str(json_get(json_get(d, S("distribution")), S("tlp")), S("label")), S("CLEAR"))) ||
	       fault(c, E_INTERNAL, NULL, NULL);
}

/* The cage is not trusted: its words are cut to what the table holds when they are kept. */
static bool answer_read(struct ctx *c, str number, str answer, struct successor *out)
{
	const struct json *doc;
	str                why;

	TRY(json_parse(c, answer, &answer_limits, &doc));
	why = json_get_str(doc, S("text"));
	if (json_get(doc, S("fault")))
		return fault(c, E_INVALID, NULL, "{1}", utf8_cut(why.n ? why : S(""), SUCCESSOR_TEXT));
	out->told  = json_get(doc, S("told"));
	out->bytes = json_get_str(doc, S("document"));
	out->valid = json_bool(json_get(doc, S("valid")), &out->valid) && out->valid && out->bytes.n > 0;
	if (!json_int(json_get(doc, S("remarks")), &out->remarks) || out->remarks < 0)
		out->remarks = 0;
	return is_of(c, number, out->bytes.n ? out->bytes : S(""));
}

/* meets CSAF-2.1 9.1.18 */
static bool made(struct ctx *c, str number, str bytes, struct successor *out)
{
	str answer;
	int status;

	TRY(tool_ask(c, S("csaf succeed"), bytes, &status, &answer));
	return answer_read(c, number, answer, out);
}

/* What cannot be converted has its reason in why.  Faults: those of the hour. */
static bool make(struct ctx *c, str number, str bytes, struct successor *out)
{
	*out = (struct successor){ .bytes = S("") };
	if (made(c, number, bytes, out))
		return true;
	if (!is_final(c))
		return false;
	*out     = (struct successor){ .bytes = S(""), .why = word_fault(c, &c->fault), .remarks = 1 };
	c->fault = (struct fault){ 0 };
	return true;
}

/* ---- keeping ---- */

static str cut(const struct json *v, const char *key)
{
	str s = json_get_str(v, str_of(key));

	return s.n ? utf8_cut(s, SUCCESSOR_TEXT) : S("");
}

static str class_of(const struct json *v)
{
	str s = json_get_str(v, S("class"));

	return str_eq(s, S("error")) ? S("error") : str_eq(s, S("info")) ? S("info") : S("warning");
}

static bool remarks_keep(struct ctx *c, past_id id, const struct successor *s)
{
	int64_t n = 0;

	TRY(sql_successor_remark_drop(c, id));
	if (s->why.p)
		return sql_successor_remark_put(c, id, 0, S("error"), S(""), S(""), S("{1}"), utf8_cut(s->why, SUCCESSOR_TEXT), S(""));
	for (JSON_ITEMS(x, s->told))
		if (n < SUCCESSOR_REMARKS)
			TRY(sql_successor_remark_put(c, id, n++, class_of(x), cut(x, "test"), cut(x, "pointer"), cut(x, "body"), cut(x, "one"),
			                             cut(x, "two")));
	return true;
}

/* One that is out stays. */
static bool keep(struct ctx *c, past_id id, const struct successor *s)
{
	bool    some = s->bytes.n > 0;
	int64_t n;

	TRY(sql_successor_put(c, id, s->valid, s->bytes, some ? bytes_sha256(c, s->bytes) : S(""), some ? bytes_sha512(c, s->bytes) : S(""),
	                      s->remarks, S(CSAF_CONVERT_RULES), c->now, &n));
	return n == 0 || remarks_keep(c, id, s);
}

/* ---- letting out ---- */

/* The one of an edition that is public, if it is valid and not out, with an entry in the audit. */
static bool let_out(struct ctx *c, past_id id, user_id who, str number, bool *out)
{
	const struct front *f = front_of(c);
	int64_t             n;

	TRY(sql_successor_out(c, id, who, c->now, &n));
	*out = n > 0;
	if (!*out)
		return true;
	crash_point("successor.out");
	return !f->journal || f->journal(c, &(struct journal_entry){ "successor.publish", false, STR_NONE, id.v, utf8_cut(number, 100) });
}

bool successor_follow(struct ctx *c, past_id id, str number)
{
	bool out;

	TRY(let_out(c, id, (user_id){ c->actor->id }, number, &out));
	return out || sql_successor_want(c, id, S(""), (user_id){ c->actor->id }, c->now);
}

/* Why it cannot go out. */
static bool refused(struct ctx *c, past_id id)
{
	struct successor_get_row s;
	bool                     found;

	TRY(sql_successor_get(c, id, &s, &found));
	if (!found || !s.rules.n)
		return fault(c, E_STATE, NULL, N_("It has not been converted to CSAF 2.1 yet. The server does that by itself, in some seconds."));
	if (s.released_at != TIME_NONE)
		return fault(c, E_STATE, NULL, N_("It is public in CSAF 2.1 already."));
	return fault(c, E_STATE, NULL, N_("What it becomes in CSAF 2.1 is not valid; its page says why."));
}

/* meets CSAF-2.1 7.4.2: an existing document is there in 2.1, too */
bool successor_publish(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct past_get_row e;
	bool                gone;

	TRY(sql_past_get(c, (past_id){ arg_str(a, "id") }, &e));
	if (e.published_at == TIME_NONE)
		return fault(c, E_STATE, NULL, N_("It is not public."));
	TRY(let_out(c, e.id, (user_id){ c->actor->id }, e.number, &gone));
	out->object = e.id.v;
	out->next   = STR_CAT(c->arena, S("/history/"), e.id.v);
	out->said   = S(N_("The advisory is public in CSAF 2.1, too."));
	return gone || refused(c, e.id);
}

bool successor_release(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct successor_ready_rows rows;

	(void)a;
	TRY(sql_successor_ready(c, SUCCESSOR_RELEASED, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		bool gone;
		TRY(let_out(c, rows.v[i].edition, (user_id){ c->actor->id }, rows.v[i].number, &gone));
	}
	out->next = S("/history/csaf21");
	out->said = S(N_("The advisories are public in CSAF 2.1, too."));
	return rows.n > 0 || fault(c, E_STATE, NULL, N_("None of ours waits to become public in CSAF 2.1."));
}

/* ---- chore: what has been imported, and what newer rules may make valid ---- */

struct succeeding { past_id id; str number, bytes; struct successor made; };

bool successor_due(struct ctx *c, void **work)
{
	struct succeeding       *w = NEW(c->arena, struct succeeding);
	struct successor_due_row r;
	bool                     found;
	str                      ours;

	TRY(past_namespaces(c, &ours));
	TRY(sql_successor_due(c, S(CSAF_CONVERT_RULES), ours, &r, &found));
	*w    = (struct succeeding){ .id = r.id, .number = r.number, .bytes = r.bytes };
	*work = found ? w : NULL;
	return true;
}

bool successor_act(struct ctx *c, void *work, bool *able)
{
	struct succeeding *w = work;

	*able = front_of(c)->tool != NULL;
	return !*able || make(c, w->number, w->bytes, &w->made);
}

bool successor_done(struct ctx *c, void *work)
{
	const struct succeeding *w = work;

	struct successor_wanted_row r;
	bool                        found;

	TRY(keep(c, w->id, &w->made));
	TRY(sql_successor_wanted(c, w->id, &r, &found));
	return !found || let_out(c, w->id, r.wanted_by, r.number, &found);
}
