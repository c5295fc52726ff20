#include "base/test.h"

#include "doors/cli/cli.h"
#include "doors/cli/tooling.h"

enum { WORDS = 8 };

/* Both words of its name, then the words of a call. */
static const struct tool *named(struct ctx *c, const char *line, int *argc, char **argv)
{
	struct front *f = NEW(c->arena, struct front);
	const struct tool *t;
	str rest = str_of(line), word;
	char *all[WORDS + 1] = { NULL };
	int words = 0, n = 0;

	while (n < WORDS && str_cut(&rest, ' ', &word))
		all[n++] = cstr(c->arena, word);
	*f = cli_services();
	c->front = f;
	t = tooling_find(c, f, n, all, &words);
	*argc = t ? n - words : 0;
	for (int i = 0; i <= *argc; i++)
		argv[i] = t ? all[words + i] : NULL;
	return t;
}

static int status_of(struct ctx *c, const char *line)
{
	char *argv[WORDS + 1];
	int   argc;
	const struct tool *t = named(c, line, &argc, argv);

	return t ? tooling_run(c, t, argc, argv) : -1;
}

TEST(a_tool_is_known_by_one_word_or_two)
{
	char *argv[WORDS + 1];
	int   argc;
	const struct tool *t = named(c, "csaf check x.json", &argc, argv);

	check(t && argc == 1);
	check_str(str_of(t->name), S("csaf check"));
	t = named(c, "cvss x", &argc, argv);
	check(t && argc == 1);
	check_str(str_of(t->name), S("cvss"));
	t = named(c, "ssvc check x", &argc, argv);
	check(t && argc == 1);
	check(!named(c, "csaf", &argc, argv) && !named(c, "csaf chekc", &argc, argv));
}

TEST(a_wrong_option_or_value_ends_before_the_tool_is_asked)
{
	static const char *const wrong[] = {
		"csaf check --presett x.json", "csaf check --json=1 x.json", "csaf render --width=wide x.json", "csaf convert --to=2.2 x.json",
		"csaf convert --to", "csaf fetch --since=2026-13-01 https://a.example", "csaf fetch --max-mb=0 https://a.example",
		"provider check --newest=-1 x", "vex convert --to=spdx x.json", "cve check --jsn x.json", "cvss --all",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (status_of(c, wrong[i]) != 2)
			check_str(S("was taken"), str_of(wrong[i]));
	check_int(status_of(c, "csaf render --width=60 --lang ja /nowhere/x.json"), 3);
	check_int(status_of(c, "csaf check --preset basic /nowhere/x.json"), 3);
	check_int(status_of(c, "vex convert --to csaf /nowhere/x.json"), 3);   /* apart or joined: the tool reads one */
}
