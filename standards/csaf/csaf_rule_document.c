/* Tests of the document's head: languages, category and profile, TLP, references, order of keys. */
#include "standards/csaf/csaf_rule.h"

#include <string.h>

#include "platform/json/schema.h"
#include "standards/bcp47/language.h"

static const char *const lang_keys[] = { "lang", "source_lang" };

static void each_lang(struct review *r, bool (*bad)(str tag), const char *text)
{
	for (int i = 0; i < 2; i++) {
		str tag = json_get_str(r->document, str_of(lang_keys[i]));

		if (tag.p && bad(tag))
			FIND(r, text, tag, STR_NONE, "/document/%s", lang_keys[i]);
	}
}

static bool lang_bad(str tag)
{
	return !language_check(tag);
}

/* meets CSAF-2.0 6.1.12 */
void rule_6_1_12(struct review *r)
{
	each_lang(r, lang_bad, N_("{1} is not a registered language."));
}

/* meets CSAF-2.0 6.2.14 */
void rule_6_2_14(struct review *r)
{
	each_lang(r, language_private, N_("The language {1} has a part for private use."));
}

/* meets CSAF-2.0 6.2.15 */
void rule_6_2_15(struct review *r)
{
	each_lang(r, language_default, N_("The language is {1}, which says nothing."));
}

/* meets CSAF-2.0 6.1.15 */
void rule_6_1_15(struct review *r)
{
	str category = json_get_str(json_get(r->document, S("publisher")), S("category"));

	if (str_eq(category, S("translator")) && json_get_str(r->document, S("source_lang")).n == 0)
		FIND(r, N_("A translator must name the language translated from."), STR_NONE, STR_NONE,
		     "/document/source_lang");
}

/* meets CSAF-2.0 6.1.28 */
void rule_6_1_28(struct review *r)
{
	str lang = json_get_str(r->document, S("lang")), source = json_get_str(r->document, S("source_lang"));

	if (lang.p && source.p && str_eq_nocase(lang, source))
		FIND(r, N_("The document is translated from {1} to {1}."), lang, STR_NONE,
		     "/document/source_lang");
}

/* Lower case, without white space, dash and underscore; cut at 64 bytes. */
static str folded(struct review *r, str s)
{
	char  *out = NEWS(r->c->arena, char, 65);
	size_t n = 0;

	for (size_t i = 0; i < s.n && n < 64; i++) {
		char ch = s.p[i];

		if (ch && strchr(" \t\r\n\v\f-_", ch))
			continue;
		out[n++] = ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
	}
	return (str){ out, n };
}

/* meets CSAF-2.0 6.1.26 */
void rule_6_1_26(struct review *r)
{
	static const char *const values[] = {
		"csaf_base", "csaf_security_incident_response", "csaf_informational_advisory",
		"csaf_security_advisory", "csaf_vex", NULL,
	};
	static const char *const names[] = {
		"csafsecurityincidentresponse", "csafinformationaladvisory", "csafsecurityadvisory", "csafvex",
		"securityincidentresponse", "informationaladvisory", "securityadvisory", "vex", NULL,
	};

	if (!r->category.p || one_of(r->category, values))
		return;
	if (one_of(folded(r, r->category), names) || str_eq_nocase(str_slice(r->category, 0, 5), S("csaf_")))
		FIND(r, N_("The category {1} is reserved for a profile."), r->category, STR_NONE,
		     "/document/category");
}

static bool in_category(const struct review *r, const char *one, const char *two)
{
	return str_eq(r->category, str_of(one)) || (two && str_eq(r->category, str_of(two)));
}

#define INFORMATIONAL "csaf_informational_advisory"
#define INCIDENT      "csaf_security_incident_response"
#define ADVISORY      "csaf_security_advisory"
#define VEX           "csaf_vex"

/* meets CSAF-2.0 6.1.27.1 */
void rule_6_1_27_1(struct review *r)
{
	static const char *const kinds[] = { "description", "details", "general", "summary", NULL };

	if (!in_category(r, INFORMATIONAL, INCIDENT))
		return;
	for (JSON_ITEMS(x, json_get(r->document, S("notes"))))
		if (one_of(json_get_str(x, S("category")), kinds))
			return;
	FIND(r, N_("A note of the category description, details, general or summary is missing."),
	     STR_NONE, STR_NONE, "/document/notes");
}

/* meets CSAF-2.0 6.1.27.2 */
void rule_6_1_27_2(struct review *r)
{
	if (!in_category(r, INFORMATIONAL, INCIDENT))
		return;
	for (JSON_ITEMS(x, json_get(r->document, S("references")))) {
		str category = json_get_str(x, S("category"));

		if (!category.p || str_eq(category, S("external")))   /* external is the default */
			return;
	}
	FIND(r, N_("A reference to an external source is missing."), STR_NONE, STR_NONE,
	     "/document/references");
}

/* meets CSAF-2.0 6.1.27.3 */
void rule_6_1_27_3(struct review *r)
{
	if (in_category(r, INFORMATIONAL, NULL) && r->vulnerabilities)
		FIND(r, N_("An informational advisory has no vulnerabilities."), STR_NONE, STR_NONE,
		     "/vulnerabilities");
}

/* meets CSAF-2.0 6.1.27.4 */
void rule_6_1_27_4(struct review *r)
{
	if (in_category(r, ADVISORY, VEX) && !r->tree)
		FIND(r, N_("The product tree is missing."), STR_NONE, STR_NONE, "/product_tree");
}

static void each_vulnerability_without(struct review *r, const char *key, const char *text)
{
	for (JSON_ITEMS(v, r->vulnerabilities))
		if (!json_get(v, str_of(key)))
			FIND(r, text, STR_NONE, STR_NONE, "/vulnerabilities/%zu/%s",
			     index_in(r->vulnerabilities, v), key);
}

