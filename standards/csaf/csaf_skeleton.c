#include "standards/csaf/csaf_skeleton.h"

#include <string.h>

#include "platform/json/json_out.h"
#include "platform/json/schema.h"
#include "platform/text/word.h"
#include "standards/bcp47/language.h"
#include "standards/csaf/csaf_rule.h"
#include "standards/cve/cve.h"
#include "standards/tlp/tlp.h"

enum { LINE_BYTES = 1000 };
#define SCHEMA_21 "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"
#define A_DAY     86400000000

static const char *const names[CSAF_PROFILES] = {
	"csaf_base", "csaf_security_incident_response", "csaf_informational_advisory", "csaf_security_advisory", "csaf_vex",
	"csaf_deprecated_security_advisory", "csaf_withdrawn", "csaf_superseded",
};

const char *csaf_profile_name(enum csaf_profile p)
{
	return names[p];
}

bool csaf_profile_parse(str name, enum csaf_profile *out)
{
	for (int i = 0; i < CSAF_PROFILES; i++)
		if (str_eq(name, str_of(names[i])) || str_eq(name, str_slice(str_of(names[i]), 5, SIZE_MAX))) {
			*out = (enum csaf_profile)i;
			return true;
		}
	return false;
}

bool csaf_profile_in(enum csaf_profile p, bool v21)
{
	return v21 || p < PROFILE_OLD_ADVISORY;
}

/* What is written: the argument, or a text to fill in. */
struct writer {
	struct ctx *c;
	struct json_out o;
	struct csaf_skeleton s;
	enum lang words;          /* of the texts to fill in */
	enum tlp  tlp;
};

/* "[…]" in the language of the document, so that it is seen at once. */
static str gap(struct writer *w, const char *text)
{
	return STR_CAT(w->c->arena, S("["), word_tr(w->words, text), S("]"));
}

static str given(struct writer *w, str value, const char *text)
{
	return value.p ? value : gap(w, text);
}

static bool is_over(const struct csaf_skeleton *s)
{
	return s->profile == PROFILE_WITHDRAWN || s->profile == PROFILE_SUPERSEDED;
}

static bool has_products(const struct csaf_skeleton *s)
{
	return s->profile == PROFILE_ADVISORY || s->profile == PROFILE_OLD_ADVISORY || s->profile == PROFILE_VEX;
}

/* ---- arguments ---- */

static bool line_right(struct ctx *c, const char *name, str s)
{
	if (!s.p)
		return true;
	if (str_trim(s).n == 0)
		return fault(c, E_INVALID, name, N_("This may not be empty."));
	if (s.n > LINE_BYTES)
		return fault(c, E_INVALID, name, N_("At most {1} bytes."), S("1,000"));
	if (!utf8_check(s, NULL))
		return fault(c, E_INVALID, name, N_("This is not valid UTF-8."));
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20)
			return fault(c, E_INVALID, name, N_("This must be one line of text."));
	return s.p[0] != ' ' && s.p[s.n - 1] != ' ' ? true
		: fault(c, E_INVALID, name, N_("This may not begin or end with a space."));
}

