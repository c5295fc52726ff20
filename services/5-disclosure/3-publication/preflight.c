#include "services/5-disclosure/3-publication/preflight.h"

#include "base/buf.h"
#include "platform/text/word.h"
#include "standards/csaf/csaf.h"

enum { DIFF_LINES = 400, DIFF_PARTS = 2 * TEXT_FIELDS };

/* ---- flaws ---- */

static void flaw_add(struct ctx *c, struct flaws *out, enum weight w, str text, str href, str field)
{
	static const struct { const char *css, *word; } look[] = {
		[WEIGHT_MUST] = { "trouble", N_("Must") }, [WEIGHT_SHOULD] = { "warn", N_("Should") },
		[WEIGHT_MAY] = { "", N_("May") },
	};

	(void)list_push(c->arena, &out->list, (struct flaw){ w, str_of(look[w].css), word_tr(c->lang, look[w].word),
	                                                     text, href, field });
	out->musts += w == WEIGHT_MUST;   /* counted also when the list is full */
}

static str sentence(struct ctx *c, const char *english, str a, str b)
{
	return word_fill(c, english, (const str[]){ a, b }, 2);
}

static void field_flaw(struct ctx *c, struct flaws *out, enum weight w, const char *english, int lang,
                       const struct text_field *f)
{
	str name = STR_CAT(c->arena, str_of(f->stem), lang == TEXT_JA ? S("_ja") : S("_en"));

	flaw_add(c, out, w,
	         sentence(c, english, word_tr(c->lang, f->label),
	                  word_tr(c->lang, lang == TEXT_JA ? N_("Japanese") : N_("English"))),
	         STR_CAT(c->arena, S("#f-"), name), name);
}

