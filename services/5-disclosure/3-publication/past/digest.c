#include "services/5-disclosure/3-publication/past/digest.h"

#include "base/list.h"
#include "platform/json/json_out.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_read.h"
#include "standards/cvss/cvss.h"

/*
 * What the house keeps of a document beside its bytes, as one JSON object.  It
 * runs where documents of strangers are read, in the cage, and answers plain
 * texts: without control characters, cut to the lengths of digest.h.
 */

enum { PRINTED_MAX = 64 << 20 };

struct digest { struct ctx *c; struct json_out o; size_t lines, verdicts, products; };

static void put(struct digest *d, const char *key, str s, size_t max)
{
	json_put_str(&d->o, key, utf8_plain(d->c->arena, s, max));
}

static bool over(struct ctx *c, size_t most, const char *text)
{
	return fault(c, E_LIMIT, "file", text, str_fmt(c->arena, "%zu", most));
}

/* ---- severity ---- */

static int tenths(struct ctx *c, const struct csaf_vulnerability *v, str *vector, enum cvss_version *version)
{
	int best = -1;

	for (size_t i = 0; i < v->vectors.n; i++) {
		struct cvss x;
		int         s;
		if (!cvss_parse(c, v->vectors.v[i].vector, &x)) {
			c->fault = (struct fault){ 0 };
			continue;
		}
		s = cvss_scores(&x).overall;
		if (s > best) {
			best     = s;
			*vector  = v->vectors.v[i].vector;
			*version = x.version;
		}
	}
	return best;
}

static const char *const ranks[] = { "unknown", "none", "low", "medium", "high", "critical" };
enum { RANKS = sizeof(ranks) / sizeof(ranks[0]) };

static size_t rank_of(str word)
{
	for (size_t i = 0; i < RANKS; i++)
		if (str_eq_nocase(word, str_of(ranks[i])))
			return i;
	return 0;
}

static size_t rank_scored(struct ctx *c, const struct csaf_vulnerability *v)
{
	enum cvss_version version = CVSS_31;
	str               vector  = STR_NONE;
	int               score   = tenths(c, v, &vector, &version);

	return score < 0 ? 0 : rank_of(str_of(cvss_severity_word(cvss_severity(version, score))));
}

/* What the publisher says, when it is one of the usual words; else the highest score's. */
static str severity(struct ctx *c, const struct csaf_doc *d)
{
	size_t worst = rank_of(d->severity);

	if (worst)
		return str_of(ranks[worst]);
	for (size_t i = 0; i < d->vulnerabilities.n; i++) {
		size_t r = rank_scored(c, &d->vulnerabilities.v[i]);
		worst = r > worst ? r : worst;
	}
	return str_of(ranks[worst]);
}

/* ---- paragraphs ---- */

static bool line(struct digest *d, size_t vuln, const char *kind, str title, str body, str url)
{
	if (++d->lines > DIGEST_LINES)
		return over(d->c, DIGEST_LINES, N_("The document has more than {1} notes, remedies and references."));
	json_open_object(&d->o);
	json_put_int(&d->o, "vuln", (int64_t)vuln);
	json_put_str(&d->o, "kind", str_of(kind));
	put(d, "title", title, DIGEST_TITLE);
	put(d, "body", body, DIGEST_BODY);
	put(d, "url", url, DIGEST_TITLE);
	json_close(&d->o);
	return true;
}

static bool notes(struct digest *d, size_t vuln, struct csaf_notes n)
{
	for (size_t i = 0; i < n.n; i++)
		TRY(line(d, vuln, "note", n.v[i].title.n ? n.v[i].title : str_of(n.v[i].category), n.v[i].text, S("")));
	return true;
}

static bool links(struct digest *d, size_t vuln, struct csaf_links l)
{
	for (size_t i = 0; i < l.n; i++)
		TRY(line(d, vuln, "reference", l.v[i].summary, S(""), l.v[i].url));
	return true;
}

static str joined(struct ctx *c, struct csaf_strs s)
{
	struct buf b;

	buf_init(&b, c->arena, DIGEST_BODY);
	for (size_t i = 0; i < s.n; i++) {
		buf_add(&b, i ? S(", ") : S(""));
		buf_add(&b, s.v[i]);
	}
	return buf_str(&b);
}

