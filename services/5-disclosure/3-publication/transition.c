#include "services/5-disclosure/3-publication/transition.h"

#include "platform/op/op.h"
#include "platform/text/zone.h"
#include "record/setting.h"

/* Where clocks leave midnight out, the day begins behind the gap: both instants are the same then or the second is. */
static bool day_load(struct ctx *c, const char *name, const struct zone *z, struct transition *t, time_us *out)
{
	struct civil day;
	time_us      at[2], changed;
	str          value;

	*out = TIME_NONE;
	TRY(setting_dated(c, name, &value, &changed));
	if (changed != TIME_NONE && (t->changed == TIME_NONE || changed > t->changed))
		t->changed = changed;
	if (!date_parse(value, &day))
		return true;
	*out = zone_find(z, day, at) == ZONE_NEVER ? at[1] : at[0];
	return true;
}

bool transition_load(struct ctx *c, struct transition *out)
{
	str                was = c->zone;
	const struct zone *z;

	c->zone = front_of(c)->zone;
	z       = zone_of(c);
	c->zone = was;
	*out    = (struct transition){ .changed = TIME_NONE };
	TRY(day_load(c, "csaf21_begin", z, out, &out->begin));
	TRY(day_load(c, "csaf21_rollover", z, out, &out->rollover));
	return day_load(c, "csaf20_end", z, out, &out->end);
}

bool transition_leads(const struct ctx *c, const struct transition *t)
{
	return t->rollover != TIME_NONE && c->now >= t->rollover;
}

bool transition_over(const struct ctx *c, const struct transition *t)
{
	return t->end != TIME_NONE && c->now >= t->end;
}
