#include "base/test.h"
#include "gen/put_test.html.h"
#include "platform/html/put_test.h"

static str place(struct ctx *c, struct place m)
{
	struct page w;

	page_init(&w, c, 1 << 20);
	html_place(&w, &m);
	return buf_str(&w.out);
}

TEST(plain_values_stand_in_every_context)
{
	check_str(place(c, (struct place){
		.text = S("hello"), .title = S("t"), .url = S("/x?a=1&b=2"), .part = S("a/b c"),
		.base = S("https://example.com"), .cls = "k", .mark = html_escape(c, S("<i>")),
		.n = -7, .on = true }),
	S("<p class=\"a k\" title='t'>hello <b>-7</b>\n<a href=\"/x?a=1&amp;b=2\">x</a> "
	  "<a href=\"/r/a%2Fb%20c?q=a%2Fb%20c#top\">y</a>\n"
	  "<a href=\"https://example.com/p/a%2Fb%20c\">z</a>\n"
	  "<input type=\"checkbox\" checked>\n<textarea name=\"t\">\nhello</textarea>\n&lt;i&gt;</p>"));
}

TEST(hostile_values_stay_values)
{
	str evil = S("\"'><script>alert(1)</script>&amp;\xE2\x80\xAE\x01\xFF");

	check_str(place(c, (struct place){
		.text = evil, .title = evil, .url = S("javascript:alert(1)"), .part = evil,
		.base = S("java\tscript:x"), .cls = "' onclick='x", .mark = HTML_NONE }),
	S("<p class=\"a &#39; onclick=&#39;x\" title='&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"
	  "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD'>"
	  "&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;<span class=\"ctl\">U+202E</span>"
	  "<span class=\"ctl\">U+0001</span>\xEF\xBF\xBD <b>0</b>\n"
	  "<a href=\"about:invalid#blocked\">x</a> "
	  "<a href=\"/r/%22%27%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E%26amp%3B%E2%80%AE%01%FF"
	  "?q=%22%27%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E%26amp%3B%E2%80%AE%01%FF#top\">y</a>\n"
	  "<a href=\"about:invalid#blocked/p/%22%27%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E%26amp%3B%E2%80%AE%01%FF\">z</a>\n"
	  "<input type=\"checkbox\" disabled>\n<textarea name=\"t\">\n"
	  "&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD</textarea>\n</p>"));
}

TEST(lists_branches_calls_and_texts_are_written)
{
	struct place      v[2] = { { .text = S("a") }, { .text = S("b") } };
	struct place_list m = { .rows = { v, 2 } };
	struct page       w;

	page_init(&w, c, 1 << 20);
	html_rows(&w, &m);
	check_str(buf_str(&w.out),
	S("<ul><li class=\"r\">0: a</li><li class=\"r odd\">1: b</li></ul><p>many</p>"
	  "<footer title=\"At most 2 bytes are accepted.\">Shown: 2 of 3, by &lt;b&gt;\n"
	  "<svg viewBox=\"0 0 2 1\"><path d=\"M0 0\"/></svg><br></footer>"));
	m.rows.n = 0;
	page_init(&w, c, 1 << 20);
	html_rows(&w, &m);
	check(str_starts(buf_str(&w.out), S("<ul><li>Nothing yet</li></ul><p>none</p>")));
}

static str url(struct ctx *c, str s)
{
	struct page w;

	page_init(&w, c, 1000);
	html_url(&w, s);
	return buf_str(&w.out);
}

TEST(only_harmless_addresses_become_links)
{
	static const char *const bad[] = {
		"javascript:alert(1)", "JavaScript:x", " javascript:x", "\x01javascript:x",
		"java\nscript:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
		"blob:x", "x:y", ":", "about:blank",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		check_str(url(c, str_of(bad[i])), S("about:invalid#blocked"));
	check_str(url(c, S("http://x/?a=1&b='\"")), S("http://x/?a=1&amp;b=%27%22"));
	check_str(url(c, S("MAILTO:a@b")), S("MAILTO:a@b"));
	check_str(url(c, S("/a b\\c")), S("/a%20b%5Cc"));
	check_str(url(c, S("./a:b")), S("./a:b"));
	check_str(url(c, S("/a\x7F")), S("about:invalid#blocked"));
	check_str(url(c, S(" /a")), S("%20/a"));
	check_str(url(c, S("")), S(""));
	check_str(url(c, S("/\xE3\x81\x82")), S("/%E3%81%82"));
	check_str(url(c, (str){ "a\0b", 3 }), S("about:invalid#blocked"));
}

TEST(broken_utf8_cannot_swallow_what_follows)
{
	check_str(html_escape(c, S("\xE3<\xE3\x81<\xC2")).s,
	          S("\xEF\xBF\xBD&lt;\xEF\xBF\xBD\xEF\xBF\xBD&lt;\xEF\xBF\xBD"));
	check_str(html_escape(c, S("\xE6\x97\xA5\r\n\r|\x7F\xC2\x85")).s,
	          S("\xE6\x97\xA5\n<span class=\"ctl\">U+000D</span>|"
	            "<span class=\"ctl\">U+007F</span><span class=\"ctl\">U+0085</span>"));
	check_str(html_escape(c, STR_NONE).s, S(""));
}

TEST(one_byte_is_not_bytes)
{
	struct page w;

	page_init(&w, c, 1 << 20);
	html_tail(&w, 1);
	check(str_starts(buf_str(&w.out), S("<footer title=\"At most 1 byte is accepted.\">")));
}

TEST(a_page_beyond_its_maximum_says_so)
{
	struct page w;

	page_init(&w, c, 100);
	html_tail(&w, 12345);
	check(w.out.full);
	check(w.out.n <= 100);
}

/* Sixteen bytes are looked at together: each case at every place among them, and across their ends. */
TEST(what_has_to_be_escaped_is_found_at_every_place)
{
	static const struct { const char *text, *shown; } v[] = {
		{ "<", "&lt;" }, { ">", "&gt;" }, { "&", "&amp;" }, { "\"", "&quot;" }, { "'", "&#39;" },
		{ "\xE2\x80\xAE", "<span class=\"ctl\">U+202E</span>" }, { "\xC2\x85", "<span class=\"ctl\">U+0085</span>" },
		{ "\x7F", "<span class=\"ctl\">U+007F</span>" }, { "\x01", "<span class=\"ctl\">U+0001</span>" },
		{ "\r\n", "\n" }, { "\xFF", "\xEF\xBF\xBD" }, { "\xE9\x8D", "\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "\xC3\xA9", "\xC3\xA9" }, { "\xE2\x80\xA6", "\xE2\x80\xA6" }, { "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80" },
	};
	static const char *const fill[] = { "a", "\xE9\x8D\xB5", "a\xE9\x8D\xB5", "\xC3\xA9" };

	for (size_t k = 0; k < sizeof(v) / sizeof(*v); k++)
		for (size_t f = 0; f < sizeof(fill) / sizeof(*fill); f++) {
			str before = S("");
			for (size_t i = 0; i < 36; i++) {
				str text  = STR_CAT(c->arena, before, str_of(v[k].text), before);
				str shown = STR_CAT(c->arena, before, str_of(v[k].shown), before);
				check_str(html_escape(c, text).s, shown);
				before = STR_CAT(c->arena, before, str_of(fill[f]));
			}
		}
}
