#include "record/facts.h"

#include "platform/text/word.h"

static const struct { const char *name, *line; } facts[] = {
#define FACT(name, line) { name, line },
#include "record/facts.def"
#undef FACT
};

static const char *line_of(str name)
{
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		if (str_eq(name, str_of(facts[i].name)))
			return facts[i].line;
	return NULL;
}

bool fact_known(str name)
{
	return line_of(name) != NULL;
}

str fact_word(struct ctx *c, str name)
{
	const char *line = line_of(name);

	return line ? word_tr(c->lang, line) : name;
}
