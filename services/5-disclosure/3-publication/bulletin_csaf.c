#include "services/5-disclosure/3-publication/bulletin.h"

#include <stddef.h>

#include "base/buf.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/report.h"
#include "standards/csaf/csaf_convert.h"
#include "standards/csaf/csaf_write.h"
#include "standards/cpe/cpe.h"
#include "standards/cwe/cwe.h"
#include "standards/purl/purl.h"
#include "standards/tlp/tlp.h"

/*
 * One edition as the advisory that standards/csaf writes.  With a verdict for
 * every vulnerability it is a csaf_security_advisory (CSAF 2.0, 4.4); without,
 * and when it withdraws, a csaf_base, which asks for no more than is known.
 * The document of CSAF 2.1 is converted from it, with its own address.
 * The language of c is that of the document while it is written; a text
 * without words in it stands there whole in the other one (docs/adr/0012).
 */

enum { CSAF_BYTES = 32 << 20 };

static bool matches(const struct bulletin_impact_row *v, str vuln, str product, const char *status)
{
	return str_eq(v->vuln.v, vuln) && (!product.n || str_eq(v->product.v, product)) &&
	       (!status || str_eq(v->status, str_of(status)));
}

static bool is_ja(const struct ctx *c)
{
	return c->lang == LANG_JA;
}

/* In the document's language, where it is there. */
static str said(const struct ctx *c, str en, str ja)
{
	return is_ja(c) && ja.n ? ja : en;
}

static str word(const struct ctx *c, const char *english)
{
	return word_tr(c->lang, english);
}

static struct csaf_strs one(struct ctx *c, str s)
{
	str *v = NEW(c->arena, str);

	*v = s;
	return (struct csaf_strs){ v, 1 };
}

/* The versions with this status for a vulnerability, in one product or (none) in all. */
static struct csaf_strs versions(struct ctx *c, const struct bulletin *b, str vuln, str product, const char *status)
{
	str   *v = NEWS(c->arena, str, b->impact.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < b->impact.n; i++)
		if (matches(&b->impact.v[i], vuln, product, status))
			v[n++] = b->impact.v[i].release.v;
	return (struct csaf_strs){ v, n };
}

/* meets CSAF-2.0 4.4: every vulnerability needs a product status. */
static bool is_advisory(const struct bulletin *b)
{
	size_t decided = 0;

	for (size_t k = 0; k < b->vulns.n; k++)
		for (size_t i = 0; i < b->impact.n; i++)
			if (matches(&b->impact.v[i], b->vulns.v[k].id.v, STR_NONE, NULL)) {
				decided++;
				break;
			}
	return !b->e.withdraws && b->vulns.n > 0 && decided == b->vulns.n;
}

/* ---- one vulnerability ---- */

/* VEX justifications (3.2.3.4) of versions that are not affected. */
static void flags_fill(struct ctx *c, const struct bulletin *b, str vuln, struct csaf_vulnerability *out)
{
	static const char *const labels[] = {
		"component_not_present", "inline_mitigations_already_exist",
		"vulnerable_code_cannot_be_controlled_by_adversary", "vulnerable_code_not_in_execute_path",
		"vulnerable_code_not_present",
	};
	enum { LABELS = sizeof(labels) / sizeof(labels[0]) };
	struct csaf_flag *v = NEWS(c->arena, struct csaf_flag, LABELS);
	size_t            n = 0;

	for (size_t l = 0; l < LABELS; l++) {
		str   *ids = NEWS(c->arena, str, b->impact.n + 1);
		size_t k   = 0;
		for (size_t i = 0; i < b->impact.n; i++)
			if (matches(&b->impact.v[i], vuln, STR_NONE, "not_affected") &&
			    str_eq(b->impact.v[i].justification, str_of(labels[l])))
				ids[k++] = b->impact.v[i].release.v;
		if (k)
			v[n++] = (struct csaf_flag){ .label = labels[l], .products = { ids, k } };
	}
	out->flags.v = v;
	out->flags.n = n;
}

static const struct { const char *kind, *category, *plain; } remedies[] = {
	{ "fix", "vendor_fix", N_("See the advisory.") },
	{ "workaround", "workaround", N_("See the advisory.") },
	{ "mitigation", "mitigation", N_("See the advisory.") },
	{ "none_planned", "none_available", N_("There is no fix yet.") },
	{ "will_not_fix", "no_fix_planned", N_("No fix is planned.") },
};

