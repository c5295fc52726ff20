#include "base/test.h"

#include "standards/finding/finding.h"

TEST(a_text_that_is_no_json_is_a_finding_with_its_place)
{
	struct findings f;
	const struct json *v;
	struct buf b;

	findings_init(&f);
	check_ok(c, findings_read(c, &f, S("{\"a\":1,\n\"a\":2}"), NULL, &v));
	check(!v && !f.valid);
	check_int(f.n, 1);
	check_int(f.line, 2);
	buf_init(&b, c->arena, 4096);
	findings_print(&b, S("x.json"), &f);
	check(str_starts(buf_str(&b), S("{\"file\":\"x.json\",\"version\":null,\"valid\":false,\"line\":2,")));
	findings_tell(c, &b, S("x.json"), &f);
	check(str_find(buf_str(&b), S("  error parse 2:1 /a: "), 0) != SIZE_MAX);
}

TEST(a_byte_order_mark_is_told_as_such)
{
	struct findings f;
	const struct json *v;

	findings_init(&f);
	check_ok(c, findings_read(c, &f, S("\xef\xbb\xbf{}"), NULL, &v));
	check(!f.valid && str_starts(str_of(f.v[0].text), S("A byte order mark")));
}

TEST(every_hostile_text_is_read_or_refused)
{
	static const struct { const char *p; size_t n; } texts[] = {
		{ "", 0 }, { "\xff", 1 }, { "\0", 1 }, { "{", 1 }, { "\"\\ud800\"", 8 }, { "[1,]", 4 }, { "\xef\xbb\xbf{}", 5 },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct findings f;
		const struct json *v;

		findings_init(&f);
		check_ok(c, findings_read(c, &f, (str){ texts[i].p, texts[i].n }, NULL, &v));
		check(!v && !f.valid && f.n == 1);
	}
}

TEST(warnings_do_not_make_a_document_invalid_and_all_are_counted)
{
	struct findings f;
	struct buf b;

	findings_init(&f);
	for (int i = 0; i < FINDINGS_MAX + 5; i++)
		check_ok(c, finding_add(c, &f, (struct finding){ "x", FINDING_WARNING, S("/a"), "{1} and {2}",
		                                                 { S("one"), S("two") } }));
	check(f.valid);
	check_int(f.n, FINDINGS_MAX);
	check_int(f.count[FINDING_WARNING], FINDINGS_MAX + 5);
	check_str(finding_sentence(c->arena, &f.v[0]), S("one and two"));
	buf_init(&b, c->arena, 1 << 20);
	findings_print(&b, S("-"), &f);
	check(str_find(buf_str(&b), S("\"not_listed\":5}"), 0) != SIZE_MAX);
}
