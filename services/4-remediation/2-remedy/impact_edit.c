#include "services/4-remediation/2-remedy/impact.h"

#include "platform/clock.h"

/* The operations on the impact sheet: scope, cells, ranges. */

static bool done(struct ctx *c, case_id k, const char *said, struct sheet *out)
{
	out->casefile = out->object = k.v;
	out->next     = STR_CAT(c->arena, S("/cases/"), k.v, S("/impact"));
	out->said     = str_of(said);
	return true;
}

/* ---- which products ---- */

const struct arg scope_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "product", .kind = ARG_ID, .many = true, .label = N_("Product"), .hint = N_("All products that the case looks at.") },
	{ 0 },
};

static bool listed(const struct args *a, str product)
{
	str v;

	for (size_t i = 0; arg_nth(a, "product", i, &v); i++)
		if (str_eq(v, product))
			return true;
	return false;
}

bool run_scope(struct ctx *c, const struct args *a, struct sheet *out)
{
	case_id                   k = { arg_str(a, "id") };
	struct impact_product_row p;
	struct scope_list_rows    old;
	int64_t                   n;
	str                       v;

	TRY(casefile_seen(c, k));
	TRY(sql_scope_list(c, k, &old));
	for (size_t i = 0; i < old.n; i++) {
		if (listed(a, old.v[i].id.v))
			continue;
		TRY(sql_scope_drop(c, k, old.v[i].id, &n));
		if (n == 0)
			return fault(c, E_STATE, "product", N_("{1} has decisions, questions or remedies in this case and stays."), old.v[i].name);
	}
	for (size_t i = 0; arg_nth(a, "product", i, &v); i++) {
		TRY(sql_impact_product(c, (product_id){ v }, &p));
		TRY(sql_scope_insert(c, k, p.id, c->now));
	}
	return done(c, k, N_("The case looks at these products now."), out);
}

/* ---- cells ---- */

/* Of what is not affected it is the reason, and goes into the advisory. */
#define NOTE_ARGS \
	{ .name = "note", .kind = ARG_LINE, .max = 500, .label = N_("Note") }, \
	{ .name = "note_ja", .kind = ARG_LINE, .max = 500, .label = N_("Note in Japanese"), \
	  .hint = N_("For the advisory in Japanese; empty: as above.") }

const struct arg sheet_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "cell", .kind = ARG_LINE, .max = 300, .many = true, .label = N_("Cell"),
	  .hint = N_("vuln:release:status, and after further colons the justification and the version that was seen.") },
	{ .name = "vulns", .kind = ARG_LINE, .max = 64 << 10, .hidden = true, .label = N_("Vulnerabilities of the sheet") },
	{ .name = "releases", .kind = ARG_LINE, .max = 27 * SHEET_CELLS_MAX, .hidden = true, .label = N_("Versions of the sheet") },
	{ .name = "was", .kind = ARG_LINE, .max = 24 * SHEET_CELLS_MAX, .hidden = true, .label = N_("What the sheet showed") },
	{ .name = "s", .kind = ARG_CHOICE, .choices = sheet_choices, .many = true, .hidden = true, .label = N_("Status") },
	{ .name = "justification", .kind = ARG_CHOICE, .choices = justification_choices, .label = N_("Why not affected"),
	  .hint = N_("For the cells that become “not affected” now.") },
	NOTE_ARGS,
	{ 0 },
};

static str vex_of(str word)
{
	if (str_eq(word, S("not-affected")))
		return S("not_affected");
	return str_eq(word, S("investigating")) ? S("under_investigation") : word;
}

/* "3a": version 3, shown as affected. */
static bool base_read(str base, int64_t *version, char *letter)
{
	if (base.n < 2 || !str_to_int(str_slice(base, 0, base.n - 1), version) || *version < 0)
		return false;
	*letter = base.p[base.n - 1];
	return true;
}

static bool torn(struct ctx *c)
{
	return fault(c, E_USAGE, "s", N_("The sheet did not arrive whole. Please open it again."));
}

/* The cells of the form, row by row; those left as they were are passed over. */
static bool form_write(struct ctx *c, case_id k, const struct args *a, struct impact_tally *t)
{
	str    releases = arg_str(a, "releases"), was = arg_str(a, "was"), vulns, release, vuln, base, word;
	size_t n = 0;

	while (str_cut(&releases, ' ', &release)) {
		vulns = arg_str(a, "vulns");
		while (str_cut(&vulns, ' ', &vuln)) {
			struct impact_change x = { { vuln }, { release }, .justification = arg_str(a, "justification"),
			                           .note = arg_str(a, "note"), .note_ja = arg_str(a, "note_ja") };
			char letter;
			if (!str_cut(&was, '.', &base) || !base_read(base, &x.version, &letter) || !arg_nth(a, "s", n++, &word) || word.n == 0)
				return torn(c);
			if (word.p[0] == letter)
				continue;
			x.status = vex_of(word);
			TRY(impact_vuln_check(c, k, x.vuln));
			TRY(impact_write(c, k, &x, t));
		}
	}
	return !arg_nth(a, "s", n, &word) || torn(c);
}

