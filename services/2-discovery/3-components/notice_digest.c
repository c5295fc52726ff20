#include "services/2-discovery/3-components/notice_digest.h"

#include <stdlib.h>

#include "base/list.h"
#include "platform/json/json_out.h"
#include "platform/op/tool.h"
#include "services/2-discovery/3-components/notice_tree.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_diff.h"
#include "standards/cvss/cvss.h"

/* ---- texts ---- */

static void put(struct notice_out *d, const char *key, str s, size_t max)
{
	json_put_str(&d->o, key, utf8_plain(d->c->arena, s.n ? s : S(""), max));
}

/* ---- severity ---- */

static const char *const ranks[] = { "unknown", "none", "low", "medium", "high", "critical" };
enum { RANKS = sizeof(ranks) / sizeof(ranks[0]) };

static size_t rank_of(str word)
{
	for (size_t i = 0; i < RANKS; i++)
		if (str_eq_nocase(word, str_of(ranks[i])))
			return i;
	return 0;
}

struct scored { int tenths; str vector; enum cvss_version version; };

static void vector_weigh(struct ctx *c, const struct json *score, struct scored *best)
{
	str         vector = json_get_str(score, S("vectorString"));
	struct cvss x;
	int         n;

	if (!vector.n)
		return;
	if (!cvss_parse(c, vector, &x)) {
		c->fault = (struct fault){ 0 };
		return;
	}
	n = cvss_scores(&x).overall;
	if (n > best->tenths)
		*best = (struct scored){ n, vector, x.version };
}

/* The highest score, of "scores" of 2.0 or "metrics" of 2.1. */
static struct scored scored(struct ctx *c, const struct json *vuln)
{
	static const char *const keys[] = { "cvss_v4", "cvss_v3", "cvss_v2" };
	struct scored            best = { -1, S_INIT(""), CVSS_31 };

	for (size_t k = 0; k < 3; k++) {
		for (JSON_ITEMS(x, json_get(vuln, S("scores"))))
			vector_weigh(c, json_get(x, str_of(keys[k])), &best);
		for (JSON_ITEMS(x, json_get(vuln, S("metrics"))))
			vector_weigh(c, json_get(json_get(x, S("content")), str_of(keys[k])), &best);
	}
	return best;
}

static size_t rank_scored(const struct scored *s)
{
	return s->tenths < 0 ? 0 : rank_of(str_of(cvss_severity_word(cvss_severity(s->version, s->tenths))));
}

/* ---- the head ---- */

static str tlp_of(const struct json *document)
{
	str s = json_get_str(json_get(json_get(document, S("distribution")), S("tlp")), S("label"));

	if (str_eq(s, S("WHITE")))
		return S("CLEAR");
	return s.n ? s : S("NONE");
}

static void head(struct notice_out *d, const struct json *root)
{
	const struct json *document = json_get(root, S("document")), *tracking = json_get(document, S("tracking"));
	const struct json *publisher = json_get(document, S("publisher"));
	str                summary = S("");

	for (JSON_ITEMS(n, json_get(document, S("notes"))))
		if (!summary.n && str_eq(json_get_str(n, S("category")), S("summary")))
			summary = json_get_str(n, S("text"));
	put(d, "csaf", json_get_str(document, S("csaf_version")), 10);
	put(d, "namespace", json_get_str(publisher, S("namespace")), NOTICE_TITLE);
	put(d, "publisher", json_get_str(publisher, S("name")), NOTICE_TITLE);
	put(d, "number", json_get_str(tracking, S("id")), NOTICE_TITLE);
	put(d, "edition", json_get_str(tracking, S("version")), 100);
	put(d, "status", json_get_str(tracking, S("status")), 20);
	put(d, "tlp", tlp_of(document), 20);
	put(d, "lang", json_get_str(document, S("lang")), 40);
	put(d, "title", json_get_str(document, S("title")), NOTICE_TITLE);
	put(d, "summary", summary, NOTICE_SUMMARY);
	put(d, "first_at", json_get_str(tracking, S("initial_release_date")), 60);
	put(d, "changed_at", json_get_str(tracking, S("current_release_date")), 60);
}

/* ---- vulnerabilities ---- */

static int64_t weakness(const struct json *vuln)
{
	const struct json *one = json_get(vuln, S("cwe"));
	str                id;
	int64_t            n = 0;

	if (!one)
		one = json_at(json_get(vuln, S("cwes")), 0);
	id = json_get_str(one, S("id"));
	if (!str_starts(id, S("CWE-")) || id.n > 10)
		return INT_NONE;
	for (size_t i = 4; i < id.n; i++)
		n = n * 10 + (id.p[i] - '0');
	return n;
}