/* Our own sentence is in the language of what stands behind it. */
static str remedy_details(struct ctx *c, const struct bulletin_remedy_row *r, const char *plain)
{
	str       body   = said(c, r->body, r->body_ja);
	enum lang was    = c->lang;
	str       update = S(""), gap;

	if (is_ja(c) && body.n && !str_eq(text_lang(body), S("ja")))
		c->lang = LANG_EN;
	if (r->fixed_in.n)
		update = word_fill(c, N_("Update to version {1}."), &r->fixed_in, 1);
	gap     = is_ja(c) ? S("") : S(" ");
	c->lang = was;
	if (update.n && body.n)
		return STR_CAT(c->arena, update, gap, body);
	return update.n ? update : body.n ? body : word(c, plain);
}

static time_us day_start(str day)
{
	struct civil d;

	return date_parse(day, &d) ? civil_time(&d) : 0;
}

static void remedies_fill(struct ctx *c, const struct bulletin *b, str vuln, struct csaf_vulnerability *out)
{
	struct csaf_remedy *v = NEWS(c->arena, struct csaf_remedy, b->remedies.n + 1);
	size_t              n = 0;

	for (size_t i = 0; i < b->remedies.n; i++) {
		const struct bulletin_remedy_row *r = &b->remedies.v[i];
		struct csaf_strs affected = versions(c, b, vuln, r->product.v, "affected");
		if (!str_eq(r->vuln.v, vuln) || affected.n == 0)
			continue;
		for (size_t k = 0; k < sizeof(remedies) / sizeof(remedies[0]); k++)
			if (str_eq(r->kind, str_of(remedies[k].kind)))
				v[n++] = (struct csaf_remedy){ .category = remedies[k].category,
					.details = remedy_details(c, r, remedies[k].plain), .url = r->url.n ? r->url : STR_NONE,
					.date = day_start(r->released_on), .products = affected };
	}
	out->remedies.v = v;
	out->remedies.n = n;
}

/* Why versions are not affected, and whether exploitation has been seen (3.2.3.14). */
static void threats_fill(struct ctx *c, const struct bulletin *b, str vuln, struct csaf_vulnerability *out)
{
	struct csaf_threat *v = NEWS(c->arena, struct csaf_threat, b->impact.n + 1);
	size_t              n = 0;

	for (size_t i = 0; i < b->impact.n; i++)
		if (matches(&b->impact.v[i], vuln, STR_NONE, "not_affected") && b->impact.v[i].note.n)
			v[n++] = (struct csaf_threat){ .category = "impact", .details = said(c, b->impact.v[i].note, b->impact.v[i].note_ja),
				.products = one(c, b->impact.v[i].release.v) };
	if (b->k.exploited)
		v[n++] = (struct csaf_threat){ .category = "exploit_status", .details = word(c, N_("Exploitation has been seen.")) };
	out->threats.v = v;
	out->threats.n = n;
}

/* Scores stand with the affected versions only (6.2.19); without any, as a note. */
static void scores_fill(struct ctx *c, const struct bulletin *b, const struct bulletin_vulns_row *row,
                        struct csaf_vulnerability *out)
{
	struct csaf_strs    affected = versions(c, b, row->id.v, STR_NONE, "affected");
	struct csaf_vector *v        = NEWS(c->arena, struct csaf_vector, 2);
	struct csaf_note   *notes    = NEWS(c->arena, struct csaf_note, 3);
	size_t              n = 0, k = 0;
	const str           given[] = { row->cvss31, row->cvss4 };

	notes[k++] = (struct csaf_note){ .category = "description", .title = word(c, N_("Vulnerability")),
		.text = row->summary.n ? said(c, row->summary, row->summary_ja) : said(c, row->title, row->title_ja) };
	for (size_t i = 0; i < 2; i++) {
		if (given[i].n && affected.n)
			v[n++] = (struct csaf_vector){ given[i], affected };
		else if (given[i].n)
			notes[k++] = (struct csaf_note){ .category = "other", .title = S("CVSS"), .text = given[i] };
	}
	out->vectors.v = v;
	out->vectors.n = n;
	out->notes     = (struct csaf_notes){ notes, k };
}

