#include "standards/csaf/csaf_render.h"

#include "platform/text/word.h"
#include "standards/bcp47/language.h"
#include "standards/csaf/csaf_render_part.h"

enum { WIDTH_MIN = 40, WIDTH_MAX = 400, PRODUCTS_LOOKED_AT = 20000000, CELL_BYTES = 32 << 20 };

/* ---- parts that documents and vulnerabilities share ---- */

static void note_heading(struct folio *w, const struct json *note, int level)
{
	str title = json_get_str(note, S("title")), category = json_get_str(note, S("category"));
	const char *word = csaf_word(category);

	if (!title.n && word)
		folio_heading(w, level, word);
	else
		folio_own_heading(w, level, S(""), title.n ? title : category, S(""));
}

void folio_notes(struct folio *w, const struct json *notes, int level)
{
	size_t n = 0;

	for (JSON_ITEMS(x, notes)) {
		if (n++ >= ITEMS_SHOWN)
			continue;
		note_heading(w, x, level);
		folio_text(w, json_get_str(x, S("text")));
		if (!json_get(x, S("product_ids")) && !json_get(x, S("group_ids")))
			continue;
		folio_facts(w, true);
		folio_fact_begin(w, N_("Products"));
		folio_scope(w, x);
		folio_fact_end(w);
		folio_facts(w, false);
	}
	folio_left(w, n > ITEMS_SHOWN ? n - ITEMS_SHOWN : 0);
}

void folio_references(struct folio *w, const struct json *references, int level)
{
	static const char *const columns[] = { N_("Reference"), N_("Kind"), NULL };
	size_t n = 0;

	if (json_count(references) == 0)
		return;
	if (level == 2)
		folio_heading(w, level, N_("References"));
	folio_table(w, N_("References"), columns);
	for (JSON_ITEMS(x, references)) {
		if (n++ >= ITEMS_SHOWN)
			continue;
		folio_cell(w);
		folio_link(w, json_get_str(x, S("url")), json_get_str(x, S("summary")));
		folio_cell(w);
		folio_word(w, str_eq(json_get_str(x, S("category")), S("self")) ? N_("This document") : N_("Elsewhere"));
	}
	folio_table_end(w);
	folio_left(w, n > ITEMS_SHOWN ? n - ITEMS_SHOWN : 0);
}

static void strings(struct folio *w, const struct json *list)
{
	bool some = false;

	for (JSON_ITEMS(x, list)) {
		if (some)
			buf_add(w->to, S(", "));
		some = true;
		folio_own(w, json_str(x));
	}
}

void folio_thanks(struct folio *w, const struct json *list, int level)
{
	static const char *const columns[] = { N_("Who"), N_("For what"), NULL };
	size_t n = 0;

	if (json_count(list) == 0)
		return;
	if (level == 2)
		folio_heading(w, level, N_("Acknowledgements"));
	folio_table(w, N_("Acknowledgements"), columns);
	for (JSON_ITEMS(x, list)) {
		str organization = json_get_str(x, S("organization"));

		if (n++ >= ITEMS_SHOWN)
			continue;
		folio_cell(w);
		strings(w, json_get(x, S("names")));
		if (organization.n && json_count(json_get(x, S("names"))))
			buf_add(w->to, S(", "));
		folio_own(w, organization);
		if (!organization.n && json_count(json_get(x, S("names"))) == 0)
			folio_plain(w, S("–"));   /* the heading of a row is never empty */
		folio_cell(w);
		folio_long(w, json_get_str(x, S("summary")));
		for (JSON_ITEMS(u, json_get(x, S("urls")))) {
			folio_break(w);
			folio_link(w, json_str(u), S(""));
		}
	}
	folio_table_end(w);
	folio_left(w, n > ITEMS_SHOWN ? n - ITEMS_SHOWN : 0);
}

/* ---- the head ---- */

static void fact_value(struct folio *w, const char *label, str value)
{
	if (!value.n)
		return;
	folio_fact_begin(w, label);
	folio_value(w, value);
	folio_fact_end(w);
}

static void fact_time(struct folio *w, const char *label, str instant)
{
	if (!instant.n)
		return;
	folio_fact_begin(w, label);
	folio_time(w, instant);
	folio_fact_end(w);
}

static void publisher(struct folio *w)
{
	const struct json *p = json_get(w->r.document, S("publisher"));

	folio_fact_begin(w, N_("Publisher"));
	folio_own(w, json_get_str(p, S("name")));
	if (json_get_str(p, S("category")).n) {
		buf_add(w->to, S(" ("));
		folio_value(w, json_get_str(p, S("category")));
		buf_add(w->to, S(")"));
	}
	if (json_get_str(p, S("namespace")).n) {
		buf_add(w->to, S(" "));
		folio_link(w, json_get_str(p, S("namespace")), S(""));
	}
	folio_fact_end(w);
	folio_fact(w, N_("Contact"), json_get_str(p, S("contact_details")));
	folio_fact(w, N_("Authority of the publisher"), json_get_str(p, S("issuing_authority")));
}

