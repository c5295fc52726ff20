#include "services/5-disclosure/3-publication/author/manual.h"

static const char json_line[] = N_("One JSON object a line, for programs.");
static const char json_all[]  = N_("Everything as one JSON object, for programs.");
static const char trust[]     = N_("Certificates to trust, instead of those of this machine.");
static const char plain[]     = N_("Also asks hosts without TLS.");

static const struct tool_exit verdicts[] = {
	{ 0, N_("All are valid.") }, { 1, N_("One is not valid.") }, { 2, N_("The command was not understood.") },
	{ 3, N_("A file cannot be read.") }, { 0, NULL },
};

static const struct tool_flag json_flag[] = { { "json", NULL, json_line }, { NULL, NULL, NULL } };

/* A check of files that takes nothing but --json. */
#define CHECK(name) const struct tool_manual name = { "[--json] FILE…|FOLDER…|-", json_flag, verdicts }

CHECK(cve_check_manual);
CHECK(osv_check_manual);
CHECK(vex_check_manual);
CHECK(kev_check_manual);
const struct tool_manual epss_check_manual = { "[--json] FILE…|-", json_flag, verdicts };
CHECK(ssvc_check_manual);

static const struct tool_flag csaf_check_flags[] = {
	{ "preset", "NAME", N_("Which tests: schema; basic: and the mandatory ones (6.1); extended: and the recommended ones (6.2); full: and\n"
	  "the informative ones (6.3), which is what is done without it; mandatory, recommended, informative: those alone;\n"
	  "external-request-free, consistent-revision-history, consistent-date-times, ssvc, extensions, extensions-exist.") },
	{ "json", NULL, json_line },
	{ "network", NULL, N_("Asks whether the addresses in the document answer (6.3.6, 6.3.7).") },
	{ "near", "PORT", NULL },
	{ "spell", NULL, N_("Looks the words up in the dictionary of the document's language (6.3.8).") },
	{ "words", "FILE", N_("Words that are right besides, one a line; with them --spell is not needed.") },
	{ "grammar", NULL, N_("Judges English sentences (6.3.16).") },
	{ NULL, NULL, NULL },
};
static const struct tool_exit csaf_check_exits[] = {
	{ 0, N_("All are valid.") }, { 1, N_("One is not valid.") }, { 2, N_("The command was not understood.") },
	{ 3, N_("A file cannot be read.") }, { 4, N_("All are valid, some with warnings.") }, { 0, NULL },
};
const struct tool_manual csaf_check_manual = {
	"[--json] [--preset=NAME] [--network] [--spell] [--words=FILE] [--grammar] FILE…|FOLDER…|-", csaf_check_flags, csaf_check_exits,
};

static const struct tool_flag csaf_convert_flags[] = {
	{ "to", "2.0|2.1|osv|cve", N_("What it shall become. Without it CSAF 2.0 becomes 2.1, and CVRF 1.2 and CVE records become CSAF 2.0.") },
	{ "json", NULL, N_("Result, notes and findings as one JSON object.") },
	{ "invalid", NULL, N_("Prints the result also when it is not valid.") },
	{ "latest-cwe", NULL, N_("To 2.1: names of weaknesses by the newest CWE release, not by that of the document's day.") },
	{ "tlp-from-text", NULL, N_("To 2.1: the label that the distribution text gives (“TLP v2.0: TLP:…”).") },
	{ "whole-numbers", NULL, N_("To 2.1: adds no star to model and serial numbers.") },
	{ "publisher", "multiplier|other", N_("To 2.1: what a publisher of the category other is.") },
	{ "author", "NAME", N_("Of CVRF and CVE: the publisher's name, which is not in them.") },
	{ "site", "URL", N_("Of CVRF and CVE: the publisher's namespace.") },
	{ "cvss", "3.0|3.1", N_("Of CVRF: the version of CVSS where nothing tells it.") },
	{ "cve", "CVE-…", N_("To osv and cve: this vulnerability alone.") },
	{ "org", "UUID", N_("To cve: the organisation; with it the whole record is made, not its container alone.") },
	{ "org-name", "NAME", N_("To cve: the short name of the organisation.") },
	{ NULL, NULL, NULL },
};
static const struct tool_exit csaf_convert_exits[] = {
	{ 0, N_("Done; what was changed, guessed or lost is told on standard error.") },
	{ 1, N_("It cannot be converted, or the result is not valid.") }, { 2, N_("The command was not understood.") },
	{ 3, N_("A file cannot be read.") }, { 0, NULL },
};
const struct tool_manual csaf_convert_manual = {
	"[--to=2.1] [--json] [--invalid] [--latest-cwe] [--tlp-from-text] [--whole-numbers] [--publisher=multiplier|other] CSAF-2.0-FILE|-\n"
	"[--to=2.0|2.1] --author=NAME --site=URL [--cvss=3.0|3.1] [--json] [--invalid] CVRF-FILE|CVE-FILE|-\n"
	"--to=osv [--cve=CVE-…] [--json] [--invalid] CSAF-FILE|-\n"
	"--to=cve [--cve=CVE-…] [--org=UUID [--org-name=NAME]] [--json] [--invalid] CSAF-FILE|-",
	csaf_convert_flags, csaf_convert_exits,
};

