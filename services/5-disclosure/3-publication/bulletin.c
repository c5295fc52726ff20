#include "services/5-disclosure/3-publication/bulletin.h"

#include <openssl/evp.h>
#include <stddef.h>

#include "gen/bulletin.html.h"
#include "services/5-disclosure/3-publication/designation.h"

#include "base/buf.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/session.h"
#include "record/setting.h"
#include "standards/csaf/csaf.h"
#include "standards/cvss/cvss.h"
#include "standards/cwe/cwe.h"

enum { PAGE_BYTES = 4 << 20, LINES_MAX = 20000 };

static const struct choice verdict_choices[] = {
	{ "affected", N_("Affected") },  { "not_affected", N_("Not affected") },
	{ "fixed", N_("Fixed") },        { "under_investigation", N_("Under investigation") },
	{ NULL, NULL },
};

static const struct choice cure_choices[] = {
	{ "fix", N_("Fix") }, { "workaround", N_("Workaround") }, { "mitigation", N_("Mitigation") },
	{ "none_planned", N_("No remedy yet") }, { "will_not_fix", N_("Will not be fixed") }, { NULL, NULL },
};

/* ---- the texts ---- */

#define AT(member) offsetof(struct edition_text_get_row, member)
#define NOTES      "/document/notes"
/* meets FIRST-1.1 5.3.2.1: summary, impact, what to do */
const struct text_field text_fields[TEXT_FIELDS] = {
	{ "title", N_("Title"), AT(title), true, false, "/document/title", NULL, NULL },
	{ "summary", N_("Summary"), AT(summary), true, false, NOTES, "summary", "Summary" },
	{ "description", N_("Description"), AT(description), false, false, NOTES, "details", "Description" },
	{ "impact", N_("Impact (of an attack)"), AT(impact), true, false, NOTES, "general", "Impact" },
	{ "solution", N_("Solution"), AT(solution), false, false, NOTES, "general", "Solution" },
	{ "workaround", N_("Workaround"), AT(workaround), false, false, NOTES, "general", "Workaround" },
	{ "refs", N_("References"), AT(refs), false, true, "/document/references", NULL, NULL },
	{ "thanks", N_("Acknowledgements"), AT(thanks), false, true, "/document/acknowledgments", NULL, NULL },
	{ "change_note", N_("What is new in this edition"), AT(change_note), true, false, "/document/tracking/revision_history", NULL, NULL },
};

str text_code(int lang)
{
	return lang == TEXT_JA ? S("ja") : S("en");
}

int text_of(str code)
{
	return str_eq(code, S("ja")) ? TEXT_JA : TEXT_EN;
}

const char *text_name(int lang)
{
	return lang == TEXT_JA ? N_("Japanese") : N_("English");
}

/* What is withdrawn has no impact any more. */
bool text_must(const struct bulletin *b, const struct text_field *f)
{
	return f->must && !(b->e.withdraws && str_eq(str_of(f->stem), S("impact")));
}

str text_value(const struct edition_text_get_row *t, const struct text_field *f)
{
	return *(const str *)(const void *)((const char *)t + f->at);
}

void text_set(struct edition_text_get_row *t, const struct text_field *f, str text)
{
	*(str *)(void *)((char *)t + f->at) = text;
}

str text_arg(struct ctx *c, const struct text_field *f, int lang)
{
	return STR_CAT(c->arena, str_of(f->stem), S("_"), text_code(lang));
}

/* ---- reading ---- */

static bool text_load(struct ctx *c, edition_id id, const char *lang, struct edition_text_get_row *t)
{
	bool found;

	*t = (struct edition_text_get_row){ S(""), S(""), S(""), S(""), S(""), S(""), S(""), S(""), S("") };
	return sql_edition_text_get(c, id, str_of(lang), t, &found);
}

static str worst_severity(const struct bulletin_vulns_rows *v)
{
	static const char *const rank[] = { "unknown", "none", "low", "medium", "high", "critical" };
	size_t worst = 0;

	for (size_t i = 0; i < v->n; i++)
		for (size_t r = worst + 1; r < 6; r++)
			if (str_eq(v->v[i].severity, str_of(rank[r])))
				worst = r;
	return str_of(rank[worst]);
}

/* Only what came out before this edition, for its revision history. */
static void history_cut(struct bulletin *b)
{
	size_t n = 0;

	while (n < b->history.n && b->history.v[n].ordinal < b->e.ordinal)
		n++;
	b->history.n = n;
}

