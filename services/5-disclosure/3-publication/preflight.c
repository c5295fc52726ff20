#include "services/5-disclosure/3-publication/preflight.h"

#include "base/buf.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/gap.h"
#include "services/5-disclosure/3-publication/spelling.h"
#include "services/5-disclosure/3-publication/wording.h"
#include "standards/csaf/csaf.h"

/* ---- flaws ---- */

static struct flaw *flaw_add(struct ctx *c, struct flaws *out, enum weight w, str text, str href, str field)
{
	static const struct { const char *css, *word, *class; } look[] = {
		[WEIGHT_MUST] = { "trouble", N_("Must"), "error" }, [WEIGHT_SHOULD] = { "warn", N_("Should"), "warning" },
		[WEIGHT_MAY] = { "", N_("May"), "info" },
	};
	struct flaw f = { .weight = w, .css = str_of(look[w].css), .word = word_tr(c->lang, look[w].word),
	                  .class = str_of(look[w].class), .text = text, .href = href, .field = field };

	out->count[w]++;
	return list_push(c->arena, &out->list, f) ? &out->list.v[out->list.n - 1] : NULL;
}

void flaws_add(struct ctx *c, struct flaws *out, enum weight w, str text, str href)
{
	(void)flaw_add(c, out, w, text, href, STR_NONE);
}

static str sentence(struct ctx *c, const char *english, str a, str b)
{
	return word_fill(c, english, (const str[]){ a, b }, 2);
}

static void field_flaw(struct ctx *c, struct flaws *out, enum weight w, const char *english, int lang,
                       const struct text_field *f)
{
	str name = text_arg(c, f, lang);

	flaw_add(c, out, w,
	         sentence(c, english, word_tr(c->lang, f->label),
	                  word_tr(c->lang, text_name(lang))),
	         STR_CAT(c->arena, S("#f-"), name), name);
}

static void texts_check(struct ctx *c, const struct bulletin *b, struct flaws *out)
{
	for (size_t i = 0; i < TEXT_FIELDS; i++) {
		const struct text_field *f = &text_fields[i];
		bool en = str_trim(text_value(&b->text[TEXT_EN], f)).n > 0;
		bool ja = str_trim(text_value(&b->text[TEXT_JA], f)).n > 0;
		for (size_t k = 0; k < TEXT_LANGS; k++) {
			int  lang = k ? bulletin_other(b) : b->original;
			bool here = lang == TEXT_JA ? ja : en, there = lang == TEXT_JA ? en : ja;
			if (!here && (text_must(b, f) || there))
				field_flaw(c, out, WEIGHT_MUST, N_("{1} is empty in {2}."), lang, f);
		}
	}
	for (int lang = 0; lang < TEXT_LANGS; lang++) {
		struct references refs;
		str               bad;
		references_read(c, b->text[lang].refs, &refs, &bad);
		if (bad.n)
			field_flaw(c, out, WEIGHT_SHOULD, N_("{1} ({2}): a line has no address and is left out."), lang, &text_fields[6]);
	}
}

/* meets CSAF-2.1 3.2.1.6: what stands in a document is in its language */
static void wording_check(struct ctx *c, const struct bulletin *b, struct flaws *out)
{
	for (size_t i = 0; i < TEXT_FIELDS; i++)
		for (int lang = 0; lang < TEXT_LANGS; lang++) {
			const struct text_field *f = &text_fields[i];
			str text = text_value(&b->text[lang], f), what;
			str name = text_arg(c, f, lang);
			str href = STR_CAT(c->arena, S("#f-"), name);

			if (markup_find(text, &what))
				flaw_add(c, out, WEIGHT_SHOULD, sentence(c, N_("{1}: {2} is shown as it is typed; neither Markdown nor HTML means anything here."),
				         word_tr(c->lang, f->label), what), href, name);
			if (str_eq(str_of(f->stem), S("title")) && str_find(text, b->e.number, 0) != SIZE_MAX)   /* meets CSAF-2.1 6.2.22: the conversion takes it out */
				flaw_add(c, out, WEIGHT_SHOULD, sentence(c, N_("{1} holds the number of the advisory; in documents of CSAF 2.1 it is taken out."),
				         word_tr(c->lang, f->label), S("")), href, name);
			if (!f->names && wrong_language(text, text_code(lang)))
				flaw_add(c, out, WEIGHT_SHOULD, sentence(c, N_("{1} is not written in {2}."), word_tr(c->lang, f->label),
				         word_tr(c->lang, text_name(lang))), href, name);
		}
}

