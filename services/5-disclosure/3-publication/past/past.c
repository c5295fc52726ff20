#include "services/5-disclosure/3-publication/past/history.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/point.h"
#include "platform/clock.h"
#include "platform/op/tool.h"
#include "services/5-disclosure/3-publication/bulletin.h"
#include "services/5-disclosure/3-publication/past/digest.h"
#include "standards/csaf/edition.h"

enum { ANSWER_MAX = 8 << 20 };

static const struct json_limits answer_limits = {
	.bytes = ANSWER_MAX, .depth = 8, .members = DIGEST_VERDICTS, .string = 2 * DIGEST_BODY,
};

/* ---- what the cage answers ---- */

static str text(const struct json *v, const char *key, size_t max)
{
	str s = json_get_str(v, str_of(key));

	return s.n ? utf8_cut(s, max) : S("");
}

/* One of these words, else the last. */
static str one_of(str s, const char *const *words)
{
	for (; words[1]; words++)
		if (str_eq(s, str_of(*words)))
			break;
	return str_of(*words);
}

static const char *const severities[] = { "none", "low", "medium", "high", "critical", "unknown", NULL };
static const char *const labels[] = { "CLEAR", "GREEN", "AMBER", "NONE", "RED", NULL };   /* what is not known is not shown */
static const char *const states[] = { "final", "interim", "draft", NULL };

static int64_t number(const struct json *v, const char *key)
{
	int64_t n;

	return json_int(json_get(v, str_of(key)), &n) ? n : INT_NONE;
}

static bool told(struct ctx *c, const struct json *doc)
{
	str     kind = json_get_str(doc, S("fault")), why = text(doc, "text", DIGEST_BODY);
	int64_t line = number(doc, "line"), column = number(doc, "column");
	enum fault_code code = E_INVALID;

	if (str_eq(kind, S("limit")))
		code = E_LIMIT;
	if (str_eq(kind, S("syntax")))
		code = E_SYNTAX;
	if (line < 1)
		return fault(c, code, "file", "{1}", why);
	return fault(c, code, "file", N_("Line {1}, column {2}: {3}"), str_fmt(c->arena, "%lld", (long long)line),
	             str_fmt(c->arena, "%lld", (long long)column), why);
}

/* The cage is not trusted: every value is one that the tables may hold. */
static bool answer_read(struct ctx *c, str answer, struct past *p)
{
	bool known;

	TRY(json_parse(c, answer, &answer_limits, &p->doc));
	if (json_get(p->doc, S("fault")))
		return told(c, p->doc);
	p->namespace_uri = text(p->doc, "namespace", DIGEST_TITLE);
	while (str_ends(p->namespace_uri, S("/")))   /* some write it now with, now without */
		p->namespace_uri.n--;
	p->publisher  = text(p->doc, "publisher", DIGEST_TITLE);
	p->number     = text(p->doc, "number", DIGEST_TITLE);
	p->edition    = text(p->doc, "edition", 100);
	p->status     = one_of(text(p->doc, "status", 20), states);
	p->tlp        = one_of(text(p->doc, "tlp", 20), labels);
	p->lang       = text(p->doc, "lang", 40);
	p->title      = text(p->doc, "title", DIGEST_TITLE);
	p->summary    = text(p->doc, "summary", 2000);
	p->severity   = one_of(text(p->doc, "severity", 20), severities);
	p->differ     = number(p->doc, "differ");
	known         = time_parse(text(p->doc, "first_at", 40), &p->first_at) && time_parse(text(p->doc, "changed_at", 40), &p->changed_at);
	p->valid      = json_bool(json_get(p->doc, S("valid")), &p->valid) && p->valid;
	if (!known || !p->number.n || !p->edition.n || !p->publisher.n || !p->namespace_uri.n || p->differ == INT_NONE)
		return fault(c, E_INVALID, "file", N_("The document does not say in full who published what and when."));
	return true;
}

bool past_read(struct ctx *c, str file, str bytes, struct past *out)
{
	str answer;
	int status;

	*out = (struct past){ .file = utf8_cut(file.n ? file : S("unnamed"), 250), .bytes = bytes };
	TRY(tool_ask(c, S("csaf digest"), bytes, &status, &answer));
	if (status != DIGEST_MADE && status != DIGEST_REFUSED)
		return fault(c, E_INTERNAL, NULL, NULL);
	TRY(answer_read(c, answer, out));
	out->sha256 = bytes_sha256(c, bytes);
	out->sha512 = bytes_sha512(c, bytes);
	return true;
}

/* ---- storing ---- */

static const char *const line_kinds[] = { "remedy", "threat", "reference", "thanks", "revision", "note", NULL };
static const char *const verdict_words[] = { "affected", "fixed", "not_affected", "under_investigation", NULL };
static const char *const loss_words[] = { "missing", "added", "changed", NULL };

/* Only what a browser may follow stays an address. */
static bool is_web(str s)
{
	return str_starts(s, S("https://")) || str_starts(s, S("http://"));
}

static bool lines_store(struct ctx *c, past_id id, const struct json *doc)
{
	int64_t n = 0;

	for (JSON_ITEMS(x, json_get(doc, S("findings"))))
		TRY(sql_past_line_insert(c, id, n++, 0, S("finding"), S(""), utf8_cut(json_str(x).n ? json_str(x) : S(""), DIGEST_TITLE), S("")));
	for (JSON_ITEMS(x, json_get(doc, S("lines")))) {
		str     url  = text(x, "url", DIGEST_TITLE), body = text(x, "body", DIGEST_BODY);
		int64_t vuln = number(x, "vuln");
		TRY(sql_past_line_insert(c, id, n++, vuln > 0 ? vuln : 0, one_of(text(x, "kind", 20), line_kinds),
		                         text(x, "title", DIGEST_TITLE), is_web(url) || !url.n || body.n ? body : url,
		                         is_web(url) ? url : S("")));
	}
	return true;
}

