#include "services/5-disclosure/3-publication/publication.h"

#include "gen/publication.html.h"

#include "base/buf.h"
#include "platform/http/target.h"
#include "platform/text/fold.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "services/5-disclosure/3-publication/mention.h"

/*
 * The list of editions inside: by state, words, severity, status, days, CVE ID and product.
 */

enum { PAGE = 50, PORTION = 500 };

const struct arg edition_list_args[] = {
	{ .name = "state", .kind = ARG_CHOICE, .choices = edition_state_choices, .label = N_("State") },
	{ .name = "q", .kind = ARG_LINE, .max = 200, .label = N_("Words of number, title and what was new") },
	{ .name = "severity", .kind = ARG_CHOICE, .choices = severity_choices, .label = N_("Severity") },
	{ .name = "status", .kind = ARG_CHOICE, .choices = status_choices, .label = N_("Status of the document") },
	{ .name = "since", .kind = ARG_DATE, .label = N_("Changed since") },
	{ .name = "until", .kind = ARG_DATE, .label = N_("Changed until") },
	{ .name = "cve", .kind = ARG_LINE, .max = 40, .label = N_("CVE ID") },
	{ .name = "product", .kind = ARG_LINE, .max = 200, .label = N_("Part of a product's name"), .hint = N_("Or of its CPE name, package URL or model number.") },
	{ .name = "from", .kind = ARG_INT, .label = N_("Start at row") },
	{ 0 },
};

/* What is asked of the database, and of what it finds. */
struct wanted { str words, product, cve; time_us since, until; case_id seen; bool stands; };   /* seen, stands: the case whose products were looked at last */

static void part_add(struct ctx *c, struct buf *b, const char *name, str value)
{
	if (value.n)
		buf_add(b, STR_CAT(c->arena, S("&"), str_of(name), S("="), percent_encode(c->arena, value)));
}

static str list_address(struct ctx *c, const struct edition_list_page *m, str state, int64_t from)
{
	struct buf *b = NEW(c->arena, struct buf);

	buf_init(b, c->arena, 4096);
	buf_fmt(b, "/editions?state=%.*s", STR_ARG(state));
	part_add(c, b, "q", m->q);
	part_add(c, b, "severity", m->severity);
	part_add(c, b, "status", m->status);
	part_add(c, b, "since", m->since);
	part_add(c, b, "until", m->until);
	part_add(c, b, "cve", m->cve);
	part_add(c, b, "product", m->product);
	if (from > 0)
		buf_fmt(b, "&from=%lld", (long long)from);
	return buf_str(b);
}

/* Is the case of a product that has these words in what it is known by? Editions of a case lie near each other. */
static bool product_stands(struct ctx *c, struct wanted *w, case_id id, bool *stand)
{
	struct edition_products_rows p;

	*stand = true;
	if (!w->product.n)
		return true;
	if (!str_eq(w->seen.v, id.v)) {
		w->seen   = id;
		w->stands = false;
		TRY(sql_edition_products(c, id, &p));
		for (size_t i = 0; i < p.n && !w->stands; i++) {
			const struct edition_products_row *r = &p.v[i];
			TRY(words_stand(c, w->product, STR_CAT(c->arena, r->family_name, S(" "), r->family_name_ja, S(" "), r->product_name, S(" "),
			                                       r->product_name_ja, S(" "), r->cpe, S(" "), r->purl, S(" "), r->models), &w->stands));
		}
	}
	*stand = w->stands;
	return true;
}

static bool some_find(struct ctx *c, const struct edition_list_page *m, const struct wanted *w, int64_t most, int64_t skip, struct edition_list_rows *out)
{
	return sql_edition_list(c, m->state, m->severity, m->status, w->since, w->until, w->cve, most, skip, edition_list_by_changed, out);
}

/* With words or a product, all that the rest leaves is looked through, in both languages. */
static bool found_fill(struct ctx *c, struct wanted *w, int64_t from, struct edition_list_page *m)
{
	struct edition_list_rows some;
	int64_t                  met = 0;
	bool                     said, of;

	m->rows.v = NEWS(c->arena, struct edition_list_row, PAGE + 1);
	for (int64_t at = 0; m->rows.n <= PAGE; at += PORTION) {
		TRY(some_find(c, m, w, PORTION, at, &some));
		for (size_t i = 0; i < some.n && m->rows.n <= PAGE; i++) {
			const struct edition_list_row *r = &some.v[i];
			TRY(words_stand(c, w->words, STR_CAT(c->arena, r->number, S(" "), r->title, S(" "), r->title_ja, S(" "), r->note, S(" "), r->note_ja), &said));
			of = said;
			if (said)
				TRY(product_stands(c, w, r->casefile, &of));
			if (of && met++ >= from)
				m->rows.v[m->rows.n++] = *r;
		}
		if (some.n < PORTION)
			break;
	}
	return true;
}

