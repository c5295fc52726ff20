#include "services/1-stakeholders/5-communication/tracking.h"

#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/role.h"

/*
 * Who sees a case beside those whose role does: people are let in, and taken off it again
 * when they need not know any more (FIRST PSIRT Services Framework 1.1, 1.5.3.1).
 */

const struct arg admit_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "account", .kind = ARG_ID, .must = true, .label = N_("Person"), .hint = N_("Sees the case from now on, whoever else does.") },
	{ 0 },
};

const struct arg dismiss_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "account", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Person") },
	{ 0 },
};

static bool done(struct ctx *c, case_id id, user_id who, const char *said, struct sheet *out)
{
	out->casefile = id.v;
	out->object   = who.v;
	out->next     = STR_CAT(c->arena, S("/cases/"), id.v);
	out->said     = str_of(said);
	return true;
}

bool run_admit(struct ctx *c, const struct args *a, struct sheet *out)
{
	case_id                  id  = { arg_str(a, "id") };
	user_id                  who = { arg_str(a, "account") };
	struct member_person_row p;
	bool                     found;

	TRY(casefile_seen(c, id));
	TRY(sql_member_person(c, who, &p, &found));
	if (!found)
		return fault(c, E_NOTFOUND, "account", NULL);
	if (!str_eq(p.state, S("active")) || !(p.roles & MAY_CASES))
		return fault(c, E_INVALID, "account", N_("{1} has no role that reads cases, or the account is not enabled."), p.name);
	TRY(casefile_admit(c, id, who, "invited"));
	TRY(timeline_fact(c, id, "case.admitted", p.name));
	return done(c, id, who, N_("The person sees the case now."), out);
}

/* Somebody of the team has to be left who sees it. */
static bool left_check(struct ctx *c, const struct case_get_row *k, user_id who)
{
	struct member_left_row left;

	TRY(sql_member_left(c, k->id, who, &left));
	return left.n > 0 || !str_eq(k->access, S("members")) ||
	       fault(c, E_STATE, "account", N_("Nobody of the team who is enabled would see this case any more. Let somebody else in first."));
}

bool run_dismiss(struct ctx *c, const struct args *a, struct sheet *out)
{
	case_id                  id  = { arg_str(a, "id") };
	user_id                  who = { arg_str(a, "account") };
	struct case_get_row      k;
	struct member_person_row p;
	bool                     found;

	TRY(sql_case_get(c, id, &k));
	TRY(sql_member_person(c, who, &p, &found));
	if (!found)
		return fault(c, E_NOTFOUND, "account", NULL);
	if (str_eq(k.owner.v, who.v))
		return fault(c, E_STATE, "account", N_("{1} owns this case. Name another owner first."), p.name);
	TRY(left_check(c, &k, who));
	TRY(casefile_dismiss(c, id, who));
	TRY(timeline_fact(c, id, "case.dismissed", p.name));
	TRY(done(c, id, who, N_("The person is taken off the case."), out));
	if (str_eq(who.v, c->actor->id) && str_eq(k.access, S("members")))
		out->next = S("/cases");
	return true;
}

void members_fill(struct ctx *c, const struct choice *people, struct case_page *m)
{
	m->admit = form_new(c, "case.admit");
	form_set(c, m->admit, "id", m->k.id.v);
	form_offer(c, m->admit, "account", people);
	m->dismiss = NEWS(c->arena, struct form *, m->members.n + 1);
	for (size_t i = 0; i < m->members.n; i++) {
		if (str_eq(m->members.v[i].account.v, m->k.owner.v))
			continue;   /* run_dismiss would refuse */
		m->dismiss[i] = form_new(c, "case.dismiss");
		form_set(c, m->dismiss[i], "id", m->k.id.v);
		form_set(c, m->dismiss[i], "account", m->members.v[i].account.v);
	}
}
