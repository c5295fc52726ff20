/* permissions.md, facts.md, framework.md, and the tests of CSAF with their code. */
#include "tools/reference/reference.h"

#include "record/facts.h"
#include "record/trace.h"
#include "services/0-foundation/10-evaluation/framework.h"
#include "standards/csaf/csaf.h"

/* ---- permissions ---- */

static void may_row(struct buf *b, const char *name, const char *kind, uint32_t allowed)
{
	buf_fmt(b, "| `%s` | %s |", name, kind);
	for (size_t i = 0; i < REFERENCE_ROLES; i++)
		buf_add(b, reference_may(i, allowed) ? S(" yes |") : S(" - |"));
	buf_char(b, '\n');
}

void permissions_write(const struct reference *r, struct buf *b)
{
	buf_add(b, S("# Permissions\n\n"
		"Made by `make reference` from the tables of the services; `tests/policy.csv` says, by hand, what they have to be.\n"
		"*yes*: the role may ask. What it then sees of cases, reports and the audit is decided in the database\n"
		"(ARCHITECTURE.md, \"Who sees what\"); what one may not see answers like what does not exist. *finder*: somebody\n"
		"with a receipt code; *nobody*: without an account or code.\n"));
	for (size_t i = 0; i < r->front->services_n; i++) {
		const struct service *s = r->front->services[i];
		bool head = i == 0 || !str_eq(str_of(s->number), str_of(r->front->services[i - 1]->number));
		if (head) {
			buf_fmt(b, "\n## %s %s\n\n| name | kind |", s->number, s->title);
			for (size_t k = 0; k < REFERENCE_ROLES; k++)
				buf_fmt(b, " %s |", reference_roles[k].name);
			buf_add(b, S("\n|---|---|---|---|---|---|---|---|---|---|---|\n"));
		}
		for (const struct view *v = s->views; v && v->name; v++)
			may_row(b, v->name, "view", v->may);
		for (const struct op *o = s->ops; o && o->name; o++)
			may_row(b, o->name, "operation", o->may);
	}
}

/* ---- facts ---- */

static void tellers_write(struct buf *b, const char *fact, bool told)
{
	bool some = false;

	for (const struct telling *t = tellings; t->fact; t++)
		if (str_eq(str_of(t->fact), str_of(fact)) && t->told == told) {
			buf_fmt(b, "%s`%s` %s", some ? "<br>" : "", t->room, t->function);
			some = true;
		}
	if (!some)
		buf_char(b, '-');
}

static void hearers_write(const struct reference *r, struct buf *b, const char *fact)
{
	bool some = false;

	for (size_t i = 0; i < r->front->services_n; i++)
		for (const struct hears *h = r->front->services[i]->hears; h && h->name; h++)
			if (str_eq(str_of(h->name), str_of(fact))) {
				buf_fmt(b, "%s%s %s", some ? "<br>" : "", r->front->services[i]->number, r->front->services[i]->title);
				some = true;
			}
	if (!some)
		buf_char(b, '-');
}

void facts_write(const struct reference *r, struct buf *b)
{
	const char *name, *line;

	buf_add(b, S("# Facts\n\n"
		"Made by `make reference` from `record/facts.c`, the sources and the services' tables. A fact that is told\n"
		"reaches those who hear it in the same transaction; the others are only written on the timeline of a case.\n"
		"`psirt facts` prints the same.\n\n"
		"| fact | meaning | told by | written on the timeline by | heard by |\n|---|---|---|---|---|\n"));
	for (size_t i = 0; fact_nth(i, &name, &line); i++) {
		buf_fmt(b, "| `%s` | %s | ", name, line);
		tellers_write(b, name, true);
		buf_add(b, S(" | "));
		tellers_write(b, name, false);
		buf_add(b, S(" | "));
		hearers_write(r, b, name);
		buf_add(b, S(" |\n"));
	}
}

/* ---- the map ---- */

static bool within(str number, str whole)
{
	return str_eq(number, whole) ||
	       (number.n > whole.n && str_starts(number, whole) && number.p[whole.n] == '.');
}

/* The files with tests of an entry, each once. */
static void tests_write(struct buf *b, const char *number, const char *code)
{
	const char *last = "";

	for (const struct trace *t = traces; t->standard; t++) {
		if (!t->test || !str_eq(str_of(t->standard), S("FIRST-1.1")) || str_eq(str_of(t->file), str_of(last)))
			continue;
		if (!within(str_of(t->clause), str_of(number)) && !(code && within(str_of(t->clause), str_of(code))))
			continue;
		buf_fmt(b, "- test `%s`\n", t->file);
		last = t->file;
	}
}

