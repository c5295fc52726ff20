#include "services/5-disclosure/3-publication/bulletin.h"

#include "base/buf.h"
#include "platform/json/json_out.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "standards/cvss/cvss.h"
#include "standards/cwe/cwe.h"
#include "standards/tlp/tlp.h"

/*
 * One edition as a CSAF 2.0 document.  With verdicts on versions it is a
 * csaf_security_advisory (profile 4.4), without any, and when it withdraws, a
 * csaf_base: that profile asks for no more than is known.
 */

enum { CSAF_BYTES = 32 << 20 };

struct sheaf {
	struct ctx            *c;
	const struct bulletin *b;
	struct json_out       *o;
};

static const struct { const char *status, *list; } statuses[] = {
	{ "fixed", "fixed" },
	{ "affected", "known_affected" },
	{ "not_affected", "known_not_affected" },
	{ "under_investigation", "under_investigation" },
};

/* The verdicts on one vulnerability with one status, as a list of product ids; nothing when there is none. */
static void products_put(const struct sheaf *s, const char *key, str vuln, str product, const char *status)
{
	bool open = false;

	for (size_t i = 0; i < s->b->impact.n; i++) {
		const struct bulletin_impact_row *v = &s->b->impact.v[i];
		if (!str_eq(v->vuln.v, vuln) || (product.n && !str_eq(v->product.v, product)) ||
		    !str_eq(v->status, str_of(status)))
			continue;
		if (!open)
			json_open(s->o, key, '[');
		open = true;
		json_out_str(s->o, v->release.v);
	}
	if (open)
		json_close(s->o);
}

static bool has_status(const struct bulletin *b, str vuln, str product, const char *status)
{
	for (size_t i = 0; i < b->impact.n; i++)
		if (str_eq(b->impact.v[i].vuln.v, vuln) && (!product.n || str_eq(b->impact.v[i].product.v, product)) &&
		    (!status || str_eq(b->impact.v[i].status, str_of(status))))
			return true;
	return false;
}

/* meets CSAF-2.0 4.4: every vulnerability needs a product status. */
static bool is_advisory(const struct bulletin *b)
{
	if (b->e.withdraws || b->vulns.n == 0)
		return false;
	for (size_t i = 0; i < b->vulns.n; i++)
		if (!has_status(b, b->vulns.v[i].id.v, STR_NONE, NULL))
			return false;
	return true;
}

static void note_put(const struct sheaf *s, const char *category, const char *title, str text)
{
	if (text.n == 0)
		return;
	json_open(s->o, NULL, '{');
	json_put_str(s->o, "category", str_of(category));
	json_put_str(s->o, "text", text);
	json_put_str(s->o, "title", str_of(title));
	json_close(s->o);
}

static void reference_put(const struct sheaf *s, const char *category, str url, str summary)
{
	json_open(s->o, NULL, '{');
	json_put_str(s->o, "category", str_of(category));
	json_put_str(s->o, "summary", summary);
	json_put_str(s->o, "url", url);
	json_close(s->o);
}

static void references_put(const struct sheaf *s)
{
	struct ctx       *c    = s->c;
	str               base = front_of(c)->base_url;
	struct references refs;

	json_open(s->o, "references", '[');
	reference_put(s, "self", STR_CAT(c->arena, base, S("/.well-known/csaf/white/"), bulletin_path(c, s->b)),
	              S("This document (canonical URL)"));
	reference_put(s, "self", STR_CAT(c->arena, base, S("/advisories/"), s->b->e.number), S("This advisory as a web page"));
	references_read(c, s->b->text[TEXT_EN].refs, &refs, NULL);
	for (size_t i = 0; i < refs.list.n; i++)
		reference_put(s, "external", refs.list.v[i].url, refs.list.v[i].summary);
	json_close(s->o);
}

static void revision_put(const struct sheaf *s, int64_t ordinal, time_us at, str note)
{
	json_open(s->o, NULL, '{');
	json_put_time(s->o, s->c->arena, "date", at);
	json_put_str(s->o, "number", str_fmt(s->c->arena, "%lld", (long long)ordinal));
	json_put_str(s->o, "summary", note.n ? note : S("First edition."));
	json_close(s->o);
}