/* A word that no dictionary has may be right: it is told, and holds nothing up. */
static void misspelt_tell(struct ctx *c, const struct bulletin *b, const struct misspelt *m, struct flaws *out)
{
	str          name = m->field ? text_arg(c, m->field, TEXT_EN) : STR_NONE;
	str          href = m->field ? STR_CAT(c->arena, S("#f-"), name) : STR_CAT(c->arena, S("/cases/"), b->k.id.v, str_of(m->at));
	struct flaw *x    = flaw_add(c, out, WEIGHT_MAY, sentence(c, N_("{1}: not in the dictionary: {2}"),
	                             m->field ? word_tr(c->lang, m->field->label) : m->of, m->words), href, name);

	if (!x)
		return;
	x->test     = S("6.3.8");
	x->document = S("CSAF 2.0, 2.1");
	x->pointer  = m->field ? str_of(m->field->pointer) : S("/vulnerabilities");
}

/* meets CSAF-2.0 6.3.8, CSAF-2.1 6.3.8: the English texts, which the documents hold */
static bool spelling_check(struct ctx *c, const struct bulletin *b, struct flaws *out)
{
	static const char *const said[] = {
		[SPELLING_DONE] = N_("The English texts were looked up in a dictionary. There is none for Japanese: the spelling of those texts was not checked."),
		[SPELLING_NO_DICTIONARY] = N_("Spelling was not checked: the server has no dictionary of English (such as hunspell-en-us), and there is none for Japanese."),
		[SPELLING_NOBODY] = N_("Spelling was not checked: the part of the server that does it does not answer."),
	};
	struct spelling s;

	TRY(spelling_find(c, b, &s));
	out->spelling = word_tr(c->lang, said[s.state]);
	for (size_t i = 0; i < s.list.n; i++)
		misspelt_tell(c, b, &s.list.v[i], out);
	return true;
}

static bool decided(const struct bulletin *b, str vuln, const char *status)
{
	for (size_t i = 0; i < b->impact.n; i++)
		if (str_eq(b->impact.v[i].vuln.v, vuln) && (!status || str_eq(b->impact.v[i].status, str_of(status))))
			return true;
	return false;
}

static bool remedied(const struct bulletin *b, str vuln)
{
	for (size_t i = 0; i < b->remedies.n; i++)
		if (str_eq(b->remedies.v[i].vuln.v, vuln))
			return true;
	return false;
}

static void facts_check(struct ctx *c, const struct bulletin *b, struct flaws *out)
{
	str page = STR_CAT(c->arena, S("/cases/"), b->k.id.v);

	if (!str_eq(b->e.tlp, S("CLEAR")))
		flaw_add(c, out, WEIGHT_MUST, word_tr(c->lang, N_("Only what is TLP:CLEAR can be published.")), page, STR_NONE);
	if (status_is(b, "draft"))
		flaw_add(c, out, WEIGHT_MUST, word_tr(c->lang, N_("A document with the status draft does not go out; it must be interim or final.")),
		         S("#status"), STR_NONE);
	if (b->e.withdraws)
		return;
	if (b->vulns.n == 0)
		flaw_add(c, out, WEIGHT_MUST, word_tr(c->lang, N_("The case has no vulnerability yet.")),
		         STR_CAT(c->arena, page, S("#qualification")), STR_NONE);
	for (size_t i = 0; i < b->vulns.n; i++) {
		const struct bulletin_vulns_row *v = &b->vulns.v[i];
		str name = v->cve.n ? v->cve : str_fmt(c->arena, "V%lld", (long long)v->ordinal);
		if (str_eq(v->severity, S("unknown")))
			flaw_add(c, out, WEIGHT_MUST, sentence(c, N_("The severity of {1} is not assessed."), name, S("")),
			         STR_CAT(c->arena, page, S("#qualification")), STR_NONE);
		if (!decided(b, v->id.v, NULL))
			flaw_add(c, out, WEIGHT_SHOULD, sentence(c, N_("No version is decided for {1}."), name, S("")),
			         STR_CAT(c->arena, page, S("#impact")), STR_NONE);
		if (decided(b, v->id.v, "affected") && !remedied(b, v->id.v))
			flaw_add(c, out, WEIGHT_SHOULD, sentence(c, N_("{1} has no released remedy."), name, S("")),
			         STR_CAT(c->arena, page, S("#remedies")), STR_NONE);
		if (v->cve.n == 0)
			flaw_add(c, out, WEIGHT_MAY, sentence(c, N_("{1} has no CVE number."), name, S("")),
			         STR_CAT(c->arena, page, S("#qualification")), STR_NONE);
	}
}

