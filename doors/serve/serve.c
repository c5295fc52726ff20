#include "doors/serve/serve.h"

#include <signal.h>
#include <unistd.h>

#include "doors/cli/say.h"
#include "doors/serve/node.h"
#include "doors/serve/ticker.h"
#include "doors/web/web.h"
#include "record/house.h"

static struct node_options node_options(struct options *o)
{
	return (struct node_options){
		.data     = option_str(o, "data", "PSIRT_DATA", S("/var/lib/psirt")),
		.db       = option_str(o, "db", "PSIRT_DB", STR_NONE),
		.base_url = option_str(o, "base-url", "PSIRT_BASE_URL", S("http://127.0.0.1:8080")),
		.demo     = option_on(o, "demo"),
	};
}

/* Until SIGINT or SIGTERM. */
static void wait_for_end(void)
{
	sigset_t set;
	int      which;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigwait(&set, &which);
}

static void block_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static bool listen_on(struct ctx *c, struct node *n, struct options *o, struct http **http)
{
	int64_t            port;
	struct http_config cfg = {
		.address  = option_str(o, "address", NULL, S("127.0.0.1")),
		.socket   = option_str(o, "socket", "PSIRT_SOCKET", STR_NONE),
		.spool    = option_str(o, "spool", NULL, S("/tmp")),
		.trusted  = option_str(o, "trusted", NULL, STR_NONE),
		.on_fault = web_fault,
		.body_max = web_body_max,
	};

	if (!str_to_int(option_str(o, "port", NULL, S("8080")), &port) || port < 0 || port > 65535)
		return fault(c, E_USAGE, "port", N_("A port is a number from 0 to 65535."));
	cfg.port = (int)port;
	TRY(options_done(o));
	return http_open(c, &cfg, web_answer, &n->front, http);
}

int serve_run(struct options *o)
{
	struct node_options no = node_options(o);
	struct node         n;
	struct http        *http;
	struct ticker      *ticker;
	int                 status = 0;

	block_signals();
	no.migrate = option_on(o, "migrate");
	if (!node_open(&n, &no)) {
		status = say_fault(&n.c);
	} else if (!listen_on(&n.c, &n, o, &http)) {
		status = say_fault(&n.c);
	} else {
		say_error("psirt: listening on %.*s\n", STR_ARG(no.base_url));
		ticker = ticker_start(&n);
		wait_for_end();
		ticker_stop(ticker);
		http_close(http);
	}
	node_close(&n);
	return status;
}

int serve_init(struct options *o)
{
	struct node_options no = node_options(o);
	struct user_draft   d  = { .roles = ROLE_ADMIN };
	user_id             id;
	struct node         n;
	str                 organisation = option_str(o, "organisation", NULL, STR_NONE), link;
	int                 status = 0;

	d.mail     = option_str(o, "mail", NULL, STR_NONE);
	d.name     = option_str(o, "name", NULL, S("Administrator"));
	d.lang     = option_str(o, "lang", NULL, S("en"));
	d.zone     = option_str(o, "zone", NULL, S("UTC"));
	no.migrate = true;
	if (!d.mail.n || !organisation.n) {
		say_error("usage: psirt init --organisation NAME --mail MAIL [--name NAME] [--lang en|ja]\n"
		                "                  [--zone Asia/Tokyo] [--data DIR] [--db URL] [--base-url URL]\n");
		return 2;
	}
	if (!node_open(&n, &no) || !options_done(o) || !house_found(&n.c, &d, organisation, &id, &link))
		status = say_fault(&n.c);
	else
		say("The database is ready. The first administrator opens, once, within 7 days:\n"
		       "%.*s/invitation?code=%.*s\n", STR_ARG(no.base_url), STR_ARG(link));
	node_close(&n);
	return status;
}

int serve_migrate(struct options *o)
{
	struct node_options no = node_options(o);
	struct node         n;
	int                 status = 0;

	no.migrate = true;
	if (!options_done(o) || !node_open(&n, &no))
		status = say_fault(&n.c);
	else
		say("The schema is up to date.\n");
	node_close(&n);
	return status;
}

int serve_backup(struct options *o)
{
	struct node_options no = node_options(o);
	struct node         n;
	str                 file   = option_word(o);
	int                 status = 0;

	if (!file.n) {
		say_error("usage: psirt backup FILE [--data DIR] [--db URL]\n");
		return 2;
	}
	if (!node_open(&n, &no) || !options_done(o) || !db_backup(&n.c, file))
		status = say_fault(&n.c);
	else
		say("%.*s holds a consistent copy; restore it by putting it in place of the database.\n"
		       "Keep seal.key of the data directory with it.\n", STR_ARG(file));
	node_close(&n);
	return status;
}

int serve_verify(struct options *o)
{
	struct node_options  no = node_options(o);
	struct house_verdict v  = { 0 };
	struct node          n;
	int                  status = 0;

	if (!node_open(&n, &no) || !options_done(o) || !house_verify(&n.c, &v)) {
		status = say_fault(&n.c);
	} else if (!v.good) {
		say_error("psirt: the audit does not verify: %.*s\n", STR_ARG(v.wrong));
		status = 7;
	} else {
		say("Storage is sound. Audit: %lld entries in %lld chains verify; %lld have names erased.\n",
		       (long long)v.entries, (long long)v.chains, (long long)v.erased);
	}
	node_close(&n);
	return status;
}
