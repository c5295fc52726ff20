#include "base/test.h"

TEST(an_instant_survives_print_and_parse)
{
	time_us t;

	check(time_parse(S("2026-11-24T09:00:00+09:00"), &t));
	check_str(time_print(c->arena, t), S("2026-11-24T00:00:00Z"));
	check(time_parse(S("1969-12-31T23:59:59.5Z"), &t));
	check_int(t, -500000);
	check_str(time_print(c->arena, t), S("1969-12-31T23:59:59.5Z"));
}

TEST(impossible_instants_are_refused)
{
	time_us t;

	check(!time_parse(S("2026-02-29T00:00:00Z"), &t));
	check(!time_parse(S("2026-11-24T24:00:00Z"), &t));
	check(!time_parse(S("2026-11-24T00:00:60Z"), &t));
	check(!time_parse(S("2026-11-24T00:00:00"), &t));
	check(!time_parse(S("2026-11-24"), &t));
	check(!time_parse(S("2026-11-24T00:00:00.Z"), &t));
	check(!time_parse(S("2026-11-24T00:00:00+24:00"), &t));
}

TEST(weekdays_are_right)
{
	check_int(civil_weekday(civil_days(2026, 11, 22)), 0);
	check_int(civil_weekday(civil_days(2026, 11, 23)), 1);
	check_int(civil_month_days(2100, 2), 28);
	check_int(civil_month_days(2000, 2), 29);
}
