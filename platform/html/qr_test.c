#include "platform/html/qr.h"

#include "base/test.h"

static str drawn(struct ctx *c, str text)
{
	struct page *w = NEW(c->arena, struct page);

	page_init(w, c, 1 << 20);
	html_qr(w, text, "A & B");
	return buf_str(&w->out);
}

TEST(a_code_is_one_picture_with_a_name)
{
	str s = drawn(c, S("otpauth://totp/x"));

	check(str_starts(s, S("<svg class=\"qr\"")));
	check(str_ends(s, S("</svg>")));
	check(str_find(s, S("aria-label=\"A &amp; B\""), 0) != SIZE_MAX);
	/* version 2, level M: 25 squares and 4 of quiet on each side; the finder pattern in the corner */
	check(str_find(s, S("viewBox=\"0 0 33 33\""), 0) != SIZE_MAX);
	check(str_find(s, S("M4 4h7v1h-7z"), 0) != SIZE_MAX);
	check(str_find(s, S("style"), 0) == SIZE_MAX);
}

TEST(what_does_not_fit_is_no_picture)
{
	char *big = arena_must(c->arena, 1, 1001);

	memset(big, 'x', 1001);
	check_str(drawn(c, S("")), S(""));
	check_str(drawn(c, (str){ big, 1001 }), S(""));
	check(drawn(c, (str){ big, 1000 }).n > 0);
	check(drawn(c, S("a\0\xFF")).n > 0);
}
