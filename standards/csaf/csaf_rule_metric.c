/* Tests of what metrics a 2.1 document gives besides scores, and which it lacks. */
#include "standards/csaf/csaf_rule.h"

static const struct json *content_of(const struct json *metric)
{
	return json_get(metric, S("content"));
}

static void find_metric(struct review *r, const struct json *v, const struct json *metric, const char *text,
                        str one, const char *rest)
{
	FIND(r, text, one, STR_NONE, "/vulnerabilities/%zu/metrics/%zu/content%s", index_in(r->vulnerabilities, v),
	     index_in(json_get(v, S("metrics")), metric), rest);
}

/* The document's own URL: a self reference that ends in its file name. */
static bool is_canonical(const struct review *r, str url)
{
	str end = STR_CAT(r->c->arena, S("/"), csaf_filename(r->c->arena, json_get_str(r->tracking, S("id"))));

	if (!str_starts(url, S("https://")) || !str_ends(url, end))
		return false;
	for (JSON_ITEMS(x, json_get(r->document, S("references"))))
		if (str_eq(json_get_str(x, S("category")), S("self")) && str_eq(json_get_str(x, S("url")), url))
			return true;
	return false;
}

/* The metric is of the party that issues the document. */
static bool is_own(const struct review *r, const struct json *metric)
{
	str source = json_get_str(metric, S("source"));

	return !source.p || is_canonical(r, source);
}

static void check_ratings(struct review *r, bool own, const char *text)
{
	for (JSON_ITEMS(v, r->vulnerabilities))
		for (JSON_ITEMS(x, json_get(v, S("metrics"))))
			if (json_get(content_of(x), S("qualitative_severity_rating")) && (!own || is_own(r, x)))
				find_metric(r, v, x, text, STR_NONE, "/qualitative_severity_rating");
}

/* meets CSAF-2.1 6.2.47 */
void rule_6_2_47(struct review *r)
{
	check_ratings(r, true, N_("The issuing party gives a qualitative severity rating."));
}

/* meets CSAF-2.1 6.3.18 */
void rule_6_3_18(struct review *r)
{
	check_ratings(r, false, N_("A qualitative severity rating is used."));
}

enum { SCORED = 1 };

static bool has_cvss(const struct json *content)
{
	return json_get(content, S("cvss_v2")) || json_get(content, S("cvss_v3")) || json_get(content, S("cvss_v4"));
}

static void find_unscored(struct review *r, const struct json *v)
{
	static const char *const keys[] = { "first_affected", "known_affected", "last_affected" };

	for (int k = 0; k < 3; k++) {
		const struct json *list = json_get(json_get(v, S("product_status")), str_of(keys[k]));

		for (JSON_ITEMS(x, list))
			if (!(mark_of(r, json_str(x)) & SCORED))
				FIND(r, N_("No CVSS score covers the product {1}."), json_str(x), STR_NONE,
				     "/vulnerabilities/%zu/product_status/%s/%zu", index_in(r->vulnerabilities, v), keys[k],
				     index_in(list, x));
	}
}

/* meets CSAF-2.1 6.3.12 */
void rule_6_3_12(struct review *r)
{
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		for (JSON_ITEMS(x, json_get(v, S("metrics")))) {
			const struct json *content = content_of(x);

			if (!has_cvss(content))
				continue;
			mark_add(r, json_get(x, S("products")), SCORED);
			if (!json_get(content, S("cvss_v4")))
				find_metric(r, v, x, N_("The scores lack CVSS v4.0."), STR_NONE, "");
		}
		find_unscored(r, v);
		mark_clear(r);
	}
}

/* meets CSAF-2.1 6.2.40 */
void rule_6_2_40(struct review *r)
{
	const struct json *notes = json_get(r->document, S("notes"));
	str lang = json_get_str(r->document, S("lang"));
	bool english = !lang.n || str_eq_nocase(str_slice(lang, 0, 2), S("en"));
	str  title = json_count(notes) ? term_in(r, TERM_PRODUCT, english) : STR_NONE;

	for (JSON_ITEMS(x, title.p ? notes : NULL)) {
		str own = json_get_str(x, S("title"));

		if (own.p && str_starts(own, title) && str_eq(json_get_str(x, S("category")), S("description")) &&
		    !json_get(x, S("product_ids")) && !json_get(x, S("group_ids")))
			FIND(r, N_("The product description names no products."), STR_NONE, STR_NONE, "/document/notes/%zu",
			     index_in(notes, x));
	}
}
