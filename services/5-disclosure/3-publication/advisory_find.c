#include "services/5-disclosure/3-publication/publication.h"

#include "gen/mention.sql.h"

#include "base/buf.h"
#include "services/5-disclosure/3-publication/past/history.h"

/*
 * What the global search finds advisories by: those that are out, ours or former ones, by what
 * their newest edition says, and by the CVE IDs that its documents mention; a case that gets
 * another ID later is not known by it here before the next edition.  And imported ones, by what
 * was read of them, unless one person alone may see them.
 */

static bool own_texts(struct ctx *c, str number, const struct advisory_out_row *a, struct search_texts *out)
{
	struct edition_text_get_row t[TEXT_LANGS];
	struct mention_cves_rows    cves;
	struct buf                  b;
	bool                        found;
	str                         title;

	for (int lang = 0; lang < TEXT_LANGS; lang++) {
		t[lang] = (struct edition_text_get_row){ 0 };
		TRY(sql_edition_text_get(c, a->edition, text_code(lang), &t[lang], &found));
	}
	TRY(sql_mention_cves(c, number, &cves));
	title = STR_CAT(c->arena, number, S(" "), t[TEXT_EN].title, S(" / "), t[TEXT_JA].title);
	buf_init(&b, c->arena, SEARCH_BODY);
	search_line(&b, title);
	for (int lang = 0; lang < TEXT_LANGS; lang++)
		search_line(&b, t[lang].summary);
	for (int lang = 0; lang < TEXT_LANGS; lang++)
		search_line(&b, t[lang].description);
	for (int lang = 0; lang < TEXT_LANGS; lang++)
		search_line(&b, t[lang].impact);
	for (size_t i = 0; i < cves.n; i++)
		search_line(&b, cves.v[i].word);
	return search_text(c, out, (struct search_text){ .title = title, .body = buf_str(&b), .at = a->published_at });
}

/* First lines, and each vulnerability with its name. */
static bool past_words(struct ctx *c, past_id id, str title, str publisher, str summary, str *body)
{
	struct past_vulns_rows vulns;
	struct buf             b;

	TRY(sql_past_vulns(c, id, &vulns));
	buf_init(&b, c->arena, SEARCH_BODY);
	search_line(&b, title);
	search_line(&b, publisher);
	search_line(&b, summary);
	for (size_t i = 0; i < vulns.n; i++)
		search_line(&b, STR_CAT(c->arena, vulns.v[i].cve, S(" "), vulns.v[i].title));
	*body = buf_str(&b);
	return true;
}

SEARCH_NEXT(advisory, advisory_behind, number)

static bool advisory_texts(struct ctx *c, str number, struct search_texts *out)
{
	struct advisory_out_row a;
	struct past_found_row   p;
	bool                    found;
	str                     title, body;

	TRY(sql_advisory_out(c, number, &a, &found));
	if (found)
		return own_texts(c, number, &a, out);
	TRY(sql_past_found(c, number, &p, &found));
	if (!found)
		return true;
	title = STR_CAT(c->arena, number, S(" "), p.title);
	TRY(past_words(c, p.edition, title, STR_NONE, p.summary, &body));
	return search_text(c, out, (struct search_text){ .title = title, .body = body, .at = p.published_at });
}

const struct search_source advisory_source = { "advisory", advisory_next, advisory_texts };

SEARCH_NEXT(history, past_behind, id.v)

static bool history_texts(struct ctx *c, str object, struct search_texts *out)
{
	struct past_kept_row e;
	bool                 found;
	str                  title, body;

	TRY(sql_past_kept(c, (past_id){ object }, &e, &found));
	if (!found)
		return true;
	title = STR_CAT(c->arena, e.number, S(" "), e.title);
	TRY(past_words(c, e.id, title, e.publisher, e.summary, &body));
	return search_text(c, out, (struct search_text){ .title = title, .body = body, .at = e.made_at });
}

const struct search_source history_source = { "history", history_next, history_texts };
