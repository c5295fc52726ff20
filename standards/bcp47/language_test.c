#include "base/test.h"

#include "standards/bcp47/language.h"

/* meets RFC5646 2.2 */
TEST(registered_language_tags_are_accepted)
{
	static const char *const good[] = {
		"en", "EN-us", "ja", "ja-Jpan-JP", "zh-cmn-Hans-CN", "sl-rozaj-biske-1994", "de-CH-1901",
		"es-419", "x-whatever", "en-x-lab", "i-default", "i-klingon", "qtx", "en-Qabc", "en-QM",
		"de-DE-u-co-phonebk", "en-a-myext-b-another", "tlh",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		if (!language_check(str_of(good[i])))
			check_str(str_of(good[i]), S("should be accepted"));
}

/* meets RFC5646 2.2 */
TEST(other_language_tags_are_refused)
{
	static const char *const bad[] = {
		"", "-", "EZ", "en-", "en--US", "english", "en-XY9", "en-Latx", "de-1901-1901", "en-a",
		"en-u-co-u-co", "x", "e", "en_US", "\xff", "en-x", "qtz1", "ja-JPN",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (language_check(str_of(bad[i])))
			check_str(str_of(bad[i]), S("should be refused"));
}

TEST(private_and_default_tags_are_told)
{
	check(language_private(S("qtx")) && language_private(S("en-Qabc")) && language_private(S("en-XP")));
	check(language_private(S("fr-ZZ")) && language_private(S("en-AA")) && language_private(S("en-x-a")));
	check(!language_private(S("en-US")) && !language_private(S("ja")));
	check(language_default(S("I-Default")) && !language_default(S("en")));
	check_str(language_primary(S("zh-Hans-CN")), S("zh"));
	check_int(language_registry().n, 10);
}