static void vuln_fill(struct ctx *c, const struct bulletin *b, const struct bulletin_vulns_row *row,
                      struct csaf_vulnerability *out)
{
	static const struct { enum csaf_status list; const char *status; } lists[] = {
		{ STATUS_FIXED, "fixed" }, { KNOWN_AFFECTED, "affected" }, { KNOWN_NOT_AFFECTED, "not_affected" },
		{ UNDER_INVESTIGATION, "under_investigation" },
	};
	struct csaf_id *id = NEW(c->arena, struct csaf_id);
	struct cwe      known;

	*id  = (struct csaf_id){ STR_CAT(c->arena, front_of(c)->organisation, S(" PSIRT")),
		str_fmt(c->arena, "%.*s-V%lld", STR_ARG(b->e.number), (long long)row->ordinal) };
	*out = (struct csaf_vulnerability){ .title = said(c, row->title, row->title_ja), .cve = row->cve.n ? row->cve : STR_NONE, .ids = { id, 1 } };
	if (row->cwe != INT_NONE && cwe_find(cwe_latest(), (int)row->cwe, &known))
		out->cwe = known.id;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		out->status[lists[i].list] = versions(c, b, row->id.v, STR_NONE, lists[i].status);
	flags_fill(c, b, row->id.v, out);
	remedies_fill(c, b, row->id.v, out);
	threats_fill(c, b, row->id.v, out);
	scores_fill(c, b, row, out);
}

/* ---- the document ---- */

/* Of which language is the document that is written? */
static int tongue(const struct ctx *c)
{
	return is_ja(c) ? TEXT_JA : TEXT_EN;
}

/*
 * CSAF 2.0 has no place for a license but a disclaimer.  The line is one that programs look for, and by which a
 * converter finds the expression (CSAF 2.1, 9.1.18); its title is not that of a note with a license's text (6.1.55).
 */
static struct csaf_note terms_note(struct ctx *c, str terms, str license)
{
	if (license.n)
		terms = STR_CAT(c->arena, terms, terms.n ? S("\n\n") : S(""), word(c, N_("This document may be used under this license:")),
		                S("\nSPDX-License-Identifier: "), license);
	return (struct csaf_note){ .category = "legal_disclaimer", .title = word(c, N_("Terms of use")), .text = terms };
}

/* meets CSAF-2.0 9.1.6: words of the configuration that every document has */
static size_t house_notes(struct ctx *c, const struct bulletin *b, struct csaf_note *v, size_t n)
{
	str advice = b->advice[tongue(c)], terms = b->terms[tongue(c)];

	if (advice.n)   /* the title is a term of the standard (CSAF 2.1, 3.2.3.7) */
		v[n++] = (struct csaf_note){ .category = "general", .title = word(c, N_("General Security Recommendations")), .text = advice };
	if (terms.n || b->license.n)
		v[n++] = terms_note(c, terms, b->license);
	return n;
}

/* meets CSAF-2.1 6.1.27.17: why it is withdrawn; the title is a term of the standard in English, which has none in Japanese */
static struct csaf_notes notes_of(struct ctx *c, const struct bulletin *b, const struct edition_text_get_row *t)
{
	struct csaf_note *v = NEWS(c->arena, struct csaf_note, TEXT_FIELDS + 2);
	size_t            n = 0;

	for (size_t i = 0; i < TEXT_FIELDS; i++) {
		const struct text_field *f = &text_fields[i];
		str  text = text_value(t, f);
		bool why  = b->e.withdraws && f->at == offsetof(struct edition_text_get_row, summary);

		if (f->category && text.n)
			v[n++] = (struct csaf_note){ .category = why ? "description" : f->category,
				.title = why ? word(c, N_("Reasoning for Withdrawal")) : is_ja(c) ? word(c, f->label) : str_of(f->title), .text = text };
	}
	n = house_notes(c, b, v, n);
	return (struct csaf_notes){ v, n };
}

static str canonical(struct ctx *c, const struct bulletin *b, int lang, str folder)
{
	return STR_CAT(c->arena, front_of(c)->base_url, S("/.well-known/csaf/"), folder, bulletin_path(c, b, lang));
}

static bool is_linked(const struct csaf_link *v, size_t n, str url)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].url, url))
			return true;
	return false;
}

static size_t refs_put(const struct references *refs, struct csaf_link *v, size_t n)
{
	for (size_t i = 0; i < refs->list.n; i++)
		v[n++] = (struct csaf_link){ false, refs->list.v[i].summary, refs->list.v[i].url };
	return n;
}

