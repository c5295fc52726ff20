/* Records of CVE IDs: made of the case, published, updated, rejected. */
#include "services/5-disclosure/3-publication/cve/numbering.h"

#include "base/buf.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/report.h"
#include "services/5-disclosure/3-publication/bulletin.h"
#include "standards/cve/cve_write.h"
#include "standards/cwe/cwe.h"

enum { RECORD_BYTES = 4 << 20, CREDITS_MAX = 100 };

/* ---- of the case ---- */

static enum cve_status status_of(str word)
{
	return str_eq(word, S("affected")) ? CVE_AFFECTED : str_eq(word, S("under_investigation")) ? CVE_UNKNOWN : CVE_UNAFFECTED;
}

/* The rows of the grid lie by product, then from the oldest to the newest version. */
static void products_fill(struct ctx *c, const struct bulletin *b, vuln_id v, struct cve_draft *d)
{
	struct cve_product *p     = NEWS(c->arena, struct cve_product, b->impact.n + 1);
	struct cve_cell    *cells = NEWS(c->arena, struct cve_cell, b->impact.n + 1);
	size_t              n = 0, used = 0;
	str                 last = STR_NONE;

	for (size_t i = 0; i < b->impact.n; i++) {
		const struct bulletin_impact_row *x = &b->impact.v[i];
		if (!str_eq(x->vuln.v, v.v))
			continue;
		if (n == 0 || !str_eq(last, x->product.v))
			p[n++] = (struct cve_product){ front_of(c)->organisation, x->product_name, &cells[used], 0, x->cpe, x->purl };
		last          = x->product.v;
		cells[used++] = (struct cve_cell){ x->release_name, status_of(x->status) };
		p[n - 1].n++;
	}
	d->products.v = p;
	d->products.n = n;
}

/* What the vulnerability is called in this language, or none. */
static str title_in_tongue(const struct bulletin_vulns_row *v, int lang)
{
	if (lang == TEXT_JA && v->title_ja.n)
		return v->title_ja;
	return str_eq(text_lang(v->title), S("ja")) == (lang == TEXT_JA) ? v->title : S("");
}

/* Of several vulnerabilities in one advisory each says which one it is, in words of the same language. */
static str about(struct ctx *c, const struct bulletin *b, const struct bulletin_vulns_row *v, int lang)
{
	const struct edition_text_get_row *t = &b->text[lang];
	str text = t->description.n ? t->description : t->summary, title = title_in_tongue(v, lang);

	if (b->vulns.n < 2 || !text.n || !title.n)
		return text;
	return STR_CAT(c->arena, title, lang == TEXT_JA ? S("：") : S(": "), text);
}

/* In the language of the original first. */
static void words_fill(struct ctx *c, const struct bulletin *b, const struct bulletin_vulns_row *v, struct cve_draft *d)
{
	struct cve_words *w = NEWS(c->arena, struct cve_words, 3 * TEXT_LANGS);
	const int order[TEXT_LANGS] = { b->original, bulletin_other(b) };

	d->descriptions.v = w;
	d->solutions.v    = w + TEXT_LANGS;
	d->workarounds.v  = w + 2 * TEXT_LANGS;
	for (size_t i = 0; i < TEXT_LANGS; i++) {
		const char *code = cstr(c->arena, text_code(order[i]));

		w[i]                  = (struct cve_words){ code, about(c, b, v, order[i]) };
		w[i + TEXT_LANGS]     = (struct cve_words){ code, b->text[order[i]].solution };
		w[i + 2 * TEXT_LANGS] = (struct cve_words){ code, b->text[order[i]].workaround };
	}
	d->descriptions.n = d->solutions.n = d->workarounds.n = TEXT_LANGS;
}

/* Whom the advisory thanks: one credit a line, in the language of the original. */
static void credits_fill(struct ctx *c, const struct bulletin *b, struct cve_draft *d)
{
	struct cve_words *w    = NEWS(c->arena, struct cve_words, CREDITS_MAX);
	str               rest = b->text[b->original].thanks, line;
	const char       *code = cstr(c->arena, text_code(b->original));

	while (d->credits.n < CREDITS_MAX && str_cut(&rest, '\n', &line))
		if (str_trim(line).n)
			w[d->credits.n++] = (struct cve_words){ code, str_trim(line) };
	d->credits.v = w;
}

