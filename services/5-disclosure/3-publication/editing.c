#include "services/5-disclosure/3-publication/designation.h"
#include "services/5-disclosure/3-publication/publication.h"
#include "services/5-disclosure/3-publication/tongue.h"

#include <stddef.h>

#include "gen/publication.html.h"

#include "base/buf.h"
#include "platform/http/target.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/draft.h"
#include "record/role.h"

const struct choice edition_state_choices[] = {
	{ "draft", N_("Draft") },         { "review", N_("Waiting for approval") }, { "approved", N_("Approved") },
	{ "scheduled", N_("Scheduled") }, { "published", N_("Published") },         { NULL, NULL },
};

str edition_state_word(struct ctx *c, str state)
{
	return choice_label(c, edition_state_choices, state);
}

str title_in(const struct ctx *c, str en, str ja)
{
	str first = c->lang == LANG_JA ? ja : en, other = c->lang == LANG_JA ? en : ja;

	return first.n ? first : other.n ? other : word_tr(c->lang, N_("(no title yet)"));
}

/* ---- the editor ---- */

const struct arg edition_show_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ .name = "preview", .kind = ARG_CHOICE, .choices = preview_choices, .label = N_("Preview") },
	{ 0 },
};

static struct form *form_for(struct ctx *c, const char *op, str id)
{
	struct form *f = form_new(c, op);

	form_set(c, f, "id", id);
	return f;
}

/* The form of what is saved, and over it the person's own draft. */
static bool save_form(struct ctx *c, const struct bulletin *b, struct form **out)
{
	const struct pending *p = c->pending;
	struct form *f = form_for(c, "edition.save", b->e.id.v);
	str          must = word_tr(c->lang, N_("needed for publication")), both = word_tr(c->lang, N_("optional; in both languages or in none"));

	form_set_int(c, f, "version", b->e.version);
	for (size_t i = 0; i < TEXT_FIELDS; i++)
		for (int lang = 0; lang < TEXT_LANGS; lang++) {
			const char *name = cstr(c->arena, text_arg(c, &text_fields[i], lang));
			form_set(c, f, name, text_value(&b->text[lang], &text_fields[i]));
			form_about(c, f, name, text_must(b, &text_fields[i]) ? must : both, text_code(lang));
		}
	if (p && str_eq(str_of(p->op->name), S("edition.preview")))
		f->pending = p;   /* the same fields, sent by another button */
	*out = f;
	return !str_eq(b->e.state, S("draft")) || draft_show(c, f);
}

static void forms_fill(struct ctx *c, struct edition_page *m)
{
	str id = m->b.e.id.v;

	m->status   = form_for(c, "edition.status", id);
	form_set(c, m->status, "status", m->standing.suggested.n ? m->standing.suggested : m->b.e.status);
	m->original = form_for(c, "edition.original", id);
	form_set(c, m->original, "original", m->b.e.original);
	m->submit   = form_for(c, "edition.submit", id);
	m->approve  = form_for(c, "edition.approve", id);
	form_set(c, m->approve, "seen", m->seal);
	m->back     = form_for(c, "edition.return", id);
	m->schedule = form_for(c, "edition.schedule", id);
	m->publish  = form_for(c, "edition.publish", id);
	m->revise   = form_for(c, "advisory.revise", id);
	m->finalise = form_for(c, "advisory.finalise", id);
	m->withdraw = form_for(c, "advisory.withdraw", id);
	m->drop     = form_for(c, "edition.drop", id);
	form_set_int(c, m->drop, "version", m->b.e.version);
	if (m->b.e.publish_at != TIME_NONE)
		form_set(c, m->schedule, "at", time_print(c->arena, m->b.e.publish_at));
}

const char *const edition_own_words = N_("Another person than the one who submitted it, and than the one who wrote its last words, must approve.");

bool edition_is_own(const struct ctx *c, const struct edition_get_row *e)
{
	return front_of(c)->two_persons && (str_eq(e->submitted_by.v, c->actor->id) || str_eq(e->written_by, c->actor->id));
}

