#include "record/draft.h"

#include "gen/draft.sql.h"

#include "platform/http/target.h"
#include "record/ids.h"

static user_id own(const struct ctx *c)
{
	return (user_id){ c->actor->id };
}

bool draft_show(struct ctx *c, struct form *f)
{
	struct draft_get_row r;
	struct fields        typed = { .max = DRAFT_FIELDS };
	bool                 found = false;

	if (!form_may(c, f))
		return true;
	f->place = form_place(c, f);
	TRY(sql_draft_get(c, own(c), f->place, &r, &found));
	if (!found || f->pending)
		return true;
	TRY(urlencoded_parse(c, r.body, &typed));
	f->drafted_at = r.at;
	for (size_t i = 0; i < typed.n; i++)
		form_unset(f, typed.v[i].name);
	for (size_t i = 0; i < typed.n; i++)
		form_type(c, f, typed.v[i].name, typed.v[i].value);
	return true;
}

bool draft_ahead(struct ctx *c, const char *op, str id)
{
	struct form *f = form_new(c, op);

	form_set(c, f, "id", id);
	return !form_may(c, f) || sql_draft_get_ahead(c, own(c), form_place(c, f));
}

bool draft_save(struct ctx *c, str place, str body)
{
	struct draft_get_row    r;
	struct draft_number_row have;
	struct fields           typed = { .max = DRAFT_FIELDS };
	const struct op        *o;
	str                     rest = place, name;
	bool                    found = false;

	(void)str_cut(&rest, '?', &name);
	o = op_find(front_of(c), name);
	if (!o || !(o->flags & OP_DRAFT) || !may(c->actor, o->may))
		return fault(c, E_INVALID, "form", N_("No form of this name keeps drafts."));
	TRY(urlencoded_parse(c, body, &typed));
	TRY(sql_draft_get(c, own(c), place, &r, &found));
	TRY(sql_draft_number(c, own(c), &have));
	if (!found && have.n >= DRAFTS)
		return fault(c, E_LIMIT, NULL, N_("You have {1} drafts. Send or discard some."), str_fmt(c->arena, "%d", DRAFTS));
	return sql_draft_put(c, own(c), place, body, c->now);
}

bool draft_drop(struct ctx *c, str place)
{
	return sql_draft_delete(c, own(c), place);
}

bool draft_sweep(struct ctx *c)
{
	return sql_draft_expire(c, c->now - DRAFT_DAYS * DAY);
}