static bool cell_write(struct ctx *c, case_id k, const struct args *a, str cell, struct impact_tally *t)
{
	struct impact_change x = { .version = INT_NONE, .note = arg_str(a, "note"), .note_ja = arg_str(a, "note_ja") };
	str                  version;

	if (!str_cut(&cell, ':', &x.vuln.v) || !str_cut(&cell, ':', &x.release.v) || !str_cut(&cell, ':', &x.status))
		return fault(c, E_INVALID, "cell", N_("A cell is written vuln:release:status."));
	x.status = vex_of(x.status);
	if (!str_cut(&cell, ':', &x.justification) || x.justification.n == 0)
		x.justification = arg_str(a, "justification");
	if (str_cut(&cell, ':', &version) && version.n && (!str_to_int(version, &x.version) || x.version < 0))
		return fault(c, E_INVALID, "cell", N_("The version in a cell is a whole number."));
	TRY(impact_vuln_check(c, k, x.vuln));
	return impact_write(c, k, &x, t);
}

bool run_sheet(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct impact_tally t = { 0 };
	case_id             k = { arg_str(a, "id") };
	str                 cell;

	TRY(casefile_seen(c, k));
	for (size_t i = 0; arg_nth(a, "cell", i, &cell); i++)
		TRY(cell_write(c, k, a, cell, &t));
	TRY(form_write(c, k, a, &t));
	TRY(impact_tell(c, k, STR_NONE, &t));
	out->note = str_fmt(c->arena, "%lld cells", (long long)t.changed);
	return done(c, k, t.changed ? N_("The sheet was saved.") : N_("Nothing in the sheet had changed."), out);
}

/* ---- a range of versions ---- */

const struct arg range_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "vuln", .kind = ARG_ID, .must = true, .label = N_("Vulnerability") },
	{ .name = "product", .kind = ARG_ID, .must = true, .label = N_("Product") },
	{ .name = "from", .kind = ARG_ID, .label = N_("From version"), .hint = N_("The oldest when empty.") },
	{ .name = "to", .kind = ARG_ID, .label = N_("To version"), .hint = N_("The newest when empty.") },
	{ .name = "status", .kind = ARG_CHOICE, .choices = vex_choices, .must = true, .label = N_("Status") },
	{ .name = "justification", .kind = ARG_CHOICE, .choices = justification_choices, .label = N_("Why not affected") },
	NOTE_ARGS,
	{ 0 },
};

/* The place of a version in its product; E_INVALID when it belongs to another. */
static bool ordinal_of(struct ctx *c, const struct args *a, const char *name, int64_t otherwise, int64_t *out)
{
	struct impact_release_row r;
	bool                      found = false;

	*out = otherwise;
	if (!arg_str(a, name).n)
		return true;
	TRY(sql_impact_release(c, (release_id){ arg_str(a, name) }, &r, &found));
	if (!found || !str_eq(r.product.v, arg_str(a, "product")))
		return fault(c, E_INVALID, name, N_("This is no version of the product."));
	*out = r.ordinal;
	return true;
}

bool run_range(struct ctx *c, const struct args *a, struct sheet *out)
{
	case_id                     k = { arg_str(a, "id") };
	struct impact_tally         t = { 0 };
	struct impact_change        x = { { arg_str(a, "vuln") }, .status = arg_str(a, "status"), .version = INT_NONE,
	                                  .justification = arg_str(a, "justification"),
	                                  .note = arg_str(a, "note"), .note_ja = arg_str(a, "note_ja") };
	struct impact_product_row   p;
	struct impact_releases_rows r;
	int64_t                     from, to;

	TRY(casefile_seen(c, k));
	TRY(impact_vuln_check(c, k, x.vuln));
	TRY(sql_impact_product(c, (product_id){ arg_str(a, "product") }, &p));
	TRY(ordinal_of(c, a, "from", INT64_MIN, &from));
	TRY(ordinal_of(c, a, "to", INT64_MAX, &to));
	if (from > to)
		return fault(c, E_INVALID, "to", N_("This version is older than the first one."));
	TRY(sql_impact_releases(c, p.id, 10000, &r));
	for (size_t i = r.n; i-- > 0;) {
		if (r.v[i].ordinal < from || r.v[i].ordinal > to)
			continue;
		x.release = r.v[i].id;
		TRY(impact_write(c, k, &x, &t));
	}
	TRY(impact_tell(c, k, p.name, &t));
	out->note = str_fmt(c->arena, "%lld cells", (long long)t.changed);
	return done(c, k, N_("The versions were set."), out);
}
