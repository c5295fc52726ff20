#include "base/test.h"

#include "base/buf.h"
#include "platform/xml/xml.h"

static struct xml *read_xml(struct ctx *c, const char *text)
{
	struct xml *x = NULL;

	check_ok(c, xml_parse(c, str_of(text), NULL, &x));
	return x;
}

TEST(elements_attributes_and_texts_are_read)
{
	struct xml *x = read_xml(c, "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c --><a xmlns=\"urn:a\" xmlns:b='urn:b' "
	                            "k=\"1 &amp; &#x3042;\" xml:lang='ja'>t&lt;<b:c>x</b:c><![CDATA[<u>]]><c/><c>y</c></a>");

	check_str(x->name, S("a"));
	check_str(x->ns, S("urn:a"));
	check_int(x->declares, 2);
	check_str(x->declared[1], S("urn:b"));
	check_str(x->text, S("t<<u>"));
	check_str(xml_attribute(x, "k")->value, S("1 & あ"));
	check(!xml_attribute(x, "lang"));
	check_str(x->attribute[1].ns, S("http://www.w3.org/XML/1998/namespace"));
	check_str(xml_child(x, "c")->ns, S("urn:b"));
	check_str(xml_path(c->arena, xml_again(xml_again(xml_child(x, "c")))), S("/a/c[3]"));
	check_int(xml_child(x, "c")->line, 2);
	check(!xml_child(x, "d"));
}

TEST(document_types_entities_and_other_encodings_are_refused)
{
	static const struct { const char *text; enum fault_code code; } bad[] = {
		{ "", E_SYNTAX }, { "<", E_SYNTAX }, { "<a>", E_SYNTAX }, { "<a></b>", E_SYNTAX }, { "<a/><b/>", E_SYNTAX },
		{ "text", E_SYNTAX }, { "<a>\xff</a>", E_SYNTAX }, { "<a k='1' k='2'/>", E_SYNTAX }, { "<a>&x;</a>", E_SYNTAX },
		{ "<a>&#0;</a>", E_SYNTAX }, { "<b:a/>", E_SYNTAX }, { "<a k='<'/>", E_SYNTAX },
		{ "<!DOCTYPE a><a/>", E_INVALID },
		{ "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", E_INVALID },
		{ "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><a>&b;</a>", E_INVALID },
		{ "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", E_INVALID },
		{ "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", E_INVALID },
		{ "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", E_INVALID },
		{ "<?xml version='1.0' encoding='EUC-JP'?><a/>", E_INVALID },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct xml *x;

		check(!xml_parse(c, str_of(bad[i].text), NULL, &x));
		check_int(c->fault.code, bad[i].code);
	}
	check_ok(c, xml_parse(c, S("<a>&quot;&apos;&gt;</a>"), NULL, &(struct xml *){ NULL }));
}

TEST(a_fault_tells_line_and_column)
{
	struct xml *x;

	check(!xml_parse(c, S("<a>\n  <b>\n</a>"), NULL, &x));
	check_int(c->fault.line, 3);
	check(!xml_parse(c, S("<a/>\n<!DOCTYPE a>"), NULL, &x));
	check(c->fault.line > 0);
}

/* n times the text. */
static str repeated(struct ctx *c, const char *before, const char *text, int n, const char *after)
{
	struct buf b;

	buf_init(&b, c->arena, 40 << 20);
	buf_add(&b, str_of(before));
	for (int i = 0; i < n; i++)
		buf_add(&b, str_of(text));
	buf_add(&b, str_of(after));
	return buf_str(&b);
}

TEST(what_is_too_deep_wide_or_long_is_refused)
{
	struct xml_limits few = { .bytes = 1 << 20, .depth = 3, .elements = 5, .attributes = 2 };
	struct xml *x;

	check(!xml_parse(c, repeated(c, "", "<a>", 200000, ""), NULL, &x));
	check_int(c->fault.code, E_LIMIT);
	check(!xml_parse(c, repeated(c, "<a>", "<b/>", 500001, "</a>"), NULL, &x));
	check_int(c->fault.code, E_LIMIT);
	check(!xml_parse(c, repeated(c, "<a>", "xxxxxxxxxxxxxxxx", (1 << 20) + 1, "</a>"), NULL, &x));
	check_int(c->fault.code, E_LIMIT);
	check(xml_parse(c, S("<a k='1' l='2'><b><c/></b><b/></a>"), &few, &x));
	check(!xml_parse(c, S("<a><b><c><d/></c></b></a>"), &few, &x));
	check(!xml_parse(c, S("<a><b/><b/><b/><b/><b/></a>"), &few, &x));
	check(!xml_parse(c, S("<a k='1' l='2' m='3'/>"), &few, &x));
	check_ok(c, xml_parse(c, repeated(c, "<a>", "&#65;", 1000000, "</a>"), NULL, &x));
	check_int(x->text.n, 1000000);
}

TEST(mutated_xml_is_read_or_refused)
{
	static const char text[] = "<?xml version=\"1.0\"?><a xmlns:b=\"urn:b\" k=\"v&amp;\"><b:c>t</b:c><!-- c --><![CDATA[d]]><e/></a>";
	static const char signs[] = "<>/&;\"'=:![]-?x \xff\n";
	uint64_t state = 88172645463325252u;
	int good = 0;

	for (int i = 0; i < 20000; i++) {
		char copy[sizeof(text)];
		struct arena a;
		struct ctx d;
		struct xml *x;

		__builtin_memcpy(copy, text, sizeof(text));
		for (int k = 0; k < 2; k++) {
			state ^= state << 13, state ^= state >> 7, state ^= state << 17;
			copy[state % (sizeof(text) - 1)] = signs[(state >> 32) % (sizeof(signs) - 1)];
		}
		arena_init(&a, 1 << 20);
		ctx_init(&d, &a);
		good += xml_parse(&d, (str){ copy, sizeof(text) - 1 }, NULL, &x);
		arena_done(&a);
	}
	check(good > 100 && good < 15000);
}
