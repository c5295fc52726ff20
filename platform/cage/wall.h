#ifndef PLATFORM_WALL_H
#define PLATFORM_WALL_H

/*
 * Walls that a process of ours puts around itself and cannot take down:
 * no new privileges, Landlock (files, TCP, signals, abstract sockets: all that
 * the running kernel knows, ABI 1 to 7), and a seccomp filter of system calls.
 * A kernel without Landlock leaves seccomp alone; wall_state says what stands.
 */

#include <linux/filter.h>

#include "base/ctx.h"

enum wall_right {
	WALL_READ  = 1,   /* read files, list folders */
	WALL_WRITE = 2,   /* write files that are there */
	WALL_MAKE  = 4,   /* make, rename and remove files, folders, sockets and links */
	WALL_RUN   = 8,   /* run programs */
};

/* A path that does not exist is passed over. */
struct wall_path { const char *path; unsigned rights; };

struct wall {
	const struct wall_path *paths;
	size_t     paths_n;
	const int *ports;        /* TCP ports that may be connected to; of Landlock 4 and later */
	size_t     ports_n;
	const int *binds;        /* TCP ports that may be listened on */
	size_t     binds_n;
	bool       connects;     /* to any port; ports is not looked at */
	bool       runs;         /* execve is left */
	bool       inet;         /* sockets of the internet; without it Unix sockets alone */
	bool       sockets;      /* any new sockets at all */
	bool       opens;        /* open and its kin are left; else EACCES, Landlock or not */
	int        landlock_most;/* act as a kernel of this ABI, for tests; 0: as what it is, -1: none */
};

struct wall_state { int landlock; bool seccomp; };

/* ABI of the running kernel's Landlock; 0: none. */
int  wall_landlock(void);
/*
 * Put up the walls around this process and all its children; before it has
 * threads, or around all threads that are started later.  E_STATE when what
 * the kernel has cannot be had.  What no door of ours needs (mounts, namespaces, tracing,
 * kernel modules, io_uring …) is refused with EPERM in any case.
 */
bool wall_raise(struct ctx *c, const struct wall *w, struct wall_state *s) MUST_CHECK;

/* A filter made once and put up many times: what a pure reader needs, nothing else. */
struct wall_filter { struct sock_fprog program; };
bool wall_filter_make(struct ctx *c, struct wall_filter *f) MUST_CHECK;
/* Around this process, which ends (SIGSYS) at any other call. False when the kernel refuses. */
bool wall_filter_raise(struct wall_filter *f) MUST_CHECK;

#endif
