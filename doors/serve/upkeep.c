#include "doors/cli/say.h"
#include "doors/serve/serve.h"
#include "doors/serve/setup.h"
#include "record/house.h"

/* Where things are, and that all was understood: before anything is opened. */
static bool begin(struct options *o, struct node_options *no)
{
	struct setup s;

	TRY(setup_read(o, SETUP_STORE, &s));
	no->data     = s.data;
	no->db       = s.db;
	no->base_url = s.base_url;
	no->lang     = o->c->lang;
	return options_done(o);
}

int serve_init(struct options *o)
{
	struct node_options no = { .founds = true, .migrate = true };
	struct user_draft   d  = { .roles = ROLE_ADMIN };
	user_id             id;
	struct node         n;
	str                 organisation = option_str(o, "organisation", NULL, STR_NONE), link;
	int                 status = 0;

	d.mail = option_str(o, "mail", NULL, STR_NONE);
	d.name = option_str(o, "name", NULL, S("Administrator"));
	d.lang = option_str(o, "lang", NULL, o->c->lang == LANG_JA ? S("ja") : S("en"));
	d.zone = option_str(o, "zone", NULL, S("UTC"));
	if (!begin(o, &no))
		return say_fault(o->c);
	if (!d.mail.n || !organisation.n) {
		SAY_ERROR(o->c, N_("usage: psirt init --organisation NAME --mail MAIL. See psirt help init."));
		return fault_exit(E_USAGE);
	}
	if (!node_open(&n, &no) || !house_found(&n.c, &d, organisation, &id, &link)) {
		status = say_fault(&n.c);
	} else {
		SAY(&n.c, N_("The database is ready. The first administrator opens, once, within 7 days:"));
		say("%.*s/invitation?code=%.*s\n", STR_ARG(no.base_url), STR_ARG(link));
	}
	node_close(&n);
	return status;
}

int serve_migrate(struct options *o)
{
	struct node_options no = { .alone = true, .migrate = true };
	struct node         n;
	int                 status = 0;

	if (!begin(o, &no))
		return say_fault(o->c);
	if (!node_open(&n, &no))
		status = say_fault(&n.c);
	else
		SAY(&n.c, N_("The schema is up to date."));
	node_close(&n);
	return status;
}