/*
 * The original names its translation.
 * meets CSAF-2.0 9.1.9; CSAF-2.1 9.1.9: a translation names the original first, and keeps its references at the end
 */
static struct csaf_links links_of(struct ctx *c, const struct bulletin *b, str folder)
{
	static const char *const original[]    = { [TEXT_EN] = N_("This advisory in English (CSAF), the original"),
	                                           [TEXT_JA] = N_("This advisory in Japanese (CSAF), the original") };
	static const char *const translation[] = { [TEXT_EN] = N_("This advisory in English (CSAF)"), [TEXT_JA] = N_("This advisory in Japanese (CSAF)") };
	struct references mine, theirs;
	struct csaf_link *v;
	int               lang = tongue(c), other = bulletin_other(b);
	bool              translates = lang != b->original;
	size_t            n = 0;

	references_read(c, b->text[lang].refs, &mine, NULL);
	references_read(c, b->text[b->original].refs, &theirs, NULL);
	v = NEWS(c->arena, struct csaf_link, mine.list.n + theirs.list.n + 4);
	if (translates)
		v[n++] = (struct csaf_link){ false, word(c, original[b->original]), canonical(c, b, b->original, folder) };
	v[n++] = (struct csaf_link){ true, word(c, N_("Canonical URL")), canonical(c, b, lang, folder) };
	v[n++] = (struct csaf_link){ true, word(c, N_("This advisory as a page")),
		STR_CAT(c->arena, front_of(c)->base_url, S("/advisories/"), b->e.number) };
	n = refs_put(&mine, v, n);
	for (size_t i = 0; translates && i < theirs.list.n; i++)
		if (!is_linked(v, n, theirs.list.v[i].url))
			v[n++] = (struct csaf_link){ false, theirs.list.v[i].summary, theirs.list.v[i].url };
	if (!translates && bulletin_speaks(b, other))
		v[n++] = (struct csaf_link){ false, word(c, translation[other]), canonical(c, b, other, folder) };
	return (struct csaf_links){ v, n };
}

static struct csaf_revision revision(struct ctx *c, int64_t ordinal, time_us at, str note)
{
	return (struct csaf_revision){ at, str_fmt(c->arena, "%lld", (long long)ordinal), note.n ? note : word(c, N_("New edition.")), STR_NONE };
}

static void revisions_fill(struct ctx *c, const struct bulletin *b, struct csaf_doc *d)
{
	struct csaf_revision *v = NEWS(c->arena, struct csaf_revision, b->history.n + 1);

	for (size_t i = 0; i < b->history.n; i++)
		v[i] = revision(c, b->history.v[i].ordinal, b->history.v[i].published_at,
		                said(c, b->history.v[i].note_en, b->history.v[i].note_ja));
	v[b->history.n] = revision(c, b->e.ordinal, b->now, said(c, b->text[TEXT_EN].change_note, b->text[TEXT_JA].change_note));
	d->revisions.v  = v;
	d->revisions.n  = b->history.n + 1;
}

/* What machines know this version by: the product's names, each with the version in its place. */
static void identity_fill(struct ctx *c, const struct bulletin_impact_row *r, struct csaf_release *out)
{
	str         rest = r->models, *v, part;
	struct cpe  cpe;
	struct purl purl;

	if (r->cpe.n && cpe_parse(c, r->cpe, &cpe))
		out->cpe = cpe_at(c->arena, &cpe, r->release_name);
	if (r->purl.n && purl_parse(c, r->purl, &purl)) {
		purl.version = r->release_name;
		if (purl_build(c, &purl))
			out->purl = purl_print(c->arena, &purl);
	}
	c->fault     = (struct fault){ 0 };   /* a version that has no place in a name leaves the name out */
	out->models.v = v = NEWS(c->arena, str, r->models.n / 2 + 1);
	while (rest.n && str_cut(&rest, ',', &part))
		v[out->models.n++] = str_trim(part);
}

/* One entry a version: the rows of a version lie together. */
static void releases_fill(struct ctx *c, const struct bulletin *b, struct csaf_doc *d)
{
	struct csaf_release *v = NEWS(c->arena, struct csaf_release, b->impact.n + 1);
	size_t               n = 0;

	for (size_t i = 0; i < b->impact.n; i++) {
		const struct bulletin_impact_row *r = &b->impact.v[i];
		if (n > 0 && str_eq(v[n - 1].id, r->release.v))
			continue;
		v[n] = (struct csaf_release){ .vendor = house_name(c),
			.family = said(c, r->family_name, r->family_name_ja),
			.product = said(c, r->product_name, r->product_name_ja), .version = r->release_name, .id = r->release.v };
		identity_fill(c, r, &v[n++]);
	}
	d->releases.v = v;
	d->releases.n = n;
}

