#include "services/0-foundation/10-evaluation/framework.h"

#include "gen/framework.html.h"

#include <stddef.h>

#include "platform/text/moment.h"
#include "platform/text/word.h"
#include "record/role.h"
#include "record/trace.h"

enum { ENTRIES = FRAMEWORK_FOUNDATIONS + FRAMEWORK_SERVICES };

#define COL(type, name, kind) { #name, kind, offsetof(struct type, name) }

static const struct db_col row_cols[] = {
	COL(map_row, number, DB_TEXT), COL(map_row, kind, DB_TEXT), COL(map_row, area, DB_TEXT),
	COL(map_row, code, DB_TEXT), COL(map_row, name_en, DB_TEXT), COL(map_row, name_ja, DB_TEXT),
	COL(map_row, state, DB_TEXT), COL(map_row, operations, DB_INT), COL(map_row, views, DB_INT),
	COL(map_row, tools, DB_INT), COL(map_row, metrics, DB_INT), COL(map_row, tests, DB_INT),
	COL(map_row, functions, DB_INT),
	COL(map_row, shown, DB_INT), COL(map_row, evidence, DB_INT), COL(map_row, newest, DB_TIME),
};
static const struct db_col function_cols[] = {
	COL(map_function, number, DB_TEXT), COL(map_function, service, DB_TEXT),
	COL(map_function, name_en, DB_TEXT), COL(map_function, name_ja, DB_TEXT),
	COL(map_function, evidence, DB_INT), COL(map_function, newest, DB_TIME),
};
static const struct db_col proof_cols[] = {
	COL(map_proof, number, DB_TEXT), COL(map_proof, what, DB_TEXT), COL(map_proof, n, DB_INT),
	COL(map_proof, newest, DB_TIME),
};
static const struct db_col part_cols[] = {
	COL(map_part, kind, DB_TEXT), COL(map_part, name, DB_TEXT), COL(map_part, help, DB_TEXT),
};
static const struct db_col test_cols[] = {
	COL(map_test, clause, DB_TEXT), COL(map_test, name, DB_TEXT), COL(map_test, file, DB_TEXT),
};

struct edition { str framework, edition, names_ja, functions_ja; };
static const struct db_col edition_cols[] = {
	COL(edition, framework, DB_TEXT), COL(edition, edition, DB_TEXT), COL(edition, names_ja, DB_TEXT),
	COL(edition, functions_ja, DB_TEXT),
};
static const struct edition edition = {
	S_INIT("FIRST PSIRT Services Framework"), S_INIT(FRAMEWORK_EDITION), S_INIT(FRAMEWORK_EDITION_JA),
	S_INIT("proposed"),
};

#define PART_MANY(s, name, cols, list) \
	sheet_add((s), (name), false, (cols), sizeof(cols) / sizeof((cols)[0]), (list)->v, (list)->n, sizeof(*(list)->v))

/* ---- counting ---- */

/* Is "2.1.2" or "2.1.2.3" within "2.1"?  "2.10" is not. */
static bool within(str number, str whole)
{
	return str_eq(number, whole) ||
	       (str_starts(number, whole) && number.p[whole.n] == '.');
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;   /* TIME_NONE is the smallest */
}

static void register_count(struct map_row *r, const struct service *s)
{
	for (const struct op *o = s->ops; o && o->name; o++)
		r->operations++;
	for (const struct view *v = s->views; v && v->name; v++)
		r->views++;
	for (const struct tool *t = s->tools; t && t->name; t++)
		r->tools++;
	for (const struct metric *t = s->metrics; t && t->name; t++)
		r->metrics++;
}

/* The next test after at that speaks for the entry; NULL when there is none. */
static const struct trace *test_next(const struct trace *at, str number, str code)
{
	for (; at->standard; at++)
		if (at->test && str_eq(str_of(at->standard), S("FIRST-" FRAMEWORK_EDITION)) &&
		    (within(str_of(at->clause), number) || (code.n && within(str_of(at->clause), code))))
			return at;
	return NULL;
}