static bool lines_right(struct ctx *c, const struct csaf_skeleton *s)
{
	const struct { const char *name; str value; } lines[] = {
		{ "lang", s->lang }, { "publisher", s->publisher }, { "category", s->category }, { "namespace", s->namespace_uri },
		{ "id", s->id }, { "title", s->title }, { "tlp", s->tlp }, { "cve", s->cve }, { "product", s->product },
		{ "affected", s->affected }, { "fixed", s->fixed }, { "status", s->status },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		TRY(line_right(c, lines[i].name, lines[i].value));
	return true;
}

static bool values_right(struct ctx *c, const struct csaf_skeleton *s)
{
	static const char *const categories[] = { "coordinator", "discoverer", "multiplier", "other", "user", "vendor", NULL };
	static const char *const statuses[] = { "known_affected", "known_not_affected", "fixed", "under_investigation", NULL };

	if (s->lang.p && !language_check(s->lang))
		return fault(c, E_INVALID, "lang", N_("{1} is not a registered language."), s->lang);
	if (s->namespace_uri.p && (!str_starts(s->namespace_uri, S("http")) || !format_check(S("uri"), s->namespace_uri)))
		return fault(c, E_INVALID, "namespace", N_("This must be an address such as https://example.com."));
	if (s->cve.p && !cve_id_check(s->cve))
		return fault(c, E_INVALID, "cve", N_("A CVE number looks like CVE-2026-10042."));
	if (s->category.p && (!one_of(s->category, categories) || (!s->v21 && str_eq(s->category, S("multiplier")))))
		return fault(c, E_INVALID, "category", s->v21
			? N_("One of coordinator, discoverer, multiplier, other, user, vendor.") : N_("One of coordinator, discoverer, other, user, vendor."));
	if (s->status.p && !one_of(s->status, statuses))
		return fault(c, E_INVALID, "status", N_("One of known_affected, known_not_affected, fixed, under_investigation."));
	return true;
}

static bool right(struct ctx *c, const struct csaf_skeleton *s, enum tlp *tlp)
{
	TRY(lines_right(c, s));
	TRY(values_right(c, s));
	if (!csaf_profile_in(s->profile, s->v21))
		return fault(c, E_INVALID, "profile", N_("The profile {1} is one of CSAF 2.1 alone."), str_of(names[s->profile]));
	if (!tlp_parse(s->tlp.p ? s->tlp : S("CLEAR"), tlp))
		return fault(c, E_INVALID, "tlp", N_("One of CLEAR, GREEN, AMBER, AMBER+STRICT, RED."));
	if (s->affected.p && s->fixed.p && str_eq(s->affected, s->fixed))
		return fault(c, E_INVALID, "fixed", N_("The affected and the fixed version are the same."));
	return true;
}

/* ---- the document's head ---- */

static void put_note(struct writer *w, const char *category, str text, str title)
{
	json_open_object(&w->o);
	json_put_str(&w->o, "category", str_of(category));
	json_put_str(&w->o, "text", text);
	json_put_str(&w->o, "title", title);
	json_close(&w->o);
}

/* The title that the profile asks for, in the language of the document where the TC recorded it. */
static str term(struct writer *w, enum csaf_term which)
{
	return csaf_term_name(which, w->s.lang);
}

static void put_notes(struct writer *w)
{
	json_open(&w->o, "notes", '[');
	if (w->s.profile == PROFILE_WITHDRAWN)
		put_note(w, "description", gap(w, N_("why the document was withdrawn")), term(w, TERM_WITHDRAWAL));
	else if (w->s.profile == PROFILE_SUPERSEDED)
		put_note(w, "description", gap(w, N_("why the document was superseded")), term(w, TERM_SUPERSESSION));
	else
		put_note(w, "summary", gap(w, N_("what it is about, in a few sentences")), word_tr(w->words, N_("Summary")));
	json_close(&w->o);
}

static void put_reference(struct writer *w, str summary, const char *path)
{
	json_open(&w->o, "references", '[');
	json_open_object(&w->o);
	json_put_str(&w->o, "category", S("external"));
	json_put_str(&w->o, "summary", summary);
	json_put_str(&w->o, "url", STR_CAT(w->c->arena, w->s.namespace_uri, S("/"), str_of(path)));
	json_close(&w->o);
	json_close(&w->o);
}

static void put_references(struct writer *w)
{
	if (w->s.profile == PROFILE_SUPERSEDED)
		put_reference(w, STR_CAT(w->c->arena, term(w, TERM_SUPERSEDING), S(" "), gap(w, N_("its tracking id, and its address as url"))),
		              "fill-in.json");
	else if (w->s.profile == PROFILE_INCIDENT || w->s.profile == PROFILE_INFORMATIONAL)
		put_reference(w, gap(w, N_("a page that tells more, and its address as url")), "fill-in");
}

static void put_distribution(struct writer *w)
{
	bool exact = true;
	const char *label = w->s.v21 ? tlp_csaf21(w->tlp) : tlp_csaf20(w->tlp, &exact);

	json_open(&w->o, "distribution", '{');
	if (!exact)
		json_put_str(&w->o, "text", str_of(tlp_csaf20_text(w->tlp)));
	json_open(&w->o, "tlp", '{');
	json_put_str(&w->o, "label", str_of(label));
	json_close(&w->o);
	json_close(&w->o);
}

static void put_revision(struct writer *w, time_us date, str number, str summary)
{
	json_open_object(&w->o);
	json_put_time(&w->o, w->c->arena, "date", date);
	json_put_str(&w->o, "number", number);
	json_put_str(&w->o, "summary", summary);
	json_close(&w->o);
}

/* "EXAMPLE-COMPANY-SA-2026-0001" of "Example Company". */
static str suggested_id(struct writer *w)
{
	struct buf b;
	bool   space = false;

	buf_init(&b, w->c->arena, 200);
	for (size_t i = 0; i < w->s.publisher.n && b.n < 40; i++) {
		char ch = w->s.publisher.p[i], upper = (char)(ch >= 'a' && ch <= 'z' ? ch - 32 : ch);

		if ((upper >= 'A' && upper <= 'Z') || (upper >= '0' && upper <= '9')) {
			if (space && b.n)
				buf_char(&b, '-');
			buf_char(&b, upper);
			space = false;
		} else {
			space = true;
		}
	}
	if (b.n)
		buf_char(&b, '-');
	buf_fmt(&b, "%s-%.4s-0001", w->s.profile == PROFILE_VEX ? "VEX" : "SA", time_print(w->c->arena, w->s.now).p);
	return buf_str(&b);
}

/*
 * A new document is a draft of version 0.1.0.  One that is withdrawn or
 * superseded has been out: its products go, which is a major step (3.1.11.2).
 */
static void put_tracking(struct writer *w)
{
	time_us first = !is_over(&w->s) ? w->s.now : w->s.initial != TIME_NONE ? w->s.initial : w->s.now - A_DAY;
	str     version = is_over(&w->s) ? S("2.0.0") : S("0.1.0");

	json_open(&w->o, "tracking", '{');
	json_put_time(&w->o, w->c->arena, "current_release_date", w->s.now);
	json_open(&w->o, "generator", '{');
	json_put_time(&w->o, w->c->arena, "date", w->s.now);
	json_open(&w->o, "engine", '{');
	json_put_str(&w->o, "name", S("psirt"));
	json_close(&w->o);
	json_close(&w->o);
	json_put_str(&w->o, "id", w->s.id);
	json_put_time(&w->o, w->c->arena, "initial_release_date", first);
	json_open(&w->o, "revision_history", '[');
	put_revision(w, first, is_over(&w->s) ? S("1.0.0") : version, word_tr(w->words, is_over(&w->s) ? N_("First edition") : N_("Draft")));
	if (is_over(&w->s))
		put_revision(w, w->s.now, version, word_tr(w->words, w->s.profile == PROFILE_WITHDRAWN ? N_("Withdrawn") : N_("Superseded")));
	json_close(&w->o);
	json_put_str(&w->o, "status", S("draft"));
	json_put_str(&w->o, "version", version);
	json_close(&w->o);
}

static void put_document(struct writer *w)
{
	json_open(&w->o, "document", '{');
	json_put_str(&w->o, "category", str_of(names[w->s.profile]));
	json_put_str(&w->o, "csaf_version", w->s.v21 ? S("2.1") : S("2.0"));
	put_distribution(w);
	json_put_str(&w->o, "lang", w->s.lang);
	put_notes(w);
	json_open(&w->o, "publisher", '{');
	json_put_str(&w->o, "category", w->s.category);
	json_put_str(&w->o, "name", w->s.publisher);
	json_put_str(&w->o, "namespace", w->s.namespace_uri);
	json_close(&w->o);
	put_references(w);
	json_put_str(&w->o, "title", given(w, w->s.title, N_("what is wrong, and in what")));
	put_tracking(w);
	json_close(&w->o);
}

/* ---- products and the vulnerability ---- */

/* A VEX document speaks of one version unless both are given. */
static bool two_versions(const struct csaf_skeleton *s)
{
	return s->profile != PROFILE_VEX || s->fixed.p;
}

static bool is_range(str version)
{
	return str_starts(version, S("vers:")) || str_starts(version, S("vls/"));
}

static void put_version(struct writer *w, str version, const char *id)
{
	json_open_object(&w->o);
	json_put_str(&w->o, "category", is_range(version) ? S("product_version_range") : S("product_version"));
	json_put_str(&w->o, "name", version);
	json_open(&w->o, "product", '{');
	json_put_str(&w->o, "name", STR_CAT(w->c->arena, w->s.publisher, S(" "), w->s.product, S(" "), version));
	json_put_str(&w->o, "product_id", str_of(id));
	json_close(&w->o);
	json_close(&w->o);
}

#define P1 "CSAFPID-0001"
#define P2 "CSAFPID-0002"

/* Keys in order, as test 6.2.13 wants: branches stand before category. */
static void put_products(struct writer *w)
{
	json_open(&w->o, "product_tree", '{');
	json_open(&w->o, "branches", '[');
	json_open_object(&w->o);
	json_open(&w->o, "branches", '[');
	json_open_object(&w->o);
	json_open(&w->o, "branches", '[');
	put_version(w, given(w, w->s.affected, two_versions(&w->s) ? N_("affected version") : N_("version")), P1);
	if (two_versions(&w->s))
		put_version(w, given(w, w->s.fixed, N_("fixed version")), P2);
	json_close(&w->o);
	json_put_str(&w->o, "category", S("product_name"));
	json_put_str(&w->o, "name", w->s.product);
	json_close(&w->o);
	json_close(&w->o);
	json_put_str(&w->o, "category", S("vendor"));
	json_put_str(&w->o, "name", w->s.publisher);
	json_close(&w->o);
	json_close(&w->o);
	json_close(&w->o);
}

static void put_ids(struct writer *w, const char *key, const char *id)
{
	json_open(&w->o, key, '[');
	json_out_str(&w->o, str_of(id));
	json_close(&w->o);
}

/* meets CSAF-2.0 4.5: why it is not affected, as a flag; the words are a threat of the category impact */
static void put_flag(struct writer *w)
{
	json_open(&w->o, "flags", '[');
	json_open_object(&w->o);
	json_put_str(&w->o, "label", S("vulnerable_code_not_in_execute_path"));
	put_ids(w, "product_ids", P1);
	json_close(&w->o);
	json_close(&w->o);
}

static void put_remediation(struct writer *w)
{
	bool fix = two_versions(&w->s);

	json_open(&w->o, "remediations", '[');
	json_open_object(&w->o);
	json_put_str(&w->o, "category", fix ? S("vendor_fix") : S("none_available"));
	json_put_str(&w->o, "details", fix ? gap(w, N_("how to update, and where the fixed version is"))
	                                   : gap(w, N_("what users can do until there is a fix")));
	put_ids(w, "product_ids", P1);
	json_close(&w->o);
	json_close(&w->o);
}

static void put_impact(struct writer *w)
{
	json_open(&w->o, "threats", '[');
	json_open_object(&w->o);
	json_put_str(&w->o, "category", S("impact"));
	json_put_str(&w->o, "details", gap(w, N_("why the product is not affected; correct the label of the flag, too")));
	put_ids(w, "product_ids", P1);
	json_close(&w->o);
	json_close(&w->o);
}

static void put_status(struct writer *w)
{
	bool fixed_too = two_versions(&w->s), fixed = str_eq(w->s.status, S("fixed"));

	json_open(&w->o, "product_status", '{');
	if (fixed_too || fixed) {
		json_open(&w->o, "fixed", '[');
		if (fixed)
			json_out_str(&w->o, S(P1));
		if (fixed_too)
			json_out_str(&w->o, S(P2));
		json_close(&w->o);
	}
	if (!fixed)
		put_ids(w, cstr(w->c->arena, w->s.status), P1);
	json_close(&w->o);
}

static void put_vulnerability(struct writer *w)
{
	bool affected = str_eq(w->s.status, S("known_affected")), spared = str_eq(w->s.status, S("known_not_affected"));

	json_open(&w->o, "vulnerabilities", '[');
	json_open_object(&w->o);
	json_put_str(&w->o, "cve", w->s.cve);
	if (spared)
		put_flag(w);
	if (!w->s.cve.p) {
		json_open(&w->o, "ids", '[');
		json_open_object(&w->o);
		json_put_str(&w->o, "system_name", gap(w, N_("whose number it is; with a CVE, put cve in the place of ids")));
		json_put_str(&w->o, "text", gap(w, N_("number of the vulnerability")));
		json_close(&w->o);
		json_close(&w->o);
	}
	json_open(&w->o, "notes", '[');
	put_note(w, "description", gap(w, N_("what an attacker can do, and under which conditions")), word_tr(w->words, N_("Description")));
	json_close(&w->o);
	put_status(w);
	if (affected)
		put_remediation(w);
	if (spared)
		put_impact(w);
	json_put_str(&w->o, "title", gap(w, N_("name of the vulnerability")));
	json_close(&w->o);
	json_close(&w->o);
}

static bool document_print(struct ctx *c, const struct csaf_skeleton *s, struct buf *out)
{
	struct writer w = { .c = c, .s = *s };

	TRY(right(c, s, &w.tlp));
	w.s.lang = s->lang.p ? s->lang : S("en");
	w.words  = str_eq_nocase(language_primary(w.s.lang), S("ja")) ? LANG_JA : LANG_EN;
	w.s.publisher = given(&w, s->publisher, N_("publisher"));
	w.s.namespace_uri = s->namespace_uri.p ? s->namespace_uri : S("https://example.com");
	while (w.s.namespace_uri.n && w.s.namespace_uri.p[w.s.namespace_uri.n - 1] == '/')
		w.s.namespace_uri.n--;
	w.s.category = s->category.p ? s->category : S("vendor");
	w.s.status = s->status.p && s->profile == PROFILE_VEX ? s->status : S("known_affected");
	w.s.product = given(&w, s->product, N_("product"));
	w.s.id = s->id.p ? s->id : suggested_id(&w);
	json_out_init(&w.o, out, JSON_PRETTY);
	json_open_object(&w.o);
	if (s->v21)
		json_put_str(&w.o, "$schema", S(SCHEMA_21));
	put_document(&w);
	if (has_products(s)) {
		put_products(&w);
		put_vulnerability(&w);
	}
	json_close(&w.o);
	buf_char(out, '\n');
	return !out->full || fault(c, E_LIMIT, NULL, N_("There is not enough memory to write this document."));
}

/* What was given may be right for itself and wrong in its place, such as "<2" for a single version. */
static bool is_valid(struct ctx *c, str document)
{
	struct csaf_findings f;

	TRY(csaf_check(c, document, &(struct csaf_options){ .preset = CSAF_BASIC, .cwe_release = STR_NONE }, &f));
	for (size_t i = 0; i < f.n; i++)
		if (f.v[i].class == CSAF_ERROR)
			return fault(c, E_INVALID, NULL, N_("The document would not be valid ({1} {2}): {3}"), str_of(f.v[i].test), f.v[i].pointer,
			             word_fill(c, f.v[i].text, f.v[i].arg, 2));
	return true;
}

bool csaf_skeleton_print(struct ctx *c, const struct csaf_skeleton *s, struct buf *out)
{
	size_t from = out->n;

	TRY(document_print(c, s, out));
	if (is_valid(c, str_slice(buf_str(out), from, out->n)))
		return true;
	out->n = from;
	return false;
}

/* ---- what is to be filled in ---- */

struct step { const struct step *up; str key; size_t at; };

static void step_print(struct buf *b, const struct step *s)
{
	if (!s)
		return;
	step_print(b, s->up);
	if (s->key.p)
		json_pointer_key(b, s->key);
	else
		json_pointer_index(b, s->at);
}

/* A text in brackets, or the address of nobody. */
static bool is_gap(str s)
{
	size_t from = str_find(s, S("["), 0);

	return s.n && ((from != SIZE_MAX && str_find(s, S("]"), from) != SIZE_MAX) || str_starts(s, S("https://example.com")));
}

static size_t gaps(struct buf *out, const struct json *v, const struct step *up)
{
	size_t n = 0, i = 0;

	if (is_gap(json_str(v))) {
		step_print(out, up);
		buf_char(out, '\n');
		n++;
	}
	for (JSON_ITEMS(x, v)) {
		n += gaps(out, x, &(struct step){ up, STR_NONE, i });
		i++;
	}
	for (JSON_MEMBERS(m, v))
		n += gaps(out, &m->value, &(struct step){ up, json_key(m), 0 });
	return n;
}

size_t csaf_skeleton_gaps(const struct json *document, struct buf *out)
{
	return gaps(out, document, NULL);
}
