#include "record/change.h"

static bool same(str a, str b)
{
	return a.n == b.n && (a.n == 0 || str_eq(a, b));
}

static void begin(struct buf *b, const char *name)
{
	if (buf_str(b).n)
		buf_add(b, S("; "));
	buf_add(b, str_of(name));
}

void change_init(struct ctx *c, struct buf *b)
{
	buf_init(b, c->arena, CHANGE_NOTE);
}

void change_value(struct buf *b, const char *name, str was, str now)
{
	if (same(was, now))
		return;
	begin(b, name);
	buf_add(b, S(": "));
	buf_add(b, was.n ? utf8_cut(was, CHANGE_VALUE) : S("–"));
	buf_add(b, S(" → "));
	buf_add(b, now.n ? utf8_cut(now, CHANGE_VALUE) : S("–"));
}

void change_text(struct buf *b, const char *name, str was, str now)
{
	if (!same(was, now))
		begin(b, name);
}
