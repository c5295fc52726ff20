#include "base/test.h"
#include "tools/langcheck/glossary.h"
#include "tools/langcheck/phrase.h"
#include "tools/langcheck/translation.h"
#include "tools/mklang/po.h"

TEST(texts_are_found_in_c_but_not_in_comments_or_strings)
{
	use_list uses = { .max = 100 };

	check_ok(c, phrase_in_c(c, "x.c",
		S("/* N_(\"no\") */ // N_(\"no\")\n#define N_(t) t\nchar *s = \"N_(\\\"no\\\")\"; char q = '\"';\n"
		  "f(N_(\"one \"\n  \"two\\n\"), XN_(\"no\"), N_( \"three\" ));\n"), &uses));
	check_int(uses.n, 2);
	check_str(uses.v[0].text, S("one two\n"));
	check_int(uses.v[0].line, 4);
	check_str(uses.v[1].text, S("three"));
	check(!phrase_in_c(c, "x.c", S("\n N_(text)"), &uses));
	check_int(c->fault.line, 2);
	check_ok(c, phrase_in_c(c, "x.c", S("\"open /* "), &uses));
	check_ok(c, phrase_in_c(c, "x.c", S("/* open"), &uses));
}

TEST(fault_titles_and_template_texts_are_found)
{
	use_list uses = { .max = 100 }, bare = { .max = 100 };

	check_ok(c, phrase_in_faults(c, "f", S("/* \"no\" */\nFAULT(E_X, 1, 2, false, \"A title\")\n"), &uses));
	check_str(uses.v[0].text, S("A title"));
	check_ok(c, phrase_in_html(c, "x.html",
		S("{{template a()}}<p title=\"Close\">{_Yes_} CVE &nbsp; loose <kbd>ctrl</kbd> a1</p>{{end}}"),
		&uses, &bare));
	check_str(uses.v[1].text, S("Yes"));
	check_int(bare.n, 2);
	check_str(bare.v[0].text, S("Close"));
	check_str(bare.v[1].text, S("loose"));
}

TEST(a_translation_keeps_placeholders_script_and_stops)
{
	check_str(translation_check(c, S("{1} of {2}"), S("{2} 件中 {1} 件"), false), STR_NONE);
	check(str_starts(translation_check(c, S("{1} of {2}"), S("{1} 件"), false), S("placeholders")));
	check(str_starts(translation_check(c, S("Open"), S("Open"), false), S("script")));
	check_str(translation_check(c, S("CVE"), S("CVE"), true), STR_NONE);
	check(str_starts(translation_check(c, S("Three"), S("３件"), false), S("width")));
	check(str_starts(translation_check(c, S("Mail"), S("ﾒｰﾙ"), false), S("script")));
	check(str_starts(translation_check(c, S("It is so."), S("そうです"), false), S("stop")));
	check(str_starts(translation_check(c, S("Received"), S("受付。"), false), S("stop")));
	check(str_starts(translation_check(c, S("x"), S("\xFF"), false), S("utf8")));
}

TEST(each_thing_has_one_word)
{
	term_list terms = { 0 };

	check_ok(c, glossary_parse(c, S("english,japanese,forbidden,note\n"
		"severity,深刻度,重大度|重要度,\nreport,報告,レポート,\"a, b\"\n,サーバ,サーバー,\n"), &terms));
	check_int(terms.n, 3);
	check_str(glossary_check(c, &terms, S("Severity:"), S("深刻度")), STR_NONE);
	check(glossary_check(c, &terms, S("Severity"), S("厳しさ")).n > 0);
	check(glossary_check(c, &terms, S("The severities and severity"), S("重大度を選ぶ")).n > 0);
	check(glossary_check(c, &terms, S("Two reports"), S("レポート2件")).n > 0);
	check_str(glossary_check(c, &terms, S("Reportage"), S("レポート2件")), STR_NONE);
	check(glossary_check(c, &terms, S("Anything"), S("サーバーが停止")).n > 0);
	check(!glossary_parse(c, S("h\n\"open"), &terms));
	check_int(c->fault.line, 2);
}

TEST(texts_of_a_room_go_to_its_file)
{
	check_str(translation_room(c, S("services/2-discovery/1-intake/intake.c")), S("intake"));
	check_str(translation_room(c, S("services/2-discovery/5-metrics/found.c")), S("discovery_metrics"));
	check_str(translation_room(c, S("services/0-foundation/foundation.c")), S("foundation"));
	check_str(translation_room(c, S("base/faults.def")), S("base"));
	check_str(translation_room(c, S("doors/main.c")), S("doors"));
	check_str(translation_room(c, S("platform/http/guard.c")), S("http"));
	check_str(translation_room(c, S("standards/cvss/cvss.c")), S("cvss"));
}

static bool po(struct ctx *c, const char *src, po_list *out)
{
	*out = (po_list){ .max = 1000 };
	return po_parse(c, "x.po", str_of(src), out) && po_sort(c, out);
}

TEST(a_po_file_is_read_and_conflicts_are_refused)
{
	po_list l;

	check_ok(c, po(c, "# c\nmsgid \"\"\nmsgstr \"h\\n\"\n\n#: x\nmsgid \"b\"\n\"c\"\nmsgstr \"\"\n\"B\\\"\\n\"\n"
		"#, fuzzy\nmsgid \"a\"\nmsgstr \"A\"\n#~ msgid \"old\"\nmsgid \"bc\"\nmsgstr \"B\\\"\\n\"\n", &l));
	check_int(l.n, 2);
	check_str(l.v[0].text, S(""));
	check_str(po_find(&l, S("bc"))->text, S("B\"\n"));
	check(!po_find(&l, S("c")));
	check(!po(c, "msgid \"a\"\nmsgstr \"A\"\nmsgid \"a\"\nmsgstr \"B\"\n", &l));
	check_int(c->fault.code, E_CONFLICT);
	check(!po(c, "msgid \"a\n", &l));
	check(!po(c, "msgid \"a\"\n", &l));
	check(!po(c, "msgstr \"a\"\n", &l));
	check(!po(c, "msgctxt \"a\"\n", &l));
	check(!po(c, "msgid \"\\q\"\n", &l));
	check(!po(c, "\xFF", &l));
	check_int(c->fault.code, E_SYNTAX);
}
