#include "services/5-disclosure/3-publication/past/history.h"

#include "platform/text/word.h"

/*
 * A TLP:RED document is for the person who brought it alone.  When that person has
 * left (the account is disabled), a lead takes their documents over; until then nobody
 * does, and nobody is told what there is.
 */

const struct arg history_take_args[] = {
	{ .name = "account", .kind = ARG_ID, .must = true, .label = N_("Who has left") },
	{ 0 },
};

/* Nobody has left: no form. */
bool history_take_form(struct ctx *c, struct form **out)
{
	struct past_left_people_rows people;
	struct choice               *v;

	*out = form_new(c, "history.take");
	if (!form_may(c, *out)) {
		*out = NULL;
		return true;
	}
	TRY(sql_past_left_people(c, &people));
	v = NEWS(c->arena, struct choice, people.n + 1);
	for (size_t i = 0; i < people.n; i++)
		v[i] = (struct choice){ cstr(c->arena, people.v[i].id.v), cstr(c->arena, people.v[i].name), NULL };
	form_offer(c, *out, "account", v);
	if (people.n == 0)
		*out = NULL;
	return true;
}

bool history_take(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct past_left_person_row p;
	user_id                     id = { arg_str(a, "account") };
	bool                        found;
	int64_t                     n;

	TRY(sql_past_left_person(c, id, &p, &found));
	if (!found)
		return fault(c, E_NOTFOUND, "account", NULL);
	if (!str_eq(p.state, S("disabled")))
		return fault(c, E_STATE, "account", N_("This person has not left: the account is not disabled. Ask them."));
	TRY(sql_past_take(c, id.v, c->actor->id, &n));
	if (n == 0)
		return fault(c, E_STATE, "account", N_("There is nothing to take over."));
	TRY(sql_past_receipt_take(c, id.v, c->actor->id));
	out->object = id.v;
	out->note   = str_fmt(c->arena, "%lld", (long long)n);
	out->next   = S("/history");
	out->said   = S(N_("The TLP:RED documents are yours now. The audit says so."));
	return true;
}
