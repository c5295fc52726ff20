#include "services/2-discovery/3-components/notice_tree.h"

#include <stdlib.h>

#include "services/2-discovery/3-components/identity.h"
#include "services/2-discovery/3-components/notice_digest.h"
#include "standards/cpe/cpe.h"
#include "standards/purl/purl.h"
#include "standards/vers/vers.h"

enum { STATUSES_MAX = 2000000, ENTRIES_MAX = 200000 };

/* ---- verdicts ---- */

/* In the order in which one wins over another. */
static const char *const verdicts[] = { "affected", "investigated", "fixed", "cleared" };

static const struct { const char *list; int verdict; } statuses[] = {
	{ "first_affected", 0 }, { "known_affected", 0 }, { "last_affected", 0 }, { "under_investigation", 1 },
	{ "first_fixed", 2 },    { "fixed", 2 },          { "recommended", 2 },   { "known_not_affected", 3 },
};

struct status { str pid; int verdict; };
/* A product as the tree names it; helper: its other names. */
struct entry { str pid, name, vendor, product, release, span; const struct json *helper; };

struct tree {
	struct ctx *c;
	LIST(struct status) status;
	LIST(struct entry)  entries;
	struct notice_tree *out;
};

static int by_status(const void *a, const void *b)
{
	const struct status *x = a, *y = b;
	int                  r = str_cmp(x->pid, y->pid);

	return r ? r : x->verdict - y->verdict;
}

static int by_pid(const void *a, const void *b)
{
	return str_cmp(((const struct entry *)a)->pid, ((const struct entry *)b)->pid);
}

static bool statuses_read(struct tree *t, const struct json *root)
{
	for (JSON_ITEMS(v, json_get(root, S("vulnerabilities"))))
		for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
			for (JSON_ITEMS(p, json_get(json_get(v, S("product_status")), str_of(statuses[i].list))))
				if (!list_push(t->c->arena, &t->status, (struct status){ json_str(p), statuses[i].verdict }))
					return false;
	if (t->status.n)
		qsort(t->status.v, t->status.n, sizeof(t->status.v[0]), by_status);
	return true;
}

