#include "services/5-disclosure/3-publication/publication.h"

#include "gen/publication.html.h"

#include "base/buf.h"
#include "platform/http/target.h"
#include "platform/text/fold.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "services/5-disclosure/3-publication/mention.h"

/*
 * The list of editions inside: by state, words, severity and CVE ID.
 */

enum { PAGE = 50, PORTION = 500 };

const struct arg edition_list_args[] = {
	{ .name = "state", .kind = ARG_CHOICE, .choices = edition_state_choices, .label = N_("State") },
	{ .name = "q", .kind = ARG_LINE, .max = 200, .label = N_("Words of number and title") },
	{ .name = "severity", .kind = ARG_CHOICE, .choices = severity_choices, .label = N_("Severity") },
	{ .name = "cve", .kind = ARG_LINE, .max = 40, .label = N_("CVE ID") },
	{ .name = "from", .kind = ARG_INT, .label = N_("Start at row") },
	{ 0 },
};

static str list_address(struct ctx *c, const struct edition_list_page *m, str state, int64_t from)
{
	struct buf *b = NEW(c->arena, struct buf);

	buf_init(b, c->arena, 2048);
	buf_fmt(b, "/editions?state=%.*s", STR_ARG(state));
	buf_add(b, m->q.n ? STR_CAT(c->arena, S("&q="), percent_encode(c->arena, m->q)) : S(""));
	buf_add(b, m->severity.n ? STR_CAT(c->arena, S("&severity="), m->severity) : S(""));
	buf_add(b, m->cve.n ? STR_CAT(c->arena, S("&cve="), percent_encode(c->arena, m->cve)) : S(""));
	if (from > 0)
		buf_fmt(b, "&from=%lld", (long long)from);
	return buf_str(b);
}

/* With words, all that the rest leaves is looked through, in both languages. */
static bool found_fill(struct ctx *c, str words, str cve, int64_t from, struct edition_list_page *m)
{
	struct edition_list_rows some;
	int64_t                  met = 0;
	bool                     stand;

	m->rows.v = NEWS(c->arena, struct edition_list_row, PAGE + 1);
	for (int64_t at = 0; m->rows.n <= PAGE; at += PORTION) {
		TRY(sql_edition_list(c, m->state, m->severity, cve, PORTION, at, edition_list_by_changed, &some));
		for (size_t i = 0; i < some.n && m->rows.n <= PAGE; i++) {
			TRY(words_stand(c, words, STR_CAT(c->arena, some.v[i].number, S(" "), some.v[i].title, S(" "), some.v[i].title_ja), &stand));
			if (stand && met++ >= from)
				m->rows.v[m->rows.n++] = some.v[i];
		}
		if (some.n < PORTION)
			break;
	}
	return true;
}

static bool rows_fill(struct ctx *c, int64_t from, struct edition_list_page *m)
{
	str words, cve;

	TRY(mention_cve(c, m->cve, &cve));
	TRY(fold_text(c, m->q, &words));
	words = str_trim(words);
	if (words.n)
		return found_fill(c, words, cve, from, m);
	return sql_edition_list(c, m->state, m->severity, cve, PAGE + 1, from, edition_list_by_changed, &m->rows);
}

static void choices_fill(struct ctx *c, struct edition_list_page *m)
{
	m->states.max = m->picks.max = 20;
	(void)list_push(c->arena, &m->states, (struct tab){ word_tr(c->lang, N_("All")), list_address(c, m, S(""), 0), !m->state.n });
	for (const struct choice *o = edition_state_choices; o->value; o++)
		(void)list_push(c->arena, &m->states, (struct tab){
			word_tr(c->lang, o->label), list_address(c, m, str_of(o->value), 0), str_eq(m->state, str_of(o->value)) });
	for (const struct choice *o = severity_choices; o->value; o++)
		(void)list_push(c->arena, &m->picks, (struct pick){
			str_of(o->value), word_tr(c->lang, o->label), str_eq(m->severity, str_of(o->value)) });
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

	*m = (struct edition_list_page){ .state = arg_str(a, "state"), .q = arg_str(a, "q"), .severity = arg_str(a, "severity"), .cve = arg_str(a, "cve") };
	m->filtered = m->state.n || m->q.n || m->severity.n || m->cve.n;
	TRY(rows_fill(c, from, m));
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
