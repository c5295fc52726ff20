#include "services/4-remediation/1-release-plan/catalogue.h"

#include <unistd.h>

#include "platform/text/csv.h"
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

enum { COLUMNS = 13 };

static const struct { const char *name; size_t at, max; bool must; } columns[COLUMNS] = {
	{ "family_code", offsetof(struct catalogue_line, family_code), 60, true },
	{ "family", offsetof(struct catalogue_line, family), 200, true },
	{ "family_ja", offsetof(struct catalogue_line, family_ja), 200, false },
	{ "product_code", offsetof(struct catalogue_line, product_code), 60, true },
	{ "product", offsetof(struct catalogue_line, product), 200, true },
	{ "product_ja", offsetof(struct catalogue_line, product_ja), 200, false },
	{ "team", offsetof(struct catalogue_line, team), 200, false },
	{ "version", offsetof(struct catalogue_line, version), 100, false },
	{ "released_on", offsetof(struct catalogue_line, released_on), 10, false },
	{ "support_ends", offsetof(struct catalogue_line, support_ends), 10, false },
	{ "cpe", offsetof(struct catalogue_line, cpe), 500, false },
	{ "purl", offsetof(struct catalogue_line, purl), 500, false },
	{ "models", offsetof(struct catalogue_line, models), 500, false },
};

static str number(struct ctx *c, int64_t n)
{
	return str_fmt(c->arena, "%lld", (long long)n);
}

/* A fault at a cell: its line, and the column by number and name. */
static bool cell_wrong(struct ctx *c, int64_t line, size_t cell, size_t column, const char *what, str more)
{
	(void)fault(c, E_INVALID, "file", what, number(c, line), number(c, (int64_t)cell + 1), str_of(columns[column].name), more);
	c->fault.line   = (long)line;
	c->fault.column = (long)cell + 1;
	return false;
}

/* Which cell of a row holds each column; SIZE_MAX: not given. "ordinal" of our own export is passed over. */
static bool header_read(struct ctx *c, const struct csv_row *row, size_t place[COLUMNS])
{
	for (size_t k = 0; k < COLUMNS; k++)
		place[k] = SIZE_MAX;
	for (size_t i = 0; i < row->n; i++) {
		bool known = str_eq(row->v[i], S("ordinal"));
		for (size_t k = 0; k < COLUMNS; k++) {
			if (!str_eq(row->v[i], str_of(columns[k].name)))
				continue;
			if (place[k] != SIZE_MAX)
				return fault(c, E_INVALID, "file", N_("Line {1}: the column {2} stands there twice."), number(c, row->line), row->v[i]);
			place[k] = i;
			known    = true;
		}
		if (!known)
			return fault(c, E_INVALID, "file", N_("Line {1}, column {2}: there is no column {3} in a catalogue."),
			             number(c, row->line), number(c, (int64_t)i + 1), utf8_cut(row->v[i], 80));
	}
	for (size_t k = 0; k < COLUMNS; k++)
		if (columns[k].must && place[k] == SIZE_MAX)
			return fault(c, E_INVALID, "file", N_("Line {1}: the column {2} is missing."), number(c, row->line), str_of(columns[k].name));
	return true;
}

static bool line_read(struct ctx *c, const struct csv_row *row, const size_t place[COLUMNS], struct catalogue_line *l)
{
	struct civil day;

	for (size_t k = 0; k < COLUMNS; k++) {
		str v = place[k] < row->n ? row->v[place[k]] : STR_NONE;
		if (columns[k].must && v.n == 0)
			return cell_wrong(c, row->line, place[k], k, N_("Line {1}, column {2} ({3}): please fill this in."), STR_NONE);
		if (v.n > columns[k].max)
			return cell_wrong(c, row->line, place[k], k, N_("Line {1}, column {2} ({3}): at most {4} bytes are accepted."), number(c, (int64_t)columns[k].max));
		if (columns[k].max == 10 && v.n && !date_parse(v, &day))
			return cell_wrong(c, row->line, place[k], k, N_("Line {1}, column {2} ({3}): “{4}” is no date such as 2026-12-01."), v);
		for (size_t i = 0; i < v.n; i++)
			if (v.p[i] == '\n' || v.p[i] == '\r' || v.p[i] == '\t')
				return cell_wrong(c, row->line, place[k], k, N_("Line {1}, column {2} ({3}): a line end or tab stands inside."), STR_NONE);
		memcpy((char *)l + columns[k].at, &(str){ v.n ? v.p : place[k] < row->n ? "" : NULL, v.n }, sizeof(str));
	}
	return true;
}

