#include "services/2-discovery/3-components/component.h"

#include "gen/component.html.h"

#include <unistd.h>

#include "platform/clock.h"
#include "platform/text/csv.h"
#include "services/2-discovery/3-components/identity.h"
#include "services/2-discovery/3-components/notice.h"

/* ---- one component ---- */

struct keys { str purl, cpe, name; };

static bool keys_of(struct ctx *c, const struct component_line *l, struct keys *k, str *version)
{
	struct purl p;
	struct cpe  n;

	*k = (struct keys){ S(""), S(""), S("") };
	if (l->purl.n) {
		if (!purl_parse(c, l->purl, &p)) {
			c->fault.where = S("purl");
			return false;
		}
		k->purl = identity_purl_key(c, &p);
		if (!version->n && p.version.n)
			*version = p.version;
	}
	if (l->cpe.n) {
		if (!cpe_parse(c, l->cpe, &n)) {
			c->fault.where = S("cpe");
			return false;
		}
		k->cpe = identity_cpe_key(c, &n);
	}
	return identity_name_key(c, l->supplier, l->name, &k->name);
}

static str some(str s)
{
	return s.n ? s : S("");
}

bool component_put(struct ctx *c, product_id product, const struct component_line *l, bool *added)
{
	struct component_release_row r;
	component_id                 id = { random_id(c) };
	str                          version = l->version;
	struct keys                  k;
	bool                         found = false;
	int64_t                      n = 0;

	TRY(sql_component_release(c, product, l->release, &r, &found));
	if (!found)
		return fault(c, E_INVALID, "release", N_("The product has no version {1}."), l->release);
	TRY(keys_of(c, l, &k, &version));
	TRY(sql_component_insert(c, id, r.id, l->name, some(l->supplier), some(l->purl), some(l->cpe), some(version), k.purl, k.cpe, k.name,
	                         (user_id){ c->actor->id.n ? c->actor->id : STR_NONE }, c->now, &n));
	*added = n == 1;
	return !*added || notice_hits(c, (notice_id){ STR_NONE }, id);
}

/* ---- operations ---- */

#define COMPONENT_ARGS \
	{ .name = "release", .kind = ARG_LINE, .max = 100, .must = true, .label = N_("Version of the product") }, \
	{ .name = "name", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Name of the component") }, \
	{ .name = "supplier", .kind = ARG_LINE, .max = 200, .label = N_("Its maker") }, \
	{ .name = "version", .kind = ARG_LINE, .max = 200, .label = N_("Its version"), .hint = N_("Empty: that of the purl.") }, \
	{ .name = "purl", .kind = ARG_LINE, .max = 1000, .label = N_("Package URL (purl)"), .hint = N_("Such as pkg:npm/left-pad@1.3.0. The surest way to find advisories about it.") }, \
	{ .name = "cpe", .kind = ARG_LINE, .max = 1000, .label = N_("CPE name") }

const struct arg component_add_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Product") },
	COMPONENT_ARGS,
	{ 0 },
};

static bool done(struct ctx *c, str product, const char *said, struct sheet *out)
{
	out->object = product;
	out->next   = STR_CAT(c->arena, S("/products/"), product, S("/components"));
	out->said   = str_of(said);
	return true;
}

/* meets FIRST-1.1 2.3.1 */
bool component_add(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct component_product_row p;
	struct component_line        l = { arg_str(a, "release"), arg_str(a, "name"), arg_str(a, "supplier"), arg_str(a, "purl"), arg_str(a, "cpe"), arg_str(a, "version") };
	bool                         added;

	TRY(sql_component_product(c, (product_id){ arg_str(a, "id") }, &p));
	TRY(component_put(c, p.id, &l, &added));
	if (!added)
		return fault(c, E_EXISTS, "name", N_("This version has the component already."));
	return done(c, p.id.v, N_("The component was added."), out);
}

const struct arg component_drop_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Product") },
	{ .name = "component", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Component") },
	{ 0 },
};

