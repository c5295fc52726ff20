#include "services/4-remediation/1-release-plan/catalogue.h"

#include "platform/text/csv_sheet.h"
#include "platform/text/word.h"
#include "record/role.h"

/* Operations on the catalogue: families, products, versions, teams, and the whole from CSV. */

#define MAY_EDIT (MAY_TEAM | ROLE_ADMIN)

static bool done(struct ctx *c, str product, const char *said, struct sheet *out)
{
	out->object = product;
	out->next   = STR_CAT(c->arena, S("/products/"), product);
	out->said   = str_of(said);
	return true;
}

/* ---- family, product, version, team ---- */

static const struct arg family_args[] = {
	{ .name = "code", .kind = ARG_LINE, .max = 60, .must = true, .label = N_("Code"), .hint = N_("Short and unique; the CSV names it by this.") },
	{ .name = "name", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Name") },
	{ .name = "name_ja", .kind = ARG_LINE, .max = 200, .label = N_("Japanese name") },
	{ 0 },
};

static bool run_family(struct ctx *c, const struct args *a, struct sheet *out)
{
	family_id id;

	TRY(family_add(c, arg_str(a, "code"), arg_str(a, "name"), arg_str(a, "name_ja"), &id));
	out->object = id.v;
	out->next   = S("/products");
	out->said   = str_of(N_("The family was added."));
	return true;
}

#define IDENTITY_ARGS \
	{ .name = "cpe", .kind = ARG_LINE, .max = 500, .label = N_("CPE name"), \
	  .hint = N_("Without a version: cpe:2.3:o:maker:product_firmware:*:*:*:*:*:*:*:*. CSAF documents and CVE records name each version by it.") }, \
	{ .name = "purl", .kind = ARG_LINE, .max = 500, .label = N_("Package URL"), .hint = N_("Without a version, such as pkg:npm/%40maker/tool.") }, \
	{ .name = "models", .kind = ARG_LINE, .max = 500, .label = N_("Model numbers"), .hint = N_("As printed on the product, with commas between them; ? and * stand for any character and any text.") }

static const struct arg product_args[] = {
	{ .name = "family", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Family") },
	{ .name = "code", .kind = ARG_LINE, .max = 60, .must = true, .label = N_("Code"), .hint = N_("Short and unique; the CSV names it by this.") },
	{ .name = "name", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Name") },
	{ .name = "name_ja", .kind = ARG_LINE, .max = 200, .label = N_("Japanese name") },
	{ .name = "team", .kind = ARG_LINE, .max = 200, .label = N_("Team") },
	{ .name = "support_ends", .kind = ARG_DATE, .label = N_("Support ends") },
	IDENTITY_ARGS,
	{ 0 },
};

/* What was said, if only that it is empty; else none. */
static str given(const struct args *a, const char *name)
{
	return !arg_given(a, name) ? STR_NONE : arg_str(a, name).n ? arg_str(a, name) : S("");
}

static struct product_draft draft_of(const struct args *a)
{
	return (struct product_draft){ { arg_str(a, "family") }, arg_str(a, "code"), arg_str(a, "name"), arg_str(a, "name_ja"),
	                               arg_str(a, "team"), arg_str(a, "support_ends"), given(a, "cpe"), given(a, "purl"), given(a, "models") };
}

static bool run_product(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct product_draft d = draft_of(a);
	product_id           id;

	TRY(product_identity(c, &d.cpe, &d.purl, &d.models));
	TRY(product_add(c, &d, &id));
	return done(c, id.v, N_("The product was added."), out);
}

static const struct arg edit_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Product") },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version") },
	{ .name = "name", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Name") },
	{ .name = "name_ja", .kind = ARG_LINE, .max = 200, .label = N_("Japanese name") },
	{ .name = "team", .kind = ARG_LINE, .max = 200, .label = N_("Team") },
	{ .name = "support_ends", .kind = ARG_DATE, .label = N_("Support ends") },
	IDENTITY_ARGS,
	{ 0 },
};

static bool run_edit(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct product_draft d = draft_of(a);
	product_id           id = { arg_str(a, "id") };

	TRY(product_identity(c, &d.cpe, &d.purl, &d.models));
	TRY(product_change(c, id, arg_int(a, "version"), &d, &out->note));
	return done(c, id.v, N_("The product was saved."), out);
}

static const struct arg release_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Product") },
	{ .name = "name", .kind = ARG_LINE, .max = 100, .must = true, .label = N_("Version"), .hint = N_("As printed on the product, such as 4.2.1. It becomes the newest.") },
	{ .name = "released_on", .kind = ARG_DATE, .label = N_("Released on") },
	{ .name = "support_ends", .kind = ARG_DATE, .label = N_("Support ends") },
	{ 0 },
};

