#include "services/5-disclosure/3-publication/cve/numbering.h"

#include "platform/clock.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/setting.h"
#include "record/vuln.h"

enum { URL_MAX = 300 };

/* ---- the connection ---- */

bool cve_connection(struct ctx *c, struct cve_link_to *out)
{
	TRY(setting_load(c, "cve_url", S(""), &out->url));
	TRY(setting_load(c, "cve_org", S(""), &out->org));
	return setting_load(c, "cve_user", S(""), &out->user);
}

bool cve_connection_ahead(struct ctx *c)
{
	return settings_ahead(c);
}

bool cve_connected(struct ctx *c, struct cve_link_to *out)
{
	TRY(cve_connection(c, out));
	return out->url.n || fault(c, E_STATE, NULL, N_("There is no connection to CVE Services yet; an administrator sets it on the page CVE IDs."));
}

bool cve_is_trial(str url)
{
	return str_find(url, S("-test."), 0) != SIZE_MAX || str_find(url, S("-dev."), 0) != SIZE_MAX ||
	       str_find(url, S("//127."), 0) != SIZE_MAX;
}

const struct arg cve_connect_args[] = {
	{ .name = "url", .kind = ARG_LINE, .max = URL_MAX, .must = true, .label = N_("Address of CVE Services"),
	  .hint = N_("Such as https://cveawg-test.mitre.org/api to try things out, or https://cveawg.mitre.org/api.") },
	{ .name = "org", .kind = ARG_LINE, .max = 32, .must = true, .label = N_("Short name of the organisation") },
	{ .name = "user", .kind = ARG_LINE, .max = 128, .must = true, .label = N_("User name at CVE Services"),
	  .hint = N_("The key is not typed here: the operator stores it with psirt keys keep cve-services.") },
	{ 0 },
};

static bool header_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7F)
			return false;
	return s.n > 0;
}

bool cve_run_connect(struct ctx *c, const struct args *a, struct sheet *out)
{
	str url = arg_str(a, "url");

	while (str_ends(url, S("/")))
		url.n--;
	if ((!str_starts(url, S("https://")) && !str_starts(url, S("http://"))) || !header_ok(url) ||
	    str_find(url, S("?"), 0) != SIZE_MAX || str_find(url, S("#"), 0) != SIZE_MAX || str_find(url, S("@"), 0) != SIZE_MAX)
		return fault(c, E_INVALID, "url", N_("An address begins with https://."));
	if (!header_ok(arg_str(a, "org")) || arg_str(a, "org").n < 2)
		return fault(c, E_INVALID, "org", N_("The short name of an organisation has 2 to 32 characters."));
	if (!header_ok(arg_str(a, "user")))
		return fault(c, E_INVALID, "user", N_("A user name has no blanks and only ASCII."));
	TRY(setting_save(c, "cve_url", url) && setting_save(c, "cve_org", arg_str(a, "org")) &&
	    setting_save(c, "cve_user", arg_str(a, "user")));
	out->note = STR_CAT(c->arena, url, S(" "), arg_str(a, "org"), S(" "), arg_str(a, "user"));
	out->next = S("/cve");
	out->said = S(N_("The connection to CVE Services is set."));
	return true;
}

/* ---- errands ---- */

bool cve_errand_add(struct ctx *c, const struct cve_wish *w, errand_id *id)
{
	user_id me = { c->actor && c->actor->id.n ? c->actor->id : STR_NONE };

	*id = (errand_id){ random_id(c) };
	return sql_cve_errand_insert(c, *id, str_of(w->kind), w->proposed ? S("proposed") : S("waiting"), w->casefile, w->vuln, w->cve, w->amount,
	                             w->who.n ? w->who : STR_NONE, w->new_name.n ? w->new_name : STR_NONE, me, str_of(w->q.method), w->q.path,
	                             w->q.body.n ? w->q.body : STR_NONE, c->now);
}

bool cve_errand_none(struct ctx *c, cve_id id)
{
	struct cve_errand_open_row open;
	bool                       found;

	TRY(sql_cve_errand_open(c, id, &open, &found));
	return !found || fault(c, E_STATE, NULL, N_("A request about this ID is under way; wait for its answer."));
}