bool edition_may_drop(const struct ctx *c, const struct edition_get_row *e)
{
	return may(c->actor, ROLE_LEAD) || str_eq(e->made_by.v, c->actor->id);
}

/* An open comment of the review holds the approval. */
static void review_fill(struct ctx *c, struct edition_page *m)
{
	if (!m->may_approve || m->comments.waiting == 0)
		return;
	m->may_approve = false;
	m->why_not     = word_tr(c->lang, N_("It can be approved when every comment of the review is resolved."));
}

/* What the viewer may do with it in its state. */
static void rights_fill(struct ctx *c, struct edition_page *m)
{
	str  state    = m->b.e.state;
	bool approved = str_eq(state, S("approved")) || str_eq(state, S("scheduled"));
	bool own      = edition_is_own(c, &m->b.e);

	m->may_save    = str_eq(state, S("draft")) && form_may(c, m->save);
	m->may_choose  = m->may_save && m->b.e.first_at == TIME_NONE && form_may(c, m->original);
	m->may_submit  = m->may_save && m->flaws.count[WEIGHT_MUST] == 0;
	m->may_approve = str_eq(state, S("review")) && form_may(c, m->approve) && !own;
	m->may_return  = (approved || str_eq(state, S("review"))) && form_may(c, m->back);
	m->may_publish = approved && form_may(c, m->publish);
	m->may_revise  = str_eq(state, S("published")) && str_eq(m->b.e.advisory_state, S("published")) && form_may(c, m->revise);
	m->may_finalise = m->may_revise && m->standing.suggested.n > 0;   /* of what is out only final is suggested */
	m->may_drop    = str_eq(state, S("draft")) && form_may(c, m->drop) && edition_may_drop(c, &m->b.e);
	if (str_eq(state, S("review")) && own)
		m->why_not = word_tr(c->lang, edition_own_words);
	review_fill(c, m);
}

static void tab_add(struct ctx *c, struct edition_page *m, str value, str label, str chosen)
{
	(void)list_push(c->arena, &m->tabs, (struct tab){
		label, STR_CAT(c->arena, S("/editions/"), m->b.e.id.v, S("?preview="), value), str_eq(chosen, value) });
}

/* The original's first; of the CSAF documents the translations tell their language. */
static void tabs_fill(struct ctx *c, struct edition_page *m, str chosen)
{
	static const str name[] = { [TEXT_EN] = S_INIT("English"), [TEXT_JA] = S_INIT("日本語") };
	const int order[] = { m->b.original, bulletin_other(&m->b) };

	m->tabs.max = 10;
	for (size_t i = 0; i < TEXT_LANGS; i++)
		tab_add(c, m, text_code(order[i]), name[order[i]], chosen);
	for (size_t i = 0; i < TEXT_LANGS; i++)
		for (int v21 = 0; v21 < 2; v21++) {
			str label = v21 ? S("CSAF 2.1") : S("CSAF 2.0");

			tab_add(c, m, document_kind(order[i], v21), i ? STR_CAT(c->arena, label, S(" "), name[order[i]]) : label, chosen);
		}
	tab_add(c, m, S("text"), word_tr(c->lang, N_("Text")), chosen);
	tab_add(c, m, S("cve"), S("CVE"), chosen);
}

static const struct db_col change_cols[] = {
	{ "kind", DB_TEXT, offsetof(struct changed, kind) },
	{ "of", DB_TEXT, offsetof(struct changed, under) },
	{ "what", DB_TEXT, offsetof(struct changed, subject) },
	{ "was", DB_TEXT, offsetof(struct changed, was) },
	{ "is", DB_TEXT, offsetof(struct changed, is) },
	{ "products", DB_TEXT, offsetof(struct changed, products) },
};

static const struct db_col flaw_cols[] = {
	{ "weight", DB_TEXT, offsetof(struct flaw, word) },
	{ "class", DB_TEXT, offsetof(struct flaw, class) },
	{ "text", DB_TEXT, offsetof(struct flaw, text) },
	{ "field", DB_TEXT, offsetof(struct flaw, field) },
	{ "document", DB_TEXT, offsetof(struct flaw, document) },
	{ "test", DB_TEXT, offsetof(struct flaw, test) },
	{ "pointer", DB_TEXT, offsetof(struct flaw, pointer) },
};

