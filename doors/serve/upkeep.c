#include "doors/cli/say.h"
#include "base/buf.h"
#include "doors/serve/copy.h"
#include "doors/serve/serve.h"
#include "doors/serve/setup.h"
#include "platform/clock.h"
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

/* ---- the search index ---- */

/* Each portion in memory of its own, which one large object may fill. */
static bool reindex(struct node *n, struct house_index *w)
{
	enum { MOST = 1 << 30 };
	struct arena a;
	struct ctx   c;
	bool         ok = true;

	while (ok && !w->whole) {
		arena_init(&a, MOST);
		ctx_init(&c, &a);
		c.now    = clock_now();
		c.lang   = n->c.lang;
		c.random = n->c.random;
		c.actor  = n->c.actor;
		c.front  = &n->front;
		c.db     = n->front.db;
		ok       = house_index(&c, w) || fault_keep(&n->c, &c);
		w->after = str_dup(&n->arena, w->after);
		arena_done(&a);
	}
	return ok;
}

static str count(struct node *n, int64_t v)
{
	return str_fmt(&n->arena, "%lld", (long long)v);
}

int serve_reindex(struct options *o)
{
	struct node_options no = { .lang = o->c->lang };
	struct house_index  w  = { .after = S("") };
	struct node         n;
	int                 status = 0;

	if (!begin(o, &no))
		return say_fault(o->c);
	if (!node_open(&n, &no) || !reindex(&n, &w))
		status = say_fault(&n.c);
	else
		SAY(&n.c, N_("The search finds what the records say. Of {1} things {2} texts were missing, {3} were indexed as by an earlier version, {4} did not stand any more."),
		    count(&n, w.objects), count(&n, w.made), count(&n, w.mended), count(&n, w.dropped));
	node_close(&n);
	return status;
}
