#include "services/2-discovery/1-intake/reporting.h"

#include "gen/inbox.html.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/http/target.h"
#include "platform/json/json_out.h"
#include "platform/text/fold.h"
#include "platform/text/word.h"
#include "record/attachment.h"
#include "record/casefile.h"
#include "record/draft.h"
#include "record/role.h"
#include "record/search.h"

enum { PAGE = 50, RARE = 40 };

/* ---- the inbox ---- */

static enum inbox_list_sort sort_of(str word)
{
	for (size_t i = 0; i < inbox_list_sorts_n; i++)
		if (str_eq(word, str_of(inbox_list_sorts[i])))
			return (enum inbox_list_sort)i;
	return inbox_list_by_due;
}

struct sort_options inbox_sorts(struct ctx *c, str on)
{
	struct sort_options s = { .v = NEWS(c->arena, struct sort_option, 16) };

	for (const struct choice *o = inbox_sort_choices; o->value; o++)
		s.v[s.n++] = (struct sort_option){ str_of(o->value), word_tr(c->lang, o->label), str_eq(on, str_of(o->value)) };
	return s;
}

/* ---- what narrows the list ---- */

/*
 * Words are looked for in the newest RECENT pieces, of which NEWEST hits are listed, or HITS when
 * the list is narrowed further; where these are less than two pages, in all pieces.  Rare: below HITS.
 */
enum { RECENT = 20000, NEWEST = 4 * PAGE, HITS = 1000, FEW = 2 * PAGE, ID_ROOM = 40 /* bytes of an id in a list */ };

/* The list again: each filter but those given here stays. */
static str address(struct ctx *c, const struct inbox_page *m, str state, str q, int64_t from)
{
	const struct preset all[] = { { S("state"), state }, { S("q"), q }, { S("channel"), m->channel }, { S("exploited"), m->exploited } };
	struct buf          b;

	buf_init(&b, c->arena, 4000);
	buf_add(&b, S("/reports?sort="));
	buf_add(&b, m->sort);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].value.n) {
			buf_char(&b, '&');
			buf_add(&b, all[i].name);
			buf_char(&b, '=');
			buf_add(&b, percent_encode(c->arena, all[i].value));
		}
	if (from > 0)
		buf_fmt(&b, "&from=%lld", (long long)from);
	return buf_str(&b);
}

/* All texts that begin with this are from it to before its end. */
static str end_of(struct ctx *c, str s)
{
	return STR_CAT(c->arena, s, S("\xF4\x8F\xBF\xBF"));
}

static str capitals(struct ctx *c, str s)
{
	struct buf b;

	buf_init(&b, c->arena, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		buf_char(&b, s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 32) : s.p[i]);
	return buf_str(&b);
}

static bool words_find(struct ctx *c, struct inbox_page *m, struct inbox_hits_rows *hits)
{
	int64_t most = m->state.n || m->channel.n || m->exploited.n ? HITS : NEWEST;
	str     words;

	*hits = (struct inbox_hits_rows){ 0 };
	TRY(search_query(c, m->q, S("report"), &words));
	if (!words.n)
		return true;
	TRY(sql_inbox_hits(c, words, RECENT, STR_NONE, most, hits));
	m->cut = hits->n >= FEW;
	if (m->cut)
		return true;
	TRY(sql_inbox_hits(c, STR_NONE, INT_NONE, words, HITS, hits));
	m->cut = hits->n == HITS;
	return true;
}

/* The reports that what was typed finds, by words, number, address or name, as a JSON list; none: all of them. */
static bool typed_find(struct ctx *c, struct inbox_page *m, str *ids)
{
	struct inbox_hits_rows  hits;
	struct inbox_named_rows named;
	struct json_out         o;
	struct buf              b;
	str                     label;

	*ids = STR_NONE;
	if (!m->q.n)
		return true;
	TRY(words_find(c, m, &hits));
	TRY(fold_text(c, m->q, &label));
	label = capitals(c, label);
	TRY(sql_inbox_named(c, label, end_of(c, label), m->q, end_of(c, m->q), &named));
	buf_init(&b, c->arena, (hits.n + named.n + 1) * ID_ROOM);
	json_out_init(&o, &b, JSON_COMPACT);
	json_open_array(&o);
	for (size_t i = 0; i < hits.n; i++)
		json_out_str(&o, hits.v[i].object);
	for (size_t i = 0; i < named.n; i++)
		json_out_str(&o, named.v[i].id.v);
	json_close(&o);
	*ids = buf_str(&b);
	return true;
}

