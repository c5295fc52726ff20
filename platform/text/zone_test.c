#include "base/test.h"
#include "platform/text/tzif.h"
#include "platform/text/zone.h"

#include <string.h>

static const struct zone *load(struct ctx *c, const char *name)
{
	const struct zone *z = zone_load(c, str_of(name));

	check_ok(c, z != NULL);
	return z;
}

static struct civil civil(int year, int month, int day, int hour, int minute)
{
	return (struct civil){ .year = year, .month = month, .day = day, .hour = hour, .minute = minute };
}

static void instant(struct ctx *c, const struct zone *z, struct civil local, const char *utc, bool again)
{
	time_us t = TIME_NONE;
	bool    twice;

	check_ok(c, zone_local(c, z, local, &t, &twice));
	check_str(time_print(c->arena, t), str_of(utc));
	check_int(twice, again);
}

/* The last Sunday of a month. */
static int last_sunday(int year, int month)
{
	int day = civil_month_days(year, month);

	return day - civil_weekday(civil_days(year, month, day));
}

TEST(berlin_changes_its_clocks_until_2060)
{
	const struct zone *z = load(c, "Europe/Berlin");
	time_us            t, hit[2];

	for (int year = 1997; year <= 2060; year++) {
		int spring = last_sunday(year, 3), autumn = last_sunday(year, 10);
		t = civil_days(year, 3, spring) * DAY + HOUR;
		check_int(zone_offset(z, t - 1), 3600);
		check_int(zone_offset(z, t), 7200);
		check(zone_find(z, civil(year, 3, spring, 2, 30), hit) == ZONE_NEVER);
		check_int(hit[0], t - 30 * MINUTE);
		check_int(hit[1], t + 30 * MINUTE);
		t = civil_days(year, 10, autumn) * DAY + HOUR;
		check_int(zone_offset(z, t - 1), 7200);
		check_int(zone_offset(z, t), 3600);
		check(zone_find(z, civil(year, 10, autumn, 2, 30), hit) == ZONE_TWICE);
		check_int(hit[0], t - 30 * MINUTE);
		check_int(hit[1], t + 30 * MINUTE);
	}
}

TEST(a_time_that_the_clocks_leave_out_is_refused_with_both_neighbours)
{
	const struct zone *z = load(c, "Europe/Berlin");
	time_us            t;

	check(!zone_local(c, z, civil(2026, 3, 29, 2, 30), &t, NULL));
	check_fault(c, E_INVALID, "time");
	check_str(c->fault.arg[0], S("Europe/Berlin"));
	check_str(c->fault.arg[1], S("2026-03-29T01:30:00+01:00"));
	check_str(c->fault.arg[2], S("2026-03-29T03:30:00+02:00"));
	check(!zone_local(c, z, civil(2026, 2, 29, 2, 30), &t, NULL));
	check_fault(c, E_INVALID, "time");
	check(!zone_local(c, load(c, "America/New_York"), civil(2059, 3, 9, 2, 0), &t, NULL));
}

TEST(a_time_that_comes_twice_is_the_earlier_one_and_says_so)
{
	instant(c, load(c, "Europe/Berlin"), civil(2026, 10, 25, 2, 30), "2026-10-25T00:30:00Z", true);
	instant(c, load(c, "Europe/Berlin"), civil(2026, 10, 25, 3, 0), "2026-10-25T02:00:00Z", false);
	instant(c, load(c, "America/New_York"), civil(2026, 11, 1, 1, 30), "2026-11-01T05:30:00Z", true);
	instant(c, load(c, "America/New_York"), civil(2060, 11, 7, 1, 59), "2060-11-07T05:59:00Z", true);
	instant(c, load(c, "Asia/Tokyo"), civil(2026, 11, 22, 18, 0), "2026-11-22T09:00:00Z", false);
	instant(c, load(c, "Asia/Tokyo"), civil(2060, 7, 1, 0, 0), "2060-06-30T15:00:00Z", false);
}