static void texts_check(struct ctx *c, const struct bulletin *b, struct flaws *out)
{
	for (size_t i = 0; i < TEXT_FIELDS; i++) {
		const struct text_field *f = &text_fields[i];
		bool en = str_trim(text_value(&b->text[TEXT_EN], f)).n > 0;
		bool ja = str_trim(text_value(&b->text[TEXT_JA], f)).n > 0;
		bool must = f->must && !(b->e.withdraws && str_eq(str_of(f->stem), S("impact")));
		for (int lang = 0; lang < TEXT_LANGS; lang++) {
			bool here = lang == TEXT_JA ? ja : en, there = lang == TEXT_JA ? en : ja;
			if (!here && (must || there))
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

str preflight_field(struct ctx *c, const struct bulletin *b, str pointer)
{
	size_t notes = 0;

	for (size_t i = 0; i < TEXT_FIELDS; i++) {
		const struct text_field *f = &text_fields[i];
		str at = str_of(f->pointer);

		if (f->category && text_value(&b->text[TEXT_EN], f).n == 0)
			continue;   /* an empty text is no note: those behind it move up */
		if (f->category)
			at = str_fmt(c->arena, "%s/%zu", f->pointer, notes++);
		if (is_below(pointer, at))
			return STR_CAT(c->arena, str_of(f->stem), S("_en"));
	}
	return STR_NONE;
}

static void findings_tell(struct ctx *c, const struct bulletin *b, str version, const struct csaf_findings *found, struct flaws *out)
{
	for (size_t i = 0; i < found->n && i < 50; i++) {
		const struct csaf_finding *f = &found->v[i];
		str field = preflight_field(c, b, f->pointer);
		if (f->class == CSAF_ERROR)
			flaw_add(c, out, WEIGHT_MUST,
			         STR_CAT(c->arena, version, S(" "), str_of(f->test), S(" "), word_fill(c, f->text, f->arg, 2), S(" "), f->pointer),
			         field.n ? STR_CAT(c->arena, S("#f-"), field) : STR_CAT(c->arena, S("/cases/"), b->k.id.v), field);
	}
}

/* Both documents; one of CSAF 2.0 that is not valid is not worth converting. */
static bool csaf_flaws(struct ctx *c, const struct bulletin *b, struct flaws *out)
{
	struct csaf_options  how   = { .preset = CSAF_BASIC, .findings_max = 50 };
	struct csaf_findings found = { 0 };
	str                  bytes;

	if (b->text[TEXT_EN].title.n == 0 || b->text[TEXT_EN].summary.n == 0)
		return true;   /* said already; an empty document would only repeat it */
	TRY(bulletin_csaf(c, b, &bytes));
	TRY(csaf_check(c, bytes, &how, &found));
	findings_tell(c, b, S("CSAF"), &found, out);
	if (!found.valid)
		return true;
	TRY(bulletin_csaf21(c, b, &found, &bytes));
	findings_tell(c, b, S("CSAF 2.1"), &found, out);
	return true;
}

/* meets FIRST-1.1 5.3.2.1: an advisory without its parts does not go out */
bool preflight(struct ctx *c, const struct bulletin *b, struct flaws *out)
{
	*out = (struct flaws){ .list = { .max = 500 } };
	texts_check(c, b, out);
	facts_check(c, b, out);
	return csaf_flaws(c, b, out);
}

bool preflight_pass(struct ctx *c, const struct bulletin *b)
{
	struct flaws f;

	TRY(preflight(c, b, &f));
	for (size_t i = 0; i < f.list.n; i++)
		if (f.list.v[i].weight == WEIGHT_MUST)
			return fault(c, E_STATE, NULL, N_("This cannot go out yet: {1}"), f.list.v[i].text);
	return f.musts == 0 || fault(c, E_STATE, NULL, N_("This cannot go out yet: {1}"), S("…"));
}

/* ---- differences ---- */

struct lines { str v[DIFF_LINES]; size_t n; };

static void lines_cut(str text, struct lines *out)
{
	str line;

	out->n = 0;
	while (out->n < DIFF_LINES && str_cut(&text, '\n', &line))
		out->v[out->n++] = str_ends(line, S("\r")) ? str_slice(line, 0, line.n - 1) : line;
}

/* Longest common subsequence of lines; beyond DIFF_LINES the rest is not compared. */
static void lines_diff(struct ctx *c, const struct lines *a, const struct lines *b, struct diff_part *out)
{
	enum { W = DIFF_LINES + 1 };
	uint16_t *len = NEWS(c->arena, uint16_t, (size_t)W * W);
	size_t    i, j;

	for (i = a->n; i-- > 0;)
		for (j = b->n; j-- > 0;) {
			uint16_t down = len[(i + 1) * W + j], right = len[i * W + j + 1];
			len[i * W + j] = str_eq(a->v[i], b->v[j]) ? (uint16_t)(len[(i + 1) * W + j + 1] + 1)
			                                          : (down > right ? down : right);
		}
	out->lines.max = 2 * DIFF_LINES;
	for (i = j = 0; i < a->n || j < b->n;) {
		struct diff_line l;
		if (i < a->n && j < b->n && str_eq(a->v[i], b->v[j])) {
			l = (struct diff_line){ '=', a->v[i++] };
			j++;
		} else if (i < a->n && (j == b->n || len[(i + 1) * W + j] >= len[i * W + j + 1])) {
			l = (struct diff_line){ '-', a->v[i++] };
		} else {
			l = (struct diff_line){ '+', b->v[j++] };
		}
		(void)list_push(c->arena, &out->lines, l);
	}
}

void texts_diff(struct ctx *c, const struct edition_text_get_row before[TEXT_LANGS],
                const struct edition_text_get_row now[TEXT_LANGS], struct diff *out)
{
	struct lines *a = NEW(c->arena, struct lines), *b = NEW(c->arena, struct lines);

	*out = (struct diff){ .parts = { .max = DIFF_PARTS } };
	for (size_t i = 0; i < TEXT_FIELDS; i++)
		for (int lang = 0; lang < TEXT_LANGS; lang++) {
			str was = text_value(&before[lang], &text_fields[i]), is = text_value(&now[lang], &text_fields[i]);
			struct diff_part p = { word_tr(c->lang, text_fields[i].label), lang == TEXT_JA ? S("ja") : S("en"), { .max = 0 } };
			if (str_eq(was, is))
				continue;
			lines_cut(was, a);
			lines_cut(is, b);
			lines_diff(c, a, b, &p);
			(void)list_push(c->arena, &out->parts, p);
		}
}