static bool is_below(str pointer, str at)
{
	return str_starts(pointer, at) && (pointer.n == at.n || pointer.p[at.n] == '/');
}

/* The references before those that are typed: its own address, its page; of a translation also the original. */
static bool is_own_link(str pointer, bool translates)
{
	return str_eq(pointer, S("/document/references")) || is_below(pointer, S("/document/references/0")) ||
	       is_below(pointer, S("/document/references/1")) || (translates && is_below(pointer, S("/document/references/2")));
}

str preflight_field(struct ctx *c, const struct bulletin *b, int lang, str pointer)
{
	size_t notes = 0;

	if (is_own_link(pointer, lang != b->original))
		return STR_NONE;
	for (size_t i = 0; i < TEXT_FIELDS; i++) {
		const struct text_field *f = &text_fields[i];
		str at = str_of(f->pointer);

		if (f->category && text_value(&b->text[lang], f).n == 0)
			continue;   /* an empty text is no note: those behind it move up */
		if (f->category)
			at = str_fmt(c->arena, "%s/%zu", f->pointer, notes++);
		if (is_below(pointer, at))
			return text_arg(c, f, lang);
	}
	return STR_NONE;
}

/* Where on the case page it is mended; none: it is nothing that is written there. */
static str case_place(struct ctx *c, const struct bulletin *b, str pointer)
{
	static const struct { const char *part, *at; } places[] = {
		{ "/remediations", "#remedies" }, { "/product_status", "#impact" }, { "/flags", "#impact" }, { "/threats", "#impact" },
		{ "/product_tree", "#impact" }, { "/vulnerabilities", "#qualification" },
	};

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (str_find(pointer, str_of(places[i].part), 0) != SIZE_MAX)
			return STR_CAT(c->arena, S("/cases/"), b->k.id.v, str_of(places[i].at));
	return STR_NONE;
}

/* A version's id in the document is nothing that people know: its name instead. */
static str named(struct ctx *c, const struct bulletin *b, str arg)
{
	for (size_t i = 0; arg.n && i < b->impact.n; i++)
		if (str_eq(b->impact.v[i].release.v, arg))
			return STR_CAT(c->arena, b->impact.v[i].product_name, S(" "), b->impact.v[i].release_name);
	return arg;
}

/* Of which document. */
struct told { int lang; bool v21; };

static struct flaw *told_already(struct flaws *out, const struct csaf_finding *f, str field)
{
	for (size_t i = 0; i < out->list.n; i++) {
		struct flaw *x = &out->list.v[i];
		if (x->said == f->text && str_eq(x->test, str_of(f->test)) && str_eq(x->field, field))
			return x;
	}
	return NULL;
}

/* In which documents: a language is told only where the originals do not have it. */
static str documents_word(struct ctx *c, const struct bulletin *b, const struct flaw *x)
{
	bool old = x->places[TEXT_EN][0] || x->places[TEXT_JA][0], new = x->places[TEXT_EN][1] || x->places[TEXT_JA][1];
	str  which = old && new ? S("CSAF 2.0, 2.1") : new ? S("CSAF 2.1") : S("CSAF 2.0");

	return x->places[b->original][0] + x->places[b->original][1] > 0 ? which
	       : STR_CAT(c->arena, which, S(" ("), word_tr(c->lang, text_name(bulletin_other(b))), S(")"));
}

/* What is said of several places, or of several documents, is one line. */
static void finding_tell(struct ctx *c, const struct bulletin *b, const struct told *t, const struct csaf_finding *f, struct flaws *out)
{
	static const enum weight weights[] = { [CSAF_ERROR] = WEIGHT_MUST, [CSAF_WARNING] = WEIGHT_SHOULD, [CSAF_INFO] = WEIGHT_MAY };
	str          field = preflight_field(c, b, t->lang, f->pointer);
	struct flaw *x     = told_already(out, f, field);
	const str    arg[] = { named(c, b, f->arg[0]), named(c, b, f->arg[1]) };

	if (!x) {
		x = flaw_add(c, out, weights[f->class], word_fill(c, f->text, arg, 2),
		             field.n ? STR_CAT(c->arena, S("#f-"), field) : case_place(c, b, f->pointer), field);
		if (!x)
			return;
		x->test    = str_of(f->test);
		x->pointer = f->pointer;
		x->said    = f->text;
	}
	x->places[t->lang][t->v21]++;
	x->document = documents_word(c, b, x);
}