TEST(odd_zones_are_right_too)
{
	time_us hit[2];

	/* Samoa left out 30 December 2011. */
	check(zone_find(load(c, "Pacific/Apia"), civil(2011, 12, 30, 12, 0), hit) == ZONE_NEVER);
	/* Half an hour of daylight saving, and offsets of 45 minutes. */
	check(zone_find(load(c, "Australia/Lord_Howe"), civil(2027, 4, 4, 1, 45), hit) == ZONE_TWICE);
	check_int(hit[1] - hit[0], 30 * MINUTE);
	check_int(zone_offset(load(c, "Asia/Kathmandu"), c->now), 5 * 3600 + 45 * 60);
	/* Dublin's rule is negative in winter; Sao Paulo's name is a number. */
	check_int(zone_offset(load(c, "Europe/Dublin"), civil_days(2050, 7, 1) * DAY), 3600);
	check_int(zone_offset(load(c, "Europe/Dublin"), civil_days(2050, 1, 1) * DAY), 0);
	check_str(zone_abbrev(c, load(c, "America/Sao_Paulo"), c->now), S("UTC-03"));
	check_str(zone_print(c, load(c, "America/Sao_Paulo"), c->now), S("2026-11-23T21:00:00-03:00"));
	check_int(zone_offset(load(c, "UTC"), c->now), 0);
	check_int(zone_offset(load(c, "Asia/Tokyo"), civil_days(1949, 6, 1) * DAY), 10 * 3600);
	check(load(c, "Asia/Tokyo") == load(c, "Asia/Tokyo"));
}

TEST(names_that_are_no_zone_are_refused)
{
	static const char *const bad[] = {
		"", "/etc/passwd", "../../../etc/passwd", "Europe/../../x", "Europe", "No/Where",
		"right/UTC", "posix/UTC", "zone.tab", "A B", "Europe/Berlin\n", "Z\xFF",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		check(!zone_load(c, str_of(bad[i])));
		check_fault(c, E_INVALID, "zone");
	}
	check(!zone_load(c, STR_NONE));
	check(!zone_load(c, (str){ "Asia/Tokyo\0x", 12 }));
}

TEST(damaged_zone_files_are_refused)
{
	str         good = test_file(c, S("/usr/share/zoneinfo/Europe/Berlin"));
	char       *copy;
	struct zone z;

	check(tzif_parse(c->arena, good, &z));
	for (size_t n = 0; n < good.n; n += n < 200 ? 1 : 37)
		check(!tzif_parse(c->arena, str_dup(c->arena, str_slice(good, 0, n)), &z));
	for (size_t i = 0; i < good.n; i++) {   /* every byte wrong once: no crash */
		copy = cstr(c->arena, good);
		copy[i] = (char)(copy[i] ^ 0xFF);
		if (tzif_parse(c->arena, (str){ copy, good.n }, &z))
			check(tzif_kind(&z, 1 << 30) != NULL);
	}
	check(!tzif_parse(c->arena, STR_NONE, &z));
}

TEST(posix_rules_are_read_whole_or_not_at_all)
{
	static const char *const bad[] = {
		"", "JST", "JST-9x", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
		"CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "<+03-3", "CET-1CEST,M3.5.0/168,M10.5.0",
		"CET-99", "CET-1CEST,J0,J1", "CET-1CEST,366,1",
	};
	struct zone_rule r;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		check(!tzif_rule(str_of(bad[i]), &r));
	check(tzif_rule(S("EST5EDT,M3.2.0,M11.1.0"), &r));
	check_int(r.standard.offset, -5 * 3600);
	check_int(r.daylight.offset, -4 * 3600);
	check(tzif_rule(S("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"), &r));
	check_int(r.start.second, -3600);
	check(tzif_rule(S("XXX3EDT4,0/0,J365/23"), &r));
}
