#include "base/test.h"

#include "standards/csaf/edition.h"

static int order(str a, str b)
{
	struct edition x, y;

	check(edition_parse(a, &x) && edition_parse(b, &y));
	return edition_cmp(&x, &y, true);
}

TEST(editions_are_ordered_as_semver_wants)
{
	static const char *const rising[] = {
		"0.9.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
		"1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.2.0", "1.10.0", "2.0.0", "18446744073709551617.0.0",
	};

	for (size_t i = 1; i < sizeof(rising) / sizeof(*rising); i++) {
		check(order(str_of(rising[i - 1]), str_of(rising[i])) < 0);
		check(order(str_of(rising[i]), str_of(rising[i - 1])) > 0);
	}
	check_int(order(S("1.0.0+a"), S("1.0.0+b")), 0);
	check(order(S("9"), S("10")) < 0);
}

TEST(other_forms_of_editions_are_refused)
{
	static const char *const bad[] = {
		"", "01", "1.0", "1.0.0.0", "1.0.0-", "1.0.0-01", "1.0.0+", "v1", "1.0.0-a..b", "-1", "1.0.0-\xe3",
		"1.0.x", "1 ", "1.0.0+a.",
	};
	struct edition e;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (edition_parse(str_of(bad[i]), &e))
			check_str(str_of(bad[i]), S("refused"));
	check(edition_parse(S("1.0.0-x-y+build.5-7"), &e) && e.semantic);
	check_str(e.pre, S("x-y"));
	check_str(e.build, S("build.5-7"));
	check(edition_parse(S("0"), &e) && edition_is_zero(&e) && !e.semantic);
}
