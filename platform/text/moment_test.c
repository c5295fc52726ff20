#include "base/test.h"
#include "platform/text/amount.h"
#include "platform/text/moment.h"

static time_us at(str s)
{
	time_us t = TIME_NONE;

	check(time_parse(s, &t));
	return t;
}

TEST(a_moment_is_written_as_each_language_does)
{
	time_us t = at(S("2026-11-22T09:00:00Z"));

	c->zone = S("Asia/Tokyo");
	check_str(moment_text(c, t), S("22 Nov 2026, 18:00 (JST)"));
	check_str(moment_both(c, t), S("22 Nov 2026, 18:00 (JST) · 22 Nov 2026, 09:00 (UTC)"));
	c->lang = LANG_JA;
	check_str(moment_text(c, t), S("2026年11月22日(日) 18:00 (JST)"));
	check_str(moment_date(c, at(S("2026-11-22T15:00:00Z"))), S("2026年11月23日(月)"));
	c->zone = S("No/Where");
	check_str(moment_text(c, t), S("2026年11月22日(日) 09:00 (UTC)"));
	check_str(moment_text(c, TIME_NONE), S(""));
	check_int(c->fault.code, E_NONE);
}

TEST(the_ends_of_time_are_written_too)
{
	static const time_us ends[] = { INT64_MAX - 2 * DAY, -INT64_MAX + 2 * DAY, 0, -1 };
	struct page          w;

	page_init(&w, c, 1000);
	c->zone = S("Asia/Kolkata");
	for (enum lang l = LANG_EN; l < LANG_COUNT; l++)
		for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
			c->lang = l;
			check(moment_text(c, ends[i]).n > 0);
			check(str_ends(moment_html(&w, ends[i]).s, S("</time>")));
			check(str_ends(moment_left_html(&w, ends[i]).s, S("</time>")));
		}
	c->lang = LANG_EN;
	check_str(moment_text(c, -1), S("1 Jan 1970, 05:29 (IST)"));
	check_str(time_print(c->arena, -1), S("1969-12-31T23:59:59.999999Z"));
	check_str(time_print(c->arena, INT64_MAX), S("294247-01-10T04:00:54.775807Z"));
	check_str(time_print(c->arena, at(S("0099-03-01T00:00:00.5Z"))), S("0099-03-01T00:00:00.5Z"));
	check_str(moment_date(c, at(S("0999-12-31T12:00:00Z"))), S("31 Dec 999"));
}

TEST(ages_use_one_unit)
{
	static const struct { time_us n; const char *en, *ja; } v[] = {
		{ 0, "0 s", "0秒" }, { 59 * SECOND, "59 s", "59秒" }, { MINUTE, "1 min", "1分" },
		{ 3 * HOUR + 59 * MINUTE, "3 h", "3時間" }, { 47 * HOUR, "47 h", "47時間" },
		{ 48 * HOUR, "2 d", "2日" }, { 60 * DAY, "2 mo", "2か月" }, { 729 * DAY, "24 mo", "24か月" },
		{ 730 * DAY, "2 y", "2年" }, { -3 * HOUR, "3 h", "3時間" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		c->lang = LANG_EN;
		check_str(moment_span(c, v[i].n), str_of(v[i].en));
		c->lang = LANG_JA;
		check_str(moment_span(c, v[i].n), str_of(v[i].ja));
	}
	check(moment_span(c, INT64_MIN).n > 0);
	check_str(moment_left(c, c->now + 3 * HOUR), S("残り3時間"));
	check_str(moment_left(c, c->now - 2 * DAY), S("2日超過"));
	check_str(moment_length(c, 2 * DAY + 3 * HOUR), S("2日3時間"));
	c->lang = LANG_EN;
	check_str(moment_length(c, 2 * DAY + 3 * HOUR), S("2 d 3 h"));
	check_str(moment_length(c, 2 * DAY), S("2 d"));
	check_str(moment_length(c, 0), S("0 s"));
	check_str(moment_left(c, c->now - HOUR), S("1 h late"));
	check(moment_age(c, INT64_MAX).n > 0);
}

TEST(eras_begin_on_their_day)
{
	check_str(moment_era(c, &(struct civil){ .year = 2026, .month = 11, .day = 22 }), S("令和8年11月22日"));
	check_str(moment_era(c, &(struct civil){ .year = 2019, .month = 5, .day = 1 }), S("令和元年5月1日"));
	check_str(moment_era(c, &(struct civil){ .year = 2019, .month = 4, .day = 30 }), S("平成31年4月30日"));
}

TEST(a_time_element_gives_both_zones)
{
	struct page w;
	time_us     t = at(S("2026-11-22T09:00:00Z"));

	page_init(&w, c, 1000);
	c->zone = S("Europe/Berlin");
	check_str(moment_html(&w, t).s, S("<time datetime=\"2026-11-22T09:00:00Z\" "
		"title=\"22 Nov 2026, 09:00 (UTC)\">22 Nov 2026, 10:00 (CET)</time>"));
	check_str(moment_age_html(&w, t).s, S("<time datetime=\"2026-11-22T09:00:00Z\" "
		"title=\"22 Nov 2026, 10:00 (CET) · 22 Nov 2026, 09:00 (UTC)\">39 h</time>"));
	check_str(moment_both_html(&w, t).s, S("<time datetime=\"2026-11-22T09:00:00Z\">"
		"22 Nov 2026, 10:00 (CET) · 22 Nov 2026, 09:00 (UTC)</time>"));
	check_str(moment_html(&w, TIME_NONE).s, STR_NONE);
}

TEST(amounts_are_rounded_for_people)
{
	check_str(amount_int(c, 0), S("0"));
	check_str(amount_int(c, 999), S("999"));
	check_str(amount_int(c, -1234567), S("-1,234,567"));
	check_str(amount_int(c, INT64_MAX), S("9,223,372,036,854,775,807"));
	check_str(amount_int(c, INT_NONE), S(""));
	check_str(amount_bytes(c, 0), S("0 B"));
	check_str(amount_bytes(c, 999), S("999 B"));
	check_str(amount_bytes(c, 1000), S("1.0 kB"));
	check_str(amount_bytes(c, 9949), S("9.9 kB"));
	check_str(amount_bytes(c, 9951), S("10 kB"));
	check_str(amount_bytes(c, 999499), S("999 kB"));
	check_str(amount_bytes(c, 999960), S("1.0 MB"));
	check_str(amount_bytes(c, 1400000), S("1.4 MB"));
	check_str(amount_bytes(c, INT64_MAX), S("9.2 EB"));
	check_str(amount_share(c, 1, 3), S("33 %"));
	check_str(amount_share(c, 999, 1000), S("99 %"));
	check_str(amount_share(c, 1, 1000), S("< 1 %"));
	check_str(amount_share(c, 0, 0), S("–"));
}
