#include "standards/cve/cve_write.h"

#include "platform/json/json_out.h"
#include "standards/cvss/cvss.h"
#include "standards/vers/order.h"

enum { TITLE_MAX = 256, TEXT_MAX = 4096, VERSION_MAX = 1024, NAME_MAX = 500, LINKS_MAX = 512, URL_MAX = 2048 };

/* ---- versions ---- */

/* A run of cells, as one entry of `versions`. */
static void entry_put(struct json_out *o, str from, const char *bound, str upper, enum cve_status s)
{
	json_open_object(o);
	json_put_str(o, "version", utf8_cut(from, VERSION_MAX));
	if (bound)
		json_put_str(o, bound, utf8_cut(upper, VERSION_MAX));
	json_put_str(o, "status", str_of(cve_status_name(s)));
	if (bound)
		json_put_str(o, "versionType", S("semver"));
	json_close(o);
}

/* True when the versions are of Semantic Versioning and each is newer than the one before. */
static bool in_order(const struct cve_product *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (!order_semver_valid(p->v[i].version) || (i > 0 && order_semver(p->v[i - 1].version, p->v[i].version) >= 0))
			return false;
	return true;
}

static void run_put(struct json_out *o, const struct cve_product *p, size_t i, size_t last, bool ranges)
{
	const struct cve_cell *v = p->v;

	if (ranges && v[i].status == CVE_AFFECTED && last + 1 < p->n && v[last + 1].status == CVE_UNAFFECTED)
		entry_put(o, v[i].version, "lessThan", v[last + 1].version, v[i].status);
	else if (last > i)
		entry_put(o, v[i].version, "lessThanOrEqual", v[last].version, v[i].status);
	else
		entry_put(o, v[i].version, NULL, STR_NONE, v[i].status);
}

static void versions_put(struct json_out *o, const struct cve_product *p)
{
	bool ranges = in_order(p);

	json_open(o, "versions", '[');
	for (size_t i = 0, last; i < p->n; i = last + 1) {
		last = i;
		while (ranges && last + 1 < p->n && p->v[last + 1].status == p->v[i].status)
			last++;
		if (p->v[i].status != CVE_UNKNOWN)
			run_put(o, p, i, last, ranges);
	}
	json_close(o);
}

static bool says_something(const struct cve_product *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].status != CVE_UNKNOWN)
			return true;
	return false;
}

static void product_put(struct json_out *o, const struct cve_product *p)
{
	json_open_object(o);
	json_put_str(o, "vendor", utf8_cut(p->vendor, NAME_MAX));
	json_put_str(o, "product", utf8_cut(p->name, NAME_MAX));
	if (p->purl.n)
		json_put_str(o, "packageURL", p->purl);
	if (p->cpe.n) {
		json_open(o, "cpes", '[');
		json_out_str(o, p->cpe);
		json_close(o);
	}
	json_put_str(o, "defaultStatus", S("unknown"));
	if (says_something(p))
		versions_put(o, p);
	json_close(o);
}

/* ---- the rest ---- */

static void words_put(struct json_out *o, const char *key, const struct cve_words *v, size_t n)
{
	bool some = false;

	for (size_t i = 0; i < n; i++) {
		if (!v[i].value.n)
			continue;
		if (!some)
			json_open(o, key, '[');
		some = true;
		json_open_object(o);
		json_put_str(o, "lang", str_of(v[i].lang));
		json_put_str(o, "value", utf8_cut(v[i].value, TEXT_MAX));
		json_close(o);
	}
	if (some)
		json_close(o);
}

/* meets CNA-Rules 5.1.7 */
static void weakness_put(struct json_out *o, struct arena *a, const struct cve_draft *d)
{
	if (!d->cwe.n)
		return;
	json_open(o, "problemTypes", '[');
	json_open_object(o);
	json_open(o, "descriptions", '[');
	json_open_object(o);
	json_put_str(o, "lang", S("en"));
	json_put_str(o, "type", S("CWE"));
	json_put_str(o, "cweId", d->cwe);
	json_put_str(o, "description", d->cwe_name.n ? STR_CAT(a, d->cwe, S(" "), d->cwe_name) : d->cwe);
	json_close(o);
	json_close(o);
	json_close(o);
	json_close(o);
}