static void not_run_add(struct ctx *c, const struct csaf_findings *found, struct flaws *out)
{
	for (size_t i = 0; i < found->not_runs; i++) {
		str id = str_of(found->not_run[i]);
		if (str_eq(id, S("6.3.8")))
			continue;   /* spelling_check tells of it */
		if (str_find(STR_CAT(c->arena, out->not_run, S(",")), STR_CAT(c->arena, id, S(",")), 0) == SIZE_MAX)
			out->not_run = out->not_run.n ? STR_CAT(c->arena, out->not_run, S(", "), id) : id;
	}
}

/* meets CSAF-2.1 6.3.16: what was not judged is told, with the reason and who does it */
static void not_run_tell(struct ctx *c, struct flaws *out)
{
	static const struct { const char *tests, *why; } reasons[] = {
		{ " 6.3.6 6.3.7 ", N_("Whether the addresses in the documents answer was not asked ({1}): psirt csaf check --network does it.") },
		{ " 6.3.16 ", N_("Grammar was not checked ({1}), as the checker also blames right sentences: psirt csaf check --grammar judges the English ones.") },
		{ "", N_("A text that these tests know by its title has no such title in Japanese: {1}.") },
	};
	enum { REASONS = sizeof(reasons) / sizeof(reasons[0]) };
	str ids[REASONS] = { 0 }, rest = out->not_run, id;

	while (str_cut(&rest, ',', &id)) {
		size_t i = 0;

		id = str_trim(id);
		while (i + 1 < REASONS && str_find(str_of(reasons[i].tests), STR_CAT(c->arena, S(" "), id, S(" ")), 0) == SIZE_MAX)
			i++;
		ids[i] = ids[i].n ? STR_CAT(c->arena, ids[i], S(", "), id) : id;
	}
	for (size_t i = 0; i < REASONS; i++)
		if (ids[i].n)
			out->not_run_because = STR_CAT(c->arena, out->not_run_because, out->not_run_because.n ? S(" ") : S(""),
			                               sentence(c, reasons[i].why, ids[i], S("")));
}

static bool did_not_run(const struct csaf_findings *found, const char *test)
{
	for (size_t i = 0; i < found->not_runs; i++)
		if (str_eq(str_of(found->not_run[i]), str_of(test)))
			return true;
	return false;
}

static void findings_tell(struct ctx *c, const struct bulletin *b, const struct told *t, const struct csaf_findings *found,
                          struct flaws *out)
{
	for (size_t i = 0; i < found->n; i++)
		if (found->v[i].class != CSAF_INFO || !did_not_run(found, found->v[i].test))   /* it says no more than that it did not */
			finding_tell(c, b, t, &found->v[i], out);
	not_run_add(c, found, out);
}

/* Both documents of a language; one of CSAF 2.0 that is not valid is not worth converting. */
static bool tongue_flaws(struct ctx *c, const struct bulletin *b, int lang, enum csaf_preset preset, struct flaws *out)
{
	struct csaf_options  how   = { .preset = preset, .findings_max = 500, .now = b->now };
	struct csaf_findings found = { 0 };
	str                  bytes;

	TRY(bulletin_csaf(c, b, lang, &bytes));
	TRY(csaf_check(c, bytes, &how, &found));
	findings_tell(c, b, &(struct told){ lang, false }, &found, out);
	if (!found.valid) {
		if (!out->unchecked.n)   /* once for both languages */
			out->unchecked = word_tr(c->lang, N_("The document of CSAF 2.1 is checked once that of CSAF 2.0 has no error."));
		return true;
	}
	TRY(bulletin_csaf21(c, b, lang, &found, &bytes));
	if (preset != CSAF_BASIC) {
		found = (struct csaf_findings){ 0 };
		TRY(csaf_check(c, bytes, &how, &found));
	}
	findings_tell(c, b, &(struct told){ lang, true }, &found, out);
	return true;
}

