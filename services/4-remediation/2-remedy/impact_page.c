#include "services/4-remediation/2-remedy/impact.h"

#include "gen/impact.html.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/text/fold.h"
#include "platform/text/word.h"
#include "record/product.h"

/* The sheet as a page and as a panel of the case. */

static const struct { const char *vex, *word; } words[] = {
	{ "affected", "affected" }, { "not_affected", "not-affected" }, { "fixed", "fixed" },
	{ "under_investigation", "investigating" },
};

static str word_of(str vex)
{
	for (size_t i = 0; i < 4; i++)
		if (str_eq(vex, str_of(words[i].vex)))
			return str_of(words[i].word);
	return S("unknown");
}

/* ---- what was typed into a sheet that was refused ---- */

struct typed { bool here; str was; size_t next; const struct args *args; };

static struct typed typed_of(struct ctx *c, str vulns, str releases)
{
	const struct pending *p = c->pending;
	struct typed          t = { 0 };

	if (p && strcmp(p->op->name, "impact.set") == 0 && str_eq(arg_str(p->args, "vulns"), vulns) &&
	    str_eq(arg_str(p->args, "releases"), releases))
		t = (struct typed){ true, arg_str(p->args, "was"), 0, p->args };
	return t;
}

/* The cell's word when the person had changed it; cells come in the order of the form. */
static void typed_next(struct typed *t, struct impact_cell_view *cell)
{
	str base, given;

	if (!t->here || !str_cut(&t->was, '.', &base) || !arg_nth(t->args, "s", t->next++, &given))
		return;
	if (base.n && given.n && base.p[base.n - 1] == given.p[0])
		return;
	cell->typed = !str_eq(cell->state, given);
	cell->state = given;
}

/* ---- filling ---- */

static bool wanted(const str *only, size_t n, str product)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(only[i], product))
			return true;
	return n == 0;
}

/* What is decided of a case, in the order in which cells are looked up: by version, then by vulnerability. */
struct decided { const struct impact_list_row **v; size_t n; };

static int decided_order(const void *a, const void *b)
{
	const struct impact_list_row *x = *(const struct impact_list_row *const *)a, *y = *(const struct impact_list_row *const *)b;
	int d = str_cmp(x->release.v, y->release.v);

	return d ? d : str_cmp(x->vuln.v, y->vuln.v);
}

static struct decided decided_sort(struct ctx *c, const struct impact_list_rows *rows)
{
	struct decided d = { NEWS(c->arena, const struct impact_list_row *, rows->n + 1), rows->n };

	for (size_t i = 0; i < rows->n; i++)
		d.v[i] = &rows->v[i];
	qsort(d.v, d.n, sizeof(*d.v), decided_order);
	return d;
}

static const struct impact_list_row *cell_find(const struct decided *d, vuln_id vuln, release_id release)
{
	const struct impact_list_row  key = { .vuln = vuln, .release = release }, *at = &key;
	const struct impact_list_row **found = bsearch(&at, d->v, d->n, sizeof(*d->v), decided_order);

	return found ? *found : NULL;
}

/* Rows and blocks are both in the order of the products' codes; *at goes on from block to block. */
static void block_count(const struct impact_list_rows *rows, size_t *at, struct impact_block *b)
{
	while (*at < rows->n && str_cmp(rows->v[*at].product_code, b->p.code) < 0)
		++*at;
	for (; *at < rows->n && str_eq(rows->v[*at].product_code, b->p.code); ++*at) {
		b->affected += str_eq(rows->v[*at].status, S("affected"));
		b->decided  += !str_eq(rows->v[*at].status, S("under_investigation"));
	}
}

struct shape { struct buf releases, was; };

static void cell_fill(struct ctx *c, const struct impact_list_row *x, struct shape *shape, struct impact_row *row)
{
	struct impact_cell_view v = { .state = word_of(x ? x->status : STR_NONE) };

	if (x && x->justification.n)
		v.why = choice_label(c, justification_choices, x->justification);
	if (shape->was.n)
		buf_char(&shape->was, '.');
	buf_int(&shape->was, x ? x->version : 0);
	buf_char(&shape->was, v.state.p[0]);
	(void)list_push(c->arena, &row->cells, v);
}

static bool ended(const struct ctx *c, str day)
{
	struct civil d;

	return date_parse(day, &d) && civil_time(&d) + DAY <= c->now;
}