/* Everything that the services count, once each. */
static bool proofs_fill(struct ctx *c, struct framework_page *m)
{
	const struct front *f = front_of(c);

	m->proofs.max = 1000;
	for (size_t i = 0; i < f->services_n; i++)
		for (const struct evidence *e = f->services[i]->evidence; e && e->name; e++) {
			struct map_proof p = { str_of(e->name), word_tr(c->lang, e->what), 0, TIME_NONE };
			TRY(e->count(c, &p.n, &p.newest));
			if (p.n <= 0)
				p.newest = TIME_NONE;
			(void)list_push(c->arena, &m->proofs, p);
		}
	return true;
}

static void functions_fill(struct ctx *c, struct framework_page *m)
{
	bool ja = c->lang == LANG_JA;

	m->functions.max = FRAMEWORK_FUNCTIONS;
	for (size_t i = 0; i < FRAMEWORK_FUNCTIONS; i++) {
		const struct framework_function *f = &framework_functions[i];
		struct map_function x = { .number = str_of(f->number), .service = str_slice(str_of(f->number), 0, 3),
			.name_en = str_of(f->en), .name_ja = str_of(f->ja), .newest = TIME_NONE };
		x.name  = ja ? x.name_ja : x.name_en;
		x.other = ja ? x.name_en : x.name_ja;
		for (size_t k = 0; k < m->proofs.n; k++)
			if (within(m->proofs.v[k].number, x.number)) {
				x.evidence += m->proofs.v[k].n;
				x.newest = later(x.newest, m->proofs.v[k].newest);
			}
		(void)list_push(c->arena, &m->functions, x);
	}
}

/* works: every function has evidence and some of it is fresh; starts: some evidence; blank: none. */
static str state_of(const struct ctx *c, const struct map_row *r)
{
	int64_t wanted = r->functions ? r->functions : 1;
	int64_t shown  = r->functions ? r->shown : r->evidence > 0;

	if (r->evidence == 0)
		return S("blank");
	return shown == wanted && r->newest != TIME_NONE && c->now - r->newest <= EVIDENCE_FRESH
	       ? S("works") : S("starts");
}

static str state_word(struct ctx *c, str state)
{
	if (str_eq(state, S("works")))
		return word_tr(c->lang, N_("Works"));
	return str_eq(state, S("starts")) ? word_tr(c->lang, N_("Has begun")) : word_tr(c->lang, N_("Empty"));
}

static void row_words(struct ctx *c, struct map_row *r)
{
	str args[2] = { state_word(c, r->state), STR_NONE };
	bool ja = c->lang == LANG_JA;

	r->name  = ja ? r->name_ja : r->name_en;
	r->other = ja ? r->name_en : r->name_ja;
	r->css   = STR_CAT(c->arena, S("tile "), r->state);
	if (r->newest == TIME_NONE) {
		r->note = word_fill(c, r->evidence ? N_("{1} · evidence without a date") : N_("{1} · no evidence"), args, 1);
		return;
	}
	args[1] = moment_age(c, r->newest);
	r->note = word_fill(c, N_("{1} · evidence of {2} ago"), args, 2);
}

static void row_fill(struct ctx *c, struct framework_page *m, const struct framework_entry *e)
{
	const struct front *f = front_of(c);
	struct map_row      r = { .number = str_of(e->number), .code = e->code ? str_of(e->code) : STR_NONE,
		.name_en = str_of(e->en), .name_ja = str_of(e->ja), .newest = TIME_NONE };

	r.kind = e->code ? S("foundation") : S("service");
	r.area = e->code ? STR_NONE : str_slice(r.number, 0, 1);
	for (size_t i = 0; i < f->services_n; i++)
		if (str_eq(str_of(f->services[i]->number), r.number))
			register_count(&r, f->services[i]);
	for (const struct trace *t = traces; (t = test_next(t, r.number, r.code)); t++)
		r.tests++;
	for (size_t i = 0; i < m->functions.n; i++)
		if (!e->code && str_eq(m->functions.v[i].service, r.number)) {
			r.functions++;
			r.shown += m->functions.v[i].evidence > 0;
		}
	for (size_t i = 0; i < m->proofs.n; i++) {
		const struct map_proof *p = &m->proofs.v[i];
		if (within(p->number, r.number) || (e->code && within(p->number, r.code))) {
			r.evidence += p->n;
			r.newest = later(r.newest, p->newest);
		}
	}
	r.state = state_of(c, &r);
	row_words(c, &r);
	m->works  += str_eq(r.state, S("works"));
	m->starts += str_eq(r.state, S("starts"));
	m->blank  += str_eq(r.state, S("blank"));
	(void)list_push(c->arena, &m->rows, r);
}