bool bulletin_load(struct ctx *c, edition_id id, struct bulletin *b)
{
	*b = (struct bulletin){ 0 };
	TRY(sql_edition_get(c, id, &b->e));
	TRY(sql_bulletin_case(c, b->e.casefile, &b->k));
	TRY(text_load(c, id, "en", &b->text[TEXT_EN]));
	TRY(text_load(c, id, "ja", &b->text[TEXT_JA]));
	TRY(sql_bulletin_vulns(c, b->e.casefile, &b->vulns));
	TRY(sql_bulletin_impact(c, b->e.casefile, &b->impact));
	TRY(sql_bulletin_remedy(c, b->e.casefile, &b->remedies));
	TRY(sql_edition_history(c, b->e.advisory, &b->history));
	TRY(setting_load(c, "spelling_words", S(""), &b->right_words));
	TRY(setting_load(c, "advisory_license", S(""), &b->license));
	TRY(setting_load(c, "advisory_advice_en", S(""), &b->advice[TEXT_EN]));
	TRY(setting_load(c, "advisory_advice_ja", S(""), &b->advice[TEXT_JA]));
	TRY(setting_load(c, "advisory_terms_en", S(""), &b->terms[TEXT_EN]));
	TRY(setting_load(c, "advisory_terms_ja", S(""), &b->terms[TEXT_JA]));
	history_cut(b);
	b->severity = worst_severity(&b->vulns);
	b->now      = b->e.published_at != TIME_NONE ? b->e.published_at : c->now - c->now % SECOND;
	b->original = text_of(b->e.original);
	return designation_spare(c, bulletin_number(c, b, bulletin_other(b)), bulletin_path(c, b, bulletin_other(b)), &b->spare);
}

bool status_is(const struct bulletin *b, const char *status)
{
	return str_eq(b->e.status.n ? b->e.status : S("final"), str_of(status));
}

/* ---- digests ---- */

static str digest(struct ctx *c, str bytes, const EVP_MD *kind)
{
	unsigned char out[EVP_MAX_MD_SIZE];
	unsigned int  n = 0;
	struct buf    b;

	EVP_Digest(bytes.p ? bytes.p : "", bytes.n, out, &n, kind, NULL);
	buf_init(&b, c->arena, 2 * sizeof(out));
	buf_hex(&b, out, n);
	return buf_str(&b);
}

str bytes_sha256(struct ctx *c, str bytes)
{
	return digest(c, bytes, EVP_sha256());
}

str bytes_sha512(struct ctx *c, str bytes)
{
	return digest(c, bytes, EVP_sha512());
}

/* Length before each text, so that nothing can move from one to the next. */
static void seal_add(struct buf *b, str s)
{
	buf_fmt(b, "%zu:", s.n);
	buf_add(b, s);
}

/* What there was not always: not told where there is none of it, so that what was approved before is approved still. */
static void seal_pair(struct buf *b, str one, str two)
{
	if (!one.n && !two.n)
		return;
	buf_add(b, S("ja"));
	seal_add(b, one);
	seal_add(b, two);
}

static void seal_text(struct buf *b, const struct edition_text_get_row *t)
{
	const str all[] = { t->title, t->summary, t->description, t->impact, t->solution, t->workaround,
	                    t->refs, t->thanks, t->change_note };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		seal_add(b, all[i]);
}

str bulletin_seal(struct ctx *c, const struct bulletin *b)
{
	struct buf w;

	buf_init(&w, c->arena, 32 << 20);
	seal_add(&w, b->e.number);
	buf_fmt(&w, "%lld,%d,%d;", (long long)b->e.ordinal, b->e.withdraws, b->k.exploited);
	if (b->original != TEXT_EN)
		seal_add(&w, b->e.original);
	if (!status_is(b, "final"))   /* so that what was approved before there were others is approved still */
		seal_add(&w, b->e.status);
	for (int i = 0; i < TEXT_LANGS; i++)
		seal_text(&w, &b->text[i]);
	for (size_t i = 0; i < b->vulns.n; i++) {
		const struct bulletin_vulns_row *v = &b->vulns.v[i];
		const str all[] = { v->id.v, v->title, v->summary, v->cve, v->cvss4, v->cvss31, v->severity };
		buf_fmt(&w, "v%lld,%lld;", (long long)v->cwe, (long long)v->score);
		for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++)
			seal_add(&w, all[k]);
		seal_pair(&w, v->title_ja, v->summary_ja);
	}
	for (size_t i = 0; i < b->impact.n; i++) {
		const struct bulletin_impact_row *v = &b->impact.v[i];
		const str all[] = { v->vuln.v, v->release.v, v->family_name, v->product_name, v->product_name_ja, v->release_name,
		                    v->status, v->justification, v->note };
		for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++)
			seal_add(&w, all[k]);
		seal_pair(&w, v->family_name_ja, v->note_ja);
		if (v->cpe.n || v->purl.n || v->models.n) {
			buf_add(&w, S("id"));
			seal_add(&w, v->cpe);
			seal_add(&w, v->purl);
			seal_add(&w, v->models);
		}
	}
	for (size_t i = 0; i < b->remedies.n; i++) {
		const struct bulletin_remedy_row *r = &b->remedies.v[i];
		const str all[] = { r->vuln.v, r->product.v, r->kind, r->body, r->body_ja, r->fixed_in, r->released_on, r->url };
		for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++)
			seal_add(&w, all[k]);
	}
	return bytes_sha256(c, buf_str(&w));
}