/* meets CNA-Rules 5.1.10: the advisory is public before the record refers to it */
static void links_fill(struct ctx *c, const struct bulletin *b, struct cve_draft *d)
{
	struct references refs;
	struct cve_link  *l;

	references_read(c, b->text[TEXT_EN].refs, &refs, NULL);
	l    = NEWS(c->arena, struct cve_link, refs.list.n + 1);
	l[0] = (struct cve_link){ STR_CAT(c->arena, front_of(c)->base_url, S("/advisories/"), b->e.number),
		b->text[TEXT_EN].title, "vendor-advisory" };
	for (size_t i = 0; i < refs.list.n; i++)
		l[i + 1] = (struct cve_link){ refs.list.v[i].url, refs.list.v[i].summary, NULL };
	d->links.v = l;
	d->links.n = refs.list.n + 1;
}

static void scores_fill(struct ctx *c, const struct bulletin_vulns_row *v, struct cve_draft *d)
{
	str       *vectors = NEWS(c->arena, str, 2);
	struct cwe known;

	if (v->cvss4.n)
		vectors[d->vectors.n++] = v->cvss4;
	if (v->cvss31.n)
		vectors[d->vectors.n++] = v->cvss31;
	d->vectors.v = vectors;
	if (v->cwe != INT_NONE && cwe_find(cwe_latest(), (int)v->cwe, &known)) {
		d->cwe      = cwe_id_print(c->arena, known.id);
		d->cwe_name = known.name;
	}
}

/* In the words of the reader; a finding about all of it has no place. */
static bool record_refuse(struct ctx *c, const char *where, const struct finding *f)
{
	str what = word_fill(c, f->text, f->arg, 2);

	return f->pointer.n ? fault(c, E_INVALID, where, N_("The record is not one that CVE Services take: {1} at {2}"), what, f->pointer)
	                    : fault(c, E_INVALID, where, N_("The record is not one that CVE Services take: {1}"), what);
}

/* The first error that CVE Services would find. */
bool cve_record_sound(struct ctx *c, str body)
{
	struct findings f;

	TRY(cve_check(c, body, &f));
	for (size_t i = 0; i < f.n; i++)
		if (f.v[i].class == FINDING_ERROR)
			return record_refuse(c, NULL, &f.v[i]);
	return true;
}

/* The newest advisory of the case that is out, as it was approved. */
static bool approved_load(struct ctx *c, case_id k, struct bulletin *b)
{
	struct cve_edition_row e;
	bool                   found;

	TRY(sql_cve_edition(c, k, &e, &found));
	if (!found)
		return fault(c, E_STATE, NULL, N_("The record refers to the advisory: publish the advisory of the case first."));
	TRY(bulletin_load(c, e.id, b));
	return str_eq(bulletin_seal(c, b), b->e.seal) ||
	       fault(c, E_STATE, NULL, N_("What the case says has changed since advisory {1} was approved; publish a new edition of it first."),
	             b->e.number);
}

bool cve_record_of(struct ctx *c, const struct bulletin *b, size_t i, str *body)
{
	struct cve_draft d = { .title = b->vulns.v[i].title, .public_at = b->e.first_at, .advisory = b->e.number };
	struct buf       w;

	products_fill(c, b, b->vulns.v[i].id, &d);
	if (!d.products.n)
		return fault(c, E_STATE, NULL, N_("No version is decided for this vulnerability: fill in the impact sheet of the case first."));
	words_fill(c, b, &b->vulns.v[i], &d);
	credits_fill(c, b, &d);
	links_fill(c, b, &d);
	scores_fill(c, &b->vulns.v[i], &d);
	buf_init(&w, c->arena, RECORD_BYTES);
	TRY(cve_write(c, &d, &w));
	*body = buf_str(&w);
	return true;
}

bool cve_record_make(struct ctx *c, const struct cve_number_get_row *n, str *body)
{
	struct bulletin b;
	size_t          i = 0;

	if (!n->vuln.v.n)
		return fault(c, E_STATE, NULL, N_("The ID is not given to a vulnerability yet."));
	TRY(approved_load(c, n->casefile, &b));
	while (i < b.vulns.n && !str_eq(b.vulns.v[i].id.v, n->vuln.v))
		i++;
	if (i == b.vulns.n || !str_eq(b.vulns.v[i].cve, n->number))
		return fault(c, E_STATE, NULL, N_("The vulnerability does not have this number any more."));
	TRY(cve_record_of(c, &b, i, body));
	return cve_record_sound(c, *body);
}

/* ---- operations ---- */

