#include "services/2-discovery/3-components/why.h"

#include "platform/text/word.h"

/* A sentence of the program with the lines of `with` in its places. */
static str filled(struct ctx *c, str text, str with)
{
	str    arg[FAULT_ARGS] = { 0 }, line;
	size_t n = 0;

	while (n < FAULT_ARGS && str_cut(&with, '\n', &line))
		arg[n++] = line;
	for (size_t i = 0; i < FAULT_ARGS; i++)
		if (!arg[i].p)
			arg[i] = S("");
	return text.n ? word_fill(c, cstr(c->arena, text), arg, FAULT_ARGS) : S("");
}

str why_said(struct ctx *c, const struct notice_why *w)
{
	str out = filled(c, w->why, w->with), place[3];

	if (w->detail.n)
		out = STR_CAT(c->arena, out, S(" "), filled(c, w->detail, w->detail_with));
	if (w->pointer.n)
		out = STR_CAT(c->arena, out, S(" ("), w->pointer, S(")"));
	if (w->line == INT_NONE || w->line < 1)
		return out;
	place[0] = str_fmt(c->arena, "%lld", (long long)w->line);
	place[1] = str_fmt(c->arena, "%lld", (long long)w->column);
	place[2] = out;
	return word_fill(c, N_("Line {1}, column {2}: {3}"), place, 3);
}