static const struct db_col check_cols[] = {
	{ "errors", DB_INT, offsetof(struct flaws, count[WEIGHT_MUST]) },
	{ "warnings", DB_INT, offsetof(struct flaws, count[WEIGHT_SHOULD]) },
	{ "information", DB_INT, offsetof(struct flaws, count[WEIGHT_MAY]) },
	{ "not_run", DB_TEXT, offsetof(struct flaws, not_run) },
	{ "not_run_because", DB_TEXT, offsetof(struct flaws, not_run_because) },
	{ "unchecked", DB_TEXT, offsetof(struct flaws, unchecked) },
	{ "spelling", DB_TEXT, offsetof(struct flaws, spelling) },
};

static const struct db_col seal_cols[] = {
	{ "seen", DB_TEXT, offsetof(struct edition_page, seal) },
};

static const struct db_col standing_cols[] = {
	{ "status", DB_TEXT, offsetof(struct standing, status) },
	{ "suggested", DB_TEXT, offsetof(struct standing, suggested) },
	{ "why", DB_TEXT, offsetof(struct standing, why) },
};

static void flaws_answer(struct sheet *out, const struct flaws *f)
{
	sheet_add(out, "findings", false, flaw_cols, sizeof(flaw_cols) / sizeof(flaw_cols[0]), f->list.v, f->list.n, sizeof(struct flaw));
	sheet_add(out, "check", true, check_cols, sizeof(check_cols) / sizeof(check_cols[0]), f, 1, sizeof(*f));
}

/* ---- what is typed, checked as if it were saved ---- */

/* What edition.save would say of it: too long, characters that nobody can read. */
static bool save_refuses(struct ctx *c, const struct form *f, str *text, str *field)
{
	struct fault was = c->fault;
	struct args  a;
	bool         ok = true;

	args_init(&a, f->op->args);
	for (size_t i = 0; ok && i < f->presets.n; i++)
		ok = args_take(c, &a, f->presets.v[i].name, f->presets.v[i].value, false);
	ok       = ok && args_check(c, &a);
	*text    = ok ? S("") : word_fault(c, &c->fault);
	*field   = c->fault.where;
	c->fault = was;
	return !ok;
}

/* The texts of the form take the place of those that are saved. */
static struct bulletin typed_bulletin(struct ctx *c, const struct bulletin *saved, const struct form *f)
{
	struct bulletin b = *saved;

	for (size_t k = f->presets.n; k-- > 0;)   /* of a name that stands twice the form shows the first */
		for (size_t i = 0; i < TEXT_FIELDS; i++)
			for (int lang = 0; lang < TEXT_LANGS; lang++)
				if (str_eq(f->presets.v[k].name, text_arg(c, &text_fields[i], lang)))
					text_set(&b.text[lang], &text_fields[i], str_trim(f->presets.v[k].value));
	return b;
}

static bool typed_check(struct ctx *c, const struct bulletin *b, const struct form *f, struct flaws *out)
{
	str why, field;

	TRY(preflight(c, b, out));
	if (save_refuses(c, f, &why, &field))
		flaws_refuse(c, out, why, field);
	return true;
}

/* meets CSAF-2.0 9.1.6: what the checker finds stands at the field, also without a script */
static bool remarks_fill(struct ctx *c, struct edition_page *m, const struct bulletin *b)
{
	m->typed = m->flaws;
	if (!m->may_save)
		return true;
	if (m->is_typed)
		TRY(typed_check(c, b, m->save, &m->typed));
	for (size_t i = 0; i < m->typed.list.n; i++) {
		const struct flaw *x = &m->typed.list.v[i];
		if (x->field.n)
			form_remark(c, m->save, cstr(c->arena, x->field), STR_CAT(c->arena, x->word, S(": "), x->text), x->weight == WEIGHT_MUST);
	}
	return true;
}

const struct arg edition_check_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ .name = "preview", .kind = ARG_CHOICE, .choices = preview_choices, .label = N_("Preview"), .hint = N_("Answered too, as markup.") },
	{ 0 },
};