static const struct tool_flag csaf_reprint_flags[] = {
	{ "json", NULL, json_line }, { "document", NULL, N_("Prints the document itself, not what it loses.") }, { NULL, NULL, NULL },
};
static const struct tool_exit csaf_reprint_exits[] = {
	{ 0, N_("Nothing would be lost.") }, { 1, N_("Something would be lost.") }, { 2, N_("The command was not understood.") },
	{ 3, N_("A file cannot be read.") }, { 0, NULL },
};
const struct tool_manual csaf_reprint_manual = {
	"[--json] FILE…|FOLDER…|-\n--document FILE|-", csaf_reprint_flags, csaf_reprint_exits,
};

static const struct tool_flag diff_flags[] = { { "json", NULL, json_all }, { NULL, NULL, NULL } };
static const struct tool_exit csaf_diff_exits[] = {
	{ 0, N_("Both say the same.") }, { 1, N_("They differ.") }, { 2, N_("The command was not understood.") },
	{ 3, N_("A file cannot be read.") }, { 4, N_("They differ, and the version does not fit the change.") }, { 0, NULL },
};
const struct tool_manual csaf_diff_manual = { "[--json] OLD NEW", diff_flags, csaf_diff_exits };
static const struct tool_exit cve_diff_exits[] = {
	{ 0, N_("Both say the same.") }, { 1, N_("They differ.") }, { 2, N_("The command was not understood.") },
	{ 3, N_("A file cannot be read.") }, { 0, NULL },
};
const struct tool_manual cve_diff_manual = { "[--json] OLD NEW", diff_flags, cve_diff_exits };

static const struct tool_flag csaf_new_flags[] = {
	{ "profile", "NAME", N_("base, security_incident_response, informational_advisory, security_advisory, vex; of 2.1 alone\n"
	  "deprecated_security_advisory, withdrawn, superseded.") },
	{ "csaf-version", "2.0|2.1", N_("2.0 without it.") },
	{ "lang", "TAG", N_("The document's language; in Japanese (ja) the texts to fill in are Japanese.") },
	{ "publisher", "NAME", N_("Who publishes it.") },
	{ "namespace", "URL", N_("The publisher's address, under which its numbers are unique.") },
	{ "category", "WORD", N_("What the publisher is: vendor (without it), coordinator, discoverer, user, other; of 2.1 also multiplier.") },
	{ "id", "ID", N_("The document's number; without it one is suggested.") },
	{ "title", "TEXT", N_("Its title.") },
	{ "tlp", "LABEL", N_("With whom it may be shared: CLEAR (without it), GREEN, AMBER, AMBER+STRICT, RED.") },
	{ "cve", "CVE-…", N_("The vulnerability.") },
	{ "product", "NAME", N_("The product.") },
	{ "affected", "VERSION", N_("Its version that is affected.") },
	{ "fixed", "VERSION", N_("Its version that is not any more.") },
	{ "status", "STATUS", N_("Of a VEX: the status of the affected version; known_affected without it.") },
	{ "initial", "INSTANT", N_("When it was first released; without it now.") },
	{ NULL, NULL, NULL },
};
static const struct tool_exit csaf_new_exits[] = {
	{ 0, N_("Done; where something is to be filled in is told on standard error.") }, { 2, N_("The command was not understood.") },
	{ 0, NULL },
};
const struct tool_manual csaf_new_manual = {
	"--profile=NAME [--csaf-version=2.0|2.1] [--publisher=NAME] [--namespace=URL] [--product=NAME] [--affected=VERSION] [--fixed=VERSION] …",
	csaf_new_flags, csaf_new_exits,
};

static const struct tool_flag csaf_render_flags[] = {
	{ "text", NULL, N_("Text for the terminal; so it is without it.") }, { "html", NULL, N_("One page that needs nothing else.") },
	{ "lang", "en|ja", N_("The language of the words around the document; without it that of the terminal.") },
	{ "width", "N", N_("Columns of the text, 40 to 400; 80 without it.") }, { NULL, NULL, NULL },
};
static const struct tool_exit render_exits[] = {
	{ 0, N_("Done.") }, { 1, N_("It is no document of this kind.") }, { 2, N_("The command was not understood.") },
	{ 3, N_("A file cannot be read.") }, { 0, NULL },
};
const struct tool_manual csaf_render_manual = {
	"[--html|--text] [--lang=en|ja] [--width=N] FILE|-", csaf_render_flags, render_exits,
};

