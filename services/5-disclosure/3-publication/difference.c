#include "services/5-disclosure/3-publication/difference.h"

#include "platform/text/word.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_diff.h"

enum { DIFF_LINES = 400, DIFF_PARTS = 2 * TEXT_FIELDS, CHANGES_SHOWN = 300 };

/* ---- texts ---- */

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
			struct diff_part p = { word_tr(c->lang, text_fields[i].label), text_code(lang), { .max = 0 } };
			if (str_eq(was, is))
				continue;
			lines_cut(was, a);
			lines_cut(is, b);
			lines_diff(c, a, b, &p);
			(void)list_push(c->arena, &out->parts, p);
		}
}

/* ---- meaning ---- */

/* translation: whose language is told with it; NULL: of the original. */
static void change_add(struct ctx *c, const struct csaf_change *x, const char *translation, struct changes *out)
{
	static const struct { const char *word, *css; } look[] = {
		[CHANGE_ADDED] = { N_("Added"), "ok" }, [CHANGE_REMOVED] = { N_("Removed"), "trouble" }, [CHANGE_CHANGED] = { N_("Changed"), "warn" },
	};
	str              last = out->list.n ? out->list.v[out->list.n - 1].under : STR_NONE;
	struct csaf_told t;

	csaf_change_told(c, x, &t);
	if (translation)
		t.subject = STR_CAT(c->arena, t.subject, S(" ("), word_tr(c->lang, translation), S(")"));
	(void)list_push(c->arena, &out->list, (struct changed){
		str_eq(t.heading, last) ? S("") : t.heading, t.heading, str_of(csaf_change_name(x->kind)),
		word_tr(c->lang, look[x->kind].word), str_of(look[x->kind].css), t.subject, t.value[0], t.value[1], t.products });
}

/* From the document of the edition before to what it would be now; found: that edition has one in this language. */
static bool meaning_diff(struct ctx *c, const struct bulletin *b, edition_id before, int lang, struct csaf_diff *d, bool *found)
{
	struct edition_document_row old;
	const struct json          *was, *is;
	str                         bytes;

	TRY(sql_edition_document(c, before, document_kind(lang, false), &old, found));
	if (!*found)
		return true;
	TRY(bulletin_csaf(c, b, lang, &bytes));
	TRY(json_parse(c, old.bytes, &csaf_limits, &was));
	TRY(json_parse(c, bytes, &csaf_limits, &is));
	return csaf_diff(c, was, is, d);
}

/* Is the same thing said of the same place in the other language already? */
static bool is_told(const struct csaf_diff *d, const struct csaf_change *x)
{
	for (size_t i = 0; i < d->changes.n; i++) {
		const struct csaf_change *y = &d->changes.v[i];
		if (y->kind == x->kind && y->area == x->area && str_eq(y->what, x->what) && str_eq(y->label, x->label) &&
		    str_eq(y->vulnerability, x->vulnerability))
			return true;
	}
	return false;
}

/* meets CSAF-2.0 9.1.6: the differences of two versions, and the version that they demand; of the translation what the original has not */
static bool meaning_fill(struct ctx *c, const struct bulletin *b, edition_id before, struct changes *out)
{
	struct csaf_diff d = { 0 }, translated = { 0 };
	int              other = bulletin_other(b);
	bool             found, both = false;

	TRY(meaning_diff(c, b, before, b->original, &d, &found));
	if (!found)
		return true;
	if (bulletin_speaks(b, other))
		TRY(meaning_diff(c, b, before, other, &translated, &both));
	for (size_t i = 0; i < d.changes.n; i++)
		if (d.changes.v[i].area != AREA_TRACKING)
			change_add(c, &d.changes.v[i], NULL, out);
	for (size_t i = 0; both && i < translated.changes.n; i++)
		if (translated.changes.v[i].area != AREA_TRACKING && !is_told(&d, &translated.changes.v[i]))
			change_add(c, &translated.changes.v[i], text_name(other), out);
	out->same    = out->list.n == 0;
	out->verdict = csaf_diff_verdict(c, &d);
	if (d.version.verdict == BUMP_MORE)   /* our versions count editions */
		out->verdict = str_slice(out->verdict, 0, str_find(out->verdict, S("\n"), 0));
	return true;
}

bool changes_fill(struct ctx *c, const struct bulletin *b, struct changes *out)
{
	struct edition_text_get_row was[TEXT_LANGS] = { 0 };
	struct edition_before_row   before;
	bool                        found;

	*out = (struct changes){ .list = { .max = CHANGES_SHOWN }, .verdict = S("") };
	TRY(sql_edition_before(c, b->e.advisory, b->e.ordinal, &before, &found));
	if (!found)
		return true;
	out->before = before.ordinal;
	TRY(sql_edition_text_get(c, before.id, S("en"), &was[TEXT_EN], &found));
	TRY(sql_edition_text_get(c, before.id, S("ja"), &was[TEXT_JA], &found));
	texts_diff(c, was, b->text, &out->texts);
	return meaning_fill(c, b, before.id, out);
}