/* meets CSAF-2.0 3.2.1.12, 6.1.14, 6.1.16, 6.1.21 */
static void tracking_put(const struct sheaf *s)
{
	const struct bulletin *b = s->b;
	struct arena          *a = s->c->arena;

	json_open(s->o, "tracking", '{');
	json_put_time(s->o, a, "current_release_date", b->now);
	json_open(s->o, "generator", '{');
	json_put_time(s->o, a, "date", b->now);
	json_open(s->o, "engine", '{');
	json_put_str(s->o, "name", S("psirt"));
	json_close(s->o);
	json_close(s->o);
	json_put_str(s->o, "id", b->e.number);
	json_put_time(s->o, a, "initial_release_date", b->e.first_at != TIME_NONE ? b->e.first_at : b->now);
	json_open(s->o, "revision_history", '[');
	for (size_t i = 0; i < b->history.n; i++)
		revision_put(s, b->history.v[i].ordinal, b->history.v[i].published_at, b->history.v[i].note_en);
	revision_put(s, b->e.ordinal, b->now, b->text[TEXT_EN].change_note);
	json_close(s->o);
	json_put_str(s->o, "status", S("final"));
	json_put_str(s->o, "version", str_fmt(a, "%lld", (long long)b->e.ordinal));
	json_close(s->o);
}

static void distribution_put(const struct sheaf *s)
{
	json_open(s->o, "distribution", '{');
	json_put_str(s->o, "text", str_of(tlp_csaf20_text(TLP_CLEAR)));
	json_open(s->o, "tlp", '{');
	json_put_str(s->o, "label", S("WHITE"));
	json_put_str(s->o, "url", S("https://www.first.org/tlp/"));
	json_close(s->o);
	json_close(s->o);
}

static void document_put(const struct sheaf *s)
{
	const struct edition_text_get_row *t = &s->b->text[TEXT_EN];
	struct json_out *o = s->o;

	json_open(o, "document", '{');
	if (t->thanks.n) {
		json_open(o, "acknowledgments", '[');
		json_open(o, NULL, '{');
		json_put_str(o, "summary", t->thanks);
		json_close(o);
		json_close(o);
	}
	if (!str_eq(s->b->severity, S("unknown"))) {
		json_open(o, "aggregate_severity", '{');
		json_put_str(o, "text", choice_label(s->c, severity_choices, s->b->severity));
		json_close(o);
	}
	json_put_str(o, "category", is_advisory(s->b) ? S("csaf_security_advisory") : S("csaf_base"));
	json_put_str(o, "csaf_version", S("2.0"));
	distribution_put(s);
	json_put_str(o, "lang", S("en"));
	json_open(o, "notes", '[');
	note_put(s, "summary", "Summary", t->summary);
	note_put(s, "details", "Description", t->description);
	note_put(s, "general", "Impact", t->impact);
	note_put(s, "general", "Solution", t->solution);
	note_put(s, "general", "Workaround", t->workaround);
	json_close(o);
	json_open(o, "publisher", '{');
	json_put_str(o, "category", S("vendor"));
	json_put_str(o, "contact_details", STR_CAT(s->c->arena, front_of(s->c)->base_url, S("/report")));
	json_put_str(o, "name", front_of(s->c)->organisation);
	json_put_str(o, "namespace", front_of(s->c)->base_url);
	json_close(o);
	references_put(s);
	json_put_str(o, "title", t->title);
	tracking_put(s);
	json_close(o);
}

static void version_put(const struct sheaf *s, const struct bulletin_impact_row *v)
{
	json_open(s->o, NULL, '{');
	json_put_str(s->o, "category", S("product_version"));
	json_put_str(s->o, "name", v->release_name);
	json_open(s->o, "product", '{');
	json_put_str(s->o, "name", STR_CAT(s->c->arena, front_of(s->c)->organisation, S(" "), v->product_name, S(" "),
	                                   v->release_name));
	json_put_str(s->o, "product_id", v->release.v);
	json_close(s->o);
	json_close(s->o);
}

/* vendor > product > version; verdicts stand by product and version. */
static void tree_put(const struct sheaf *s)
{
	const struct bulletin *b = s->b;
	struct json_out       *o = s->o;

	json_open(o, "product_tree", '{');
	json_open(o, "branches", '[');
	json_open(o, NULL, '{');
	json_open(o, "branches", '[');
	for (size_t i = 0; i < b->impact.n;) {
		str product = b->impact.v[i].product.v, last = STR_NONE;
		json_open(o, NULL, '{');
		json_put_str(o, "category", S("product_name"));
		json_put_str(o, "name", b->impact.v[i].product_name);
		json_open(o, "branches", '[');
		for (; i < b->impact.n && str_eq(b->impact.v[i].product.v, product); i++) {
			if (!str_eq(b->impact.v[i].release.v, last))
				version_put(s, &b->impact.v[i]);
			last = b->impact.v[i].release.v;
		}
		json_close(o);
		json_close(o);
	}
	json_close(o);
	json_put_str(o, "category", S("vendor"));
	json_put_str(o, "name", front_of(s->c)->organisation);
	json_close(o);
	json_close(o);
	json_close(o);
}