static bool thanks(struct digest *d, size_t vuln, struct csaf_thanked t)
{
	for (size_t i = 0; i < t.n; i++) {
		str names = joined(d->c, t.v[i].names);
		if (names.n && t.v[i].organization.n)
			names = STR_CAT(d->c->arena, names, S(" ("), t.v[i].organization, S(")"));
		TRY(line(d, vuln, "thanks", names.n ? names : t.v[i].organization, t.v[i].summary,
		         t.v[i].urls.n ? t.v[i].urls.v[0] : S("")));
	}
	return true;
}

static bool vuln_lines(struct digest *d, size_t i, const struct csaf_vulnerability *v)
{
	TRY(notes(d, i, v->notes));
	for (size_t k = 0; k < v->remedies.n; k++)
		TRY(line(d, i, "remedy", str_of(v->remedies.v[k].category), v->remedies.v[k].details, v->remedies.v[k].url));
	for (size_t k = 0; k < v->threats.n; k++)
		TRY(line(d, i, "threat", str_of(v->threats.v[k].category), v->threats.v[k].details, S("")));
	TRY(links(d, i, v->links));
	return thanks(d, i, v->thanked);
}

static bool lines(struct digest *d, const struct csaf_doc *x)
{
	json_open(&d->o, "lines", '[');
	TRY(notes(d, 0, x->notes));
	TRY(links(d, 0, x->links));
	TRY(thanks(d, 0, x->thanked));
	for (size_t i = 0; i < x->revisions.n; i++)
		TRY(line(d, 0, "revision", STR_CAT(d->c->arena, x->revisions.v[i].number, S(" · "),
		                                   str_slice(time_print(d->c->arena, x->revisions.v[i].date), 0, 10)),
		         x->revisions.v[i].summary, S("")));
	for (size_t i = 0; i < x->vulnerabilities.n; i++)
		TRY(vuln_lines(d, i + 1, &x->vulnerabilities.v[i]));
	json_close(&d->o);
	return true;
}

/* ---- products ---- */

struct place { str vendor, product, release; };

static bool product(struct digest *d, const struct csaf_product *p, const struct place *at)
{
	if (++d->products > DIGEST_PRODUCTS)
		return over(d->c, DIGEST_PRODUCTS, N_("The document names more than {1} products."));
	json_open_object(&d->o);
	put(d, "pid", p->id, DIGEST_TITLE);
	put(d, "name", p->name, DIGEST_TITLE);
	put(d, "vendor", at->vendor, DIGEST_TITLE);
	put(d, "product", at->product, DIGEST_TITLE);
	put(d, "release", at->release, DIGEST_TITLE);
	json_close(&d->o);
	return true;
}

static bool branches(struct digest *d, const struct csaf_branch *v, size_t n, struct place at)
{
	for (size_t i = 0; i < n; i++) {
		struct place here = at;
		str          kind = str_of(v[i].category);
		if (str_eq(kind, S("vendor")))
			here.vendor = v[i].name;
		if (str_eq(kind, S("product_name")))
			here.product = v[i].name;
		if (str_eq(kind, S("product_version")))
			here.release = v[i].name;
		if (v[i].product)
			TRY(product(d, v[i].product, &here));
		TRY(branches(d, v[i].child, v[i].children, here));
	}
	return true;
}

static bool products(struct digest *d, const struct csaf_doc *x)
{
	json_open(&d->o, "products", '[');
	TRY(branches(d, x->branches.v, x->branches.n, (struct place){ 0 }));
	for (size_t i = 0; i < x->loose.n; i++)
		TRY(product(d, &x->loose.v[i], &(struct place){ 0 }));
	for (size_t i = 0; i < x->relations.n; i++)
		TRY(product(d, &x->relations.v[i].product, &(struct place){ 0 }));
	json_close(&d->o);
	return true;
}

/* ---- vulnerabilities ---- */

