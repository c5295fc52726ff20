#define BASE_OS /* reads the environment for the program's start */
#include "doors/serve/options.h"

#include <stdlib.h>

void options_init(struct ctx *c, struct options *o, int argc, char **argv)
{
	*o = (struct options){ c, argc, argv, NEWS(c->arena, bool, (size_t)argc + 1), NULL };
}

/* Does word i say --name?  *value is what follows "=", or none. */
static bool says(const struct options *o, int i, const char *name, str *value)
{
	str word = str_of(o->argv[i]), want = str_of(name);

	*value = STR_NONE;
	if (o->used[i] || !str_starts(word, S("--")) || !str_starts(str_slice(word, 2, word.n), want))
		return false;
	if (word.n == want.n + 2)
		return true;
	if (word.p[want.n + 2] != '=')
		return false;
	*value = str_slice(word, want.n + 3, word.n);
	return true;
}

str option_str(struct options *o, const char *name, const char *env, str otherwise)
{
	const char *set = env ? getenv(env) : NULL;
	str         value;

	for (int i = 0; i < o->argc; i++) {
		if (!says(o, i, name, &value))
			continue;
		o->used[i] = true;
		if (!str_is_none(value))
			return value;
		if (i + 1 == o->argc) {
			o->bare = name;
			return otherwise;
		}
		o->used[i + 1] = true;
		return str_of(o->argv[i + 1]);
	}
	return set && *set ? str_of(set) : otherwise;
}

bool option_on(struct options *o, const char *name)
{
	str value;

	for (int i = 0; i < o->argc; i++)
		if (says(o, i, name, &value))
			return o->used[i] = true;
	return false;
}

str option_word(struct options *o)
{
	for (int i = 0; i < o->argc; i++)
		if (!o->used[i] && o->argv[i][0] != '-') {
			o->used[i] = true;
			return str_of(o->argv[i]);
		}
	return STR_NONE;
}

bool options_done(struct options *o)
{
	if (o->bare)
		return fault(o->c, E_USAGE, NULL, N_("--{1} needs a value."), str_of(o->bare));
	for (int i = 0; i < o->argc; i++)
		if (!o->used[i])
			return fault(o->c, E_USAGE, NULL, N_("{1} is not understood here."),
			             str_of(o->argv[i]));
	return true;
}
