#include "services/5-disclosure/3-publication/publication_test.h"

static void shown(struct ctx *c, struct story *t, const char *preview)
{
	check_ok(c, house_see(c, &t->h.lead, "edition.show", &t->v, "id", t->id, "preview", preview, NULL));
}

static str page_of(struct ctx *c, struct story *t)
{
	struct page *w = NEW(c->arena, struct page);

	page_init(w, c, 8 << 20);
	edition_show(w, t->v.model);
	return buf_str(&w->out);
}

static const struct preview *preview_of(struct story *t)
{
	return &((const struct edition_page *)t->v.model)->preview;
}

/* The page, and both documents as people read them and as they are. */
TEST(the_preview_shows_both_documents)
{
	struct story t;
	str          page;

	drafted(c, &t, "team");
	shown(c, &t, "csaf");
	page = page_of(c, &t);
	check(house_has(page, "<article>\n<h1"));
	check(house_has(page, "csaf_version&quot;: &quot;2.0"));
	check(!house_has(page, "<style"));
	shown(c, &t, "csaf21");
	page = page_of(c, &t);
	check(house_has(page, "<article>\n<h1"));
	check(house_has(page, "csaf/v2.1/schema"));
	house_close(c);
}

TEST(a_draft_that_makes_no_document_says_why_and_is_still_edited)
{
	struct story t;

	drafted(c, &t, "team");
	check_ok(c, house_do(c, &t.h.lead, "edition.save", &t.s, "id", t.id, "version", "2", "title_en", "T", "summary_en", "S",
	                     "refs_en", "https://[example A page", NULL));
	shown(c, &t, "csaf21");
	check(house_has(page_of(c, &t), "It makes no document yet:"));
	check(house_has(page_of(c, &t), "id=\"f-summary_en\""));
	check_int(c->fault.code, E_NONE);
	house_close(c);
}

TEST(the_preview_has_the_text_of_a_terminal_and_the_cve_records)
{
	struct story t;

	drafted(c, &t, "team");
	shown(c, &t, "text");
	check(str_starts(preview_of(&t)->text, S("Sessions stay valid\n===================\n")));
	shown(c, &t, "cve");
	check_int(preview_of(&t)->records.n, 1);
	check_str(preview_of(&t)->records.v[0].label, S("CVE-2026-10042"));
	check(house_has(preview_of(&t)->records.v[0].why, "No version is decided"));   /* a draft that lacks it is no fault */
	check(house_has(page_of(c, &t), "<h2>CVE-2026-10042</h2>"));
	check_int(c->fault.code, E_NONE);
	house_close(c);
}

TEST(the_preview_shows_what_is_typed_to_the_one_who_typed_it)
{
	struct story     t;
	struct db_viewer lead;

	drafted(c, &t, "team");
	lead = (struct db_viewer){ t.h.lead.id, t.h.lead.sight };
	c->actor = &t.h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &lead));
	check_ok(c, draft_save(c, str_fmt(c->arena, "edition.save?id=%s", t.id), S("title_en=Typed+%3Cb%3E+just+now")));
	check_ok(c, db_commit(c));
	shown(c, &t, "en");
	check(house_has(preview_of(&t)->page.s, "<h1>Typed &lt;b&gt; just now</h1>"));
	check(house_has(page_of(c, &t), "it is not saved yet"));
	shown(c, &t, "csaf");
	check(house_has(preview_of(&t)->json, "Typed <b> just now"));
	check_ok(c, house_see(c, &t.h.analyst, "edition.show", &t.v, "id", t.id, "preview", "en", NULL));
	check(!house_has(page_of(c, &t), "just now"));
	house_close(c);
}

static void type(struct ctx *c, struct story *t, const char *body)
{
	struct db_viewer lead = { t->h.lead.id, t->h.lead.sight };

	c->actor = &t->h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &lead));
	check_ok(c, draft_save(c, str_fmt(c->arena, "edition.save?id=%s", t->id), str_of(body)));
	check_ok(c, db_commit(c));
}