/* The ID, which may make this move, and about which nothing is under way. */
static bool moving(struct ctx *c, const struct args *a, enum cve_move move, struct cve_number_get_row *n, struct cve_wish *w)
{
	struct cve_link_to to;
	enum cve_state     from, next;

	TRY(sql_cve_number_get(c, (cve_id){ arg_str(a, "id") }, n));
	TRY(cve_connected(c, &to));
	if (!cve_state_parse(n->state, &from))
		return fault(c, E_STATE, NULL, N_("This ID belongs to another organisation now."));
	TRY(cve_move_check(c, from, move, &next));
	TRY(cve_errand_none(c, n->id));
	w->casefile = n->casefile;
	w->vuln     = n->vuln;
	w->cve      = n->id;
	w->amount   = INT_NONE;
	/* Of an ID that was rejected without a record too, PUT is refused; the errand then asks what there is. */
	return cve_ask_write(c, n->number, move, from != CVE_RESERVED, STR_NONE, &w->q);
}

static bool moved(struct ctx *c, const struct cve_number_get_row *n, const struct cve_wish *w, struct sheet *out)
{
	errand_id id;

	TRY(cve_errand_add(c, w, &id));
	out->casefile = n->casefile.v;
	out->object   = n->id.v;
	out->note     = n->number;
	out->next     = STR_CAT(c->arena, S("/cve/"), n->id.v);
	out->said     = S(N_("The request is on its way; reload to see what came of it."));
	return true;
}

static bool write_out(struct ctx *c, const struct args *a, enum cve_move move, const char *kind, struct sheet *out)
{
	struct cve_number_get_row n;
	struct cve_wish           w = { .kind = kind };

	TRY(moving(c, a, move, &n, &w));
	TRY(cve_record_make(c, &n, &w.q.body));
	return moved(c, &n, &w, out);
}

/* meets FIRST-1.1 5.3.2.5 */
bool cve_run_publish(struct ctx *c, const struct args *a, struct sheet *out)
{
	return write_out(c, a, CVE_PUBLISH, "publish", out);
}

bool cve_run_update(struct ctx *c, const struct args *a, struct sheet *out)
{
	return write_out(c, a, CVE_UPDATE, "update", out);
}

const struct arg cve_reject_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("CVE ID") },
	{ .name = "reason", .kind = ARG_TEXT, .max = 4000, .must = true, .label = N_("Reason, in English"),
	  .hint = N_("It is public: say why the ID is rejected, and nothing of an embargoed vulnerability.") },
	{ .name = "replaced_by", .kind = ARG_LINE, .max = 30, .label = N_("ID to use instead") },
	{ 0 },
};

/* meets CNA-Rules 4.5.3.5, 4.5.3.7 */
bool cve_run_reject(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_number_get_row n;
	struct cve_wish           w = { .kind = "reject" };

	TRY(moving(c, a, CVE_REJECT, &n, &w));
	if (str_eq(arg_str(a, "replaced_by"), n.number))
		return fault(c, E_INVALID, "replaced_by", N_("An ID is not replaced by itself."));
	TRY(cve_rejection(c, arg_str(a, "reason"), arg_str(a, "replaced_by"), &w.q.body));
	return moved(c, &n, &w, out);
}

/* ---- records of others ---- */

const struct arg cve_adp_args[] = {
	{ .name = "number", .kind = ARG_LINE, .max = 30, .must = true, .label = N_("CVE ID") },
	{ .name = "container", .kind = ARG_TEXT, .must = true, .label = N_("Container"),
	  .hint = N_("JSON as CVE Services take it: {\"adpContainer\": …}.") },
	{ 0 },
};

/* {"adpContainer":{…}}, which CVE Services would take. */
static bool adp_sound(struct ctx *c, str body)
{
	const struct json *root;
	struct findings    f;
	struct cve         v;

	TRY(cve_check(c, body, &f));
	for (size_t i = 0; i < f.n; i++)
		if (f.v[i].class == FINDING_ERROR)
			return record_refuse(c, "container", &f.v[i]);
	TRY(json_parse(c, body, &cve_limits, &root));
	cve_read(root, &v);
	return (v.form == CVE_ADP && v.body) || fault(c, E_INVALID, "container", N_("This is no container of an Authorized Data Publisher."));
}

bool cve_run_adp(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_link_to to;
	struct cve_wish    w = { .kind = "adp", .amount = INT_NONE };
	errand_id          id;

	TRY(cve_connected(c, &to));
	if (!cve_id_check(arg_str(a, "number")))
		return fault(c, E_INVALID, "number", N_("A CVE number is written such as CVE-2026-10042."));
	TRY(adp_sound(c, arg_str(a, "container")));
	TRY(cve_ask_adp(c, arg_str(a, "number"), arg_str(a, "container"), &w.q));
	TRY(cve_errand_add(c, &w, &id));
	out->object = id.v;
	out->note   = arg_str(a, "number");
	out->next   = S("/cve");
	out->said   = S(N_("The request is on its way; reload to see what came of it."));
	return true;
}