/* ---- what the documents are called ---- */

bool bulletin_speaks(const struct bulletin *b, int lang)
{
	return lang == b->original || b->spare;
}

int bulletin_other(const struct bulletin *b)
{
	return b->original == TEXT_EN ? TEXT_JA : TEXT_EN;
}

str bulletin_number(const struct ctx *c, const struct bulletin *b, int lang)
{
	return lang == b->original ? b->e.number : designation_in(c, b->e.number, text_code(lang));
}

str bulletin_path(struct ctx *c, const struct bulletin *b, int lang)
{
	time_us first = b->e.first_at != TIME_NONE ? b->e.first_at : b->now;

	return STR_CAT(c->arena, str_fmt(c->arena, "%d/", time_civil(first).year),
	               csaf_filename(c->arena, bulletin_number(c, b, lang)));
}

str document_kind(int lang, bool v21)
{
	return lang == TEXT_JA ? v21 ? S("csaf21_ja") : S("csaf_ja") : v21 ? S("csaf21") : S("csaf");
}

/* ---- references ---- */

static bool is_url(str s)
{
	return str_starts(s, S("https://")) || str_starts(s, S("http://"));
}

void references_read(struct ctx *c, str lines, struct references *out, str *bad)
{
	str line;

	*out = (struct references){ .list = { .max = 500 } };
	if (bad)
		*bad = STR_NONE;
	while (str_cut(&lines, '\n', &line)) {
		str    s   = str_trim(line);
		size_t end = 0;
		if (s.n == 0)
			continue;
		while (end < s.n && s.p[end] > ' ')
			end++;
		if (is_url(s)) {
			str url = str_slice(s, 0, end), rest = str_trim(str_slice(s, end, s.n));
			(void)list_push(c->arena, &out->list, (struct reference){ url, rest.n ? rest : url });
		} else if (bad && str_is_none(*bad)) {
			*bad = s;
		}
	}
}

/* ---- the page ---- */

/* The worst word of a version over all vulnerabilities, as a reader needs it. */
static size_t status_rank(str status)
{
	static const char *const rank[] = { "not_affected", "fixed", "under_investigation", "affected" };

	for (size_t i = 0; i < 4; i++)
		if (str_eq(status, str_of(rank[i])))
			return i;
	return 0;
}

struct version_state { str product, name, release; str status; };

static str name_in(bool ja, str name, str name_ja)
{
	return ja && name_ja.n ? name_ja : name;
}

/* One entry a version, in the order of the rows. */
static size_t versions_fold(struct ctx *c, const struct bulletin *b, bool ja, struct version_state **out)
{
	struct version_state *v = NEWS(c->arena, struct version_state, b->impact.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < b->impact.n; i++) {
		const struct bulletin_impact_row *x = &b->impact.v[i];
		if (i == 0 || !str_eq(b->impact.v[i - 1].release.v, x->release.v))
			v[n++] = (struct version_state){ x->product.v, name_in(ja, x->product_name, x->product_name_ja),
			                                 x->release_name, x->status };
		else if (status_rank(x->status) > status_rank(v[n - 1].status))
			v[n - 1].status = x->status;
	}
	*out = v;
	return n;
}

/* The words of data-state in the stylesheet. */
static str state_css(str status)
{
	if (str_eq(status, S("under_investigation")))
		return S("investigating");
	return str_eq(status, S("not_affected")) ? S("not-affected") : status;
}