static void tracking(struct folio *w)
{
	const struct json *t = w->r.tracking, *aliases = json_get(t, S("aliases"));

	folio_fact_begin(w, N_("Number"));
	folio_plain(w, json_get_str(t, S("id")));
	folio_fact_end(w);
	if (json_count(aliases)) {
		folio_fact_begin(w, N_("Other names"));
		strings(w, aliases);
		folio_fact_end(w);
	}
	if (json_get_str(t, S("version")).n) {
		folio_fact_begin(w, N_("Version of the document"));
		folio_plain(w, json_get_str(t, S("version")));
		buf_add(w->to, S(" ("));
		folio_value(w, json_get_str(t, S("status")));
		buf_add(w->to, S(")"));
		folio_fact_end(w);
	}
	fact_time(w, N_("First released"), json_get_str(t, S("initial_release_date")));
	fact_time(w, N_("Last updated"), json_get_str(t, S("current_release_date")));
}

static void distribution(struct folio *w)
{
	const struct json *d = json_get(w->r.document, S("distribution")), *tlp = json_get(d, S("tlp"));

	if (json_get_str(tlp, S("label")).n) {
		folio_fact_begin(w, N_("May be passed on"));
		folio_plain(w, STR_CAT(w->c->arena, S("TLP:"), utf8_cut(json_get_str(tlp, S("label")), 40)));
		folio_fact_end(w);
	}
	folio_fact(w, N_("Conditions"), json_get_str(d, S("text")));
	folio_fact(w, N_("For"), json_get_str(json_get(d, S("sharing_group")), S("name")));
	folio_fact(w, N_("License"), json_get_str(w->r.document, S("license_expression")));
}

static void head(struct folio *w)
{
	folio_facts(w, true);
	fact_value(w, N_("Kind"), w->r.category);
	tracking(w);
	folio_fact(w, N_("Severity"), json_get_str(json_get(w->r.document, S("aggregate_severity")), S("text")));
	publisher(w);
	distribution(w);
	folio_fact(w, N_("Language of the document"), json_get_str(w->r.document, S("lang")));
	folio_facts(w, false);
}

static void history(struct folio *w)
{
	static const char *const columns[] = { N_("Version"), N_("Date"), N_("Change"), NULL };
	const struct json *list = json_get(w->r.tracking, S("revision_history"));
	size_t n = 0;

	if (json_count(list) == 0)
		return;
	folio_heading(w, 2, N_("Revision history"));
	folio_table(w, N_("Revision history"), columns);
	for (JSON_ITEMS(x, list)) {
		if (n++ >= ITEMS_SHOWN)
			continue;
		folio_cell(w);
		folio_plain(w, json_get_str(x, S("number")));
		folio_cell(w);
		folio_time(w, json_get_str(x, S("date")));
		folio_cell(w);
		folio_long(w, json_get_str(x, S("summary")));
	}
	folio_table_end(w);
	folio_left(w, n > ITEMS_SHOWN ? n - ITEMS_SHOWN : 0);
}

/* ---- all ---- */

/* Documents say "en", "en-US"; what is no language is none. */
static void languages(struct folio *w)
{
	str tag = json_get_str(w->r.document, S("lang"));

	w->lang = tag.n && language_check(tag) && !language_default(tag) ? tag : S("");
	w->foreign = !str_eq_nocase(language_primary(w->lang), lang_code(w->c->lang));
}

static void body(struct folio *w)
{
	str title = json_get_str(w->r.document, S("title"));

	folio_begin(w, title.n ? title : json_get_str(w->r.tracking, S("id")));
	head(w);
	if (json_count(json_get(w->r.document, S("notes")))) {
		folio_heading(w, 2, N_("Notes"));
		folio_notes(w, json_get(w->r.document, S("notes")), 3);
	}
	folio_vulnerabilities(w);
	folio_tree(w);
	folio_references(w, json_get(w->r.document, S("references")), 2);
	folio_thanks(w, json_get(w->r.document, S("acknowledgments")), 2);
	history(w);
	folio_end(w);
}

bool csaf_render(struct ctx *c, const struct json *root, enum csaf_form form, size_t width, struct buf *out)
{
	static const struct csaf_options plain = { .cwe_release = STR_NONE };
	struct csaf_findings found = { .version = STR_NONE };
	struct folio w = { .c = c, .html = form != FORM_TEXT, .part = form == FORM_PART, .page = out, .to = out, .budget = PRODUCTS_LOOKED_AT, .at = -1 };

	w.r = (struct review){ .c = c, .options = &plain, .out = &found, .root = root };
	w.width = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
	review_open(&w.r);
	if (!json_is(w.r.document, JSON_OBJECT) || !found.version.p)
		return fault(c, E_INVALID, NULL, N_("This is no CSAF document: /document/csaf_version is missing."));
	review_index(&w.r);
	buf_init(&w.cell, c->arena, CELL_BYTES);
	languages(&w);
	if (!w.r.full && folio_products_index(&w))
		body(&w);
	else
		w.r.full = true;
	return !(w.r.full || out->full) || fault(c, E_LIMIT, NULL, N_("There is not enough memory to show this document."));
}
