#include "services/4-remediation/1-release-plan/catalogue.h"

#include "gen/catalogue.html.h"

#include "platform/clock.h"
#include "platform/text/moment.h"
#include "platform/text/word.h"
#include "record/draft.h"
#include "record/role.h"

#define MAY_READ (MAY_CASES | ROLE_ADMIN)

/* ---- words ---- */

str name_in(const struct ctx *c, str name, str name_ja)
{
	return c->lang == LANG_JA && name_ja.n ? name_ja : name;
}

str day_text(struct ctx *c, str day)
{
	struct civil d;

	return date_parse(day, &d) ? moment_day(c, &d) : day.n ? day : S("–");
}

bool day_over(const struct ctx *c, str day)
{
	struct civil d;

	return date_parse(day, &d) && civil_time(&d) + DAY <= c->now;
}

/* ---- the list ---- */

static bool family_begin(struct ctx *c, const struct product_list_row *r, struct catalogue_page *m)
{
	struct family_block f = { .id = r->family.v, .code = r->family_code,
	                          .name = name_in(c, r->family_name, r->family_name_ja),
	                          .products = { .max = 10000 }, .add = form_new(c, "product.add") };

	form_set(c, f.add, "family", r->family.v);
	return list_push(c->arena, &m->families, f);
}

/* meets FIRST-1.1 4.1.1.1: all that was released */
static bool list_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct catalogue_page   *m = NEW(c->arena, struct catalogue_page);
	struct product_list_rows rows;

	(void)a;
	TRY(sql_product_list(c, &rows));
	m->families.max = rows.n + 1;
	for (size_t i = 0; i < rows.n; i++) {
		const struct product_list_row *r = &rows.v[i];
		if (m->families.n == 0 || !str_eq(m->families.v[m->families.n - 1].id, r->family.v))
			TRY(family_begin(c, r, m));
		if (r->id.v.n)
			(void)list_push(c->arena, &m->families.v[m->families.n - 1].products, *r);
	}
	m->family   = form_new(c, "family.add");
	TRY(draft_show(c, m->family));
	m->file     = form_new(c, "catalogue.import");
	m->may_edit = form_may(c, m->family);
	SHEET_MANY(out, "products", product_list, &rows);
	out->model = m;
	return true;
}

static void list_page(struct page *w, const void *model)
{
	html_catalogue(w, model);
}

/* ---- one product ---- */

static const struct arg id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Product") },
	{ 0 },
};

static struct form *form_of(struct ctx *c, const char *op, str id)
{
	struct form *f = form_new(c, op);

	form_set(c, f, "id", id);
	return f;
}

static bool product_forms(struct ctx *c, struct product_page *m)
{
	str id = m->p.id.v;

	m->edit = form_of(c, "product.edit", id);
	form_set_int(c, m->edit, "version", m->p.version);
	form_set(c, m->edit, "name", m->p.name);
	form_set(c, m->edit, "name_ja", m->p.name_ja);
	form_set(c, m->edit, "team", m->p.team);
	form_set(c, m->edit, "support_ends", m->p.support_ends);
	form_set(c, m->edit, "cpe", m->p.cpe);
	form_set(c, m->edit, "purl", m->p.purl);
	form_set(c, m->edit, "models", m->p.models);
	TRY(draft_show(c, m->edit));
	m->release     = form_of(c, "release.add", id);
	TRY(draft_show(c, m->release));
	m->admit       = form_of(c, "product.admit", id);
	m->may_edit    = form_may(c, m->edit);
	m->dismiss.max = m->members.n + 1;
	for (size_t i = 0; i < m->members.n; i++) {
		struct form *f = form_of(c, "product.dismiss", id);
		form_set(c, f, "account", m->members.v[i].id.v);
		(void)list_push(c->arena, &m->dismiss, f);
	}
	return true;
}

static bool show_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct product_page *m  = NEW(c->arena, struct product_page);
	product_id           id = { arg_str(a, "id") };

	TRY(sql_product_get(c, id, &m->p));
	TRY(sql_release_list(c, id, &m->releases));
	TRY(sql_member_list(c, id, &m->members));
	TRY(sql_product_case_list(c, id, &m->cases));
	TRY(sql_engineer_list(c, id, &m->engineers));
	TRY(product_forms(c, m));
	SHEET_ONE(out, "product", product_get, &m->p);
	SHEET_MANY(out, "versions", release_list, &m->releases);
	SHEET_MANY(out, "members", member_list, &m->members);
	SHEET_MANY(out, "cases", product_case_list, &m->cases);
	out->title   = name_in(c, m->p.name, m->p.name_ja);
	out->object  = id.v;
	out->version = m->p.version;
	out->model   = m;
	return true;
}

static void show_page(struct page *w, const void *model)
{
	html_product(w, model);
}

/* ---- a family, a version ---- */

static bool family_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct family_page *m = NEW(c->arena, struct family_page);

	TRY(sql_family_get(c, (family_id){ arg_str(a, "id") }, &m->f));
	m->edit = form_of(c, "family.edit", m->f.id.v);
	form_set_int(c, m->edit, "version", m->f.version);
	form_set(c, m->edit, "name", m->f.name);
	form_set(c, m->edit, "name_ja", m->f.name_ja);
	TRY(draft_show(c, m->edit));
	m->may_edit = form_may(c, m->edit);
	SHEET_ONE(out, "family", family_get, &m->f);
	out->title   = name_in(c, m->f.name, m->f.name_ja);
	out->object  = m->f.id.v;
	out->version = m->f.version;
	out->model   = m;
	return true;
}