static bool framework_fill(struct ctx *c, struct framework_page *m)
{
	m->rows.max = ENTRIES;
	m->lang     = c->lang == LANG_JA ? S("ja") : S("en");
	TRY(proofs_fill(c, m));
	functions_fill(c, m);
	for (size_t i = 0; i < ENTRIES; i++)
		row_fill(c, m, &framework_entries[i]);
	return true;
}

/* ---- the map ---- */

static bool map_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct framework_page *m = NEW(c->arena, struct framework_page);

	(void)a;
	TRY(framework_fill(c, m));
	m->foundations.max = FRAMEWORK_FOUNDATIONS;
	m->areas.max       = FRAMEWORK_AREAS;
	for (size_t i = 0; i < FRAMEWORK_FOUNDATIONS; i++)
		(void)list_push(c->arena, &m->foundations, &m->rows.v[i]);
	for (size_t i = 0; i < FRAMEWORK_AREAS; i++) {
		const struct framework_entry *e = &framework_areas[i];
		struct map_area area = { .number = str_of(e->number),
			.name = str_of(c->lang == LANG_JA ? e->ja : e->en), .rows.max = ENTRIES };
		for (size_t k = 0; k < m->rows.n; k++)
			if (str_eq(m->rows.v[k].area, area.number))
				(void)list_push(c->arena, &area.rows, &m->rows.v[k]);
		(void)list_push(c->arena, &m->areas, area);
	}
	PART_MANY(out, "entries", row_cols, &m->rows);
	PART_MANY(out, "functions", function_cols, &m->functions);
	PART_MANY(out, "evidence", proof_cols, &m->proofs);
	sheet_add(out, "edition", true, edition_cols, sizeof(edition_cols) / sizeof(edition_cols[0]), &edition, 1,
	          sizeof(edition));
	out->model = m;
	return true;
}

static void map_show(struct page *w, const void *model)
{
	html_framework(w, model);
}

/* ---- one foundation or service ---- */

static void part_push(struct ctx *c, struct framework_service_page *m, const char *kind, const char *label,
                      const char *name, const char *help, str href)
{
	(void)list_push(c->arena, &m->parts, (struct map_part){
		str_of(kind), word_tr(c->lang, label), str_of(name), word_tr(c->lang, help), href });
}

/* The page of a view that needs nothing in its address and that the reader may open. */
static str page_of(const struct ctx *c, const struct view *v)
{
	str path = str_of(v->path);

	if (!v->page || str_find(path, S(":"), 0) != SIZE_MAX || !may(c->actor, v->may))
		return STR_NONE;
	return str_slice(path, 4, path.n);
}

static void parts_fill(struct ctx *c, struct framework_service_page *m)
{
	const struct front *f = front_of(c);

	m->parts.max = 1000;
	for (size_t i = 0; i < f->services_n; i++) {
		const struct service *s = f->services[i];
		if (!str_eq(str_of(s->number), m->row->number))
			continue;
		for (const struct op *o = s->ops; o && o->name; o++)
			part_push(c, m, "operation", N_("Operation"), o->name, o->help, STR_NONE);
		for (const struct view *v = s->views; v && v->name; v++)
			part_push(c, m, "view", N_("View"), v->name, v->help, page_of(c, v));
		for (const struct tool *t = s->tools; t && t->name; t++)
			part_push(c, m, "tool", N_("Tool"), t->name, t->help, STR_NONE);
		for (const struct metric *t = s->metrics; t && t->name; t++)
			part_push(c, m, "metric", N_("Metric"), t->name, t->title, STR_NONE);
	}
}

/* "a_report_is_kept" as a sentence. */
static str sentence(struct ctx *c, const char *name)
{
	char *s = cstr(c->arena, str_of(name));

	for (char *p = s; *p; p++)
		*p = *p == '_' ? ' ' : *p;
	return str_of(s);
}

