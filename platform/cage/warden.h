#ifndef PLATFORM_WARDEN_H
#define PLATFORM_WARDEN_H

/*
 * warden: a process that takes calls from a channel (wire.h) and runs each in
 * a child of its own, which is killed when its time is over.  It parses
 * nothing that a caller sent but the fixed head.  Made to be forked before
 * there are threads; has none.
 */

#include "platform/cage/wire.h"

struct warden {
	int  channel;
	int  most;               /* children at once; more calls wait in the channel */
	bool grouped;            /* a child leads a group: what it started is killed with it */
	/* In the warden, before the child: E_NONE, or WIRE_BUSY / WIRE_RATE + 1 to refuse; may be NULL. */
	int  (*admit)(void *arg, const struct wire_head *h);
	/* In the child, which has `fd` alone; it does not return to the warden's loop. */
	void (*run)(void *arg, const struct wire_head *h, int fd);
	/* In the warden, when nothing has been asked for `idle_ms`, once; may be NULL. */
	void (*idle)(void *arg);
	int  idle_ms;
	void *arg;
};

/* Everything above standard error but `keep` is closed; standard input and output lead nowhere. */
void warden_close(int keep, int also);
/* Until SIGTERM, or until the process that made it is gone. Returns the exit status. */
int  warden_run(const struct warden *w);

#endif
