#include "services/5-disclosure/3-publication/publication_test.h"

#include "record/role.h"

static bool comment(struct ctx *c, struct story *t, const struct actor *who, const char *field, const char *body)
{
	c->now += SECOND;   /* they stand in the order of their instants */
	return house_do(c, who, "edition.comment", &t->s, "id", t->id, "field", field, "body", body, NULL);
}

/* The n-th comment as the lead sees it. */
static str cell(struct ctx *c, struct story *t, size_t n, const char *column)
{
	check_ok(c, house_see(c, &t->h.lead, "edition.show", &t->v, "id", t->id, NULL));
	return house_cell(c, &t->v, "comments", n, column);
}

static str turn(struct ctx *c, struct story *t)
{
	struct sheet s;

	check_ok(c, house_see(c, &t->h.lead, "case.show", &s, "id", t->k, NULL));
	return house_cell(c, &s, "case", 0, "turn");
}

/* meets CSAF-2.0 9.1.6; CSAF-2.1 9.1.6: review comments are provided, resolved, and only then is it approved */
TEST(a_comment_of_the_review_holds_the_approval_until_it_is_resolved)
{
	struct story t;
	const char  *id;

	drafted(c, &t, "team");
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check_str(turn(c, &t), S("approver"));
	check_ok(c, comment(c, &t, &t.h.executive, "summary", "Say which sessions."));
	check_str(turn(c, &t), S("team"));
	check_str(cell(c, &t, 0, "body"), S("Say which sessions."));
	check_str(cell(c, &t, 0, "field"), S("summary"));
	check(!house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_see(c, &t.h.analyst, "edition.show", &t.v, "id", t.id, NULL));
	check(house_has(house_page(c, "edition.show", &t.v), "It can be approved when every comment of the review is resolved."));
	check(!house_has(house_page(c, "edition.show", &t.v), ">Approve<"));
	id = cstr(c->arena, cell(c, &t, 0, "id"));
	check_ok(c, house_do(c, &t.h.lead, "comment.resolve", &t.s, "id", id, "answer", "All of that account.", NULL));
	check_str(cell(c, &t, 0, "answer"), S("All of that account."));
	check_str(turn(c, &t), S("approver"));
	check(!house_do(c, &t.h.lead, "comment.resolve", &t.s, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, NULL));
	house_close(c);
}

TEST(a_reason_for_sending_back_is_kept_and_resolved_by_sending_it_again)
{
	struct story t;

	drafted(c, &t, "team");
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check_ok(c, house_do(c, &t.h.analyst, "edition.return", &t.s, "id", t.id, "reason", "The title is wrong.", NULL));
	check_str(cell(c, &t, 0, "body"), S("The title is wrong."));
	check(!cell(c, &t, 0, "resolved_name").n);
	check_ok(c, comment(c, &t, &t.h.analyst, "", "And the end, too."));
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check(cell(c, &t, 0, "resolved_name").n && !cell(c, &t, 1, "resolved_name").n);
	house_close(c);
}

/* Somebody who is asked about a product sees the case, and may say what they know; not what becomes of what others say. */
TEST(who_sees_the_case_comments_and_the_writers_resolve)
{
	struct story t;
	const char  *id;

	drafted(c, &t, "members");
	check(!comment(c, &t, &t.h.engineer, "", "No."));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
	drafted(c, &t, "team");
	check(!comment(c, &t, &t.h.auditor, "", "No."));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!comment(c, &t, &t.h.executive, "colour", "No."));
	check_fault(c, E_INVALID, "field");
	check(!comment(c, &t, &t.h.executive, "", ""));
	check_fault(c, E_INVALID, "body");
	check_ok(c, comment(c, &t, &t.h.lead, "", "Mine."));
	id = cstr(c->arena, cell(c, &t, 0, "id"));
	check(!house_do(c, &t.h.executive, "comment.resolve", &t.s, "id", id, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check_ok(c, comment(c, &t, &t.h.executive, "", "Withdrawn by its author."));
	check_ok(c, house_do(c, &t.h.executive, "comment.resolve", &t.s, "id", cstr(c->arena, cell(c, &t, 1, "id")), NULL));
	check(!house_do(c, &t.h.lead, "comment.resolve", &t.s, "id", "aaaaaaaaaaaaaaaaaaaaaaaaaa", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

/* What is out is seen by everybody inside; what was said of it before is not. */
TEST(comments_stay_with_those_who_see_the_case)
{
	struct story t;

	drafted(c, &t, "members");
	check_ok(c, comment(c, &t, &t.h.lead, "", "Said among us."));
	check_ok(c, house_do(c, &t.h.lead, "comment.resolve", &t.s, "id", cstr(c->arena, cell(c, &t, 0, "id")), NULL));
	t.h.front.two_persons = false;
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check_ok(c, house_do(c, &t.h.lead, "edition.approve", &t.s, "id", t.id, NULL));
	check_ok(c, house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	check_str(cell(c, &t, 0, "body"), S("Said among us."));
	check(!house_has(csaf_of(c, &t), "Said among us."));
	check(!comment(c, &t, &t.h.lead, "", "Too late."));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}

/* meets CSAF-2.0 9.1.6: documents are deleted, as long as they were not out */
TEST(a_draft_is_deleted_by_who_began_it_or_by_a_lead)
{
	struct story t;
	const char  *other;

	drafted(c, &t, "team");
	check_ok(c, comment(c, &t, &t.h.executive, "", "Not needed."));
	check(!house_do(c, &t.h.analyst, "edition.drop", &t.s, "id", t.id, "version", "2", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_do(c, &t.h.lead, "edition.drop", &t.s, "id", t.id, "version", "1", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, house_do(c, &t.h.lead, "edition.drop", &t.s, "id", t.id, "version", "2", NULL));
	check(!house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_do(c, &t.h.analyst, "advisory.draft", &t.s, "id", t.k, NULL));
	check_str(t.s.note, S("PSIRT-SA-2026-0002"));   /* the number is not given again */
	other = cstr(c->arena, t.s.object);
	check_ok(c, house_do(c, &t.h.analyst, "edition.drop", &t.s, "id", other, "version", "1", NULL));
	house_close(c);
}

TEST(what_is_sent_for_approval_or_out_is_not_deleted_but_a_further_draft_is)
{
	struct story t;

	drafted(c, &t, "team");
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check(!house_do(c, &t.h.lead, "edition.drop", &t.s, "id", t.id, "version", "3", NULL));
	check_fault(c, E_STATE, NULL);
	house_close(c);
	published(c, &t);
	check(!house_do(c, &t.h.lead, "edition.drop", &t.s, "id", t.id, "version", "5", NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));
	check_ok(c, house_do(c, &t.h.lead, "edition.drop", &t.s, "id", cstr(c->arena, t.s.object), "version", "1", NULL));
	check_ok(c, house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));   /* what is out is as it was */
	house_close(c);
}