struct shown { str kind, markup; };

static const struct db_col shown_cols[] = {
	{ "kind", DB_TEXT, offsetof(struct shown, kind) },
	{ "markup", DB_TEXT, offsetof(struct shown, markup) },
};

static bool shown_answer(struct ctx *c, struct sheet *out, const struct bulletin *b, str chosen)
{
	struct shown  *s = NEW(c->arena, struct shown);
	struct preview p;

	s->kind = chosen;
	TRY(preview_fill(c, b, chosen, &p));
	p.is_typed = true;
	TRY(preview_markup(c, &p, &s->markup));
	sheet_add(out, "preview", true, shown_cols, sizeof(shown_cols) / sizeof(shown_cols[0]), s, 1, sizeof(*s));
	return true;
}

/*
 * Asked by the page while somebody types.  It is no opening of the edition, so
 * it answers for what the person typed there and nothing else.
 */
bool edition_check(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct bulletin b;
	struct form    *f;
	struct flaws   *found = NEW(c->arena, struct flaws);

	TRY(bulletin_load(c, (edition_id){ arg_str(a, "id") }, &b));
	TRY(save_form(c, &b, &f));
	if (f->drafted_at == TIME_NONE)
		return fault(c, E_STATE, NULL, N_("You have typed nothing here that is not saved; the page of the edition has its findings."));
	b = typed_bulletin(c, &b, f);
	TRY(typed_check(c, &b, f, found));
	flaws_answer(out, found);
	return !arg_given(a, "preview") || shown_answer(c, out, &b, arg_str(a, "preview"));
}

bool run_preview(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_get_row e;
	struct buf             b;
	str                    chosen = arg_str(a, "preview");

	TRY(edition_seen(c, (edition_id){ arg_str(a, "id") }, &e));
	if (!str_eq(e.state, S("draft")))
		return fault(c, E_STATE, NULL, N_("This edition is no draft any more. Send it back before changing it."));
	buf_init(&b, c->arena, DRAFT_BODY);
	for (size_t i = 0; i < a->given.n; i++) {
		str name = str_of(a->given.v[i].arg->name);
		if (str_eq(name, S("id")) || str_eq(name, S("preview")))
			continue;
		buf_add(&b, b.n ? S("&") : S(""));
		buf_add(&b, name);
		buf_char(&b, '=');
		buf_add(&b, percent_encode(c->arena, a->given.v[i].value));
	}
	if (b.full)
		return fault(c, E_LIMIT, NULL, N_("At most {1} bytes are accepted."), str_fmt(c->arena, "%d", DRAFT_BODY));
	TRY(draft_save(c, form_place(c, form_for(c, "edition.save", e.id.v)), buf_str(&b)));
	out->next = STR_CAT(c->arena, S("/editions/"), e.id.v, S("?preview="), chosen.n ? chosen : lang_code(c->lang), S("#preview"));
	return true;
}

