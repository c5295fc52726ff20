#include "services/2-discovery/3-components/notice.h"

#include "base/buf.h"
#include "record/search.h"

/*
 * Suppliers' advisories in the global search: by number, title, publisher, CVE,
 * what is said of them, and products.  The guard of the index asks who sees the notice.
 */

enum { BODY = 64 << 10 };

static void line(struct buf *b, str s)
{
	if (!s.n || b->n + s.n + 1 > BODY)
		return;
	buf_add(b, s);
	buf_char(b, '\n');
}

bool notice_find_keep(struct ctx *c, notice_id id)
{
	struct notice_found_get_row      n;
	struct notice_vulns_rows         vulns;
	struct notice_found_products_rows products;
	struct buf                       b;

	TRY(sql_notice_found_get(c, id, &n));
	TRY(sql_notice_vulns(c, id, &vulns));
	TRY(sql_notice_found_products(c, id, &products));
	buf_init(&b, c->arena, BODY + 1);
	line(&b, n.summary);
	line(&b, n.publisher);
	for (size_t i = 0; i < vulns.n; i++) {
		line(&b, vulns.v[i].cve);
		line(&b, vulns.v[i].title);
	}
	for (size_t i = 0; i < products.n; i++)
		line(&b, products.v[i].product);
	TRY(search_put(c, "notice", n.id.v, (case_id){ STR_NONE }, STR_CAT(c->arena, n.number, S(" "), n.title), buf_str(&b)));
	return sql_notice_found_set(c, n.id);
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