static bool vulns(struct notice_out *d, const struct json *root)
{
	const struct json *all   = json_get(root, S("vulnerabilities"));
	size_t             worst = rank_of(json_get_str(json_get(json_get(root, S("document")), S("aggregate_severity")), S("text")));
	bool               said  = worst > 0;
	int                most  = -1;

	if (json_count(all) > NOTICE_VULNS)
		return fault(d->c, E_LIMIT, NULL, N_("The document has more than {1} vulnerabilities."), str_fmt(d->c->arena, "%d", NOTICE_VULNS));
	json_open(&d->o, "vulns", '[');
	for (JSON_ITEMS(v, all)) {
		struct scored s = scored(d->c, v);
		size_t        r = rank_scored(&s);
		if (!said && r > worst)
			worst = r;
		if (s.tenths > most)
			most = s.tenths;
		json_open_object(&d->o);
		put(d, "cve", json_get_str(v, S("cve")), 40);
		json_put_int(&d->o, "cwe", weakness(v));
		put(d, "title", json_get_str(v, S("title")), NOTICE_TITLE);
		put(d, "vector", s.vector, CVSS_VECTOR_MAX);
		json_put_int(&d->o, "score", s.tenths < 0 ? INT_NONE : s.tenths);
		json_put_str(&d->o, "severity", str_of(ranks[r]));
		json_close(&d->o);
	}
	json_close(&d->o);
	json_put_str(&d->o, "severity", str_of(ranks[worst]));
	json_put_int(&d->o, "score", most < 0 ? INT_NONE : most);
	return true;
}

/* ---- the whole ---- */

static bool over(struct ctx *c)
{
	return fault(c, E_LIMIT, NULL, N_("The document names more than {1} products."), str_fmt(c->arena, "%d", NOTICE_PRODUCTS));
}

static bool products(struct notice_out *d, const struct json *root)
{
	struct notice_tree t;

	TRY(notice_tree_read(d->c, root, &t) || over(d->c));
	json_open(&d->o, "products", '[');
	for (size_t i = 0; i < t.rows.n; i++) {
		const struct notice_row *r = &t.rows.v[i];
		json_open_object(&d->o);
		put(d, "pid", r->pid, NOTICE_TITLE);
		put(d, "name", r->name, NOTICE_TITLE);
		put(d, "vendor", r->vendor, NOTICE_TITLE);
		put(d, "product", r->product, NOTICE_TITLE);
		put(d, "release", r->release, 200);
		put(d, "span", r->span, NOTICE_TITLE);
		put(d, "purl", r->purl, NOTICE_TITLE);
		put(d, "cpe", r->cpe, NOTICE_TITLE);
		put(d, "purl_key", r->purl_key, NOTICE_TITLE);
		put(d, "cpe_key", r->cpe_key, NOTICE_TITLE);
		json_put_str(&d->o, "verdict", str_of(r->verdict));
		json_close(&d->o);
	}
	json_close(&d->o);
	return true;
}

/* Why a document is no notice, beside the fault: what the schema finds, and where. */
struct trouble { const struct csaf_finding *f; long line, column; };

static bool readable(struct ctx *c, str bytes, const struct json *root, const struct csaf_findings *f, struct trouble *t)
{
	str version = json_get_str(json_get(root, S("document")), S("csaf_version"));

	if (!json_is(root, JSON_OBJECT) || !version.n)
		return fault(c, E_INVALID, NULL, N_("This is no CSAF document: /document/csaf_version is missing."));
	if (!str_eq(version, S("2.0")) && !str_eq(version, S("2.1")))
		return fault(c, E_INVALID, NULL, N_("This document is of CSAF {1}; 2.0 and 2.1 can be read."), utf8_plain(c->arena, version, 40));
	for (size_t i = 0; i < f->n; i++) {
		if (!str_eq(str_of(f->v[i].test), S("schema")))
			continue;
		t->f = &f->v[i];
		if (!json_locate(c, bytes, t->f->pointer, &t->line, &t->column))
			t->line = t->column = 0;
		return fault(c, E_INVALID, NULL, N_("The document breaks the schema of CSAF {1}."), version);
	}
	return true;
}

static bool digest(struct ctx *c, str bytes, struct buf *out, struct trouble *t)
{
	struct csaf_findings f = { 0 };
	struct notice_out    d = { .c = c };
	const struct json   *root;

	if (bytes.n == 0)
		return fault(c, E_INVALID, NULL, N_("The file is empty."));
	TRY(json_parse(c, bytes, &csaf_limits, &root));
	TRY(csaf_check(c, bytes, &(struct csaf_options){ .preset = CSAF_BASIC, .now = c->now }, &f));
	TRY(readable(c, bytes, root, &f, t));
	json_out_init(&d.o, out, JSON_COMPACT);
	json_open_object(&d.o);
	head(&d, root);
	json_put_int(&d.o, "errors", (int64_t)f.count[CSAF_ERROR]);
	TRY(vulns(&d, root));
	TRY(products(&d, root));
	json_close(&d.o);
	buf_char(out, '\n');
	return true;
}

static void words_put(struct ctx *c, struct json_out *o, const char *key, const char *with, const char *text, const str *arg, size_t n)
{
	json_put_str(o, key, utf8_plain(c->arena, str_of(text ? text : ""), NOTICE_TITLE));
	json_open(o, with, '[');
	for (size_t i = 0; i < n; i++)
		json_out_str(o, utf8_plain(c->arena, arg[i].n ? arg[i] : S(""), NOTICE_TITLE));
	json_close(o);
}

