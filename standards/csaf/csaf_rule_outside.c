/* Tests that ask the outside: do URLs resolve, are the words spelt right. */
#include "standards/csaf/csaf_rule.h"

/* One text of the document and where it stands. */
typedef void text_fn(struct review *r, const struct json *text, str pointer);

/*
 * Every place a path of the standard leads to: "acknowledgments[]/urls[]" from
 * v, whose pointer is `at`.
 */
static void each_at(struct review *r, const struct json *v, str at, str path, text_fn *fn)
{
	struct arena *a = r->c->arena;
	str  part, key;
	bool list;

	if (!v)
		return;
	if (!str_cut(&path, '/', &part)) {
		if (v->kind == JSON_STRING)
			fn(r, v, at);
		return;
	}
	list = str_ends(part, S("[]"));
	key  = list ? str_slice(part, 0, part.n - 2) : part;
	v    = json_get(v, key);
	if (!v)
		return;
	at = STR_CAT(a, at, S("/"), key);
	if (!list)
		each_at(r, v, at, path, fn);
	for (JSON_ITEMS(x, list ? v : NULL))
		each_at(r, x, STR_CAT(a, at, str_fmt(a, "/%zu", index_in(v, x))), path, fn);
}

static void each_product_at(struct review *r, const char *const *paths, text_fn *fn)
{
	for (size_t i = 0; i < r->products.n; i++)
		for (int k = 0; paths[k]; k++)
			each_at(r, r->products.v[i].name, product_pointer(r->c->arena, &r->products.v[i]),
			        str_of(paths[k]), fn);
}

static void each_of(struct review *r, const char *const *paths, text_fn *fn)
{
	for (int k = 0; paths[k]; k++)
		each_at(r, r->root, S(""), str_of(paths[k]), fn);
}

static void check_url(struct review *r, const struct json *text, str pointer)
{
	str url = json_str(text);
	int status;

	if (!str_starts(url, S("http://")) && !str_starts(url, S("https://")))
		return;
	status = r->options->url_status(r->options->with, url);
	if (status >= 200 && status < 400)
		return;
	FIND_AT(r, status ? N_("{1} answers with status {2}.") : N_("{1} does not answer."), url,
	            status ? str_fmt(r->c->arena, "%d", status) : STR_NONE, pointer);
}

static void check_reference(struct review *r, const struct json *reference, str at, bool self)
{
	const struct json *url = json_get(reference, S("url"));

	if (url && str_eq(json_get_str(reference, S("category")), S("self")) == self)
		check_url(r, url, STR_CAT(r->c->arena, at, S("/url")));
}

static void check_references(struct review *r, bool self)
{
	const struct json *list = json_get(r->document, S("references"));

	for (JSON_ITEMS(x, list))
		check_reference(r, x, str_fmt(r->c->arena, "/document/references/%zu", index_in(list, x)), self);
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		list = json_get(v, S("references"));
		for (JSON_ITEMS(x, list))
			check_reference(r, x, str_fmt(r->c->arena, "/vulnerabilities/%zu/references/%zu",
			                              index_in(r->vulnerabilities, v), index_in(list, x)), self);
	}
}

/* meets CSAF-2.0 6.3.6 */
void rule_6_3_6(struct review *r)
{
	static const char *const paths[] = {
		"document/acknowledgments[]/urls[]", "document/aggregate_severity/namespace",
		"document/distribution/tlp/url", "document/publisher/namespace",
		"vulnerabilities[]/acknowledgments[]/urls[]", "vulnerabilities[]/remediations[]/url", NULL,
	};
	static const char *const of_product[] = {
		"product_identification_helper/sbom_urls[]",
		"product_identification_helper/x_generic_uris[]/namespace",
		"product_identification_helper/x_generic_uris[]/uri", NULL,
	};
	static const char *const of_21[] = {
		"document/publisher/contact/public_openpgp_key_url", "vulnerabilities[]/metrics[]/source",
		"vulnerabilities[]/metrics[]/content/ssvc_v2/decision_point_resources[]/uri",
		"vulnerabilities[]/metrics[]/content/ssvc_v2/references[]/uri", NULL,
	};

	each_of(r, paths, check_url);
	if (r->v21)
		each_of(r, of_21, check_url);
	each_product_at(r, of_product, check_url);
	check_references(r, false);
}

/* meets CSAF-2.0 6.3.7 */
void rule_6_3_7(struct review *r)
{
	check_references(r, true);
}

