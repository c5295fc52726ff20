#include "services/1-stakeholders/5-communication/seek.h"

#include "platform/op/op.h"

static const struct case_filter none = { .open = INT_NONE, .exploited = INT_NONE };

/* Does the actor see the cases of the team, or own ones only? */
static bool sees_team(const struct ctx *c)
{
	str rest = c->actor->sight, word;
	bool sees = false;

	while (!sees && str_cut(&rest, ' ', &word))
		sees = str_eq(word, S("team"));
	return sees;
}

static int filters(const struct case_filter *f)
{
	return (f->state.n > 0) + (f->severity.n > 0) + (f->turn.n > 0) + (f->tlp.n > 0) + (f->owner.v.n > 0) +
	       (f->mine.v.n > 0) + (f->open == 1) + (f->exploited == 1);
}

/* The filter whose index has the very order asked for, if there is one. */
static bool ordered(const struct case_filter *f, enum case_list_sort sort, struct case_filter *by)
{
	bool alone = sort == case_list_by_changed && filters(f) == 1 && !f->mine.v.n && f->open != 1;

	if (alone) {
		*by = *f;
		return true;
	}
	if (sort == case_list_by_state) {
		by->state     = f->state;
		by->exploited = f->exploited == 1 ? 1 : INT_NONE;
	}
	if (sort == case_list_by_title)
		by->exploited = f->exploited == 1 ? 1 : INT_NONE;
	if (sort == case_list_by_severity)
		by->severity = f->severity;
	if (sort == case_list_by_turn)
		by->turn = f->turn;
	return filters(by) > 0;
}

/* The rarest filter, if it is rare. */
static bool rarest(struct ctx *c, const struct case_filter *f, struct case_filter *by)
{
	struct case_weight_row w;
	int64_t                least = f->rare ? f->rare : SEEK_RARE;

	TRY(sql_case_weight(c, f->state, f->severity, f->owner, f->turn, f->tlp, f->mine, f->open, f->exploited, least, &w));
#define WEIGH(member, asked) \
	if ((asked) && w.by_##member < least) { \
		least = w.by_##member; \
		*by   = none; \
		by->member = f->member; \
	}
	WEIGH(state, f->state.n)
	WEIGH(severity, f->severity.n)
	WEIGH(owner, f->owner.v.n)
	WEIGH(turn, f->turn.n)
	WEIGH(tlp, f->tlp.n)
	WEIGH(mine, f->mine.v.n)
	WEIGH(open, f->open == 1)
	WEIGH(exploited, f->exploited == 1)
#undef WEIGH
	return true;
}

/* What is looked up; nothing in it: the order's index is walked. */
static bool choose(struct ctx *c, const struct case_filter *f, enum case_list_sort sort, struct case_filter *by)
{
	struct case_filter own = none;

	*by = none;
	/* Who sees own cases only: the guard would test all others one by one. */
	own.mine.v = c->actor->id;
	own.rare   = f->rare;
	if (!sees_team(c))
		return rarest(c, &own, by);
	if (filters(f) == 0 || ordered(f, sort, by))
		return true;
	TRY(rarest(c, f, by));
	/* What is closed comes first in these orders. */
	if (filters(by) == 0 && (sort == case_list_by_state || sort == case_list_by_embargo))
		by->open = f->open == 1 ? 1 : INT_NONE;
	return true;
}

/*
 * Perhaps none of many cases has an embargo, and those of others that have come first: the
 * viewer's memberships stand in this order, too.
 */
static bool own_order(const struct case_filter *f, enum case_list_sort sort, const struct case_filter *by)
{
	return sort == case_list_by_embargo && f->mine.v.n > 0 && !by->mine.v.n;
}

static const struct case_place top = { .changed = TIME_NONE };

bool seek_cases(struct ctx *c, const struct case_filter *f, enum case_list_sort sort, int64_t most, int64_t skip,
                const struct case_place *place, struct case_list_rows *out)
{
	const user_id      nobody = { STR_NONE };
	struct case_filter by;
	bool               own, deep;

	TRY(choose(c, f, sort, &by));
	skip  = place ? 0 : skip;
	place = place ? place : &top;
	own   = own_order(f, sort, &by);
	deep  = !own && skip >= (f->rare ? f->rare : SEEK_RARE);
	return sql_case_list(c, f->state, f->severity, f->owner, f->turn, f->tlp, own ? nobody : f->mine, f->open, f->exploited,
	                     by.state, by.severity, by.owner, by.turn, by.tlp, by.mine, by.open == 1 ? 1 : INT_NONE,
	                     by.exploited == 1 ? 1 : INT_NONE, deep ? skip : INT_NONE, own ? f->mine : nobody,
	                     place->changed, place->number, place->id, most, deep ? 0 : skip, sort, out);
}

str place_print(struct ctx *c, enum case_list_sort sort, const struct case_list_row *last)
{
	if (sort == case_list_by_number)
		return last->number;
	return sort == case_list_by_changed ? str_fmt(c->arena, "%lld.%.*s", (long long)last->changed_at, STR_ARG(last->id.v)) : STR_NONE;
}

const struct case_place *place_parse(struct ctx *c, enum case_list_sort sort, str word)
{
	struct case_place *p = NEW(c->arena, struct case_place);
	str                changed;

	*p = top;
	if (sort == case_list_by_number)
		p->number = word;
	if (sort == case_list_by_changed && str_cut(&word, '.', &changed) && word.n && str_to_int(changed, &p->changed))
		p->id.v = word;
	return p->number.n || p->id.v.n ? p : NULL;
}
