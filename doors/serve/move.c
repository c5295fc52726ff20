#include "doors/cli/say.h"
#include "doors/serve/copy.h"
#include "doors/serve/serve.h"
#include "doors/serve/setup.h"
#include "record/house.h"

/* What is told while it goes on, on a terminal: one line for each table that has much. */
static bool told(void *arg, str table, int64_t rows)
{
	enum { MUCH = 10000 };
	struct ctx *c = arg;

	if (rows >= MUCH)
		SAY(c, N_("{1}: {2} rows"), table, str_fmt(c->arena, "%lld", (long long)rows));
	return true;
}

static bool move(struct ctx *c, const struct setup *s, str url)
{
	struct node_options no = { .data = s->data, .db = s->db, .base_url = s->base_url, .alone = true, .lang = c->lang };
	struct node         n;
	struct db          *to = NULL;
	bool                ok = node_open(&n, &no) && db_open(&n.c, url, &to) && house_move(&n.c, to, told, &n.c);

	ok = ok || fault_keep(c, &n.c);
	db_close(to);
	node_close(&n);
	return ok;
}

int serve_move(struct options *o)
{
	struct ctx      *c    = o->c;
	struct copy_seen seen = { .audit = { .good = true } };
	struct setup     s;
	str              url;

	if (!setup_read(o, SETUP_STORE, &s) || (url = option_word(o), !options_done(o)))
		return say_fault(c);
	if (!str_starts(s.db, S("sqlite:")) || !(str_starts(url, S("postgresql:")) || str_starts(url, S("postgres:")))) {
		SAY_ERROR(c, N_("usage: psirt move postgresql://…, of a house on SQLite. See psirt help move."));
		return fault_exit(E_USAGE);
	}
	if (!move(c, &s, url) || !store_look(c, s.data, url, false, &seen))
		return say_fault(c);
	SAY(c, N_("Everything is in the new database too, and was looked through there:"));
	seen_say(c, &seen);
	SAY(c, N_("Write its address into the configuration, [database] url, and start the server. {1} stays as it was: keep it as a copy, and serve it no more."),
	    str_slice(s.db, 7, s.db.n));
	return 0;
}