static bool run_release(struct ctx *c, const struct args *a, struct sheet *out)
{
	product_id product = { arg_str(a, "id") };
	release_id id;

	TRY(release_add(c, product, arg_str(a, "name"), arg_str(a, "released_on"), arg_str(a, "support_ends"), &id));
	TRY(done(c, product.v, N_("The version was added."), out));
	out->object = id.v;
	return true;
}

static const struct arg family_edit_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Family") },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version that was seen") },
	{ .name = "name", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Name") },
	{ .name = "name_ja", .kind = ARG_LINE, .max = 200, .label = N_("Japanese name") },
	{ 0 },
};

static bool run_family_edit(struct ctx *c, const struct args *a, struct sheet *out)
{
	family_id id = { arg_str(a, "id") };

	TRY(family_change(c, id, arg_int(a, "version"), arg_str(a, "name"), arg_str(a, "name_ja"), &out->note));
	out->object = id.v;
	out->next   = S("/products");
	out->said   = str_of(N_("The family was saved."));
	return true;
}

static const struct arg release_edit_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Version") },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version that was seen") },
	{ .name = "name", .kind = ARG_LINE, .max = 100, .must = true, .label = N_("Version"), .hint = N_("As printed on the product, such as 4.2.1. Editions that are out keep the name that they were published with.") },
	{ .name = "released_on", .kind = ARG_DATE, .label = N_("Released on") },
	{ .name = "support_ends", .kind = ARG_DATE, .label = N_("Support ends") },
	{ 0 },
};

static bool run_release_edit(struct ctx *c, const struct args *a, struct sheet *out)
{
	release_id id = { arg_str(a, "id") };
	product_id product;

	TRY(release_change(c, id, arg_int(a, "version"), arg_str(a, "name"), arg_str(a, "released_on"), arg_str(a, "support_ends"),
	                   &product, &out->note));
	TRY(done(c, product.v, N_("The version was saved."), out));
	out->object = id.v;
	return true;
}

static const struct arg member_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Product") },
	{ .name = "account", .kind = ARG_ID, .must = true, .label = N_("Engineer") },
	{ 0 },
};

static const struct arg dismiss_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Product") },
	{ .name = "account", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Engineer") },
	{ 0 },
};

static bool run_admit(struct ctx *c, const struct args *a, struct sheet *out)
{
	product_id id = { arg_str(a, "id") };

	TRY(product_admit(c, id, (user_id){ arg_str(a, "account") }));
	return done(c, id.v, N_("The engineer is in the team."), out);
}

static bool run_dismiss(struct ctx *c, const struct args *a, struct sheet *out)
{
	product_id id = { arg_str(a, "id") };

	TRY(product_dismiss(c, id, (user_id){ arg_str(a, "account") }));
	return done(c, id.v, N_("The engineer left the team."), out);
}

/* ---- from CSV ---- */

#define COLUMN(name, of, max, must, kind) { name, offsetof(struct catalogue_line, of), max, must, kind }
static const struct csv_column columns[] = {
	COLUMN("family_code", family_code, 60, true, CSV_TEXT),    COLUMN("family", family, 200, true, CSV_TEXT),
	COLUMN("family_ja", family_ja, 200, false, CSV_TEXT),      COLUMN("product_code", product_code, 60, true, CSV_TEXT),
	COLUMN("product", product, 200, true, CSV_TEXT),           COLUMN("product_ja", product_ja, 200, false, CSV_TEXT),
	COLUMN("team", team, 200, false, CSV_TEXT),                COLUMN("version", version, 100, false, CSV_TEXT),
	COLUMN("released_on", released_on, 10, false, CSV_DAY),    COLUMN("support_ends", support_ends, 10, false, CSV_DAY),
	COLUMN("cpe", cpe, 500, false, CSV_TEXT),                  COLUMN("purl", purl, 500, false, CSV_TEXT),
	COLUMN("models", models, 500, false, CSV_TEXT),
	{ .name = "ordinal", .kind = CSV_PASSED },   /* of our own export */
};
#undef COLUMN
enum { PRODUCT_CODE = 3 };

static const struct csv_form form = {
	columns, sizeof(columns) / sizeof(columns[0]), sizeof(struct catalogue_line), CATALOGUE_LINES_MAX, true,
};