/* One request while somebody types: what is wrong, and what it looks like; and no opening is written for it. */
TEST(the_check_answers_the_preview_that_it_is_asked_for)
{
	struct story t;
	str          markup;

	drafted(c, &t, "team");
	type(c, &t, "title_en=Typed+%3Cb%3E+just+now");
	check_ok(c, house_see(c, &t.h.lead, "edition.check", &t.v, "id", t.id, "preview", "en", NULL));
	markup = house_cell(c, &t.v, "preview", 0, "markup");
	check(house_has(markup, "<h1>Typed &lt;b&gt; just now</h1>"));
	check(house_has(markup, "it is not saved yet"));
	check(!house_has(markup, "<main") && !house_has(markup, "<form"));   /* the pane alone */
	check_ok(c, house_see(c, &t.h.lead, "edition.check", &t.v, "id", t.id, "preview", "text", NULL));
	check(house_has(house_cell(c, &t.v, "preview", 0, "markup"), "Typed &lt;b&gt; just now\n=="));
	check_ok(c, house_see(c, &t.h.lead, "edition.check", &t.v, "id", t.id, NULL));
	check_int((int64_t)house_count(&t.v, "preview"), 0);
	check(!house_see(c, &t.h.lead, "edition.check", &t.v, "id", t.id, "preview", "pdf", NULL));
	check_fault(c, E_INVALID, "preview");
	check(!house_see(c, &t.h.analyst, "edition.check", &t.v, "id", t.id, "preview", "en", NULL));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}

/* Without a script a button does it; nothing is saved by it, and an emptied field is empty. */
TEST(the_button_keeps_what_is_typed_and_shows_it)
{
	struct story t;

	drafted(c, &t, "team");
	check_ok(c, house_do(c, &t.h.lead, "edition.preview", &t.s, "id", t.id, "version", "2", "preview", "ja",
	                     "title_ja", "入力 & 中", "summary_ja", "", NULL));
	check_str(t.s.next, str_fmt(c->arena, "/editions/%s?preview=ja#preview", t.id));
	shown(c, &t, "ja");
	check(house_has(preview_of(&t)->page.s, "<h1>入力 &amp; 中</h1>"));
	check(house_has(page_of(c, &t), "summary_ja\" rows=\"8\" lang=\"ja\" aria-describedby=\"f-summary_ja-remarks\" aria-invalid=\"true\" >\n</textarea>"));
	check_ok(c, house_see(c, &t.h.analyst, "edition.show", &t.v, "id", t.id, NULL));
	check(!house_has(page_of(c, &t), "入力"));
	check(!house_do(c, &t.h.lead, "edition.preview", &t.s, "id", "nothing", "version", "2", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &t.h.auditor, "edition.preview", &t.s, "id", t.id, "version", "2", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	house_close(c);
}

/* What the button refused is in the form again, though it is the form of another operation. */
TEST(what_the_button_refuses_is_kept_in_the_form)
{
	struct story   t;
	struct pending p;
	struct args    a;
	struct fault   why = { .code = E_LIMIT, .where = S("title_en"), .text = "A line is too long." };

	drafted(c, &t, "team");
	c->actor = &t.h.lead;
	p = (struct pending){ op_find(front_of(c), S("edition.preview")), &a, &why, STR_NONE };
	args_init(&a, p.op->args);
	check_ok(c, args_take(c, &a, S("title_en"), S("typed and refused"), true));
	c->pending = &p;
	shown(c, &t, "en");
	check(house_has(page_of(c, &t), "value=\"typed and refused\""));
	c->pending = NULL;
	house_close(c);
}

/* A draft may lack them, so no field is required; but its label says what publication asks for. */
TEST(labels_say_what_publication_needs_in_the_language_of_the_reader)
{
	struct story t;
	str          page;

	drafted(c, &t, "team");
	shown(c, &t, "en");
	page = page_of(c, &t);
	check(house_has(page, "<label for=\"f-summary_ja\">Summary <span class=\"opt\">needed for publication</span></label>"));
	check(house_has(page, "<label for=\"f-workaround_ja\">Workaround <span class=\"opt\">optional; in both languages or in none</span></label>"));
	check(house_has(page, "name=\"title_ja\" value="));
	check(house_has(page, "name=\"summary_ja\" rows=\"8\" lang=\"ja\""));
	check(house_has(page, "name=\"summary_en\" rows=\"8\" lang=\"en\""));
	check(!house_has(page, "<section class=\"panel\" lang="));   /* labels within are in the language of the page */
	check(!house_has(page, "name=\"summary_ja\" rows=\"8\" lang=\"ja\" required"));
	house_close(c);
}
