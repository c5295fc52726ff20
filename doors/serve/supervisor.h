#ifndef DOORS_SUPERVISOR_H
#define DOORS_SUPERVISOR_H

/*
 * SUPERVISOR: the first process of `psirt serve`.
 *
 * What it does.  Forks the parts (cage, keys, fetch) and then main, before
 * any of them has a thread, a database or a large allocation; starts a part
 * that died again, after 0.1 s, then twice as long each time, at most 30 s;
 * passes SIGTERM and SIGINT to main, and ends with main's exit status after
 * the parts and all that they left behind are gone.  Tells the service manager
 * when main answers requests and when it is to end (notify.h).
 *
 * Authority: opens nothing, listens nowhere, holds both ends of the channels.
 *
 * Signals.  SIGTERM, SIGINT: main ends its requests, then all end; a part that
 * dies meanwhile stays away.  When the supervisor is killed, the kernel kills
 * main and the parts.
 */

#include "base/ctx.h"

enum { PARTS_MOST = 4 };

struct part_of_server {
	const char *name;                      /* "cage": in ps and in the log */
	int (*run)(int channel, void *arg);    /* in its process; returns the exit status */
	void *arg;
};

/*
 * channels[i] is main's end of the channel to parts[i]; into channels[n] main
 * writes a byte when it answers requests.  Returns the exit status, in the
 * supervisor alone.
 */
int supervisor_run(struct ctx *c, const struct part_of_server *parts, size_t n,
                   int (*main_run)(void *arg, const int *channels), void *arg);

/* The name of this process in ps and top: "psirt-cage"; with `whole` the command line too. */
void process_name(const char *name, bool whole);
/* Where the command line lies; at the start of the program. */
void process_words(int argc, char **argv);

#endif