bool component_drop(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct component_get_row       k;
	struct component_notices_rows  rows;

	TRY(sql_component_get(c, (component_id){ arg_str(a, "component") }, &k));
	if (!str_eq(k.product.v, arg_str(a, "id")))
		return fault(c, E_NOTFOUND, NULL, NULL);
	TRY(sql_component_notices(c, k.id, &rows));
	TRY(sql_component_hit_clear(c, k.id));
	for (size_t i = 0; i < rows.n; i++)
		TRY(sql_component_recount(c, rows.v[i].notice));
	TRY(sql_component_delete(c, k.id));
	out->note = utf8_cut(STR_CAT(c->arena, k.name, S(" "), k.version), 100);
	return done(c, k.product.v, N_("The component was removed."), out);
}

/* ---- from CSV ---- */

enum { COLUMNS = 6 };

static const struct { const char *name; size_t at, max; bool must; } columns[COLUMNS] = {
	{ "release", offsetof(struct component_line, release), 100, true }, { "name", offsetof(struct component_line, name), 200, true },
	{ "supplier", offsetof(struct component_line, supplier), 200, false }, { "version", offsetof(struct component_line, version), 200, false },
	{ "purl", offsetof(struct component_line, purl), 1000, false }, { "cpe", offsetof(struct component_line, cpe), 1000, false },
};

const struct arg component_import_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Product") },
	{ .name = "file", .kind = ARG_FILE, .must = true, .label = N_("CSV file"), .hint = N_("UTF-8, at most 8 MB and 20,000 lines.") },
	{ 0 },
};

struct component_lines { LIST(struct component_line) lines; LIST(int64_t) at; };

static str digits(struct ctx *c, int64_t n)
{
	return str_fmt(c->arena, "%lld", (long long)n);
}

static bool header_read(struct ctx *c, const struct csv_row *row, size_t place[COLUMNS])
{
	for (size_t k = 0; k < COLUMNS; k++)
		place[k] = SIZE_MAX;
	for (size_t i = 0; i < row->n; i++)
		for (size_t k = 0; k < COLUMNS; k++)
			if (str_eq(row->v[i], str_of(columns[k].name))) {
				if (place[k] != SIZE_MAX)
					return fault(c, E_INVALID, "file", N_("Line {1}: the column {2} stands there twice."), digits(c, row->line), row->v[i]);
				place[k] = i;
			}
	for (size_t k = 0; k < COLUMNS; k++)
		if (columns[k].must && place[k] == SIZE_MAX)
			return fault(c, E_INVALID, "file", N_("Line {1}: the column {2} is missing."), digits(c, row->line), str_of(columns[k].name));
	return true;
}

static bool cell_wrong(struct ctx *c, int64_t line, const char *column, const char *what, str more)
{
	(void)fault(c, E_INVALID, "file", what, digits(c, line), str_of(column), more);
	c->fault.line = (long)line;
	return false;
}

static bool line_read(struct ctx *c, const struct csv_row *row, const size_t place[COLUMNS], struct component_line *l)
{
	for (size_t k = 0; k < COLUMNS; k++) {
		str v = place[k] < row->n ? row->v[place[k]] : STR_NONE;
		if (columns[k].must && !v.n)
			return cell_wrong(c, row->line, columns[k].name, N_("Line {1}, {2}: please fill this in."), STR_NONE);
		if (v.n > columns[k].max)
			return cell_wrong(c, row->line, columns[k].name, N_("Line {1}, {2}: at most {3} bytes are accepted."), digits(c, (int64_t)columns[k].max));
		for (size_t i = 0; i < v.n; i++)
			if (v.p[i] == '\n' || v.p[i] == '\r' || v.p[i] == '\t')
				return cell_wrong(c, row->line, columns[k].name, N_("Line {1}, {2}: a line end or tab stands inside."), STR_NONE);
		memcpy((char *)l + columns[k].at, &(str){ v.n ? v.p : NULL, v.n }, sizeof(str));
	}
	return true;
}

static bool lines_read(struct ctx *c, str text, struct component_lines *out)
{
	struct csv            t = { .rows = { .max = COMPONENT_LINES + 1 } };
	struct component_line l;
	size_t                place[COLUMNS];

	TRY(csv_parse(c, text, &t));
	if (t.rows.n == 0)
		return fault(c, E_INVALID, "file", N_("The file is empty. Its first line names the columns."));
	TRY(header_read(c, &t.rows.v[0], place));
	out->lines.max = out->at.max = COMPONENT_LINES;
	for (size_t i = 1; i < t.rows.n; i++) {
		l = (struct component_line){ 0 };
		TRY(line_read(c, &t.rows.v[i], place, &l));
		if (!list_push(c->arena, &out->lines, l) || !list_push(c->arena, &out->at, t.rows.v[i].line))
			return fault(c, E_LIMIT, "file", NULL);
	}
	return true;
}