/* What is said of the product, or NULL. */
static const char *verdict_of(const struct tree *t, str pid)
{
	size_t low = 0, high = t->status.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (str_cmp(t->status.v[mid].pid, pid) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < t->status.n && str_eq(t->status.v[low].pid, pid) ? verdicts[t->status.v[low].verdict] : NULL;
}

/* ---- the names of a product ---- */

static bool row_push(struct tree *t, struct notice_row r)
{
	return t->out->rows.n < NOTICE_PRODUCTS && list_push(t->c->arena, &t->out->rows, r);
}

/* The range of a purl's own qualifier, where the tree gives none. */
static void purl_take(struct ctx *c, str text, struct notice_row *r)
{
	struct purl p;

	r->purl = text;
	if (!purl_parse(c, text, &p)) {
		c->fault = (struct fault){ 0 };
		return;
	}
	r->purl_key = identity_purl_key(c, &p);
	if (!r->release.n && p.version.n)
		r->release = p.version;
	if (!r->span.n && purl_qualifier(&p, S("vers")).n)
		r->span = purl_qualifier(&p, S("vers"));
}

static void cpe_take(struct ctx *c, str text, struct notice_row *r)
{
	struct cpe n;
	str        version;

	r->cpe = text;
	if (!text.n)
		return;
	if (!cpe_parse(c, text, &n)) {
		c->fault = (struct fault){ 0 };
		return;
	}
	version    = n.value[CPE_VERSION];
	r->cpe_key = identity_cpe_key(c, &n);
	if (!r->release.n && !r->span.n && !str_eq(version, S("*")) && !str_eq(version, S("-")))
		r->release = identity_cpe_plain(c, version);
}

/* A vers in its canonical form; what is none stays as it is written. */
static str span_of(struct ctx *c, str text)
{
	struct vers v;

	if (!str_starts(text, S("vers:")))
		return text;
	if (!vers_parse(c, text, &v)) {
		c->fault = (struct fault){ 0 };
		return text;
	}
	return vers_print(c->arena, &v);
}

static bool entry_rows(struct tree *t, const struct entry *e, const char *verdict)
{
	struct ctx       *c   = t->c;
	struct notice_row one = { .pid = e->pid, .name = e->name, .vendor = e->vendor, .product = e->product,
		.release = e->release, .span = span_of(c, e->span), .verdict = verdict }, row = one;
	const struct json *many = json_get(e->helper, S("purls"));
	str                purl = json_get_str(e->helper, S("purl"));

	cpe_take(c, json_get_str(e->helper, S("cpe")), &row);
	if (!purl.n)
		purl = json_str(json_at(many, 0));
	if (purl.n)
		purl_take(c, purl, &row);
	TRY(row_push(t, row));
	for (size_t i = 1; i < json_count(many); i++) {
		row = one;
		purl_take(c, json_str(json_at(many, i)), &row);
		TRY(row_push(t, row));
	}
	return true;
}

/* ---- the tree ---- */

static bool entry_add(struct tree *t, const struct json *product, struct entry at)
{
	at.pid    = json_get_str(product, S("product_id"));
	at.name   = json_get_str(product, S("name"));
	at.helper = json_get(product, S("product_identification_helper"));
	return list_push(t->c->arena, &t->entries, at);
}

/* As deep as the JSON text, which has a limit. */
static bool branches(struct tree *t, const struct json *list, struct entry at)
{
	for (JSON_ITEMS(b, list)) {
		struct entry here = at;
		str          kind = json_get_str(b, S("category")), name = json_get_str(b, S("name"));
		if (str_eq(kind, S("vendor")))
			here.vendor = name;
		if (str_eq(kind, S("product_name")))
			here.product = name;
		if (str_eq(kind, S("product_version")))
			here.release = name;
		if (str_eq(kind, S("product_version_range")))
			here.span = name;
		if (json_get(b, S("product")))
			TRY(entry_add(t, json_get(b, S("product")), here));
		TRY(branches(t, json_get(b, S("branches")), here));
	}
	return true;
}

/* A product of several: what is told of it is told of the component that it begins with. */
static bool combined(struct tree *t, const struct entry *sorted, size_t n, const struct json *product, str first)
{
	struct entry        key = { .pid = first }, e = { 0 };
	const struct entry *of  = n ? bsearch(&key, sorted, n, sizeof(*sorted), by_pid) : NULL;
	const char         *verdict = verdict_of(t, json_get_str(product, S("product_id")));

	if (!verdict)
		return true;
	if (of)
		e = *of;
	e.pid  = json_get_str(product, S("product_id"));
	e.name = json_get_str(product, S("name"));
	if (json_get(product, S("product_identification_helper")))
		e.helper = json_get(product, S("product_identification_helper"));
	return entry_rows(t, &e, verdict);
}

/* Relationships of 2.0, product paths of 2.1. */
static bool combinations(struct tree *t, const struct json *tree, const struct entry *sorted, size_t n)
{
	for (JSON_ITEMS(r, json_get(tree, S("relationships"))))
		TRY(combined(t, sorted, n, json_get(r, S("full_product_name")), json_get_str(r, S("product_reference"))));
	for (JSON_ITEMS(r, json_get(tree, S("product_paths"))))
		TRY(combined(t, sorted, n, json_get(r, S("full_product_name")), json_get_str(r, S("beginning_product_reference"))));
	return true;
}

bool notice_tree_read(struct ctx *c, const struct json *root, struct notice_tree *out)
{
	const struct json *tree = json_get(root, S("product_tree"));
	struct tree        t    = { .c = c, .status = { .max = STATUSES_MAX }, .entries = { .max = ENTRIES_MAX }, .out = out };

	*out = (struct notice_tree){ .rows = { .max = NOTICE_PRODUCTS } };
	TRY(statuses_read(&t, root));
	TRY(branches(&t, json_get(tree, S("branches")), (struct entry){ 0 }));
	for (JSON_ITEMS(p, json_get(tree, S("full_product_names"))))
		TRY(entry_add(&t, p, (struct entry){ 0 }));
	for (size_t i = 0; i < t.entries.n; i++) {
		const char *verdict = verdict_of(&t, t.entries.v[i].pid);
		if (verdict)
			TRY(entry_rows(&t, &t.entries.v[i], verdict));
	}
	if (t.entries.n)
		qsort(t.entries.v, t.entries.n, sizeof(t.entries.v[0]), by_pid);
	return combinations(&t, tree, t.entries.v, t.entries.n);
}