static bool block_fill(struct ctx *c, const struct decided *d, struct impact_page *m, struct impact_block *b, size_t most, struct shape *shape)
{
	struct impact_releases_rows releases;

	TRY(sql_impact_releases_ahead(c, b->p.id, (int64_t)most));
	TRY(sql_owner_list_ahead(c, b->p.id));
	TRY(sql_impact_releases(c, b->p.id, (int64_t)most, &releases));
	b->drawn    = true;
	b->cut      = (int64_t)releases.n < b->p.versions;
	b->rows.max = releases.n + 1;
	for (size_t i = 0; i < releases.n; i++) {
		const struct impact_releases_row *r = &releases.v[i];
		struct impact_row row = { .id = r->id.v, .name = r->name, .unsupported = ended(c, r->support_ends),
		                          .cells = { .max = m->heads.n + 1 } };
		buf_add(&shape->releases, shape->releases.n ? S(" ") : S(""));
		buf_add(&shape->releases, r->id.v);
		for (size_t v = 0; v < m->heads.n; v++)
			cell_fill(c, cell_find(d, (vuln_id){ m->heads.v[v].id }, r->id), shape, &row);
		m->cells += m->heads.n;
		(void)list_push(c->arena, &b->rows, row);
	}
	return true;
}

static bool heads_fill(struct ctx *c, case_id k, struct impact_page *m, str *vulns)
{
	struct vuln_list_rows rows;
	struct buf            b;

	TRY(sql_vuln_list(c, k, &rows));
	buf_init(&b, c->arena, 64 << 10);
	m->heads.max = rows.n + 1;
	for (size_t i = 0; i < rows.n; i++) {
		(void)list_push(c->arena, &m->heads, (struct impact_head){
			rows.v[i].id.v, vuln_label(c, rows.v[i].ordinal, rows.v[i].cve), rows.v[i].title });
		buf_add(&b, i ? S(" ") : S(""));
		buf_add(&b, rows.v[i].id.v);
	}
	*vulns = buf_str(&b);
	return true;
}

static void typed_fill(struct ctx *c, struct impact_page *m, str vulns, str releases)
{
	struct typed t = typed_of(c, vulns, releases);

	for (size_t b = 0; t.here && b < m->blocks.n; b++)
		for (size_t r = 0; r < m->blocks.v[b].rows.n; r++)
			for (size_t v = 0; v < m->blocks.v[b].rows.v[r].cells.n; v++)
				typed_next(&t, &m->blocks.v[b].rows.v[r].cells.v[v]);
}

static void words_fill(struct ctx *c, struct impact_page *m)
{
	static const str keys[] = { S_INIT("a"), S_INIT("n"), S_INIT("f"), S_INIT("i"), S_INIT("u") };

	m->words.max = 5;
	for (size_t i = 0; i < 5; i++)
		(void)list_push(c->arena, &m->words, (struct cell_word){
			str_of(sheet_choices[i].value), word_tr(c->lang, sheet_choices[i].label), keys[i] });
}

static void forms_fill(struct ctx *c, case_id k, struct impact_page *m, str vulns, const struct shape *shape)
{
	m->sheet = form_new(c, "impact.set");
	form_set(c, m->sheet, "id", k.v);
	form_set(c, m->sheet, "vulns", vulns);
	form_set(c, m->sheet, "releases", buf_str(&shape->releases));
	form_set(c, m->sheet, "was", buf_str(&shape->was));
	m->range = form_new(c, "impact.range");
	form_set(c, m->range, "id", k.v);
	m->scope = form_new(c, "impact.scope");
	form_set(c, m->scope, "id", k.v);
	m->may_edit = form_may(c, m->sheet);
}

static bool blocks_fill(struct ctx *c, case_id k, const struct impact_list_rows *rows, const struct impact_wish *wish,
                        struct impact_page *m, struct shape *shape)
{
	struct decided         d = decided_sort(c, rows);
	struct scope_list_rows scope;
	size_t                 at = 0;

	TRY(sql_scope_list(c, k, &scope));
	m->blocks.max = scope.n + 1;
	for (size_t i = 0; i < scope.n; i++) {
		struct impact_block b = { .p = scope.v[i], .name = product_label(c, scope.v[i].name, scope.v[i].name_ja) };
		size_t left = m->heads.n && m->cells < wish->most ? (wish->most - m->cells) / m->heads.n : 0;
		bool   fits = (wish->n && left) || (size_t)b.p.versions <= left;
		block_count(rows, &at, &b);
		if (m->heads.n && fits && wanted(wish->only, wish->n, b.p.id.v))
			TRY(block_fill(c, &d, m, &b, left, shape));
		TRY(sql_owner_list(c, b.p.id, &b.owners));
		b.ask = form_new(c, "impact.ask");
		form_set(c, b.ask, "id", k.v);
		form_set(c, b.ask, "product", b.p.id.v);
		(void)list_push(c->arena, &m->blocks, b);
	}
	return true;
}