static const struct tool_flag csaf_fetch_flags[] = {
	{ "into", "FOLDER", N_("Where the documents go; without it a folder with the name of the host. It remembers what was taken: the\n"
	  "next run takes only what has changed, and one that was ended goes on.") },
	{ "since", "YYYY-MM-DD", N_("Leaves documents that were last changed before.") },
	{ "max-mb", "N", N_("The largest document, in MB; 64 without it.") },
	{ "any-host", NULL, N_("Documents may lie on other hosts than the provider's.") },
	{ "unsigned", NULL, N_("Takes documents without digest or signature from a trusted provider, too.") },
	{ "ca-file", "FILE", trust },
	{ "insecure-http", NULL, plain },
	{ "json", NULL, json_line },
	{ NULL, NULL, NULL },
};
static const struct tool_exit csaf_fetch_exits[] = {
	{ 0, N_("All that is new was taken.") }, { 1, N_("A document was refused; the next run tries it again.") },
	{ 2, N_("The command was not understood.") }, { 3, N_("There is no provider, or it cannot be reached.") }, { 0, NULL },
};
const struct tool_manual csaf_fetch_manual = {
	"[--into=FOLDER] [--since=YYYY-MM-DD] [--max-mb=N] [--any-host] [--unsigned] [--ca-file=FILE] [--insecure-http] [--json] URL",
	csaf_fetch_flags, csaf_fetch_exits,
};

static const struct tool_flag provider_check_flags[] = {
	{ "newest", "N", N_("Looks into the N newest documents only.") }, { "ca-file", "FILE", trust }, { "insecure-http", NULL, plain },
	{ "json", NULL, json_all }, { NULL, NULL, NULL },
};
static const struct tool_exit provider_check_exits[] = {
	{ 0, N_("The role that the metadata names is filled.") }, { 1, N_("It is not.") }, { 2, N_("The command was not understood.") },
	{ 3, N_("There is nothing to judge.") }, { 4, N_("Nothing speaks against it, but not all could be tested.") }, { 0, NULL },
};
const struct tool_manual provider_check_manual = {
	"[--json] [--newest=N] [--ca-file=FILE] [--insecure-http] URL|DOMAIN|FOLDER", provider_check_flags, provider_check_exits,
};

static const struct tool_flag securitytxt_check_flags[] = {
	{ "url", "URL", N_("Of a file: the address that it is for, which its Canonical lines have to name.") }, { "ca-file", "FILE", trust },
	{ "insecure-http", NULL, plain }, { "json", NULL, json_all }, { NULL, NULL, NULL },
};
static const struct tool_exit securitytxt_check_exits[] = {
	{ 0, N_("Nothing speaks against it.") }, { 1, N_("It breaks RFC 9116, or has expired.") }, { 2, N_("The command was not understood.") },
	{ 3, N_("It cannot be read, or is not there.") }, { 4, N_("It is valid, with recommendations.") }, { 0, NULL },
};
const struct tool_manual securitytxt_check_manual = {
	"[--json] [--url=URL] [--ca-file=FILE] [--insecure-http] FILE|URL|DOMAIN|-", securitytxt_check_flags, securitytxt_check_exits,
};

static const struct tool_exit vector_exits[] = {
	{ 0, N_("All vectors are right.") }, { 1, N_("One is wrong.") }, { 2, N_("The command was not understood.") }, { 0, NULL },
};
const struct tool_manual cvss_manual = { "[--json] VECTOR…|-", json_flag, vector_exits };
const struct tool_manual ssvc_manual = {
	"[--json] supplier|deployer|coordinator-triage|coordinator-publish|cisa|NAMESPACE:KEY [VECTOR…|-]", json_flag, vector_exits,
};

static const struct tool_flag vex_convert_flags[] = {
	{ "to", "openvex|cyclonedx|csaf", N_("What it shall become.") }, { "author", "NAME", N_("Who says so, where the document does not tell.") },
	{ "site", "URL", N_("The publisher's namespace.") }, { NULL, NULL, NULL },
};
static const struct tool_exit loss_exits[] = {
	{ 0, N_("Done; what is lost is told on standard error.") }, { 1, N_("It cannot be converted.") },
	{ 2, N_("The command was not understood.") }, { 3, N_("A file cannot be read.") }, { 0, NULL },
};
const struct tool_manual vex_convert_manual = {
	"--to=openvex|cyclonedx|csaf [--author=NAME] [--site=URL] FILE|-", vex_convert_flags, loss_exits,
};
const struct tool_manual cve_draft_manual = { "CVE-YEAR-NUMBER FILE|-", NULL, loss_exits };

static const struct tool_flag cwe_flags[] = {
	{ "view", "N", N_("Only what this view holds, such as 1003, to which databases of published vulnerabilities map.") },
	{ "views", NULL, N_("Lists the views.") }, { "json", NULL, json_line }, { NULL, NULL, NULL },
};
static const struct tool_exit cwe_exits[] = {
	{ 0, N_("All were found.") }, { 1, N_("There is no such weakness or view.") }, { 2, N_("The command was not understood.") }, { 0, NULL },
};
const struct tool_manual cwe_manual = {
	"[--json] [--view=N] CWE-ID…|WORD…|-\n[--json] --view=N|--views", cwe_flags, cwe_exits,
};
