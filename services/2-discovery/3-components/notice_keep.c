#include "services/2-discovery/3-components/notice.h"

#include "platform/clock.h"
#include "platform/text/fold.h"
#include "record/casefile.h"
#include "services/2-discovery/3-components/identity.h"
#include "services/2-discovery/3-components/notice_digest.h"
#include "standards/csaf/edition.h"

static const char *const severities[] = { "none", "low", "medium", "high", "critical", "unknown", NULL };
static const char *const verdicts[] = { "affected", "investigated", "fixed", "cleared", NULL };

static int64_t number(const struct json *v, const char *key)
{
	int64_t n;

	return json_int(json_get(v, str_of(key)), &n) ? n : INT_NONE;
}

/* ---- the parts ---- */

static bool vulns_keep(struct ctx *c, notice_id id, const struct json *doc)
{
	int64_t n = 0;

	for (JSON_ITEMS(x, json_get(doc, S("vulns"))))
		TRY(sql_notice_vuln_insert(c, id, ++n, notice_text(x, "cve", 40), number(x, "cwe"), notice_text(x, "title", NOTICE_TITLE),
		                           notice_text(x, "vector", 512), number(x, "score"), notice_word(notice_text(x, "severity", 20), severities)));
	return true;
}

static bool products_keep(struct ctx *c, notice_id id, const struct json *doc)
{
	int64_t n = 0;

	for (JSON_ITEMS(x, json_get(doc, S("products")))) {
		str vendor = notice_text(x, "vendor", NOTICE_TITLE), product = notice_text(x, "product", NOTICE_TITLE), key;
		TRY(identity_name_key(c, vendor, product, &key));
		TRY(sql_notice_product_insert(c, id, ++n, notice_text(x, "pid", NOTICE_TITLE), notice_text(x, "name", NOTICE_TITLE), vendor, product,
		                              notice_text(x, "release", 200), notice_text(x, "span", NOTICE_TITLE), notice_text(x, "purl", NOTICE_TITLE),
		                              notice_text(x, "cpe", NOTICE_TITLE), notice_text(x, "purl_key", NOTICE_TITLE), notice_text(x, "cpe_key", NOTICE_TITLE),
		                              key, notice_word(notice_text(x, "verdict", 20), verdicts)));
	}
	return true;
}

static bool parts_keep(struct ctx *c, notice_id id, const struct notice_paper *p)
{
	TRY(sql_notice_vuln_clear(c, id));
	TRY(sql_notice_product_clear(c, id));
	TRY(vulns_keep(c, id, p->doc));
	TRY(products_keep(c, id, p->doc));
	TRY(notice_hits(c, id, (component_id){ STR_NONE }));
	return notice_find_keep(c, id);
}

/* What finding by words looks into: folded, of one length at most. */
static bool words_of(struct ctx *c, const struct notice_paper *p, str *out)
{
	str all = STR_CAT(c->arena, p->number, S(" "), p->title, S(" "), p->publisher);

	for (JSON_ITEMS(x, json_get(p->doc, S("vulns"))))
		if (all.n < NOTICE_TITLE)
			all = STR_CAT(c->arena, all, S(" "), notice_text(x, "cve", 40));
	return fold_text(c, utf8_cut(STR_CAT(c->arena, all, S(" "), p->summary), 2 * NOTICE_TITLE), out);
}

/* ---- the document ---- */

static user_id by_whom(const struct ctx *c)
{
	return (user_id){ c->actor->channel == CHANNEL_JOB || !c->actor->id.n ? STR_NONE : c->actor->id };
}

/* In a chain that only the house sees, when only one person sees the document. */
static bool journal(struct ctx *c, const struct notice_paper *p, str holder, const struct notice_fate *f)
{
	const struct front *front = front_of(c);
	str                 id    = f->id.v.n ? f->id.v : f->paper.v;

	return !front->journal || front->journal(c, &(struct journal_entry){ "notice.import", false, holder.n ? id : STR_NONE, id,
		p->readable ? utf8_cut(STR_CAT(c->arena, p->number, S(" "), p->edition), 100) : S("") });
}

static bool paper_keep(struct ctx *c, const struct notice_paper *p, supplier_id from, str holder, paper_id before, struct notice_fate *f)
{
	int64_t n;

	TRY(sql_paper_insert(c, f->paper, f->id, from, holder, f->outcome, p->readable ? p->edition : S(""), f->why.why.n ? f->why.why : S(""),
	                     f->why.with.n ? f->why.with : S(""), f->why.detail.n ? f->why.detail : S(""), f->why.detail_with.n ? f->why.detail_with : S(""),
	                     f->why.pointer.n ? f->why.pointer : S(""), f->why.line, f->why.column, p->file, p->bytes, p->sha256, before,
	                     !before.v.n, by_whom(c), c->now, &n));
	if (n != 1)
		return fault(c, E_BUSY, NULL, NULL);   /* somebody else was first; looked at again */
	return journal(c, p, holder, f);
}

