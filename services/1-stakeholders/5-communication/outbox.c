#include "services/1-stakeholders/5-communication/outbox.h"

#include "gen/outbox.html.h"

#include "platform/op/op.h"
#include "record/role.h"

const struct choice letter_state_choices[] = {
	{ "waiting", N_("Waiting to leave") }, { "sent", N_("Sent") }, { "failed", N_("Refused") }, { NULL, NULL },
};

static bool outbox_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct outbox_page *m = NEW(c->arena, struct outbox_page);

	(void)a;
	TRY(sql_letter_list(c, &m->rows));
	SHEET_MANY(out, "letters", letter_list, &m->rows);
	out->model = m;
	return true;
}

static void outbox_show(struct page *w, const void *model)
{
	html_outbox(w, model);
}

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
};