/* Empty documents are not looked at: what is missing was said already. */
static bool csaf_flaws(struct ctx *c, const struct bulletin *b, enum csaf_preset preset, struct flaws *out)
{
	const int order[] = { b->original, bulletin_other(b) };

	for (size_t i = 0; i < TEXT_LANGS; i++) {
		int lang = order[i];

		if (!bulletin_speaks(b, lang))
			continue;
		if (b->text[lang].title.n == 0 || b->text[lang].summary.n == 0)
			out->unchecked = STR_CAT(c->arena, out->unchecked, out->unchecked.n ? S(" ") : S(""),
			                         sentence(c, N_("The CSAF documents in {1} are checked once title and summary are there in {1}."),
			                                  word_tr(c->lang, text_name(lang)), S("")));
		else
			TRY(tongue_flaws(c, b, lang, preset, out));
	}
	return true;
}

/* Errors first; what is of one weight stays in its order. */
static void flaws_sort(struct flaws *out)
{
	for (size_t i = 1; i < out->list.n; i++) {
		struct flaw x = out->list.v[i];
		size_t      k = i;

		for (; k > 0 && out->list.v[k - 1].weight > x.weight; k--)
			out->list.v[k] = out->list.v[k - 1];
		out->list.v[k] = x;
	}
}

/* In the document that has it most often. */
static int64_t places_most(const struct flaw *x)
{
	int64_t most = 0;

	for (int lang = 0; lang < TEXT_LANGS; lang++)
		for (int v = 0; v < 2; v++)
			most = x->places[lang][v] > most ? x->places[lang][v] : most;
	return most;
}

static void places_tell(struct ctx *c, struct flaws *out)
{
	for (size_t i = 0; i < out->list.n; i++) {
		struct flaw *x = &out->list.v[i];
		int64_t   more = places_most(x) - 1;

		if (more > 0)
			x->text = STR_CAT(c->arena, x->text, S(" "), sentence(c, N_("(and at {1} more places)"),
			                                                      str_fmt(c->arena, "%lld", (long long)more), S("")));
	}
}

static void number_check(struct ctx *c, const struct bulletin *b, struct flaws *out)
{
	int other = bulletin_other(b);

	if (!bulletin_speaks(b, other))
		flaw_add(c, out, WEIGHT_SHOULD,
		         sentence(c, N_("Another advisory has the number {1}, so this one gets no CSAF documents in {2}."),
		                  bulletin_number(c, b, other), word_tr(c->lang, text_name(other))), STR_NONE, STR_NONE);
}

static bool look(struct ctx *c, const struct bulletin *b, enum csaf_preset preset, struct flaws *out)
{
	*out = (struct flaws){ .list = { .max = 500 },
		.not_run = S(""), .not_run_because = S(""), .unchecked = S(""), .spelling = S("") };
	texts_check(c, b, out);
	facts_check(c, b, out);
	wording_check(c, b, out);
	number_check(c, b, out);
	gaps_tell(c, b, out);
	TRY(csaf_flaws(c, b, preset, out));
	not_run_tell(c, out);
	TRY(preset != CSAF_FULL || spelling_check(c, b, out));
	places_tell(c, out);
	flaws_sort(out);
	return true;
}

/* meets FIRST-1.1 5.3.2.1: an advisory without its parts does not go out */
bool preflight(struct ctx *c, const struct bulletin *b, struct flaws *out)
{
	return look(c, b, CSAF_FULL, out);
}

void flaws_refuse(struct ctx *c, struct flaws *out, str text, str field)
{
	(void)flaw_add(c, out, WEIGHT_MUST, text, field.n ? STR_CAT(c->arena, S("#f-"), field) : STR_NONE, field);
	flaws_sort(out);
}

bool preflight_pass(struct ctx *c, const struct bulletin *b)
{
	struct flaws       f;
	const struct flaw *x;

	TRY(look(c, b, CSAF_BASIC, &f));
	if (f.count[WEIGHT_MUST] == 0)
		return true;
	x = f.list.v;   /* sorted: the first must, if any was kept */
	return fault(c, E_STATE, NULL, N_("This cannot go out yet: {1}"),
	             f.list.n == 0 || x->weight != WEIGHT_MUST ? S("…")
	             : x->test.n ? STR_CAT(c->arena, x->document, S(" "), x->test, S(" "), x->text, S(" "), x->pointer) : x->text);
}