/* meets CSAF-2.0 3.2.3.13: only the affected versions carry the score (6.2.19). */
static bool scores_put(const struct sheaf *s, const struct bulletin_vulns_row *v)
{
	static const char *const versions[CVSS_VERSIONS] = { "2.0", "3.0", "3.1", "4.0" };
	struct cvss_score points;
	struct cvss       x;

	if (v->cvss31.n == 0 || !has_status(s->b, v->id.v, STR_NONE, "affected"))
		return true;
	TRY(cvss_parse(s->c, v->cvss31, &x));
	if (x.version != CVSS_30 && x.version != CVSS_31)
		return true;
	points = cvss_scores(&x);
	json_open(s->o, "scores", '[');
	json_open(s->o, NULL, '{');
	json_open(s->o, "cvss_v3", '{');
	json_put_number(s->o, "baseScore", cvss_score_print(s->c->arena, points.base));
	json_put_str(s->o, "baseSeverity", str_of(cvss_severity_word(cvss_severity(x.version, points.base))));
	json_put_str(s->o, "vectorString", cvss_print(s->c->arena, &x));
	json_put_str(s->o, "version", str_of(versions[x.version]));
	json_close(s->o);
	products_put(s, "products", v->id.v, STR_NONE, "affected");
	json_close(s->o);
	json_close(s->o);
	return true;
}

static void flags_put(const struct sheaf *s, str vuln)
{
	static const char *const labels[] = {
		"component_not_present", "inline_mitigations_already_exist", "vulnerable_code_cannot_be_controlled_by_adversary",
		"vulnerable_code_not_in_execute_path", "vulnerable_code_not_present",
	};
	bool any = false;

	for (size_t l = 0; l < 5; l++) {
		bool open = false;
		for (size_t i = 0; i < s->b->impact.n; i++) {
			const struct bulletin_impact_row *v = &s->b->impact.v[i];
			if (!str_eq(v->vuln.v, vuln) || !str_eq(v->status, S("not_affected")) ||
			    !str_eq(v->justification, str_of(labels[l])))
				continue;
			if (!any)
				json_open(s->o, "flags", '[');
			any = true;
			if (!open) {
				json_open(s->o, NULL, '{');
				json_put_str(s->o, "label", str_of(labels[l]));
				json_open(s->o, "product_ids", '[');
			}
			open = true;
			json_out_str(s->o, v->release.v);
		}
		if (open) {
			json_close(s->o);
			json_close(s->o);
		}
	}
	if (any)
		json_close(s->o);
}

static const struct { const char *kind, *category, *plain; } remedies[] = {
	{ "fix", "vendor_fix", "See the advisory." },
	{ "workaround", "workaround", "See the advisory." },
	{ "mitigation", "mitigation", "See the advisory." },
	{ "none_planned", "none_available", "There is no fix yet." },
	{ "will_not_fix", "no_fix_planned", "No fix is planned." },
};

static str remedy_details(const struct sheaf *s, const struct bulletin_remedy_row *r, const char *plain)
{
	struct buf b;

	buf_init(&b, s->c->arena, 128 << 10);
	if (r->fixed_in.n) {
		buf_add(&b, S("Update to version "));
		buf_add(&b, r->fixed_in);
		buf_add(&b, r->body.n ? S(". ") : S("."));
	}
	buf_add(&b, r->body);
	return b.n ? buf_str(&b) : str_of(plain);
}

static void remedy_put(const struct sheaf *s, const struct bulletin_remedy_row *r)
{
	size_t k = 0;

	while (k + 1 < sizeof(remedies) / sizeof(remedies[0]) && !str_eq(r->kind, str_of(remedies[k].kind)))
		k++;
	json_open(s->o, NULL, '{');
	json_put_str(s->o, "category", str_of(remedies[k].category));
	if (r->released_on.n == 10)
		json_put_str(s->o, "date", STR_CAT(s->c->arena, r->released_on, S("T00:00:00Z")));
	json_put_str(s->o, "details", remedy_details(s, r, remedies[k].plain));
	products_put(s, "product_ids", r->vuln.v, r->product.v, "affected");
	if (r->url.n)
		json_put_str(s->o, "url", r->url);
	json_close(s->o);
}

