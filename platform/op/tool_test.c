#include "platform/op/tool.h"

#include "base/test.h"

static char   gone[64];
static size_t gone_n;
static bool   broken;

static bool take(str piece)
{
	if (broken)
		return false;
	memcpy(gone + gone_n, piece.p, piece.n);
	gone_n += piece.n;
	return true;
}

static void begin(struct ctx *c, struct buf *out)
{
	buf_init(out, c->arena, 100);
	gone_n = 0;
	broken = false;
}

TEST(a_piece_stays_in_the_answer_where_there_is_no_sink)
{
	struct buf out;

	begin(c, &out);
	buf_add(&out, S("one "));
	check(tool_say(&out, S("two")));
	check_str(buf_str(&out), S("one two"));
}

TEST(a_piece_goes_out_after_what_was_said_before_and_nothing_is_kept)
{
	struct buf out;

	begin(c, &out);
	tool_sink(take);
	buf_add(&out, S("one "));
	check(tool_say(&out, S("two ")));
	check(tool_say(&out, S("")));
	check(tool_say(&out, S("three")));
	check_str(((str){ gone, gone_n }), S("one two three"));
	check_int(out.n, 0);
	broken = true;
	check(!tool_say(&out, S("four")));
	tool_sink(NULL);
}
