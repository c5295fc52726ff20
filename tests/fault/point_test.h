#ifndef FAULT_POINT_TEST_H
#define FAULT_POINT_TEST_H

/*
 * The other side of base/point.h: makes the n-th call of a kind fail, or ends
 * the process at a named crash point.  Linked into the unit program only.
 */

#include "base/point.h"

#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/test.h"

/* From now on calls of this kind are counted; the n-th of them fails (0: none does). */
void point_arm(enum point what, int64_t n);
/* The same, but the n-th call does not fail: `meanwhile` runs before it. */
void point_disturb(enum point what, int64_t n, void (*meanwhile)(void));
/* How many calls were counted since point_arm. */
int64_t point_seen(void);
/* Did one fail? */
bool point_tripped(void);
/* End the process (_exit, POINT_END) the nth time this crash point is passed; NULL: none. */
void point_crash(const char *name, int nth);
/* Every crash point passed is told to this function; NULL: none. */
void point_watch(void (*seen)(const char *name));

enum { POINT_END = 77 };   /* exit status */

/* run(c, arg, n) in a process of its own, so that an end of it shows; it tells what came of it in memory that both see. */
static inline void child_run(struct ctx *c, void (*run)(struct ctx *c, void *arg, int64_t n), void *arg, int64_t n)
{
	int   status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	check(pid >= 0);
	if (pid == 0) {
		run(c, arg, n);
		_exit(0);
	}
	check_int(waitpid(pid, &status, 0), pid);
}

#endif