static bool folded(struct ctx *c, str text, str *out)
{
	TRY(fold_text(c, text, out));
	*out = str_trim(*out);
	return true;
}

static bool rows_fill(struct ctx *c, const struct args *a, int64_t from, struct edition_list_page *m)
{
	struct wanted w = { .since = arg_time(c, a, "since"), .until = arg_time(c, a, "until") };

	if (w.until != TIME_NONE)
		w.until += DAY;   /* the day itself belongs to it */
	TRY(mention_cve(c, m->cve, &w.cve));
	TRY(folded(c, m->q, &w.words));
	TRY(folded(c, m->product, &w.product));
	return w.words.n || w.product.n ? found_fill(c, &w, from, m) : some_find(c, m, &w, PAGE + 1, from, &m->rows);
}

static void choices_fill(struct ctx *c, struct edition_list_page *m)
{
	m->states.max = m->picks.max = m->statuses.max = 20;
	(void)list_push(c->arena, &m->states, (struct tab){ word_tr(c->lang, N_("All")), list_address(c, m, S(""), 0), !m->state.n });
	for (const struct choice *o = edition_state_choices; o->value; o++)
		(void)list_push(c->arena, &m->states, (struct tab){
			word_tr(c->lang, o->label), list_address(c, m, str_of(o->value), 0), str_eq(m->state, str_of(o->value)) });
	for (const struct choice *o = severity_choices; o->value; o++)
		(void)list_push(c->arena, &m->picks, (struct pick){
			str_of(o->value), word_tr(c->lang, o->label), str_eq(m->severity, str_of(o->value)) });
	for (const struct choice *o = status_choices; o->value; o++)
		(void)list_push(c->arena, &m->statuses, (struct pick){
			str_of(o->value), word_tr(c->lang, o->label), str_eq(m->status, str_of(o->value)) });
}

/* meets CSAF-2.1 7.4.2: what is out should be there in 2.1 before the roll-over */
static bool alone_fill(struct ctx *c, struct edition_list_page *m)
{
	struct transition       when;
	struct public_alone_row row;

	TRY(transition_load(c, &when));
	TRY(sql_public_alone(c, &row));
	m->rollover = when.rollover;
	m->alone    = when.rollover != TIME_NONE ? row.n : 0;
	m->past     = when.rollover != TIME_NONE ? row.past : 0;
	return true;
}

/* meets CSAF-2.0 9.1.6: what is being written is listed, searched and filtered, too */
bool edition_list_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_list_page *m    = NEW(c->arena, struct edition_list_page);
	int64_t                   from = arg_int(a, "from") > 0 ? arg_int(a, "from") : 0;

	*m = (struct edition_list_page){ .state = arg_str(a, "state"), .q = arg_str(a, "q"), .severity = arg_str(a, "severity"),
		.status = arg_str(a, "status"), .since = arg_str(a, "since"), .until = arg_str(a, "until"), .cve = arg_str(a, "cve"), .product = arg_str(a, "product") };
	m->filtered = m->state.n || m->q.n || m->severity.n || m->status.n || m->since.n || m->until.n || m->cve.n || m->product.n;
	TRY(rows_fill(c, a, from, m));
	choices_fill(c, m);
	if (m->rows.n > PAGE) {
		m->rows.n = PAGE;
		m->more   = list_address(c, m, m->state, from + PAGE);
	}
	if (from > 0)
		m->less = list_address(c, m, m->state, from > PAGE ? from - PAGE : 0);
	TRY(alone_fill(c, m));
	m->may_past = may(c->actor, view_find(front_of(c), S("history.list"))->may);
	SHEET_MANY(out, "editions", edition_list, &m->rows);
	out->model = m;
	return true;
}

void edition_list_show(struct page *w, const void *model)
{
	html_edition_list(w, model);
}