/* Of TLP:RED: who brought it, or looks after the supplier. What cannot be read may be anything. */
static bool holder_of(struct ctx *c, const struct notice_paper *p, supplier_id from, str *holder)
{
	struct supplier_owner_row s;
	bool                      found = false;

	*holder = S("");
	if (p->readable ? !str_eq(p->tlp, S("RED")) : from.v.n > 0)
		return true;
	if (by_whom(c).v.n) {
		*holder = c->actor->id;
		return true;
	}
	TRY(sql_supplier_owner(c, from, &s, &found));
	*holder = found && s.owner.v.n ? s.owner.v : S("nobody");
	return true;
}

/* ---- which edition is newer ---- */

/* By version (CSAF 3.1.11); versions that do not compare, by their dates. */
static int newer(const struct notice_paper *p, const struct notice_same_row *have)
{
	struct edition a, b;
	int            r = edition_parse(p->edition, &a) && edition_parse(have->edition, &b) ? edition_cmp(&a, &b, true) : 0;

	return r ? r : (p->changed_at > have->changed_at) - (p->changed_at < have->changed_at);
}

static struct notice_why because(struct ctx *c, const char *text, str a, str b)
{
	return (struct notice_why){ str_of(text), STR_CAT(c->arena, a, S("\n"), b, S("\n")), S(""), S(""), S(""), INT_NONE, INT_NONE };
}

static bool fresh_keep(struct ctx *c, const struct notice_paper *p, supplier_id from, str holder, struct notice_fate *f)
{
	struct supplier_named_row s;
	bool                      found = false;
	str                       words;

	f->outcome = S("kept");
	f->id.v    = random_id(c);
	if (!from.v.n) {
		TRY(sql_supplier_named(c, p->namespace_uri, p->publisher, &s, &found));
		from = found ? s.id : from;
	}
	TRY(words_of(c, p, &words));
	TRY(sql_notice_insert(c, f->id, from, p->namespace_uri, p->publisher, p->number, holder, p->edition, p->csaf, f->paper, p->status, p->tlp, p->lang,
	                      p->title, p->summary, p->severity, p->score, p->errors, words, p->first_at, p->changed_at, c->now));
	TRY(paper_keep(c, p, from, holder, (paper_id){ STR_NONE }, f));
	TRY(parts_keep(c, f->id, p));
	return fact_tell(c, "notice.received", STR_NONE, f->id.v);
}

/* Decided or not, whoever decided sees what is new: a case is told, a notice that was put aside waits again. */
static bool updated_keep(struct ctx *c, const struct notice_paper *p, supplier_id from, const struct notice_same_row *have, str holder,
                         struct notice_fate *f)
{
	str words;

	f->outcome = S("updated");
	f->id      = have->id;
	TRY(words_of(c, p, &words));
	TRY(sql_notice_update(c, f->id, p->edition, p->csaf, f->paper, p->status, p->tlp, p->lang, p->title, p->summary, p->severity, p->score,
	                      p->errors, words, p->first_at, p->changed_at, c->now));
	TRY(paper_keep(c, p, from.v.n ? from : have->supplier, holder, have->paper, f));
	TRY(parts_keep(c, f->id, p));
	if (have->casefile.v.n)
		TRY(timeline_fact(c, have->casefile, "notice.updated", STR_CAT(c->arena, p->number, S(" "), p->edition)));
	return fact_tell(c, "notice.updated", have->casefile.v, f->id.v);
}

bool notice_keep(struct ctx *c, const struct notice_paper *p, supplier_id from, struct notice_fate *f)
{
	struct paper_same_row  same;
	struct notice_same_row have;
	bool                   found = false;
	str                    holder;
	int                    order;

	*f = (struct notice_fate){ .paper = { random_id(c) }, .why = { .line = INT_NONE, .column = INT_NONE } };
	TRY(sql_paper_same(c, p->sha256, &same, &found));
	if (found) {
		*f = (struct notice_fate){ S("there"), same.notice, same.id, { same.why, same.why_with, same.detail, same.detail_with, same.pointer, same.line, same.col } };
		return true;
	}
	TRY(holder_of(c, p, from, &holder));
	if (!p->readable) {
		f->outcome = S("refused");
		f->why     = p->why;
		return paper_keep(c, p, from, holder, (paper_id){ STR_NONE }, f);
	}
	TRY(sql_notice_same(c, p->namespace_uri, p->number, holder, &have, &found));
	if (!found)
		return fresh_keep(c, p, from, holder, f);
	order = newer(p, &have);
	if (order > 0)
		return updated_keep(c, p, from, &have, holder, f);
	f->id      = have.id;
	f->outcome = order < 0 ? S("older") : S("refused");
	f->why     = order < 0 ? because(c, N_("Version {2} is here; this is the older version {1}."), p->edition, have.edition)
	                       : because(c, N_("Version {1} is here already with another content; a publisher gives a changed document a new version."), p->edition, have.edition);
	return paper_keep(c, p, from.v.n ? from : have.supplier, holder, (paper_id){ STR_NONE }, f);
}
