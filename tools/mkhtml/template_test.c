#include "base/test.h"
#include "tools/mkhtml/template.h"

#include <string.h>

static bool compile(struct ctx *c, const char *body)
{
	struct template_out out;

	return template_compile(c, S("x.html"), str_of(body), &out);
}

/* The inside of {{template a()}}…{{end}} is refused, with these words in the fault. */
static void refused(struct ctx *c, const char *body, const char *words)
{
	str src = STR_CAT(c->arena, S("{{template a()}}\n"), str_of(body), S("{{end}}\n"));
	struct template_out out;

	check(!template_compile(c, S("x.html"), src, &out));
	if (!c->fault.text || !strstr(c->fault.text, words))
		check_str(str_of(c->fault.text), str_of(words));
	check(c->fault.line >= 2);
}

TEST(a_value_may_not_stand_where_escaping_is_doubtful)
{
	refused(c, "<a href={{x}}>y</a>", "quote the value of href");
	refused(c, "<{{x}}>", "value in a tag name");
	refused(c, "<h{{x}}>", "value in the tag name");
	refused(c, "<a {{x}}>y</a>", "value inside the tag <a>");
	refused(c, "<a data-{{x}}=\"1\">y</a>", "value in the attribute name");
	refused(c, "<!-- {{x}} -->", "value in a comment");
	refused(c, "<script src=\"/a.js\">{{x}}</script>", "value in a <script>");
	refused(c, "<script src=\"{{x}}\"></script>", "starts with literal text");
	refused(c, "<a href=\"{{x}}{{y}}\">z</a>", "side by side");
	refused(c, "<a href=\"{{x}}:y\">z</a>", "may follow a whole address");
	refused(c, "<a href=\"https://{{x}}/\">z</a>", "value in the host");
	refused(c, "<a href=\"//{{x}}\">z</a>", "value in the host");
	refused(c, "<a href=\"https:{{x}}\">z</a>", "value in the host");
	refused(c, "<a href=\"javascript:{{x}}\">z</a>", "scheme");
	refused(c, "<a href=\"javascript:void(0)\">z</a>", "scheme");
	refused(c, "<img srcset=\"{{x}} 2x\">", "value in srcset");
	refused(c, "<a href=\"{_x_}\">z</a>", "translatable text in an address");
}

TEST(inline_script_and_style_are_refused)
{
	refused(c, "<script>alert(1)</script>", "without src");
	refused(c, "<script src=\"/a.js\">alert(1)</script>", "inline <script>");
	refused(c, "<style>p{}</style>", "<style> is not used");
	refused(c, "<SCRIPT src=\"/a\"></SCRIPT>", "lower case");
	refused(c, "<svg><STYLE></STYLE></svg>", "not used");
	refused(c, "<p style=\"x\"></p>", "style is not used");
	refused(c, "<p onclick=\"x\"></p>", "no inline handlers");
	refused(c, "<svg OnLoad=\"x\"></svg>", "no inline handlers");
	refused(c, "<iframe srcdoc=\"x\"></iframe>", "srcdoc is not used");
	refused(c, "<base href=\"/\">", "<base> is not used");
	refused(c, "<input {{attr onclick x}}>", "attr");
}

TEST(elements_must_balance_in_every_block)
{
	refused(c, "<p>", "<p> is not closed");
	refused(c, "</p>", "closes nothing");
	refused(c, "<p><b></p></b>", "another element");
	refused(c, "<p ", "ends inside <p>");
	refused(c, "{{if x}}<p>{{end}}</p>", "not closed in this block");
	refused(c, "<p>{{if x}}</p>{{end}}", "closes nothing");
	refused(c, "<a {{if x}}class=\"{{end}}\">z</a>", "different places");
	refused(c, "<a class=\"{{if x}}a\"{{else}}b{{end}}>z</a>", "different places");
	refused(c, "<p/>", "not an empty element");
	refused(c, "a < b", "bare <");
	refused(c, "<title><b></b></title>", "holds text only");
	refused(c, "{{call other(x)", "has no }}");
	refused(c, "{_abc", "has no _}");
	refused(c, "<a title=\"{{call other(x)}}\">z</a>", "stand in text");
}

