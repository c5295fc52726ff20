/* Whether CVE Services answer and take our key, for psirt doctor --online: nothing is changed there. */
#include "services/5-disclosure/3-publication/cve/numbering.h"

#include "base/buf.h"
#include "platform/op/probe.h"
#include "platform/text/word.h"

enum { ANSWER_MAX = 4 << 20, SECONDS = 15, WORD_MAX = 200 };

#define REACH_MEND N_("Look at the address on the page CVE IDs, at the network, and whether psirt may connect out (psirt-outside.conf).")
#define KEY_MEND   N_("The operator stores the key with psirt keys keep cve-services --for ADDRESS; the page CVE IDs names organisation and user.")

static const char *const services_name = N_("CVE Services"), *const key_name = N_("key for CVE Services"), *const quota_name = N_("quota of CVE IDs"),
	*const user_name = N_("user at CVE Services");

bool cve_probe_look(struct ctx *c, void **work)
{
	struct cve_link_to *to = NEW(c->arena, struct cve_link_to);

	TRY(cve_connection(c, to));
	*work = to->url.n ? to : NULL;
	return true;
}

/* False: a fault, or an answer that cannot be used, and it is noted. */
static bool asked(struct ctx *c, const struct cve_link_to *to, const struct cve_request *q, bool with_key, const char *name,
                  struct cve_answer *a, struct probe_notes *out)
{
	struct sending s = { .method = str_of(q->method), .url = STR_CAT(c->arena, to->url, q->path), .body = STR_NONE, .max = ANSWER_MAX,
		.seconds = SECONDS, .secret = with_key ? S(CVE_KEY) : STR_NONE, .secret_in = with_key ? S("CVE-API-KEY") : STR_NONE,
		.header = { { S("Accept"), S("application/json") }, { with_key ? S("CVE-API-ORG") : STR_NONE, to->org },
			{ with_key ? S("CVE-API-USER") : STR_NONE, to->user } } };
	struct fetched got;

	if (!front_of(c)->send(c, &s, &got)) {
		probe_fault(c, out, name, to->url, c->fault.code == E_STATE || c->fault.code == E_FORBIDDEN ? KEY_MEND : REACH_MEND);
		return false;
	}
	if (!cve_answer_read(c, q->ask, got.status, got.body, a)) {
		probe_fault(c, out, name, to->url, REACH_MEND);
		return false;
	}
	if (a->verdict == CVE_DONE)
		return true;
	PROBE_NOTE(c, out, name, a->status == 429 || a->status >= 500 ? PROBE_ATTENTION : PROBE_BAD, a->status == 401 ? KEY_MEND : REACH_MEND,
	           N_("{1} answers {2}: {3}"), to->url, str_fmt(c->arena, "%d", a->status), word_tr(c->lang, cve_refusal(a->code, a->status)));
	return false;
}

/* Words of a stranger, on a terminal. */
static str plain(struct ctx *c, str s)
{
	return utf8_plain(c->arena, s, WORD_MAX);
}

static str number(struct ctx *c, int64_t n)
{
	return n == INT_NONE ? S("–") : str_fmt(c->arena, "%lld", (long long)n);
}

static void org_note(struct ctx *c, const struct cve_link_to *to, const struct cve_org *o, struct probe_notes *out)
{
	bool cna = false;
	str  rest = o->roles, role;

	while (str_cut(&rest, ' ', &role))
		cna |= str_eq(role, S("CNA"));
	PROBE_NOTE(c, out, key_name, cna ? PROBE_WELL : PROBE_ATTENTION,
	           N_("The organisation is no CNA there and cannot reserve IDs: look at its short name, or ask the CVE Program."),
	           N_("taken; {1} ({2}) has the roles {3}"), plain(c, o->name.n ? o->name : to->org), plain(c, o->short_name),
	           o->roles.n ? plain(c, o->roles) : S("–"));
}

static void quota_note(struct ctx *c, const struct cve_answer *a, int64_t policy, struct probe_notes *out)
{
	bool odd = policy != INT_NONE && policy != a->quota;

	PROBE_NOTE(c, out, quota_name, a->remaining <= 0 || odd ? PROBE_ATTENTION : PROBE_WELL,
	           odd ? N_("The record of the organisation names another quota: ask the CVE Program.")
	               : N_("Publish or reject IDs that are reserved, or ask the CVE Program for a higher quota."),
	           N_("{1} of {2} reserved, {3} free"), number(c, a->reserved), number(c, a->quota), number(c, a->remaining));
}

static void user_note(struct ctx *c, const struct cve_person *p, struct probe_notes *out)
{
	PROBE_NOTE(c, out, user_name, p->active ? PROBE_WELL : PROBE_BAD, N_("An administrator of the organisation lets the user in again at CVE Services."),
	           !p->active ? N_("{1} may not sign in") : p->admin ? N_("{1} is an administrator of the organisation") : N_("{1} is no administrator: users are changed by somebody else"),
	           plain(c, p->name));
}

bool cve_probe_ask(struct ctx *c, void *work, struct probe_notes *out)
{
	const struct cve_link_to *to = work;
	struct cve_request        q;
	struct cve_answer         a, org;

	if (!front_of(c)->send)
		return true;
	if (!cve_ask_health(c, &q) || !asked(c, to, &q, false, services_name, &a, out))
		return true;
	PROBE_NOTE(c, out, services_name, PROBE_WELL, NULL, cve_is_trial(to->url) ? N_("{1} answers; it is a place to try things out") : N_("{1} answers"), to->url);
	if (!cve_ask_org(c, to->org, &q) || !asked(c, to, &q, true, key_name, &org, out))
		return true;
	org_note(c, to, &org.org, out);
	if (cve_ask_quota(c, to->org, &q) && asked(c, to, &q, true, quota_name, &a, out))
		quota_note(c, &a, org.org.quota, out);
	if (cve_ask_user(c, to->org, to->user, &q) && asked(c, to, &q, true, user_name, &a, out))
		user_note(c, &a.users.v[0], out);
	c->fault = (struct fault){ 0 };   /* of a request that could not be made at all */
	return true;
}
