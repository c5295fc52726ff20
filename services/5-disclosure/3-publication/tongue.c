#include "services/5-disclosure/3-publication/tongue.h"
#include "services/5-disclosure/3-publication/publication.h"

#include "record/setting.h"

const struct choice tongue_choices[] = { { "en", N_("English") }, { "ja", N_("Japanese") }, { NULL, NULL } };

bool tongue_usual(struct ctx *c, str *code)
{
	return setting_load(c, "advisory_original", S("en"), code);
}

bool tongue_ahead(struct ctx *c)
{
	return settings_ahead(c);
}

const struct arg original_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ .name = "original", .kind = ARG_CHOICE, .choices = tongue_choices, .must = true, .label = N_("Language of the original") },
	{ 0 },
};

/* meets CSAF-2.0 3.2.1.10; CSAF-2.1 3.2.2.11: which of the documents is deemed the original */
bool run_original(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_get_row e;
	int64_t                n;

	TRY(edition_seen(c, (edition_id){ arg_str(a, "id") }, &e));
	if (!str_eq(e.state, S("draft")))
		return fault(c, E_STATE, NULL, N_("This edition is no draft any more. Send it back before changing it."));
	TRY(sql_advisory_original_set(c, e.advisory, arg_str(a, "original"), c->now, &n));
	if (n == 0)
		return fault(c, E_STATE, NULL, N_("The advisory is out: the language of its original and the addresses of its documents stay."));
	return edition_chosen(c, &e, a, "original", N_("The language of the original is set."), out);
}
