#include "services/5-disclosure/3-publication/preview.h"

#include "gen/publication.html.h"

#include "base/buf.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/cve/numbering.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_render.h"

enum { PAGE_BYTES = 16 << 20, COLUMNS = 80, RECORDS = 100 };

const struct choice preview_choices[] = {
	{ "en", "English" }, { "ja", "日本語" }, { "csaf", "CSAF 2.0" }, { "csaf21", "CSAF 2.1" },
	{ "csaf_ja", "CSAF 2.0 日本語" }, { "csaf21_ja", "CSAF 2.1 日本語" }, { "text", N_("Text") }, { "cve", "CVE" },
	{ NULL, NULL },
};

/* What cannot be made of a draft is no fault of the page that shows it. */
static bool excused(struct ctx *c, str *why)
{
	if (c->fault.code != E_INVALID && c->fault.code != E_STATE)
		return false;
	*why     = word_fault(c, &c->fault);
	c->fault = (struct fault){ 0 };
	return true;
}

static bool document(struct ctx *c, const struct bulletin *b, str chosen, struct preview *out)
{
	bool                 v21  = str_starts(chosen, S("csaf21")), text = str_eq(chosen, S("text"));
	int                  lang = text ? b->original : str_ends(chosen, S("_ja")) ? TEXT_JA : TEXT_EN;
	struct csaf_findings judged;
	const struct json   *root;
	struct buf           page;
	str                  json;

	TRY(v21 ? bulletin_csaf21(c, b, lang, &judged, &json) : bulletin_csaf(c, b, lang, &json));
	TRY(json_parse(c, json, &csaf_limits, &root));
	buf_init(&page, c->arena, PAGE_BYTES);
	TRY(csaf_render(c, root, text ? FORM_TEXT : FORM_PART, COLUMNS, &page));
	if (text) {
		out->text = buf_str(&page);
	} else {
		out->page.s = buf_str(&page);   /* our own writer escapes: it is markup already */
		out->json   = json;
	}
	return true;
}

static bool records(struct ctx *c, const struct bulletin *b, struct preview *out)
{
	out->cve         = true;
	out->records.max = RECORDS;
	for (size_t i = 0; i < b->vulns.n && i < RECORDS; i++) {
		const struct bulletin_vulns_row *v = &b->vulns.v[i];
		struct preview_record r = { v->cve.n ? v->cve : str_fmt(c->arena, "V%lld", (long long)v->ordinal), S(""), S("") };

		if (!(cve_record_of(c, b, i, &r.json) && cve_record_sound(c, r.json)) && !excused(c, &r.why))
			return false;
		(void)list_push(c->arena, &out->records, r);
	}
	return true;
}

bool preview_fill(struct ctx *c, const struct bulletin *b, str chosen, struct preview *out)
{
	*out = (struct preview){ .lang = lang_code(c->lang) };
	if (str_eq(chosen, S("cve")))
		return records(c, b, out);
	if (!str_eq(chosen, S("en")) && !str_eq(chosen, S("ja")))
		return document(c, b, chosen, out) || excused(c, &out->why);
	out->lang = chosen;
	return bulletin_html(c, b, text_of(chosen), &out->page.s);
}

bool preview_markup(struct ctx *c, const struct preview *m, str *out)
{
	struct page w;

	page_init(&w, c, PAGE_BYTES);
	html_edition_preview(&w, m);
	*out = buf_str(&w.out);
	return !w.out.full || fault(c, E_LIMIT, NULL, N_("The preview is too large to be shown."));
}