/* meets CSAF-2.0 6.1.27.5 */
void rule_6_1_27_5(struct review *r)
{
	if (in_category(r, ADVISORY, VEX))
		each_vulnerability_without(r, "notes", N_("The vulnerability has no notes."));
}

/* meets CSAF-2.0 6.1.27.6 */
void rule_6_1_27_6(struct review *r)
{
	if (in_category(r, ADVISORY, NULL))
		each_vulnerability_without(r, "product_status", N_("The vulnerability has no product status."));
}

/* meets CSAF-2.0 6.1.27.7 */
void rule_6_1_27_7(struct review *r)
{
	for (JSON_ITEMS(v, in_category(r, VEX, NULL) ? r->vulnerabilities : NULL)) {
		const struct json *status = json_get(v, S("product_status"));

		if (!json_get(status, S("fixed")) && !json_get(status, S("known_affected")) &&
		    !json_get(status, S("known_not_affected")) && !json_get(status, S("under_investigation")))
			FIND(r, N_("The status names no product as fixed, affected, not affected or under "
			           "investigation."), STR_NONE, STR_NONE, "/vulnerabilities/%zu/product_status",
			     index_in(r->vulnerabilities, v));
	}
}

/* meets CSAF-2.0 6.1.27.8 */
void rule_6_1_27_8(struct review *r)
{
	for (JSON_ITEMS(v, in_category(r, VEX, NULL) ? r->vulnerabilities : NULL))
		if (!json_get(v, S("cve")) && !json_get(v, S("ids")))
			FIND(r, N_("The vulnerability has neither a CVE nor another id."), STR_NONE, STR_NONE,
			     "/vulnerabilities/%zu", index_in(r->vulnerabilities, v));
}

/* meets CSAF-2.0 6.1.27.11 */
void rule_6_1_27_11(struct review *r)
{
	if (in_category(r, ADVISORY, VEX) && !r->vulnerabilities)
		FIND(r, N_("The vulnerabilities are missing."), STR_NONE, STR_NONE, "/vulnerabilities");
}

/* meets CSAF-2.0 6.2.10 */
void rule_6_2_10(struct review *r)
{
	static const char *const labels[] = { "WHITE", "GREEN", "AMBER", "RED", NULL };
	const struct json *tlp = json_get(json_get(r->document, S("distribution")), S("tlp"));

	if (!one_of(json_get_str(tlp, S("label")), labels))
		FIND(r, N_("The document has no TLP label."), STR_NONE, STR_NONE,
		     "/document/distribution/tlp/label");
}

/* meets CSAF-2.0 6.2.11 */
void rule_6_2_11(struct review *r)
{
	str file = csaf_filename(r->c->arena, json_get_str(r->tracking, S("id")));
	str end  = STR_CAT(r->c->arena, S("/"), file);

	for (JSON_ITEMS(x, json_get(r->document, S("references")))) {
		str url = json_get_str(x, S("url"));

		if (str_eq(json_get_str(x, S("category")), S("self")) && str_starts(url, S("https://")) &&
		    str_ends(url, end))
			return;
	}
	FIND(r, N_("No reference of the category self is the canonical URL ending in {1}."), file, STR_NONE,
	     "/document/references");
}

/* meets CSAF-2.0 6.2.12 */
void rule_6_2_12(struct review *r)
{
	if (json_get_str(r->document, S("lang")).n == 0)
		FIND(r, N_("The document does not say its language."), STR_NONE, STR_NONE, "/document/lang");
}

struct step { const struct step *up; str key; size_t index; };

static void print_steps(struct buf *b, const struct step *s)
{
	if (!s)
		return;
	print_steps(b, s->up);
	if (s->key.p)
		json_pointer_key(b, s->key);
	else
		json_pointer_index(b, s->index);
}

static void check_order(struct review *r, const struct json *v, const struct step *up)
{
	const struct json_member *before = NULL;

	for (JSON_ITEMS(x, v))
		if (x->kind >= JSON_ARRAY)
			check_order(r, x, &(struct step){ up, STR_NONE, index_in(v, x) });
	for (JSON_MEMBERS(m, v)) {
		struct step here = { up, json_key(m), 0 };

		if (before && str_cmp(json_key(before), json_key(m)) > 0) {
			struct buf b;

			buf_init(&b, r->c->arena, 1 << 16);
			print_steps(&b, &here);
			FIND_AT(r, N_("The key {1} stands after {2}."), json_key(m), json_key(before),
			            buf_str(&b));
		}
		before = m;
		if (m->value.kind >= JSON_ARRAY)
			check_order(r, &m->value, &here);
	}
}

/* meets CSAF-2.0 6.2.13 */
void rule_6_2_13(struct review *r)
{
	check_order(r, r->root, NULL);
}

/* meets CSAF-2.0 6.2.20 */
void rule_6_2_20(struct review *r)
{
	struct schema_errors *e;

	if (schema_check(csaf_schema(SCHEMA_CSAF20_STRICT), r->c, r->root, NULL))
		return;
	e = arena_alloc(r->c->arena, sizeof(*e));
	if (!e) {
		r->full = true;
		return;
	}
	(void)schema_check(csaf_schema(SCHEMA_CSAF20_STRICT), r->c, r->root, e);
	for (size_t i = 0; i < e->n; i++)
		if (r->schema_valid || strcmp(e->v[i].keyword, "additionalProperties") == 0)
			FIND_AT(r, N_("The property {1} is not part of the standard."), e->v[i].arg[0],
			            STR_NONE, e->v[i].pointer);
}
