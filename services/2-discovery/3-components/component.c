#include "services/2-discovery/3-components/component.h"

#include "gen/component.html.h"

#include "platform/clock.h"
#include "platform/text/csv_sheet.h"
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

#define COLUMN(of, max, must) { #of, offsetof(struct component_line, of), max, must, CSV_TEXT }
static const struct csv_column columns[] = {
	COLUMN(release, 100, true), COLUMN(name, 200, true), COLUMN(supplier, 200, false), COLUMN(version, 200, false),
	COLUMN(purl, 1000, false), COLUMN(cpe, 1000, false),
};
#undef COLUMN
enum { RELEASE = 0, PURL = 4, CPE = 5 };

static const struct csv_form form = {
	columns, sizeof(columns) / sizeof(columns[0]), sizeof(struct component_line), COMPONENT_LINES, false,
};

const struct arg component_import_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Product") },
	{ .name = "file", .kind = ARG_FILE, .must = true, .label = N_("CSV file"), .hint = N_("UTF-8, at most 8 MB and 20,000 lines.") },
	{ 0 },
};

/* Outside the transaction: the whole file is read and its form checked. */
bool component_import_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct csv_sheet *t = NEW(c->arena, struct csv_sheet);
	str               text;

	TRY(file_load(c, arg_file(a, "file", 0), COMPONENT_FILE_MAX, "component.load", &text));
	TRY(csv_sheet_read(c, text, &form, t));
	out->model = t;
	return true;
}

/* What component_put found wrong, at its cell. */
static bool line_wrong(struct ctx *c, const struct csv_sheet *t, size_t i)
{
	const struct component_line *l = csv_sheet_row(t, i);
	str                          column = c->fault.where;

	if (c->fault.code != E_INVALID && c->fault.code != E_SYNTAX)
		return false;
	if (str_eq(column, S("release")))
		return csv_wrong(c, t, t->lines[i], RELEASE, N_("Line {1}, column {2} ({3}): the product has no version {4}."), l->release);
	return csv_wrong(c, t, t->lines[i], str_eq(column, S("purl")) ? PURL : CPE,
	                 N_("Line {1}, column {2} ({3}): {4} is not written as it has to be."), str_eq(column, S("purl")) ? l->purl : l->cpe);
}

bool component_import(struct ctx *c, const struct args *a, struct sheet *out)
{
	const struct csv_sheet      *t = out->model;
	struct component_product_row p;
	size_t                       n = 0;

	out->model = NULL;
	TRY(sql_component_product(c, (product_id){ arg_str(a, "id") }, &p));
	for (size_t i = 0; i < t->n; i++) {
		bool added = false;
		if (!component_put(c, p.id, csv_sheet_row(t, i), &added))
			return line_wrong(c, t, i);
		n += added;
	}
	out->note = str_fmt(c->arena, "%zu lines, %zu new", t->n, n);
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
