/* Values of the standard in the words of the reader. */
#include "standards/csaf/csaf_render_part.h"

static const struct { const char *value, *word; } words[] = {
	/* product status */
	{ "first_affected", N_("First affected") }, { "known_affected", N_("Affected") }, { "last_affected", N_("Last affected") },
	{ "first_fixed", N_("First fixed") }, { "fixed", N_("Fixed") }, { "known_not_affected", N_("Not affected") },
	{ "recommended", N_("Recommended") }, { "under_investigation", N_("Under investigation") }, { "unknown", N_("Unknown") },
	/* remediation */
	{ "vendor_fix", N_("Fix by the vendor") }, { "mitigation", N_("Mitigation") }, { "workaround", N_("Workaround") },
	{ "none_available", N_("No fix yet") }, { "no_fix_planned", N_("No fix planned") }, { "fix_planned", N_("Fix planned") },
	{ "optional_patch", N_("Optional update") },
	/* threat */
	{ "exploit_status", N_("Exploitation") }, { "impact", N_("Impact (of an attack)") }, { "target_set", N_("Targets") },
	/* flag */
	{ "component_not_present", N_("The component is not there") },
	{ "inline_mitigations_already_exist", N_("Protections within already prevent it") },
	{ "vulnerable_code_cannot_be_controlled_by_adversary", N_("An attacker cannot control the vulnerable code") },
	{ "vulnerable_code_not_in_execute_path", N_("The vulnerable code is not executed") },
	{ "vulnerable_code_not_present", N_("The vulnerable code is not there") },
	/* note */
	{ "description", N_("Description") }, { "details", N_("Details") }, { "faq", N_("Questions and answers") },
	{ "general", N_("General remarks") }, { "legal_disclaimer", N_("Legal disclaimer") }, { "other", N_("Other") },
	{ "summary", N_("Summary") },
	/* tracking and publisher */
	{ "draft", N_("Draft") }, { "interim", N_("Interim") }, { "final", N_("Final") },
	{ "coordinator", N_("Coordinator") }, { "discoverer", N_("Finder") }, { "multiplier", N_("Multiplier") },
	{ "translator", N_("Translator") }, { "user", N_("User of the products") }, { "vendor", N_("Vendor") },
	/* profile */
	{ "csaf_base", N_("Advisory") }, { "csaf_security_advisory", N_("Security advisory") },
	{ "csaf_deprecated_security_advisory", N_("Security advisory") }, { "csaf_vex", N_("VEX statement") },
	{ "csaf_informational_advisory", N_("Informational advisory") },
	{ "csaf_security_incident_response", N_("Response to a security incident") },
	{ "csaf_withdrawn", N_("Withdrawn advisory") }, { "csaf_superseded", N_("Superseded advisory") },
	/* restart */
	{ "none", N_("No restart") }, { "vulnerable_component", N_("Restart of the component") },
	{ "service", N_("Restart of the service") }, { "parent", N_("Restart of the parent process") },
	{ "dependencies", N_("Restart of all that depends on it") }, { "connected", N_("Restart of all that is connected") },
	{ "machine", N_("Restart of the machine") }, { "zone", N_("Restart of the security zone") },
	{ "system", N_("Restart of the whole system") },
};

const char *csaf_word(str value)
{
	for (size_t i = 0; value.n && i < sizeof(words) / sizeof(*words); i++)
		if (str_eq(value, str_of(words[i].value)))
			return words[i].word;
	return NULL;
}

void folio_value(struct folio *w, str value)
{
	const char *word = csaf_word(value);

	if (word)
		folio_word(w, word);
	else
		folio_plain(w, value);
}