static bool chips_fill(struct ctx *c, struct inbox_page *m)
{
	struct inbox_counts_rows n;

	TRY(sql_inbox_counts(c, &n));
	m->states.max = 20;
	for (const struct choice *o = report_state_choices; o->value; o++) {
		struct inbox_chip x = { .label = word_tr(c->lang, o->label), .value = str_of(o->value), .n = INT_NONE };
		/* What waits is counted; the closed ones are only many. */
		if (report_waits(x.value))
			x.n = 0;
		for (size_t i = 0; i < n.n; i++)
			if (str_eq(n.v[i].state, x.value))
				x.n = n.v[i].n;
		x.on   = str_eq(m->state, x.value);
		x.href = address(c, m, x.value, m->q, 0);
		(void)list_push(c->arena, &m->states, x);
	}
	return true;
}

static struct inbox_row row_of(struct ctx *c, const struct inbox_list_row *r)
{
	bool fresh = r->unread > 0 || str_eq(r->state, S("new"));
	bool late  = r->due_at != TIME_NONE && r->due_at < c->now;
	bool over  = str_eq(r->state, S("declined")) || str_eq(r->state, S("closed"));

	return (struct inbox_row){
		.r = r, .state = choice_label(c, report_state_choices, r->state),
		.channel = choice_label(c, report_channel_choices, r->channel), .lang = text_lang(r->title),
		.late = late, .wait = str_eq(r->state, S("needs_info")),
		.css = late && fresh ? S("is-late is-unread") : late ? S("is-late") : fresh ? S("is-unread") : over ? S("is-done") : S(""),
	};
}

/*
 * The state's reports are looked up and sorted where they are few: those that
 * wait, and others up to RARE.  Else the order's index is walked.
 */
static bool seek_state(struct ctx *c, str state, enum inbox_list_sort sort, str *by)
{
	struct inbox_weight_row w;

	*by = state;
	if (!state.n || report_waits(state) || sort == inbox_list_by_state)
		return true;
	TRY(sql_inbox_weight(c, state, RARE, &w));
	if (w.n == RARE)
		*by = STR_NONE;
	return true;
}

/* What is looked up and sorted instead of walking the order's index: the rarest of channel and exploitation, when it is rare. */
static bool seek_rest(struct ctx *c, const struct inbox_page *m, str *channel, str *exploited)
{
	struct inbox_weights_row w;

	*channel = *exploited = STR_NONE;
	if (!m->channel.n && !m->exploited.n)
		return true;
	TRY(sql_inbox_weights(c, m->channel, m->exploited, HITS, &w));
	if (m->exploited.n && w.by_exploited < HITS && (!m->channel.n || w.by_exploited <= w.by_channel))
		*exploited = m->exploited;
	else if (m->channel.n && w.by_channel < HITS)
		*channel = m->channel;
	return true;
}

/* meets FIRST-1.1 2.1.2.1: one list of all that came in, the nearest promise first */
bool inbox_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct inbox_page      *m = NEW(c->arena, struct inbox_page);
	struct inbox_list_rows *l = NEW(c->arena, struct inbox_list_rows);
	int64_t                 from = arg_int(a, "from");
	str                     ids, by, by_channel = STR_NONE, by_exploited = STR_NONE;

	from         = from > 0 && from < 10000000 ? from : 0;
	m->state     = arg_str(a, "state");
	m->channel   = arg_str(a, "channel");
	m->exploited = arg_str(a, "exploited");
	m->q         = str_trim(arg_str(a, "q"));
	m->sort      = arg_str(a, "sort").n ? arg_str(a, "sort") : S("due");
	TRY(typed_find(c, m, &ids));
	TRY(seek_state(c, m->state, sort_of(m->sort), &by));
	if (ids.n)
		by = STR_NONE;
	else
		TRY(seek_rest(c, m, &by_channel, &by_exploited));
	if (by_channel.n || by_exploited.n)
		by = STR_NONE;
	TRY(sql_inbox_list(c, m->state, m->channel, m->exploited, by, by_channel, by_exploited, ids, from, sort_of(m->sort), l));
	if (l->n > PAGE)
		m->after = address(c, m, m->state, m->q, from + PAGE);
	l->n = l->n > PAGE ? PAGE : l->n;
	if (from > 0)
		m->before = address(c, m, m->state, m->q, from > PAGE ? from - PAGE : 0);
	m->all      = address(c, m, STR_NONE, m->q, 0);
	m->wordless = address(c, m, m->state, STR_NONE, 0);
	m->from     = l->n ? from + 1 : 0;
	m->to       = from + (int64_t)l->n;
	m->rows.max = PAGE;
	for (size_t i = 0; i < l->n; i++)
		(void)list_push(c->arena, &m->rows, row_of(c, &l->v[i]));
	TRY(chips_fill(c, m));
	m->channels.max = 20;
	for (const struct choice *o = report_channel_choices; o->value; o++)
		(void)list_push(c->arena, &m->channels, (struct sort_option){
			str_of(o->value), word_tr(c->lang, o->label), str_eq(m->channel, str_of(o->value)) });
	m->may_enter = may(c->actor, MAY_TEAM);
	out->model   = m;
	SHEET_MANY(out, "reports", inbox_list, l);
	return true;
}

