#include "base/test.h"
#include "platform/text/word.h"

TEST(a_text_has_its_japanese)
{
	check_str(word_tr(LANG_JA, "Please sign in"), S("サインインしてください"));
	check_str(word_tr(LANG_EN, "Please sign in"), S("Please sign in"));
	check_str(word_tr(LANG_JA, "never written anywhere"), S("never written anywhere"));
	check_str(word_tr(LANG_JA, ""), S(""));
}

TEST(the_pseudo_language_is_longer_and_marked)
{
	str s = word_tr(LANG_PSEUDO, "Too many requests");

	check(str_starts(s, S("«Ţóó")) || str_starts(s, S("«Tóó")));
	check(utf8_count(s) >= 17 * 14 / 10);
}

TEST(placeholders_are_filled)
{
	str a[] = { S("1"), S("{2}") };

	check_str(word_fill(c, "x {1}, {2} {3} {0} {", a, 2), S("x 1, {2}  {0} {"));
	c->fault = (struct fault){ .code = E_LIMIT };
	check_str(word_fault(c, &c->fault), S("The input is larger than the limit"));
	check(!fault(c, E_LIMIT, NULL, "At most {1} bytes.", S("7")));
	check_str(word_fault(c, &c->fault), S("At most 7 bytes."));
}

TEST(what_the_database_said_of_itself_is_not_for_everybody)
{
	check(!fault(c, E_UNAVAILABLE, "database", "Database: {1} ({2})", S("socket \"/x/.s.PGSQL\" failed"), S("connect")));
	check_str(word_outside(c, &c->fault), S("The database cannot be reached at the moment."));
	check(!fault(c, E_DATABASE, NULL, "Database: {1} ({2})", S("no column x"), S("y")));
	check(str_find(word_outside(c, &c->fault), S("column"), 0) == SIZE_MAX);
	check(!fault(c, E_UNAVAILABLE, NULL, "The answer did not come."));
	check_str(word_outside(c, &c->fault), S("The answer did not come."));
}

TEST(language_codes_are_read_with_their_regions)
{
	enum lang l;

	check(lang_parse(S("ja-JP"), &l) && l == LANG_JA);
	check(lang_parse(S("EN"), &l) && l == LANG_EN);
	check(!lang_parse(S("jaa"), &l));
	check(!lang_parse(S(""), &l));
	check(!lang_parse(STR_NONE, &l));
	check_str(lang_code(LANG_JA), S("ja"));
}

TEST(counts_have_a_singular_in_english)
{
	str one = S("1"), two = S("2");

	check_str(word_fill(c, "At most {1} bytes are accepted.", &one, 1), S("At most 1 byte is accepted."));
	check_str(word_fill(c, "At most {1} bytes are accepted.", &two, 1), S("At most 2 bytes are accepted."));
	c->lang = LANG_JA;
	check_str(word_fill(c, "At most {1} bytes are accepted.", &one, 1), S("受け付けられるのは 1 バイトまでです。"));
}
