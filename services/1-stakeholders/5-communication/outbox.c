#include "services/1-stakeholders/5-communication/outbox.h"

#include "gen/outbox.html.h"

#include "platform/mail/mail.h"
#include "platform/op/op.h"
#include "record/letter.h"
#include "platform/text/word.h"
#include "record/role.h"

const struct choice letter_state_choices[] = {
	{ "waiting", N_("Waiting to leave") }, { "sent", N_("Sent") }, { "failed", N_("Refused") }, { NULL, NULL },
};

static bool outbox_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct outbox_page *m = NEW(c->arena, struct outbox_page);

	(void)a;
	m->wait = !front_of(c)->post;
	TRY(sql_letter_list(c, &m->rows));
	SHEET_MANY(out, "letters", letter_list, &m->rows);
	out->model = m;
	return true;
}

static void outbox_show(struct page *w, const void *model)
{
	html_outbox(w, model);
}

/* ---- letters leave ---- */

struct leaving { struct letter *letter; bool left; };

static bool leave_due(struct ctx *c, void **work)
{
	struct leaving *l = NEW(c->arena, struct leaving);

	if (!front_of(c)->post)
		return true;
	TRY(letter_next(c, &l->letter));
	*work = l->letter ? l : NULL;
	return true;
}

static bool leave_act(struct ctx *c, void *work, bool *keep)
{
	const struct front *f    = front_of(c);
	struct leaving     *l    = work;
	enum lang           lang = LANG_EN;
	struct mail         m    = { .id = l->letter->id, .to = l->letter->address, .lang = l->letter->lang,
		                  .subject = l->letter->subject, .body = l->letter->body, .made = l->letter->made };

	(void)keep;
	c->lang     = lang_parse(l->letter->lang, &lang) ? lang : LANG_EN;
	m.from_name = STR_CAT(c->arena, house_name(c), S(" PSIRT"));
	l->left = f->post->leave(c, f->post, &m);
	return l->left || c->fault.code == E_INVALID;
}

static bool leave_keep(struct ctx *c, void *work)
{
	const struct leaving *l = work;

	return letter_settle(c, l->letter->id, l->left);
}

static const struct chore chores[] = {
	{ "letter.leave", leave_due, leave_act, leave_keep },
	{ 0 },
};

static const struct arg none[] = { { 0 } };

static const struct view views[] = {
	{ .name = "letter.list", .path = "GET /outbox", .may = MAY_TEAM | ROLE_AUDITOR, .args = none,
	  .rows = outbox_rows, .page = outbox_show, .help = N_("Outbox") },
	{ 0 },
};

const struct service outbox_service = {
	.number = "1.5",
	.title  = N_("Incident Communications Coordination within the Organization"),
	.views  = views,
	.chores = chores,
};