static void remediations_put(const struct sheaf *s, str vuln)
{
	bool open = false;

	for (size_t i = 0; i < s->b->remedies.n; i++) {
		const struct bulletin_remedy_row *r = &s->b->remedies.v[i];
		if (!str_eq(r->vuln.v, vuln) || !has_status(s->b, vuln, r->product.v, "affected"))
			continue;
		if (!open)
			json_open(s->o, "remediations", '[');
		open = true;
		remedy_put(s, r);
	}
	if (open)
		json_close(s->o);
}

/* Why versions are not affected, and whether exploitation is known (3.2.3.14). */
static void threats_put(const struct sheaf *s, str vuln)
{
	bool open = false;

	for (size_t i = 0; i < s->b->impact.n; i++) {
		const struct bulletin_impact_row *v = &s->b->impact.v[i];
		if (!str_eq(v->vuln.v, vuln) || !str_eq(v->status, S("not_affected")) || v->note.n == 0)
			continue;
		if (!open)
			json_open(s->o, "threats", '[');
		open = true;
		json_open(s->o, NULL, '{');
		json_put_str(s->o, "category", S("impact"));
		json_put_str(s->o, "details", v->note);
		json_open(s->o, "product_ids", '[');
		json_out_str(s->o, v->release.v);
		json_close(s->o);
		json_close(s->o);
	}
	if (s->b->k.exploited) {
		if (!open)
			json_open(s->o, "threats", '[');
		open = true;
		json_open(s->o, NULL, '{');
		json_put_str(s->o, "category", S("exploit_status"));
		json_put_str(s->o, "details", S("Exploitation has been seen."));
		json_close(s->o);
	}
	if (open)
		json_close(s->o);
}

static void status_put(const struct sheaf *s, str vuln)
{
	if (!has_status(s->b, vuln, STR_NONE, NULL))
		return;
	json_open(s->o, "product_status", '{');
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		products_put(s, statuses[i].list, vuln, STR_NONE, statuses[i].status);
	json_close(s->o);
}

static void vuln_notes_put(const struct sheaf *s, const struct bulletin_vulns_row *v)
{
	json_open(s->o, "notes", '[');
	note_put(s, "description", "Vulnerability", v->summary.n ? v->summary : v->title);
	if (v->cvss4.n)
		note_put(s, "other", "CVSS 4.0", v->cvss4);
	json_close(s->o);
}

static bool vuln_put(const struct sheaf *s, const struct bulletin_vulns_row *v)
{
	struct json_out *o = s->o;
	struct arena    *a = s->c->arena;
	struct cwe       w;

	json_open(o, NULL, '{');
	if (v->cve.n)
		json_put_str(o, "cve", v->cve);
	if (v->cwe != INT_NONE && cwe_find(cwe_latest(), (int)v->cwe, &w)) {
		json_open(o, "cwe", '{');
		json_put_str(o, "id", cwe_id_print(a, w.id));
		json_put_str(o, "name", w.name);
		json_close(o);
	}
	flags_put(s, v->id.v);
	json_open(o, "ids", '[');
	json_open(o, NULL, '{');
	json_put_str(o, "system_name", STR_CAT(a, front_of(s->c)->organisation, S(" PSIRT")));
	json_put_str(o, "text", str_fmt(a, "%.*s-V%lld", STR_ARG(s->b->e.number), (long long)v->ordinal));
	json_close(o);
	json_close(o);
	vuln_notes_put(s, v);
	status_put(s, v->id.v);
	remediations_put(s, v->id.v);
	TRY(scores_put(s, v));
	threats_put(s, v->id.v);
	json_put_str(o, "title", v->title);
	json_close(o);
	return true;
}

static bool bulletin_put(const struct sheaf *s)
{
	json_open_object(s->o);
	document_put(s);
	if (s->b->impact.n && !s->b->e.withdraws)
		tree_put(s);
	if (s->b->vulns.n && !s->b->e.withdraws) {
		json_open(s->o, "vulnerabilities", '[');
		for (size_t i = 0; i < s->b->vulns.n; i++)
			TRY(vuln_put(s, &s->b->vulns.v[i]));
		json_close(s->o);
	}
	json_close(s->o);
	return true;
}

bool bulletin_csaf(struct ctx *c, const struct bulletin *b, str *out)
{
	struct json_out *o = NEW(c->arena, struct json_out);
	enum lang        was = c->lang;
	struct buf       w;
	bool             ok;

	buf_init(&w, c->arena, CSAF_BYTES);
	json_out_init(o, &w, JSON_PRETTY);
	c->lang = LANG_EN;
	ok      = bulletin_put(&(struct sheaf){ c, b, o });
	c->lang = was;
	*out    = buf_str(&w);
	return ok && (!w.full || fault(c, E_LIMIT, NULL, N_("The CSAF document is too large.")));
}