static void vulns(struct digest *d, const struct csaf_doc *x)
{
	json_open(&d->o, "vulns", '[');
	for (size_t i = 0; i < x->vulnerabilities.n; i++) {
		const struct csaf_vulnerability *v = &x->vulnerabilities.v[i];
		enum cvss_version version = CVSS_31;
		str               vector  = S("");
		int               score   = tenths(d->c, v, &vector, &version);

		json_open_object(&d->o);
		put(d, "cve", v->cve, 40);
		json_put_int(&d->o, "cwe", v->cwe ? v->cwe : INT_NONE);
		put(d, "title", v->title, DIGEST_TITLE);
		put(d, "vector", vector, CVSS_VECTOR_MAX);
		json_put_int(&d->o, "score", score < 0 ? INT_NONE : score);
		json_put_str(&d->o, "severity", str_of(ranks[rank_scored(d->c, v)]));
		json_close(&d->o);
	}
	json_close(&d->o);
}

/* The eight lists of 3.2.3.9 in the four words of the house. */
static const char *const status_words[CSAF_STATUSES] = {
	[FIRST_AFFECTED] = "affected", [KNOWN_AFFECTED] = "affected", [LAST_AFFECTED] = "affected",
	[FIRST_FIXED] = "fixed", [STATUS_FIXED] = "fixed", [KNOWN_NOT_AFFECTED] = "not_affected",
	[UNDER_INVESTIGATION] = "under_investigation", [RECOMMENDED] = NULL,
};

static bool verdicts(struct digest *d, const struct csaf_doc *x)
{
	json_open(&d->o, "verdicts", '[');
	for (size_t i = 0; i < x->vulnerabilities.n; i++)
		for (int s = 0; s < CSAF_STATUSES; s++)
			for (size_t k = 0; status_words[s] && k < x->vulnerabilities.v[i].status[s].n; k++) {
				if (++d->verdicts > DIGEST_VERDICTS)
					return over(d->c, DIGEST_VERDICTS, N_("The document has more than {1} verdicts on products."));
				json_open_object(&d->o);
				json_put_int(&d->o, "vuln", (int64_t)i + 1);
				put(d, "pid", x->vulnerabilities.v[i].status[s].v[k], DIGEST_TITLE);
				json_put_str(&d->o, "status", str_of(status_words[s]));
				json_close(&d->o);
			}
	json_close(&d->o);
	return true;
}

/* ---- the whole ---- */

static str tlp_of(const char *label)
{
	str s = str_of(label);

	if (str_eq(s, S("WHITE")))
		return S("CLEAR");
	return s.n ? s : S("NONE");
}

static void head(struct digest *d, const struct csaf_doc *x)
{
	str summary = S("");

	for (size_t i = 0; !summary.n && i < x->notes.n; i++)
		if (str_eq(str_of(x->notes.v[i].category), S("summary")))
			summary = x->notes.v[i].text;
	put(d, "namespace", x->publisher.namespace_uri, DIGEST_TITLE);
	put(d, "publisher", x->publisher.name, DIGEST_TITLE);
	put(d, "number", x->id, DIGEST_TITLE);
	put(d, "edition", x->version, 100);
	put(d, "status", str_of(x->status), 20);
	json_put_str(&d->o, "tlp", tlp_of(x->tlp));
	put(d, "lang", x->lang, 40);
	put(d, "title", x->title, DIGEST_TITLE);
	put(d, "summary", summary, 2000);
	json_put_str(&d->o, "severity", severity(d->c, x));
	json_put_time(&d->o, d->c->arena, "first_at", x->initial_release);
	json_put_time(&d->o, d->c->arena, "changed_at", x->current_release);
}

static void findings(struct digest *d, const struct csaf_findings *f)
{
	size_t n = 0;

	json_put_bool(&d->o, "valid", f->valid);
	json_open(&d->o, "findings", '[');
	for (size_t i = 0; i < f->n && n < DIGEST_FINDINGS; i++) {
		if (f->v[i].class != CSAF_ERROR)
			continue;
		n++;
		json_out_str(&d->o, utf8_plain(d->c->arena, STR_CAT(d->c->arena, str_of(f->v[i].test), S(" "), f->v[i].pointer, S(": "),
		             word_fill(d->c, f->v[i].text, f->v[i].arg, 2)), DIGEST_TITLE));
	}
	json_close(&d->o);
}

