#include "services/5-disclosure/3-publication/publication_test.h"

/* What a second person approves: words of another, and those that were read. */

static const char *seen(struct ctx *c, struct story *t, const struct actor *who)
{
	check_ok(c, house_see(c, who, "edition.show", &t->v, "id", t->id, NULL));
	return cstr(c->arena, house_cell(c, &t->v, "approval", 0, "seen"));
}

static const char *version(struct ctx *c, struct story *t)
{
	check_ok(c, house_see(c, &t->h.lead, "edition.show", &t->v, "id", t->id, NULL));
	return cstr(c->arena, house_cell(c, &t->v, "edition", 0, "version"));
}

static void submit_as(struct ctx *c, struct story *t, const struct actor *who)
{
	check_ok(c, house_do(c, who, "edition.submit", &t->s, "id", t->id, NULL));
}

/* meets FIRST-1.1 5.3.2.8 */
TEST(who_wrote_the_last_words_does_not_approve_them_whoever_submits)
{
	struct story t;

	drafted(c, &t, "team");
	submit_as(c, &t, &t.h.analyst);
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check(!((const struct edition_page *)t.v.model)->may_approve);
	check(!house_do(c, &t.h.lead, "edition.approve", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	check(!house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_do(c, &t.h.executive, "edition.approve", &t.s, "id", t.id, NULL));
	house_close(c);
}

/* The reason of a withdrawal is words, too. */
TEST(who_began_an_edition_that_nobody_saved_wrote_it)
{
	struct story t;

	published(c, &t);
	check_ok(c, house_do(c, &t.h.analyst, "advisory.withdraw", &t.s, "id", t.id, "reason_en", "Wrong.", "reason_ja", "誤り。", NULL));
	t.id = cstr(c->arena, t.s.object);
	submit_as(c, &t, &t.h.lead);
	check(!house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_do(c, &t.h.executive, "edition.approve", &t.s, "id", t.id, NULL));
	house_close(c);
}

TEST(words_that_changed_while_the_approver_read_are_not_approved)
{
	struct story t;
	const char  *read;

	drafted(c, &t, "team");
	submit_as(c, &t, &t.h.lead);
	read = seen(c, &t, &t.h.analyst);
	check_ok(c, house_do(c, &t.h.lead, "edition.return", &t.s, "id", t.id, "reason", "A word.", NULL));
	check_ok(c, save(c, &t, version(c, &t), "And it opens the gate."));
	submit_as(c, &t, &t.h.lead);
	check(!house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, "seen", read, NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, "seen", seen(c, &t, &t.h.analyst), NULL));
	house_close(c);
}

/* The case is a part of the documents. */
TEST(a_case_that_changed_while_the_approver_read_is_not_approved)
{
	struct story      t;
	struct vuln_draft v = { S("A second hole"), S("Nobody has read of it."), S(""), 79 };
	struct db_viewer  lead;
	const char       *read;
	vuln_id           id;

	drafted(c, &t, "team");
	submit_as(c, &t, &t.h.lead);
	read = seen(c, &t, &t.h.analyst);
	check(strstr(house_page(c, "edition.show", &t.v).p, read) != NULL);
	lead     = (struct db_viewer){ t.h.lead.id, t.h.lead.sight };
	c->actor = &t.h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &lead));
	check_ok(c, vuln_add(c, (case_id){ str_of(t.k) }, &v, S("high"), &id));
	check_ok(c, db_commit(c));
	check(!house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, "seen", read, NULL));
	check_fault(c, E_CONFLICT, NULL);
	house_close(c);
}
