#include "record/draft.h"

#include "gen/draft.sql.h"

#include "platform/http/target.h"
#include "record/ids.h"

static user_id own(const struct ctx *c)
{
	return (user_id){ c->actor->id };
}

/* Where a question is a journey the forms of a page ask once whether there is any draft for them. */
static bool any(struct ctx *c, str place, bool *found)
{
	struct draft_places_rows all;

	*found = !db_looks_ahead(c);
	if (*found)
		return true;
	TRY(sql_draft_places(c, own(c), &all));
	for (size_t i = 0; i < all.n && !*found; i++)
		*found = str_eq(all.v[i].place, place);
	return true;
}

bool draft_show(struct ctx *c, struct form *f)
{
	struct draft_get_row r;
	struct fields        typed = { .max = DRAFT_FIELDS };
	bool                 found = false;

	if (!form_may(c, f))
		return true;
	f->place = form_place(c, f);
	TRY(any(c, f->place, &found));
	if (found)
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

bool drafts_ahead(struct ctx *c)
{
	return sql_draft_places_ahead(c, own(c));
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
