/* A difference in words, for a terminal. */
#include "standards/csaf/csaf_diff.h"

#include "platform/json/json_out.h"
#include "platform/text/word.h"
#include "standards/csaf/csaf_plain.h"

enum { VALUE_MAX = 160, PRODUCTS_SHOWN = 5 };

static void word_add(struct ctx *c, struct buf *b, const char *text)
{
	buf_add(b, word_tr(c->lang, text));
}

static void fill_add(struct ctx *c, struct buf *b, const char *text, str one, str two)
{
	buf_add(b, word_fill(c, text, (str[]){ one, two }, 2));
}

static const char *area_word(enum csaf_area a)
{
	static const char *const words[CSAF_AREAS] = {
		[AREA_DOCUMENT] = N_("Document"), [AREA_TRACKING] = N_("With the version"), [AREA_PRODUCT] = N_("Products"),
		[AREA_GROUP] = N_("Product groups"), [AREA_VULNERABILITY] = N_("Vulnerability"), [AREA_STATUS] = N_("Status"),
		[AREA_SCORE] = N_("Score"), [AREA_REMEDIATION] = N_("Remediation"), [AREA_THREAT] = N_("Threat"),
		[AREA_FLAG] = N_("Flag"), [AREA_NOTE] = N_("Note"), [AREA_REFERENCE] = N_("Reference"),
	};

	return words[a];
}

/* The words of Semantic Versioning stay as they are. */
static str bump_word(struct ctx *c, enum csaf_bump b)
{
	return b == BUMP_NONE ? word_tr(c->lang, N_("no step")) : str_of(csaf_bump_name(b));
}

