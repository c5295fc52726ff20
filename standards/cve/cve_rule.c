/* The rules of CVE Numbering Authorities that a record can be judged by (data/rules.txt). */
#include "standards/cve/cve_look.h"

#include "standards/finding/embed.h"

EMBED(cve_rules_text, "standards/cve/data/rules.txt");

str cve_rules_edition(void)
{
	str rest = EMBEDDED_STR(cve_rules_text), line, word, newest = STR_NONE;

	while (str_cut(&rest, '\n', &line))
		if (str_cut(&line, '\t', &word) && str_eq(word, S("edition")))
			(void)str_cut(&line, '\t', &newest);
	return newest;
}

/* "MUST" or "SHOULD" of a clause that the newest edition still has; none otherwise. */
static str strength(str clause)
{
	str rest = EMBEDDED_STR(cve_rules_text), line, word, first, last;

	while (str_cut(&rest, '\n', &line))
		if (str_cut(&line, '\t', &word) && str_eq(word, clause))
			return str_cut(&line, '\t', &first) && str_cut(&line, '\t', &last) && str_eq(last, S("-")) ? line : STR_NONE;
	return STR_NONE;
}

void look_rule(struct look *l, const char *clause, const char *text, str below)
{
	str how = strength(str_of(clause));
	enum finding_class class = str_eq(how, S("MUST")) ? FINDING_WARNING : FINDING_INFO;

	if (how.p)
		look_find(l, cstr(l->c->arena, STR_CAT(l->c->arena, S("cna."), str_of(clause))), class, text,
		          STR_NONE, STR_NONE, below);
}

static bool is_word(str s, const char *word)
{
	return str_eq(s, str_of(word));
}

static bool may_be_affected(const struct json *product)
{
	str status = json_get_str(product, S("defaultStatus"));

	if (!is_word(status, "unaffected"))
		return true;
	for (JSON_ITEMS(x, json_get(product, S("versions")))) {
		if (!is_word(json_get_str(x, S("status")), "unaffected"))
			return true;
		for (JSON_ITEMS(k, json_get(x, S("changes"))))
			if (!is_word(json_get_str(k, S("status")), "unaffected"))
				return true;
	}
	return false;
}

/* More than one word. */
static bool prose(const struct json *list)
{
	for (JSON_ITEMS(x, list))
		if (str_find(str_trim(json_get_str(x, S("value"))), S(" "), 0) != SIZE_MAX)
			return true;
	return false;
}

/* meets CNA-4.1.0 5.1.4 */
static void affected_rule(struct look *l)
{
	const struct json *list = json_get(l->v->cna, S("affected"));

	for (JSON_ITEMS(x, list))
		if (may_be_affected(x))
			return;
	look_rule(l, "5.1.4", N_("No version of any product is affected or unknown."), S("/affected"));
}

/* meets CNA-4.1.0 5.1.7 */
static void type_rule(struct look *l)
{
	const struct json *list = json_get(l->v->cna, S("problemTypes"));

	for (JSON_ITEMS(x, list))
		for (JSON_ITEMS(d, json_get(x, S("descriptions"))))
			if (json_get(d, S("cweId")))
				return;
	if (json_count(list) == 0)
		look_rule(l, "5.1.7", N_("The type of the vulnerability is missing; best a CWE."), S(""));
	else
		LOOK(l, "cna.5.1.7", FINDING_INFO, N_("The type of the vulnerability is not given as a CWE."), STR_NONE, STR_NONE,
		     "/problemTypes");
}

/* meets CNA-4.1.0 5.3.1 */
static void reference_rule(struct look *l)
{
	for (JSON_ITEMS(x, json_get(l->v->cna, S("references")))) {
		str url = json_get_str(x, S("url"));

		if (str_starts(url, S("https://")) || str_starts(url, S("http://")) || str_starts(url, S("ftp://")))
			return;
	}
	look_rule(l, "5.3.1", N_("No reference is a public web address."), S("/references"));
}

void look_rules(struct look *l)
{
	if (str_starts(l->v->id, S("CVE-1900-")))
		look_rule(l, "5.4", N_("Numbers of the year 1900 are for tests only."), S(""));
	if (l->v->rejected) {
		if (!prose(json_get(l->v->cna, S("rejectedReasons"))))
			look_rule(l, "4.5.3.7", N_("The reason of the rejection is not explained in prose."), S("/rejectedReasons"));
		return;
	}
	affected_rule(l);
	type_rule(l);
	reference_rule(l);
	if (!prose(json_get(l->v->cna, S("descriptions"))))
		look_rule(l, "5.1.9", N_("The description is not prose."), S("/descriptions"));
}
