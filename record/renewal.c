#include "record/house.h"

#include "gen/search.sql.h"

#include "record/search.h"

/* The search index made anew: all objects of all kinds, as their sources say. */

enum { A_TRANSACTION = 50 /* objects */, A_PORTION = 16 << 20 /* bytes */ };

static const struct search_source *kind_of(const struct ctx *c, size_t n)
{
	const struct front *f = front_of(c);

	for (size_t i = 0; i < f->services_n; i++)
		for (const struct search_source *const *s = f->services[i]->sources; s && *s; s++)
			if (n-- == 0)
				return *s;
	return NULL;
}

/* The next object that its source knows, or that only the index does. */
static bool next(struct ctx *c, const struct search_source *s, str after, str *object, bool *found)
{
	struct find_object_behind_row indexed;
	bool                          also;

	TRY(s->next(c, after, object, found));
	TRY(sql_find_object_behind(c, str_of(s->kind), after, &indexed, &also));
	if (also && (!*found || str_cmp(indexed.object, *object) < 0))
		*object = indexed.object;
	*found = *found || also;
	return true;
}

static bool portion(struct ctx *c, struct house_index *w)
{
	const struct search_source *s;
	struct search_change        done = { 0 };
	size_t                      used = c->arena->used;
	str                         object;
	bool                        found;

	for (int n = 0; n < A_TRANSACTION && c->arena->used - used < A_PORTION && (s = kind_of(c, w->kind));) {
		TRY(next(c, s, w->after, &object, &found));
		w->after = found ? object : S("");
		if (!found) {
			w->kind++;
			continue;
		}
		TRY(search_renew(c, s, object, &done));
		w->objects++;
		n++;
	}
	w->made += done.made;
	w->mended += done.mended;
	w->dropped += done.dropped;
	w->whole = !kind_of(c, w->kind);
	return true;
}

bool house_index(struct ctx *c, struct house_index *w)
{
	struct house_index was = *w;

	for (int i = 0;; i++) {
		*w = was;
		TRY(db_begin(c, DB_WRITE, &db_viewer_all));
		if (portion(c, w) && db_commit(c))
			return true;
		db_rollback(c);
		if (!db_again(c, i + 1))
			return false;
	}
}

bool house_index_behind(struct ctx *c, int64_t *n)
{
	struct find_stale_count_row row;
	bool                        ok;

	TRY(db_begin(c, DB_READ, &db_viewer_all));
	ok = sql_find_stale_count(c, SEARCH_EDITION, HOUSE_BEHIND_MOST, &row);
	db_rollback(c);
	*n = ok ? row.n : 0;
	return ok;
}
