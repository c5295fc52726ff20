#include "base/test.h"
#include "doors/cli/table.h"

static str print(struct ctx *c, str json)
{
	struct buf *b = NEW(c->arena, struct buf);

	buf_init(b, c->arena, 1 << 16);
	check_ok(c, table_print(c, b, json));
	return buf_str(b);
}

TEST(columns_without_anything_are_left_out_and_instants_are_told_to_the_minute)
{
	check_str(print(c, S("{\"rows\":[{\"id\":\"a\",\"none\":null,\"at\":\"2026-10-09T07:33:49.798788Z\",\"on\":true},"
	                     "{\"id\":\"脆弱\",\"none\":\"\",\"at\":null,\"on\":false}]}")),
	          S("\nrows\nid    at                 on\na     2026-10-09 07:33Z  yes\n脆弱                     no\n"));
}

TEST(one_row_is_told_as_names_and_values)
{
	check_str(print(c, S("{\"id\":\"a\",\"opened_at\":\"2026-10-09T07:33:00Z\",\"x\":null}")),
	          S("id         a\nopened_at  2026-10-09 07:33Z\n"));
}

TEST(a_terminal_is_not_led_astray)
{
	check_str(print(c, S("{\"t\":\"a\\u001b[31mb\\nc\"}")), S("t  a·[31mb c\n"));
}
