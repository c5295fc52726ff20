#include "standards/csaf/csaf_stub.h"

/* Stand-ins for the network and the dictionary, for the official files. */
static int stub_status(UNUSED void *with, str url)
{
	if (str_find(url, S(".invalid"), 0) != SIZE_MAX)
		return 0;
	return str_ends(url, S("/not-available")) ? 404 : 200;
}

static enum csaf_spelling small_dictionary(UNUSED void *with, str language, str text, str *word)
{
	static const char *const wrong[] = {
		"Secruity", "Pruduct", "vulnerapility", "undisclused", "addacker", "x-cute", "rood",
		"priviledges", "Vu1nerability", "sommary",
	};

	if (!str_starts(language, S("en")))
		return SPELL_UNSUPPORTED;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (str_find(text, str_of(wrong[i]), 0) != SIZE_MAX) {
			*word = str_of(wrong[i]);
			return SPELL_BAD;
		}
	return SPELL_GOOD;
}

/* Only what the official failing texts get wrong. */
static enum csaf_spelling small_grammar(UNUSED void *with, str language, str text, str *place)
{
	static const char *const wrong[] = { "must followed", "for ensure", "a products" };

	if (!str_starts(language, S("en")))
		return SPELL_UNSUPPORTED;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (str_find(text, str_of(wrong[i]), 0) != SIZE_MAX) {
			*place = str_of(wrong[i]);
			return SPELL_BAD;
		}
	return SPELL_GOOD;
}

/* 2026-11-24 */
enum { STUB_DAYS = 20781 };
#define STUB_NOW (STUB_DAYS * DAY)

const struct csaf_options stub_options = {
	.url_status = stub_status, .spell = small_dictionary, .grammar = small_grammar,
	.now = STUB_NOW,
};

bool stub_not_run(const struct csaf_findings *f, str test)
{
	for (size_t i = 0; i < f->not_runs; i++)
		if (str_eq(str_of(f->not_run[i]), test))
			return true;
	return false;
}
