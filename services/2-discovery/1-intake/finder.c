#include "services/2-discovery/1-intake/reporting.h"

#include "gen/finder.html.h"

#include "platform/clock.h"
#include "platform/text/amount.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/role.h"

/* meets FIRST-1.1 2.1.1.1: a web form that anybody can open */
bool finder_form_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct finder_form *m = NEW(c->arena, struct finder_form);

	(void)a;
	m->form         = form_new(c, "report.submit");
	m->organisation = house_name(c);
	m->ack_by       = report_promise(c->now, REPORT_ACK_DAYS);
	m->file_max     = amount_bytes(c, front_of(c)->file_max);
	form_set(c, m->form, "seed", random_id(c));
	form_set(c, m->form, "plan_zone", c->lang == LANG_JA ? S("Asia/Tokyo") : c->zone.n ? c->zone : S("UTC"));
	out->model = m;
	return true;
}

bool finder_receipt_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct finder_receipt *m = NEW(c->arena, struct finder_receipt);

	(void)a;
	m->ack_by    = report_promise(c->now, REPORT_ACK_DAYS);
	m->update_by = report_promise(c->now, REPORT_UPDATE_DAYS);
	out->model   = m;
	return true;
}

bool finder_code_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct finder_form *m = NEW(c->arena, struct finder_form);

	(void)a;
	m->form    = form_new(c, "report.status");
	out->model = m;
	return true;
}

/* Red and amber as in section 3 of TLP 2.0; CLEAR is white. */
static const char *tlp_tone(str label)
{
	return str_eq(label, S("RED")) ? "red" : str_starts(label, S("AMBER")) ? "amber" : str_eq(label, S("GREEN")) ? "green" : "clear";
}

bool talk_ahead(struct ctx *c, report_id id)
{
	TRY(sql_talk_list_ahead(c, id));
	return sql_file_list_ahead(c, id);
}

bool talk_load(struct ctx *c, report_id id, bool inside, talk_rows *out, struct file_list_rows *files)
{
	struct talk_list_rows rows;

	TRY(talk_ahead(c, id));
	TRY(sql_talk_list(c, id, &rows));
	TRY(sql_file_list(c, id, files));
	out->max = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		const struct talk_list_row *r = &rows.v[i];
		bool        in = str_eq(r->direction, S("in"));
		struct talk t  = { .m = r, .mine = in != inside, .fresh = in && r->seen_at == TIME_NONE,
		                   .tone = tlp_tone(r->tlp),
		                   .lang = text_lang(r->body), .files = { .max = 500 } };
		for (size_t k = 0; k < files->n; k++)
			if (files->v[k].message.v.n && str_eq(files->v[k].message.v, r->id.v))
				(void)list_push(c->arena, &t.files, &files->v[k]);
		if (!list_push(c->arena, out, t))
			return fault(c, E_LIMIT, NULL, NULL);
	}
	return true;
}

static void steps_fill(struct ctx *c, struct finder_page *m)
{
	int64_t at = m->r->step;

	m->steps.max = 6;
	m->at        = (size_t)at;
	for (int64_t i = 1; i <= 6; i++)
		(void)list_push(c->arena, &m->steps, (struct step){
			choice_label(c, report_step_choices, str_fmt(c->arena, "%lld", (long long)i)), i < at, i == at });
}

/* What the finder may know of the outcome; the reason that stays inside is not among it. */
static const struct choice told_outcomes[] = {
	{ "qualified", N_("We accepted it as a vulnerability of our product.") },
	{ "needs_info", N_("We need an answer from you to go on.") },
	{ "duplicate", N_("The same vulnerability was known to us already; your report is kept with the first one.") },
	{ "obsolete_product", N_("The product is no longer supported.") },
	{ "not_security", N_("We do not see a vulnerability in it.") },
	{ "other_vendor", N_("It concerns a product of another maker.") },
	{ "not_reproducible", N_("We could not reproduce it.") },
	{ "no_response", N_("We had no answer to our question and cannot go on without it.") },
	{ "out_of_scope", N_("It is outside of what our policy covers.") },
	{ "works_as_designed", N_("The product works as it was designed.") },
	{ NULL, NULL },
};

/* meets FIRST-1.1 1.5.1.1: the finder sees the status of the own report */
bool finder_mine_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct finder_page     *m     = NEW(c->arena, struct finder_page);
	struct report_mine_row *r     = NEW(c->arena, struct report_mine_row);
	struct file_list_rows  *files = NEW(c->arena, struct file_list_rows);
	struct talk_list_rows   talk;
	struct report_brief     own;

	(void)a;
	TRY(report_own(c, &own));
	TRY(sql_report_mine(c, own.id, r));
	TRY(talk_load(c, own.id, false, &m->talk, files));
	TRY(sql_talk_list(c, own.id, &talk));
	m->r       = r;
	m->state   = choice_label(c, report_state_choices, r->state);
	m->outcome = r->outcome.n ? choice_label(c, told_outcomes, r->outcome) : STR_NONE;
	m->over    = str_eq(r->state, S("declined")) || str_eq(r->state, S("closed"));
	m->reply   = form_new(c, "report.add");
	m->files.v = files->v;
	m->files.n = files->n;
	steps_fill(c, m);
	out->object = out->report = own.id.v;
	out->model  = m;
	/* Names of people inside stay inside. */
	for (size_t i = 0; i < talk.n; i++)
		talk.v[i].author_name = str_eq(talk.v[i].direction, S("in")) ? S("finder") : S("PSIRT");
	SHEET_ONE(out, "report", report_mine, r);
	TRY(agreement_fill(c, &own, TIME_NONE, STR_NONE, STR_NONE, false, &m->agreement, out));
	SHEET_MANY(out, "messages", talk_list, &talk);
	SHEET_MANY(out, "files", file_list, files);
	return true;
}

void finder_form_page(struct page *w, const void *model)
{
	html_finder_form(w, model);
}

void finder_receipt_page(struct page *w, const void *model)
{
	html_finder_receipt(w, model);
}

void finder_code_page(struct page *w, const void *model)
{
	html_finder_code(w, model);
}

void finder_mine_page(struct page *w, const void *model)
{
	html_finder_mine(w, model);
}
