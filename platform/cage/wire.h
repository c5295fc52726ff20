#ifndef PLATFORM_WIRE_H
#define PLATFORM_WIRE_H

/*
 * A call to another process of ours, and its answer.
 *
 * Between two processes stands a channel: a pair of SOCK_SEQPACKET sockets,
 * made by the supervisor, that outlives both.  A call is one packet of fixed
 * length on it (struct wire_head) with the descriptor of a conversation, a
 * pair of its own: the input goes in, pieces of the answer and one end come
 * back, each in a packet, so nobody can leave half a message.  When the other
 * process dies the conversation ends and the caller knows; when it was dead,
 * the call waits in the channel for the next one.
 *
 * Every length is in the head and has a limit; a peer that breaks the form
 * is E_INTERNAL.  Nothing but sockets inherited from the supervisor speaks here.
 */

#include "base/ctx.h"

/* main's ends of the channels; -1: there is no such process. */
struct wires { int cage, keys, fetch; };

enum { WIRE_NAME = 64, WIRE_PIECE = 48 << 10, WIRE_GRACE_MS = 2000 };

struct wire_limits {
	int64_t wall_ms;       /* until the callee is killed */
	int64_t cpu_seconds;   /* 0: none */
	int64_t memory;        /* bytes of its arena, 0: 64 MiB */
	int64_t in_max, out_max;
};

struct wire_head {
	uint32_t mark, lang;
	int64_t  wall_ms, cpu_seconds, memory, in_n, out_max;
	char     name[WIRE_NAME];    /* what is to be done */
	char     label[WIRE_NAME];   /* whom it concerns, for rates; may be "" */
};

/* How a call ended that its callee could not end itself. */
enum wire_verdict { WIRE_DIED, WIRE_LATE, WIRE_BUSY, WIRE_RATE };

/* ends[0] is the caller's. */
bool wire_pair(struct ctx *c, int ends[2]) MUST_CHECK;

/*
 * Call.  channel < 0: there is no such process (E_UNAVAILABLE).  Faults: what
 * the callee said; E_LIMIT input or answer too long, too much time or memory;
 * E_BUSY, E_RATE; E_UNAVAILABLE nobody answers; E_INTERNAL it ended in any other way.
 */
bool wire_call(struct ctx *c, int channel, const char *name, str label, str in,
               const struct wire_limits *l, str *out) MUST_CHECK;

/* ---- the other side ---- */

/* The next call, without waiting; false when there is none.  The receiver closes *fd. */
bool wire_accept(int channel, struct wire_head *h, int *fd) MUST_CHECK;
/* The whole input. */
bool wire_input(struct ctx *c, int fd, const struct wire_head *h, str *in) MUST_CHECK;
/* The answer, or the fault of c in words of its language. */
void wire_answer(struct ctx *c, int fd, const struct wire_head *h, bool ok, str out);
/* number: the signal that ended it. */
void wire_judge(int fd, enum wire_verdict v, int number);

#endif