bool edition_show_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_page *m      = NEW(c->arena, struct edition_page);
	str                  chosen = arg_str(a, "preview");
	struct bulletin      typed;

	if (!chosen.n)
		chosen = lang_code(c->lang == LANG_JA ? LANG_JA : LANG_EN);
	TRY(bulletin_load(c, (edition_id){ arg_str(a, "id") }, &m->b));
	TRY(preflight(c, &m->b, &m->flaws));
	TRY(changes_fill(c, &m->b, &m->changes));
	TRY(sql_edition_documents(c, m->b.e.id, &m->documents));
	TRY(standing_fill(c, &m->b, &m->standing));
	TRY(save_form(c, &m->b, &m->save));
	m->seal = bulletin_seal(c, &m->b);
	TRY(comments_fill(c, &m->b, &m->comments));
	forms_fill(c, m);
	rights_fill(c, m);
	m->is_typed = m->may_save && m->save->drafted_at != TIME_NONE;
	typed       = m->is_typed ? typed_bulletin(c, &m->b, m->save) : m->b;
	TRY(remarks_fill(c, m, &typed));
	tabs_fill(c, m, chosen);
	m->chosen = chosen;
	TRY(preview_fill(c, &typed, chosen, &m->preview));
	m->preview.is_typed = m->is_typed;
	m->state_word = edition_state_word(c, m->b.e.state);
	m->original_word = word_tr(c->lang, text_name(m->b.original));
	m->title      = title_in(c, m->b.text[TEXT_EN].title, m->b.text[TEXT_JA].title);
	SHEET_ONE(out, "edition", edition_get, &m->b.e);
	SHEET_ONE(out, "text_en", edition_text_get, &m->b.text[TEXT_EN]);
	SHEET_ONE(out, "text_ja", edition_text_get, &m->b.text[TEXT_JA]);
	SHEET_MANY(out, "vulnerabilities", bulletin_vulns, &m->b.vulns);
	SHEET_MANY(out, "documents", edition_documents, &m->documents);
	SHEET_MANY(out, "comments", comment_list, &m->comments.rows);
	flaws_answer(out, &m->flaws);
	sheet_add(out, "approval", true, seal_cols, 1, m, 1, sizeof(*m));
	sheet_add(out, "status", true, standing_cols, sizeof(standing_cols) / sizeof(standing_cols[0]), &m->standing, 1, sizeof(m->standing));
	sheet_add(out, "changes", false, change_cols, sizeof(change_cols) / sizeof(change_cols[0]), m->changes.list.v,
	          m->changes.list.n, sizeof(struct changed));
	out->title    = STR_CAT(c->arena, m->b.e.number, S(" "), m->title);
	out->casefile = m->b.e.casefile.v;
	out->object   = m->b.e.id.v;
	out->version  = m->b.e.version;
	out->model    = m;
	return true;
}

void edition_show(struct page *w, const void *model)
{
	html_edition(w, model);
}

/* ---- on the case page ---- */

struct out_row { str number; int64_t ordinal; time_us published_at; };

static const struct db_col out_cols[] = {
	{ "number", DB_TEXT, offsetof(struct out_row, number) },
	{ "ordinal", DB_INT, offsetof(struct out_row, ordinal) },
	{ "published_at", DB_TIME, offsetof(struct out_row, published_at) },
};

/* Those that are out, of each advisory the first edition first; rows has the last first. */
static void published_answer(struct ctx *c, struct sheet *s, const struct advisory_case_list_rows *rows)
{
	struct out_row *v = NEWS(c->arena, struct out_row, rows->n + 1);
	size_t          n = 0;

	for (size_t from = 0, to; from < rows->n; from = to) {
		for (to = from; to < rows->n && str_eq(rows->v[to].number, rows->v[from].number); to++)
			;
		for (size_t i = to; i-- > from;)
			if (str_eq(rows->v[i].state, S("published")))
				v[n++] = (struct out_row){ rows->v[i].number, rows->v[i].ordinal, rows->v[i].published_at };
	}
	sheet_add(s, "published", false, out_cols, sizeof(out_cols) / sizeof(out_cols[0]), v, n, sizeof(*v));
}

bool advisories_fill(struct ctx *c, str file, struct sheet *s, const void **model)
{
	struct advisories_panel *m = NEW(c->arena, struct advisories_panel);
	str                      usual;

	TRY(sql_advisory_case_list(c, (case_id){ file }, &m->rows));
	SHEET_MANY(s, "advisories", advisory_case_list, &m->rows);
	published_answer(c, s, &m->rows);
	m->draft     = form_for(c, "advisory.draft", file);
	m->may_draft = form_may(c, m->draft);
	if (m->may_draft) {
		TRY(designation_shape(c, &m->next));
		TRY(tongue_usual(c, &usual));
		form_set(c, m->draft, "original", usual);
	}
	*model       = m;
	return true;
}

bool advisories_ahead(struct ctx *c, str file)
{
	TRY(sql_advisory_case_list_ahead(c, (case_id){ file }));
	return !may(c->actor, MAY_TEAM) || (designation_ahead(c) && tongue_ahead(c));
}

void advisories_show(struct page *w, const void *model)
{
	html_advisories(w, model);
}
