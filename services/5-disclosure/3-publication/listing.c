#include "services/5-disclosure/3-publication/listing.h"

#include "gen/listing.html.h"
#include "services/5-disclosure/3-publication/publication.h"

enum { LINES_MAX = 500000 };

static bool line_add(struct ctx *c, struct listing_page *m, str name, time_us changed)
{
	struct listing_line l = { name, STR_CAT(c->arena, m->path, name), changed };

	return list_push(c->arena, &m->lines, l) || fault(c, E_LIMIT, NULL, NULL);
}

/* Was the year, "2026/", put already? */
static bool has_line(const struct listing_page *m, str name)
{
	for (size_t i = 0; i < m->lines.n; i++)
		if (str_eq(m->lines.v[i].name, name))
			return true;
	return false;
}

/* What is out in a tree, with the paths there. */
static bool rows_load(struct ctx *c, const struct tree *t, struct public_tree_rows *rows)
{
	TRY(tree_rows(c, t, rows));
	for (size_t i = 0; i < rows->n; i++)
		rows->v[i].path = tree_path(t, rows->v[i].path);
	return true;
}

/* meets CSAF-2.0 7.1.14 */
bool listing_root(struct ctx *c, const struct args *a, struct sheet *out)
{
	static const char *const files[] = { "index.txt", "changes.csv", "feed.json" };
	struct public_tree_rows  rows;
	struct listing_page     *m = NEW(c->arena, struct listing_page);
	const struct tree       *t;

	TRY(tree_of(c, a, true, &t));
	TRY(rows_load(c, t, &rows));
	*m = (struct listing_page){ .path = tree_folder(c, t), .lines = { .max = LINES_MAX } };
	for (size_t i = 0; i < rows.n; i++) {
		str year = str_slice(rows.v[i].path, 0, 5);
		if (!has_line(m, year))
			TRY(line_add(c, m, year, rows.v[i].changed_at));   /* the newest of the year comes first */
	}
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		TRY(line_add(c, m, str_of(files[i]), rows.n ? rows.v[0].changed_at : TIME_NONE));
	SHEET_MANY(out, "documents", public_tree, &rows);
	out->model = m;
	out->title = m->path;
	return true;
}

static bool document_add(struct ctx *c, struct listing_page *m, str name, const struct public_tree_row *r)
{
	TRY(line_add(c, m, name, r->changed_at));
	TRY(line_add(c, m, STR_CAT(c->arena, name, S(".sha256")), TIME_NONE));
	TRY(line_add(c, m, STR_CAT(c->arena, name, S(".sha512")), TIME_NONE));
	return !r->fingerprint.n || line_add(c, m, STR_CAT(c->arena, name, S(".asc")), TIME_NONE);
}

/* meets CSAF-2.0 7.1.14 */
bool listing_year(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct public_tree_rows rows, *of = NEW(c->arena, struct public_tree_rows);
	struct listing_page    *m    = NEW(c->arena, struct listing_page);
	str                     year = STR_CAT(c->arena, arg_str(a, "year"), S("/"));
	const struct tree      *t;

	TRY(tree_of(c, a, true, &t));
	TRY(rows_load(c, t, &rows));
	*m    = (struct listing_page){ .path = STR_CAT(c->arena, tree_folder(c, t), year), .lines = { .max = LINES_MAX } };
	of->v = NEWS(c->arena, struct public_tree_row, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		if (str_starts(rows.v[i].path, year)) {
			of->v[of->n++] = rows.v[i];
			TRY(document_add(c, m, str_slice(rows.v[i].path, year.n, rows.v[i].path.n), &rows.v[i]));
		}
	if (of->n == 0)
		return fault(c, E_NOTFOUND, NULL, NULL);
	SHEET_MANY(out, "documents", public_tree, of);
	out->model = m;
	out->title = m->path;
	return true;
}

void listing_show(struct page *w, const void *model)
{
	html_listing(w, model);
}

const struct arg listing_year_args[] = {
	{ .name = "year", .kind = ARG_LINE, .max = 4, .must = true, .hidden = true, .label = N_("Year") },
	{ 0 },
};
