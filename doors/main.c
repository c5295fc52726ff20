#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "doors/cli/cli.h"
#include "doors/cli/help.h"
#include "doors/cli/say.h"
#include "doors/serve/build.h"
#include "doors/serve/supervisor.h"
#include "doors/verb.h"
#include "platform/clock.h"

/* Does one of the words ask for help? */
static bool asks_help(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))
			return true;
	return false;
}

static int run(struct ctx *c, int argc, char **argv)
{
	struct options     o;
	const struct verb *v;

	if (argc < 2)
		return help_brief(c);
	if (!strcmp(argv[1], "--version")) {
		say("psirt, build %s\n", program_build());
		return 0;
	}
	if (!strcmp(argv[1], "help"))
		return help_run(c, argc - 2, argv + 2);
	if (asks_help(argc, argv))
		return help_run(c, argc - 1, argv + 1);
	v = verb_find(argv[1]);
	if (!v)
		return cli_run(c, argc - 1, argv + 1);
	options_init(c, &o, argc - 2, argv + 2);
	return v->run(&o);
}

/*
 * Our memory holds reports, keys and passwords: nothing of it stays behind when the program ends in
 * the middle, and no other process of our user looks into it.  The sanitizers have to look.
 */
static void memory_close(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__)
	prctl(PR_SET_DUMPABLE, 0);
#endif
}

int main(int argc, char **argv)
{
	struct arena a;
	struct ctx   c;
	int          status;

	process_words(argc, argv);
	memory_close();
	umask(077);   /* databases, keys, copies and sockets are ours alone */
	arena_init(&a, (size_t)1 << 30);
	ctx_init(&c, &a);
	c.now    = clock_now();
	c.random = random_bytes;
	c.lang   = say_lang();
	status   = say_end(&c, run(&c, argc, argv));
	arena_done(&a);
	return status;
}