static bool vulns_store(struct ctx *c, past_id id, const struct json *doc)
{
	int64_t n = 0;

	for (JSON_ITEMS(x, json_get(doc, S("vulns"))))
		TRY(sql_past_vuln_insert(c, id, ++n, text(x, "cve", 40), number(x, "cwe"), text(x, "title", DIGEST_TITLE),
		                         text(x, "vector", 512), number(x, "score"), one_of(text(x, "severity", 20), severities)));
	return true;
}

static bool products_store(struct ctx *c, past_id id, const struct json *doc)
{
	int64_t n = 0;

	for (JSON_ITEMS(x, json_get(doc, S("products"))))
		TRY(sql_past_product_insert(c, id, n++, text(x, "pid", DIGEST_TITLE), text(x, "name", DIGEST_TITLE),
		                            text(x, "vendor", DIGEST_TITLE), text(x, "product", DIGEST_TITLE), text(x, "release", DIGEST_TITLE)));
	n = 0;
	for (JSON_ITEMS(x, json_get(doc, S("verdicts")))) {
		int64_t vuln = number(x, "vuln");
		TRY(sql_past_verdict_insert(c, id, n++, vuln > 0 ? vuln : 0, text(x, "pid", DIGEST_TITLE),
		                            one_of(text(x, "status", 20), verdict_words)));
	}
	return true;
}

static bool losses_store(struct ctx *c, past_id id, const struct json *doc)
{
	int64_t n = 0;

	for (JSON_ITEMS(x, json_get(doc, S("differences"))))
		TRY(sql_past_loss_insert(c, id, n++, one_of(text(x, "what", 20), loss_words), text(x, "pointer", DIGEST_TITLE),
		                         text(x, "was", DIGEST_TITLE), text(x, "printed", DIGEST_TITLE)));
	return true;
}

/* By version (CSAF 2.0, 3.1.11); versions that do not compare, by their dates. */
static int by_edition(const void *a, const void *b)
{
	const struct past_of_advisory_row *x = a, *y = b;
	struct edition p, q;
	int            r = edition_parse(x->edition, &p) && edition_parse(y->edition, &q) ? edition_cmp(&p, &q, true) : 0;

	if (!r)
		r = (x->changed_at > y->changed_at) - (x->changed_at < y->changed_at);
	return r ? r : str_cmp(x->id.v, y->id.v);
}

static bool ranks_store(struct ctx *c, const struct past *p, str holder)
{
	struct past_of_advisory_rows all;

	TRY(sql_past_of_advisory(c, p->namespace_uri, p->number, holder, &all));
	qsort(all.v, all.n, sizeof(all.v[0]), by_edition);
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].rank != (int64_t)i + 1)
			TRY(sql_past_rank(c, all.v[i].id, (int64_t)i + 1));
	return true;
}

/* In a chain that only the house sees, when only one person sees the document. */
static bool journal(struct ctx *c, const struct past *p, past_id id)
{
	const struct front *f = front_of(c);

	return !f->journal || f->journal(c, &(struct journal_entry){ "advisory.import", false, past_holder(c, p).n ? id.v : STR_NONE,
		id.v, utf8_cut(p->number, 100) });
}

static bool parts_store(struct ctx *c, const struct past *p, past_id id)
{
	TRY(lines_store(c, id, p->doc));
	TRY(vulns_store(c, id, p->doc));
	TRY(products_store(c, id, p->doc));
	return losses_store(c, id, p->doc);
}

/* Is this document here already, or another one under its name? */
static bool known(struct ctx *c, const struct past *p, past_id *id, bool *there)
{
	struct past_same_row  same;
	struct past_other_row other;
	struct past_ours_row  ours;

	TRY(sql_past_same(c, p->sha256, &same, there));
	if (*there) {
		*id = (past_id){ same.id.v };
		return true;
	}
	TRY(sql_past_ours(c, p->sha256, &ours, there));
	if (*there) {
		*id = (past_id){ STR_NONE };
		return true;
	}
	TRY(sql_past_other(c, p->namespace_uri, p->number, p->edition, &other, there));
	if (*there)
		return fault(c, E_CONFLICT, "file",
		             N_("Version {1} of {2} is kept already, with another content (SHA-256 {3}). A publisher gives a changed document a new version."),
		             p->edition, p->number, other.sha256);
	return true;
}

str past_holder(struct ctx *c, const struct past *p)
{
	return str_eq(p->tlp, S("RED")) ? c->actor->id : S("");
}

bool past_store(struct ctx *c, const struct past *p, past_id *id, enum past_outcome *how)
{
	str     holder = past_holder(c, p);
	int64_t n;
	bool    there;

	*how = PAST_THERE;
	TRY(known(c, p, id, &there));
	if (there)
		return true;
	id->v = random_id(c);
	TRY(sql_past_insert(c, *id, p->namespace_uri, p->publisher, p->number, p->edition, holder, p->status, p->tlp, p->lang, p->title,
	                    p->summary, p->severity, p->first_at, p->changed_at, p->valid, p->differ, p->file, p->bytes,
	                    p->sha256, p->sha512, (user_id){ c->actor->id }, c->now, &n));
	if (n == 0)
		return fault(c, E_BUSY, NULL, NULL);   /* somebody else was first; looked at again */
	crash_point("import.kept");
	TRY(parts_store(c, p, *id));
	TRY(ranks_store(c, p, holder));
	TRY(search_put_all(c, &history_source, id->v));
	crash_point("import.stored");
	*how = PAST_STORED;
	return journal(c, p, *id);
}
