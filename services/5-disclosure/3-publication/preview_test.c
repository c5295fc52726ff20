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
