#include "doors/cli/say.h"
#include "doors/serve/serve.h"
#include "doors/serve/setup.h"
#include "record/house.h"

/* Where things are, the word that may follow, and that all was understood: before anything is opened. */
static bool begin(struct options *o, struct node_options *no, str *word)
{
	struct setup s;

	TRY(setup_read(o, SETUP_STORE, &s));
	if (word)
		*word = option_word(o);
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
	if (!begin(o, &no, NULL))
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
	struct node_options no = { .migrate = true };
	struct node         n;
	int                 status = 0;

	if (!begin(o, &no, NULL))
		return say_fault(o->c);
	if (!node_open(&n, &no))
		status = say_fault(&n.c);
	else
		SAY(&n.c, N_("The schema is up to date."));
	node_close(&n);
	return status;
}

int serve_backup(struct options *o)
{
	struct node_options no = { 0 };
	struct node         n;
	str                 file;
	int                 status = 0;

	if (!begin(o, &no, &file))
		return say_fault(o->c);
	if (!file.n) {
		SAY_ERROR(o->c, N_("usage: psirt backup FILE. See psirt help backup."));
		return fault_exit(E_USAGE);
	}
	if (!node_open(&n, &no) || !db_backup(&n.c, file))
		status = say_fault(&n.c);
	else
		say("%.*s holds a consistent copy; restore it by putting it in place of the database.\n"
		       "Keep seal.key of the data directory with it.\n", STR_ARG(file));
	node_close(&n);
	return status;
}

int serve_verify(struct options *o)
{
	struct node_options  no = { 0 };
	struct house_verdict v  = { 0 };
	struct node          n;
	int                  status = 0;

	if (!begin(o, &no, NULL))
		return say_fault(o->c);
	if (!node_open(&n, &no) || !house_verify(&n.c, &v)) {
		status = say_fault(&n.c);
	} else if (!v.good) {
		SAY_ERROR(&n.c, N_("The audit does not verify: {1}"), v.wrong);
		status = 7;
	} else {
		SAY(&n.c, N_("Storage is sound. Audit: {1} entries in {2} chains verify; {3} have names erased."),
		    str_fmt(n.c.arena, "%lld", (long long)v.entries), str_fmt(n.c.arena, "%lld", (long long)v.chains),
		    str_fmt(n.c.arena, "%lld", (long long)v.erased));
	}
	node_close(&n);
	return status;
}
