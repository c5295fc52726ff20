#include "record/vuln.h"

#include "gen/vuln.sql.h"

#include "platform/clock.h"
#include "record/casefile.h"
#include "record/search.h"

static const char *const words[] = { "unknown", "none", "low", "medium", "high", "critical" };

static bool case_follows(struct ctx *c, case_id k)
{
	struct vuln_worst_row r;

	TRY(sql_vuln_worst(c, k, &r));
	return casefile_severity(c, k, str_of(words[r.worst >= 0 && r.worst <= 5 ? r.worst : 0]));
}

/* "CVE-2026-10042" and nothing else: year, then four or more digits. */
static bool cve_ok(str v)
{
	bool ok = v.n >= 13 && v.n <= 24 && str_starts(v, S("CVE-")) && v.p[8] == '-';

	for (size_t i = 4; ok && i < v.n; i++)
		ok = i == 8 || (v.p[i] >= '0' && v.p[i] <= '9');
	return ok;
}

/* Unique among what the actor sees; a hidden case that holds the number must not show. */
static bool cve_check(struct ctx *c, str id, str cve)
{
	struct vuln_cve_other_row other;
	bool                      found = false;

	if (!cve.n)
		return true;
	if (!cve_ok(cve))
		return fault(c, E_INVALID, "cve", N_("A CVE number is written such as CVE-2026-10042."));
	TRY(sql_vuln_cve_other(c, id, cve, &other, &found));
	return !found || fault(c, E_EXISTS, "cve", N_("Another vulnerability has the number {1} already."), cve);
}

static bool changed_check(struct ctx *c, int64_t n)
{
	return n == 1 || fault(c, E_CONFLICT, NULL, N_("Somebody else changed this vulnerability meanwhile. What you typed is kept below; please look at it as it is now."));
}

static str whole(str s)
{
	return s.p ? s : S("");
}

/* Its case is found by its words in either language, as they are now. */
static struct search_text found_by(struct ctx *c, case_id k, vuln_id id, const struct vuln_draft *d, time_us at)
{
	return (struct search_text){ .part = id.v, .casefile = k, .at = at,
		.body = STR_CAT(c->arena, d->title, S("\n"), d->title_ja, S("\n"), d->summary, S("\n"), d->summary_ja, S("\n"), d->cve) };
}

static bool words_put(struct ctx *c, case_id k, vuln_id id, const struct vuln_draft *d)
{
	struct search_text t = found_by(c, k, id, d, c->now);

	return search_put(c, "case", k.v, &t);
}

bool vuln_texts(struct ctx *c, case_id k, time_us at, struct search_texts *out)
{
	struct vuln_list_rows v;

	TRY(sql_vuln_list(c, k, &v));
	for (size_t i = 0; i < v.n; i++)
		TRY(search_text(c, out, found_by(c, k, v.v[i].id, &(struct vuln_draft){ .title = v.v[i].title, .title_ja = v.v[i].title_ja,
			.summary = v.v[i].summary, .summary_ja = v.v[i].summary_ja, .cve = v.v[i].cve }, at)));
	return true;
}

bool vuln_add(struct ctx *c, case_id k, const struct vuln_draft *d, str severity, vuln_id *id)
{
	struct vuln_next_row next;

	TRY(casefile_seen(c, k));
	id->v = random_id(c);
	TRY(cve_check(c, id->v, d->cve));
	TRY(sql_vuln_next(c, k, &next));
	TRY(sql_vuln_insert(c, *id, k, next.ordinal, d->title, whole(d->title_ja), whole(d->summary), whole(d->summary_ja),
	                    d->cve.n ? d->cve : STR_NONE, d->cwe, severity.n ? severity : S("unknown")));
	TRY(words_put(c, k, *id, d));
	TRY(timeline_fact(c, k, "vuln.added", d->title));
	return case_follows(c, k);
}

bool vuln_edit(struct ctx *c, case_id k, vuln_id id, int64_t version, const struct vuln_draft *d)
{
	int64_t n = 0;

	TRY(casefile_seen(c, k));
	TRY(cve_check(c, id.v, d->cve));
	TRY(sql_vuln_set(c, id, k, version, d->title, whole(d->title_ja), whole(d->summary), whole(d->summary_ja),
	                 d->cve.n ? d->cve : STR_NONE, d->cwe, &n));
	TRY(changed_check(c, n));
	TRY(words_put(c, k, id, d));
	return timeline_fact(c, k, "vuln.edited", d->title);
}

bool vuln_rate(struct ctx *c, case_id k, vuln_id id, int64_t version, const struct vuln_rating *r)
{
	int64_t n = 0;

	TRY(casefile_seen(c, k));
	TRY(sql_vuln_rating_set(c, id, k, version, r->cvss4, r->cvss31, r->score, r->severity, r->reason, &n));
	TRY(changed_check(c, n));
	TRY(timeline_fact(c, k, "vuln.assessed", r->cvss4.n ? r->cvss4 : r->cvss31.n ? r->cvss31 : r->severity));
	return case_follows(c, k);
}

bool vuln_number(struct ctx *c, case_id k, vuln_id id, str cve)
{
	struct vuln_brief_row v;

	TRY(casefile_seen(c, k));
	TRY(sql_vuln_brief(c, k, id, &v));
	if (cve.n && v.cve.n)
		return fault(c, E_STATE, NULL, N_("This vulnerability has the number {1} already."), v.cve);
	TRY(cve_check(c, id.v, cve));
	TRY(sql_vuln_number_set(c, id, cve.n ? cve : STR_NONE));
	TRY(words_put(c, k, id, &(struct vuln_draft){ .title = v.title, .title_ja = v.title_ja, .summary = v.summary, .summary_ja = v.summary_ja, .cve = cve }));
	return timeline_fact(c, k, cve.n ? "cve.assigned" : "cve.released", cve.n ? cve : v.cve);
}
