#include "services/5-disclosure/3-publication/comment.h"
#include "services/5-disclosure/3-publication/publication.h"

#include "platform/clock.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/role.h"

enum { COMMENTS_MAX = 200, COMMENT_BYTES = 1900 };

static const struct choice of_choices[] = {
	{ "title", N_("Title") }, { "summary", N_("Summary") }, { "description", N_("Description") }, { "impact", N_("Impact (of an attack)") },
	{ "solution", N_("Solution") }, { "workaround", N_("Workaround") }, { "refs", N_("References") }, { "thanks", N_("Acknowledgements") },
	{ "change_note", N_("What is new in this edition") }, { NULL, NULL },
};

const struct arg comment_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	{ .name = "field", .kind = ARG_CHOICE, .choices = of_choices, .label = N_("Of which text"), .hint = N_("Without a choice: of the whole.") },
	{ .name = "body", .kind = ARG_TEXT, .max = COMMENT_BYTES, .must = true, .label = N_("Your comment") },
	{ 0 },
};

const struct arg comment_resolve_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Comment") },
	{ .name = "answer", .kind = ARG_TEXT, .max = COMMENT_BYTES, .label = N_("What was done about it") },
	{ 0 },
};

static user_id me(const struct ctx *c)
{
	return (user_id){ c->actor->id };
}

static bool may_settle(const struct ctx *c, user_id made_by)
{
	return may(c->actor, MAY_EDIT) || str_eq(made_by.v, c->actor->id);
}

static bool comment_put(struct ctx *c, const struct edition_get_row *e, str field, str body, bool returns)
{
	return sql_comment_insert(c, (comment_id){ random_id(c) }, e->id, e->casefile, field, body, returns, me(c), c->now);
}

/* Whose turn it is while an edition waits for approval: that of its writers as long as they have something to resolve. */
static bool turn_pass(struct ctx *c, const struct edition_get_row *e)
{
	struct comment_count_row n;

	if (!str_eq(e->state, S("review")))
		return true;
	TRY(sql_comment_count(c, e->id, &n));
	return casefile_turn(c, e->casefile, n.waiting ? "team" : "approver");
}

/* meets CSAF-2.0 9.1.6; CSAF-2.1 9.1.6: comments of the review are provided */
bool run_comment(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_get_row   e;
	struct comment_count_row n;

	TRY(edition_seen(c, (edition_id){ arg_str(a, "id") }, &e));
	if (str_eq(e.state, S("published")))
		return fault(c, E_STATE, NULL, N_("This edition is out. What is to be mended now goes into a further edition."));
	TRY(sql_comment_count(c, e.id, &n));
	if (n.n >= COMMENTS_MAX)
		return fault(c, E_LIMIT, NULL, N_("An edition has at most {1} comments."), str_fmt(c->arena, "%d", COMMENTS_MAX));
	TRY(comment_put(c, &e, arg_str(a, "field").n ? arg_str(a, "field") : S(""), arg_str(a, "body"), false));
	TRY(turn_pass(c, &e));
	TRY(edition_done(c, &e, N_("The comment stands with the edition."), out));
	out->next = STR_CAT(c->arena, out->next, S("#comments"));
	return true;
}

/* meets CSAF-2.0 9.1.6; CSAF-2.1 9.1.6: and resolved, by the writers or by whom they are of */
bool run_comment_resolve(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct comment_get_row m;
	struct edition_get_row e;
	int64_t                n;

	TRY(sql_comment_get(c, (comment_id){ arg_str(a, "id") }, &m));
	TRY(edition_seen(c, m.edition, &e));
	if (!may_settle(c, m.made_by))
		return fault(c, E_FORBIDDEN, NULL, N_("A comment is resolved by the writers of the advisory or by whom it is of."));
	TRY(sql_comment_resolve(c, m.id, arg_str(a, "answer").n ? arg_str(a, "answer") : S(""), me(c), c->now, &n));
	if (n == 0)
		return fault(c, E_STATE, NULL, N_("This comment is resolved already."));
	TRY(turn_pass(c, &e));
	TRY(edition_done(c, &e, N_("The comment is resolved."), out));
	out->next = STR_CAT(c->arena, out->next, S("#comments"));
	return true;
}

bool comments_settled(struct ctx *c, edition_id id)
{
	struct comment_count_row n;

	TRY(sql_comment_count(c, id, &n));
	return n.waiting == 0 || fault(c, E_STATE, NULL, N_("Comments of the review that are not resolved: {1}. It is approved when there is none."),
	                               str_fmt(c->arena, "%lld", (long long)n.waiting));
}

bool comment_return(struct ctx *c, const struct edition_get_row *e, str reason)
{
	struct comment_count_row n;

	TRY(sql_comment_count(c, e->id, &n));
	return n.n >= COMMENTS_MAX || comment_put(c, e, S(""), reason, true);   /* the reason itself stands with the edition in any case */
}

bool comment_resend(struct ctx *c, const struct edition_get_row *e)
{
	return sql_comment_resent(c, e->id, me(c), c->now);
}

/* ---- on the page ---- */

static void line_add(struct ctx *c, const struct bulletin *b, const struct comment_list_row *r, struct comments *out)
{
	struct comment_line x = { .row = r, .text = choice_label(c, of_choices, r->field) };

	if (r->field.n)
		x.href = STR_CAT(c->arena, S("#f-"), r->field, S("_"), text_code(b->original));
	if (r->resolved_at == TIME_NONE && may_settle(c, r->made_by)) {
		x.resolve = form_new(c, "comment.resolve");
		form_set(c, x.resolve, "id", r->id.v);
		if (!form_may(c, x.resolve))
			x.resolve = NULL;
	}
	out->waiting += r->resolved_at == TIME_NONE;
	(void)list_push(c->arena, &out->list, x);
}

bool comments_fill(struct ctx *c, const struct bulletin *b, struct comments *out)
{
	*out = (struct comments){ .list = { .max = COMMENTS_MAX } };
	TRY(sql_comment_list(c, b->e.id, &out->rows));
	for (size_t i = 0; i < out->rows.n; i++)
		line_add(c, b, &out->rows.v[i], out);
	if (str_eq(b->e.state, S("published")))
		return true;
	out->add = form_new(c, "edition.comment");
	form_set(c, out->add, "id", b->e.id.v);
	if (!form_may(c, out->add))
		out->add = NULL;
	return true;
}
