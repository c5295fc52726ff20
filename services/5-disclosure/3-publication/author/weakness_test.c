#include "base/test.h"

#include "platform/op/tool.h"
#include "services/5-disclosure/3-publication/author/inspection.h"

struct said { int status; str out, err; };

static struct said of(struct ctx *c, const char *line, const char *input)
{
	char *argv[8] = { NULL };
	str rest = str_of(line), word;
	struct buf out, err;
	struct said r;
	int argc = 0;

	while (argc < 7 && str_cut(&rest, ' ', &word))
		argv[argc++] = cstr(c->arena, word);
	buf_init(&out, c->arena, 1 << 20);
	buf_init(&err, c->arena, 1 << 16);
	tool_source(str_of(input));
	r.status = cwe_run(c, argc, argv, &out, &err);
	tool_source(STR_NONE);
	r.out = buf_str(&out);
	r.err = buf_str(&err);
	return r;
}

static bool has(str text, const char *part)
{
	return str_find(text, str_of(part), 0) != SIZE_MAX;
}

TEST(a_weakness_is_told_with_what_is_above_it_and_its_views)
{
	struct said r = of(c, "CWE-79", "");

	check_int(r.status, 0);
	check(has(r.out, "Mapping of vulnerabilities: Allowed.") && has(r.out, "More general: CWE-74 ") && has(r.out, "1003 Weaknesses for Simplified"));
	r = of(c, "--json -", "CWE-22\n\n CWE-80 \n");
	check_int(r.status, 0);
	check(has(r.out, "\"parents\":[\"CWE-706\",\"CWE-668\"]") && has(r.out, "{\"cwe\":\"CWE-80\""));
}

TEST(words_find_weaknesses_and_a_view_bounds_them)
{
	struct said r = of(c, "absolute path", "");

	check(r.status == 0 && has(r.out, "CWE-36  Absolute Path Traversal"));
	r = of(c, "--view=1003 path", "");
	check(r.status == 0 && has(r.out, "CWE-22  ") && !has(r.out, "CWE-36  "));
	r = of(c, "--view=1003", "");
	check(r.status == 0 && has(r.out, "CWE-79  ") && !has(r.out, "CWE-80  "));
	check(has(of(c, "--views", "").out, "1003  Weaknesses"));
}

TEST(what_is_not_there_or_not_understood_is_told)
{
	check(of(c, "CWE-99999", "").status == 1 && has(of(c, "CWE-99999", "").err, "CWE-99999"));
	check_int(of(c, "--view=1003 CWE-80", "").status, 1);
	check_int(of(c, "--view=7", "").status, 1);
	check_int(of(c, "zzzz", "").status, 1);
	check_int(of(c, "", "").status, 2);
	check_int(of(c, "--view=x CWE-79", "").status, 2);
	check_int(of(c, "\xff", "").status, 2);
	check_int(of(c, "-", "\xff\n").status, 1);
}
