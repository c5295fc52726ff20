#include "services/5-disclosure/3-publication/designation.h"

#include "gen/history.sql.h"
#include "gen/publication.sql.h"

#include "base/buf.h"
#include "record/casefile.h"
#include "record/setting.h"

static const struct { str lang, tail; } tails[] = { { S_INIT("en"), S_INIT("-EN") }, { S_INIT("ja"), S_INIT("-JA") } };
enum { TAILS = sizeof(tails) / sizeof(tails[0]) };

/* meets CSAF-2.0 9.1.9; CSAF-2.1 9.1.9: the id of the original and the language of the translation */
str designation_in(const struct ctx *c, str number, str lang)
{
	for (size_t i = 0; i < TAILS; i++)
		if (str_eq(lang, tails[i].lang))
			return STR_CAT(c->arena, number, tails[i].tail);
	return number;
}

static bool used(struct ctx *c, str number, bool *out)
{
	struct past_number_row     past;   /* a former advisory may have it */
	struct designation_get_row row;

	TRY(sql_past_number(c, number, &past, out));
	return *out || sql_designation_get(c, number, &row, out);
}

/* Also when it is what another advisory's translation is called, or could be, or when its own would be called as another is. */
static bool taken(struct ctx *c, str number, bool *out)
{
	TRY(used(c, number, out));
	for (size_t i = 0; !*out && i < TAILS; i++) {
		str tail = tails[i].tail;

		TRY(used(c, STR_CAT(c->arena, number, tail), out));
		if (!*out && str_ends(number, tail))
			TRY(used(c, str_slice(number, 0, number.n - tail.n), out));
	}
	return true;
}

bool designation_spare(struct ctx *c, str id, str path, bool *spare)
{
	struct designation_get_row row;
	struct past_in_the_way_row past;
	bool                       a, b;

	TRY(sql_designation_get(c, id, &row, &a));
	TRY(sql_past_in_the_way(c, id, path, &past, &b));
	*spare = !a && !b;
	return true;
}

/* Without a year in it the numbers run on. */
static str counter_of(struct ctx *c, str pattern)
{
	return str_find(pattern, S("{YEAR}"), 0) == SIZE_MAX ? S("advisory")
	                                                     : str_fmt(c->arena, "advisory-%d", time_civil(c->now).year);
}

static str number_print(struct ctx *c, str pattern, str prefix, str count)
{
	const struct { str name, value; } places[] = {
		{ S("{PREFIX}"), prefix }, { S("{YEAR}"), str_fmt(c->arena, "%d", time_civil(c->now).year) },
		{ S("{N}"), count },
	};
	struct buf b;

	buf_init(&b, c->arena, 1000);
	while (pattern.n) {
		size_t i = 0;
		while (i < 3 && !str_starts(pattern, places[i].name))
			i++;
		if (i < 3)
			buf_add(&b, places[i].value);
		else
			buf_char(&b, pattern.p[0]);
		pattern = str_slice(pattern, i < 3 ? places[i].name.n : 1, pattern.n);
	}
	return buf_str(&b);
}

bool designation_ahead(struct ctx *c)
{
	return settings_ahead(c);
}

static bool pattern_load(struct ctx *c, str *pattern, str *prefix)
{
	TRY(setting_load(c, "advisory_pattern", S("{PREFIX}-SA-{YEAR}-{N}"), pattern));
	return setting_load(c, "advisory_prefix", S("PSIRT"), prefix);
}

bool designation_next(struct ctx *c, str *number)
{
	str     pattern, prefix;
	bool    has = true;
	int64_t n;

	TRY(pattern_load(c, &pattern, &prefix));
	while (has) {
		TRY(counter_next(c, counter_of(c, pattern), &n));
		*number = number_print(c, pattern, prefix, str_fmt(c->arena, "%04lld", (long long)n));
		TRY(taken(c, *number, &has));
	}
	return sql_designation_put(c, *number);
}

bool designation_shape(struct ctx *c, str *shape)
{
	str pattern, prefix;

	TRY(pattern_load(c, &pattern, &prefix));
	*shape = number_print(c, pattern, prefix, S("…"));
	return true;
}

/* meets CSAF-2.0 5.1: two numbers never make one file name */
bool designation_take(struct ctx *c, str number)
{
	bool ok = number.n && number.n <= DESIGNATION_MAX && number.p[0] >= 'A' && number.p[0] <= 'Z' && number.p[number.n - 1] != '-';
	bool has;

	for (size_t i = 0; ok && i < number.n; i++)
		ok = (number.p[i] >= 'A' && number.p[i] <= 'Z') || (number.p[i] >= '0' && number.p[i] <= '9') || number.p[i] == '-';
	if (!ok)
		return fault(c, E_INVALID, "number", N_("A number begins with a capital letter and has capital letters, digits and hyphens only, such as ACME-2026-0001."));
	TRY(taken(c, number, &has));
	if (has)
		return fault(c, E_INVALID, "number", N_("The number {1} is taken."), number);
	return sql_designation_put(c, number);
}
