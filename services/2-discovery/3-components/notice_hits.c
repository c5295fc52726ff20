#include "services/2-discovery/3-components/notice.h"

#include <stdlib.h>

#include "services/2-discovery/3-components/identity.h"

/*
 * Which components of ours a notice names.  Found by the keys in the database, then
 * the versions are compared.  meets FIRST-1.1 2.3.2: third-party advisories that
 * concern us are told from all others
 */

/* From what matters most; of several rows for one component the first wins. */
static const char *const verdicts[] = { "affected", "unsure", "investigated", "fixed", "cleared", "other" };
enum { VERDICTS = sizeof(verdicts) / sizeof(verdicts[0]), OTHER = VERDICTS - 1, UNSURE = 1 };

struct hit { const struct hit_candidates_row *r; int verdict; };

static int verdict_of(struct ctx *c, const struct hit_candidates_row *r)
{
	enum span s = identity_span(c, r->version, r->release, r->span, r->purl_key);

	if (s == SPAN_OUT)
		return OTHER;
	if (s == SPAN_UNSURE)
		return str_eq(r->verdict, S("affected")) || str_eq(r->verdict, S("investigated")) ? UNSURE : OTHER;
	for (int i = 0; i < VERDICTS; i++)
		if (str_eq(r->verdict, str_of(verdicts[i])))
			return i;
	return UNSURE;
}

/* What the supplier says of the versions, for the reader. */
static str said_of(const struct hit_candidates_row *r)
{
	return r->span.n ? r->span : r->release;
}

static bool hit_store(struct ctx *c, const struct hit *h)
{
	return sql_notice_hit_put(c, h->r->notice, h->r->component, h->r->how, str_of(verdicts[h->verdict]),
	                          h->r->name, said_of(h->r), c->now);
}

/* Rows come by notice and component. */
static bool hits_store(struct ctx *c, const struct hit_candidates_rows *rows)
{
	struct hit best = { 0 };

	for (size_t i = 0; i < rows->n; i++) {
		struct hit h = { &rows->v[i], verdict_of(c, &rows->v[i]) };
		bool same    = best.r && str_eq(best.r->notice.v, h.r->notice.v) && str_eq(best.r->component.v, h.r->component.v);
		if (!same && best.r)
			TRY(hit_store(c, &best));
		if (!same || h.verdict < best.verdict)
			best = h;
	}
	return !best.r || hit_store(c, &best);
}

/* Each notice is counted anew, and who asked to be told hears of what is concerned now. */
static bool counts_keep(struct ctx *c, notice_id notice, component_id component)
{
	struct hit_notices_rows rows;

	if (notice.v.n) {
		int64_t n;
		TRY(sql_notice_count(c, notice, &n));
		return n == 0 || fact_tell(c, "notice.matched", STR_NONE, notice.v);
	}
	TRY(sql_hit_notices(c, component, &rows));
	for (size_t i = 0; i < rows.n; i++)
		TRY(counts_keep(c, rows.v[i].notice, component));
	return true;
}

bool notice_hits(struct ctx *c, notice_id notice, component_id component)
{
	struct hit_candidates_rows rows;

	if (notice.v.n && !component.v.n)
		TRY(sql_notice_hit_clear(c, notice));
	TRY(sql_hit_candidates(c, notice, component, &rows));
	TRY(hits_store(c, &rows));
	return counts_keep(c, notice, component);
}
