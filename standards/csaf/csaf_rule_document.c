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

/* Dashes, hyphens, minus, low lines, white space and characters nobody sees. */
static bool is_filler(uint32_t c)
{
	static const struct { uint32_t from, to; } spans[] = {
		{ '\t', '\r' }, { ' ', ' ' }, { '-', '-' }, { '_', '_' }, { 0x85, 0x85 }, { 0xa0, 0xa0 },
		{ 0xad, 0xad }, { 0x332, 0x333 }, { 0x58a, 0x58a }, { 0x5be, 0x5be }, { 0x1680, 0x1680 },
		{ 0x180e, 0x180e }, { 0x2000, 0x2015 }, { 0x2017, 0x2017 }, { 0x2028, 0x202f }, { 0x203f, 0x2040 },
		{ 0x2043, 0x2043 }, { 0x2054, 0x2054 }, { 0x205f, 0x2064 }, { 0x2212, 0x2212 }, { 0x2e17, 0x2e17 },
		{ 0x2e1a, 0x2e1a }, { 0x2e3a, 0x2e3b }, { 0x3000, 0x3000 }, { 0x301c, 0x301c }, { 0x3030, 0x3030 },
		{ 0xfe31, 0xfe34 }, { 0xfe4d, 0xfe4f }, { 0xfe58, 0xfe58 }, { 0xfe63, 0xfe63 }, { 0xfeff, 0xfeff },
		{ 0xff0d, 0xff0d }, { 0xff3f, 0xff3f },
	};

	for (size_t i = 0; i < sizeof(spans) / sizeof(*spans); i++)
		if (c >= spans[i].from && c <= spans[i].to)
			return true;
	return false;
}

str folded_name(struct arena *a, str s)
{
	char  *out = NEWS(a, char, 68);
	size_t n = 0;

	for (size_t i = 0; i < s.n && n < 64;) {
		uint32_t ch = utf8_next(s, &i);

		if (!is_filler(ch))
			n += utf8_put(ch >= 'A' && ch <= 'Z' ? ch + 32 : ch, out + n);
	}
	return (str){ out, n };
}

/* meets CSAF-2.0 6.1.26, CSAF-2.1 6.1.26 */
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
	static const char *const values_21[] = {
		"csaf_deprecated_security_advisory", "csaf_superseded", "csaf_withdrawn", NULL,
	};
	static const char *const names_21[] = {
		"csafdeprecatedsecurityadvisory", "csafsuperseded", "csafwithdrawn",
		"deprecatedsecurityadvisory", "superseded", "withdrawn", NULL,
	};
	str name;

	if (!r->category.p || one_of(r->category, values) || (r->v21 && one_of(r->category, values_21)))
		return;
	name = folded_name(r->c->arena, r->category);
	if (one_of(name, names) || (r->v21 && one_of(name, names_21)) ||
	    str_eq_nocase(str_slice(r->category, 0, 5), S("csaf_")))
		FIND(r, N_("The category {1} is reserved for a profile."), r->category, STR_NONE,
		     "/document/category");
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

/* meets CSAF-2.1 6.2.22 */
void rule_6_2_22(struct review *r)
{
	str id = json_get_str(r->tracking, S("id")), title = json_get_str(r->document, S("title"));

	if (id.n && title.p && str_find(title, id, 0) != SIZE_MAX)
		FIND(r, N_("The title contains the tracking id {1}."), id, STR_NONE, "/document/title");
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

	const struct schema  *strict = csaf_schema(r->v21 ? SCHEMA_CSAF21_STRICT : SCHEMA_CSAF20_STRICT);

	if (schema_check(strict, r->c, r->root, NULL))
		return;
	e = arena_alloc(r->c->arena, sizeof(*e));
	if (!e) {
		r->full = true;
		return;
	}
	(void)schema_check(strict, r->c, r->root, e);
	for (size_t i = 0; i < e->n; i++)
		if (r->schema_valid || strcmp(e->v[i].keyword, "additionalProperties") == 0 ||
		    strcmp(e->v[i].keyword, "unevaluatedProperties") == 0)
			FIND_AT(r, N_("The property {1} is not part of the standard."), e->v[i].arg[0],
			            STR_NONE, e->v[i].pointer);
}
