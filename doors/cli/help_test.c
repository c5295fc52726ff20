#include "base/test.h"

#include "doors/cli/cli.h"

/* As the manual page writes it: a hyphen that is one has a backslash. */
static str page_word(struct ctx *c, const char *word)
{
	struct buf b;

	buf_init(&b, c->arena, 256);
	for (; *word; word++) {
		if (*word == '-')
			buf_char(&b, '\\');
		buf_char(&b, *word);
	}
	return buf_str(&b);
}

static void tool_look(struct ctx *c, str page, const struct tool *t, struct buf *missing)
{
	size_t begin = str_find(page, str_fmt(c->arena, "\n.BI \"%s\" ", t->name), 0), end;
	str    part;

	if (begin == SIZE_MAX) {
		buf_fmt(missing, "%s\n", t->name);
		return;
	}
	end  = str_find(page, S("\n.TP\n.BI \""), begin + 1);
	part = str_slice(page, begin, end == SIZE_MAX ? page.n : end);
	for (const struct tool_flag *f = t->manual->flags; f && f->flag; f++)
		if (f->help && str_find(part, page_word(c, cstr(c->arena, str_fmt(c->arena, "--%s", f->flag))), 0) == SIZE_MAX)
			buf_fmt(missing, "%s --%s\n", t->name, f->flag);
}

TEST(the_manual_page_names_every_tool_and_its_options)
{
	struct front f = cli_services();
	str page = test_file(c, S("dist/psirt.1"));
	struct buf missing;
	int tools = 0;

	buf_init(&missing, c->arena, 1 << 16);
	for (size_t i = 0; i < f.services_n; i++)
		for (const struct tool *t = f.services[i]->tools; t && t->name; t++)
			if (t->manual) {
				tool_look(c, page, t, &missing);
				tools++;
			}
	check_str(buf_str(&missing), S(""));
	check(tools >= 19);
}