/* Neighbouring versions with the same word make one line: "4.2.0 – 4.3.1". */
static void lines_fill(struct ctx *c, struct bulletin_page *m, bool ja)
{
	struct version_state *v;
	size_t                n = versions_fold(c, m->b, ja, &v);

	m->lines.max = LINES_MAX;
	for (size_t i = 0; i < n;) {
		size_t last = i;
		str    fixed = S("–");
		while (last + 1 < n && str_eq(v[last + 1].product, v[i].product) && str_eq(v[last + 1].status, v[i].status))
			last++;
		for (size_t k = last + 1; str_eq(v[i].status, S("affected")) && k < n && str_eq(v[k].product, v[i].product); k++)
			if (str_eq(v[k].status, S("fixed"))) {
				fixed = v[k].release;
				break;
			}
		(void)list_push(c->arena, &m->lines, (struct verdict_line){
			v[i].name, last == i ? v[i].release : STR_CAT(c->arena, v[i].release, S(" – "), v[last].release),
			state_css(v[i].status), choice_label(c, verdict_choices, v[i].status), fixed });
		i = last + 1;
	}
}

static void vulns_fill(struct ctx *c, struct bulletin_page *m)
{
	m->vulns.max = 1000;
	for (size_t i = 0; i < m->b->vulns.n; i++) {
		const struct bulletin_vulns_row *v = &m->b->vulns.v[i];
		struct vuln_line x = { .number = str_fmt(c->arena, "V%lld", (long long)v->ordinal),
		                       .title = name_in(c->lang == LANG_JA, v->title, v->title_ja),
		                       .cve = v->cve, .severity = v->severity,
		                       .word = choice_label(c, severity_choices, v->severity),
		                       .vector = v->cvss4.n ? v->cvss4 : v->cvss31 };
		struct cwe w;
		if (v->cwe != INT_NONE && cwe_find(cwe_latest(), (int)v->cwe, &w)) {
			x.cwe     = STR_CAT(c->arena, cwe_id_print(c->arena, w.id), S(" "), w.name);
			x.cwe_url = str_fmt(c->arena, "https://cwe.mitre.org/data/definitions/%d.html", w.id);
		}
		if (v->score != INT_NONE)
			x.score = cvss_score_print(c->arena, (int)v->score);
		(void)list_push(c->arena, &m->vulns, x);
	}
}

static void cures_fill(struct ctx *c, struct bulletin_page *m, bool ja)
{
	str last = STR_NONE;

	m->cures.max = LINES_MAX;
	for (size_t i = 0; i < m->b->remedies.n; i++) {
		const struct bulletin_remedy_row *r = &m->b->remedies.v[i];
		if (!str_eq(r->remedy.v, last))
			(void)list_push(c->arena, &m->cures, (struct cure_line){
				choice_label(c, cure_choices, r->kind), name_in(ja, r->product_name, r->product_name_ja),
				name_in(ja, r->body, r->body_ja), r->fixed_in, r->released_on, r->url });
		last = r->remedy.v;
	}
}

static void history_fill(struct ctx *c, struct bulletin_page *m, bool ja)
{
	const struct bulletin *b = m->b;

	m->history.max = 1000;
	for (size_t i = 0; i < b->history.n; i++)
		(void)list_push(c->arena, &m->history, (struct history_line){
			b->history.v[i].ordinal, b->history.v[i].published_at,
			ja ? b->history.v[i].note_ja : b->history.v[i].note_en });
	(void)list_push(c->arena, &m->history, (struct history_line){ b->e.ordinal, b->now, m->t->change_note });
}

static bool page_write(struct ctx *c, const struct bulletin *b, bool ja, str *out)
{
	int                  lang = ja ? TEXT_JA : TEXT_EN;
	struct bulletin_page m    = { .b = b, .t = &b->text[lang], .ja = ja, .original = lang == b->original,
		.advice = b->advice[lang], .terms = b->terms[lang] };
	struct page          w;

	lines_fill(c, &m, ja);
	vulns_fill(c, &m);
	cures_fill(c, &m, ja);
	history_fill(c, &m, ja);
	references_read(c, m.t->refs, &m.refs, NULL);
	m.severity_word = choice_label(c, severity_choices, b->severity);
	m.first_at      = b->e.first_at != TIME_NONE ? b->e.first_at : b->now;
	page_init(&w, c, PAGE_BYTES);
	html_bulletin(&w, &m);
	*out = buf_str(&w.out);
	return !w.out.full || fault(c, E_LIMIT, NULL, N_("The advisory is too large for one page."));
}

bool bulletin_html(struct ctx *c, const struct bulletin *b, int lang, str *out)
{
	enum lang was  = c->lang;
	str       zone = c->zone, ours;
	bool      ok;

	TRY(setting_load(c, "zone", S("UTC"), &ours));
	c->lang = lang == TEXT_JA ? LANG_JA : LANG_EN;
	c->zone = ours;
	ok      = page_write(c, b, lang == TEXT_JA, out);
	c->lang = was;
	c->zone = zone;
	return ok;
}
