#include "platform/mail/mail.h"

#include "base/test.h"

#include <string.h>

static struct mail plain(void)
{
	return (struct mail){ .id = S("m1"), .host = S("psirt.example"), .from_name = S("Aozora PSIRT"), .from = S("no-reply@psirt.example"),
		.to = S("hana@example.org"), .lang = S("en"), .subject = S("There is a message"), .body = S("One.\nTwo.\n"),
		.made = 1795082400 * SECOND };
}

static bool print(struct ctx *c, const struct mail *m, str *out)
{
	struct buf b;

	c->fault = (struct fault){ 0 };
	buf_init(&b, c->arena, 1 << 20);
	TRY(mail_print(c, m, &b));
	*out = buf_str(&b);
	return true;
}

TEST(a_message_in_ascii_is_readable_as_it_is)
{
	struct mail m = plain();
	str         text;

	check_ok(c, print(c, &m, &text));
	check_str(text, S("From: \"Aozora PSIRT\"\r\n <no-reply@psirt.example>\r\nTo: <hana@example.org>\r\nSubject: There is a message\r\n"
	                  "Date: Thu, 19 Nov 2026 10:00:00 +0000\r\nMessage-ID: <m1@psirt.example>\r\nMIME-Version: 1.0\r\n"
	                  "Content-Type: text/plain; charset=utf-8\r\nContent-Language: en\r\nContent-Transfer-Encoding: 7bit\r\n"
	                  "Auto-Submitted: auto-generated\r\n\r\nOne.\r\nTwo.\r\n"));
}

/* RFC 2047 section 2: 75 characters in an encoded word; section 5: a character is not cut in two. */
TEST(a_long_japanese_subject_is_folded_between_characters)
{
	struct mail m = plain();
	str         text, line;
	size_t      words = 0;

	m.subject = S("脆弱性に関するご報告についてのメッセージがございますのでご確認ください");
	check_ok(c, print(c, &m, &text));
	check(str_find(text, S("Subject: =?UTF-8?B?6ISG5byx5oCn44Gr6Zai44GZ44KL44GU5aCx5ZGK44Gr44Gk44GE44Gm?=\r\n =?UTF-8?B?"), 0) != SIZE_MAX);
	while (str_cut(&text, '\n', &line)) {
		check(line.n <= 76 + 9 + 1);
		words += str_find(line, S("=?UTF-8?B?"), 0) != SIZE_MAX;
	}
	check_int(words, 3);
}

TEST(a_body_beyond_ascii_or_with_a_long_line_is_base64_in_short_rows)
{
	struct mail m = plain();
	str         text, line;
	static char row[999];
	str         wide = { row, sizeof(row) };

	memset(row, 'x', sizeof(row));
	m.body = S("鍵\n");
	check_ok(c, print(c, &m, &text));
	check(str_find(text, S("Content-Transfer-Encoding: base64\r\n"), 0) != SIZE_MAX);
	check(str_find(text, S("\r\n\r\n6Y21DQo=\r\n"), 0) != SIZE_MAX);
	m.body = wide;
	check_ok(c, print(c, &m, &text));
	while (str_cut(&text, '\n', &line))
		check(line.n <= 77);
	m.body = str_slice(wide, 0, 998);
	check_ok(c, print(c, &m, &text));
	check(str_find(text, S("7bit"), 0) != SIZE_MAX);
}

/* What strangers chose must not become a header. */
TEST(an_address_that_could_say_another_header_is_refused)
{
	static const char *const bad[] = { "", "hana", "a@b@c", "@b", "a@", "a@b\r\nBcc: x@y", "a@b\nX", "a b@c", "<a@b>", "a@b,c@d", "h\xC3\xA4@b", "a@b\"", NULL };
	struct mail              m;
	str                      text;

	for (const char *const *s = bad; *s; s++) {
		m    = plain();
		m.to = str_of(*s);
		check(!print(c, &m, &text));
		check_fault(c, E_INVALID, "to");
	}
	m         = plain();
	m.subject = S("one\r\nBcc: x@y.example");
	check_ok(c, print(c, &m, &text));
	check(str_find(text, S("\nBcc:"), 0) == SIZE_MAX);
	m.subject   = S("s");
	m.from_name = S("A \"B\"\r\nX: y");
	check_ok(c, print(c, &m, &text));
	check(str_find(text, S("\nX:"), 0) == SIZE_MAX);
	m.lang = S("en\r\nX: y");
	check(!print(c, &m, &text));
}