/* Outside the transaction: the whole file is read and its form checked. */
bool component_import_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct component_lines *l = NEW(c->arena, struct component_lines);
	const struct file_part *f = arg_file(a, "file", 0);
	size_t                  size, n = 0;
	char                   *p;

	if (f->size > COMPONENT_FILE_MAX)
		return fault(c, E_LIMIT, "file", N_("The file has {1} bytes; at most {2} are accepted."), digits(c, f->size), digits(c, COMPONENT_FILE_MAX));
	size = (size_t)f->size;
	p    = arena_alloc(c->arena, size + 1);
	if (!p)
		return fault(c, E_LIMIT, "file", NULL);
	while (n < size) {
		ssize_t r = pread(f->fd, p + n, size - n, (off_t)n);
		if (r <= 0)
			return fault(c, E_IO, "file", N_("The uploaded file could not be read."));
		n += (size_t)r;
	}
	TRY(lines_read(c, (str){ p, n }, l));
	out->model = l;
	return true;
}

bool component_import(struct ctx *c, const struct args *a, struct sheet *out)
{
	const struct component_lines *l = out->model;
	struct component_product_row  p;
	size_t                        n = 0;

	out->model = NULL;
	TRY(sql_component_product(c, (product_id){ arg_str(a, "id") }, &p));
	for (size_t i = 0; i < l->lines.n; i++) {
		bool added = false;
		if (!component_put(c, p.id, &l->lines.v[i], &added)) {
			if (c->fault.code == E_INVALID || c->fault.code == E_SYNTAX) {
				str column = c->fault.where;
				str value  = str_eq(column, S("purl")) ? l->lines.v[i].purl : str_eq(column, S("cpe")) ? l->lines.v[i].cpe : l->lines.v[i].release;
				return cell_wrong(c, l->at.v[i], cstr(c->arena, column), str_eq(column, S("release")) ? N_("Line {1}, {2}: the product has no version {3}.")
				                  : N_("Line {1}, {2}: {3} is not written as it has to be."), value);
			}
			return false;
		}
		n += added;
	}
	out->note = str_fmt(c->arena, "%zu lines, %zu new", l->lines.n, n);
	return done(c, p.id.v, n ? N_("The components were read.") : N_("The components were read; none was new."), out);
}

/* ---- the page ---- */

const struct arg component_list_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Product") },
	{ 0 },
};

static bool releases_offer(struct ctx *c, struct component_page *m)
{
	struct component_releases_rows rows;
	struct choice                 *v;

	TRY(sql_component_releases(c, m->p.id, &rows));
	v = NEWS(c->arena, struct choice, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		v[i] = (struct choice){ cstr(c->arena, rows.v[i].name), cstr(c->arena, rows.v[i].name), NULL };
	form_offer(c, m->add, "release", v);
	m->no_release = rows.n == 0;
	return true;
}

bool component_list_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct component_page *m = NEW(c->arena, struct component_page);

	TRY(sql_component_product(c, (product_id){ arg_str(a, "id") }, &m->p));
	TRY(sql_component_list(c, m->p.id, &m->rows));
	m->add      = form_new(c, "component.add");
	m->file     = form_new(c, "component.import");
	m->may_edit = form_may(c, m->add);
	form_set(c, m->add, "id", m->p.id.v);
	form_set(c, m->file, "id", m->p.id.v);
	TRY(releases_offer(c, m));
	m->drop.max = m->rows.n + 1;
	for (size_t i = 0; i < m->rows.n; i++) {
		struct form *f = form_new(c, "component.drop");
		form_set(c, f, "id", m->p.id.v);
		form_set(c, f, "component", m->rows.v[i].id.v);
		(void)list_push(c->arena, &m->drop, f);
	}
	SHEET_MANY(out, "components", component_list, &m->rows);
	out->title  = m->p.name;
	out->object = m->p.id.v;
	out->model  = m;
	return true;
}

void component_list_show(struct page *w, const void *model)
{
	html_component_list(w, model);
}