static void family_page_show(struct page *w, const void *model)
{
	html_family(w, model);
}

static bool release_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct release_page *m = NEW(c->arena, struct release_page);

	TRY(sql_release_get(c, (release_id){ arg_str(a, "id") }, &m->r));
	m->edit = form_of(c, "release.edit", m->r.id.v);
	form_set_int(c, m->edit, "version", m->r.version);
	form_set(c, m->edit, "name", m->r.name);
	form_set(c, m->edit, "released_on", m->r.released_on);
	form_set(c, m->edit, "support_ends", m->r.support_ends);
	TRY(draft_show(c, m->edit));
	m->may_edit = form_may(c, m->edit);
	SHEET_ONE(out, "release", release_get, &m->r);
	out->title   = STR_CAT(c->arena, name_in(c, m->r.product_name, m->r.product_name_ja), S(" "), m->r.name);
	out->object  = m->r.id.v;
	out->version = m->r.version;
	out->model   = m;
	return true;
}

static void release_page_show(struct page *w, const void *model)
{
	html_release(w, model);
}

/* ---- support periods, for everybody ---- */

/* meets FIRST-1.1 4.1.1.3, 1.4.1.1: support periods are public */
static bool support_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct support_page     *m = NEW(c->arena, struct support_page);
	struct support_line_rows rows;
	str                      last = STR_NONE;

	(void)a;
	TRY(sql_support_line(c, &rows));
	m->products.max = rows.n + 1;
	for (size_t i = 0; i < rows.n; i++) {
		const struct support_line_row *r = &rows.v[i];
		if (!str_eq(last, r->product.v)) {
			last = r->product.v;
			TRY(list_push(c->arena, &m->products, (struct support_block){
				name_in(c, r->name, r->name_ja), day_text(c, r->product_ends),
				day_over(c, r->product_ends), { .max = rows.n } }));
		}
		if (r->release.n)
			(void)list_push(c->arena, &m->products.v[m->products.n - 1].lines, *r);
	}
	SHEET_MANY(out, "support", support_line, &rows);
	out->model = m;
	return true;
}

static void support_page_show(struct page *w, const void *model)
{
	html_support(w, model);
}

/* ---- the catalogue as a table ---- */

static bool export_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct catalogue_page      *m = NEW(c->arena, struct catalogue_page);
	struct catalogue_lines_rows rows;

	(void)a;
	TRY(sql_catalogue_lines(c, &rows));
	m->file     = form_new(c, "catalogue.import");
	m->may_edit = form_may(c, m->file);
	SHEET_MANY(out, "catalogue", catalogue_lines, &rows);
	out->note  = str_fmt(c->arena, "%zu", rows.n);
	out->model = m;
	return true;
}

static void export_page(struct page *w, const void *model)
{
	html_catalogue_export(w, model);
}

static bool count_releases(struct ctx *c, int64_t *n, time_us *newest)
{
	struct catalogue_evidence_row r;

	TRY(sql_catalogue_evidence(c, &r));
	*n      = r.n;
	*newest = TIME_NONE;
	return true;
}

/* ---- tables ---- */

static const struct arg family_id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Family") },
	{ 0 },
};

static const struct arg release_id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Version") },
	{ 0 },
};

static const struct arg none[] = { { 0 } };

static const struct view views[] = {
	{ .name = "product.list", .path = "GET /products", .may = MAY_READ, .args = none,
	  .rows = list_rows, .page = list_page, .help = N_("Products"), .area = "products" },
	{ .name = "product.show", .path = "GET /products/:id", .may = MAY_READ, .args = id_args,
	  .rows = show_rows, .page = show_page, .help = N_("Product"), .area = "products" },
	{ .name = "family.show", .path = "GET /families/:id", .may = MAY_READ, .args = family_id_args,
	  .rows = family_rows, .page = family_page_show, .help = N_("Family"), .area = "products" },
	{ .name = "release.show", .path = "GET /releases/:id", .may = MAY_READ, .args = release_id_args,
	  .rows = release_rows, .page = release_page_show, .help = N_("Version"), .area = "products" },
	{ .name = "catalogue.export", .path = "GET /catalogue", .may = MAY_READ, .args = none,
	  .rows = export_rows, .page = export_page, .help = N_("Catalogue"), .opens = "export", .area = "products" },
	{ .name = "support.list", .path = "GET /support", .may = MAY_ANYONE, .args = none,
	  .rows = support_rows, .page = support_page_show, .help = N_("Support periods"), .outside = true },
	{ 0 },
};

static const struct evidence proof[] = {
	/* meets FIRST-1.1 4.1.1 */
	{ "4.1.1", N_("Versions in the product catalogue"), count_releases },
	{ 0 },
};

static const struct search_source *const sources[] = { &product_source, NULL };

const struct service release_plan_service = {
	.number   = "4.1",
	.title    = N_("Remedy Release Management Plan"),
	.ops      = catalogue_ops,
	.views    = views,
	.evidence = proof,
	.sources  = sources,
};