static void vulns_fill(struct ctx *c, const struct bulletin *b, struct csaf_doc *d)
{
	struct csaf_vulnerability *v = NEWS(c->arena, struct csaf_vulnerability, b->vulns.n + 1);

	for (size_t i = 0; i < b->vulns.n; i++)
		vuln_fill(c, b, &b->vulns.v[i], &v[i]);
	d->vulnerabilities.v = v;
	d->vulnerabilities.n = b->vulns.n;
}

/* meets CSAF-2.0 3.2.1.10; CSAF-2.1 3.2.2.11: a translation, whose publisher stays what it is */
static void tongue_fill(struct ctx *c, const struct bulletin *b, str folder, struct csaf_doc *d)
{
	d->id    = bulletin_number(c, b, tongue(c));
	d->lang  = text_code(tongue(c));
	d->links = links_of(c, b, folder);
	if (tongue(c) != b->original)
		d->source_lang = text_code(b->original);
}

static void doc_fill(struct ctx *c, const struct bulletin *b, str folder, struct csaf_doc *d)
{
	const struct edition_text_get_row *t = &b->text[tongue(c)];
	str                 base   = front_of(c)->base_url;
	struct csaf_thanks *thanks = NEW(c->arena, struct csaf_thanks);

	*d = (struct csaf_doc){
		.category = is_advisory(b) ? "csaf_security_advisory" : "csaf_base",
		.title = t->title, .tlp = "WHITE", .tlp_url = S("https://www.first.org/tlp/"),
		.distribution = str_of(tlp_csaf20_text(TLP_CLEAR)),
		.publisher = { .category = "vendor", .name = house_name(c), .namespace_uri = base,
		               .contact = STR_CAT(c->arena, base, S("/report")) },
		.status = status_is(b, "final") ? "final" : status_is(b, "interim") ? "interim" : "draft", .version = str_fmt(c->arena, "%lld", (long long)b->e.ordinal),
		.initial_release = b->e.first_at != TIME_NONE ? b->e.first_at : b->now, .current_release = b->now,
		.engine = S("psirt"), .generated = b->now, .notes = notes_of(c, b, t),
	};
	tongue_fill(c, b, folder, d);
	if (!str_eq(b->severity, S("unknown")) && !b->e.withdraws)
		d->severity = choice_label(c, severity_choices, b->severity);
	if (t->thanks.n) {
		thanks->summary = t->thanks;
		d->thanked      = (struct csaf_thanked){ thanks, 1 };
	}
	revisions_fill(c, b, d);
	if (b->e.withdraws)
		return;
	releases_fill(c, b, d);
	vulns_fill(c, b, d);
}

static bool write(struct ctx *c, const struct bulletin *b, int lang, str folder, str *out)
{
	struct csaf_doc d;
	enum lang       was = c->lang;
	struct buf      w;
	bool            ok;

	c->lang = lang == TEXT_JA ? LANG_JA : LANG_EN;
	doc_fill(c, b, folder, &d);
	buf_init(&w, c->arena, CSAF_BYTES);
	ok      = csaf_write(c, &d, &w);
	c->lang = was;
	*out    = buf_str(&w);
	return ok;
}

bool bulletin_csaf(struct ctx *c, const struct bulletin *b, int lang, str *out)
{
	return write(c, b, lang, S("white/"), out);
}

/* meets CSAF-2.1 9.1.18 */
bool bulletin_csaf21(struct ctx *c, const struct bulletin *b, int lang, struct csaf_findings *judged, str *out)
{
	const struct csaf_convert_options how = { .now = b->now, .license = b->license, .withdrawn = b->e.withdraws && lang != TEXT_EN };
	struct csaf_converted r;
	struct buf w;
	str        old;

	TRY(write(c, b, lang, S("v2.1/clear/"), &old));
	buf_init(&w, c->arena, CSAF_BYTES);
	TRY(csaf_convert(c, old, &how, &r, &w));
	*judged = r.judged;
	*out    = buf_str(&w);
	return true;
}
