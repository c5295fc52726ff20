/* An ID is given to another organisation: asked for by one person, looked at again, and only then sent. */
#include "services/5-disclosure/3-publication/cve/numbering.h"

const struct arg cve_transfer_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("CVE ID") },
	{ .name = "org", .kind = ARG_LINE, .max = 32, .must = true, .label = N_("Short name of the organisation that gets it"),
	  .hint = N_("As CVE Services know it. Agree with them first: only they can give it back.") },
	{ .name = "number", .kind = ARG_LINE, .max = 30, .must = true, .label = N_("The ID once more, typed"),
	  .hint = N_("So that it is the one you mean, such as CVE-2026-10042.") },
	{ 0 },
};

/* meets FIRST-1.1 5.3.2.5 */
bool cve_run_transfer(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_number_get_row n;
	struct cve_link_to        to;
	struct cve_wish           w = { .kind = "transfer", .amount = INT_NONE, .proposed = true, .who = arg_str(a, "org") };
	errand_id                 id;

	TRY(sql_cve_number_get(c, (cve_id){ arg_str(a, "id") }, &n));
	TRY(cve_connected(c, &to));
	if (!str_eq(n.state, S("reserved")) && !str_eq(n.state, S("published")))
		return fault(c, E_STATE, NULL, N_("Only an ID that is ours, and not rejected, can be transferred."));
	if (!str_eq(arg_str(a, "number"), n.number))
		return fault(c, E_INVALID, "number", N_("This page is about {1}; that is another ID."), n.number);
	if (str_eq_nocase(w.who, to.org))
		return fault(c, E_INVALID, "org", N_("That is our own organisation."));
	TRY(cve_errand_none(c, n.id));
	w.casefile = n.casefile;
	w.vuln     = n.vuln;
	w.cve      = n.id;
	TRY(cve_ask_transfer(c, n.number, w.who, &w.q));
	TRY(cve_errand_add(c, &w, &id));
	out->casefile = n.casefile.v;
	out->object   = n.id.v;
	out->note     = STR_CAT(c->arena, n.number, S(" "), w.who);
	out->next     = STR_CAT(c->arena, S("/cve/"), n.id.v);
	out->said     = front_of(c)->two_persons ? S(N_("The transfer is proposed; another person looks at it and confirms it."))
	                                         : S(N_("The transfer is proposed; look at it once more and confirm it."));
	return true;
}

bool cve_run_confirm(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_errand_get_row e;
	int64_t                   n;

	TRY(sql_cve_errand_get(c, (errand_id){ arg_str(a, "id") }, &e));
	if (front_of(c)->two_persons && str_eq(e.asked_by.v, c->actor->id))
		return fault(c, E_STATE, NULL, N_("You proposed this yourself: another person confirms it."));
	TRY(sql_cve_errand_confirm(c, e.id, c->now, &n));
	if (n == 0)
		return fault(c, E_STATE, NULL, N_("There is nothing to confirm: this request was sent, dropped, or never needed it."));
	out->casefile = e.casefile.v;
	out->object   = e.id.v;
	out->note     = STR_CAT(c->arena, e.number, S(" "), e.who);
	out->next     = STR_CAT(c->arena, S("/cve/"), e.cve.v);
	out->said     = S(N_("The request is on its way; reload to see what came of it."));
	return true;
}
