/* What is well formed, and wrong or of no use to a reader. */
#include "standards/cve/cve_look.h"

#include "standards/cvss/cvss.h"
#include "standards/cwe/cwe.h"
#include "standards/purl/purl.h"
#include "standards/vers/vers.h"

static void references_look(struct look *l)
{
	const struct json *list = json_get(l->v->cna, S("references"));

	for (size_t i = 0; i < json_count(list); i++) {
		str url = json_get_str(json_at(list, i), S("url"));

		if (l->v->id.p && str_ends(url, l->v->id) &&
		    (str_find(url, S("//cve.mitre.org/"), 0) != SIZE_MAX || str_find(url, S("cve.org/"), 0) != SIZE_MAX ||
		     str_find(url, S("//nvd.nist.gov/"), 0) != SIZE_MAX))
			LOOK(l, "cve.reference", FINDING_WARNING, N_("The record refers to itself."), STR_NONE, STR_NONE,
			     "/references/%zu/url", i);
		for (size_t k = 0; k < i; k++)
			if (str_eq(url, json_get_str(json_at(list, k), S("url")))) {
				LOOK(l, "cve.reference", FINDING_WARNING, N_("{1} stands twice."), url, STR_NONE, "/references/%zu/url", i);
				break;
			}
	}
}

static void score_look(struct look *l, const struct json *score, const char *key, size_t i)
{
	str vector = json_get_str(score, S("vectorString")), right;
	const struct json *base = json_get(score, S("baseScore"));
	struct ctx quiet = *l->c;
	struct cvss v;

	if (!vector.p)
		return;
	if (!cvss_parse(&quiet, vector, &v)) {
		LOOK(l, "cve.cvss", FINDING_WARNING, N_("The vector {1} is not valid."), vector, STR_NONE,
		     "/metrics/%zu/%s/vectorString", i, key);
		return;
	}
	right = cvss_score_print(l->c->arena, cvss_scores(&v).base);
	if (v.version == CVSS_40)
		right = cvss_score_print(l->c->arena, cvss_scores(&v).overall);
	if (json_is(base, JSON_NUMBER) && json_number_cmp(json_number(base), right) != 0)
		LOOK(l, "cve.cvss", FINDING_WARNING, N_("The vector gives {2}, not {1}."), json_number(base), right,
		     "/metrics/%zu/%s/baseScore", i, key);
}

static void scores_look(struct look *l)
{
	static const char *const keys[] = { "cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0" };
	const struct json *list = json_get(l->v->cna, S("metrics"));

	for (size_t i = 0; i < json_count(list); i++)
		for (size_t k = 0; k < 4; k++)
			score_look(l, json_get(json_at(list, i), str_of(keys[k])), keys[k], i);
}

static void weakness_look(struct look *l, str text, size_t i, size_t k)
{
	struct cwe w;
	int id;

	if (!cwe_id_parse(text, &id) || !cwe_find(STR_NONE, id, &w))
		LOOK(l, "cve.cwe", FINDING_WARNING, N_("{1} is no weakness of CWE {2}."), text, cwe_latest(),
		     "/problemTypes/%zu/descriptions/%zu/cweId", i, k);
	else if (w.status == CWE_DEPRECATED || w.mapping == CWE_PROHIBITED)
		LOOK(l, "cve.cwe", FINDING_INFO, N_("{1} ({2}) is not meant for mapping vulnerabilities."), text, w.name,
		     "/problemTypes/%zu/descriptions/%zu/cweId", i, k);
}

static void weaknesses_look(struct look *l)
{
	const struct json *list = json_get(l->v->cna, S("problemTypes"));

	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *texts = json_get(json_at(list, i), S("descriptions"));

		for (size_t k = 0; k < json_count(texts); k++) {
			str id = json_get_str(json_at(texts, k), S("cweId"));

			if (id.p)
				weakness_look(l, id, i, k);
		}
	}
}

static bool word_only(str version)
{
	static const char *const words[] = { "unspecified", "n/a", "na", "unknown", "all", "any", "various", "none", "-", "tbd" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_eq_nocase(version, str_of(words[i])))
			return true;
	return false;
}

/* "<= 1.2", "before 3", "1.0 - 2.0": a range in a field for one version. */
static bool range_text(str version)
{
	return str_find(version, S("<"), 0) != SIZE_MAX || str_find(version, S(">"), 0) != SIZE_MAX ||
	       str_starts(version, S("before ")) || str_starts(version, S("prior to ")) ||
	       str_find(version, S(" - "), 0) != SIZE_MAX || str_find(version, S(" through "), 0) != SIZE_MAX;
}

static void version_look(struct look *l, const struct json *entry, size_t i, size_t k)
{
	str version = json_get_str(entry, S("version")), upper = json_get_str(entry, S("lessThan"));
	const struct order *o = vers_type_order(json_get_str(entry, S("versionType")));

	if (word_only(version))
		LOOK(l, "cve.version", FINDING_WARNING, N_("“{1}” is no version; defaultStatus says it better."), version, STR_NONE,
		     "/affected/%zu/versions/%zu/version", i, k);
	else if (range_text(version))
		LOOK(l, "cve.version", FINDING_WARNING, N_("“{1}” is a range; lessThan or lessThanOrEqual say it so that programs understand."),
		     version, STR_NONE, "/affected/%zu/versions/%zu/version", i, k);
	if (o && upper.p && !str_ends(upper, S("*")) && o->cmp(version, upper) >= 0)
		LOOK(l, "cve.version", FINDING_WARNING, N_("No version lies between {1} and {2}."), version, upper,
		     "/affected/%zu/versions/%zu/lessThan", i, k);
}

/* CVE Services refuses a package URL that is none, or has a version. */
static void package_look(struct look *l, const struct json *product, size_t i)
{
	str text = json_get_str(product, S("packageURL"));
	struct ctx quiet = *l->c;
	struct purl p;

	if (!text.p)
		return;
	if (!purl_parse(&quiet, text, &p))
		LOOK(l, "cve.service", FINDING_ERROR, N_("{1} is no package URL."), text, STR_NONE, "/affected/%zu/packageURL", i);
	else if (p.version.n)
		LOOK(l, "cve.service", FINDING_ERROR, N_("The package URL has a version; versions belong into their own list."),
		     STR_NONE, STR_NONE, "/affected/%zu/packageURL", i);
}

static void products_look(struct look *l)
{
	const struct json *list = json_get(l->v->cna, S("affected"));

	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *versions = json_get(json_at(list, i), S("versions"));

		package_look(l, json_at(list, i), i);
		for (size_t k = 0; k < json_count(versions); k++)
			version_look(l, json_at(versions, k), i, k);
	}
}

static void texts_look(struct look *l)
{
	const struct json *list = json_get(l->v->cna, S("descriptions"));

	for (size_t i = 0; i < json_count(list); i++) {
		str text = json_get_str(json_at(list, i), S("value"));

		if (text.p && str_trim(text).n != text.n)
			LOOK(l, "cve.text", FINDING_INFO, N_("There is white space around the text."), STR_NONE, STR_NONE,
			     "/descriptions/%zu/value", i);
	}
}

void look_content(struct look *l)
{
	if (l->v->rejected)
		return;
	texts_look(l);
	products_look(l);
	references_look(l);
	scores_look(l);
	weaknesses_look(l);
}
