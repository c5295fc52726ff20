#include "base/buf.h"
#include "base/list.h"
#include "base/test.h"

TEST(cutting_a_text_gives_empty_parts_too)
{
	str rest = S("a,,b"), part;

	check(str_cut(&rest, ',', &part));
	check_str(part, S("a"));
	check(str_cut(&rest, ',', &part));
	check_str(part, S(""));
	check(str_cut(&rest, ',', &part));
	check_str(part, S("b"));
	check(!str_cut(&rest, ',', &part));
}

TEST(integers_that_do_not_fit_are_refused)
{
	int64_t v = 7;

	check(str_to_int(S("-9223372036854775808"), &v));
	check_int(v, INT64_MIN);
	check(!str_to_int(S("9223372036854775808"), &v));
	check(!str_to_int(S("12a"), &v));
	check(!str_to_int(S("-"), &v));
	check(!str_to_int(S(""), &v));
}

TEST(wrong_utf8_is_found_with_its_place)
{
	size_t bad = 0;

	check(utf8_check(S("脆弱性 and 𠮷野家"), NULL));
	check(!utf8_check(S("abc\xC0\xAF"), &bad));
	check_int(bad, 3);
	check(!utf8_check(S("\xED\xA0\x80"), &bad));       /* surrogate */
	check(!utf8_check(S("12345678\xF4\x90\x80\x80"), &bad));
	check_int(bad, 8);
	check(!utf8_check(S("\xE8\x84"), &bad));            /* cut short */
}

TEST(a_cut_text_ends_at_a_character)
{
	check_str(utf8_cut(S("脆弱性"), 4), S("脆"));
	check_str(utf8_cut(S("abc"), 9), S("abc"));
	check_str(utf8_plain(c->arena, S("a\r\n\tb\x01\x7f鍵"), 99), S("a\n\tb\xEF\xBF\xBD\xEF\xBF\xBD鍵"));
}

TEST(a_buffer_beyond_its_maximum_says_so)
{
	struct buf b;

	buf_init(&b, c->arena, 4);
	buf_add(&b, S("abcd"));
	check(!b.full);
	buf_char(&b, 'e');
	check(b.full);
	check_str(buf_str(&b), S("abcd"));
}

TEST(a_list_stops_at_its_maximum)
{
	LIST(int) l = { .max = 9 };

	for (int i = 0; i < 9; i++)
		check(list_push(c->arena, &l, i));
	check(!list_push(c->arena, &l, 9));
	check_int(l.v[8], 8);
}

TEST(nothing_is_found_in_none)
{
	check(str_find(STR_NONE, S("a"), 0) == SIZE_MAX);
	check_int(str_find(STR_NONE, S(""), 0), 0);
}

TEST(a_formatted_text_is_a_c_string_in_used_memory_too)
{
	struct arena a;

	for (int i = 0; i < 3; i++) {
		arena_init(&a, 1 << 20);
		memset(arena_must(&a, 1, 8 << 10), 'x', 8 << 10);
		check_int(strlen(str_fmt(&a, "%s_%x", "session_get", 0).p), 13);
		arena_done(&a);
	}
}

/* Every first and second byte, with a third that fits: against the table of the standard (Unicode 3.9, table 3-7). */
TEST(characters_of_three_bytes_are_those_of_the_standard)
{
	for (int a = 0xE0; a <= 0xEF; a++)
		for (int b = 0; b < 256; b++)
			for (int d = 0x7F; d <= 0xC0; d++) {
				char p[12] = { (char)a, (char)b, (char)d, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i' };
				bool ok    = d >= 0x80 && d <= 0xBF && b >= (a == 0xE0 ? 0xA0 : 0x80) && b <= (a == 0xED ? 0x9F : 0xBF);
				check(utf8_check((str){ p, sizeof(p) }, NULL) == ok);
				check(utf8_check((str){ p, 3 }, NULL) == ok);
				check(!utf8_check((str){ p, 2 }, NULL));
			}
}
