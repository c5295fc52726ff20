#include <string.h>
#include <sys/stat.h>

#include "doors/cli/cli.h"
#include "doors/cli/say.h"
#include "doors/demo/demo.h"
#include "doors/serve/serve.h"
#include "platform/clock.h"

static const struct { const char *verb; int (*run)(struct options *); const char *help; } verbs[] = {
	{ "serve", serve_run, "run the server: web, API, jobs" },
	{ "init", serve_init, "make the database and the first administrator" },
	{ "demo", demo_run, "a fictional maker with eighteen months of history, on loopback" },
	{ "migrate", serve_migrate, "bring the database schema up to date" },
	{ "backup", serve_backup, "copy the database to a file while it runs" },
	{ "verify", serve_verify, "check the storage and the audit chains" },
};

static int usage(void)
{
	say("psirt: the product security incident response team's program\n\n"
	       "  psirt NOUN VERB [ARGUMENT…] [--name VALUE…]   work with the running server\n"
	       "  psirt help                                   all nouns and verbs\n\n");
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		say("  psirt %-10s %s\n", verbs[i].verb, verbs[i].help);
	return 0;
}

int main(int argc, char **argv)
{
	struct arena   a;
	struct ctx     c;
	struct options o;
	int            status;

	umask(077);   /* databases, keys, copies and sockets are ours alone */
	arena_init(&a, (size_t)1 << 30);
	ctx_init(&c, &a);
	c.now    = clock_now();
	c.random = random_bytes;
	if (argc < 2 || !strcmp(argv[1], "--help"))
		return usage();
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (!strcmp(argv[1], verbs[i].verb)) {
			options_init(&c, &o, argc - 2, argv + 2);
			status = verbs[i].run(&o);
			arena_done(&a);
			return status;
		}
	status = cli_run(&c, argc - 1, argv + 1);
	arena_done(&a);
	return status;
}
