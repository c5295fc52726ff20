/* Tests that ask the outside: do URLs resolve, are the words spelt right. */
#include "standards/csaf/csaf_rule.h"

static void check_url(struct review *r, str url, str pointer)
{
	int status;

	if (!str_starts(url, S("http://")) && !str_starts(url, S("https://")))
		return;
	status = r->options->url_status(r->options->with, url);
	if (status >= 200 && status < 400)
		return;
	review_find(r, status ? N_("{1} answers with status {2}.") : N_("{1} does not answer."), url,
	            status ? str_fmt(r->c->arena, "%d", status) : STR_NONE, pointer);
}

static void check_references(struct review *r, const struct json *list, str at, bool self)
{
	for (JSON_ITEMS(x, list)) {
		bool is_self = str_eq(json_get_str(x, S("category")), S("self"));

		if (is_self == self && json_get_str(x, S("url")).p)
			check_url(r, json_get_str(x, S("url")),
			          STR_CAT(r->c->arena, at,
			                  str_fmt(r->c->arena, "/references/%zu/url", index_in(list, x))));
	}
}

static void all_references(struct review *r, bool self)
{
	check_references(r, json_get(r->document, S("references")), S("/document"), self);
	for (JSON_ITEMS(v, r->vulnerabilities))
		check_references(r, json_get(v, S("references")),
		                 str_fmt(r->c->arena, "/vulnerabilities/%zu", index_in(r->vulnerabilities, v)),
		                 self);
}

static void check_acknowledgments(struct review *r, const struct json *of, str at)
{
	const struct json *list = json_get(of, S("acknowledgments"));

	for (JSON_ITEMS(x, list)) {
		const struct json *urls = json_get(x, S("urls"));

		for (JSON_ITEMS(u, urls))
			check_url(r, json_str(u),
			          STR_CAT(r->c->arena, at,
			                  str_fmt(r->c->arena, "/acknowledgments/%zu/urls/%zu", index_in(list, x),
			                          index_in(urls, u))));
	}
}

static void check_document_urls(struct review *r)
{
	static const char *const places[] = {
		"/aggregate_severity/namespace", "/distribution/tlp/url", "/publisher/namespace",
	};

	for (int i = 0; i < 3; i++) {
		str url = json_str(json_point(r->document, str_of(places[i])));

		if (url.p)
			check_url(r, url, STR_CAT(r->c->arena, S("/document"), str_of(places[i])));
	}
	check_acknowledgments(r, r->document, S("/document"));
}

static void check_product_urls(struct review *r, const struct product *p)
{
	static const char *const keys[] = { "namespace", "uri" };
	const struct json *helper = json_get(p->name, S("product_identification_helper"));
	const struct json *list = json_get(helper, S("x_generic_uris"));
	str sbom = S("/product_identification_helper/");
	str at   = product_pointer(r->c->arena, p);

	for (JSON_ITEMS(x, list))
		for (int k = 0; k < 2; k++)
			if (json_get_str(x, str_of(keys[k])).p)
				check_url(r, json_get_str(x, str_of(keys[k])),
				          STR_CAT(r->c->arena, at, sbom,
				                  str_fmt(r->c->arena, "x_generic_uris/%zu/%s", index_in(list, x),
				                          keys[k])));
	list = json_get(helper, S("sbom_urls"));
	for (JSON_ITEMS(x, list))
		check_url(r, json_str(x), STR_CAT(r->c->arena, at, sbom,
		                                  str_fmt(r->c->arena, "sbom_urls/%zu", index_in(list, x))));
}

/* meets CSAF-2.0 6.3.6 */
void rule_6_3_6(struct review *r)
{
	check_document_urls(r);
	all_references(r, false);
	for (size_t i = 0; i < r->products.n; i++)
		check_product_urls(r, &r->products.v[i]);
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		size_t i = index_in(r->vulnerabilities, v);
		const struct json *list = json_get(v, S("remediations"));

		check_acknowledgments(r, v, str_fmt(r->c->arena, "/vulnerabilities/%zu", i));
		for (JSON_ITEMS(x, list))
			if (json_get_str(x, S("url")).p)
				check_url(r, json_get_str(x, S("url")),
				          str_fmt(r->c->arena, "/vulnerabilities/%zu/remediations/%zu/url", i,
				                  index_in(list, x)));
	}
}

/* meets CSAF-2.0 6.3.7 */
void rule_6_3_7(struct review *r)
{
	all_references(r, true);
}

static void check_text(struct review *r, str text, str pointer)
{
	str word = STR_NONE;

	if (text.n && r->options->spell(r->options->with, json_get_str(r->document, S("lang")), text,
	                                &word) == SPELL_BAD)
		review_find(r, N_("The word {1} is not in the dictionary."), word, STR_NONE, pointer);
}

static void check_notes(struct review *r, const struct json *of, str at)
{
	static const char *const keys[] = { "audience", "text", "title" };
	const struct json *list = json_get(of, S("notes"));

	for (JSON_ITEMS(x, list))
		for (int k = 0; k < 3; k++)
			check_text(r, json_get_str(x, str_of(keys[k])),
			           STR_CAT(r->c->arena, at, str_fmt(r->c->arena, "/notes/%zu/%s",
			                                            index_in(list, x), keys[k])));
}

/* Texts of the items of a list under the keys given. */
static void check_list(struct review *r, const struct json *of, str at, const char *name,
                       const char *const *keys)
{
	const struct json *list = json_get(of, str_of(name));

	for (JSON_ITEMS(x, list))
		for (int k = 0; keys[k]; k++)
			check_text(r, json_get_str(x, str_of(keys[k])),
			           STR_CAT(r->c->arena, at, str_fmt(r->c->arena, "/%s/%zu/%s", name,
			                                            index_in(list, x), keys[k])));
}

static void check_vulnerability_texts(struct review *r, const struct json *v)
{
	static const char *const summary[] = { "summary", NULL }, *const details[] = { "details", NULL };
	str at = str_fmt(r->c->arena, "/vulnerabilities/%zu", index_in(r->vulnerabilities, v));

	check_text(r, json_get_str(v, S("title")), STR_CAT(r->c->arena, at, S("/title")));
	check_notes(r, v, at);
	check_list(r, v, at, "acknowledgments", summary);
	check_list(r, v, at, "involvements", summary);
	check_list(r, v, at, "references", summary);
	check_list(r, v, at, "remediations", details);
	check_list(r, v, at, "threats", details);
}

/* meets CSAF-2.0 6.3.8 */
void rule_6_3_8(struct review *r)
{
	static const char *const summary[] = { "summary", NULL };
	str lang = json_get_str(r->document, S("lang")), word;

	if (lang.n == 0)
		return;
	if (r->options->spell(r->options->with, lang, S(""), &word) == SPELL_UNSUPPORTED) {
		FIND(r, N_("There is no dictionary for the language {1}."), lang, STR_NONE, "/document/lang");
		return;
	}
	check_text(r, json_get_str(r->document, S("title")), S("/document/title"));
	check_notes(r, r->document, S("/document"));
	check_list(r, r->document, S("/document"), "acknowledgments", summary);
	check_list(r, r->document, S("/document"), "references", summary);
	check_list(r, r->tracking, S("/document/tracking"), "revision_history", summary);
	check_list(r, r->tree, S("/product_tree"), "product_groups", summary);
	for (JSON_ITEMS(v, r->vulnerabilities))
		check_vulnerability_texts(r, v);
}