static const struct { const char *code, *text; } own[] = {
	{ "psirt.key", N_("No key is kept for CVE Services: the operator stores it with psirt keys keep cve-services --for ADDRESS.") },
	{ "psirt.address", N_("The address of CVE Services may not be asked, or the key is for another one.") },
	{ "psirt.rate", N_("Too many requests in a short time; it is tried again later.") },
	{ "psirt.long", N_("The answer was too long, or took too long.") },
	{ "psirt.silent", N_("CVE Services could not be reached, or did not answer.") },
	{ "psirt.lost", N_("psirt ended while the request was under way.") },
	{ "psirt.renewed", N_("The new key is kept and used from now on; nobody has seen it.") },
	{ "psirt.hand", N_("The key waits on the server: the operator hands it over with psirt keys hand NAME.") },
	{ "psirt.unkept", N_("It is done, but the key was lost on its way: have a new key made for the user.") },
	{ "psirt.shutout", N_("A new key was made and lost on its way; the one that is kept opens nothing any more. Another administrator of the organisation, or the CVE Program, makes a new key; the operator stores it with psirt keys keep cve-services.") },
	{ "psirt.unknown", N_("Whether it was carried out is not known, and CVE Services do not tell: look there.") },
	{ "psirt.nothing", N_("Nothing of it was carried out, however often it was tried.") },
};

const char *cve_fault_code(enum fault_code code)
{
	if (code == E_STATE)
		return "psirt.key";
	if (code == E_INVALID || code == E_FORBIDDEN)
		return "psirt.address";
	if (code == E_RATE || code == E_BUSY)
		return "psirt.rate";
	return code == E_LIMIT ? "psirt.long" : "psirt.silent";
}

str cve_errand_words(struct ctx *c, str kind, str state, str code, int64_t status)
{
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (str_eq(code, str_of(own[i].code)))
			return word_tr(c->lang, own[i].text);
	if (!code.n && (status == INT_NONE || str_eq(state, S("done"))))
		return S("");
	return word_tr(c->lang, cve_refusal_of(cve_people_asks(kind), code, (int)status));
}

/* ---- reserving ---- */

const struct arg cve_reserve_args[] = {
	{ .name = "vuln", .kind = ARG_ID, .hidden = true, .label = N_("Vulnerability") },
	{ .name = "amount", .kind = ARG_INT, .label = N_("Number of IDs") },
	{ .name = "year", .kind = ARG_INT, .label = N_("Year") },
	{ .name = "in_row", .kind = ARG_BOOL, .label = N_("Numbers in a row") },
	{ 0 },
};

/* The vulnerability that the ID is for: seen by the actor, and without a number. */
static bool vuln_for(struct ctx *c, str id, struct cve_wish *w)
{
	struct cve_vuln_case_row v;

	if (!id.n)
		return true;
	TRY(sql_cve_vuln_case(c, (vuln_id){ id }, &v));
	if (v.cve.n)
		return fault(c, E_STATE, NULL, N_("This vulnerability has the number {1} already."), v.cve);
	if (w->amount != 1)
		return fault(c, E_INVALID, "amount", N_("A vulnerability gets one ID."));
	w->casefile = v.casefile;
	w->vuln     = v.id;
	return true;
}

bool cve_run_reserve(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_link_to to;
	struct cve_wish    w    = { .kind = "reserve", .amount = arg_int(a, "amount") };
	int64_t            year = arg_int(a, "year");
	errand_id          id;

	w.amount = w.amount == INT_NONE ? 1 : w.amount;
	TRY(vuln_for(c, arg_str(a, "vuln"), &w));
	TRY(cve_connected(c, &to));
	TRY(cve_ask_reserve(c, to.org, w.amount, year == INT_NONE ? time_civil(c->now).year : year, arg_bool(a, "in_row"), &w.q));
	TRY(cve_errand_add(c, &w, &id));
	out->casefile = w.casefile.v;
	out->object   = id.v;
	out->note     = str_fmt(c->arena, "%lld", (long long)w.amount);
	out->next     = w.casefile.v.n ? STR_CAT(c->arena, S("/cases/"), w.casefile.v) : S("/cve");
	out->said     = S(N_("The reservation is on its way; reload to see what came of it."));
	return true;
}