static const struct arg import_args[] = {
	{ .name = "file", .kind = ARG_FILE, .must = true, .label = N_("CSV file"), .hint = N_("UTF-8, at most 8 MB and 20,000 lines.") },
	{ 0 },
};

/* The names for machines, of a line that describes a product. */
static bool identity_read(struct ctx *c, const struct csv_sheet *t, size_t i)
{
	struct catalogue_line *l = (struct catalogue_line *)t->rows + i;
	str                    why;

	if (l->version.n || product_identity(c, &l->cpe, &l->purl, &l->models))
		return true;
	why = word_fault(c, &c->fault);
	for (size_t k = 0; k < form.n; k++)
		if (str_eq(c->fault.where, str_of(columns[k].name)))
			return csv_wrong(c, t, t->lines[i], k, N_("Line {1}, column {2} ({3}): {4}"), why);
	return false;
}

/* Outside the transaction: read and check the whole file. */
static bool import_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct csv_sheet *t = NEW(c->arena, struct csv_sheet);
	str               text;

	TRY(file_load(c, arg_file(a, "file", 0), CATALOGUE_FILE_MAX, "catalogue.load", &text));
	TRY(csv_sheet_read(c, text, &form, t));
	for (size_t i = 0; i < t->n; i++)
		TRY(identity_read(c, t, i));
	out->model = t;
	return true;
}

static bool run_import(struct ctx *c, const struct args *a, struct sheet *out)
{
	const struct csv_sheet *t = out->model;
	int64_t                 n = 0;

	(void)a;
	out->model = NULL;
	for (size_t i = 0; i < t->n; i++) {
		const struct catalogue_line *l       = csv_sheet_row(t, i);
		bool                         changed = false;
		if (!catalogue_put(c, l, &changed)) {
			if (c->fault.code == E_INVALID && str_eq(c->fault.where, S("product_code")))
				return csv_wrong(c, t, t->lines[i], PRODUCT_CODE, N_("Line {1}, column {2} ({3}): the product {4} belongs to another family."), l->product_code);
			return false;
		}
		n += changed;
	}
	out->note = str_fmt(c->arena, "%zu lines, %lld changed", t->n, (long long)n);
	out->next = S("/products");
	out->said = str_of(n ? N_("The catalogue was read.") : N_("The catalogue was read; nothing differed."));
	return true;
}

/* ---- tables ---- */

const struct op catalogue_ops[] = {
	{ .name = "family.add", .path = "POST /families", .may = MAY_EDIT, .args = family_args,
	  .run = run_family, .form = "product.list", .help = N_("Add the family"), .flags = OP_ONCE | OP_DRAFT },
	{ .name = "product.add", .path = "POST /products", .may = MAY_EDIT, .args = product_args,
	  .run = run_product, .form = "product.list", .help = N_("Add the product"), .flags = OP_ONCE },
	{ .name = "product.edit", .path = "POST /products/:id", .may = MAY_EDIT, .args = edit_args,
	  .run = run_edit, .form = "product.show", .help = N_("Save the product"), .flags = OP_DRAFT },
	{ .name = "family.edit", .path = "POST /families/:id", .may = MAY_EDIT, .args = family_edit_args,
	  .run = run_family_edit, .form = "family.show", .help = N_("Save the family"), .flags = OP_DRAFT },
	{ .name = "release.edit", .path = "POST /releases/:id", .may = MAY_EDIT, .args = release_edit_args,
	  .run = run_release_edit, .form = "release.show", .help = N_("Save the version"), .flags = OP_DRAFT },
	{ .name = "release.add", .path = "POST /products/:id/releases", .may = MAY_EDIT, .args = release_args,
	  .run = run_release, .form = "product.show", .help = N_("Add the version"), .flags = OP_ONCE | OP_DRAFT },
	{ .name = "product.admit", .path = "POST /products/:id/members", .may = MAY_EDIT, .args = member_args,
	  .run = run_admit, .form = "product.show", .help = N_("Put into the team") },
	{ .name = "product.dismiss", .path = "POST /products/:id/members/drop", .may = MAY_EDIT, .args = dismiss_args,
	  .run = run_dismiss, .form = "product.show", .help = N_("Take out of the team") },
	{ .name = "catalogue.import", .path = "POST /catalogue", .may = MAY_EDIT, .args = import_args,
	  .prepare = import_prepare, .run = run_import, .form = "product.list", .help = N_("Read the catalogue"), .flags = OP_FILES },
	{ 0 },
};