/* The names for machines, of a line that describes a product. */
static bool identity_read(struct ctx *c, const struct csv_row *row, const size_t place[COLUMNS], struct catalogue_line *l)
{
	str why;

	if (l->version.n || product_identity(c, &l->cpe, &l->purl, &l->models))
		return true;
	why = word_fault(c, &c->fault);
	for (size_t k = 0; k < COLUMNS; k++)
		if (str_eq(c->fault.where, str_of(columns[k].name)))
			return cell_wrong(c, row->line, place[k], k, N_("Line {1}, column {2} ({3}): {4}"), why);
	return false;
}

bool catalogue_read(struct ctx *c, str text, struct catalogue_lines *out)
{
	struct csv            t = { .rows = { .max = CATALOGUE_LINES_MAX + 1 } };
	struct catalogue_line l;
	size_t                place[COLUMNS];

	TRY(csv_parse(c, text, &t));
	if (t.rows.n == 0)
		return fault(c, E_INVALID, "file", N_("The file is empty. Its first line names the columns."));
	TRY(header_read(c, &t.rows.v[0], place));
	out->lines.max = out->at.max = CATALOGUE_LINES_MAX;
	for (size_t i = 1; i < t.rows.n; i++) {
		l = (struct catalogue_line){ 0 };
		TRY(line_read(c, &t.rows.v[i], place, &l) && identity_read(c, &t.rows.v[i], place, &l));
		if (!list_push(c->arena, &out->lines, l) || !list_push(c->arena, &out->at, t.rows.v[i].line))
			return fault(c, E_LIMIT, "file", NULL);
	}
	return true;
}

static const struct arg import_args[] = {
	{ .name = "file", .kind = ARG_FILE, .must = true, .label = N_("CSV file"), .hint = N_("UTF-8, at most 8 MB and 20,000 lines.") },
	{ 0 },
};

static bool file_load(struct ctx *c, const struct file_part *f, str *text)
{
	size_t size, n = 0;
	char  *p;

	if (f->size > CATALOGUE_FILE_MAX)
		return fault(c, E_LIMIT, "file", N_("The file has {1} bytes; at most {2} are accepted."), number(c, f->size), number(c, CATALOGUE_FILE_MAX));
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
	*text = (str){ p, n };
	return true;
}

/* Outside the transaction: read and check the whole file. */
static bool import_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct catalogue_lines *l = NEW(c->arena, struct catalogue_lines);
	str                     text;

	TRY(file_load(c, arg_file(a, "file", 0), &text));
	TRY(catalogue_read(c, text, l));
	out->model = l;
	return true;
}

static bool run_import(struct ctx *c, const struct args *a, struct sheet *out)
{
	const struct catalogue_lines *l = out->model;
	int64_t                       n = 0;

	(void)a;
	out->model = NULL;
	for (size_t i = 0; i < l->lines.n; i++) {
		bool changed = false;
		if (!catalogue_put(c, &l->lines.v[i], &changed)) {
			if (c->fault.code == E_INVALID && str_eq(c->fault.where, S("product_code")))
				return cell_wrong(c, l->at.v[i], 3, 3, N_("Line {1}, column {2} ({3}): the product {4} belongs to another family."), l->lines.v[i].product_code);
			return false;
		}
		n += changed;
	}
	out->note = str_fmt(c->arena, "%zu lines, %lld changed", l->lines.n, (long long)n);
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