/* The member of an item that tells people most; none: it is told as JSON. */
static str telling(const struct json *v)
{
	static const char *const keys[] = { "details", "text", "summary", "url", "name", "names" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (json_get_str(v, str_of(keys[i])).n)
			return json_get_str(v, str_of(keys[i]));
	return STR_NONE;
}

static void value_add(struct ctx *c, struct buf *b, const struct csaf_change *x, int side)
{
	struct buf text;

	if (!x->value[side]) {
		plain_line(b, x->words[side], VALUE_MAX);
		return;
	}
	buf_init(&text, c->arena, 4 * VALUE_MAX);
	if (telling(x->value[side]).n)
		buf_add(&text, utf8_cut(telling(x->value[side]), 3 * VALUE_MAX));
	else if (json_is(x->value[side], JSON_STRING))
		buf_add(&text, utf8_cut(json_str(x->value[side]), 3 * VALUE_MAX));
	else
		json_print(&text, x->value[side], JSON_COMPACT);
	buf_char(b, '"');
	plain_line(b, utf8_cut(buf_str(&text), text.n), VALUE_MAX);
	buf_char(b, '"');
}

static bool has_side(const struct csaf_change *x, int side)
{
	return x->value[side] || x->words[side].n;
}

static void products_add(struct ctx *c, struct buf *b, const struct csaf_change *x)
{
	fill_add(c, b, N_("{1} products"), str_fmt(c->arena, "%zu", x->products_n), STR_NONE);
	buf_add(b, S(": "));
	for (size_t i = 0; i < x->products_n && i < PRODUCTS_SHOWN; i++) {
		if (i)
			buf_add(b, S(", "));
		plain_line(b, x->products[i].name.n ? x->products[i].name : x->products[i].id, VALUE_MAX);
	}
	if (x->products_n > PRODUCTS_SHOWN)
		buf_add(b, S(", …"));
}

/* The areas whose name alone says what it is; of the others the member is told. */
static bool says_all(const struct csaf_change *x)
{
	return x->area == AREA_STATUS || x->area == AREA_SCORE || (x->area == AREA_PRODUCT && str_eq(x->what, S("product")));
}

static bool is_product(const struct csaf_change *x)
{
	return x->area == AREA_PRODUCT && says_all(x) && x->products_n;
}

/* What it is that changed. */
static void subject_add(struct ctx *c, struct buf *b, const struct csaf_change *x)
{
	if (is_product(x)) {
		plain_line(b, x->products->name, VALUE_MAX);
		buf_add(b, S(" ("));
		plain_line(b, x->products->id, VALUE_MAX);
		buf_char(b, ')');
	} else if (says_all(x)) {
		word_add(c, b, area_word(x->area));
	} else {
		plain_line(b, x->what.n ? x->what : x->vulnerability, VALUE_MAX);
	}
	if (x->label.n) {
		buf_add(b, S(" ["));
		plain_line(b, x->label, VALUE_MAX);
		buf_char(b, ']');
	}
}

static void change_tell(struct ctx *c, struct buf *b, const struct csaf_change *x)
{
	buf_fmt(b, "  %c ", "+-~"[x->kind]);
	subject_add(c, b, x);
	if (has_side(x, 0) || has_side(x, 1))
		buf_add(b, S(": "));
	if (has_side(x, 0))
		value_add(c, b, x, 0);
	if (has_side(x, 0) && has_side(x, 1))
		buf_add(b, S(" → "));
	if (has_side(x, 1))
		value_add(c, b, x, 1);
	buf_add(b, S("  ("));
	buf_add(b, bump_word(c, x->bump));
	if (x->spelling) {
		buf_add(b, S(", "));
		word_add(c, b, N_("as if only the spelling was mended"));
	}
	buf_char(b, ')');
	if (!is_product(x) && x->products_n) {
		buf_add(b, S("\n      "));
		products_add(c, b, x);
	}
	buf_char(b, '\n');
}

/* The heading under which a change stands: the vulnerability's name, else the area's word. */
static str heading(struct ctx *c, const struct csaf_change *x)
{
	bool own = x->area == AREA_PRODUCT || x->area == AREA_GROUP || x->area == AREA_TRACKING;

	if (x->vulnerability.p && x->what.n)
		return x->vulnerability;
	if (x->vulnerability.p)
		return word_tr(c->lang, N_("Vulnerabilities"));
	return word_tr(c->lang, area_word(own ? x->area : AREA_DOCUMENT));
}

static void side_add(struct buf *b, const struct csaf_side *s)
{
	plain_line(b, s->edition.version.p ? s->edition.version : S("?"), VALUE_MAX);
	buf_add(b, S(" ("));
	plain_line(b, s->edition.status.p ? s->edition.status : S("?"), VALUE_MAX);
	buf_char(b, ')');
}

static const char *verdict_text(const struct csaf_diff *d)
{
	switch (d->version.verdict) {
	case BUMP_FITS:
		return d->version.demanded == BUMP_NONE ? N_("The version may stay {2}.") : N_("The version {2} makes the step that is needed.");
	case BUMP_MORE:    return N_("The version {2} makes a greater step than is needed; {1} would do.");
	case BUMP_LESS:    return N_("The version {2} makes too small a step; it must be at least {1}.");
	case BUMP_MISSING: return N_("The content differs, but the version is still {2}; it must be at least {1}.");
	case BUMP_BACK:    return N_("The version went back to {2}; it must be at least {1}.");
	case BUMP_UNRESET: return N_("In the version {2} the numbers behind the one that was raised must begin again at 0: {1}.");
	case BUMP_MIXED:   return N_("Integer and semantic versioning are mixed.");
	case BUMP_OTHER_DOCUMENT: return N_("The tracking ids differ: these are not editions of one document, so the version is not judged.");
	case BUMP_UNKNOWN: break;
	}
	return N_("A version is missing or cannot be read, so it is not judged.");
}

static void verdict_tell(struct ctx *c, struct buf *b, const struct csaf_diff *d)
{
	const struct csaf_judgement *v = &d->version;
	struct buf is;

	if (v->demanded == BUMP_NONE)
		word_add(c, b, d->all ? N_("No content differs, only what comes with a version.") : N_("The documents say the same."));
	else if (v->semantic || v->verdict == BUMP_UNKNOWN)
		fill_add(c, b, N_("The change demands a {1} step of the version."), bump_word(c, v->demanded), STR_NONE);
	else
		word_add(c, b, N_("The change demands the next version."));
	if (v->clause)
		buf_fmt(b, " (CSAF %s)", v->clause);
	buf_char(b, '\n');
	if (d->all == 0)
		return;
	buf_init(&is, c->arena, 1000);
	plain_line(&is, d->side[1].edition.version, VALUE_MAX);
	fill_add(c, b, verdict_text(d), v->expected, buf_str(&is));
	buf_char(b, '\n');
}

void csaf_change_told(struct ctx *c, const struct csaf_change *x, struct csaf_told *out)
{
	enum { PART = 64 << 10 };
	struct buf b;

	*out = (struct csaf_told){ .products = STR_NONE };
	buf_init(&b, c->arena, PART);
	plain_line(&b, heading(c, x), VALUE_MAX);
	out->heading = buf_str(&b);
	buf_init(&b, c->arena, PART);
	subject_add(c, &b, x);
	out->subject = buf_str(&b);
	for (int side = 0; side < 2; side++) {
		if (!has_side(x, side))
			continue;
		buf_init(&b, c->arena, PART);
		value_add(c, &b, x, side);
		out->value[side] = buf_str(&b);
	}
	if (is_product(x) || !x->products_n)
		return;
	buf_init(&b, c->arena, PART);
	products_add(c, &b, x);
	out->products = buf_str(&b);
}

str csaf_diff_verdict(struct ctx *c, const struct csaf_diff *d)
{
	struct buf b;

	buf_init(&b, c->arena, 64 << 10);
	verdict_tell(c, &b, d);
	return str_trim(buf_str(&b));
}

void csaf_diff_tell(struct ctx *c, struct buf *b, const struct csaf_diff *d)
{
	str last = STR_NONE;

	plain_line(b, d->side[1].id.p ? d->side[1].id : d->side[1].title, VALUE_MAX);
	buf_add(b, S(": "));
	side_add(b, &d->side[0]);
	buf_add(b, S(" → "));
	side_add(b, &d->side[1]);
	buf_char(b, '\n');
	for (size_t i = 0; i < d->changes.n; i++) {
		const struct csaf_change *x = &d->changes.v[i];
		str now = heading(c, x);

		if (!str_eq(now, last)) {
			buf_char(b, '\n');
			plain_line(b, now, VALUE_MAX);
			buf_char(b, '\n');
		}
		last = now;
		change_tell(c, b, x);
	}
	buf_char(b, '\n');
	if (d->all > d->changes.n) {
		fill_add(c, b, N_("{1} more changes are not listed."), str_fmt(c->arena, "%zu", d->all - d->changes.n), STR_NONE);
		buf_char(b, '\n');
	}
	verdict_tell(c, b, d);
}
