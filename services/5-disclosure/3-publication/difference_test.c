#include "services/5-disclosure/3-publication/publication_test.h"

TEST(a_diff_keeps_what_both_have)
{
	struct edition_text_get_row was[TEXT_LANGS] = { 0 }, is[TEXT_LANGS] = { 0 };
	struct diff d;

	was[TEXT_EN].summary = S("one\ntwo\nthree");
	is[TEXT_EN].summary  = S("one\n2\nthree\nfour");
	texts_diff(c, was, is, &d);
	check_int(d.parts.n, 1);
	check_int(d.parts.v[0].lines.n, 5);
	check_int(d.parts.v[0].lines.v[0].kind, '=');
	check_int(d.parts.v[0].lines.v[1].kind, '-');
	check_int(d.parts.v[0].lines.v[2].kind, '+');
	check_int(d.parts.v[0].lines.v[4].kind, '+');
}

/* The number of the row of "changes" about this member; the number of rows when there is none. */
static size_t change_of(struct ctx *c, struct story *t, const char *what)
{
	size_t i = 0;

	while (i < house_count(&t->v, "changes") && !house_has(house_cell(c, &t->v, "changes", i, "what"), what))
		i++;
	return i;
}

static void shown(struct ctx *c, struct story *t)
{
	check_ok(c, house_see(c, &t->h.lead, "edition.show", &t->v, "id", t->id, NULL));
}

static str page_of(struct ctx *c, struct story *t)
{
	struct page *w = NEW(c->arena, struct page);

	page_init(w, c, 8 << 20);
	edition_show(w, t->v.model);
	return buf_str(&w->out);
}

/* The document in English does not change by it. */
TEST(what_changes_in_japanese_alone_is_a_change_too)
{
	struct story      t;
	struct vuln_draft d = { .title = S("Session not ended"), .title_ja = S("セッションの不備"), .cve = S("CVE-2026-10042"), .cwe = 613,
	                        .summary = S("A session stays valid after the password was changed.") };
	struct db_viewer  lead;
	vuln_id           id;
	size_t            i;

	published(c, &t);
	lead = (struct db_viewer){ t.h.lead.id, t.h.lead.sight };
	c->now += 86400 * SECOND;
	check_ok(c, house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));
	t.id = cstr(c->arena, t.s.object);
	shown(c, &t);
	id.v = str_dup(c->arena, house_cell(c, &t.v, "vulnerabilities", 0, "id"));
	c->actor = &t.h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &lead));
	check_ok(c, vuln_edit(c, (case_id){ str_of(t.k) }, id, 2, &d));
	check_ok(c, db_commit(c));
	shown(c, &t);
	check_int(house_count(&t.v, "changes"), 1);
	i = change_of(c, &t, "title (Japanese)");
	check_int((int64_t)i, 0);
	check_str(house_cell(c, &t.v, "changes", i, "was"), S("\"Session not ended\""));
	check_str(house_cell(c, &t.v, "changes", i, "is"), S("\"セッションの不備\""));
	check(!house_has(page_of(c, &t), "says the same as the one that is out"));
	house_close(c);
}

/* meets CSAF-2.0 9.1.6 */
TEST(a_new_edition_tells_by_meaning_what_it_changes)
{
	struct story t;
	size_t       i;

	published(c, &t);
	shown(c, &t);
	check_int(house_count(&t.v, "changes"), 0);   /* a first edition changes nothing */
	c->now += 86400 * SECOND;
	check_ok(c, house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));
	t.id = cstr(c->arena, t.s.object);
	shown(c, &t);
	check_int(house_count(&t.v, "changes"), 0);   /* the version, the dates and the history come with any edition */
	check(house_has(page_of(c, &t), "says the same as the one that is out"));
	check_ok(c, save(c, &t, "1", "A session stays valid for a day."));
	shown(c, &t);
	i = change_of(c, &t, "notes.text");
	check(i < house_count(&t.v, "changes"));
	check_str(house_cell(c, &t.v, "changes", i, "kind"), S("changed"));
	check(house_has(house_cell(c, &t.v, "changes", i, "was"), "A session stays valid."));
	check(house_has(house_cell(c, &t.v, "changes", i, "is"), "for a day."));
	check(house_has(page_of(c, &t), "What changes since edition 1"));
	check(house_has(page_of(c, &t), "<del>&quot;A session stays valid.&quot;</del> <ins>&quot;A session stays valid for a day.&quot;</ins>"));
	check(house_has(page_of(c, &t), "The version 2 makes the step that is needed."));
	house_close(c);
}

TEST(the_facts_of_the_case_are_changes_too)
{
	struct story       t;
	struct db_viewer   lead;
	struct vuln_rating r = { STR_NONE, S("CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), 84, S("high"), STR_NONE };
	str                vuln;

	published(c, &t);
	check_ok(c, house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));
	t.id = cstr(c->arena, t.s.object);
	shown(c, &t);
	vuln = str_dup(c->arena, house_cell(c, &t.v, "vulnerabilities", 0, "id"));
	lead = (struct db_viewer){ t.h.lead.id, t.h.lead.sight };
	c->actor = &t.h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &lead));
	check_ok(c, vuln_rate(c, (case_id){ str_of(t.k) }, (vuln_id){ vuln }, 2, &r));
	check_ok(c, db_commit(c));
	shown(c, &t);
	check(change_of(c, &t, "aggregate_severity") < house_count(&t.v, "changes"));
	house_close(c);
}
