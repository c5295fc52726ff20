#ifndef DISCLOSURE_TONGUE_TEST_H
#define DISCLOSURE_TONGUE_TEST_H

/* The documents of an advisory in each language and version, for tests; and a bulletin that is published nowhere. */

#include "services/5-disclosure/3-publication/publication_test.h"

#include "platform/json/json.h"
#include "standards/csaf/csaf.h"

#define OURS "https://psirt.example.jp/.well-known/csaf/"

UNUSED static const struct { const char *version, *folder; } versions[] = { { "2.0", "white/" }, { "2.1", "v2.1/clear/" } };

static inline str document_of(struct ctx *c, struct story *t, int i, const char *lang)
{
	check_ok(c, house_see(c, &t->h.nobody, "advisory.csaf", &t->v, "number", t->number, "version", versions[i].version, "lang", lang, NULL));
	return str_dup(c->arena, t->v.raw);
}

static inline const struct json *parsed(struct ctx *c, str doc)
{
	const struct json *root = NULL;

	check_ok(c, json_parse(c, doc, &csaf_limits, &root));
	return root;
}

/* Valid by every test, and nothing that it should have is missing. */
static inline void sound(struct ctx *c, str doc)
{
	struct csaf_options  how   = { .preset = CSAF_FULL };
	struct csaf_findings found = { 0 };

	check_ok(c, csaf_check(c, doc, &how, &found));
	check(found.valid);
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].class == CSAF_ERROR)
			check_str(csaf_sentence(c->arena, &found.v[i]), found.v[i].pointer);
}

static inline str of_document(struct ctx *c, str doc, const char *key)
{
	return json_get_str(json_get(parsed(c, doc), S("document")), str_of(key));
}

static inline str tracked(struct ctx *c, str doc, const char *key)
{
	return json_get_str(json_get(json_get(parsed(c, doc), S("document")), S("tracking")), str_of(key));
}

static inline str reference(struct ctx *c, str doc, size_t i, const char *key)
{
	const struct json *list = json_get(json_get(parsed(c, doc), S("document")), S("references")), *last = NULL;

	for (JSON_ITEMS(x, list)) {
		last = x;
		if (i-- == 0)
			return json_get_str(x, str_of(key));
	}
	return json_get_str(last, str_of(key));   /* beyond the end: the last one */
}

static inline void next_out(struct ctx *c, struct story *t)
{
	t->id = cstr(c->arena, t->s.object);
	check_ok(c, house_do(c, &t->h.lead, "edition.submit", &t->s, "id", t->id, NULL));
	check_ok(c, house_do(c, &t->h.analyst, "edition.approve", &t->s, "id", t->id, NULL));
	check_ok(c, house_do(c, &t->h.lead, "edition.publish", &t->s, "id", t->id, NULL));
}

static inline struct bulletin_impact_row cell(const char *release, const char *status, const char *why, const char *note)
{
	return (struct bulletin_impact_row){ .vuln = { S("v1") }, .product = { S("p1") }, .family_name = S("Kestrel"), .family_name_ja = S("ケストレル"),
		.product_name = S("Kestrel Gateway"), .product_name_ja = S(""), .release = { str_of(release) }, .release_name = str_of(release),
		.status = str_of(status), .justification = why ? str_of(why) : STR_NONE, .note = str_of(note), .note_ja = S("") };
}

/* Published nowhere: a vulnerability, three versions, two remedies; English throughout. */
static inline void bulletin_make(struct ctx *c, struct bulletin *b)
{
	struct bulletin_vulns_row  *v = NEW(c->arena, struct bulletin_vulns_row);
	struct bulletin_impact_row *i = NEWS(c->arena, struct bulletin_impact_row, 3);
	struct bulletin_remedy_row *r = NEWS(c->arena, struct bulletin_remedy_row, 2);

	*b = (struct bulletin){ .severity = S("high"), .now = c->now, .spare = true };
	b->e.number       = S("PSIRT-SA-2026-0007");
	b->e.ordinal      = 1;
	b->e.first_at     = b->e.published_at = TIME_NONE;
	b->k.exploited    = true;
	b->text[TEXT_EN]  = (struct edition_text_get_row){ S("T"), S("S"), S(""), S("I"), S(""), S(""), S(""), S(""), S("First.") };
	b->text[TEXT_JA]  = (struct edition_text_get_row){ S("題名"), S("概要"), S(""), S("影響"), S(""), S(""), S(""), S(""), S("初版") };
	*v = (struct bulletin_vulns_row){ { S("v1") }, 1, S("Cookie"), S("A long cookie."), STR_NONE, 120, STR_NONE, S(V31), 98, S("critical"), S(""), S("") };
	b->vulns.v = v;
	b->vulns.n = 1;
	i[0] = cell("4.2", "affected", NULL, "");
	i[1] = cell("4.3", "not_affected", "vulnerable_code_not_present", "The parser is another one.");
	i[2] = cell("4.4", "fixed", NULL, "");
	b->impact.v = i;
	b->impact.n = 3;
	r[0] = (struct bulletin_remedy_row){ .remedy = { S("m1") }, .vuln = { S("v1") }, .product = { S("p1") }, .product_name = S("Kestrel Gateway"),
		.product_name_ja = S(""), .kind = S("fix"), .fixed_in = S("4.4"), .body = S("Install it."), .body_ja = S(""), .url = S(""),
		.released_on = S("2026-11-20") };
	r[1]          = r[0];
	r[1].remedy   = (remedy_id){ S("m2") };
	r[1].kind     = S("none_planned");
	r[1].fixed_in = r[1].body = S("");
	b->remedies.v = r;
	b->remedies.n = 2;
}

static inline str csaf_in(struct ctx *c, const struct bulletin *b, int lang)
{
	str doc;

	check_ok(c, bulletin_csaf(c, b, lang, &doc));
	sound(c, doc);
	return doc;
}

#endif