static void wrong(struct ctx *c, struct buf *out, const struct trouble *t)
{
	const struct fault *f = &c->fault;
	struct json_out     o;
	const char         *text = f->text ? f->text : f->code == E_LIMIT ? N_("The document is too large or too deep.") : N_("The document cannot be read.");

	out->n = 0;
	json_out_init(&o, out, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "fault", f->code == E_LIMIT ? S("limit") : f->code == E_SYNTAX ? S("syntax") : S("invalid"));
	words_put(c, &o, "text", "with", text, f->arg, FAULT_ARGS);
	if (t->f)
		words_put(c, &o, "detail", "detail_with", t->f->text, t->f->arg, 2);
	json_put_str(&o, "pointer", utf8_plain(c->arena, t->f ? (t->f->pointer.n ? t->f->pointer : S("/")) : f->where.n ? f->where : S(""), NOTICE_TITLE));
	json_put_int(&o, "line", t->line ? t->line : f->line);
	json_put_int(&o, "column", t->line ? t->column : f->column);
	json_close(&o);
	buf_char(out, '\n');
}

void notice_wrong(struct ctx *c, struct buf *out)
{
	wrong(c, out, &(struct trouble){ 0 });
}

bool notice_read_one(struct ctx *c, int argc, char **argv, const char *usage, str *bytes, struct buf *err, int *status)
{
	*status = NOTICE_USAGE;
	if (argc != 1 || (argv[0][0] == '-' && argv[0][1])) {
		buf_add(err, str_of(usage));
		return false;
	}
	*status = NOTICE_UNREADABLE;
	return tool_read(c, argv[0], bytes, err);
}

int csaf_notice_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct trouble t = { 0 };
	str            bytes;
	int            status;

	if (!notice_read_one(c, argc, argv, "psirt csaf notice FILE|-\n", &bytes, err, &status))
		return status;
	if (digest(c, bytes, out, &t))
		return NOTICE_MADE;
	wrong(c, out, &t);
	return NOTICE_REFUSED;
}

/* ---- what an update says otherwise ---- */

/* A side of a change in words: the standard's, a text, or the value as JSON. */
static str side(struct ctx *c, const struct csaf_change *x, int i)
{
	struct buf b;

	if (x->words[i].n)
		return x->words[i];
	if (!x->value[i])
		return S("");
	if (json_is(x->value[i], JSON_STRING))
		return json_str(x->value[i]);
	buf_init(&b, c->arena, 1 << 20);
	json_print(&b, x->value[i], JSON_COMPACT);
	return buf_str(&b);
}

static str named(struct ctx *c, const struct csaf_change *x)
{
	enum { SHOWN = 5 };
	str out = S("");

	for (size_t i = 0; i < x->products_n && i < SHOWN; i++)
		out = STR_CAT(c->arena, out, i ? S(", ") : S(""), utf8_cut(x->products[i].name.n ? x->products[i].name : x->products[i].id, 150));
	if (x->products_n > SHOWN)
		out = STR_CAT(c->arena, out, str_fmt(c->arena, " … (%zu)", x->products_n));
	return out;
}

static void change_put(struct notice_out *d, const struct csaf_change *x)
{
	json_open_object(&d->o);
	json_put_str(&d->o, "kind", str_of(csaf_change_name(x->kind)));
	json_put_str(&d->o, "area", str_of(csaf_area_name(x->area)));
	put(d, "vuln", x->vulnerability, 200);
	put(d, "what", x->label.n ? STR_CAT(d->c->arena, x->what, S(" "), x->label) : x->what, 200);
	put(d, "products", named(d->c, x), NOTICE_TITLE);
	put(d, "was", side(d->c, x, 0), 500);
	put(d, "becomes", side(d->c, x, 1), 500);
	json_close(&d->o);
}

static bool changes(struct ctx *c, str bytes, struct buf *out)
{
	struct notice_out  d = { .c = c };
	const struct json *both;
	struct csaf_diff   diff;
	size_t             n = 0;

	TRY(json_parse(c, bytes, &csaf_limits, &both));
	if (!json_is(both, JSON_ARRAY) || json_count(both) != 2)
		return fault(c, E_INVALID, NULL, N_("A JSON array of the old and the new document is needed."));
	TRY(csaf_diff(c, json_at(both, 0), json_at(both, 1), &diff));
	json_out_init(&d.o, out, JSON_COMPACT);
	json_open_object(&d.o);
	json_open(&d.o, "changes", '[');
	for (size_t i = 0; i < diff.changes.n && n < NOTICE_CHANGES; i++)
		if (diff.changes.v[i].area != AREA_TRACKING) {
			change_put(&d, &diff.changes.v[i]);
			n++;
		}
	json_close(&d.o);
	json_close(&d.o);
	buf_char(out, '\n');
	return true;
}

int csaf_notice_changes_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	str bytes;
	int status;

	if (!notice_read_one(c, argc, argv, "psirt csaf revision FILE|-\n", &bytes, err, &status))
		return status;
	if (changes(c, bytes, out))
		return NOTICE_MADE;
	notice_wrong(c, out);
	return NOTICE_REFUSED;
}