static bool losses(struct digest *d, const struct json *root)
{
	struct csaf_losses l;
	struct buf         printed;

	buf_init(&printed, d->c->arena, PRINTED_MAX);
	TRY(csaf_reprint(d->c, root, &printed, &l));
	json_put_int(&d->o, "differ", (int64_t)l.all);
	json_open(&d->o, "differences", '[');
	for (size_t i = 0; i < l.n; i++) {
		json_open_object(&d->o);
		json_put_str(&d->o, "what", str_of(csaf_loss_name(l.v[i].kind)));
		put(d, "pointer", l.v[i].pointer, DIGEST_TITLE);
		put(d, "was", l.v[i].was, DIGEST_TITLE);
		put(d, "printed", l.v[i].is, DIGEST_TITLE);
		json_close(&d->o);
	}
	json_close(&d->o);
	return true;
}

/* Only what the schema of 2.0 finds valid has the members that are read here. */
static bool readable(struct ctx *c, const struct json *root, const struct csaf_findings *f)
{
	str version = json_get_str(json_get(root, S("document")), S("csaf_version"));

	if (!json_is(root, JSON_OBJECT) || !version.n)
		return fault(c, E_INVALID, "file", N_("This is no CSAF document: /document/csaf_version is missing."));
	if (!str_eq(version, S("2.0")))
		return fault(c, E_INVALID, "file", N_("This document is of CSAF {1}; history is kept in documents of CSAF 2.0."),
		             utf8_plain(c->arena, version, 40));
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(str_of(f->v[i].test), S("schema")))
			return fault(c, E_INVALID, "file", N_("The document breaks the schema of CSAF 2.0 at {1}: {2}"),
			             utf8_plain(c->arena, f->v[i].pointer.n ? f->v[i].pointer : S("/"), DIGEST_TITLE),
			             utf8_plain(c->arena, word_fill(c, f->v[i].text, f->v[i].arg, 2), DIGEST_TITLE));
	return true;
}

static bool digest(struct ctx *c, str bytes, struct buf *out)
{
	struct csaf_findings  f = { 0 };
	struct digest         d = { .c = c };
	const struct json    *root;
	struct csaf_doc       x;

	if (bytes.n == 0)
		return fault(c, E_INVALID, "file", N_("The file is empty."));
	TRY(json_parse(c, bytes, &csaf_limits, &root));
	TRY(csaf_check(c, bytes, &(struct csaf_options){ .preset = CSAF_BASIC, .now = c->now }, &f));
	TRY(readable(c, root, &f));
	TRY(csaf_read(c, root, &x));
	json_out_init(&d.o, out, JSON_COMPACT);
	json_open_object(&d.o);
	head(&d, &x);
	findings(&d, &f);
	TRY(lines(&d, &x));
	TRY(products(&d, &x));
	vulns(&d, &x);
	TRY(verdicts(&d, &x));
	TRY(losses(&d, root));
	json_close(&d.o);
	buf_char(out, '\n');
	return true;
}

void digest_refuse(struct ctx *c, struct buf *out)
{
	struct json_out o;
	bool            limit = c->fault.code == E_LIMIT;

	out->n = 0;
	json_out_init(&o, out, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "fault", limit ? S("limit") : c->fault.code == E_SYNTAX ? S("syntax") : S("invalid"));
	json_put_str(&o, "text", utf8_plain(c->arena, word_fault(c, &c->fault), DIGEST_BODY));
	json_put_int(&o, "line", c->fault.line);
	json_put_int(&o, "column", c->fault.column);
	json_close(&o);
	buf_char(out, '\n');
}

int csaf_digest_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	str bytes;

	if (argc != 1 || (argv[0][0] == '-' && argv[0][1])) {
		buf_add(err, S("psirt csaf digest FILE|-\n"));
		return DIGEST_USAGE;
	}
	if (!tool_read(c, argv[0], &bytes, err))
		return DIGEST_UNREADABLE;
	if (digest(c, bytes, out))
		return DIGEST_MADE;
	digest_refuse(c, out);
	return DIGEST_REFUSED;
}