static void check_text(struct review *r, const struct json *text, str pointer)
{
	str word = STR_NONE, lang = json_get_str(r->document, S("lang"));

	if (text->n && r->options->spell(r->options->with, lang, json_str(text), &word) == SPELL_BAD)
		FIND_AT(r, N_("The word {1} is not in the dictionary."), word, STR_NONE, pointer);
}

/* meets CSAF-2.0 6.3.8 */
void rule_6_3_8(struct review *r)
{
	static const char *const paths[] = {
		"document/acknowledgments[]/names[]", "document/acknowledgments[]/organization",
		"document/acknowledgments[]/summary", "document/aggregate_severity/text",
		"document/distribution/text", "document/notes[]/audience", "document/notes[]/text",
		"document/notes[]/title", "document/publisher/issuing_authority", "document/publisher/name",
		"document/references[]/summary", "document/title", "document/tracking/aliases[]",
		"document/tracking/generator/engine/name", "document/tracking/revision_history[]/summary",
		"product_tree/product_groups[]/summary", "vulnerabilities[]/acknowledgments[]/names[]",
		"vulnerabilities[]/acknowledgments[]/organization", "vulnerabilities[]/acknowledgments[]/summary",
		"vulnerabilities[]/involvements[]/summary", "vulnerabilities[]/notes[]/audience",
		"vulnerabilities[]/notes[]/text", "vulnerabilities[]/notes[]/title",
		"vulnerabilities[]/references[]/summary", "vulnerabilities[]/remediations[]/details",
		"vulnerabilities[]/remediations[]/entitlements[]",
		"vulnerabilities[]/remediations[]/restart_required/details",
		"vulnerabilities[]/threats[]/details", "vulnerabilities[]/title", NULL,
	};
	static const char *const of_product[] = { "name", NULL };
	str lang = json_get_str(r->document, S("lang")), word;

	if (lang.n == 0)
		return;
	if (r->options->spell(r->options->with, lang, S(""), &word) == SPELL_UNSUPPORTED) {
		/* The standard has the test fail; that nothing was read is told as well. */
		FIND(r, N_("There is no dictionary for the language {1}."), lang, STR_NONE, "/document/lang");
		review_skip(r, N_("There is no dictionary for the language {1}."), lang);
		return;
	}
	each_of(r, paths, check_text);
	if (!str_starts(r->category, S("csaf_")))
		each_at(r, r->root, S(""), S("document/category"), check_text);
	each_product_at(r, of_product, check_text);
	for (size_t i = 0; i < r->branches.n; i++)
		each_at(r, r->branches.v[i]->node, branch_pointer(r->c->arena, r->branches.v[i]), S("name"),
		        check_text);
}

static void check_grammar(struct review *r, const struct json *text, str pointer)
{
	str place = STR_NONE, lang = json_get_str(r->document, S("lang"));

	if (text->n && r->options->grammar(r->options->with, lang, json_str(text), &place) == SPELL_BAD)
		FIND_AT(r, N_("The grammar of “{1}” is wrong."), place, STR_NONE, pointer);
}

/* meets CSAF-2.1 6.3.16 */
void rule_6_3_16(struct review *r)
{
	static const char *const paths[] = {
		"document/acknowledgments[]/summary", "document/aggregate_severity/text", "document/distribution/text",
		"document/notes[]/audience", "document/notes[]/text", "document/notes[]/title",
		"document/publisher/issuing_authority", "document/references[]/summary", "document/title",
		"document/tracking/revision_history[]/summary", "product_tree/product_groups[]/summary",
		"vulnerabilities[]/acknowledgments[]/summary", "vulnerabilities[]/involvements[]/summary",
		"vulnerabilities[]/notes[]/audience", "vulnerabilities[]/notes[]/text", "vulnerabilities[]/notes[]/title",
		"vulnerabilities[]/references[]/summary", "vulnerabilities[]/remediations[]/details",
		"vulnerabilities[]/remediations[]/entitlements[]",
		"vulnerabilities[]/remediations[]/restart_required/details", "vulnerabilities[]/threats[]/details",
		"vulnerabilities[]/title", NULL,
	};
	str lang = json_get_str(r->document, S("lang")), place;

	if (lang.n == 0)
		return;
	if (r->options->grammar(r->options->with, lang, S(""), &place) == SPELL_UNSUPPORTED) {
		FIND(r, N_("There is no grammar for the language {1}."), lang, STR_NONE, "/document/lang");
		review_skip(r, N_("There is no grammar for the language {1}."), lang);
		return;
	}
	each_of(r, paths, check_grammar);
}
