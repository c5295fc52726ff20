#include "services/5-disclosure/3-publication/publication.h"

#include "base/point.h"
#include "services/5-disclosure/3-publication/past/history.h"
#include "services/5-disclosure/3-publication/mention.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "standards/csaf/csaf.h"

bool edition_seen(struct ctx *c, edition_id id, struct edition_get_row *e)
{
	TRY(sql_edition_get(c, id, e));
	return casefile_seen(c, e->casefile);
}

/* ---- checks, before anything is written ---- */

/* The case must have been qualified; a closed one stays closed. */
static bool case_ready(struct ctx *c, const struct bulletin *b)
{
	if (str_eq(b->k.state, S("open")))
		return fault(c, E_STATE, NULL, N_("The case is not qualified yet."));
	return true;
}

static bool ready(struct ctx *c, const struct bulletin *b)
{
	if (!str_eq(b->e.state, S("approved")) && !str_eq(b->e.state, S("scheduled")))
		return fault(c, E_STATE, NULL, N_("Only an approved edition can be published."));
	TRY(case_ready(c, b));
	TRY(past_out_of_the_way(c, b->e.number, bulletin_path(c, b, b->original)));
	TRY(preflight_pass(c, b));
	if (!str_eq(b->e.seal, bulletin_seal(c, b)))
		return fault(c, E_STATE, NULL,
		             N_("What the advisory says has changed since it was approved. Send it back and have it approved again."));
	return true;
}

/* ---- writing ---- */

static bool document_keep(struct ctx *c, const struct bulletin *b, str kind, str path, str bytes)
{
	return sql_document_insert(c, b->e.id, kind, path, bytes, bytes_sha256(c, bytes),
	                           bytes_sha512(c, bytes), c->now);
}

static bool page_keep(struct ctx *c, const struct bulletin *b, int lang)
{
	str tail = text_code(lang), page;

	TRY(bulletin_html(c, b, lang, &page));
	return document_keep(c, b, STR_CAT(c->arena, S("html_"), tail),
	                     str_fmt(c->arena, "%.*s/%lld.%.*s.html", STR_ARG(b->e.number), (long long)b->e.ordinal, STR_ARG(tail)), page);
}

/* meets CSAF-2.1 7.4.2: the same edition in both versions */
static bool csaf_keep(struct ctx *c, const struct bulletin *b, int lang, str *csaf)
{
	struct csaf_findings judged;
	str path = bulletin_path(c, b, lang), csaf21;

	TRY(bulletin_csaf(c, b, lang, csaf));
	TRY(bulletin_csaf21(c, b, lang, &judged, &csaf21));
	if (!judged.valid)
		return fault(c, E_INTERNAL, NULL, NULL);   /* the preflight has looked at it */
	TRY(document_keep(c, b, document_kind(lang, false), path, *csaf));
	return document_keep(c, b, document_kind(lang, true), STR_CAT(c->arena, S(PATH_21), path), csaf21);
}

static bool documents_keep(struct ctx *c, const struct bulletin *b)
{
	str csaf[TEXT_LANGS] = { { 0 } };

	for (int lang = 0; lang < TEXT_LANGS; lang++) {
		TRY(page_keep(c, b, lang));
		if (bulletin_speaks(b, lang))
			TRY(csaf_keep(c, b, lang, &csaf[lang]));
		if (lang == TEXT_EN)
			crash_point("publish.english");
	}
	/* A withdrawal mentions nothing, and is found by what the edition before mentions. */
	return b->e.withdraws || mention_keep(c, b->e.number, csaf[b->original], csaf[bulletin_other(b)]);
}

static bool case_move(struct ctx *c, const struct bulletin *b)
{
	if (str_eq(b->k.state, S("closed")) || str_eq(b->k.state, S("published")) || b->e.withdraws)
		return true;
	TRY(casefile_move(c, b->k.id, "disclosing", "case.disclosing"));
	return casefile_move(c, b->k.id, "published", "case.published");
}

/* meets FIRST-1.1 5.3.2.2, 5.3.2.3: page, CSAF and feeds together */
bool edition_deliver(struct ctx *c, edition_id id)
{
	struct bulletin b;
	const char     *fact;
	int64_t         n;

	TRY(bulletin_load(c, id, &b));
	TRY(ready(c, &b));
	fact = b.e.withdraws ? "advisory.withdrawn" : b.e.ordinal > 1 ? "advisory.revised" : "advisory.published";
	TRY(sql_edition_publish(c, id, b.now, &n));
	if (n == 0)
		return fault(c, E_CONFLICT, NULL, NULL);
	crash_point("publish.marked");
	TRY(sql_advisory_publish(c, b.e.advisory, b.e.withdraws ? S("withdrawn") : S("published"), b.severity, b.now));
	TRY(documents_keep(c, &b));
	crash_point("publish.documents");
	TRY(search_put_all(c, &advisory_source, b.e.number));
	TRY(case_move(c, &b));
	crash_point("publish.moved");
	TRY(casefile_turn(c, b.k.id, "team"));
	TRY(timeline_fact(c, b.k.id, fact, str_fmt(c->arena, "%.*s (%lld)", STR_ARG(b.e.number), (long long)b.e.ordinal)));
	return fact_tell(c, fact, b.k.id.v, b.e.advisory.v);
}

/* ---- the clock ---- */

static bool journal(struct ctx *c, const char *verb, const struct edition_get_row *e)
{
	const struct front *f = front_of(c);

	return !f->journal || f->journal(c, &(struct journal_entry){ verb, false, e->casefile.v, e->id.v, e->number });
}

static bool send_back(struct ctx *c, const struct edition_get_row *e)
{
	str     why = word_fault(c, &c->fault);
	int64_t n;

	c->fault = (struct fault){ 0 };
	TRY(sql_edition_return(c, e->id, why, c->now, &n));
	TRY(casefile_turn(c, e->casefile, "team"));
	TRY(timeline_fact(c, e->casefile, "advisory.returned", e->number));
	TRY(fact_tell(c, "advisory.returned", e->casefile.v, e->advisory.v));
	return journal(c, "edition.return", e);
}

static bool due_one(struct ctx *c, edition_id id)
{
	struct bulletin b;

	TRY(bulletin_load(c, id, &b));
	if (!ready(c, &b))
		return c->fault.code == E_STATE && send_back(c, &b.e);
	TRY(edition_deliver(c, id));
	return journal(c, "edition.publish", &b.e);
}

bool publication_due(struct ctx *c, str file, str object)
{
	struct edition_due_list_rows due;

	(void)file;
	(void)object;
	TRY(sql_edition_due_list(c, c->now, &due));
	for (size_t i = 0; i < due.n; i++)
		TRY(due_one(c, due.v[i].id));
	return mention_catch_up(c);
}
