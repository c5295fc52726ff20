#include "base/test.h"

#include <string.h>

#include "services/5-disclosure/3-publication/author/authoring.h"

struct said { str out, err; int status; };

typedef int tool_fn(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

static struct said run(struct ctx *c, tool_fn *tool, const char *const *words)
{
	char *argv[16];
	int   argc = 0;
	struct buf out, err;
	struct said s;

	for (; words[argc]; argc++)
		argv[argc] = cstr(c->arena, str_of(words[argc]));
	buf_init(&out, c->arena, 1 << 20);
	buf_init(&err, c->arena, 1 << 20);
	s.status = tool(c, argc, argv, &out, &err);
	s.out = buf_str(&out);
	s.err = buf_str(&err);
	return s;
}

#define RUN(tool, ...) run(c, tool, (const char *const[]){ __VA_ARGS__, NULL })

static bool has(str s, const char *word)
{
	return str_find(s, str_of(word), 0) != SIZE_MAX;
}

TEST(csaf_diff_wants_two_documents)
{
	check_int(RUN(csaf_diff_run, "--json").status, 2);
	check_int(RUN(csaf_diff_run, "a.json").status, 2);
	check_int(RUN(csaf_diff_run, "a", "b", "c").status, 2);
	check_int(RUN(csaf_diff_run, "-", "-").status, 2);
	check_int(RUN(csaf_diff_run, "--no", "a", "b").status, 2);
	check_int(RUN(csaf_diff_run, "/nowhere/a", "/nowhere/b").status, 3);
	check(has(RUN(csaf_diff_run, "/nowhere/a", "/nowhere/b").err, "/nowhere/a: "));
}

TEST(csaf_new_says_which_option_is_wrong)
{
	struct said s = RUN(csaf_new_run, "--profile=nothing");

	check_int(s.status, 2);
	check(has(s.err, "--profile: ") && has(s.err, "nothing"));
	check_int(RUN(csaf_new_run, "--lang=en").status, 2);
	check(has(RUN(csaf_new_run, "--lang=en").err, "--profile=csaf") == false);
	check(has(RUN(csaf_new_run, "--lang=en").err, "--profile=vex"));
	check(has(RUN(csaf_new_run, "--profile=vex", "--csaf-version=3").err, "--csaf-version: "));
	check(has(RUN(csaf_new_run, "--profile=withdrawn", "--initial=2999-01-01T00:00:00Z").err, "--initial: "));
	check(has(RUN(csaf_new_run, "--profile=withdrawn", "--csaf-version=2.0").err, "--profile: "));
	check_int(RUN(csaf_new_run, "--profile").status, 2);
	check_int(RUN(csaf_new_run, "--profile=vex", "stray").status, 2);
	check_int(RUN(csaf_new_run, "--profile=vex", "--profiles=x").status, 2);
}

TEST(csaf_new_prints_the_document_and_tells_what_is_to_be_filled_in)
{
	struct said s = RUN(csaf_new_run, "--profile", "withdrawn", "--initial", "2026-01-01T00:00:00Z");

	check_int(s.status, 0);
	check(has(s.out, "\"csaf_withdrawn\"") && has(s.out, "\"2.1\"") && has(s.out, "2026-01-01T00:00:00Z"));
	check(has(s.err, "/document/notes/0/text\n"));
}

TEST(csaf_render_wants_one_document)
{
	check_int(RUN(csaf_render_run, "--html").status, 2);
	check_int(RUN(csaf_render_run, "--lang=xx", "a").status, 2);
	check_int(RUN(csaf_render_run, "--width=0", "a").status, 2);
	check_int(RUN(csaf_render_run, "--pdf", "a").status, 2);
	check_int(RUN(csaf_render_run, "a", "b").status, 2);
	check_int(RUN(csaf_render_run, "/nowhere/a").status, 3);
}
