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

/* Do the letters stand in it, whatever their case? */
static bool says(str text, const char *words)
{
	str w = str_of(words);

	for (size_t i = 0; i + w.n <= text.n; i++)
		if (str_eq_nocase(str_slice(text, i, i + w.n), w))
			return true;
	return false;
}

static bool has_tag(const struct json *list, const char *tag)
{
	for (JSON_ITEMS(x, list))
		if (is_word(json_str(x), tag))
			return true;
	return false;
}

/* Old records said in capitals in the text what is a tag now. */
static void tag_rule(struct look *l, const char *clause, const char *words, const char *tag, const char *text)
{
	if (has_tag(json_get(l->v->cna, S("tags")), tag))
		return;
	for (JSON_ITEMS(x, json_get(l->v->cna, S("descriptions"))))
		if (says(json_get_str(x, S("value")), words)) {
			look_rule(l, clause, text, S("/descriptions"));
			return;
		}
}

/* meets CNA-4.1.0 5.2.4 */
static void thanks_rule(struct look *l)
{
	static const char *const words[] = { "discovered by ", "reported by ", "found by ", "credit to ", "credits to ", "thanks to ", "credited to " };

	for (JSON_ITEMS(x, json_get(l->v->cna, S("descriptions"))))
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
			str value = json_get_str(x, S("value"));

			if (!says(value, words[i]))
				continue;
			look_rule(l, "5.2.4", N_("The description thanks somebody; credits have a place of their own."), S("/descriptions"));
			return;
		}
}

/* meets CNA-4.1.0 4.5.1.6 */
static void delay_rule(struct look *l)
{
	str     published = json_get_str(json_get(l->v->root, S("cveMetadata")), S("datePublished"));
	str     known     = json_get_str(l->v->cna, S("datePublic"));
	time_us then, now;

	if (known.n && published.n && look_date(l, known, &then) && look_date(l, published, &now) && now > then && now - then > 3 * DAY)
		look_rule(l, "4.5.1.6", N_("The record was published more than 72 hours after the vulnerability was public."), S("/datePublic"));
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
	thanks_rule(l);
	delay_rule(l);
	/* meets CNA-4.1.0 4.2.17.1, 4.5.3.10 */
	tag_rule(l, "4.2.17.1", "unsupported when assigned", "unsupported-when-assigned",
	         N_("The text says that the product is not supported any more; the tag unsupported-when-assigned says it."));
	tag_rule(l, "4.5.3.10", "** disputed **", "disputed", N_("The text says that the vulnerability is disputed; the tag disputed says it."));
	if (!prose(json_get(l->v->cna, S("descriptions"))))
		look_rule(l, "5.1.9", N_("The description is not prose."), S("/descriptions"));
}
