#include "base/test.h"
#include "standards/spdx/license.h"

#include <string.h>

TEST(license_expressions_are_told_from_texts)
{
	static const char *const good[] = {
		"MIT", "CC-BY-4.0", "MIT OR any-OSI", "GPL-2.0+", "(MIT AND (Apache-2.0 OR ISC))",
		"GPL-2.0-only WITH Classpath-exception-2.0", "LicenseRef-a.b-c", "MIT and ISC",
		"GPL-2.0-or-later WITH AdditionRef-x",
	};
	static const char *const bad[] = {
		"", " ", "MIT ISC", "MIT AND", "AND MIT", "(MIT", "MIT)", "LicenseRef-", "licenseref-x", "LicenseRef-x+",
		"DocumentRef-a:LicenseRef-b", "MIT WITH", "MIT/ISC", "MIT\nISC", "WITH", "\xff", "()",
	};
	char deep[400];

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		if (!license_parse(c->arena, str_of(good[i]), NULL))
			check_str(str_of(good[i]), S("accepted"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (license_parse(c->arena, str_of(bad[i]), NULL))
			check_str(str_of(bad[i]), S("refused"));
	memset(deep, '(', sizeof(deep));
	check(!license_parse(c->arena, (str){ deep, sizeof(deep) }, NULL));
	check(!license_parse(c->arena, (str){ "MIT\0ISC", 7 }, NULL));
}

static enum license_state state(struct ctx *c, const char *text)
{
	struct license_ids ids;

	return license_parse(c->arena, str_of(text), &ids) && ids.n ? license_find(&ids.v[ids.n - 1]) : LICENSE_UNKNOWN;
}

TEST(licenses_are_found_in_both_lists)
{
	check_int(state(c, "MIT"), LICENSE_LISTED);
	check_int(state(c, "mit"), LICENSE_LISTED);
	check_int(state(c, "GFDL-1.1"), LICENSE_DEPRECATED);
	check_int(state(c, "LicenseRef-scancode-public-domain"), LICENSE_LISTED);
	check_int(state(c, "LicenseRef-scancode-aop-pd"), LICENSE_DEPRECATED);
	check_int(state(c, "LicenseRef-scancode-MIT-x-no"), LICENSE_UNKNOWN);
	check_int(state(c, "GPL-2.0-only WITH Classpath-exception-2.0"), LICENSE_LISTED);
	check_int(state(c, "Classpath-exception-2.0"), LICENSE_UNKNOWN);
	check_int(state(c, "LicenseRef-www.example.org-x"), LICENSE_UNKNOWN);
	check(license_source().n > 0);
}