/* Ticks the products that the reports of the case name; of names in one another the longest. */
static bool named_fill(struct ctx *c, case_id k, struct impact_page *m)
{
	struct scope_named_rows said;
	struct spot            *at   = NEWS(c->arena, struct spot, m->products.n + 1);
	str                     text = S("");

	TRY(sql_scope_named(c, k, &said));
	for (size_t i = 0; i < said.n; i++)
		text = STR_CAT(c->arena, text, S("\n"), said.v[i].product);
	TRY(fold_text(c, text, &text));
	for (size_t i = 0; i < m->products.n && text.n; i++) {
		const struct scope_candidates_row *p = &m->products.v[i];

		TRY(product_spot(c, text, p->code, p->name, p->name_ja, &at[i]));
	}
	for (size_t i = 0; i < m->products.n; i++) {
		bool part = at[i].n == 0;

		for (size_t o = 0; o < m->products.n && !part; o++)
			part = spot_within(at[i], at[o]);
		if (!part)
			(void)list_push(c->arena, &m->ticked, m->products.v[i].id.v);
	}
	return true;
}

/* What may be looked at, and what of it is ticked. */
static bool products_fill(struct ctx *c, case_id k, struct impact_page *m)
{
	TRY(sql_scope_candidates(c, &m->products));
	m->ticked.max = m->products.n + m->blocks.n;
	for (size_t i = 0; i < m->blocks.n; i++)
		(void)list_push(c->arena, &m->ticked, m->blocks.v[i].p.id.v);
	return m->blocks.n > 0 || named_fill(c, k, m);
}

bool impact_page_fill(struct ctx *c, case_id k, const struct impact_list_rows *decided, const struct impact_wish *wish, struct impact_page *m)
{
	struct shape shape;
	str          vulns;

	buf_init(&shape.releases, c->arena, 27 * SHEET_CELLS_MAX);
	buf_init(&shape.was, c->arena, 24 * SHEET_CELLS_MAX);
	m->casefile = k.v;
	TRY(heads_fill(c, k, m, &vulns));
	TRY(blocks_fill(c, k, decided, wish, m, &shape));
	TRY(sql_question_case_list(c, k, &m->questions));
	forms_fill(c, k, m, vulns, &shape);
	if (m->may_edit)
		TRY(products_fill(c, k, m));
	words_fill(c, m);
	typed_fill(c, m, vulns, buf_str(&shape.releases));
	m->due = str_slice(time_print(c->arena, c->now + 7 * DAY), 0, 10);
	return true;
}

bool is_ticked(const struct impact_page *m, str product)
{
	for (size_t i = 0; i < m->ticked.n; i++)
		if (str_eq(m->ticked.v[i], product))
			return true;
	return false;
}

bool impact_panel_rows(struct ctx *c, str id, struct sheet *s, const void **model)
{
	struct impact_page     *m    = NEW(c->arena, struct impact_page);
	struct impact_list_rows *rows = NEW(c->arena, struct impact_list_rows);
	case_id                 k    = { id };

	TRY(sql_impact_list(c, k, rows));
	SHEET_MANY(s, "impact", impact_list, rows);
	TRY(impact_page_fill(c, k, rows, &(struct impact_wish){ NULL, 0, PANEL_CELLS_MAX }, m));
	SHEET_MANY(s, "questions", question_case_list, &m->questions);
	*model = m;
	return true;
}

bool impact_panel_ahead(struct ctx *c, str id)
{
	case_id k = { id };

	TRY(sql_impact_list_ahead(c, k));
	TRY(sql_vuln_list_ahead(c, k));
	TRY(sql_scope_list_ahead(c, k));
	TRY(sql_question_case_list_ahead(c, k));
	return !may(c->actor, MAY_TEAM) || sql_scope_candidates_ahead(c);
}

const struct arg impact_show_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Case") },
	{ .name = "product", .kind = ARG_ID, .many = true, .label = N_("Product") },
	{ 0 },
};

bool impact_show_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct impact_page      *m    = NEW(c->arena, struct impact_page);
	struct impact_list_rows *rows = NEW(c->arena, struct impact_list_rows);
	struct impact_open_rows *open = NEW(c->arena, struct impact_open_rows);
	case_id                  k    = { arg_str(a, "id") };
	str                      only[100];
	size_t                   n = 0;

	TRY(casefile_seen(c, k));
	while (n < 100 && arg_nth(a, "product", n, &only[n]))
		n++;
	TRY(sql_impact_list(c, k, rows));
	TRY(impact_page_fill(c, k, rows, &(struct impact_wish){ only, n, SHEET_CELLS_MAX }, m));
	TRY(sql_impact_open(c, k, open));
	m->alone = true;
	SHEET_MANY(out, "impact", impact_list, rows);
	SHEET_MANY(out, "undecided", impact_open, open);
	SHEET_MANY(out, "questions", question_case_list, &m->questions);
	out->casefile = out->object = k.v;
	out->model    = m;
	return true;
}

void impact_panel_page(struct page *w, const void *model)
{
	html_impact_panel(w, model);
}

void impact_show_page(struct page *w, const void *model)
{
	html_impact_page(w, model);
}
