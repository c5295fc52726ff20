#include "services/5-disclosure/3-publication/gap.h"

#include "base/buf.h"
#include "platform/text/word.h"
#include "record/report.h"
#include "services/5-disclosure/3-publication/wording.h"

static void tell(struct ctx *c, struct flaws *out, enum weight w, const char *english, str one, str two, str href)
{
	flaws_add(c, out, w, word_fill(c, english, (const str[]){ one, two }, 2), href);
}

/* Does a document in Japanese show this in another language?  One in English shows what wrong_language tells. */
static bool lacks(str text, str text_ja)
{
	return str_trim(text).n && !text_ja.n && !str_eq(text_lang(text), S("ja"));
}

static str number_of(struct ctx *c, const struct bulletin_vulns_row *v)
{
	return str_fmt(c->arena, "V%lld", (long long)v->ordinal);
}

/* meets CSAF-2.1 3.2.2.6: what stands in a document is in its language */
static void vulns_tell(struct ctx *c, const struct bulletin *b, bool en, bool ja, struct flaws *out)
{
	for (size_t i = 0; i < b->vulns.n; i++) {
		const struct bulletin_vulns_row *v = &b->vulns.v[i];
		str at = STR_CAT(c->arena, S("/cases/"), b->k.id.v, S("/assess?vuln="), v->id.v);

		if (en && (wrong_language(v->title, S("en")) || wrong_language(v->summary, S("en"))))
			tell(c, out, WEIGHT_SHOULD, N_("What {1} is called and what is said of it are in Japanese, and stand so in the CSAF documents in English."),
			     number_of(c, v), S(""), at);
		if (ja && lacks(v->title, v->title_ja))
			tell(c, out, WEIGHT_SHOULD, N_("{1} has no title in Japanese: the CSAF documents in Japanese have the one that is there."), number_of(c, v), S(""), at);
		if (ja && lacks(v->summary, v->summary_ja))
			tell(c, out, WEIGHT_SHOULD, N_("{1} has no summary in Japanese: the CSAF documents in Japanese have the one that is there."), number_of(c, v), S(""), at);
	}
}

/* Rows of one remedy lie together, one for each vulnerability. */
static void remedies_tell(struct ctx *c, const struct bulletin *b, struct flaws *out)
{
	str last = STR_NONE;

	for (size_t i = 0; i < b->remedies.n; i++) {
		const struct bulletin_remedy_row *r = &b->remedies.v[i];
		str at = STR_CAT(c->arena, S("/cases/"), b->k.id.v, S("#remedies"));

		if (str_eq(r->remedy.v, last))
			continue;
		last = r->remedy.v;
		if (lacks(r->body, r->body_ja))
			tell(c, out, WEIGHT_SHOULD, N_("A remedy for {1} has no Japanese text: the advisory in Japanese has the one that is there."),
			     r->product_name, S(""), at);
		if (wrong_language(r->body, S("en")))
			tell(c, out, WEIGHT_SHOULD, N_("A remedy for {1} is described in Japanese, and stands so in the advisory in English."), r->product_name, S(""), at);
	}
}

/* The first version of those with the same words stands for all. */
static bool is_first(const struct bulletin *b, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (str_eq(b->impact.v[i].status, b->impact.v[at].status) && str_eq(b->impact.v[i].note, b->impact.v[at].note))
			return false;
	return true;
}

static void notes_tell(struct ctx *c, const struct bulletin *b, bool en, bool ja, struct flaws *out)
{
	for (size_t i = 0; i < b->impact.n; i++) {
		const struct bulletin_impact_row *x = &b->impact.v[i];

		str at = STR_CAT(c->arena, S("/cases/"), b->k.id.v, S("/impact"));

		if (!str_eq(x->status, S("not_affected")) || !is_first(b, i))
			continue;
		if (ja && lacks(x->note, x->note_ja))
			tell(c, out, WEIGHT_SHOULD, N_("Why {1} {2} is not affected has no Japanese text: the CSAF documents in Japanese have the one that is there."),
			     x->product_name, x->release_name, at);
		if (en && wrong_language(x->note, S("en")))
			tell(c, out, WEIGHT_SHOULD, N_("Why {1} {2} is not affected is written in Japanese, and stands so in the CSAF documents in English."),
			     x->product_name, x->release_name, at);
	}
}

/* Names are names in every language: worth knowing, no more, and in one line. Rows of a product lie together. */
static void names_tell(struct ctx *c, const struct bulletin *b, struct flaws *out)
{
	str last = STR_NONE, names = S(""), first = S("");

	for (size_t i = 0; i < b->impact.n; i++) {
		const struct bulletin_impact_row *x = &b->impact.v[i];

		if (!str_eq(x->product.v, last) && lacks(x->product_name, x->product_name_ja))
			names = names.n ? STR_CAT(c->arena, names, S(", "), x->product_name) : x->product_name;
		if (names.n && !first.n)
			first = x->product.v;
		last = x->product.v;
	}
	if (names.n)
		tell(c, out, WEIGHT_MAY, N_("Without a Japanese name in the catalogue: {1}"), names, S(""), STR_CAT(c->arena, S("/products/"), first));
}

void gaps_tell(struct ctx *c, const struct bulletin *b, struct flaws *out)
{
	bool en = bulletin_speaks(b, TEXT_EN), ja = bulletin_speaks(b, TEXT_JA);

	if (b->e.withdraws)
		return;
	vulns_tell(c, b, en, ja, out);
	remedies_tell(c, b, out);
	notes_tell(c, b, en, ja, out);
	names_tell(c, b, out);
}
