#include "services/5-disclosure/3-publication/wording.h"

#include "base/test.h"

static str marked(const char *text)
{
	str what = S("");

	return markup_find(str_of(text), &what) ? what : S("");
}

TEST(marks_that_nobody_renders_are_found)
{
	check_str(marked("## Impact"), S("## Impact"));
	check_str(marked("one\r\n  ```\r\nx"), S("```"));
	check_str(marked("It is **very** bad."), S("**very** bad."));
	check_str(marked("See [our page](https://example.org)."), S("[our page](https://example.org)."));
	check_str(marked("a<br>b"), S("<br>b"));
	check_str(marked("a <STRONG>b</STRONG>"), S("<STRONG>b</STRONG>"));
	check_str(marked("<a href=\"x\">y</a>"), S("<a href=\"x\">y</a>"));
	check_str(marked("# 概要概要概要概要概要概要概要概要概要"), S("# 概要概要概要概要概要概要"));   /* cut between characters */
}

TEST(what_advisories_are_about_is_no_markup)
{
	static const char *const plain[] = {
		"", "- one\n- two", "* one", "#42 is fixed", "C# and F#", "a < b > c", "5 ** 2", "** note", "<script>alert(1)</script>", "<img src=x>",
		"array[0](x)", "`code`", "https://example.org/#a", "<", "<b", "</", "**", "****", "#", "1. One", "\xFF\xFE<", "CWE-79 <body onload=x>",
	};

	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		check_str(marked(plain[i]), S(""));
}

TEST(a_text_in_the_other_language_is_told_a_name_is_not)
{
	check(wrong_language(S("以前のセッションが有効なまま残ります。"), S("en")));
	check(!wrong_language(S("A session of 高橋 stays valid after the change."), S("en")));
	check(wrong_language(S("A session stays valid after the password was changed."), S("ja")));
	check(!wrong_language(S("First edition."), S("ja")));
	check(!wrong_language(S("セッションが残る (session fixation)"), S("ja")));
	check(!wrong_language(S(""), S("en")) && !wrong_language(S(""), S("ja")));
}
