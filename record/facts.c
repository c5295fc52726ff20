#include "record/facts.h"

#include "platform/text/word.h"

/* The closed list: name, and one line for the timeline. */
static const struct { const char *name, *line; } facts[] = {
	{ "report.submitted", N_("Report received") },
	{ "report.decided", N_("Report decided") },
	{ "report.linked", N_("Report linked to the case") },
	{ "report.reopened", N_("Report opened again") },
	{ "message.received", N_("The finder wrote") },
	{ "message.sent", N_("Message to the finder") },
	{ "agreement.proposed", N_("Date and acknowledgement proposed to the finder") },
	{ "agreement.reached", N_("Date and acknowledgement agreed with the finder") },
	{ "agreement.countered", N_("The finder wishes another date or acknowledgement") },
	{ "case.opened", N_("Case opened") },
	{ "case.qualified", N_("Qualified as a vulnerability") },
	{ "case.remedying", N_("Remediation began") },
	{ "case.disclosing", N_("Disclosure began") },
	{ "case.published", N_("Published") },
	{ "case.closed", N_("Case closed") },
	{ "case.reopened", N_("Case opened again") },
	{ "case.edited", N_("Case edited") },
	{ "case.admitted", N_("Person let into the case") },
	{ "person.forgotten", N_("A former colleague's name was erased") },
	{ "case.dismissed", N_("Person taken off the case") },
	{ "case.embargoed", N_("Embargo set to the day agreed with the finder") },
	{ "vuln.added", N_("Vulnerability recorded") },
	{ "vuln.assessed", N_("Severity assessed") },
	{ "vuln.edited", N_("Vulnerability edited") },
	{ "impact.asked", N_("Owner asked whether affected") },
	{ "impact.decided", N_("Affected versions decided") },
	{ "remedy.recorded", N_("Remedy recorded") },
	{ "remedy.edited", N_("Remedy edited") },
	{ "remedy.released", N_("Remedy released") },
	{ "advisory.drafted", N_("Advisory drafted") },
	{ "advisory.submitted", N_("Advisory sent for approval") },
	{ "advisory.approved", N_("Advisory approved") },
	{ "advisory.returned", N_("Advisory sent back") },
	{ "advisory.scheduled", N_("Publication scheduled") },
	{ "advisory.published", N_("Advisory published") },
	{ "advisory.revised", N_("Advisory revised") },
	{ "advisory.withdrawn", N_("Advisory withdrawn") },
	{ "advisory.dropped", N_("Draft of an advisory deleted") },
	{ "cve.assigned", N_("CVE ID assigned") },
	{ "cve.released", N_("CVE ID taken away") },
	{ "cve.published", N_("CVE record published") },
	{ "cve.updated", N_("CVE record updated") },
	{ "cve.rejected", N_("CVE ID rejected") },
	{ "cve.transferred", N_("CVE ID transferred to another organisation") },
	{ "notice.received", N_("Supplier's advisory received") },
	{ "notice.updated", N_("The supplier changed its advisory") },
	{ "notice.matched", N_("A supplier's advisory names our components") },
	{ "notice.linked", N_("Supplier's advisory linked to the case") },
	{ "clock.ticked", N_("The clock of a running node") },
};

static const char *line_of(str name)
{
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		if (str_eq(name, str_of(facts[i].name)))
			return facts[i].line;
	return NULL;
}

str fact_word(struct ctx *c, str name)
{
	const char *line = line_of(name);

	return line ? word_tr(c->lang, line) : name;
}

bool fact_nth(size_t n, const char **name, const char **line)
{
	if (n >= sizeof(facts) / sizeof(facts[0]))
		return false;
	*name = facts[n].name;
	*line = facts[n].line;
	return true;
}