/* ---- one report ---- */

/* What triagers need to decide, and whether it is there (ISO/IEC 29147:2018 9.3.2 report contents). */
/* meets ISO-29147 9.3.2; FIRST-1.1 3.2.4: what a report needs, and whether it is there */
static void proofs_fill(struct ctx *c, struct report_page *m)
{
	const struct report_get_row *r = m->r;
	const struct proof all[] = {
		{ word_tr(c->lang, N_("Product and exact version")), r->product.n && r->product_version.n },
		{ word_tr(c->lang, N_("A description long enough to repeat it")), r->description.n >= 200 },
		{ word_tr(c->lang, N_("What somebody can do with it")), r->impact.n > 0 },
		{ word_tr(c->lang, N_("How it was found")), r->found_how.n > 0 },
		{ word_tr(c->lang, N_("A file that shows it")), m->files.n > 0 },
		{ word_tr(c->lang, N_("Exploited or not")), !str_eq(r->exploited, S("unknown")) },
		{ word_tr(c->lang, N_("Public or not")), !str_eq(r->known, S("unknown")) },
		{ word_tr(c->lang, N_("A way to reach the finder by mail")), r->contact.n > 0 },
	};

	m->proofs.max = 8;
	for (size_t i = 0; i < 8; i++) {
		m->proofs_met += all[i].met;
		(void)list_push(c->arena, &m->proofs, all[i]);
	}
}

/* Outcomes by key; the page of the decision belongs to 3.1. */
static void deeds_fill(struct ctx *c, struct report_page *m)
{
	static const struct { const char *value, *key; } keys[] = {
		{ "qualified", "e" }, { "needs_info", "q" }, { "duplicate", "d" }, { "not_security", "w" },
		{ "not_reproducible", "" }, { "out_of_scope", "" }, { "works_as_designed", "" },
		{ "obsolete_product", "" }, { "other_vendor", "" }, { "no_response", "" },
	};

	m->deeds.max = 12;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		(void)list_push(c->arena, &m->deeds, (struct deed){
			str_of(keys[i].value), choice_label(c, report_outcome_choices, str_of(keys[i].value)), str_of(keys[i].key) });
}

static void words_fill(struct ctx *c, struct report_page *m)
{
	const struct report_get_row *r = m->r;

	m->state     = choice_label(c, report_state_choices, r->state);
	m->channel   = choice_label(c, report_channel_choices, r->channel);
	m->source    = choice_label(c, report_source_choices, r->source);
	m->exploited = choice_label(c, report_answer_choices, r->exploited);
	m->known     = choice_label(c, report_answer_choices, r->known);
	m->outcome   = r->outcome.n ? choice_label(c, report_outcome_choices, r->outcome) : STR_NONE;
	m->lang      = text_lang(r->description);
	m->css       = str_eq(r->exploited, S("yes")) ? S("chip trouble") : S("chip");
	m->open      = report_waits(r->state);
	m->may_act   = may(c->actor, MAY_TEAM);
	m->fresh     = r->unread > 0 || str_eq(r->state, S("new"));
}

bool inbox_report_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct report_page    *m     = NEW(c->arena, struct report_page);
	struct report_get_row *r     = NEW(c->arena, struct report_get_row);
	struct file_list_rows *files = NEW(c->arena, struct file_list_rows);
	struct talk_list_rows *talk  = NEW(c->arena, struct talk_list_rows);
	report_id              id    = { arg_str(a, "id") };
	struct report_brief    brief;
	str                    tlp;

	TRY(sql_report_get(c, id, r));
	m->r = r;
	TRY(talk_load(c, id, true, &m->talk, files));
	TRY(sql_talk_list(c, id, talk));
	m->files.v = files->v;
	m->files.n = files->n;
	words_fill(c, m);
	proofs_fill(c, m);
	deeds_fill(c, m);
	TRY(likeness_find(c, m));
	m->reply = form_new(c, "report.reply");
	form_set(c, m->reply, "id", id.v);
	TRY(report_tlp(c, r->casefile, &tlp));
	form_set(c, m->reply, "marking", tlp);
	TRY(draft_show(c, m->reply));
	m->take = form_new(c, "report.take");
	form_set(c, m->take, "id", id.v);
	out->model    = m;
	out->title    = STR_CAT(c->arena, r->number, S(" "), r->title);
	out->object   = out->report = id.v;
	out->casefile = r->casefile.v;
	out->version  = r->version;
	SHEET_ONE(out, "report", report_get, r);
	TRY(report_brief(c, id, &brief));
	TRY(agreement_fill(c, &brief, r->plan_at, r->plan_zone, r->credit, true, &m->agreement, out));
	SHEET_MANY(out, "messages", talk_list, talk);
	SHEET_MANY(out, "files", file_list, files);
	return true;
}