TEST(unknown_blocks_and_wrong_forms_are_refused)
{
	refused(c, "{{foreach x : y}}", "unknown block {{foreach x : y}}");
	refused(c, "{{else}}", "without {{if}}");
	refused(c, "{{if x}}{{else}}{{else}}{{end}}", "second {{else}}");
	refused(c, "{{each X : y}}{{end}}", "write {{each");
	refused(c, "{{attr checked x}}", "outside a tag");
	refused(c, "{{}}", "empty {{}}");
	refused(c, "{_{1} of {2}|a_}", "number of arguments");
	refused(c, "{__}", "empty {__}");
	check(!compile(c, "text"));
	check(!compile(c, "{{template a()}}"));
	check_int(c->fault.line, 1);
	check(!compile(c, "{{end}}"));
	check(!compile(c, "{{x}}"));
	check(!compile(c, "\xFF"));
	check(!compile(c, "{{template A(}}{{end}}"));
	check(compile(c, ""));
}

TEST(errors_name_their_line)
{
	check(!compile(c, "{{! note\n note }}\n{{template a()}}\n<p>\n{_a\nb_}\n{{x + \n1}}\n<style>\n</p>\n{{end}}\n"));
	check_int(c->fault.line, 9);
}

TEST(nesting_has_a_limit)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	for (int i = 0; i < 5000; i++)
		buf_add(&b, S("<b>"));
	buf_char(&b, '\0');
	refused(c, b.p, "too deep");
	b.n = 0;
	for (int i = 0; i < 5000; i++)
		buf_add(&b, S("{{if x}}"));
	buf_char(&b, '\0');
	refused(c, b.p, "too deep");
}

TEST(translatable_texts_are_gathered_on_one_line)
{
	struct template_out out;

	check_ok(c, template_compile(c, S("x.html"),
		S("{{template a(int n)}}\n<p>{_Due in\n\t{1} days|n || f(\"|}}\", '|')_}</p> Loose words\n{{end}}\n"), &out));
	check_int(out.phrases.n, 1);
	check_str(out.phrases.v[0].text, S("Due in {1} days"));
	check_int(out.phrases.v[0].line, 2);
	check_int(out.bare.n, 2);
	check(str_find(buf_str(&out.body), S("HTML_ARG(w, n || f(\"|}}\", '|'))"), 0) != SIZE_MAX);
}

/* A template with random pieces exchanged compiles or is refused; it never hurts. */
TEST(random_templates_are_compiled_or_refused)
{
	static const char *const piece[] = {
		"{{", "}}", "{_", "_}", "<", ">", "</", "\"", "'", "=", "<!--", "-->", "{{if x}}", "{{else}}",
		"{{end}}", "{{each x : y}}", "<p>", "</p>", "<a href=\"", "|", "{1}", " ", "\n", "{{x}}",
		"<textarea>", "</textarea>", "<svg>", "</svg>", "/>", "{{attr a b}}", "{{call f(x)}}", "{{!",
	};
	enum { KINDS = sizeof(piece) / sizeof(*piece) };
	struct arena a;
	struct ctx   one;

	for (int round = 0; round < 3000; round++) {
		unsigned char pick[24];
		struct buf b;
		struct template_out out;
		arena_init(&a, 64 << 20);
		ctx_init(&one, &a);
		c->random(pick, sizeof(pick));
		buf_init(&b, &a, 1 << 16);
		buf_add(&b, S("{{template a()}}"));
		for (size_t i = 0; i < pick[0] % sizeof(pick); i++)
			buf_add(&b, str_of(piece[pick[i] % KINDS]));
		buf_add(&b, S("{{end}}"));
		if (!template_compile(&one, S("x.html"), str_dup(&a, buf_str(&b)), &out))
			check(one.fault.line > 0 && one.fault.text != NULL);
		arena_done(&a);
	}
}