static void registered_write(struct buf *b, const struct service *s)
{
	for (const struct view *v = s->views; v && v->name; v++)
		buf_fmt(b, "- view `%s`: %s\n", v->name, v->help);
	for (const struct op *o = s->ops; o && o->name; o++)
		buf_fmt(b, "- operation `%s`: %s\n", o->name, o->help);
	for (const struct tool *t = s->tools; t && t->name; t++)
		buf_fmt(b, "- tool `%s`: %s\n", t->name, t->help);
	for (const struct panel *p = s->panels; p && p->name; p++)
		buf_fmt(b, "- panel `%s` of the case page: %s\n", p->name, p->title);
	for (const struct metric *m = s->metrics; m && m->name; m++)
		buf_fmt(b, "- metric %s: %s\n", m->name, m->title);
	for (const struct evidence *e = s->evidence; e && e->name; e++)
		buf_fmt(b, "- evidence for %s: %s\n", e->name, e->what);
	for (const struct hears *h = s->hears; h && h->name; h++)
		buf_fmt(b, "- hears `%s`\n", h->name);
}

static void entry_write(const struct reference *r, struct buf *b, const struct framework_entry *e)
{
	size_t before;

	buf_fmt(b, "\n### %s %s%s%s%s\n\n%s\n\n", e->number, e->en, e->code ? " (" : "", e->code ? e->code : "", e->code ? ")" : "", e->ja);
	before = b->n;
	for (size_t i = 0; i < r->front->services_n; i++)
		if (str_eq(str_of(r->front->services[i]->number), str_of(e->number)))
			registered_write(b, r->front->services[i]);
	tests_write(b, e->number, e->code);
	if (b->n == before)
		buf_add(b, S("Nothing is registered here.\n"));
}

void map_write(const struct reference *r, struct buf *b)
{
	buf_add(b, S("# The framework, and what is registered for it\n\n"
		"Made by `make reference`: the table of contents of the FIRST PSIRT Services Framework 1.1, with the\n"
		"views, operations, tools, panels and metrics that the services register, the evidence they count and the\n"
		"tests that speak for them (docs/trace/clauses.md). The page /framework adds how much of it was done. The\n"
		"Japanese names are those of the 2018 translation of the 1.0 draft.\n\n## 0 Foundations\n"));
	for (size_t i = 0; i < FRAMEWORK_FOUNDATIONS; i++)
		entry_write(r, b, &framework_entries[i]);
	for (size_t k = 0; k < FRAMEWORK_AREAS; k++) {
		buf_fmt(b, "\n## %s %s\n", framework_areas[k].number, framework_areas[k].en);
		for (size_t i = FRAMEWORK_FOUNDATIONS; i < FRAMEWORK_FOUNDATIONS + FRAMEWORK_SERVICES; i++)
			if (framework_entries[i].number[0] == framework_areas[k].number[0])
				entry_write(r, b, &framework_entries[i]);
	}
}

/* ---- the tests of CSAF ---- */

/* Does it speak of the test: for one of its versions, its code by this number, its tests also by a section that holds it? */
static bool speaks(const struct trace *t, const struct csaf_test *of, bool test)
{
	if (t->test != test || !((of->versions & CSAF_20 && str_eq(str_of(t->standard), S("CSAF-2.0"))) ||
	                         (of->versions & CSAF_21 && str_eq(str_of(t->standard), S("CSAF-2.1")))))
		return false;
	return test ? within(str_of(of->id), str_of(t->clause)) : str_eq(str_of(of->id), str_of(t->clause));
}

/* The same place, said before for the other version. */
static bool spoken(const struct trace *t, const struct csaf_test *of, bool test)
{
	for (const struct trace *x = traces; x < t; x++)
		if (speaks(x, of, test) && str_eq(str_of(x->file), str_of(t->file)) && str_eq(str_of(x->name), str_of(t->name)))
			return true;
	return false;
}

static void speakers_write(struct buf *b, const struct csaf_test *of, bool test)
{
	bool some = false;

	for (const struct trace *t = traces; t->standard; t++) {
		if (!speaks(t, of, test) || spoken(t, of, test))
			continue;
		buf_fmt(b, "%s`%s` %s", some ? "<br>" : "", t->file, t->name);
		some = true;
	}
	if (!some)
		buf_char(b, '-');
}

void rules_write(const struct reference *r, struct buf *b)
{
	static const char *const classes[] = { [CSAF_ERROR] = "mandatory", [CSAF_WARNING] = "recommended", [CSAF_INFO] = "informative" };

	(void)r;
	buf_add(b, S("# The tests of CSAF, their code and ours\n\n"
		"Made by `make trace` from the registry that `psirt csaf check` runs (standards/csaf/csaf_registry.c).\n\n"
		"| test | CSAF | class | title | code | tests |\n|---|---|---|---|---|---|\n"));
	for (size_t i = 0; i < csaf_tests(); i++) {
		struct csaf_test t = csaf_test(i);
		buf_fmt(b, "| %s | %s%s%s | %s | %s | ", t.id, t.versions & CSAF_20 ? "2.0" : "", t.versions == (CSAF_20 | CSAF_21) ? ", " : "",
		        t.versions & CSAF_21 ? "2.1" : "", classes[t.class], t.title);
		speakers_write(b, &t, false);
		buf_add(b, S(" | "));
		speakers_write(b, &t, true);
		buf_add(b, S(" |\n"));
	}
}