/* meets FIRST-1.1 2.1.2.2: bytes leave as a download only, with no type a browser would run */
bool inbox_file_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct file_seen_row seen;

	TRY(sql_file_seen(c, (report_id){ arg_str(a, "id") }, (attachment_id){ arg_str(a, "file") }, &seen));
	TRY(attachment_load(c, seen.file, &out->raw_name, &out->raw));
	out->raw_type = S("application/octet-stream");
	out->object   = seen.file.v;
	out->report   = arg_str(a, "id");
	return true;
}

bool inbox_entry_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct entry_page *m = NEW(c->arena, struct entry_page);

	(void)a;
	m->form = form_new(c, "report.enter");
	form_set(c, m->form, "seed", random_id(c));
	form_set(c, m->form, "plan_zone", c->zone);
	form_set(c, m->form, "source", S("external"));
	form_set(c, m->form, "channel", S("mail"));
	form_set(c, m->form, "lang", lang_code(c->lang));
	TRY(draft_show(c, m->form));
	out->model = m;
	return true;
}

/* ---- on the case page ---- */

static bool reports_rows(struct ctx *c, str case_id_, struct sheet *s, const void **model)
{
	struct case_reports          *m = NEW(c->arena, struct case_reports);
	struct case_report_list_rows *l = NEW(c->arena, struct case_report_list_rows);

	TRY(sql_case_report_list(c, (case_id){ case_id_ }, l));
	m->rows.v = l->v;
	m->rows.n = l->n;
	m->c      = c;
	SHEET_MANY(s, "reports", case_report_list, l);
	*model = l->n ? m : NULL;
	return true;
}

static bool reports_ahead(struct ctx *c, str case_id_)
{
	TRY(sql_case_report_list_ahead(c, (case_id){ case_id_ }));
	return report_tlp_ahead(c, (case_id){ case_id_ });
}

static bool talk_rows_of(struct ctx *c, str case_id_, struct sheet *s, const void **model)
{
	struct case_talk            *m = NEW(c->arena, struct case_talk);
	struct case_report_list_rows l;
	str                          tlp;
	bool                         one;

	(void)s;
	TRY(report_tlp(c, (case_id){ case_id_ }, &tlp));
	TRY(sql_case_report_list(c, (case_id){ case_id_ }, &l));
	m->parts.max = l.n;
	one          = may(c->actor, MAY_TEAM) && l.n == 1;   /* one form: its fields have one id each */
	for (size_t i = 0; i < l.n; i++)
		TRY(talk_ahead(c, l.v[i].id));
	for (size_t i = 0; i < l.n; i++) {
		struct case_talk_part p     = { .r = &l.v[i] };
		struct file_list_rows files;

		TRY(talk_load(c, l.v[i].id, true, &p.talk, &files));
		if (one) {
			p.reply = form_new(c, "report.reply");
			form_set(c, p.reply, "id", l.v[i].id.v);
			form_set(c, p.reply, "marking", tlp);
			TRY(draft_show(c, p.reply));
		}
		(void)list_push(c->arena, &m->parts, p);
	}
	*model = l.n ? m : NULL;
	return true;
}

static void reports_page(struct page *w, const void *model)
{
	html_case_reports(w, model);
}

static void talk_page(struct page *w, const void *model)
{
	html_case_talk(w, model);
}

void inbox_page(struct page *w, const void *model)
{
	html_inbox(w, model);
}

void inbox_report_page(struct page *w, const void *model)
{
	html_inbox_report(w, model);
}

void inbox_entry_page(struct page *w, const void *model)
{
	html_inbox_entry(w, model);
}

const struct panel intake_panels[] = {
	{ "reports", N_("Reports"), reports_rows, reports_page, reports_ahead },
	{ "messages", N_("Messages with the finder"), talk_rows_of, talk_page },
	{ 0 },
};
