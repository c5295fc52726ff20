#include "doors/cli/tooling.h"

#include "base/instant.h"
#include "doors/cli/say.h"
#include "platform/op/tool.h"

const struct tool *tooling_find(struct ctx *c, const struct front *f, int argc, char **argv, int *words)
{
	str one = str_of(argv[0]);
	str two = STR_CAT(c->arena, one, S(" "), str_of(argc > 1 ? argv[1] : ""));

	for (size_t i = 0; i < f->services_n; i++)
		for (const struct tool *t = f->services[i]->tools; t && t->name; t++) {
			*words = str_find(str_of(t->name), S(" "), 0) == SIZE_MAX ? 1 : 2;
			if (str_eq(*words == 1 ? one : two, str_of(t->name)))
				return t;
		}
	return NULL;
}

/* Of "a|b", "N" and "YYYY-MM-DD" it is known what they may be. */
static bool value_right(struct ctx *c, str kind, str value)
{
	str     rest = kind, one;
	int64_t number;
	time_us day;

	if (str_eq(kind, S("N")))
		return str_to_int(value, &number) && number > 0;
	if (str_eq(kind, S("YYYY-MM-DD")))
		return time_parse(STR_CAT(c->arena, value, S("T00:00:00Z")), &day);
	if (str_find(kind, S("|"), 0) == SIZE_MAX)
		return value.n > 0;
	while (str_cut(&rest, '|', &one))
		if (str_eq(one, value))
			return true;
	return false;
}

/* argv[*i] begins with two hyphens; *i moves over a value that stands apart.  *word: both joined; false: told why not. */
static bool option_take(struct ctx *c, const struct tool *t, int argc, char **argv, int *i, char **out)
{
	const struct tool_flag *f = t->manual->flags;
	str rest = str_of(argv[*i] + 2), name;
	bool joined = str_find(rest, S("="), 0) != SIZE_MAX;

	*out = argv[*i];
	(void)str_cut(&rest, '=', &name);
	while (f && f->flag && !str_eq(name, str_of(f->flag)))
		f++;
	if (!f || !f->flag || (joined && !f->value)) {
		SAY_ERROR(c, N_("{1} is no option of {2}; psirt help {2} tells them."), str_of(argv[*i]), str_of(t->name));
		return false;
	}
	if (!f->value)
		return true;
	if (!joined) {
		rest = *i + 1 < argc ? str_of(argv[++*i]) : STR_NONE;
		*out = cstr(c->arena, str_fmt(c->arena, "--%s=%.*s", f->flag, STR_ARG(rest)));
	}
	if (value_right(c, str_of(f->value), rest))
		return true;
	SAY_ERROR(c, N_("--{1} takes {2}, not “{3}”."), name, str_of(f->value), rest);
	return false;
}

int tooling_run(struct ctx *c, const struct tool *t, int argc, char **argv)
{
	char     **words = arena_alloc(c->arena, ((size_t)argc + 1) * sizeof(*words));
	struct buf out, err;
	int        status, n = 0;

	if (!words)
		return fault_exit(E_LIMIT);
	for (int i = 0; i < argc; i++, n++) {
		words[n] = argv[i];
		if (t->manual && argv[i][0] == '-' && argv[i][1] == '-' && argv[i][2] && !option_take(c, t, argc, argv, &i, &words[n]))
			return fault_exit(E_USAGE);
	}
	words[n] = NULL;
	buf_init(&out, c->arena, 512 << 20);
	buf_init(&err, c->arena, 1 << 20);
	tool_sink(say_bytes);
	status = t->run(c, n, words, &out, &err);
	say_bytes(buf_str(&out));
	say_error("%.*s", STR_ARG(buf_str(&err)));
	if (t->manual && status == fault_exit(E_USAGE))
		SAY_ERROR(c, N_("psirt help {1} tells what it takes."), str_of(t->name));
	return status;
}