static bool score_put(struct ctx *c, struct json_out *o, str vector)
{
	static const char *const keys[] = { [CVSS_2] = "cvssV2_0", [CVSS_30] = "cvssV3_0", [CVSS_31] = "cvssV3_1", [CVSS_40] = "cvssV4_0" };
	struct cvss v;
	int         score;

	TRY(cvss_parse(c, vector, &v));
	score = v.version == CVSS_40 ? cvss_scores(&v).overall : cvss_scores(&v).base;
	json_open_object(o);
	json_put_str(o, "format", S("CVSS"));
	json_open(o, keys[v.version], '{');
	json_put_str(o, "version", str_of(cvss_version_name(v.version)));
	json_put_str(o, "vectorString", cvss_print(c->arena, &v));
	json_put_number(o, "baseScore", cvss_score_print(c->arena, score));
	if (v.version != CVSS_2)
		json_put_str(o, "baseSeverity", str_of(cvss_severity_word(cvss_severity(v.version, score))));
	json_close(o);
	json_close(o);
	return true;
}

static bool scores_put(struct ctx *c, struct json_out *o, const struct cve_draft *d)
{
	if (!d->vectors.n)
		return true;
	json_open(o, "metrics", '[');
	for (size_t i = 0; i < d->vectors.n; i++)
		TRY(score_put(c, o, d->vectors.v[i]));
	json_close(o);
	return true;
}

/* Each address once. */
static void links_put(struct json_out *o, const struct cve_draft *d)
{
	json_open(o, "references", '[');
	for (size_t i = 0, n = 0; i < d->links.n && n < LINKS_MAX; i++) {
		const struct cve_link *l = &d->links.v[i];
		size_t                 k = 0;
		while (k < i && !str_eq(d->links.v[k].url, l->url))
			k++;
		if (k < i || !l->url.n || l->url.n > URL_MAX)
			continue;
		n++;
		json_open_object(o);
		json_put_str(o, "url", l->url);
		json_put_str(o, "name", l->name.n ? utf8_cut(l->name, NAME_MAX) : STR_NONE);
		if (l->tag) {
			json_open(o, "tags", '[');
			json_out_str(o, str_of(l->tag));
			json_close(o);
		}
		json_close(o);
	}
	json_close(o);
}

static void source_put(struct json_out *o, const struct cve_draft *d)
{
	if (!d->advisory.n)
		return;
	json_open(o, "source", '{');
	json_put_str(o, "advisory", d->advisory);
	json_close(o);
}

/* meets CVE-5.1 containers.cna; CNA-Rules 5.1.3, 5.1.9, 5.1.10 */
bool cve_write(struct ctx *c, const struct cve_draft *d, struct buf *b)
{
	struct json_out o;

	json_out_init(&o, b, JSON_PRETTY);
	json_open_object(&o);
	json_open(&o, "cnaContainer", '{');
	json_put_str(&o, "title", d->title.n ? utf8_cut(d->title, TITLE_MAX) : STR_NONE);
	json_put_time(&o, c->arena, "datePublic", d->public_at);
	words_put(&o, "descriptions", d->descriptions.v, d->descriptions.n);
	json_open(&o, "affected", '[');
	for (size_t i = 0; i < d->products.n; i++)
		product_put(&o, &d->products.v[i]);
	json_close(&o);
	weakness_put(&o, c->arena, d);
	TRY(scores_put(c, &o, d));
	links_put(&o, d);
	words_put(&o, "solutions", d->solutions.v, d->solutions.n);
	words_put(&o, "workarounds", d->workarounds.v, d->workarounds.n);
	words_put(&o, "credits", d->credits.v, d->credits.n);
	source_put(&o, d);
	json_close(&o);
	json_close(&o);
	buf_char(b, '\n');
	return !b->full || fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document."));
}