const struct arg cve_none_args[] = { { 0 } };

bool cve_run_look(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_errand_looks_row open;
	struct cve_link_to          to;
	struct cve_wish             w = { .kind = "look", .amount = INT_NONE };
	errand_id                   id;
	bool                        found;

	(void)a;
	TRY(cve_connected(c, &to));
	TRY(cve_ask_list(c, CVE_FREE, TIME_NONE, 1, &w.q));
	TRY(sql_cve_errand_looks(c, &open, &found));
	if (!found)
		TRY(cve_errand_add(c, &w, &id));
	out->object = found ? open.id.v : id.v;
	out->next   = S("/cve");
	out->said   = S(N_("CVE Services are asked; reload to see what they say."));
	return true;
}

/* ---- giving an ID to a vulnerability ---- */

bool cve_give(struct ctx *c, cve_id id, case_id k, vuln_id v, str number)
{
	int64_t n;

	TRY(vuln_number(c, k, v, number));
	TRY(sql_cve_number_assign(c, id, k, v, c->now, &n));
	if (n == 0)
		return fault(c, E_STATE, NULL, N_("This ID is not free: it is given to a vulnerability already, published or rejected."));
	return fact_tell(c, "cve.assigned", k.v, v.v);
}

const struct arg cve_assign_args[] = {
	{ .name = "vuln", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Vulnerability") },
	{ .name = "cve", .kind = ARG_ID, .must = true, .label = N_("CVE ID") },
	{ 0 },
};

const struct arg cve_id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("CVE ID") },
	{ 0 },
};

static void done(struct ctx *c, const struct cve_number_get_row *n, const char *said, struct sheet *out)
{
	out->casefile = n->casefile.v;
	out->object   = n->id.v;
	out->note     = n->number;
	out->next     = STR_CAT(c->arena, S("/cve/"), n->id.v);
	out->said     = str_of(said);
}

/* meets FIRST-1.1 5.3.2.5 */
bool cve_run_assign(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_number_get_row n;
	struct cve_vuln_case_row  v;

	TRY(sql_cve_vuln_case(c, (vuln_id){ arg_str(a, "vuln") }, &v));
	TRY(sql_cve_number_get(c, (cve_id){ arg_str(a, "cve") }, &n));
	TRY(cve_errand_none(c, n.id));
	TRY(cve_give(c, n.id, v.casefile, v.id, n.number));
	n.casefile = v.casefile;
	done(c, &n, N_("The ID is given to the vulnerability."), out);
	out->next = STR_CAT(c->arena, S("/cases/"), v.casefile.v);
	return true;
}

bool cve_run_release(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_number_get_row n;
	struct cve_vuln_case_row  v;
	int64_t                   changed;

	TRY(sql_cve_number_get(c, (cve_id){ arg_str(a, "id") }, &n));
	if (!n.vuln.v.n || str_eq(n.state, S("published")))
		return fault(c, E_STATE, NULL, N_("Only an ID that a vulnerability has and that is not published can be taken away from it."));
	TRY(cve_errand_none(c, n.id));
	TRY(sql_cve_vuln_case(c, n.vuln, &v));
	if (str_eq(v.cve, n.number))
		TRY(vuln_number(c, v.casefile, v.id, STR_NONE));
	TRY(sql_cve_number_release(c, n.id, c->now, &changed));
	TRY(fact_tell(c, "cve.released", v.casefile.v, v.id.v));
	done(c, &n, N_("The ID is taken away from the vulnerability."), out);
	return true;
}

const struct arg cve_errand_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Request") },
	{ 0 },
};

bool cve_run_drop(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_errand_get_row e;
	int64_t                   n;

	TRY(sql_cve_errand_get(c, (errand_id){ arg_str(a, "id") }, &e));
	TRY(sql_cve_errand_drop(c, e.id, c->now, &n));
	if (n == 0)
		return fault(c, E_STATE, NULL, N_("Only a request that still waits can be dropped."));
	out->casefile = e.casefile.v;
	out->object   = e.id.v;
	out->note     = e.kind;
	out->next     = S("/cve");
	out->said     = S(N_("The request is dropped."));
	return true;
}
