/* Titles with a meaning in the languages for which the TC has recorded them (data of 2026-08-17). */
#include "standards/csaf/csaf_rule.h"

#include "standards/bcp47/language.h"

static const struct { const char *language; const char *term[TERM_COUNT]; } terms[] = {
	{ "en", { "License", "Product Description", "Reasoning for Supersession", "Reasoning for Withdrawal",
	          "Superseding Document" } },
	{ "de", { "Lizenz", "Produktbeschreibung", "Begründung für die Ersetzung",
	          "Begründung für die Zurückziehung", "Ersetzendes Dokument" } },
};

str csaf_term_name(enum csaf_term term, str language)
{
	for (size_t i = 0; i < sizeof(terms) / sizeof(*terms); i++)
		if (str_eq_nocase(language_primary(language), str_of(terms[i].language)))
			return str_of(terms[i].term[term]);
	return str_of(terms[0].term[term]);
}

str term_in(struct review *r, enum csaf_term term, bool english)
{
	str lang = json_get_str(r->document, S("lang")), primary = lang.n ? language_primary(lang) : S("en");

	if (str_eq_nocase(primary, S("en")) != english)
		return STR_NONE;
	for (size_t i = 0; i < sizeof(terms) / sizeof(*terms); i++)
		if (str_eq_nocase(primary, str_of(terms[i].language)))
			return str_of(terms[i].term[term]);
	review_skip(r, N_("There is no translation for the language {1}."), lang);
	review_tell(r, CSAF_INFO, N_("No translation of “{1}” into the language {2} is recorded; the test was skipped."),
	            str_of(terms[0].term[term]), lang, S("/document/lang"));
	return STR_NONE;
}