static void tests_fill(struct ctx *c, struct framework_service_page *m)
{
	m->tests.max = 2000;
	for (const struct trace *t = traces; (t = test_next(t, m->row->number, m->row->code)); t++)
		(void)list_push(c->arena, &m->tests, (struct map_test){ str_of(t->clause), sentence(c, t->name), str_of(t->file) });
}

static const struct map_row *row_named(const struct framework_page *all, str number)
{
	for (size_t i = 0; i < all->rows.n; i++)
		if (str_eq(all->rows.v[i].number, number) || (number.n && str_eq(all->rows.v[i].code, number)))
			return &all->rows.v[i];
	return NULL;
}

static const struct arg number_args[] = {
	{ .name = "number", .kind = ARG_LINE, .max = 8, .must = true, .hidden = true, .label = N_("Number in the framework") },
	{ 0 },
};

static bool service_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct framework_service_page *m   = NEW(c->arena, struct framework_service_page);
	struct framework_page         *all = NEW(c->arena, struct framework_page);

	TRY(framework_fill(c, all));
	m->row = row_named(all, arg_str(a, "number"));
	if (!m->row)
		return fault(c, E_NOTFOUND, NULL, NULL);
	m->state         = state_word(c, m->row->state);
	m->lang          = all->lang;
	m->other_lang    = c->lang == LANG_JA ? S("en") : S("ja");
	m->functions.max = FRAMEWORK_FUNCTIONS;
	m->proofs.max    = 1000;
	for (size_t i = 0; i < FRAMEWORK_AREAS; i++)
		if (str_eq(str_of(framework_areas[i].number), m->row->area))
			m->area = str_of(c->lang == LANG_JA ? framework_areas[i].ja : framework_areas[i].en);
	for (size_t i = 0; i < all->functions.n && !m->row->code.n; i++)
		if (str_eq(all->functions.v[i].service, m->row->number))
			(void)list_push(c->arena, &m->functions, all->functions.v[i]);
	for (size_t i = 0; i < all->proofs.n; i++)
		if (within(all->proofs.v[i].number, m->row->number) ||
		    (m->row->code.n && within(all->proofs.v[i].number, m->row->code)))
			(void)list_push(c->arena, &m->proofs, all->proofs.v[i]);
	parts_fill(c, m);
	tests_fill(c, m);
	sheet_add(out, "entry", true, row_cols, sizeof(row_cols) / sizeof(row_cols[0]), m->row, 1, sizeof(*m->row));
	PART_MANY(out, "functions", function_cols, &m->functions);
	PART_MANY(out, "evidence", proof_cols, &m->proofs);
	PART_MANY(out, "registered", part_cols, &m->parts);
	PART_MANY(out, "tests", test_cols, &m->tests);
	out->title = STR_CAT(c->arena, m->row->code.n ? m->row->code : m->row->number, S(" "), m->row->name);
	out->model = m;
	return true;
}

static void service_show(struct page *w, const void *model)
{
	html_framework_service(w, model);
}

/* ---- tables ---- */

static const struct arg none[] = { { 0 } };

static const struct view views[] = {
	{ .name = "framework", .path = "GET /framework", .may = MAY_CASES | ROLE_ADMIN, .args = none,
	  .rows = map_rows, .page = map_show, .help = N_("Framework map"), .area = "programme" },
	{ .name = "framework.service", .path = "GET /framework/:number", .may = MAY_CASES | ROLE_ADMIN, .args = number_args,
	  .rows = service_rows, .page = service_show, .help = N_("Entry of the framework"), .area = "programme" },
	{ 0 },
};

static const struct tool_flag facts_flags[] = { { "json", NULL, N_("Everything as one JSON list, for programs.") }, { NULL, NULL, NULL } };
static const struct tool_manual facts_manual = { "[--json]", facts_flags, NULL };

static const struct tool tools[] = {
	{ "facts", N_("Who tells each fact, and who hears it"), facts_run, &facts_manual },
	{ 0 },
};

const struct service evaluation_service = {
	.number = "0.10",
	.title  = N_("Evaluation and Improvements"),
	.views  = views,
	.tools  = tools,
};
