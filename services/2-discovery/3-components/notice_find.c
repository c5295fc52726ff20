#include "services/2-discovery/3-components/notice.h"

#include "base/buf.h"

/*
 * Suppliers' advisories in the global search: by number, title, publisher, CVE,
 * what is said of them, and products.  The guard of the index asks who sees the notice.
 */

SEARCH_NEXT(notice, notice_behind, id.v)

static bool notice_texts(struct ctx *c, str object, struct search_texts *out)
{
	notice_id                         id = { object };
	struct notice_found_get_row       n;
	struct notice_vulns_rows          vulns;
	struct notice_found_products_rows products;
	struct buf                        b;
	bool                              found;

	TRY(sql_notice_found_get(c, id, &n, &found));
	if (!found)
		return true;
	TRY(sql_notice_vulns(c, id, &vulns));
	TRY(sql_notice_found_products(c, id, &products));
	buf_init(&b, c->arena, SEARCH_BODY);
	search_line(&b, n.summary);
	search_line(&b, n.publisher);
	for (size_t i = 0; i < vulns.n; i++) {
		search_line(&b, vulns.v[i].cve);
		search_line(&b, vulns.v[i].title);
	}
	for (size_t i = 0; i < products.n; i++)
		search_line(&b, products.v[i].product);
	return search_text(c, out, (struct search_text){ .title = STR_CAT(c->arena, n.number, S(" "), n.title), .body = buf_str(&b), .at = n.got_at });
}

const struct search_source notice_source = { "notice", notice_next, notice_texts };

bool notice_find_keep(struct ctx *c, notice_id id)
{
	TRY(search_put_all(c, &notice_source, id.v));
	return sql_notice_found_set(c, id);
}

/* ---- a chore: what came before there was an index of it ---- */

bool notice_find_due(struct ctx *c, void **work)
{
	struct notice_unfound_row r;
	bool                      found = false;

	*work = NULL;
	TRY(sql_notice_unfound(c, &r, &found));
	if (found) {
		notice_id *id = NEW(c->arena, notice_id);
		*id   = r.id;
		*work = id;
	}
	return true;
}

bool notice_find_act(struct ctx *c, void *work, bool *keep)
{
	(void)c;
	(void)work;
	*keep = true;
	return true;
}

bool notice_find_done(struct ctx *c, void *work)
{
	return notice_find_keep(c, *(notice_id *)work);
}
